//! The lines of a page as a text dump gives them, and what can be seen of each without reading it.

use std::ops::Range;

use super::vocabulary::{Vocabulary, WordKind};

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
        start += raw.len() + 1;
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
    let mut count = |word: &str| {
        if word.is_ascii() {
            count_ascii_word(&mut shape, word, vocabulary, after_stop);
        } else {
            count_word(&mut shape, word, vocabulary, after_stop);
        }
        after_stop = word.len() > 2 && ends_a_sentence(word) && word.chars().nth(2).is_some();
    };
    if line.is_ascii() {
        line.split(is_ascii_blank).filter(|word| !word.is_empty()).for_each(&mut count);
    } else {
        line.split_whitespace().for_each(&mut count);
    }
    shape
}

/// The ASCII characters that [`char::is_whitespace`] holds of.
fn is_ascii_blank(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ')
}

/// As [`count_word`], for the words that most of a page is made of.
fn count_ascii_word(shape: &mut Shape, word: &str, vocabulary: &Vocabulary, after_stop: bool) {
    if word.len() >= Lanes::FULL {
        return count_word(shape, word, vocabulary, after_stop);
    }
    let (mut lanes, mut humps, mut before_small) = (0, 0, 0);
    for &byte in word.as_bytes() {
        let lane = Lanes::OF[usize::from(byte)];
        let (large, letter) = (lane >> Lanes::UPPER & 1, lane & 1);
        humps += large & before_small;
        before_small = letter & !large;
        lanes += lane;
    }
    let (letters, upper) = (Lanes::count(lanes, Lanes::LETTERS), Lanes::count(lanes, Lanes::UPPER));
    shape.chars += word.len();
    shape.words += 1;
    if letters < word.len() {
        shape.digits += Lanes::count(lanes, Lanes::DIGITS);
        shape.commas += Lanes::count(lanes, Lanes::COMMAS);
        shape.quotes += Lanes::count(lanes, Lanes::QUOTES);
        shape.bars += usize::from(matches!(word, "|" | "/" | ">"));
    }
    if letters > 0 {
        shape.humps += humps as usize;
        let first = word.bytes().find(u8::is_ascii_alphabetic);
        let capital = first.is_some_and(|byte| byte.is_ascii_uppercase());
        let opens = after_stop && capital;
        count_lettered(shape, word, vocabulary, Lettered { letters, upper, capital, opens });
    }
}

/// Counts of several kinds of characters in one number, twelve bits each, so that one addition counts all.
struct Lanes;

impl Lanes {
    const LETTERS: u32 = 0;
    const UPPER: u32 = 12;
    const DIGITS: u32 = 24;
    const COMMAS: u32 = 36;
    const QUOTES: u32 = 48;
    /// So many characters overflow a count.
    const FULL: usize = 1 << 12;

    /// What each ASCII character adds.
    const OF: [u64; 256] = {
        let mut of = [0; 256];
        let mut byte = 0;
        while byte < 128 {
            of[byte] = match byte as u8 {
                b'a'..=b'z' => 1 << Self::LETTERS,
                b'A'..=b'Z' => 1 << Self::LETTERS | 1 << Self::UPPER,
                b'0'..=b'9' => 1 << Self::DIGITS,
                b',' => 1 << Self::COMMAS,
                b'"' => 1 << Self::QUOTES,
                _ => 0,
            };
            byte += 1;
        }
        of
    };

    fn count(lanes: u64, lane: u32) -> usize {
        (lanes >> lane) as usize & (Self::FULL - 1)
    }
}

/// What was seen of a word that begins with a letter.
#[derive(Clone, Copy)]
struct Lettered {
    letters: usize,
    upper: usize,
    capital: bool,
    /// Does it open a sentence within the line?
    opens: bool,
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
    if let Some(first) = first {
        let capital = first.is_uppercase();
        let opens = after_stop && (capital || !first.is_lowercase());
        count_lettered(shape, word, vocabulary, Lettered { letters, upper, capital, opens });
    }
}

fn count_lettered(shape: &mut Shape, word: &str, vocabulary: &Vocabulary, seen: Lettered) {
    shape.lettered += 1;
    shape.capitals += usize::from(seen.capital);
    shape.shouted += usize::from(seen.letters >= 2 && seen.upper == seen.letters);
    shape.breaks += usize::from(seen.opens);
    match vocabulary.kind(word) {
        WordKind::Function => shape.function += 1,
        WordKind::Reader => {
            shape.function += 1;
            shape.reader += 1;
        }
        WordKind::Other => {}
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

    #[test]
    fn shapes() {
        let vocabulary = Vocabulary::built_in();
        let s = shape("The mayor of Ostrava, 51, resigned. He gave no reason.", vocabulary);
        assert_eq!((s.words, s.capitals, s.commas, s.breaks, s.digits), (10, 3, 2, 1, 2));
        assert!(s.function >= 2);
        assert_eq!(shape("HomeNewsSport", vocabulary).humps, 2);
    }
}
