//! The words that make statements of other words, read from `data/attribution/`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::media::Media;

/// What is said of words, by word.
#[expect(
    clippy::disallowed_types,
    reason = "looked up only, never walked: a look-up for every word of a text"
)]
type ByWord<T> = std::collections::HashMap<String, T>;

/// Verbs, nouns, adjectives and phrases of saying, thinking and intending, with what may follow them.
#[derive(Debug)]
pub struct Lexicon {
    verbs: ByWord<Verb>,
    nouns: ByWord<Noun>,
    adjectives: ByWord<Adjective>,
    adjective_prepositions: BTreeSet<String>,
    carriers: BTreeSet<String>,
    possessed: BTreeSet<String>,
    surveys: BTreeSet<String>,
    figures: BTreeSet<String>,
    adverbs: BTreeSet<String>,
    before_source: Vec<Vec<String>>,
    going_on: BTreeSet<String>,
    naming: BTreeSet<String>,
    media: Media,
}

/// How what is said may depend on a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Frame {
    Quote,
    Clause,
    Infinitive,
    Object,
    Small,
    Addressed,
    Raised,
    Passive,
    Figure,
}

/// What a verb does with what depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Class {
    Say,
    Think,
    Want,
    Show,
    Seem,
    Light,
}

/// A verb's entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verb {
    frames: u16,
    classes: u8,
    prepositions: Vec<String>,
    complements: Vec<String>,
}

impl Verb {
    pub(crate) fn takes(&self, frame: Frame) -> bool {
        self.frames & (1 << frame as u8) != 0
    }

    pub(crate) fn is(&self, class: Class) -> bool {
        self.classes & (1 << class as u8) != 0
    }

    /// Does the preposition bind what is said?
    pub(crate) fn binds(&self, preposition: &str) -> bool {
        self.prepositions.iter().any(|p| p.eq_ignore_ascii_case(preposition))
    }

    /// Does the preposition go on with what is said behind an object?
    pub(crate) fn completes(&self, preposition: &str) -> bool {
        self.complements.iter().any(|p| p.eq_ignore_ascii_case(preposition))
    }
}

/// A noun's entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noun {
    pub(crate) clause: bool,
    pub(crate) infinitive: bool,
    prepositions: Vec<String>,
}

impl Noun {
    pub(crate) fn binds(&self, preposition: &str) -> bool {
        self.prepositions.iter().any(|p| p.eq_ignore_ascii_case(preposition))
    }
}

