//! The small words of several languages: running text is full of them, menus are not.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use super::sieve::Sieve;

/// What a word is to the shape of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// An article, preposition, conjunction, pronoun or auxiliary.
    Function,
    /// A word that speaks to the reader.
    Reader,
    /// Any other.
    Other,
}

/// The small words, packed for quick look-up: none has more than eight bytes.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// A table with free places: a word stands at its own place or soon after it. No word packs to 0.
    places: Vec<(u64, WordKind)>,
    /// The words' hashes: most words of a page do not get past it. It has some fifteen times as many bits
    /// as there are words.
    seen: Sieve<128>,
}

/// What a word is known by in a sieve.
pub(super) fn mixed(key: u64) -> u64 {
    key.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 48
}

#[derive(Deserialize)]
struct File {
    function: Vec<String>,
    reader: Vec<String>,
}

impl Vocabulary {
    /// The words of `data/extract/small-words.toml`, read once.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static WORDS: OnceLock<Vocabulary> = OnceLock::new();
        WORDS.get_or_init(|| {
            let file: File = toml::from_str(include_str!("../../../../data/extract/small-words.toml"))
                .expect("data/extract/small-words.toml is part of the build and tested");
            Self::of(&file)
        })
    }

    fn of(file: &File) -> Self {
        let keys = |lines: &[String]| -> Vec<u64> {
            lines.iter().flat_map(|line| line.split_whitespace()).filter_map(pack).collect()
        };
        let (function, reader) = (keys(&file.function), keys(&file.reader));
        let size = (4 * (function.len() + reader.len())).next_power_of_two();
        let mut new = Self { places: vec![(0, WordKind::Other); size], seen: Sieve::default() };
        // A word of both lists speaks to the reader: that is the rarer thing.
        for (keys, kind) in [(reader, WordKind::Reader), (function, WordKind::Function)] {
            for key in keys {
                let place = new.place(key);
                new.seen.add(mixed(key));
                if new.places[place].0 == 0 {
                    new.places[place] = (key, kind);
                }
            }
        }
        new
    }

    /// What `word` is, whatever stands around its letters.
    #[must_use]
    pub fn kind(&self, word: &str) -> WordKind {
        pack(word).map_or(WordKind::Other, |key| self.kind_of_key(key))
    }

    /// What the word at `core` of a text is, of which the marks around it were taken off.
    pub(super) fn kind_of_core(&self, text: &[u8], core: Range<usize>) -> WordKind {
        let length = core.len();
        let key = match text.get(core.start..).and_then(<[u8]>::first_chunk::<8>) {
            Some(bytes) if (1..=8).contains(&length) => {
                Some(small(u64::from_le_bytes(*bytes) & u64::MAX >> (64 - 8 * length)))
            }
            _ => text.get(core).and_then(pack_trimmed),
        };
        key.map_or(WordKind::Other, |key| self.kind_of_key(key))
    }

    fn kind_of_key(&self, key: u64) -> WordKind {
        if self.seen.may_hold(mixed(key)) { self.places[self.place(key)].1 } else { WordKind::Other }
    }

    /// Where the word stands, or the free place where it would.
    fn place(&self, key: u64) -> usize {
        let last = self.places.len() - 1;
        let mut at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & last;
        while self.places[at].0 != key && self.places[at].0 != 0 {
            at = (at + 1) & last;
        }
        at
    }
}

/// The word's bytes as one number, ASCII letters made small; none if it has more than eight bytes.
pub(super) fn pack(word: &str) -> Option<u64> {
    pack_trimmed(if word.is_ascii() { trimmed_ascii(word.as_bytes()) } else { trimmed(word).as_bytes() })
}

fn pack_trimmed(word: &[u8]) -> Option<u64> {
    // NULs at the end would be lost: such a word is none.
    let fits = (1..=8).contains(&word.len()) && word.last() != Some(&0);
    fits.then(|| small(joined(word)))
}

/// At most eight bytes as one number, the first one lowest.
fn joined(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        // The two overlap, unless there are eight, and agree where they do.
        (Some(head), Some(tail)) => {
            let before = 8 * bytes.len().saturating_sub(4);
            u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << before
        }
        _ => bytes.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)),
    }
}

/// Eight bytes with their ASCII letters made small, all at once.
fn small(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = bytes & (0x7F * EACH);
    let from_a = low + EACH * u64::from(0x80 - b'A');
    let beyond_z = low + EACH * u64::from(0x7F - b'Z');
    let capital = (from_a ^ beyond_z) & !bytes & (0x80 * EACH);
    bytes | capital >> 2
}

/// The word without the marks around it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '«' | '»'))
}

fn trimmed_ascii(mut word: &[u8]) -> &[u8] {
    while let [mark, rest @ ..] = word
        && mark.is_ascii_punctuation()
    {
        word = rest;
    }
    while let [rest @ .., mark] = word
        && mark.is_ascii_punctuation()
    {
        word = rest;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_packed_in_small_letters() {
        for word in ["a", "To", "The", "WITH", "There", "[Zebra]", "aZ@[`{zA", "né", "ÄÖÜ", "9to5"] {
            let fold = |key: u64, byte: u8| key << 8 | u64::from(byte.to_ascii_lowercase());
            let expected = word.trim_matches(['[', ']']).bytes().rev().fold(0, fold);
            assert_eq!(pack(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn words_are_found_within_a_text() {
        let text = b"(The end) of all THEIR parliaments, for the";
        for (core, expected) in [
            (1..4, WordKind::Function),
            (5..8, WordKind::Other),
            (17..22, WordKind::Function),
            (23..34, WordKind::Other),
            (40..43, WordKind::Function),
            (43..43, WordKind::Other),
        ] {
            assert_eq!(Vocabulary::built_in().kind_of_core(text, core.clone()), expected, "{core:?}");
        }
    }

    #[test]
    fn small_words_are_known_in_any_dress() {
        for (word, expected) in [
            ("the", WordKind::Function),
            ("The", WordKind::Function),
            ("“und", WordKind::Function),
            ("your", WordKind::Reader),
            ("на", WordKind::Function),
            ("Parliament", WordKind::Other),
            ("the\0", WordKind::Other),
            ("", WordKind::Other),
        ] {
            assert_eq!(Vocabulary::built_in().kind(word), expected, "{word}");
        }
    }
}
