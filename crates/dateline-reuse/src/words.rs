//! A text as a row of words: what is compared is a word's letters, without case, marks and apostrophes.

use std::ops::Range;

use dateline_model::Span;

use crate::quotation::quotations;

/// Words that a run of shared words begins with.
pub(crate) const RUN: usize = 5;
/// A longer row of letters is no word of a report.
const LONGEST_BYTES: usize = 200;

/// The words of one text, column by column: a pile has millions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// What is compared.
    pub(crate) keys: Vec<u32>,
    /// First byte of each.
    starts: Vec<u32>,
    /// Its bytes.
    lengths: Vec<u8>,
    marks: Vec<u8>,
}

const QUOTED: u8 = 1;
const FIRST: u8 = 2;
const STOCK: u8 = 4;
const NAME: u8 = 8;

impl Words {
    /// Reads a text once. Of a text beyond 4 GB, the beginning.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.reserve(text.len() / 6);
        let mut at = 0;
        let mut pause = Pause::Sentence;
        while let Some(character) = text[at..].chars().next() {
            let end = at + character.len_utf8();
            if character.is_alphanumeric() {
                let (key, end) = plain_word(text, at).unwrap_or_else(|| word(text, at));
                words.push(key, at, end, marks(character, pause));
                (at, pause) = (end, Pause::None);
            } else {
                pause = pause.then(character);
                at = end;
            }
        }
        words.mark_quoted(text);
        words
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The bytes of a word.
    pub(crate) fn span(&self, n: usize) -> Span {
        Span::new(self.starts[n], self.starts[n] + u32::from(self.lengths[n]))
    }

    pub(crate) fn is_quoted(&self, n: usize) -> bool {
        self.marks[n] & QUOTED != 0
    }

    pub(crate) fn is_stock(&self, n: usize) -> bool {
        self.marks[n] & STOCK != 0
    }

    /// Is it a name or a number, by its first character? At a sentence's head nothing tells.
    pub(crate) fn is_name(&self, n: usize) -> bool {
        self.marks[n] & NAME != 0
    }

    /// Does a sentence begin here? The text's end counts as one.
    pub(crate) fn is_first(&self, n: usize) -> bool {
        self.marks.get(n).is_none_or(|marks| marks & FIRST != 0)
    }

    /// Marks a row of words as stock.
    pub(crate) fn mark_stock(&mut self, words: Range<usize>) {
        let own = words.start.min(self.len())..words.end.min(self.len());
        self.marks[own].iter_mut().for_each(|marks| *marks |= STOCK);
    }

    /// A number for each run of words, in order.
    pub(crate) fn runs(&self) -> impl Iterator<Item = u64> + '_ {
        self.keys.windows(RUN).map(run_key)
    }

    fn reserve(&mut self, words: usize) {
        self.keys.reserve(words);
        self.starts.reserve(words);
        self.lengths.reserve(words);
        self.marks.reserve(words);
    }

    fn push(&mut self, key: u32, start: usize, end: usize, marks: u8) {
        let (Ok(start), Ok(length)) = (u32::try_from(start), u8::try_from(end - start)) else { return };
        self.keys.push(key);
        self.starts.push(start);
        self.lengths.push(length);
        self.marks.push(marks);
    }

    fn mark_quoted(&mut self, text: &str) {
        let mut n = 0;
        for quotation in quotations(text) {
            n += self.starts[n..].partition_point(|start| *start < quotation.start);
            while n < self.len() && self.starts[n] < quotation.end {
                self.marks[n] |= QUOTED;
                n += 1;
            }
        }
    }
}

