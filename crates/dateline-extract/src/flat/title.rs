//! The title in a page's first line, where it is printed again, and which other lines repeat.

use std::collections::BTreeMap;

use super::fold::Folded;
use super::line::Shape;

/// Which lines are the title, and which stand in the page more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleTable {
    title: Vec<bool>,
    repeated: Vec<bool>,
}

impl TitleTable {
    /// Does the line repeat the words of the page's first line, with or without the site's name?
    #[must_use]
    pub fn is_title(&self, index: usize) -> bool {
        self.title.get(index).copied().unwrap_or_default()
    }

    /// Does the same line stand elsewhere in the page?
    #[must_use]
    pub fn repeated(&self, index: usize) -> bool {
        self.repeated.get(index).copied().unwrap_or_default()
    }

    /// The last line that repeats the title before the main run begins, or soon after.
    #[must_use]
    pub fn anchor(&self, run_start: usize) -> Option<usize> {
        (1..self.title.len().min(run_start + 3)).rev().find(|&i| self.title[i])
    }
}

/// Fewest words of a line that may be the title without the site's name.
const TITLE_WORDS: usize = 3;

/// Compares all lines with the first and with each other.
#[must_use]
pub fn title_table(page: &Folded, shapes: &[Shape]) -> TitleTable {
    let first = letters(page.line(0));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    (0..shapes.len()).for_each(|i| *seen.entry(page.line(i)).or_default() += 1);
    let repeated = (0..shapes.len()).map(|i| seen[page.line(i)] > 1).collect();
    let title = shapes
        .iter()
        .enumerate()
        .map(|(i, s)| i > 0 && s.words >= TITLE_WORDS && is_part(&letters(page.line(i)), &first))
        .collect();
    TitleTable { title, repeated }
}

/// Is the line the title, or its beginning or end up to the site's name?
fn is_part(line: &str, title: &str) -> bool {
    !line.is_empty() && 2 * line.len() >= title.len() && (title.starts_with(line) || title.ends_with(line))
}

/// Letters and numbers alone.
fn letters(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric() || *c == '#').collect()
}
