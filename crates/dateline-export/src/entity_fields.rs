//! Entities and places as they are printed: names under `entities`, other mentions apart.

use dateline_model::{ActorCode, Entities, Entity, EntityMention, MentionKind, Party, Place};
use serde::Serialize;

use crate::offsets::{Of, Offsets};

/// A name, and who is meant.
#[derive(Serialize)]
pub(crate) struct EntityField<'a> {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    entity_type: &'a str,
    text: &'a str,
    #[serde(flatten)]
    who: Option<Who<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Of,
}

impl<'a> EntityField<'a> {
    /// A name of the language model, of whom no stage has said who is meant.
    pub(crate) fn of_model(start: u32, end: u32, entity_type: &'a str, text: &'a str) -> Self {
        Self { start, end, entity_type, text, who: None, reason: None, of: None }
    }
}

/// A noun phrase or pronoun, and who is meant.
#[derive(Serialize)]
pub(crate) struct MentionField<'a> {
    start: u32,
    end: u32,
    kind: MentionKind,
    #[serde(rename = "type")]
    entity_type: &'a str,
    text: &'a str,
    entity: Option<&'a str>,
    code: Option<&'a ActorCode>,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Of,
}

#[derive(Serialize)]
struct Who<'a> {
    entity: &'a str,
    link: Option<&'a str>,
    country: Option<&'a str>,
    code: Option<&'a ActorCode>,
}

impl<'a> Who<'a> {
    fn of(entity: &'a Entity) -> Self {
        Self {
            entity: &entity.key,
            link: entity.link.as_deref(),
            country: entity.country.as_deref(),
            code: entity.code.as_ref(),
        }
    }
}

/// The names.
pub(crate) fn entities<'a>(found: &'a Entities, offsets: &Offsets<'a>) -> Vec<EntityField<'a>> {
    let field = |mention: &'a EntityMention| {
        let (start, end) = offsets.pair(mention.span);
        EntityField {
            start,
            end,
            entity_type: mention.entity_type.name(),
            text: offsets.words(mention.span),
            who: mention.entity.and_then(|id| found.entity(id)).map(Who::of),
            reason: Some(&mention.reason),
            of: offsets.of(mention.span),
        }
    };
    found.mentions.iter().filter(|m| m.kind == MentionKind::Name).map(field).collect()
}

/// What is no name.
pub(crate) fn mentions<'a>(found: &'a Entities, offsets: &Offsets<'a>) -> Vec<MentionField<'a>> {
    let field = |mention: &'a EntityMention| {
        let (start, end) = offsets.pair(mention.span);
        let who = mention.entity.and_then(|id| found.entity(id));
        MentionField {
            start,
            end,
            kind: mention.kind,
            entity_type: mention.entity_type.name(),
            text: offsets.words(mention.span),
            entity: who.map(|e| e.key.as_str()),
            code: who.and_then(|e| e.code.as_ref()),
            reason: &mention.reason,
            of: offsets.of(mention.span),
        }
    };
    found.mentions.iter().filter(|m| m.kind != MentionKind::Name).map(field).collect()
}

/// Someone who has a part in an event.
#[derive(Serialize)]
pub(crate) struct PartyField<'a> {
    start: u32,
    end: u32,
    entity: &'a str,
    code: Option<&'a ActorCode>,
    text: &'a str,
}

/// One who has a part in an event.
pub(crate) fn party<'a>(party: &'a Party, offsets: &Offsets<'a>) -> PartyField<'a> {
    let (start, end) = offsets.pair(party.span);
    let text = offsets.words(party.span);
    PartyField { start, end, entity: &party.name, code: party.code.as_ref(), text }
}

/// A place name, and the place meant.
#[derive(Serialize)]
pub(crate) struct PlaceField<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    geonames: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    country: Option<&'a str>,
    candidates: u32,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Of,
}

/// The places.
pub(crate) fn places<'a>(places: &'a [Place], offsets: &Offsets<'a>) -> Vec<PlaceField<'a>> {
    places.iter().map(|place| place_field(place, offsets)).collect()
}

fn place_field<'a>(place: &'a Place, offsets: &Offsets<'a>) -> PlaceField<'a> {
    let (start, end) = offsets.pair(place.span);
    let location = place.location.as_ref();
    PlaceField {
        start,
        end,
        text: offsets.words(place.span),
        geonames: location.and_then(|l| l.geonames),
        lat: location.map(|l| degrees(l.latitude)),
        lon: location.map(|l| degrees(l.longitude)),
        country: location.and_then(|l| l.country.as_deref()),
        candidates: place.candidates,
        reason: &place.reason,
        of: offsets.of(place.span),
    }
}

/// Four decimals, about ten metres: what the gazetteer knows, without the tail of a wider float.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}
