//! Actors by name: persons with their offices, and bodies, each with its code at a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fold::fold;
use super::is_acronym;

/// A person or a body that has a code of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its name as we print it; of a name that the source gives in capitals only, folded.
    pub name: String,
    /// Person or body.
    pub kind: ActorKind,
    /// Wikidata's id.
    pub wikidata: Option<String>,
    /// Its codes, each with its days; the last without days stands for all other days.
    pub terms: Vec<Term>,
}

/// A person or a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A person: a man.
    Man,
    /// A person: a woman.
    Woman,
    /// A person of whom the source says no more.
    Person,
    /// An organisation, an armed group, an institution.
    Body,
}

impl ActorKind {
    /// Is it a person?
    #[must_use]
    pub fn is_person(self) -> bool {
        self != Self::Body
    }
}

/// A code, the office that it comes from, and the days for which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Country and sectors: `RUSGOV`.
    pub code: String,
    /// The office, where the source names it: "president".
    pub office: Option<String>,
    /// First day; none where it is open.
    pub first: Option<Date>,
    /// Last day; none where it is open.
    pub last: Option<Date>,
}

impl Term {
    /// Does it hold on `day`? One without days holds on any.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }

    /// Does it hold for a time only?
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.first.is_some() || self.last.is_some()
    }
}

impl Actor {
    /// The term that holds on `day`. Where the day is not known: the only one, or the one that is
    /// open to this day.
    #[must_use]
    pub fn term(&self, day: Option<Date>) -> Option<&Term> {
        let Some(day) = day else { return self.term_without_day() };
        let dated = self.terms.iter().filter(|term| term.is_dated()).find(|term| term.holds_on(day));
        dated.or_else(|| self.terms.iter().find(|term| !term.is_dated()))
    }

    fn term_without_day(&self) -> Option<&Term> {
        match self.terms.as_slice() {
            [only] => Some(only),
            terms => terms.iter().find(|term| term.last.is_none()),
        }
    }
}

/// Actors by every name.
#[derive(Debug, Default)]
pub(super) struct Actors {
    all: Vec<Actor>,
    by_name: BTreeMap<String, Vec<Entry>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    actor: u32,
    is_acronym: bool,
}

impl Actors {
    /// Adds an actor under its names. What is added later is found first.
    pub(super) fn add<'a>(&mut self, actor: Actor, names: impl IntoIterator<Item = &'a str>) {
        let index = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        for name in names {
            let entry = Entry { actor: index, is_acronym: is_acronym(name) };
            self.by_name.entry(fold(name)).or_default().insert(0, entry);
        }
        self.all.push(actor);
    }

    /// The actors of exactly this name, those of the later source first. Acronyms are found in
    /// capitals only.
    pub(super) fn find(&self, name: &str) -> impl Iterator<Item = &Actor> {
        let entries = self.by_name.get(&fold(name)).map(Vec::as_slice).unwrap_or_default();
        let capitals = is_acronym(name);
        entries
            .iter()
            .filter(move |entry| !entry.is_acronym || capitals)
            .filter_map(|entry| self.all.get(entry.actor as usize))
    }
}
