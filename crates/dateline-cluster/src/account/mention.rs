//! One event mention with what decides to which account it belongs.

use std::collections::BTreeSet;

use dateline_model::{
    AttributionKind, Days, EntityId, EntityType, EventMention, EventType, Found, Modality, Moment, Nearness,
    Party, PlaceScale, Prominence, Readings, Report, TimeExpression, TimeType,
};

use crate::account::in_report::InReport;

/// A mention, seen from the question of which event it tells.
pub(crate) struct Seen<'a> {
    pub(crate) mention: &'a EventMention,
    pub(crate) family: EventType,
    pub(crate) prominence: Prominence,
    /// The time that its own sentence gives, be it a day or a year.
    pub(crate) when: Option<Days>,
    /// The same where it is a day.
    pub(crate) day: Option<Days>,
    /// Names and coordinates of the place in its own words.
    pub(crate) place: Option<Spot>,
    /// Keys of those that take part and are known by name.
    pub(crate) named: BTreeSet<&'a str>,
    /// Those among them whose name the report gives; "the foreign ministers" is none.
    pub(crate) by_name: BTreeSet<&'a str>,
    /// Is it told inside quotation marks?
    pub(crate) quoted: bool,
    /// Is it told as something besides: "also", "elsewhere", "in a separate attack"?
    pub(crate) is_besides: bool,
}

/// A place, to be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) at: Option<(f32, f32)>,
}

impl<'a> Seen<'a> {
    pub(crate) fn new(mention: &'a EventMention, within: &InReport<'a>) -> Self {
        let readings = within.readings;
        let when = told_when(mention, within).and_then(|found| own_time(found, within));
        let known = parties(mention).filter(|party| within.is_known(party));
        let meant: Vec<EntityId> = known.flat_map(|party| within.meant(party)).collect();
        let keys =
            |ids: &mut dyn Iterator<Item = EntityId>| ids.filter_map(|id| known_name(id, readings)).collect();
        Self {
            mention,
            family: within.config.family(mention.event_type, &mention.cameo),
            prominence: prominence(mention, within),
            when,
            day: when.filter(|days| days.count() <= within.config.day_level),
            place: mention.place.and_then(|found| own_place(found, within)),
            named: keys(&mut meant.iter().copied()),
            by_name: keys(&mut meant.iter().copied().filter(|id| within.is_named(*id))),
            quoted: is_quoted(mention, readings),
            is_besides: is_besides(mention, within),
        }
    }

    /// Does the report say that it happened? What has run up over a longer stretch is background where the
    /// report does not open with it.
    pub(crate) fn is_told_as_fact(&self) -> bool {
        let planned = self.mention.modality == Modality::Planned && self.family == EventType::Agree;
        let is_background = self.mention.is_running && self.prominence == Prominence::Body;
        !self.mention.negated && !is_background && (self.mention.modality == Modality::Asserted || planned)
    }
}

/// All who take part.
pub(crate) fn parties(mention: &EventMention) -> impl Iterator<Item = &Party> {
    mention.actor.iter().chain(&mention.recipient)
}

/// The key of a person or body that the report names; a place or a mere noun phrase is none.
fn known_name(id: EntityId, readings: &Readings) -> Option<&str> {
    let entity = readings.entities.entity(id)?;
    let is_somebody =
        matches!(entity.entity_type, EntityType::Person | EntityType::Organisation | EntityType::Norp)
            || entity.code.is_some();
    is_somebody.then_some(entity.key.as_str())
}

fn prominence(mention: &EventMention, within: &InReport<'_>) -> Prominence {
    let in_headline = mention.trigger.first().is_some_and(|span| within.report.is_in_headline(*span));
    if in_headline {
        Prominence::Headline
    } else if mention.sentence < within.lead_end {
        Prominence::Lead
    } else {
        Prominence::Body
    }
}

/// The time of what is told. "Has agreed to meet her next Wednesday, his ministry said on Thursday": the time of
/// what is planned is still to come; it was agreed at the other time of the sentence.
pub(crate) fn told_when(mention: &EventMention, within: &InReport<'_>) -> Option<Found> {
    let times = &within.readings.times;
    let can_tell = |time: &TimeExpression| can_tell_when(time, within.report);
    let own = mention.time?;
    let is_to_come = times.get(own.index as usize).is_some_and(|time| !can_tell(time));
    if !(is_to_come && mention.modality == Modality::Planned) {
        return Some(own);
    }
    let sentence = within.report.annotated.sentences.get(mention.sentence as usize)?.span;
    let first = times.partition_point(|time| time.span.start < sentence.start);
    let mut here = (first..times.len()).take_while(|n| times[*n].span.end <= sentence.end);
    let told = here.find(|n| can_tell(&times[*n]) && days_of(&times[*n]).is_some());
    told.map_or(Some(own), |n| Some(Found { index: n as u32, nearness: Nearness::Sentence }))
}

/// A time told in the mention's own sentence.
fn own_time(found: Found, within: &InReport<'_>) -> Option<Days> {
    let time = within.readings.times.get(found.index as usize)?;
    let days = days_of(time)?;
    let is_own = found.nearness < Nearness::Context;
    (is_own && can_tell_when(time, within.report)).then_some(days)
}

/// Can what a report tells as happened have been at this time? Not on the day that the page prints as
/// its own, and not after it was printed: "agreed to meet next Wednesday" was agreed before.
pub(crate) fn can_tell_when(time: &TimeExpression, report: &Report) -> bool {
    let printed = report.document_time.0.map(Moment::day);
    let is_to_come = matches!((printed, days_of(time)), (Some(printed), Some(days)) if days.first > printed);
    !is_to_come && !time.is_of_report
}

/// The days that a time covers, for a time of the calendar.
pub(crate) fn days_of(time: &TimeExpression) -> Option<Days> {
    let of_calendar = matches!(time.time_type, TimeType::Date | TimeType::Time);
    let interval = time.interval.filter(|_| of_calendar)?;
    let days = Days { first: interval.first.day(), last: interval.last.day() };
    (days.first <= days.last).then_some(days)
}

/// A place told in the mention's own clause.
fn own_place(found: Found, within: &InReport<'_>) -> Option<Spot> {
    let place = within.readings.places.get(found.index as usize)?;
    if found.nearness != Nearness::Clause {
        return None;
    }
    // The middle of a country or province is far from its towns, and they are in it.
    let local = place.location.as_ref().filter(|location| location.scale < PlaceScale::Province);
    let at = local.map(|location| (location.latitude, location.longitude));
    Some(Spot { name: within.report.words(place.span).to_lowercase(), at })
}

/// Do words before the act in its sentence say that it comes besides what was told?
fn is_besides(mention: &EventMention, within: &InReport<'_>) -> bool {
    let annotated = &within.report.annotated;
    let (Some(sentence), Some(trigger)) =
        (annotated.sentences.get(mention.sentence as usize), mention.trigger.first())
    else {
        return false;
    };
    let words = annotated.tokens.get(sentence.first as usize..sentence.end as usize).unwrap_or_default();
    let before = words.iter().take_while(|word| word.span.start < trigger.start);
    let is_one = |word: &str| within.config.besides.iter().any(|known| known.eq_ignore_ascii_case(word));
    before.map(|word| within.report.words(word.span)).any(is_one)
}

fn is_quoted(mention: &EventMention, readings: &Readings) -> bool {
    let statement = mention.asserted_by.and_then(|index| readings.attributions.get(index as usize));
    statement.is_some_and(|statement| statement.kind == AttributionKind::Direct)
}
