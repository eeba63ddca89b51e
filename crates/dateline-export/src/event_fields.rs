//! Coded events as they are printed.

use dateline_model::{CountKind, EventCount, EventMention, EventType, Found, Modality, Nearness, Readings};
use serde::Serialize;

use crate::entity_fields::{PartyField, party};
use crate::offsets::{Of, Offsets};

/// Who did what to whom, in one sentence.
#[derive(Serialize)]
pub(crate) struct EventField<'a> {
    #[serde(rename = "type")]
    event_type: EventType,
    mode: Option<&'a str>,
    cameo: &'a str,
    trigger: Vec<(u32, u32)>,
    actor: Vec<PartyField<'a>>,
    recipient: Vec<PartyField<'a>>,
    time: Option<&'a str>,
    time_from: Option<Nearness>,
    place: Option<EventPlace<'a>>,
    context: Vec<&'a str>,
    negated: bool,
    modality: Modality,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    running: bool,
    counts: Vec<CountField<'a>>,
    pattern: &'a str,
    /// Index into `attributions`.
    asserted_by: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Of,
}

#[derive(Serialize)]
struct EventPlace<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    geonames: Option<u32>,
    from: Nearness,
}

#[derive(Serialize)]
struct CountField<'a> {
    kind: CountKind,
    min: Option<u32>,
    max: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approx: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    vague: Option<&'a str>,
    counted: &'a str,
    by: Option<&'a str>,
    start: u32,
    end: u32,
}

/// The events.
pub(crate) fn events<'a>(readings: &'a Readings, offsets: &Offsets<'a>) -> Vec<EventField<'a>> {
    readings.events.iter().map(|event| event_field(event, readings, offsets)).collect()
}

fn event_field<'a>(event: &'a EventMention, readings: &'a Readings, offsets: &Offsets<'a>) -> EventField<'a> {
    EventField {
        event_type: event.event_type,
        mode: event.mode.as_deref(),
        cameo: &event.cameo,
        trigger: offsets.pairs(&event.trigger),
        actor: event.actor.iter().map(|p| party(p, offsets)).collect(),
        recipient: event.recipient.iter().map(|p| party(p, offsets)).collect(),
        time: event.time.and_then(|found| Some(readings.times.get(found.index as usize)?.value.as_str())),
        time_from: event.time.map(|found| found.nearness),
        place: event.place.and_then(|found| place(found, readings, offsets)),
        context: event.context.iter().map(|c| &**c).collect(),
        negated: event.negated,
        modality: event.modality,
        running: event.is_running,
        counts: event.counts.iter().map(|c| count(c, offsets)).collect(),
        pattern: &event.pattern,
        asserted_by: event.asserted_by,
        of: event.trigger.first().and_then(|span| offsets.of(*span)),
    }
}

fn place<'a>(found: Found, readings: &'a Readings, offsets: &Offsets<'a>) -> Option<EventPlace<'a>> {
    let place = readings.places.get(found.index as usize)?;
    let (start, end) = offsets.pair(place.span);
    let geonames = place.location.as_ref().and_then(|l| l.geonames);
    Some(EventPlace { start, end, text: offsets.words(place.span), geonames, from: found.nearness })
}

fn count<'a>(count: &'a EventCount, offsets: &Offsets<'_>) -> CountField<'a> {
    let (start, end) = offsets.pair(count.span);
    CountField {
        kind: count.kind,
        min: count.min,
        max: count.max,
        approx: count.approximate,
        vague: count.vague.as_deref(),
        counted: &count.counted,
        by: count.by.as_ref().map(|by| by.name.as_str()),
        start,
        end,
    }
}
