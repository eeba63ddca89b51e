//! Words for means and for those who pass on, read from `data/attribution/media.toml`.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::Medium;
use serde::Deserialize;

/// What tells means, occasions and relays.
#[derive(Debug)]
pub(crate) struct Media {
    nouns: BTreeMap<String, Medium>,
    verbs: BTreeMap<String, Medium>,
    relays: Relays,
    outlet_nouns: BTreeSet<String>,
    outlet_words: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    means: BTreeMap<Medium, Vec<String>>,
    verbs: BTreeMap<Medium, Vec<String>>,
    relays: Relays,
}

/// What is read here of `data/extract/agencies.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Outlets {
    outlet_nouns: BTreeSet<String>,
    outlet_words: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Relays {
    prepositions: BTreeSet<String>,
    carried: BTreeSet<String>,
    quoting: BTreeSet<String>,
    opening: BTreeSet<String>,
    denying: BTreeSet<String>,
    relaying: BTreeSet<String>,
}

impl Media {
    /// From the words for means and relays, and from those for outlets.
    pub(crate) fn read(source: &str, outlets: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(source)?;
        let Outlets { outlet_nouns, outlet_words } = toml::from_str(outlets)?;
        Ok(Self {
            nouns: by_word(file.means),
            verbs: by_word(file.verbs),
            relays: file.relays,
            outlet_nouns,
            outlet_words,
        })
    }

    /// Is one of the words, in small letters, a noun for an outlet: "the newspaper herald"?
    pub(crate) fn calls_outlet(&self, words: &str) -> bool {
        let words = format!(" {words} ");
        self.outlet_nouns.iter().any(|noun| words.contains(&format!(" {noun} ")))
    }

    /// Does a name of several words that ends so name an outlet: "Ostrava Courier"?
    pub(crate) fn ends_outlet(&self, word: &str) -> bool {
        self.outlet_words.contains(word)
    }

    /// The means that a noun tells.
    pub(crate) fn of_noun(&self, word: &str) -> Option<Medium> {
        self.nouns.get(word).copied()
    }

    /// The means that a verb tells.
    pub(crate) fn of_verb(&self, lemma: &str) -> Option<Medium> {
        self.verbs.get(lemma).copied()
    }

    /// Does the preposition lead to means or occasion?
    pub(crate) fn leads(&self, preposition: &str) -> bool {
        self.relays.prepositions.contains(preposition)
    }

    /// "Carried by": does the participle lead to a relay?
    pub(crate) fn is_carried(&self, lemma: &str) -> bool {
        self.relays.carried.contains(lemma)
    }

    /// "Quoted him as saying".
    pub(crate) fn quotes(&self, lemma: &str) -> bool {
        self.relays.quoting.contains(lemma)
    }

    /// "Citing officials, the Herald said": does the word open an aside that names who is cited?
    pub(crate) fn opens_citing(&self, word: &str) -> bool {
        self.relays.opening.contains(word)
    }

    /// "Denied reports that": does the verb turn what others say down rather than pass it on?
    pub(crate) fn denies(&self, lemma: &str) -> bool {
        self.relays.denying.contains(lemma)
    }

    /// Does the verb pass on what others say?
    pub(crate) fn passes_on(&self, lemma: &str) -> bool {
        self.relays.relaying.contains(lemma)
    }
}

fn by_word(lists: BTreeMap<Medium, Vec<String>>) -> BTreeMap<String, Medium> {
    lists.into_iter().flat_map(|(medium, words)| words.into_iter().map(move |word| (word, medium))).collect()
}
