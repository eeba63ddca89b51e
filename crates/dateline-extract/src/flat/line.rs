//! The lines of a page as a text dump gives them, and what can be seen of each without reading it.

use std::ops::Range;

use super::vocabulary::Vocabulary;

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
    for (number, raw) in text.splitn(MOST_LINES, '\n').enumerate() {
        let head = raw.len() - raw.trim_start_matches(is_blank).len();
        let kept = raw.trim_matches(is_blank);
        if kept.is_empty() {
            blanks += 1;
        } else {
            let range = start + head..start + head + kept.len();
            lines.push(Line { range, number, blanks });
            blanks = 0;
        }
        start += raw.len() + 1;
    }
    lines
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

/// What can be counted in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Words: of scripts that do not part them, every two characters count as one.
    pub words: usize,
    /// Words that begin with a capital.
    pub capitals: usize,
    /// Words in capitals only, of two letters or more.
    pub shouted: usize,
    /// Words that begin with a letter.
    pub lettered: usize,
    /// Words such as "the", "of", "und".
    pub function: usize,
    /// Words that speak to the reader: "your", "Ihre".
    pub reader: usize,
    /// Digits.
    pub digits: usize,
    /// Characters without white space.
    pub chars: usize,
    /// Commas.
    pub commas: usize,
    /// Quotation marks.
    pub quotes: usize,
    /// Bars, bullets and arrows between words.
    pub bars: usize,
    /// Places where a sentence ends within the line and another begins.
    pub breaks: usize,
    /// A small letter right before a capital: words run together, as in "HomeNews".
    pub humps: usize,
}

/// Reads a line once.
#[must_use]
pub fn shape(line: &str, vocabulary: &Vocabulary) -> Shape {
    let mut shape = Shape::default();
    let mut after_stop = false;
    for word in line.split_whitespace() {
        count_word(&mut shape, word, vocabulary, after_stop);
        after_stop = ends_a_sentence(word) && word.chars().count() > 2;
    }
    shape
}

fn count_word(shape: &mut Shape, word: &str, vocabulary: &Vocabulary, after_stop: bool) {
    let (mut letters, mut upper, mut wide) = (0, 0, 0);
    let (mut first, mut before_small) = (None, false);
    for c in word.chars() {
        shape.chars += 1;
        if c.is_alphabetic() {
            first = first.or(Some(c));
            letters += 1;
            let large = c.is_uppercase();
            upper += usize::from(large);
            shape.humps += usize::from(large && before_small);
            before_small = c.is_lowercase();
            wide += usize::from(('\u{2E80}'..'\u{FFEF}').contains(&c));
            continue;
        }
        before_small = false;
        match c {
            '0'..='9' => shape.digits += 1,
            ',' | '،' | '、' | '，' => shape.commas += 1,
            '"' | '“' | '”' | '„' | '«' | '»' => shape.quotes += 1,
            '|' | '•' | '·' | '›' | '→' | '/' | '>' | '■' | '●' | '–' => {
                shape.bars += usize::from(word.chars().nth(1).is_none());
            }
            _ => {}
        }
    }
    shape.words += 1 + wide / 2;
    let Some(first) = first else { return };
    shape.lettered += 1;
    let capital = first.is_uppercase();
    shape.capitals += usize::from(capital);
    shape.shouted += usize::from(letters >= 2 && upper == letters);
    shape.breaks += usize::from(after_stop && (capital || !first.is_lowercase()));
    match vocabulary.kind(word) {
        super::vocabulary::WordKind::Function => shape.function += 1,
        super::vocabulary::WordKind::Reader => {
            shape.function += 1;
            shape.reader += 1;
        }
        super::vocabulary::WordKind::Other => {}
    }
}

/// Does it end with a full stop or its like, inside or outside closing quotation marks?
#[must_use]
pub fn ends_a_sentence(text: &str) -> bool {
    matches!(last_mark(text), Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।'))
}

/// The last character before closing quotation marks and brackets.
#[must_use]
pub fn last_mark(text: &str) -> Option<char> {
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

    #[test]
    fn shapes() {
        let vocabulary = Vocabulary::built_in();
        let s = shape("The mayor of Ostrava, 51, resigned. He gave no reason.", vocabulary);
        assert_eq!((s.words, s.capitals, s.commas, s.breaks, s.digits), (10, 3, 2, 1, 2));
        assert!(s.function >= 2);
        assert_eq!(shape("HomeNewsSport", vocabulary).humps, 2);
    }
}