/// What is known of a word when it is read.
fn marks(first: char, pause: Pause) -> u8 {
    let opens = pause == Pause::Sentence;
    let name = first.is_numeric() || first.is_uppercase() && !opens;
    (if opens { FIRST } else { 0 }) | (if name { NAME } else { 0 })
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pause {
    None,
    /// A full stop; a sentence if white space follows.
    Stop,
    Sentence,
    Break,
}

impl Pause {
    fn then(self, character: char) -> Self {
        match (self, character) {
            (Self::Sentence, _) | (Self::Break, '\n') => Self::Sentence,
            (_, '.' | '!' | '?' | '。' | '！' | '？') => Self::Stop,
            (Self::Stop, c) if c.is_whitespace() => Self::Sentence,
            (Self::Stop, _) => Self::Stop,
            (_, '\n') => Self::Break,
            (Self::Break, c) if c.is_whitespace() => Self::Break,
            _ => Self::None,
        }
    }
}

/// The same of a word that is nothing but ASCII letters and digits, as nearly all are in English.
fn plain_word(text: &str, at: usize) -> Option<(u32, usize)> {
    let mut key = Key::default();
    let mut end = at;
    for byte in text.as_bytes().iter().skip(at) {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => key.mix(u32::from(*byte)),
            b'A'..=b'Z' => key.mix(u32::from(byte.to_ascii_lowercase())),
            b'\'' | 0x80.. => return None,
            _ => break,
        }
        end += 1;
    }
    (end - at <= LONGEST_BYTES).then(|| (key.finish(), end))
}

/// The key of the word at `at`, and where it ends.
fn word(text: &str, at: usize) -> (u32, usize) {
    let mut key = Key::default();
    let mut end = at;
    let mut characters = text[at..].char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        if character.is_alphanumeric() {
            key.add(character);
            end = at + offset + character.len_utf8();
            if end - at > LONGEST_BYTES || stands_alone(character) {
                break;
            }
        } else if !joins(character, characters.peek().map(|(_, c)| *c)) {
            break;
        }
    }
    (key.finish(), end)
}

/// An apostrophe within a word: many pages have lost theirs.
fn joins(character: char, next: Option<char>) -> bool {
    matches!(character, '\'' | '’') && next.is_some_and(char::is_alphabetic)
}

/// Scripts that put no space between words: each character is one.
fn stands_alone(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    fn add(&mut self, character: char) {
        if character.is_ascii() {
            self.mix(u32::from(character.to_ascii_lowercase()));
        } else {
            character.to_lowercase().for_each(|c| self.mix(u32::from(c)));
        }
    }

    fn mix(&mut self, character: u32) {
        self.0 = (self.0 ^ u64::from(character)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn finish(self) -> u32 {
        let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        u32::try_from(mixed >> 32).unwrap_or_default()
    }
}

fn run_key(run: &[u32]) -> u64 {
    let add = |sum: u64, key: &u32| sum.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(u64::from(*key) + 1);
    let sum = run.iter().fold(0, add);
    (sum ^ (sum >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ (sum >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_apostrophes_are_nothing() {
        let keys = |text| Words::of(text).keys;
        assert_eq!(keys("The mayor’s BRIDGE"), keys("the, Mayors -- bridge!"));
        assert_ne!(keys("the bridge"), keys("the bridges"));
        assert_eq!(keys("大橋開通").len(), 4);
    }

    #[test]
    fn a_plain_word_is_read_as_any() {
        for text in ["Bridge of", "3rd, of", "x", "don't", "caf\u{e9}", "a’s"] {
            let plain = plain_word(text, 0);
            assert!(plain.is_none_or(|plain| plain == word(text, 0)), "{text}");
            assert_eq!(plain.is_some(), text.is_ascii() && !text.contains('\''), "{text}");
        }
        assert_eq!(plain_word(&"x".repeat(LONGEST_BYTES + 1), 0), None);
    }

    #[test]
    fn sentences_begin_after_a_stop() {
        let words = Words::of("He left. She stayed\n\nA bridge of 3.5 km");
        let first: Vec<_> = (0..words.len()).filter(|n| words.is_first(*n)).collect();
        assert_eq!(first, [0, 2, 4]);
    }

    #[test]
    fn a_long_word_does_not_stop_the_reading() {
        assert!(Words::of(&"x".repeat(100_000)).len() > 400);
    }
}
