//! What is known of names before a report is read: countries, places, persons, bodies and agents.
//!
//! The tables lie under `data/gazetteer/`. Every lookup takes a name as it was printed and folds it
//! itself ([`fold`]); where case matters ("US" and "us", "WHO" and "who"), the letters are looked at.

use std::collections::BTreeMap;

use jiff::civil::Date;

mod actor;
mod agent;
mod code_words;
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
pub use fold::{fold, spelling_key};
pub use petrarch::{Dictionary, DictionaryActor, DictionaryAgent, Mistake};
pub use place::{PlaceCandidate, PlaceKind};

use actor::Actors;
use agent::{Agents, Plural};
use code_words::CodeWords;
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
    code_words: CodeWords,
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
            code_words: CodeWords::english(),
            countries: Countries::read(
                include_str!("../../../data/gazetteer/countries.tsv"),
                include_str!("../../../data/gazetteer/demonyms.tsv"),
            ),
            agents: Agents::default(),
            actors: Actors::default(),
            regions,
        };
        gazetteer.add(&Dictionary::read(include_str!("../../../data/gazetteer/phoenix-agents.txt")));
        gazetteer.add(&Dictionary::read(include_str!("../../../data/gazetteer/agents.txt")));
        gazetteer.actors.read_organisations(include_str!("../../../data/gazetteer/organisations.tsv"));
        gazetteer.actors.read_persons(include_str!("../../../data/gazetteer/leaders.tsv"));
        gazetteer
    }

    /// The country that `name` names, and in which form: "Syria", "Syrian", "Syrians".
    #[must_use]
    pub fn country(&self, name: &str) -> Option<(&Country, CountryForm)> {
        // Flattened pages lose apostrophes: "Syrias army".
        let without_s = || name.strip_suffix('s').filter(|name| name.len() > 4);
        self.countries.find(name).or_else(|| self.countries.find(without_s()?))
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
        let mut packed = self.packed.places(&folded);
        if packed.is_empty() && places.is_empty() {
            packed = self.packed.places(&spelling_key(&folded));
        }
        // An acronym is no place: "SANA" is an agency, not a city.
        if is_acronym(name) && (3..=4).contains(&name.len()) {
            packed.clear();
        }
        places.extend(packed.iter().map(|place| {
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
    pub fn organisation(&self, name: &str) -> Option<Actor> {
        let folded = fold(name);
        let own = self.actors.find(name, &folded).find(|actor| !actor.kind.is_person()).cloned();
        own.or_else(|| {
            let fits =
                |actor: &Actor| !actor.kind.is_person() && (!is_short_word(&actor.name) || is_acronym(name));
            self.packed_actors(&folded).find(fits)
        })
    }

    /// The persons of this name; those that hold an office on `day` first. Where our own table has the
    /// name, the older dictionaries are not asked.
    #[must_use]
    pub fn persons(&self, name: &str, day: Option<Date>) -> Vec<Actor> {
        let is_person = |actor: &Actor| actor.kind.is_person();
        let folded = fold(name);
        let own = self.actors.find(name, &folded);
        let mut persons: Vec<_> = own.filter(|actor| is_person(actor)).cloned().collect();
        if persons.is_empty() {
            persons = self.packed_actors(&folded).filter(is_person).collect();
        }
        persons.sort_by_key(|person| person.term(day).is_none_or(|term| term.code.ends_with("ELI")));
        persons
    }

    fn packed_actors(&self, folded: &str) -> impl Iterator<Item = Actor> + use<> {
        self.packed.actors(folded).into_iter().filter_map(Actor::of_line)
    }

    /// Reads a user's dictionary of actors or agents in PETRARCH's format beside the built-in ones,
    /// before which it is asked. What cannot be read is told, line by line.
    pub fn add_dictionary(&mut self, text: &str) -> Vec<Mistake> {
        let dictionary = Dictionary::read(text);
        self.add(&dictionary);
        dictionary.mistakes
    }

    /// How noun phrases are read for codes.
    pub(crate) fn code_words(&self) -> &CodeWords {
        &self.code_words
    }

    /// The agent of exactly these words, already folded.
    pub(crate) fn agent_of(&self, folded: &str) -> Option<&Agent> {
        self.agents.find(folded)
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

/// An acronym that a source writes folded ("un", "who") must not be found in a common word.
fn is_short_word(folded: &str) -> bool {
    folded.len() <= 5 && !folded.contains(' ')
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
