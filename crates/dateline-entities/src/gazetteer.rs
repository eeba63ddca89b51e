//! What is known of names before a report is read: countries, places, persons, bodies and agents.
//!
//! The tables lie under `data/gazetteer/`. Every lookup takes a name as it was printed and folds it
//! itself ([`fold`]); where case matters ("US" and "us", "WHO" and "who"), the letters are looked at.

use std::collections::BTreeMap;

use jiff::civil::Date;

mod actor;
mod agent;
mod country;
mod fold;
mod names;
mod packed;
mod petrarch;
mod place;
mod table;

pub use actor::{Actor, ActorKind, Term};
pub use agent::Agent;
pub use country::{Country, CountryForm};
pub use fold::fold;
pub use petrarch::{Dictionary, DictionaryActor, DictionaryAgent, Mistake};
pub use place::{PlaceCandidate, PlaceKind};

use actor::Actors;
use agent::{Agents, Plural};
use country::Countries;
use packed::Packed;
use place::{Region, regions};

/// All tables, made ready once and shared by all threads.
#[derive(Debug)]
pub struct Gazetteer {
    countries: Countries,
    agents: Agents,
    actors: Actors,
    packed: Packed<'static>,
    regions: Vec<Region>,
    region_of: BTreeMap<String, usize>,
}

/// Places and actors in packed form; `cargo xtask data` makes it.
static PACKED: &[u8] = include_bytes!("../../../data/gazetteer/gazetteer.bin");

impl Gazetteer {
    /// The English tables that are part of the program.
    #[must_use]
    pub fn english() -> Self {
        let regions = regions(include_str!("../../../data/gazetteer/regions.tsv"));
        let names =
            regions.iter().enumerate().flat_map(|(i, r)| r.names.iter().map(move |name| (fold(name), i)));
        let mut gazetteer = Self {
            region_of: names.collect(),
            packed: Packed::new(PACKED),
            countries: Countries::read(
                include_str!("../../../data/gazetteer/countries.tsv"),
                include_str!("../../../data/gazetteer/demonyms.tsv"),
            ),
            agents: Agents::default(),
            actors: Actors::default(),
            regions,
        };
        gazetteer.add(&Dictionary::read(include_str!("../../../data/gazetteer/phoenix-agents.txt")));
        gazetteer
    }

    /// The country that `name` names, and in which form: "Syria", "Syrian", "Syrians".
    #[must_use]
    pub fn country(&self, name: &str) -> Option<(&Country, CountryForm)> {
        self.countries.find(name)
    }

    /// The country of a code: ISO 3166 of two or three letters, or CAMEO's.
    #[must_use]
    pub fn country_by_code(&self, code: &str) -> Option<&Country> {
        self.countries.by_code(code)
    }

    /// The places of this name: a country, a region, provinces, districts and cities.
    #[must_use]
    pub fn places(&self, name: &str) -> Vec<PlaceCandidate<'_>> {
        let folded = fold(name);
        let country = self.country(name).filter(|(_, form)| *form == CountryForm::Name);
        let mut places: Vec<_> =
            country.map(|(country, _)| PlaceCandidate::of_country(country)).into_iter().collect();
        places.extend(self.region_of.get(&folded).and_then(|&index| self.region(index)));
        places.extend(self.packed.places(&folded).iter().map(|place| {
            let country =
                std::str::from_utf8(&place.country).ok().and_then(|code| self.country_by_code(code));
            PlaceCandidate::of_packed(place, country)
        }));
        places
    }

    fn region(&self, index: usize) -> Option<PlaceCandidate<'_>> {
        let region = self.regions.get(index)?;
        Some(PlaceCandidate {
            geonames: region.geonames,
            latitude: region.middle.0,
            longitude: region.middle.1,
            country: self.country_by_code(&region.country),
            kind: PlaceKind::Region,
            province: None,
            population: 0,
            is_further_name: false,
        })
    }

    /// The body of this name or acronym. Acronyms are found in capitals only.
    #[must_use]
    pub fn organisation(&self, name: &str) -> Option<&Actor> {
        self.actors.find(name).find(|actor| !actor.kind.is_person())
    }

    /// The persons of this name; those that hold an office on `day` first.
    #[must_use]
    pub fn persons(&self, name: &str, day: Option<Date>) -> Vec<&Actor> {
        let mut persons: Vec<_> = self.actors.find(name).filter(|actor| actor.kind.is_person()).collect();
        persons.sort_by_key(|person| person.term(day).is_none_or(|term| term.code.ends_with("ELI")));
        persons
    }

    /// The agent that a noun phrase ends in, the longest one: "police" in "the riot police".
    /// The phrase has no "of": what follows its head is not part of it.
    #[must_use]
    pub fn agent(&self, phrase: &str) -> Option<&Agent> {
        let folded = fold(phrase);
        let words: Vec<_> = folded.split(' ').collect();
        let first = words.len().saturating_sub(self.agents.longest());
        (first..words.len()).find_map(|start| self.agents.find(&words[start..].join(" ")))
    }

    fn add(&mut self, dictionary: &Dictionary<'_>) {
        for agent in &dictionary.agents {
            let plural = match agent.plural {
                None => Plural::Regular,
                Some("") => Plural::None,
                Some(plural) => Plural::Is(plural),
            };
            self.agents.add(&printed(&agent.name), plural, agent.sector);
        }
        for actor in &dictionary.actors {
            let names: Vec<_> = actor.names.iter().map(|name| printed(name)).collect();
            let Some(name) = names.first() else { continue };
            let terms = actor.terms.clone();
            let made = Actor { name: fold(name), kind: ActorKind::Body, wikidata: None, terms };
            self.actors.add(made, names.iter().map(String::as_str));
        }
    }
}

/// A name of a dictionary without the marks that say where a word ends.
fn printed(name: &str) -> String {
    name.replace('_', " ").trim().to_owned()
}

/// Is this name an acronym: capitals only, two to seven of them, with or without dots? "the U.S.",
/// "WHO".
#[must_use]
pub fn is_acronym(name: &str) -> bool {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let only = name.chars().all(|letter| letter.is_uppercase() || matches!(letter, '.' | '-' | '/'));
    only && (2..=7).contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_name_and_by_demonym() {
        let gazetteer = Gazetteer::english();
        for (name, expected) in [
            ("Syria", Some(("SYR", CountryForm::Name))),
            ("the Syrian Arab Republic", Some(("SYR", CountryForm::Name))),
            ("Syrian", Some(("SYR", CountryForm::Adjective))),
            ("Russians", Some(("RUS", CountryForm::People))),
            ("the U.S.", Some(("USA", CountryForm::Name))),
            ("US", Some(("USA", CountryForm::Name))),
            ("us", None),
            ("Us", None),
            ("polish", None),
            ("Pole", Some(("POL", CountryForm::Person))),
            ("Ruritania", None),
        ] {
            let found = gazetteer.country(name).map(|(country, form)| (country.alpha3.as_str(), form));
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_phrase_ends_in_its_agent() {
        let gazetteer = Gazetteer::english();
        for (phrase, expected) in [
            ("soldiers", Some("MIL")),
            ("the riot police", Some("COP")),
            ("rebels", Some("REB")),
            ("a chair", None),
        ] {
            let found = gazetteer.agent(phrase).map(|agent| agent.sector.as_str());
            assert_eq!(found, expected, "{phrase}");
        }
    }
}
