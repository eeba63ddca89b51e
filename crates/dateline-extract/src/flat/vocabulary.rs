//! The small words of several languages: running text is full of them, menus are not.

use std::sync::OnceLock;

use serde::Deserialize;

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
    function: Vec<u64>,
    reader: Vec<u64>,
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
            Self { function: packed(&file.function), reader: packed(&file.reader) }
        })
    }

    /// What `word` is, whatever stands around its letters.
    #[must_use]
    pub fn kind(&self, word: &str) -> WordKind {
        let Some(key) = pack(word) else { return WordKind::Other };
        if self.reader.binary_search(&key).is_ok() {
            WordKind::Reader
        } else if self.function.binary_search(&key).is_ok() {
            WordKind::Function
        } else {
            WordKind::Other
        }
    }
}

fn packed(lines: &[String]) -> Vec<u64> {
    let mut keys: Vec<u64> = lines.iter().flat_map(|l| l.split_whitespace()).filter_map(pack).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The word's bytes as one number, ASCII letters made small; none if it has more than eight bytes.
fn pack(word: &str) -> Option<u64> {
    let word = word
        .trim_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '«' | '»'));
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    Some(word.bytes().fold(0, |key, b| key << 8 | u64::from(b.to_ascii_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_known_in_any_dress() {
        for (word, expected) in [
            ("the", WordKind::Function),
            ("The", WordKind::Function),
            ("“und", WordKind::Function),
            ("your", WordKind::Reader),
            ("на", WordKind::Function),
            ("Parliament", WordKind::Other),
            ("", WordKind::Other),
        ] {
            assert_eq!(Vocabulary::built_in().kind(word), expected, "{word}");
        }
    }
}
