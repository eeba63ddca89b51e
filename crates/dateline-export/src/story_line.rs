//! Which story an article belongs to, as one line of JSON: what `dateline cluster` prints.

use serde::Serialize;

use crate::one_line::one_line;

#[derive(Serialize)]
struct StoryLine<'a> {
    id: &'a str,
    story: &'a str,
}

/// The line for the article `id`, without its line break; `story` is the id of the story's first
/// report.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn story_line(id: &str, story: &str) -> Result<String, serde_json::Error> {
    one_line(&StoryLine { id, story })
}
