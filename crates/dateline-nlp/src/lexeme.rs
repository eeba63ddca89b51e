//! Word types: each distinct text (with its norm) is met once, numbered, and described by its attributes.

use std::sync::Arc;

use crate::strings::Symbols;
use crate::unicode::{CLASSES, is_space, lower};

/// The number of a word type in a [`Lexicon`].
pub(crate) type LexemeId = u32;

/// A word type.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub(crate) text: Arc<str>,
    /// String id of the text.
    pub(crate) orth: u64,
    /// String id of the norm: a special case's own, or the vocabulary's.
    pub(crate) norm: u64,
    /// Is it white space?
    pub(crate) space: bool,
    /// The next lexeme of the same text.
    next: Option<LexemeId>,
}

/// What a pipeline knows of texts before it reads any.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    symbols: Symbols,
    /// Norm ids by string id, sorted.
    norms: Vec<(u64, u64)>,
    #[expect(
        clippy::disallowed_types,
        reason = "looked up only, never walked: a look-up for every new word"
    )]
    base_norms: std::collections::HashMap<&'static str, u64>,
}

impl Vocabulary {
    /// `norms` are the package's, by string id.
    pub(crate) fn new(norms: &[(u64, String)]) -> Self {
        let symbols = Symbols::new();
        let mut norms: Vec<_> = norms.iter().map(|(id, norm)| (*id, symbols.id(norm))).collect();
        norms.sort_unstable();
        let base = crate::tables::rows(include_str!("../../../data/nlp/base_norms.tsv"));
        let base_norms = base.map(|[text, norm]| (text, symbols.id(norm))).collect();
        Self { symbols, norms, base_norms }
    }

    /// The string id of a text.
    pub(crate) fn id(&self, text: &str) -> u64 {
        self.symbols.id(text)
    }

    fn norm(&self, text: &str, orth: u64) -> u64 {
        if let Ok(found) = self.norms.binary_search_by_key(&orth, |&(id, _)| id) {
            return self.norms[found].1;
        }
        self.base_norms.get(text).copied().unwrap_or_else(|| self.id(&lower(text)))
    }
}

/// An attribute that can be embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    Orth,
    Norm,
    Lower,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Attribute {
    /// The attribute by its name in a package.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ORTH" => Self::Orth,
            "NORM" => Self::Norm,
            "LOWER" => Self::Lower,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }

    /// The key under which a table finds the attribute of a lexeme that a space follows, or not.
    pub(crate) fn key(self, lexeme: &Lexeme, spacy: bool, vocabulary: &Vocabulary) -> u64 {
        let text = &*lexeme.text;
        match self {
            Self::Orth => lexeme.orth,
            Self::Norm => lexeme.norm,
            Self::Lower => vocabulary.id(&lower(text)),
            Self::Prefix => vocabulary.id(&text[..text.chars().next().map_or(0, char::len_utf8)]),
            Self::Suffix => vocabulary.id(suffix(text)),
            Self::Shape => vocabulary.id(&shape(text)),
            Self::Spacy => u64::from(spacy),
            Self::IsSpace => u64::from(lexeme.space),
        }
    }
}

/// The last three characters.
fn suffix(text: &str) -> &str {
    let start = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &text[start..]
}

/// The text with letters and digits made alike, runs cut at four.
fn shape(text: &str) -> String {
    const LONGEST: usize = 100;
    const LONGEST_RUN: usize = 4;
    if text.chars().nth(LONGEST - 1).is_some() {
        return "LONG".into();
    }
    let classes = &*CLASSES;
    let (mut shape, mut last, mut run) = (String::with_capacity(text.len()), None, 0);
    for c in text.chars() {
        let kind = if classes.alpha.contains(c) {
            if classes.upper.contains(c) { 'X' } else { 'x' }
        } else if classes.digit.contains(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(kind) { run + 1 } else { 1 };
        last = Some(kind);
        if run <= LONGEST_RUN {
            shape.push(kind);
        }
    }
    shape
}

/// The word types that one worker has met, by number. Numbers never reach the output.
#[derive(Debug, Default)]
#[expect(clippy::disallowed_types, reason = "looked up by text only, never walked")]
pub(crate) struct Lexicon {
    lexemes: Vec<Lexeme>,
    by_text: std::collections::HashMap<Arc<str>, LexemeId>,
}

impl Lexicon {
    /// The lexeme of a text; `norm` where a special case gives one.
    pub(crate) fn intern(&mut self, text: &str, norm: Option<u64>, vocabulary: &Vocabulary) -> LexemeId {
        let head = self.by_text.get(text).copied();
        let (known, orth) = match head.and_then(|id| self.lexemes.get(id as usize)) {
            Some(first) => (Some(Arc::clone(&first.text)), first.orth),
            None => (None, vocabulary.id(text)),
        };
        let norm = norm.unwrap_or_else(|| vocabulary.norm(text, orth));
        if let Some(found) = self.with_norm(head, norm) {
            return found;
        }
        let text: Arc<str> = known.unwrap_or_else(|| text.into());
        let id = u32::try_from(self.lexemes.len()).unwrap_or(u32::MAX);
        let space = text.chars().all(is_space) && !text.is_empty();
        self.by_text.insert(Arc::clone(&text), id);
        self.lexemes.push(Lexeme { text, orth, norm, space, next: head });
        id
    }

    fn with_norm(&self, mut head: Option<LexemeId>, norm: u64) -> Option<LexemeId> {
        while let Some(id) = head {
            let lexeme = self.lexemes.get(id as usize)?;
            if lexeme.norm == norm {
                return Some(id);
            }
            head = lexeme.next;
        }
        None
    }

    /// The lexeme with that number.
    pub(crate) fn lexeme(&self, id: LexemeId) -> &Lexeme {
        &self.lexemes[id as usize]
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_spacys() {
        for (text, expected) in [
            ("Apple", "Xxxxx"),
            ("NASA's", "XXXX'x"),
            ("1234567", "dddd"),
            ("C-3²", "X-dd"),
            ("......", "...."),
            ("ⅷ", "ⅷ"),
            (&"a".repeat(99), "xxxx"),
            (&"a".repeat(100), "LONG"),
        ] {
            assert_eq!(shape(text), expected, "{text:?}");
        }
    }

    #[test]
    fn one_text_may_have_two_norms() {
        let vocabulary = Vocabulary::new(&[]);
        let mut lexicon = Lexicon::default();
        let plain = lexicon.intern("ca", None, &vocabulary);
        let special = lexicon.intern("ca", Some(vocabulary.id("can")), &vocabulary);
        assert_ne!(plain, special);
        assert_eq!(lexicon.intern("ca", None, &vocabulary), plain);
        assert_eq!(lexicon.intern("ca", Some(vocabulary.id("can")), &vocabulary), special);
    }

    #[test]
    fn norms_come_from_the_table_of_base_norms() {
        let vocabulary = Vocabulary::new(&[]);
        for (text, norm) in [("€", "$"), ("—", "-"), ("…", "..."), ("Word", "word")] {
            assert_eq!(vocabulary.norm(text, vocabulary.id(text)), vocabulary.id(norm), "{text:?}");
        }
    }
}
