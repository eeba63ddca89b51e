//! All that is known beforehand about names and those who bear them, made ready once.

use crate::gazetteer::Gazetteer;
use crate::key::Spellings;
use crate::noun::Nouns;
use crate::words::Words;

/// Words and spellings under `data/entities/`, ready to read reports with. Build it once.
#[derive(Debug)]
pub struct EntityRules {
    pub(crate) words: Words,
    pub(crate) spellings: Spellings,
    pub(crate) nouns: Nouns,
}

impl EntityRules {
    /// The rules for English news.
    #[must_use]
    pub fn english() -> Self {
        Self { words: Words::english(), spellings: Spellings::english(), nouns: Nouns::english() }
    }
}

/// All that is known beforehand, for one reading of one report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'k> {
    pub(crate) words: &'k Words,
    pub(crate) spellings: &'k Spellings,
    pub(crate) nouns: &'k Nouns,
    pub(crate) gazetteer: &'k Gazetteer,
}

impl<'k> Known<'k> {
    pub(crate) fn new(rules: &'k EntityRules, gazetteer: &'k Gazetteer) -> Self {
        Self { words: &rules.words, spellings: &rules.spellings, nouns: &rules.nouns, gazetteer }
    }
}
