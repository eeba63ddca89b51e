//! How often: a period, or the underspecified time that comes again.

use crate::calendar::Season;
use crate::resolve::hour::time_of_day;
use crate::slot::{Amount, Reading, Slot};
use crate::value::{DateValue, Point, TimeOfDay, duration};

/// How often: a period, or the underspecified time that comes again.
pub(super) fn set_value(reading: &Reading) -> Option<String> {
    if !reading.amounts().is_empty() {
        let each: Vec<_> =
            reading.amounts().iter().map(|a| Amount { count: a.count.or(Some(1)), ..*a }).collect();
        return Some(duration(&each));
    }
    let time = time_of_day(reading);
    let date = match (reading.small(Slot::Month), reading.small(Slot::Day), reading.small(Slot::Weekday)) {
        (Some(month), Some(day), _) => DateValue::MonthDay(month, day),
        (Some(month), None, _) => DateValue::Month(None, month),
        (None, Some(day), _) => DateValue::DayOfMonth(day),
        (None, None, Some(weekday)) => DateValue::Weekday(weekday),
        _ if reading.has(Slot::Weekend) => DateValue::AnyWeekend,
        _ => match (reading.small(Slot::Quarter), reading.of(Slot::Season).and_then(Season::numbered)) {
            (Some(quarter), _) => DateValue::Quarter(None, quarter),
            (None, Some(season)) => DateValue::Season(None, season),
            // A time of day alone: on any day.
            (None, None) => {
                return time.map(|_| to_the_hour(Point { date: DateValue::Unknown, time }));
            }
        },
    };
    Some(to_the_hour(Point { date, time }))
}

/// "Every day at three" is T15: nothing is told of minutes.
fn to_the_hour(point: Point) -> String {
    let whole = matches!(point.time, Some(TimeOfDay::Clock { minute: 0, second: None, .. }));
    let printed = point.to_string();
    printed.strip_suffix(":00").filter(|_| whole).unwrap_or(&printed).to_owned()
}
