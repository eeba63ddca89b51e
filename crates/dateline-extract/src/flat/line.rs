//! The lines of a page as a text dump gives them, and what can be seen of each without reading it.

use std::ops::Range;

/// A line that holds more than white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the decoded text, without the white space at its ends.
    pub range: Range<usize>,
    /// Its number among all lines of the page, from 0.
    pub number: usize,
    /// Blank lines just before it.
    pub blanks: usize,
}

impl Line {
    /// The line's words.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.clone()).unwrap_or_default()
    }
}

/// A page of more lines is no page: what is left over counts as one line, so that memory stays bounded.
const MOST_LINES: usize = 200_000;

/// Every line of `text` that holds more than white space and marks without width.
#[must_use]
pub fn lines(text: &str) -> Vec<Line> {
    let (mut lines, mut start, mut blanks) = (Vec::new(), 0, 0);
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).take(MOST_LINES - 1).chain([text.len()]);
    for (number, end) in ends.enumerate() {
        let raw = &text[start..end];
        let body = if starts_bare(raw) { raw } else { raw.trim_start_matches(is_blank) };
        let head = raw.len() - body.len();
        let kept = if ends_bare(raw) { body } else { body.trim_end_matches(is_blank) };
        if kept.is_empty() {
            blanks += 1;
        } else {
            let range = start + head..start + head + kept.len();
            lines.push(Line { range, number, blanks });
            blanks = 0;
        }
        start = end + 1;
    }
    lines
}

/// Does the text begin with a character that is surely not blank?
fn starts_bare(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_graphic())
}

fn ends_bare(text: &str) -> bool {
    text.bytes().next_back().is_some_and(|byte| byte.is_ascii_graphic())
}

/// White space, and marks that print nothing.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{00AD}')
}

/// How a page parts its blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A blank line stands between paragraphs.
    BlankLines,
    /// Each block is a line.
    SingleLines,
}

/// Blank lines part the blocks of a page when a third of its lines come after one.
#[must_use]
pub fn layout(lines: &[Line]) -> Layout {
    let after_blank = lines.iter().filter(|l| l.blanks > 0).count();
    if 3 * after_blank >= lines.len() { Layout::BlankLines } else { Layout::SingleLines }
}

/// Does it end with a full stop or its like, inside or outside closing quotation marks?
#[must_use]
pub fn ends_a_sentence(text: &str) -> bool {
    is_stop(last_mark(text))
}

/// Is the mark a full stop or its like?
#[must_use]
pub fn is_stop(mark: Option<char>) -> bool {
    matches!(mark, Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।'))
}

/// The last character before closing quotation marks and brackets.
#[must_use]
pub fn last_mark(text: &str) -> Option<char> {
    if let Some(last) = text.bytes().next_back().filter(u8::is_ascii_alphanumeric) {
        return Some(char::from(last));
    }
    text.trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, '"' | '”' | '“' | '’' | '\'' | '»' | '«' | ')' | ']' | '*' | '」' | '』')
    })
    .chars()
    .next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_not_kept() {
        let text = "One\n\n \u{200B}\n  Two words \r\nthree";
        let found: Vec<_> = lines(text).iter().map(|l| (l.of(text), l.number, l.blanks)).collect();
        assert_eq!(found, [("One", 0, 0), ("Two words", 3, 2), ("three", 4, 0)]);
    }

    #[test]
    fn endings() {
        for (line, expected) in [
            ("It rained.", true),
            ("“It rained.”", true),
            ("(It rained!)", true),
            ("Weather", false),
            ("雨が降った。", true),
            ("", false),
        ] {
            assert_eq!(ends_a_sentence(line), expected, "{line}");
        }
    }
}
