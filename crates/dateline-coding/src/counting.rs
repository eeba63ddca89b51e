//! How many were killed, hurt, arrested or driven out, and who they are.

use std::collections::BTreeMap;

use dateline_model::CountKind;
use serde::Deserialize;

use crate::fate::Reader;
use crate::lexicon::WordId;
use crate::quantity::{Quantity, quantities};
use crate::tree::Tree;

/// A quantity of people, with what became of them and the word that says so.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) quantity: Quantity,
    pub(crate) kind: CountKind,
    /// The word that tells what became of them.
    pub(crate) told_by: usize,
    /// Who is counted, in plain words.
    pub(crate) who: String,
}

/// Words of counting: `data/coding/counts.toml`.
pub(crate) struct CountWords {
    figures: BTreeMap<WordId, u32>,
    multipliers: BTreeMap<WordId, u32>,
    pub(crate) people: BTreeMap<WordId, String>,
    fates: BTreeMap<WordId, Vec<(Form, CountKind)>>,
    pub(crate) tolls: Vec<WordId>,
    pub(crate) amounts: Vec<WordId>,
    pub(crate) including: Vec<WordId>,
    pub(crate) leaving: Vec<WordId>,
    pub(crate) lives: Vec<WordId>,
    pub(crate) claiming: Vec<WordId>,
    pub(crate) others: Vec<WordId>,
    /// Of whom it is told that they are many: "a total of".
    pub(crate) totals: Vec<WordId>,
    pub(crate) losing: Vec<WordId>,
    pub(crate) cases: Vec<WordId>,
    pub(crate) ailments: Vec<WordId>,
    pub(crate) suffering: Vec<WordId>,
    pub(crate) affecting: Vec<WordId>,
    pub(crate) gases: Vec<WordId>,
    violent: Vec<WordId>,
    pub(crate) article: Vec<WordId>,
    pub(crate) vague: Vec<WordId>,
    pub(crate) than: Vec<WordId>,
    pub(crate) more: Vec<WordId>,
    pub(crate) fewer: Vec<WordId>,
    pub(crate) least: Vec<WordId>,
    pub(crate) over: Vec<WordId>,
    pub(crate) up: Vec<WordId>,
    pub(crate) to: Vec<WordId>,
    pub(crate) as_many: Vec<WordId>,
    pub(crate) many: Vec<WordId>,
    pub(crate) about: Vec<WordId>,
    pub(crate) or: Vec<WordId>,
    pub(crate) or_more: Vec<WordId>,
    pub(crate) of: Vec<WordId>,
    pub(crate) between: Vec<WordId>,
    pub(crate) range: Vec<WordId>,
    pub(crate) and: Vec<WordId>,
}

/// Under this name stand words for what is no people at all: hours, houses.
pub(crate) const NO_PEOPLE: &str = "-";

