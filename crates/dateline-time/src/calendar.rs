//! Arithmetic of the civil calendar: weeks, months, seasons, holidays.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::Deserialize;

use crate::foreign::ForeignCalendar;

/// A season, by TIMEX3's code. Winter belongs to the year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

impl Season {
    pub(crate) const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Fall, Self::Winter];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Fall => "FA",
            Self::Winter => "WI",
        }
    }

    pub(crate) fn numbered(number: i32) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// Its first month, by the meteorologists' reckoning for the northern half of the world.
    pub(crate) fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Fall => 9,
            Self::Winter => 12,
        }
    }
}

/// A feast or holiday: its name as a pattern, and how its day is found.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Holiday {
    pub(crate) pattern: String,
    #[serde(default)]
    month: i8,
    #[serde(default)]
    day: i8,
    /// Monday is 1.
    weekday: Option<i8>,
    /// The which one of its month; -1 for the last.
    #[serde(default)]
    nth: i8,
    /// Days from Easter Sunday.
    easter: Option<i32>,
    /// Days from the Easter of the orthodox churches.
    orthodox: Option<i32>,
    /// Days to add: the Friday after Thanksgiving.
    #[serde(default)]
    plus: i32,
    calendar: Option<ForeignCalendar>,
}

impl Holiday {
    /// Its day in a Gregorian year; none where it has none in that year.
    pub(crate) fn day_in(&self, year: i16) -> Option<Date> {
        if let Some(days) = self.orthodox {
            return plus_days(orthodox_easter(year)?, days);
        }
        let day = match (self.easter, self.weekday, self.calendar) {
            (Some(days), ..) => plus_days(easter(year)?, days)?,
            (None, Some(weekday), _) => nth_weekday(year, self.month, weekday, self.nth)?,
            (None, None, Some(calendar)) => calendar.day_in(year, self.month, self.day)?,
            (None, None, None) => date(year, self.month, self.day)?,
        };
        plus_days(day, self.plus)
    }
}

pub(crate) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(crate) fn plus_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

/// The first day of the month that lies so many months away.
pub(crate) fn plus_months(day: Date, months: i32) -> Option<Date> {
    let number = i32::from(day.year())
        .checked_mul(12)?
        .checked_add(i32::from(day.month()) - 1)?
        .checked_add(months)?;
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    date(year, i8::try_from(number.rem_euclid(12) + 1).ok()?, 1)
}

/// The same day in another year; 28 February for a 29th that it lacks.
pub(crate) fn in_year(day: Date, year: i16) -> Option<Date> {
    date(year, day.month(), day.day()).or_else(|| date(year, day.month(), 28))
}

/// Monday is 1, Sunday is 7.
pub(crate) fn weekday_number(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

/// The Monday of the day's week.
pub(crate) fn monday_of(day: Date) -> Option<Date> {
    plus_days(day, 1 - i32::from(weekday_number(day)))
}

/// Monday of an ISO week.
pub(crate) fn monday_of_week(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(ISOWeekDate::date)
}

/// Year and number of the day's ISO week.
pub(crate) fn week_of(day: Date) -> (i16, i8) {
    let week = day.iso_week_date();
    (week.year(), week.week())
}

/// The `nth` such weekday of a month; the last one for -1.
pub(crate) fn nth_weekday(year: i16, month: i8, weekday: i8, nth: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    date(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
}

pub(crate) fn quarter_of(day: Date) -> i8 {
    (day.month() + 2) / 3
}

/// Easter Sunday of the western churches, after Meeus, Jones and Butcher.
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

/// Easter Sunday of the orthodox churches, after Meeus: reckoned by the Julian calendar.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(4), y.rem_euclid(7), y.rem_euclid(19));
    let d = (19 * c + 15).rem_euclid(30);
    let n = d + (2 * a + 4 * b - d + 34).rem_euclid(7) + 114;
    let julian = date(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)?;
    plus_days(julian, y.div_euclid(100) - y.div_euclid(400) - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_moves() {
        for (year, day) in
            [(1998, "1998-04-12"), (2000, "2000-04-23"), (2016, "2016-03-27"), (2038, "2038-04-25")]
        {
            assert_eq!(easter(year).map(|d| d.to_string()).as_deref(), Some(day));
        }
    }

    #[test]
    fn orthodox_easter_moves() {
        for (year, day) in [(2016, "2016-05-01"), (2017, "2017-04-16"), (2024, "2024-05-05")] {
            assert_eq!(orthodox_easter(year).map(|d| d.to_string()).as_deref(), Some(day));
        }
    }

    #[test]
    fn months_roll_over() {
        let day = date(2016, 1, 31).unwrap();
        assert_eq!(plus_months(day, -2), date(2015, 11, 1));
        assert_eq!(in_year(date(2016, 2, 29).unwrap(), 2015), date(2015, 2, 28));
        assert_eq!(nth_weekday(2016, 11, 4, 4), date(2016, 11, 24));
        assert_eq!(nth_weekday(2016, 5, 1, -1), date(2016, 5, 30));
    }
}
