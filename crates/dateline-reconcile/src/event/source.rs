//! Which of the bodies that accounts rest on are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::event::Telling;

/// Names of bodies, each told as one of the names that mean the same, for the accounts of one event.
pub(crate) struct Sources(BTreeMap<String, (String, Kind)>);

/// Does a body report what happened, or does it speak to it?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A monitor, an agency, the police: it belongs to a class of bodies that report.
    Reports,
    /// Anybody else.
    Speaks,
}

impl Sources {
    /// The name that stands for `name`; none where it names nobody.
    pub(crate) fn canonical(&self, name: &str) -> Option<&(String, Kind)> {
        self.0.get(name)
    }
}

/// The bodies that the accounts of an event name. A text counts once, however often it was reprinted.
#[derive(Default)]
pub(crate) struct Bodies<'a> {
    /// The texts that name each.
    counted: BTreeMap<Body, BTreeSet<u32>>,
    /// For each name the bodies that texts mean by it.
    by_name: BTreeMap<String, BTreeMap<Body, BTreeSet<u32>>>,
    lowered: Lowered<'a>,
}

impl<'a> Bodies<'a> {
    /// Takes in the body that a telling calls so, and the number of the telling's text.
    pub(crate) fn add(&mut self, name: &str, telling: &'a Telling<'a>, text: u32) {
        let Some(body) = Body::of(name, telling, (Rules::built_in(), &mut self.lowered)) else { return };
        self.counted.entry(body.clone()).or_default().insert(text);
        self.by_name.entry(name.to_owned()).or_default().entry(body).or_default().insert(text);
    }

    /// Each name with the one that stands for it.
    pub(crate) fn sources(&self) -> Sources {
        // The fullest names stand for the shorter ones; of those that fit, the most frequent.
        let mut by_size: Vec<(&Body, usize)> =
            self.counted.iter().map(|(body, texts)| (body, texts.len())).collect();
        by_size
            .sort_by_key(|(body, count)| (body.is_generic(), std::cmp::Reverse((body.words.len(), *count))));
        let canonical = |body: &Body| {
            let fits = by_size.iter().filter(|(other, _)| body.fits(other));
            fits.max_by_key(|(other, count)| (!other.is_generic(), *count, other.words.len()))
                .map(|(other, _)| other.name())
        };
        let kind = |body: &Body| if body.class.is_some() { Kind::Reports } else { Kind::Speaks };
        let standing = |body: &Body| (canonical(body).unwrap_or_else(|| body.name()), kind(body));
        // Where a person speaks for two bodies, the one that more texts give it.
        let meant = |bodies: &BTreeMap<Body, BTreeSet<u32>>| {
            let most = bodies.iter().rev().max_by_key(|(_, texts)| texts.len());
            most.map(|(body, _)| standing(body))
        };
        Sources(self.by_name.iter().filter_map(|(name, all)| Some((name.clone(), meant(all)?))).collect())
    }
}

/// Texts of reports in lower case, each made once.
#[derive(Default)]
struct Lowered<'a>(BTreeMap<&'a str, String>);

impl<'a> Lowered<'a> {
    fn text(&mut self, telling: &'a Telling<'_>) -> &str {
        self.0.entry(&telling.dossier.id).or_insert_with(|| telling.dossier.text.to_lowercase())
    }
}

/// A body by the words of its name that tell who it is, and its class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Body {
    /// As a report names it, without articles.
    shown: String,
    words: BTreeSet<String>,
    class: Option<usize>,
    generic: bool,
    is_an_office: bool,
}

impl Body {
    fn of<'a>(
        name: &str,
        telling: &'a Telling<'_>,
        (rules, lowered): (&Rules, &mut Lowered<'a>),
    ) -> Option<Self> {
        let all: Vec<String> = words(name).collect();
        if all.len() > rules.most_words || all.iter().all(|word| rules.nobody.contains(word)) {
            return None;
        }
        let own = Self::of_words(&all, rules);
        if own.words.is_empty() {
            return None;
        }
        // "Rami Salem, head of the observatory": the person speaks for the body.
        match own.class {
            None => Some(rules.employer(name, lowered.text(telling)).unwrap_or(own)),
            Some(_) => Some(own),
        }
    }

