//! What a whole report tells of where it happens: the countries that it names, and how often.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Entities, EntityType, MentionKind, Report};

use super::toponym::{Toponym, key};
use crate::gazetteer::{Country, Gazetteer, PlaceKind, fold};

/// Countries by how often the report names them or their people, and other hints.
#[derive(Debug, Default)]
pub(super) struct Context {
    named: BTreeMap<String, f32>,
    whole: f32,
    dateline: Option<String>,
    publisher: Option<String>,
    persons: BTreeSet<String>,
}

/// How a report speaks of a country.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    /// Part of all words for countries; 0 where it is not named.
    pub(super) share: f32,
    pub(super) is_dateline: bool,
    pub(super) is_publisher: bool,
}

impl Context {
    pub(super) fn of(
        report: &Report,
        entities: &Entities,
        toponyms: &[Toponym],
        gazetteer: &Gazetteer,
    ) -> Self {
        let mut context = Self { persons: persons(report, entities), ..Self::default() };
        toponyms.iter().for_each(|toponym| context.count(&toponym.name, 1.0, gazetteer));
        let tokens = report.annotated.tokens.iter().filter(|t| matches!(&*t.tag, "JJ" | "NNPS" | "NNP"));
        for token in tokens {
            let word = report.words(token.span);
            if word.starts_with(char::is_uppercase) && word.len() > 3 {
                context.count(word, 1.0, gazetteer);
            }
        }
        let place = report.dateline_place.as_deref();
        context.dateline = place.and_then(|place| country_of(place, gazetteer)).map(|c| c.alpha3.clone());
        let publisher = report.publisher.as_deref().into_iter().flat_map(str::split_whitespace);
        let mut countries = publisher.filter_map(|word| gazetteer.country(word));
        context.publisher = countries.next().map(|(country, _)| country.alpha3.clone());
        context
    }

    fn count(&mut self, name: &str, weight: f32, gazetteer: &Gazetteer) {
        if let Some((country, _)) = gazetteer.country(name) {
            *self.named.entry(country.alpha3.clone()).or_default() += weight;
            self.whole += weight;
        }
    }

    pub(super) fn standing(&self, country: &Country) -> Standing {
        let named = self.named.get(&country.alpha3).copied().unwrap_or_default();
        Standing {
            share: if self.whole > 0.0 { named / self.whole } else { 0.0 },
            is_dateline: self.dateline.as_ref() == Some(&country.alpha3),
            is_publisher: self.publisher.as_ref() == Some(&country.alpha3),
        }
    }

    /// Does the report use this name for a person?
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.persons.contains(&key(name))
    }
}

/// Names of persons, and their last words.
fn persons(report: &Report, entities: &Entities) -> BTreeSet<String> {
    let is_person = |m: &&dateline_model::EntityMention| {
        m.kind == MentionKind::Name && m.entity_type == EntityType::Person && m.end - m.first > 1
    };
    let mut persons = BTreeSet::new();
    for mention in entities.mentions.iter().filter(is_person) {
        let folded = fold(report.words(mention.span));
        persons.extend(folded.rsplit(' ').next().map(str::to_owned));
        persons.insert(folded);
    }
    persons
}

/// The country of a dateline: named itself, or that of its largest city of that name.
fn country_of<'a>(place: &str, gazetteer: &'a Gazetteer) -> Option<&'a Country> {
    let mut parts = place.split([',', '/', '(']).map(str::trim).rev();
    parts.find_map(|part| {
        let places = gazetteer.places(part);
        let largest = places.iter().filter(|p| p.kind != PlaceKind::District && !p.is_further_name);
        largest.max_by_key(|p| p.population).and_then(|p| p.country)
    })
}
