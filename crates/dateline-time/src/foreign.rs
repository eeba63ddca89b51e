//! Calendars other than the Gregorian, as English reports print them: "5 Azar 1395", "10 Muharram".
//!
//! The Solar Hijri calendar of Iran is reckoned by its 33-year cycle, right for 1210 to 1500. The
//! Islamic calendar is the tabular one and may be a day off, since months are declared by sight.

use jiff::civil::Date;
use serde::Deserialize;

use crate::calendar::{date, plus_days};

/// A calendar whose months have names of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ForeignCalendar {
    SolarHijri,
    Islamic,
    Hebrew,
}

impl ForeignCalendar {
    /// By the number that words carry in the slot `foreign-calendar`.
    pub(crate) fn numbered(number: i32) -> Option<Self> {
        [Self::SolarHijri, Self::Islamic, Self::Hebrew].get(usize::try_from(number).ok()?).copied()
    }

    /// The Gregorian day of a day of this calendar.
    pub(crate) fn to_gregorian(self, year: i32, month: i32, day: i32) -> Option<Date> {
        let days = match self {
            Self::SolarHijri => solar_hijri(year, month, day),
            Self::Islamic => islamic(year, month, day),
            Self::Hebrew => hebrew(year, month, day),
        };
        // 1 January of year 1 is day 1.
        plus_days(date(1, 1, 1)?, i32::try_from(days - 1).ok()?)
    }

    /// Days of a month, in a common year.
    pub(crate) fn month_length(self, month: i32) -> i32 {
        match self {
            Self::SolarHijri if month < 7 => 31,
            Self::SolarHijri if month < 12 => 30,
            Self::SolarHijri => 29,
            Self::Islamic | Self::Hebrew => 29 + month % 2,
        }
    }

    /// The first such day that lies in a Gregorian year.
    pub(crate) fn day_in(self, gregorian: i16, month: i8, day: i8) -> Option<Date> {
        let first = self.years_near(gregorian);
        let days = (first..first + 4).filter_map(|year| self.to_gregorian(year, month.into(), day.into()));
        days.into_iter().find(|d| d.year() == gregorian)
    }

    /// The first of four years of this calendar that may overlap a Gregorian one.
    pub(crate) fn years_near(self, gregorian: i16) -> i32 {
        let gregorian = i32::from(gregorian);
        match self {
            Self::SolarHijri => gregorian - 623,
            Self::Islamic => (gregorian - 622) * 33 / 32 - 1,
            Self::Hebrew => gregorian + 3759,
        }
    }
}

fn solar_hijri(year: i32, month: i32, day: i32) -> i64 {
    let (y, m) = (i64::from(year) - 1, i64::from(month) - 1);
    let before = if m < 6 { 31 * m } else { 186 + 30 * (m - 6) };
    // The constant makes 1 Farvardin 1395 fall on 20 March 2016.
    let leaps = y.div_euclid(33) * 8
        + [1, 5, 9, 13, 17, 22, 26, 30].iter().filter(|l| **l <= y.rem_euclid(33)).count() as i64;
    226_894 + 365 * y + leaps + before + i64::from(day)
}

fn islamic(year: i32, month: i32, day: i32) -> i64 {
    let (y, m) = (i64::from(year), i64::from(month));
    // 1 Muharram 1 is 16 July 622 (Julian), day 227015.
    227_014 + 354 * (y - 1) + (3 + 11 * y).div_euclid(30) + 29 * (m - 1) + m / 2 + i64::from(day)
}

/// Months count from Nisan.
fn hebrew(year: i32, month: i32, day: i32) -> i64 {
    let year = i64::from(year);
    let length = hebrew_new_year(year + 1) - hebrew_new_year(year);
    let leap = (7 * year + 1).rem_euclid(19) < 7;
    let months = if leap { 13 } else { 12 };
    let days_in = |m: i64| match m {
        2 | 4 | 6 | 10 | 13 => 29,
        12 if !leap => 29,
        8 if length % 10 != 5 => 29,
        9 if length % 10 == 3 => 29,
        _ => 30,
    };
    let month = i64::from(month);
    let before: i64 = if month < 7 {
        (7..=months).chain(1..month).map(days_in).sum()
    } else {
        (7..month).map(days_in).sum()
    };
    hebrew_new_year(year) + before + i64::from(day) - 1
}

/// 1 Tishri of a Hebrew year, after Reingold and Dershowitz.
fn hebrew_new_year(year: i64) -> i64 {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
    };
    let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let delay = if after - this == 356 { 2 } else { i64::from(this - before == 382) };
    -1_373_427 + this + delay
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_other_calendars() {
        let cases = [
            (ForeignCalendar::SolarHijri, (1395, 1, 1), "2016-03-20"),
            (ForeignCalendar::SolarHijri, (1395, 12, 30), "2017-03-20"),
            (ForeignCalendar::SolarHijri, (1357, 11, 22), "1979-02-11"),
            (ForeignCalendar::SolarHijri, (1403, 1, 1), "2024-03-20"),
            (ForeignCalendar::Islamic, (1438, 1, 1), "2016-10-03"),
            (ForeignCalendar::Islamic, (1445, 9, 1), "2024-03-11"),
            (ForeignCalendar::Hebrew, (5777, 7, 1), "2016-10-03"),
            (ForeignCalendar::Hebrew, (5776, 1, 15), "2016-04-23"),
            (ForeignCalendar::Hebrew, (5784, 7, 10), "2023-09-25"),
        ];
        for (calendar, (year, month, day), expected) in cases {
            let found = calendar.to_gregorian(year, month, day).map(|d| d.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{calendar:?} {year} {month} {day}");
        }
    }
}
