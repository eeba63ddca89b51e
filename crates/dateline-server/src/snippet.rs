//! Words around what was found, parted into found and not found, so that no page has to read marks.

use dateline_store::FOUND;
use serde::Serialize;
use utoipa::ToSchema;

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Piece {
    /// The words.
    text: String,
    /// Are they what was looked for?
    found: bool,
}

/// The pieces of a snippet.
pub(crate) fn pieces(snippet: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: &str, found: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), found });
        }
    };
    for (n, part) in snippet.split(FOUND.0).enumerate() {
        match part.split_once(FOUND.1) {
            Some((inside, after)) => {
                push(inside, true);
                push(after, false);
            }
            None => push(part, n > 0),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_words_are_parted_from_the_others() {
        let shown = |snippet: &str| {
            let shown = |p: Piece| if p.found { format!("[{}]", p.text) } else { p.text };
            pieces(snippet).into_iter().map(shown).collect::<String>()
        };
        for (snippet, expected) in [
            ("", ""),
            ("the ferry", "the ferry"),
            ("the \u{2}ferry\u{3} sank", "the [ferry] sank"),
            ("\u{2}a\u{3}\u{2}b\u{3}", "[a][b]"),
            ("a\u{2}b", "a[b]"),
        ] {
            assert_eq!(shown(snippet), expected, "{snippet:?}");
        }
    }
}
