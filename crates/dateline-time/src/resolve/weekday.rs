//! The weekday rule of news, and weekdays counted from another day.

use dateline_model::{Moment, TimeAnchor};

use crate::calendar::{plus_days, weekday_number};
use crate::resolve::{Anchored, Resolver};
use crate::slot::{Reading, Rel, Slot};
use crate::tense::Tense;
use crate::value::DateValue;

impl Resolver<'_> {
    /// The weekday rule of news: "on Wednesday" is the last one, or the next one where the verb says
    /// so; the day of the report itself counts as the last.
    pub(super) fn weekday(&self, weekday: i8, reading: &Reading, tense: Tense) -> Option<Anchored> {
        if reading.rel() == Some(Rel::That) || reading.of(Slot::Anchor) == Some(1) {
            return self.weekday_from_previous(weekday, reading);
        }
        let Some(document) = self.document.map(Moment::day) else {
            return Some((DateValue::Weekday(weekday), TimeAnchor::None));
        };
        if let (Some(after), None) = (self.after, reading.rel()) {
            let on = i32::from((weekday - weekday_number(after)).rem_euclid(7));
            return Some((DateValue::Day(plus_days(after, on)?), TimeAnchor::Document));
        }
        let back = i32::from((weekday_number(document) - weekday).rem_euclid(7));
        let days = match (reading.rel(), tense) {
            (Some(Rel::Last), _) => -(if back == 0 { 7 } else { back }),
            (Some(Rel::Next), _) => i32::from(weekday - weekday_number(document)) + 7,
            (Some(Rel::This), _) => i32::from(weekday - weekday_number(document)),
            (Some(Rel::Coming), _) => 7 - back,
            (_, Tense::Future | Tense::Present) if back > 0 => 7 - back,
            _ => -back,
        };
        Some((DateValue::Day(plus_days(document, days)?), TimeAnchor::Document))
    }

    /// "Two Fridays ago": the last but one before the report.
    pub(super) fn weekdays_ago(&self, weekday: i8, count: i32) -> Option<Anchored> {
        let document = self.document?.day();
        let back = i32::from((weekday_number(document) - weekday).rem_euclid(7));
        let last = if back == 0 { 7 } else { back };
        let days = count.checked_sub(1)?.checked_mul(7)?.checked_add(last)?;
        Some((DateValue::Day(plus_days(document, -days)?), TimeAnchor::Document))
    }

    pub(super) fn weekday_from_previous(&self, weekday: i8, reading: &Reading) -> Option<Anchored> {
        let (base, anchor) = self.base_day(reading)?;
        let back = i32::from((weekday_number(base) - weekday).rem_euclid(7));
        let days = match reading.rel() {
            Some(Rel::Last) => -(if back == 0 { 7 } else { back }),
            Some(Rel::Next | Rel::Coming) => 7 - back,
            _ => -back,
        };
        Some((DateValue::Day(plus_days(base, days)?), anchor))
    }
}
