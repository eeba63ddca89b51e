//! The names of agencies and outlets that pages give as the origin of a report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

/// What a named origin is to the page that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sells its copy to others.
    Wire,
    /// Also publishes pages of its own.
    Outlet,
}

/// The names known.
#[derive(Clone, Debug)]
pub struct Agencies {
    names: BTreeMap<String, Kind>,
    not_places: BTreeSet<String>,
    outlet_words: BTreeSet<String>,
    place_words: BTreeSet<String>,
    longest: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    wire: Vec<String>,
    outlets: Vec<String>,
    not_places: Vec<String>,
    outlet_words: Vec<String>,
    place_words: Vec<String>,
}

impl Agencies {
    /// The names of `data/extract/agencies.toml`, read once.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static AGENCIES: OnceLock<Agencies> = OnceLock::new();
        AGENCIES.get_or_init(|| {
            let file: File = toml::from_str(include_str!("../../../../data/extract/agencies.toml"))
                .expect("data/extract/agencies.toml is part of the build and tested");
            let mut names = BTreeMap::new();
            for (lines, kind) in [(&file.outlets, Kind::Outlet), (&file.wire, Kind::Wire)] {
                let forms = lines.iter().flat_map(|l| l.split(" | "));
                names.extend(forms.map(|form| (form.to_owned(), kind)));
            }
            let longest = names.keys().map(String::len).max().unwrap_or_default();
            Self {
                names,
                not_places: file.not_places.into_iter().collect(),
                outlet_words: file.outlet_words.into_iter().collect(),
                place_words: file.place_words.into_iter().collect(),
                longest,
            }
        })
    }

    /// What `name` is, if it is known. Capitals count: "AP" is one, "ap" is not.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<Kind> {
        let name = name.trim();
        if name.len() > self.longest + 4 {
            return None;
        }
        self.names.get(name).or_else(|| self.names.get(name.strip_prefix("The ")?)).copied()
    }

    /// What `name` is, if it is known or is formed as outlets' names are: "The Ostrava Courier".
    #[must_use]
    pub fn kind_by_form(&self, name: &str) -> Option<Kind> {
        let mut words = name.split_whitespace();
        let capitals = |w: &str| w.starts_with(char::is_uppercase);
        let formed = name.split_whitespace().count() >= 2
            && name.split_whitespace().all(capitals)
            && words.next_back().is_some_and(|last| self.outlet_words.contains(&last.to_lowercase()));
        self.kind(name).or(formed.then_some(Kind::Outlet))
    }

    /// May the word stand in small letters in the name of a place?
    #[must_use]
    pub fn stands_in_places(&self, word: &str) -> bool {
        self.place_words.contains(word)
    }

    /// Is it a word in capitals that only looks like a place, such as "BREAKING"?
    #[must_use]
    pub fn is_no_place(&self, words: &str) -> bool {
        self.not_places.contains(&words.trim().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_as_they_are_written() {
        let agencies = Agencies::built_in();
        assert_eq!(agencies.kind("AP"), Some(Kind::Wire));
        assert_eq!(agencies.kind("ap"), None);
        assert_eq!(agencies.kind("Tasnim"), Some(Kind::Outlet));
        assert_eq!(agencies.kind("The Ostrava Courier"), None);
        assert_eq!(agencies.kind_by_form("The Ostrava Courier"), Some(Kind::Outlet));
        assert_eq!(agencies.kind_by_form("the courier"), None);
        assert!(agencies.is_no_place("BREAKING"));
    }
}
