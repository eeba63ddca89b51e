//! Gives the entities of a report their codes, countries and links.

use std::collections::BTreeMap;

use dateline_model::{
    ActorCode, Entities, Entity, EntityId, EntityType, Gender, MentionKind, Number, Place, Report,
};
use jiff::civil::Date;

use super::phrase::actor_code;
use crate::gazetteer::{Actor, ActorKind, CountryForm, Gazetteer};

/// Fills in who each entity is, on the day of the report: its code, its country, its id in Wikidata
/// and a person's gender, where the gazetteer or the report's own words tell. What is there stays.
pub fn code_entities(report: &Report, entities: &mut Entities, places: &[Place], gazetteer: &Gazetteer) {
    let day = report.document_time.0.map(dateline_model::Moment::day);
    for entity in &mut entities.entities {
        Coding { gazetteer, day }.code(entity);
    }
    countries_of_places(entities, places, gazetteer);
    unnamed_actors(report, entities, &Coding { gazetteer, day });
}

/// Noun phrases that stand for nobody named, but say who acts ("Syrian rebels", "the riot police"),
/// are entities of their own, one for all places where the same words stand.
fn unnamed_actors(report: &Report, entities: &mut Entities, coding: &Coding<'_>) {
    let mut known: BTreeMap<String, EntityId> = BTreeMap::new();
    let Entities { entities, mentions } = entities;
    for mention in mentions.iter_mut().filter(|m| m.kind == MentionKind::Nominal && m.entity.is_none()) {
        let words = report.words(mention.span);
        let key = without_article(words).to_lowercase();
        if let Some(&id) = known.get(&key) {
            mention.entity = Some(id);
            continue;
        }
        let Some(code) = actor_code(words, coding.day, coding.gazetteer) else { continue };
        let id = EntityId(u32::try_from(entities.len()).unwrap_or(u32::MAX));
        entities.push(unnamed(words, &key, mention.entity_type, code, coding.gazetteer));
        mention.entity = Some(id);
        mention.reason = "an actor without a name, by its words".into();
        known.insert(key, id);
    }
}

fn unnamed(
    words: &str,
    key: &str,
    entity_type: EntityType,
    code: ActorCode,
    gazetteer: &Gazetteer,
) -> Entity {
    let country = code.as_str().get(..3).and_then(|code| gazetteer.country_by_code(code));
    Entity {
        key: key.to_owned(),
        name: without_article(words).to_owned(),
        entity_type,
        link: None,
        country: country.map(|country| country.alpha3.clone()),
        code: Some(code),
        gender: Gender::Unknown,
        number: Number::Unknown,
        role: None,
        members: Vec::new(),
    }
}

fn without_article(words: &str) -> &str {
    let articles = ["the ", "The ", "a ", "A ", "an ", "An "];
    articles.iter().find_map(|article| words.strip_prefix(article)).unwrap_or(words)
}

struct Coding<'a> {
    gazetteer: &'a Gazetteer,
    day: Option<Date>,
}

