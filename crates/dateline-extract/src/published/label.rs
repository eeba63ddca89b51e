//! What the words right before a date say that it is: "Published", "Last updated", "©".

use std::ops::Range;

use super::clue::Labels;

/// What is said of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It is the day of publication.
    Published,
    /// It is the day of the last change.
    Modified,
    /// It is something else.
    Other,
    /// Nothing.
    Nothing,
}

/// What the last words of `range` say.
pub(crate) fn said_before(labels: &Labels, text: &str, range: Range<usize>) -> Said {
    let start = text.floor_char_boundary(range.end.saturating_sub(REACH)).max(range.start);
    let Some(before) = text.get(start..range.end).map(parted) else { return Said::Nothing };
    match () {
        () if before.trim().is_empty() => Said::Nothing,
        () if labels.other.as_word_in(&before) => Said::Other,
        () if labels.modified.as_word_in(&before) => Said::Modified,
        () if labels.published.as_word_in(&before) => Said::Published,
        () => Said::Nothing,
    }
}

/// In lower case, and parted where a text dump has run two words into one ("RoePublished").
fn parted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut last = ' ';
    for c in text.chars() {
        if c.is_uppercase() && last.is_lowercase() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
        last = c;
    }
    out
}

/// Does the line open with a word that leads an author's name?
pub(crate) fn opens_byline(labels: &Labels, line: &str) -> bool {
    let opening: String = line.chars().take(12).flat_map(char::to_lowercase).collect();
    let parted = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || c == ':');
    labels.byline.opening(&opening).any(|lead| parted(&opening[lead.len()..]))
}

/// How far before its date a label may stand.
const REACH: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::clue::Clues;

    #[test]
    fn labels_before_dates() {
        let clues = Clues::new();
        for (text, expected) in [
            ("Published: ", Said::Published),
            ("Last updated on ", Said::Modified),
            ("Veröffentlicht am ", Said::Published),
            ("Copyright ", Said::Other),
            ("Ada BergPublished ", Said::Published),
            ("By Ada Berg, ", Said::Nothing),
            ("", Said::Nothing),
        ] {
            assert_eq!(said_before(&clues.labels, text, 0..text.len()), expected, "{text}");
        }
    }
}
