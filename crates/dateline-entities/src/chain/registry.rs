//! The entities of a report, found by the words that lead to them.

use std::collections::BTreeMap;

use crate::chain::Bearer;

/// How many entities one word may lead to; a report with more namesakes is no report.
const MOST: usize = 16;

/// The entities of a report, and the words that lead to them.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub(crate) bearers: Vec<Bearer>,
    /// By key: the whole name.
    pub(super) whole: BTreeMap<String, usize>,
    /// Persons by the last and by the first word of their names, the latest last.
    pub(super) last: BTreeMap<String, Vec<usize>>,
    pub(super) first: BTreeMap<String, Vec<usize>>,
    /// Those with titles, the latest last.
    pub(crate) titled: Vec<usize>,
    /// Countries by their code.
    countries: BTreeMap<String, usize>,
    /// Bodies by their initials.
    pub(super) initials: BTreeMap<String, usize>,
    /// Bodies and places by parts of their names that stand for the whole.
    pub(super) parts: BTreeMap<String, usize>,
    /// Bodies, places and events by the noun that heads their names.
    pub(super) heads: BTreeMap<String, usize>,
    /// The year that stands before a name: "the 2014 Selva Cup".
    pub(super) years: BTreeMap<usize, String>,
    /// Those without a name by their noun, the latest last.
    pub(super) nameless: BTreeMap<String, Vec<usize>>,
}

impl Registry {
    /// The country of this code, if the report names it.
    pub(crate) fn country(&self, code: &str) -> Option<usize> {
        self.countries.get(code).copied()
    }

    pub(crate) fn add(&mut self, bearer: Bearer) -> usize {
        if let Some(code) = bearer.country.as_ref().filter(|_| bearer.is_country) {
            self.countries.entry(code.clone()).or_insert(self.bearers.len());
        }
        self.bearers.push(bearer);
        self.bearers.len() - 1
    }

    /// The latest one whose name is headed by this noun.
    pub(crate) fn headed(&self, noun: &str) -> Option<usize> {
        self.heads.get(noun).copied()
    }

    /// The latest named one of whom this noun was said: "the site" after "Selvapedia is a site".
    pub(super) fn called(&self, noun: &str, fits: impl Fn(&Bearer) -> bool) -> Option<usize> {
        let said = |id: &&usize| {
            self.bearers
                .get(**id)
                .is_some_and(|b| b.named && b.titles.iter().any(|title| title == noun) && fits(b))
        };
        self.titled.iter().rev().find(said).copied()
    }

    /// The country whose name begins so: "the North" of a report on North Selva.
    pub(super) fn country_on_side(&self, side: &str) -> Option<usize> {
        let begins = |id: &&usize| {
            self.bearers.get(**id).is_some_and(|b| {
                b.name.split_once(' ').is_some_and(|(first, _)| first.eq_ignore_ascii_case(side))
            })
        };
        self.countries.values().find(begins).copied()
    }

    /// `id` holds an office, or is called by this noun.
    pub(crate) fn title(&mut self, id: usize, title: &str) {
        let Some(bearer) = self.bearers.get_mut(id) else { return };
        if bearer.titles.len() < MOST && !bearer.titles.iter().any(|t| t == title) {
            bearer.titles.push(title.to_owned());
        }
        if self.titled.last() != Some(&id) {
            self.titled.push(id);
        }
        if self.titled.len() > 4 * MOST {
            self.titled.remove(0);
        }
    }

    pub(super) fn learn(map: &mut BTreeMap<String, Vec<usize>>, word: &str, id: usize) {
        let list = map.entry(word.to_owned()).or_default();
        list.retain(|known| *known != id);
        list.push(id);
        if list.len() > MOST {
            list.remove(0);
        }
    }
}