impl Coding<'_> {
    fn code(&self, entity: &mut Entity) {
        match entity.entity_type {
            EntityType::Person => self.code_person(entity),
            EntityType::Polity | EntityType::Location | EntityType::Norp | EntityType::Organisation => {
                self.code_body(entity);
            }
            _ => {}
        }
        self.of_its_country(entity);
        let country = entity.code.as_ref().and_then(|code| code.as_str().get(..3));
        if entity.country.is_none() {
            entity.country =
                country.and_then(|c| self.gazetteer.country_by_code(c)).map(|c| c.alpha3.clone());
        }
    }

    /// "The president of Ukraine" is of its government: the words behind the noun tell the country.
    fn of_its_country(&self, entity: &mut Entity) {
        let Some(code) = &entity.code else { return };
        let home = entity.country.as_deref().and_then(|alpha3| self.gazetteer.country_by_code(alpha3));
        if let Some(country) = home.filter(|_| self.lacks_country(code)) {
            entity.code = ActorCode::new(&format!("{}{}", country.cameo, code.as_str()));
        }
    }

    /// Is it a sector, and none of bodies of several countries?
    fn lacks_country(&self, code: &ActorCode) -> bool {
        let first = code.as_str().get(..3).unwrap_or_default();
        self.gazetteer.country_by_code(first).is_none()
            && !self.gazetteer.code_words().international.contains(first)
    }

    /// A person who is known by name; else by the office that the report gives.
    fn code_person(&self, entity: &mut Entity) {
        let role = entity.role.clone();
        let by_role = role.as_deref().and_then(|role| actor_code(role, self.day, self.gazetteer));
        let person = self.person(entity, by_role.as_ref());
        if let Some(person) = &person {
            self.identify(entity, person);
        }
        let by_name = person.and_then(|person| ActorCode::new(&person.term(self.day)?.code));
        if entity.code.is_none() {
            entity.code = by_name.or(by_role);
        }
        if entity.code.is_none() {
            entity.code = actor_code(&entity.name, self.day, self.gazetteer);
        }
    }

    /// A namesake of another country than the report's words give is somebody else.
    fn person(&self, entity: &Entity, by_role: Option<&ActorCode>) -> Option<Actor> {
        let country = |code: &str| code.get(..3).map(str::to_owned);
        let told = by_role.and_then(|code| country(code.as_str()));
        let told = told.filter(|told| self.gazetteer.country_by_code(told).is_some());
        let fits =
            |person: &Actor| told.is_none() || person.terms.iter().any(|term| country(&term.code) == told);
        self.gazetteer.persons(&entity.name, self.day).into_iter().find(|person| fits(person))
    }

    fn identify(&self, entity: &mut Entity, person: &Actor) {
        if entity.link.is_none() {
            entity.link.clone_from(&person.wikidata);
        }
        if entity.gender == Gender::Unknown {
            entity.gender = match person.kind {
                ActorKind::Man => Gender::Male,
                ActorKind::Woman => Gender::Female,
                ActorKind::Person | ActorKind::Body => Gender::Unknown,
            };
        }
    }

    fn code_body(&self, entity: &mut Entity) {
        if let Some((country, form)) = self.gazetteer.country(&entity.name) {
            if form == CountryForm::Name && entity.link.is_none() {
                entity.link.clone_from(&country.wikidata);
            }
            entity.country.get_or_insert_with(|| country.alpha3.clone());
            if entity.code.is_none() {
                entity.code = ActorCode::new(&country.cameo);
            }
            return;
        }
        if let Some(body) = self.gazetteer.organisation(&entity.name) {
            self.identify(entity, &body);
        }
        // A place that is no country acts only where the report says so.
        let acts = matches!(entity.entity_type, EntityType::Organisation | EntityType::Norp);
        if entity.code.is_none() && (acts || self.gazetteer.organisation(&entity.name).is_some()) {
            entity.code = actor_code(&entity.name, self.day, self.gazetteer);
        }
    }
}

/// A city's entity is of the country that its place lies in.
fn countries_of_places(entities: &mut Entities, places: &[Place], gazetteer: &Gazetteer) {
    let named: Vec<_> = entities
        .mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Name)
        .filter_map(|mention| Some((mention.entity?, place_of(places, mention.span)?)))
        .collect();
    for (id, alpha3) in named {
        let Some(entity) = entities.entities.get_mut(id.0 as usize) else { continue };
        if entity.entity_type != EntityType::Polity {
            continue;
        }
        if entity.code.is_none() {
            let country = gazetteer.country_by_code(&alpha3);
            entity.code = country.and_then(|country| ActorCode::new(&country.cameo));
        }
        entity.country.get_or_insert(alpha3);
    }
}

fn place_of(places: &[Place], span: dateline_model::Span) -> Option<String> {
    let index = places.binary_search_by_key(&span.start, |place| place.span.start).ok()?;
    places.get(index)?.location.as_ref()?.country.clone()
}
