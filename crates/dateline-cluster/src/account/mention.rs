//! One event mention with what decides to which account it belongs.

use std::collections::BTreeSet;

use dateline_model::{
    AttributionKind, Days, EntityMention, EntityType, EventMention, EventType, Found, Modality, Moment,
    Nearness, Party, Prominence, Readings, Report, TimeAnchor, TimeExpression, TimeType,
};

use crate::account::config::AccountConfig;

/// A mention, seen from the question of which event it tells.
pub(crate) struct Seen<'a> {
    pub(crate) mention: &'a EventMention,
    pub(crate) family: EventType,
    pub(crate) prominence: Prominence,
    /// The day that its own sentence gives, where it gives one.
    pub(crate) day: Option<Days>,
    /// Names and coordinates of the place in its own words.
    pub(crate) place: Option<Spot>,
    /// Keys of those that take part and are known by name.
    pub(crate) named: BTreeSet<&'a str>,
    /// Is it told inside quotation marks?
    pub(crate) quoted: bool,
}

/// A place, to be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) at: Option<(f32, f32)>,
}

impl<'a> Seen<'a> {
    pub(crate) fn new(
        mention: &'a EventMention,
        report: &Report,
        readings: &'a Readings,
        config: &AccountConfig,
    ) -> Self {
        Self {
            mention,
            family: config.family(mention.event_type, &mention.cameo),
            prominence: prominence(mention, report, config),
            day: mention.time.and_then(|found| own_day(found, report, readings, config)),
            place: mention.place.and_then(|found| own_place(found, report, readings)),
            named: parties(mention)
                .filter(|party| is_known(party, report, readings))
                .filter_map(|party| known_name(party, readings))
                .collect(),
            quoted: is_quoted(mention, readings),
        }
    }

    /// Does the report say that it happened?
    pub(crate) fn is_told_as_fact(&self) -> bool {
        let planned = self.mention.modality == Modality::Planned && self.family == EventType::Agree;
        !self.mention.negated && (self.mention.modality == Modality::Asserted || planned)
    }
}

/// All who take part.
pub(crate) fn parties(mention: &EventMention) -> impl Iterator<Item = &Party> {
    mention.actor.iter().chain(&mention.recipient)
}

/// Names in a headline are misread easily ("Putin Calls"); they count if the body names them too.
pub(crate) fn is_known(party: &Party, report: &Report, readings: &Readings) -> bool {
    let in_body =
        |mention: &EntityMention| mention.entity == party.entity && !report.is_in_headline(mention.span);
    !report.is_in_headline(party.span)
        || party.entity.is_some() && readings.entities.mentions.iter().any(in_body)
}

/// The key of a person or body that the report names; a place or a mere noun phrase is none.
fn known_name<'a>(party: &'a Party, readings: &'a Readings) -> Option<&'a str> {
    let entity = readings.entities.entity(party.entity?)?;
    let is_somebody =
        matches!(entity.entity_type, EntityType::Person | EntityType::Organisation | EntityType::Norp)
            || entity.code.is_some();
    is_somebody.then_some(entity.key.as_str())
}

fn prominence(mention: &EventMention, report: &Report, config: &AccountConfig) -> Prominence {
    let in_headline = mention.trigger.first().is_some_and(|span| report.is_in_headline(*span));
    if in_headline {
        Prominence::Headline
    } else if mention.sentence < config.lead_sentences {
        Prominence::Lead
    } else {
        Prominence::Body
    }
}

/// A day told in the mention's own sentence; a month or year says only about when.
fn own_day(found: Found, report: &Report, readings: &Readings, config: &AccountConfig) -> Option<Days> {
    let time = readings.times.get(found.index as usize)?;
    let days = days_of(time)?;
    let is_own = found.nearness < Nearness::Context && days.count() <= config.day_level;
    (is_own && can_tell_when(time, report, config)).then_some(days)
}

/// Can what a report tells as happened have been at this time? Not on the day that the page prints as
/// its own, and not after it was printed: "agreed to meet next Wednesday" was agreed before.
pub(crate) fn can_tell_when(time: &TimeExpression, report: &Report, config: &AccountConfig) -> bool {
    let printed = report.document_time.0.map(Moment::day);
    let is_to_come = matches!((printed, days_of(time)), (Some(printed), Some(days)) if days.first > printed);
    !is_to_come && !is_day_of_report(time, report, config)
}

/// The day of the report, printed in full at its head, says when it was written and not when anything
/// happened: "12 June 2016 Dozens were killed …". "On 12 June 2016" does say so.
fn is_day_of_report(time: &TimeExpression, report: &Report, config: &AccountConfig) -> bool {
    let before = report.text.get(..time.span.range().start).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let words = report.words(time.span);
    time.span.start < config.head_bytes
        && time.anchor == TimeAnchor::None
        && words.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
        && !config.happened_on.contains(&word)
}

/// The days that a time covers, for a time of the calendar.
pub(crate) fn days_of(time: &TimeExpression) -> Option<Days> {
    let of_calendar = matches!(time.time_type, TimeType::Date | TimeType::Time);
    let interval = time.interval.filter(|_| of_calendar)?;
    let days = Days { first: interval.first.day(), last: interval.last.day() };
    (days.first <= days.last).then_some(days)
}

/// A place told in the mention's own clause.
fn own_place(found: Found, report: &Report, readings: &Readings) -> Option<Spot> {
    let place = readings.places.get(found.index as usize).filter(|_| found.nearness == Nearness::Clause)?;
    let at = place.location.as_ref().map(|location| (location.latitude, location.longitude));
    Some(Spot { name: report.words(place.span).to_lowercase(), at })
}

fn is_quoted(mention: &EventMention, readings: &Readings) -> bool {
    let statement = mention.asserted_by.and_then(|index| readings.attributions.get(index as usize));
    statement.is_some_and(|statement| statement.kind == AttributionKind::Direct)
}

/// Kilometres between two points, on a sphere.
pub(crate) fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let [lat_a, lon_a, lat_b, lon_b] = [a.0, a.1, b.0, b.1].map(f32::to_radians);
    let half = |x: f32| (x / 2.0).sin().powi(2);
    let chord = half(lat_a - lat_b) + lat_a.cos() * lat_b.cos() * half(lon_a - lon_b);
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        assert!((kilometres((50.0, 10.0), (51.0, 10.0)) - 111.2).abs() < 0.1);
        assert!(kilometres((50.0, 10.0), (50.0, 10.0)) < 0.001);
    }
}
