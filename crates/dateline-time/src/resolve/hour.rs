//! The time of a day that fields tell.

use crate::slot::{Part, Reading, Slot};
use crate::value::TimeOfDay;

pub(super) fn time_of_day(reading: &Reading) -> Option<TimeOfDay> {
    let part = reading.part();
    let Some(hour) = reading.small(Slot::Hour) else { return part.map(TimeOfDay::Part) };
    let minute =
        reading.small(Slot::Minute).filter(|m| *m < 60).or((!reading.has(Slot::Minute)).then_some(0))?;
    let hour = full_hour(hour, reading.small(Slot::Meridiem), part);
    let past = i32::from(hour) * 60 + i32::from(minute) + reading.of(Slot::MinutesPast).unwrap_or(0);
    let past = past.rem_euclid(24 * 60);
    let (hour, minute) = (i8::try_from(past / 60).ok()?, i8::try_from(past % 60).ok()?);
    Some(TimeOfDay::Clock { hour, minute, second: reading.small(Slot::Second) })
}

/// The hour of 24 by "p.m.", or by the part of the day.
pub(super) fn full_hour(hour: i8, meridiem: Option<i8>, part: Option<Part>) -> i8 {
    match (hour, meridiem, part) {
        (12, Some(0), _) | (12, None, Some(Part::Night)) => 0,
        (1..=11, Some(1), _)
        | (1..=11, None, Some(Part::Afternoon | Part::Evening))
        | (6..=11, None, Some(Part::Night)) => hour + 12,
        _ => hour,
    }
}