    fn of_words(all: &[String], rules: &Rules) -> Self {
        let tells = |word: &&String| {
            !rules.filler.contains(word.as_str()) && !word.contains(|c: char| c.is_ascii_digit())
        };
        let words: BTreeSet<String> = all.iter().filter(tells).cloned().collect();
        let share = |class: &Class| words.iter().filter(|word| class.words.contains(word.as_str())).count();
        let classes = || rules.class.iter().enumerate();
        let class = classes().max_by_key(|(n, class)| (share(class), std::cmp::Reverse(*n)));
        let class = class.filter(|(_, class)| 2 * share(class) >= words.len().max(1) && share(class) > 0);
        let generic = class.is_some_and(|(_, class)| share(class) == words.len());
        let is_an_office = words.len() == 1 && words.is_subset(&rules.offices);
        let shown = all.iter().filter(tells).cloned().collect::<Vec<_>>().join(" ");
        Self { shown, words, class: class.map(|(n, _)| n), generic, is_an_office }
    }

    fn is_generic(&self) -> bool {
        self.generic
    }

    /// Can both names be of one body?
    fn fits(&self, other: &Self) -> bool {
        if self.is_an_office || other.is_an_office {
            return self.words == other.words;
        }
        let one_class = self.class.is_some() && self.class == other.class;
        self.words.is_subset(&other.words)
            || other.words.is_subset(&self.words)
            || one_class && (self.generic || other.generic)
    }

    fn name(&self) -> String {
        self.shown.clone()
    }
}

/// The words of a name in lower case, without a possessive.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    parts(name).map(plain).filter(|word| !word.is_empty())
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
}

fn plain(word: &str) -> String {
    word.trim_end_matches("'s").trim_end_matches("’s").to_lowercase()
}

/// The words by which bodies are told apart: `data/reconcile/sources.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    filler: BTreeSet<String>,
    nobody: BTreeSet<String>,
    offices: BTreeSet<String>,
    most_words: usize,
    near: usize,
    class: Vec<Class>,
    /// For each word that is said of one class alone: which class, and which of its words.
    #[serde(skip)]
    ranks: BTreeMap<String, (usize, usize)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    /// For readers of the file.
    #[expect(dead_code, reason = "names the class in the data file")]
    name: String,
    telling: Vec<String>,
    words: BTreeSet<String>,
}

impl Rules {
    fn built_in() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| {
            let mut rules: Self = toml::from_str(include_str!("../../../../data/reconcile/sources.toml"))
                .expect("data/reconcile/sources.toml is part of the build and tested");
            for (n, class) in rules.class.iter().enumerate() {
                for (place, word) in class.telling.iter().enumerate() {
                    rules.ranks.entry(word.clone()).or_insert((n, place));
                }
            }
            rules
        })
    }

    /// The first class one of whose own words stands near the name in the report.
    fn employer(&self, name: &str, text: &str) -> Option<Body> {
        let at = text.find(&name.to_lowercase())?;
        let from = floor(text, at.saturating_sub(self.near));
        let to = floor(text, (at + name.len() + self.near).min(text.len()));
        Some(Body::of_words(&[self.telling_word(text.get(from..to)?)?], self))
    }

    /// A word of the text that is said of one class alone; of several that of the first class.
    fn telling_word(&self, text: &str) -> Option<String> {
        let rank = |word: &str| self.ranks.get(word).copied();
        let found = parts(text).filter_map(|part| match part.bytes().all(|b| b.is_ascii_lowercase()) {
            true => rank(part),
            false => rank(&plain(part)),
        });
        let (class, place) = found.min()?;
        self.class.get(class)?.telling.get(place).cloned()
    }
}

/// A body that stands in an account's telling sentences, or else anywhere in the report, by a word that is
/// said of its class alone: for an account that names nobody as its source.
pub(crate) fn mentioned(telling: &Telling<'_>) -> Option<String> {
    let rules = Rules::built_in();
    let told = telling.account.telling.iter().map(|words| words.quote.as_str());
    told.chain([telling.dossier.text.as_str()]).find_map(|text| rules.telling_word(text))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
