//! "Two days ago", "a year earlier", "three days after Christmas", "in half an hour".

use dateline_model::{Moment, TimeAnchor, TimeModifier};

use crate::calendar::plus_days;
use crate::resolve::field::Frame;
use crate::resolve::{Anchored, Resolver};
use crate::shift::{granular, moved, moved_clock, shifted_years, stretch};
use crate::slot::{Amount, Reading, Reference, Slot, Unit};
use crate::tense::Tense;
use crate::value::{DateValue, Point, TimeOfDay};

impl Resolver<'_> {
    pub(super) fn offset(&self, reading: &Reading, tense: Tense) -> Option<Anchored> {
        let sign = if reading.of(Slot::Direction) == Some(0) { -1 } else { 1 };
        let amounts = reading.amounts();
        let (base, anchor) = self.offset_base(reading, tense)?;
        if let ([Amount { unit: Unit::Year, count, hundredths: 0, .. }], true) =
            (amounts, reading.has(Slot::Anchor))
        {
            let years = sign * count.unwrap_or(1);
            let same_kind = match (anchor, self.quarter, reading.of(Slot::Anchor)) {
                (TimeAnchor::Document, Some(quarter), Some(2)) if self.previous == self.quarter => {
                    Some(quarter)
                }
                (TimeAnchor::Document, ..) => None,
                _ => Some(base),
            };
            if let Some(same) = same_kind.and_then(|v| shifted_years(v, years)) {
                return Some((same, TimeAnchor::Previous));
            }
        }
        let day = base.days()?.0;
        let moved = moved(day, amounts, sign)?;
        let value = match amounts {
            // "The week of 6 March" is the week, not a day of it.
            [Amount { unit: Unit::Week, count: Some(0), .. }] => DateValue::week(moved),
            [Amount { unit, .. }] if reading.has(Slot::Whole) => stretch(moved, *unit, 0)?,
            // Counted from a day that the words name, the result is a day.
            _ if !reading.has(Slot::Anchor) && matches!(base, DateValue::Day(_)) => DateValue::Day(moved),
            _ => granular(moved, finest(amounts)?)?,
        };
        // A weekday or day beside "two weeks from now" lies within that week.
        let within = reading.has(Slot::Anchor).then(|| self.within(value, reading, tense)).flatten();
        Some((within.unwrap_or(value), anchor))
    }

    pub(super) fn offset_base(&self, reading: &Reading, tense: Tense) -> Option<Anchored> {
        let document = self.document.map(|d| (DateValue::Day(d.day()), TimeAnchor::Document));
        let previous = self.previous.map(|p| (p, TimeAnchor::Previous));
        match reading.of(Slot::Anchor) {
            Some(0) => document,
            Some(1) => previous.or(document),
            Some(_) => document.or(previous),
            // The rule itself names the day that is counted from.
            None => match reading.of(Slot::Days) {
                Some(days) => {
                    Some((DateValue::Day(plus_days(self.document?.day(), days)?), TimeAnchor::Document))
                }
                None => self.calendar(reading, Frame::default(), tense),
            },
        }
    }

    /// "In half an hour", "20 minutes later": minutes only where the report's own minute is known.
    pub(super) fn clock_offset(&self, reading: &Reading) -> Option<(Point, TimeAnchor)> {
        let amounts = reading.amounts();
        let of_the_clock = amounts.iter().any(|a| a.unit.is_of_the_clock());
        let sign = match reading.of(Slot::Direction)? {
            _ if !of_the_clock => return None,
            0 => -1,
            _ => 1,
        };
        let unknown = Point { date: DateValue::Unknown, time: Some(TimeOfDay::Unknown) };
        let Some(Moment::Time { at, .. }) = self.document else {
            let day = self.document.map(|d| DateValue::Day(d.day()));
            let point = day.map_or(unknown, |date| Point { date, ..unknown });
            return Some((point, TimeAnchor::Document));
        };
        let at = moved_clock(at, amounts, sign)?;
        let time = TimeOfDay::Clock { hour: at.hour(), minute: at.minute(), second: None };
        Some((Point { date: DateValue::Day(at.date()), time: Some(time) }, TimeAnchor::Document))
    }
}

/// "Years ago", "in a few weeks": before or after, and no more.
pub(super) fn vague_offset(reading: &Reading) -> Option<Reference> {
    let vague = reading.amounts().iter().any(|a| a.vague || a.count.is_none());
    let direction = reading.of(Slot::Direction)?;
    vague.then_some(if direction == 0 { Reference::Past } else { Reference::Future })
}

/// "Two weeks ago" is given as a day, and about.
pub(super) fn counted_in_weeks(reading: &Reading) -> Option<TimeModifier> {
    let weeks = finest(reading.amounts()).is_some_and(|u| matches!(u, Unit::Week | Unit::Fortnight));
    let day = reading.has(Slot::Weekday) || reading.has(Slot::Day) || !reading.has(Slot::Anchor);
    (weeks && reading.has(Slot::Direction) && !day && !reading.has(Slot::Whole))
        .then_some(TimeModifier::Approx)
}

pub(super) fn finest(amounts: &[Amount]) -> Option<Unit> {
    amounts.last().map(|a| a.unit)
}