/// How a word tells what became of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "Killed 12", "12 were killed".
    Transitive,
    /// "12 died".
    Intransitive,
    /// "12 dead", "12 deaths", "the death of 12".
    Noun,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountFile {
    figures: BTreeMap<String, u32>,
    multipliers: BTreeMap<String, u32>,
    people: BTreeMap<String, String>,
    fates: BTreeMap<String, Fates>,
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fates {
    transitive: String,
    intransitive: String,
    nouns: String,
}

impl CountWords {
    /// Reads the file; `word` numbers a word.
    pub(crate) fn read(text: &str, word: &mut impl FnMut(&str) -> WordId) -> Result<Self, String> {
        let file: CountFile = toml::from_str(text).map_err(|e| format!("counts: {e}"))?;
        let mut fates: BTreeMap<WordId, Vec<(Form, CountKind)>> = BTreeMap::new();
        for (kind, lists) in &file.fates {
            let kind = kind_named(kind).ok_or_else(|| format!("counts: no kind {kind:?}"))?;
            for (form, list) in [
                (Form::Transitive, &lists.transitive),
                (Form::Intransitive, &lists.intransitive),
                (Form::Noun, &lists.nouns),
            ] {
                for entry in list.split_whitespace() {
                    fates.entry(word(entry)).or_default().push((form, kind));
                }
            }
        }
        let mut people = BTreeMap::new();
        for (who, list) in &file.people {
            people.extend(list.split_whitespace().map(|w| (word(w), who.clone())));
        }
        let figures = file.figures.iter().map(|(w, n)| (word(w), *n)).collect();
        let multipliers = file.multipliers.iter().map(|(w, n)| (word(w), *n)).collect();
        let mut list = |name: &str| -> Result<Vec<WordId>, String> {
            let words = file.words.get(name).ok_or(format!("counts: no words {name:?}"))?;
            Ok(words.split_whitespace().map(&mut *word).collect())
        };
        Ok(Self {
            figures,
            multipliers,
            people,
            fates,
            tolls: list("tolls")?,
            amounts: list("amounts")?,
            including: list("including")?,
            leaving: list("leaving")?,
            lives: list("lives")?,
            claiming: list("claiming")?,
            others: list("others")?,
            totals: list("totals")?,
            losing: list("losing")?,
            cases: list("cases")?,
            ailments: list("ailments")?,
            suffering: list("suffering")?,
            affecting: list("affecting")?,
            gases: list("gases")?,
            violent: list("violent")?,
            article: list("article")?,
            vague: list("vague")?,
            than: list("than")?,
            more: list("more")?,
            fewer: list("fewer")?,
            least: list("least")?,
            over: list("over")?,
            up: list("up")?,
            to: list("to")?,
            as_many: list("as-many")?,
            many: list("many")?,
            about: list("about")?,
            or: list("or")?,
            or_more: list("or-more")?,
            of: list("of")?,
            between: list("between")?,
            range: list("range")?,
            and: list("and")?,
        })
    }

    /// A word's value: "twelve".
    pub(crate) fn figure(&self, word: WordId) -> Option<u32> {
        self.figures.get(&word).copied()
    }

    /// What a word multiplies by: "dozen", "thousand".
    pub(crate) fn multiplier(&self, word: WordId) -> Option<u32> {
        self.multipliers.get(&word).copied()
    }

    /// Does the word mean a person?
    pub(crate) fn person(&self, word: WordId) -> bool {
        self.people.get(&word).is_some_and(|who| who != NO_PEOPLE)
    }

    /// What a word, in one of these forms, says became of people.
    pub(crate) fn fate(&self, word: WordId, forms: &[Form]) -> Option<CountKind> {
        self.fates.get(&word)?.iter().find(|(form, _)| forms.contains(form)).map(|(_, kind)| *kind)
    }
}

fn kind_named(name: &str) -> Option<CountKind> {
    Some(match name {
        "killed" => CountKind::Killed,
        "wounded" => CountKind::Wounded,
        "arrested" => CountKind::Arrested,
        "displaced" => CountKind::Displaced,
        "participants" => CountKind::Participants,
        _ => return None,
    })
}

/// All counts of people in a sentence.
pub(crate) fn counts(text: &str, tree: &Tree<'_>, words: &CountWords) -> Vec<Counted> {
    let all = quantities(text, tree, words);
    let mut found: Vec<Counted> = Vec::new();
    let reader = Reader { tree, words, numbers: &all };
    for quantity in &all {
        for (kind, told_by) in reader.fates(quantity) {
            let who = reader.who(quantity);
            let repeated = found.iter().any(|f| f.kind == kind && f.quantity.counted == quantity.counted);
            if !repeated {
                found.push(Counted { quantity: quantity.clone(), kind, told_by, who });
            }
        }
    }
    found
}

/// Is it a number of something that is not people: hours, houses, percent?
pub(crate) fn quantity_is_other(tree: &Tree<'_>, words: &CountWords, counted: usize) -> bool {
    words.things(tree.lemma(counted)) || words.things(tree.word(counted))
}

impl CountWords {
    /// Is it a word for what only people do to people?
    pub(crate) fn is_violent(&self, word: WordId) -> bool {
        self.violent.contains(&word)
    }

    fn things(&self, word: WordId) -> bool {
        self.people.get(&word).is_some_and(|who| who == NO_PEOPLE)
    }
}