/// An adjective's entry.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Adjective {
    pub(crate) clause: bool,
    pub(crate) infinitive: bool,
    pub(crate) prepositional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbFile {
    group: Vec<VerbGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbGroup {
    class: Class,
    frames: Vec<Frame>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    complements: Vec<String>,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    clause_nouns: Vec<String>,
    infinitive_nouns: Vec<String>,
    prepositional_nouns: BTreeMap<String, Vec<String>>,
    carriers: Carriers,
    adjectives: Adjectives,
    phrases: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Carriers {
    verbs: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Adjectives {
    clause: Vec<String>,
    infinitive: Vec<String>,
    prepositions: BTreeSet<String>,
    prepositional: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    before_source: Vec<String>,
    possessed: BTreeSet<String>,
    surveys: BTreeSet<String>,
    figures: BTreeSet<String>,
    adverbs: BTreeSet<String>,
    going_on: BTreeSet<String>,
    naming: BTreeSet<String>,
}

impl Lexicon {
    /// The English words that Dateline comes with.
    ///
    /// # Panics
    /// Never, as long as the tests pass: the tables are part of the program.
    #[must_use]
    pub fn english() -> Self {
        let verbs = include_str!("../../../data/attribution/verbs.toml");
        let words = include_str!("../../../data/attribution/words.toml");
        let media = include_str!("../../../data/attribution/media.toml");
        let outlets = include_str!("../../../data/extract/agencies.toml");
        Media::read(media, outlets)
            .and_then(|media| Self::read(verbs, words, media))
            .unwrap_or_else(|error| panic!("the tables of attribution: {error}"))
    }

    fn read(verbs: &str, words: &str, media: Media) -> Result<Self, toml::de::Error> {
        let verbs: VerbFile = toml::from_str(verbs)?;
        let words: WordFile = toml::from_str(words)?;
        Ok(Self {
            verbs: all_verbs(verbs),
            nouns: all_nouns(&words),
            adjectives: all_adjectives(&words.adjectives),
            adjective_prepositions: words.adjectives.prepositions,
            carriers: words.carriers.verbs,
            possessed: words.phrases.possessed,
            surveys: words.phrases.surveys,
            figures: words.phrases.figures,
            adverbs: words.phrases.adverbs,
            media,
            going_on: words.phrases.going_on,
            naming: words.phrases.naming,
            before_source: words
                .phrases
                .before_source
                .iter()
                .map(|phrase| phrase.split(' ').map(str::to_owned).collect())
                .collect(),
        })
    }

    /// What tells means and relays.
    pub(crate) fn media(&self) -> &Media {
        &self.media
    }

    pub(crate) fn verb(&self, lemma: &str) -> Option<&Verb> {
        self.verbs.get(lemma)
    }

    pub(crate) fn noun(&self, lemma: &str) -> Option<&Noun> {
        self.nouns.get(lemma)
    }

    pub(crate) fn adjective(&self, word: &str) -> Option<Adjective> {
        self.adjectives.get(word).copied()
    }

    pub(crate) fn adjective_binds(&self, preposition: &str) -> bool {
        self.adjective_prepositions.contains(preposition)
    }

    /// Does the verb carry a noun that makes the statement ("expressed concern")?
    pub(crate) fn carries(&self, lemma: &str) -> bool {
        self.carriers.contains(lemma)
    }

    /// Is it the noun of "in her view"?
    pub(crate) fn is_possessed(&self, word: &str) -> bool {
        self.possessed.contains(word)
    }

    /// Is it a document that tells what was found?
    pub(crate) fn is_survey(&self, lemma: &str) -> bool {
        self.surveys.contains(lemma)
    }

    /// "Put the toll at six": is the noun a figure?
    pub(crate) fn is_figure(&self, lemma: &str) -> bool {
        self.figures.contains(lemma)
    }

    pub(crate) fn is_hearsay(&self, word: &str) -> bool {
        self.adverbs.contains(word)
    }

    /// Does the preposition go on with a noun phrase that is said ("a deal with the rebels")?
    pub(crate) fn goes_on(&self, preposition: &str) -> bool {
        self.going_on.contains(preposition)
    }

    /// Does the participle give a name ("known as")?
    pub(crate) fn names(&self, participle: &str) -> bool {
        self.naming.contains(participle)
    }

    /// Phrases that end where a source begins, each as its words.
    pub(crate) fn before_source(&self) -> &[Vec<String>] {
        &self.before_source
    }
}

fn all_verbs(file: VerbFile) -> ByWord<Verb> {
    let mut verbs = ByWord::<Verb>::default();
    for group in file.group {
        let frames = group.frames.iter().fold(0, |bits, frame| bits | (1 << *frame as u8));
        for verb in group.verbs {
            let entry = verbs.entry(verb).or_default();
            entry.frames |= frames;
            entry.classes |= 1 << group.class as u8;
            entry.prepositions.extend(group.prepositions.iter().cloned());
            entry.complements.extend(group.complements.iter().cloned());
        }
    }
    verbs
}

fn all_nouns(file: &WordFile) -> ByWord<Noun> {
    let mut nouns = ByWord::<Noun>::default();
    file.clause_nouns.iter().for_each(|noun| nouns.entry(noun.clone()).or_default().clause = true);
    file.infinitive_nouns.iter().for_each(|noun| nouns.entry(noun.clone()).or_default().infinitive = true);
    for (preposition, list) in &file.prepositional_nouns {
        for noun in list {
            nouns.entry(noun.clone()).or_default().prepositions.push(preposition.clone());
        }
    }
    nouns
}

fn all_adjectives(lists: &Adjectives) -> ByWord<Adjective> {
    let mut adjectives = ByWord::<Adjective>::default();
    lists.clause.iter().for_each(|word| adjectives.entry(word.clone()).or_default().clause = true);
    lists.infinitive.iter().for_each(|word| adjectives.entry(word.clone()).or_default().infinitive = true);
    lists
        .prepositional
        .iter()
        .for_each(|word| adjectives.entry(word.clone()).or_default().prepositional = true);
    adjectives
}
