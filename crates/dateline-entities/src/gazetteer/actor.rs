//! Actors by name: persons with their offices, and bodies, each with its code at a day.

use jiff::civil::Date;

use super::fold::fold;
use super::is_acronym;
use super::table::rows;

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

impl Actor {
    /// Reads a line of the packed gazetteer: `P`, name and terms, parted by tabs.
    pub(super) fn of_line(line: &str) -> Option<Self> {
        let mut cells = line.split('\t');
        let kind = if cells.next()? == "P" { ActorKind::Person } else { ActorKind::Body };
        let name = cells.next()?.to_owned();
        let term = |term: &str| {
            let mut parts = term.split(',');
            let code = parts.next()?.to_owned();
            let mut day = || parts.next().and_then(|day| day.parse().ok());
            Some(Term { code, office: None, first: day(), last: day() })
        };
        Some(Self { name, kind, wikidata: None, terms: cells.next()?.split(';').filter_map(term).collect() })
    }
}

/// Reads `RUSGOV 2000-05-07..2008-05-07 president`.
fn term(written: &str) -> Option<Term> {
    let mut parts = written.trim().splitn(3, ' ');
    let code = parts.next()?.to_owned();
    let (first, last) = parts.next()?.split_once("..")?;
    Some(Term {
        code,
        office: parts.next().map(str::to_owned),
        first: first.parse().ok(),
        last: last.parse().ok(),
    })
}

/// Actors by every name.
#[derive(Debug, Default)]
pub(super) struct Actors {
    all: Vec<Actor>,
    #[expect(clippy::disallowed_types, reason = "looked up only, never walked: a look-up for every name")]
    by_name: std::collections::HashMap<String, Vec<Entry>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    actor: u32,
    is_acronym: bool,
}

impl Actors {
    /// Reads `organisations.tsv`.
    pub(super) fn read_organisations(&mut self, table: &str) {
        for row in rows(table) {
            let &[names, code, wikidata] = row.as_slice() else { continue };
            let term = Term { code: code.to_owned(), office: None, first: None, last: None };
            self.add_names(names, ActorKind::Body, wikidata, vec![term]);
        }
    }

    /// Reads `leaders.tsv`.
    pub(super) fn read_persons(&mut self, table: &str) {
        for row in rows(table) {
            let &[names, gender, wikidata, terms] = row.as_slice() else { continue };
            let kind = if gender == "f" { ActorKind::Woman } else { ActorKind::Man };
            self.add_names(names, kind, wikidata, terms.split(';').filter_map(term).collect());
        }
    }

    fn add_names(&mut self, names: &str, kind: ActorKind, wikidata: &str, terms: Vec<Term>) {
        let name = names.split('|').next().unwrap_or_default().to_owned();
        let wikidata = (!wikidata.is_empty()).then(|| wikidata.to_owned());
        self.add(Actor { name, kind, wikidata, terms }, names.split('|'));
    }

    /// Adds an actor under its names. What is added later is found first.
    pub(super) fn add<'a>(&mut self, actor: Actor, names: impl IntoIterator<Item = &'a str>) {
        let index = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        for name in names {
            let entry = Entry { actor: index, is_acronym: is_acronym(name) };
            self.by_name.entry(fold(name)).or_default().insert(0, entry);
        }
        self.all.push(actor);
    }

    /// The actors of exactly this name, which `folded` is in its one form, those of the later source first.
    /// Acronyms are found in capitals only.
    pub(super) fn find(&self, name: &str, folded: &str) -> impl Iterator<Item = &Actor> {
        let entries = self.by_name.get(folded).map(Vec::as_slice).unwrap_or_default();
        let capitals = is_acronym(name);
        entries
            .iter()
            .filter(move |entry| !entry.is_acronym || capitals)
            .filter_map(|entry| self.all.get(entry.actor as usize))
    }
}
