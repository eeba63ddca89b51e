//! What a common noun or a pronoun can stand for: a person, people together, a body, a place.

use std::collections::BTreeMap;

use dateline_model::{EntityType, Gender, Number};
use serde::Deserialize;

use crate::text::Word;

/// Nouns and pronouns by their word in small letters.
#[derive(Debug)]
#[expect(
    clippy::disallowed_types,
    reason = "looked up only, never walked: a look-up for every word of a text"
)]
pub(crate) struct Nouns {
    nouns: std::collections::HashMap<String, Noun>,
    /// For a word such as "leader" the offices that it may name.
    offices: BTreeMap<String, Vec<String>>,
    pronouns: std::collections::HashMap<String, Pronoun>,
    pub(crate) definite: Vec<String>,
    pub(crate) weather: Vec<String>,
    pub(crate) saying: Vec<String>,
    pub(crate) asking: Vec<String>,
    pub(crate) being: Vec<String>,
    /// Prepositions between somebody and the body that he is of.
    pub(crate) of_body: Vec<String>,
    /// Prepositions between somebody and his country.
    pub(crate) of_country: Vec<String>,
    /// Prepositions behind the head of a name.
    pub(crate) behind_head: Vec<String>,
    pub(crate) oneself: Vec<String>,
    pub(crate) addressed: Vec<String>,
    pub(crate) impersonal: Vec<String>,
    /// Sides by which a country is called: "the North".
    pub(crate) sides: Vec<String>,
    /// Verbs by which a lead tells that an interview follows.
    pub(crate) calls_interview: Vec<String>,
    pub(crate) two: Vec<String>,
    /// Verbs that give a name: "known as", "called".
    pub(crate) calling: Vec<String>,
    /// Labels of answers in a transcript.
    pub(crate) answer_label: Vec<String>,
    /// What joins several to one group.
    pub(crate) together: Vec<String>,
    /// Several who speak of themselves.
    pub(crate) ourselves: Vec<String>,
    /// Last words of bodies' names that are often left out.
    pub(crate) left_out: Vec<String>,
    /// Nouns that any body can be called by.
    pub(crate) any_body: Vec<String>,
    /// Nouns that an outlet can be called by.
    pub(crate) outlet_nouns: Vec<String>,
    /// Last words of outlets' names.
    outlet_words: Vec<String>,
    /// Endings of adjectives for peoples.
    pub(crate) people_ends: Vec<String>,
}

/// What a common noun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    pub(crate) sort: Sort,
    pub(crate) gender: Gender,
}

/// Sorts of what nouns stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// An office or a rank: "president".
    Office,
    /// Any other person: "woman".
    Person,
    /// People together: "rebels".
    People,
    /// A body: "ministry".
    Body,
    Country,
    Settlement,
    Area,
    Building,
}

impl Sort {
    pub(crate) fn entity_type(self) -> EntityType {
        match self {
            Self::Office | Self::Person | Self::People => EntityType::Person,
            Self::Body => EntityType::Organisation,
            Self::Country | Self::Settlement => EntityType::Polity,
            Self::Area => EntityType::Location,
            Self::Building => EntityType::Facility,
        }
    }
}

/// A pronoun's agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pronoun {
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    /// I, we, you: whoever speaks or is spoken to.
    pub(crate) speaker: bool,
    pub(crate) reflexive: bool,
    pub(crate) possessive: bool,
}

/// Is a word, in small letters, one of these?
pub(crate) fn is_one_of(words: &[String], word: &Word<'_>) -> bool {
    words.iter().any(|known| *known == *word.lower)
}

impl Nouns {
    pub(crate) fn english() -> Self {
        let file: File = toml::from_str(include_str!("../../../data/entities/nouns.toml"))
            .expect("data/entities/nouns.toml lists nouns and pronouns");
        let outlets: Outlets = toml::from_str(include_str!("../../../data/extract/agencies.toml"))
            .expect("data/extract/agencies.toml lists last words of outlets' names");
        Self {
            nouns: nouns(&file).into_iter().collect(),
            pronouns: pronouns(&file.pronouns).into_iter().collect(),
            offices: file.pairs,
            definite: file.words.definite,
            weather: file.words.weather,
            saying: file.words.saying,
            asking: file.words.asking,
            being: file.words.being,
            left_out: file.words.left_out,
            of_body: file.words.of_body,
            oneself: file.words.oneself,
            addressed: file.words.addressed,
            impersonal: file.words.impersonal,
            sides: file.words.sides,
            calls_interview: file.words.calls_interview,
            two: file.words.two,
            calling: file.words.calling,
            answer_label: file.words.answer_label,
            together: file.words.together,
            ourselves: file.words.ourselves,
            behind_head: file.words.behind_head,
            of_country: file.words.of_country,
            any_body: file.words.any_body,
            outlet_nouns: outlets.outlet_nouns,
            outlet_words: outlets.outlet_words,
            people_ends: file.words.people_ends,
        }
    }

