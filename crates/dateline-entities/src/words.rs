//! What a single word tells of a name: the lists of `data/entities/`, read once.

use std::collections::BTreeMap;
use std::ops::BitOr;

use serde::Deserialize;

/// Every listed word with all that it can be.
#[derive(Debug)]
pub(crate) struct Words {
    #[expect(
        clippy::disallowed_types,
        reason = "looked up only, never walked: a look-up for every word of a text"
    )]
    kinds: std::collections::HashMap<String, Kinds>,
    /// Bodies of one or several words that are known by their name alone.
    bodies: BTreeMap<String, ()>,
}

/// A set of [`Kinds`] constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u32);

impl Kinds {
    pub(crate) const TITLE: Self = Self(1);
    pub(crate) const MALE: Self = Self(1 << 1);
    pub(crate) const FEMALE: Self = Self(1 << 2);
    pub(crate) const ORGANISATION: Self = Self(1 << 3);
    pub(crate) const PLACE: Self = Self(1 << 4);
    pub(crate) const POLITY: Self = Self(1 << 5);
    pub(crate) const FACILITY: Self = Self(1 << 6);
    pub(crate) const EVENT: Self = Self(1 << 7);
    pub(crate) const OTHER: Self = Self(1 << 8);
    pub(crate) const JOIN: Self = Self(1 << 9);
    pub(crate) const PARTICLE: Self = Self(1 << 10);
    pub(crate) const SUFFIX: Self = Self(1 << 11);
    pub(crate) const NO_NAME: Self = Self(1 << 12);
    pub(crate) const PLACE_BEFORE: Self = Self(1 << 13);
    pub(crate) const PLACE_NOUN: Self = Self(1 << 14);
    pub(crate) const BODY_NOUN: Self = Self(1 << 15);
    pub(crate) const SPEECH: Self = Self(1 << 16);
    pub(crate) const GIVEN_MALE: Self = Self(1 << 17);
    pub(crate) const GIVEN_FEMALE: Self = Self(1 << 18);
    /// "Home" of "Home Secretary": what an office is for, and no name of its own.
    pub(crate) const CHARGE: Self = Self(1 << 19);
    pub(crate) const DEFINITE: Self = Self(1 << 20);
    pub(crate) const INDEFINITE: Self = Self(1 << 21);
    /// "Of": what stands before it heads the name.
    pub(crate) const OF: Self = Self(1 << 22);
    /// "On" and its like: a name that holds one may hold "and" too.
    pub(crate) const INNER: Self = Self(1 << 23);
    /// "Mr": how one is addressed, and no office.
    pub(crate) const ADDRESS: Self = Self(1 << 24);
    /// The plainest verbs of speech.
    pub(crate) const SAYS: Self = Self(1 << 25);
    /// A head that stands before the name it heads: "Lake".
    pub(crate) const FIRST_HEAD: Self = Self(1 << 26);
    /// A given name, whosesoever.
    pub(crate) const GIVEN: Self = Self(Self::GIVEN_MALE.0 | Self::GIVEN_FEMALE.0);
    /// A word that heads the name of a thing rather than a person.
    pub(crate) const HEAD: Self = Self(
        Self::ORGANISATION.0
            | Self::PLACE.0
            | Self::POLITY.0
            | Self::FACILITY.0
            | Self::EVENT.0
            | Self::OTHER.0,
    );

    /// Is it any of `others`?
    pub(crate) fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl BitOr for Kinds {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Words {
    /// The lists as they are.
    pub(crate) fn english() -> Self {
        let file: File = toml::from_str(NAMES).expect("data/entities/names.toml is a table of words");
        let mut words = Self { kinds: Default::default(), bodies: BTreeMap::new() };
        words.take(&file);
        for line in GIVEN.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, whose)) = line.split_once('\t') else { continue };
            words.add(name, given(whose));
        }
        words
    }

    /// What `lower`, a word in small letters, can be.
    pub(crate) fn kinds(&self, lower: &str) -> Kinds {
        self.kinds.get(lower).copied().unwrap_or_default()
    }

    /// Are these words, in small letters, a body known by its name alone?
    pub(crate) fn is_body(&self, lower: &str) -> bool {
        self.bodies.contains_key(lower)
    }

    fn take(&mut self, file: &File) {
        let lists = [
            (&file.titles.person, Kinds::TITLE),
            (&file.titles.male, Kinds::MALE),
            (&file.titles.female, Kinds::FEMALE),
            (&file.titles.charges, Kinds::CHARGE),
            (&file.titles.address, Kinds::ADDRESS),
            (&file.grammar.definite, Kinds::DEFINITE),
            (&file.grammar.indefinite, Kinds::INDEFINITE),
            (&file.grammar.of, Kinds::OF),
            (&file.grammar.inner, Kinds::INNER),
            (&file.cues.says, Kinds::SAYS),
            (&file.heads.organisation, Kinds::ORGANISATION),
            (&file.heads.place, Kinds::PLACE),
            (&file.heads.polity, Kinds::POLITY),
            (&file.heads.facility, Kinds::FACILITY),
            (&file.heads.event, Kinds::EVENT),
            (&file.heads.other, Kinds::OTHER),
            (&file.heads.first, Kinds::FIRST_HEAD),
            (&file.heads.joins, Kinds::JOIN),
            (&file.particles.person, Kinds::PARTICLE),
            (&file.particles.suffixes, Kinds::SUFFIX),
            (&file.not_names.words, Kinds::NO_NAME),
            (&file.cues.place_before, Kinds::PLACE_BEFORE),
            (&file.cues.place_nouns, Kinds::PLACE_NOUN),
            (&file.cues.body_nouns, Kinds::BODY_NOUN),
            (&file.cues.speech, Kinds::SPEECH),
        ];
        for (list, kind) in lists {
            list.iter().for_each(|word| self.add(word, kind));
        }
        self.bodies.extend(file.armed.organisation.iter().map(|body| (body.clone(), ())));
    }

    fn add(&mut self, word: &str, kind: Kinds) {
        let kinds = self.kinds.entry(word.to_owned()).or_default();
        *kinds = *kinds | kind;
    }
}

fn given(whose: &str) -> Kinds {
    match whose {
        "m" => Kinds::GIVEN_MALE,
        "f" => Kinds::GIVEN_FEMALE,
        _ => Kinds::GIVEN,
    }
}

const NAMES: &str = include_str!("../../../data/entities/names.toml");
const GIVEN: &str = include_str!("../../../data/entities/given-names.tsv");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    titles: Titles,
    heads: Heads,
    particles: Particles,
    not_names: NotNames,
    cues: Cues,
    grammar: Grammar,
    armed: Armed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    person: Vec<String>,
    male: Vec<String>,
    female: Vec<String>,
    charges: Vec<String>,
    address: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Heads {
    organisation: Vec<String>,
    place: Vec<String>,
    polity: Vec<String>,
    facility: Vec<String>,
    event: Vec<String>,
    other: Vec<String>,
    first: Vec<String>,
    joins: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Particles {
    person: Vec<String>,
    suffixes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotNames {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    place_before: Vec<String>,
    place_nouns: Vec<String>,
    body_nouns: Vec<String>,
    speech: Vec<String>,
    says: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    definite: Vec<String>,
    indefinite: Vec<String>,
    of: Vec<String>,
    inner: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Armed {
    organisation: Vec<String>,
}