    /// Is the name formed as outlets' names are: "Ostrava Courier"?
    pub(crate) fn is_outlet(&self, name: &str) -> bool {
        let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        name.contains(' ') && self.outlet_words.contains(&last)
    }

    /// What this noun stands for, by its word or, failing that, its dictionary form.
    pub(crate) fn noun(&self, lower: &str, lemma: &str) -> Option<Noun> {
        self.nouns.get(lower).or_else(|| self.nouns.get(lemma)).copied()
    }

    pub(crate) fn pronoun(&self, lower: &str) -> Option<Pronoun> {
        self.pronouns.get(lower).copied()
    }

    /// May one who is titled `title` be called `word`?
    pub(crate) fn may_call(&self, word: &str, title: &str) -> bool {
        word == title || self.offices.get(word).is_some_and(|offices| offices.iter().any(|o| o == title))
    }
}

fn nouns(file: &File) -> BTreeMap<String, Noun> {
    let lists = [
        (&file.place.building, Sort::Building),
        (&file.place.area, Sort::Area),
        (&file.place.settlement, Sort::Settlement),
        (&file.place.country, Sort::Country),
        (&file.group.body, Sort::Body),
        (&file.group.people, Sort::People),
        (&file.person.plain, Sort::Person),
        (&file.person.office, Sort::Office),
    ];
    let gender = |word: &String| {
        let (male, female) = (file.person.male.contains(word), file.person.female.contains(word));
        match (male, female) {
            (true, _) => Gender::Male,
            (_, true) => Gender::Female,
            _ => Gender::Unknown,
        }
    };
    let mut nouns = BTreeMap::new();
    for (list, sort) in lists {
        nouns.extend(list.iter().map(|word| (word.clone(), Noun { sort, gender: gender(word) })));
    }
    nouns
}

fn pronouns(lists: &Pronouns) -> BTreeMap<String, Pronoun> {
    let mut pronouns = BTreeMap::new();
    let sorts = [
        (&lists.male, Gender::Male, Number::Singular, false),
        (&lists.female, Gender::Female, Number::Singular, false),
        (&lists.neuter, Gender::Neuter, Number::Singular, false),
        (&lists.plural, Gender::Unknown, Number::Plural, false),
        (&lists.speaker, Gender::Unknown, Number::Unknown, true),
    ];
    for (list, gender, number, speaker) in sorts {
        for word in list {
            let reflexive = lists.reflexive.contains(word);
            let possessive = lists.possessive.contains(word);
            pronouns.insert(word.clone(), Pronoun { gender, number, speaker, reflexive, possessive });
        }
    }
    pronouns
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    person: Persons,
    group: Groups,
    place: Places,
    pairs: BTreeMap<String, Vec<String>>,
    pronouns: Pronouns,
    words: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Persons {
    office: Vec<String>,
    plain: Vec<String>,
    male: Vec<String>,
    female: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    people: Vec<String>,
    body: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    country: Vec<String>,
    settlement: Vec<String>,
    area: Vec<String>,
    building: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    male: Vec<String>,
    female: Vec<String>,
    neuter: Vec<String>,
    plural: Vec<String>,
    speaker: Vec<String>,
    reflexive: Vec<String>,
    possessive: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    definite: Vec<String>,
    weather: Vec<String>,
    saying: Vec<String>,
    asking: Vec<String>,
    being: Vec<String>,
    left_out: Vec<String>,
    of_body: Vec<String>,
    oneself: Vec<String>,
    addressed: Vec<String>,
    impersonal: Vec<String>,
    sides: Vec<String>,
    calls_interview: Vec<String>,
    two: Vec<String>,
    calling: Vec<String>,
    answer_label: Vec<String>,
    together: Vec<String>,
    ourselves: Vec<String>,
    behind_head: Vec<String>,
    of_country: Vec<String>,
    any_body: Vec<String>,
    people_ends: Vec<String>,
}

/// What is read here of `data/extract/agencies.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Outlets {
    outlet_nouns: Vec<String>,
    outlet_words: Vec<String>,
}
