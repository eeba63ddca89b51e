//! A value of TIMEX3: how it is printed, and which days or minutes it covers.

use std::fmt;

use dateline_model::{Moment, TimeInterval};
use jiff::civil::Date;

use crate::calendar::{Season, date, monday_of_week, plus_days, plus_months, week_of};
use crate::slot::{Amount, Part, Unit};

/// A time of the calendar, with a time of day or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) date: DateValue,
    pub(crate) time: Option<TimeOfDay>,
}

/// A day or a coarser stretch of the calendar. A year of none is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateValue {
    Unknown,
    /// The hundreds of its years: 19.
    Century(i16),
    /// The tens of its years: 198.
    Decade(i16),
    /// Negative before Christ.
    Year(i16),
    Half(Option<i16>, i8),
    Quarter(Option<i16>, i8),
    Season(Option<i16>, Season),
    Month(Option<i16>, i8),
    /// The which week of a month.
    MonthWeek(Option<i16>, i8, i8),
    Week(i16, i8),
    Weekend(i16, i8),
    Day(Date),
    /// A month of another calendar: its first and last day. Printed as the month that holds its middle.
    OtherMonth(Date, Date),
    /// A day that no calendar has, as it is printed: 30 February.
    NoDay(Option<i16>, i8, i8),
    /// A day of a month of an unknown year.
    MonthDay(i8, i8),
    /// A day of an unknown month.
    DayOfMonth(i8),
    /// A day of an unknown week; Monday is 1.
    Weekday(i8),
    /// A week or weekend, unknown which.
    AnyWeek,
    AnyWeekend,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeOfDay {
    Clock { hour: i8, minute: i8, second: Option<i8> },
    Part(Part),
    Unknown,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.date, self.time) {
            (DateValue::Unknown, Some(_)) => {}
            (date, _) => write!(f, "{date}")?,
        }
        match self.time {
            None => Ok(()),
            Some(TimeOfDay::Clock { hour, minute, second }) => {
                write!(f, "T{hour:02}:{minute:02}")?;
                second.map_or(Ok(()), |s| write!(f, ":{s:02}"))
            }
            Some(TimeOfDay::Part(part)) => write!(f, "T{}", part.code()),
            Some(TimeOfDay::Unknown) => f.write_str("TXX:XX"),
        }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unknown => f.write_str("XXXX-XX-XX"),
            Self::Century(century) => write!(f, "{century:02}"),
            Self::Decade(decade) => write!(f, "{decade:03}"),
            Self::Year(year) => write!(f, "{}", Year(Some(year))),
            Self::Half(year, half) => write!(f, "{}-H{half}", Year(year)),
            Self::Quarter(year, quarter) => write!(f, "{}-Q{quarter}", Year(year)),
            Self::Season(year, season) => write!(f, "{}-{}", Year(year), season.code()),
            Self::Month(year, month) => write!(f, "{}-{month:02}", Year(year)),
            Self::MonthWeek(year, month, week) => write!(f, "{}-{month:02}-W{week:02}", Year(year)),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Weekend(year, week) => write!(f, "{year:04}-W{week:02}-WE"),
            Self::Day(day) => write!(f, "{day}"),
            Self::OtherMonth(first, _) => match plus_days(first, 14) {
                Some(middle) => write!(f, "{}", Self::month(middle)),
                None => write!(f, "{}", Self::month(first)),
            },
            Self::NoDay(year, month, day) => write!(f, "{}-{month:02}-{day:02}", Year(year)),
            Self::MonthDay(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
            Self::DayOfMonth(day) => write!(f, "XXXX-XX-{day:02}"),
            Self::Weekday(weekday) => write!(f, "XXXX-WXX-{weekday}"),
            Self::AnyWeek => f.write_str("XXXX-WXX"),
            Self::AnyWeekend => f.write_str("XXXX-WXX-WE"),
        }
    }
}

struct Year(Option<i16>);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("XXXX"),
            Some(year) if year < 0 => write!(f, "BC{:04}", -i32::from(year)),
            Some(year) => write!(f, "{year:04}"),
        }
    }
}

impl DateValue {
    /// The first and the last day; none where the value is open.
    pub(crate) fn days(self) -> Option<(Date, Date)> {
        let months = |year: i16, first: i8, count: i32| {
            let start = date(year, first, 1)?;
            Some((start, plus_days(plus_months(start, count)?, -1)?))
        };
        let week = |year, week, from, to| {
            let monday = monday_of_week(year, week)?;
            Some((plus_days(monday, from)?, plus_days(monday, to)?))
        };
        match self {
            Self::Century(century) => months(century.checked_mul(100)?, 1, 1200),
            Self::Decade(decade) => months(decade.checked_mul(10)?, 1, 120),
            Self::Year(year) => months(year, 1, 12),
            Self::Half(year, half) => months(year?, half * 6 - 5, 6),
            Self::Quarter(year, quarter) => months(year?, quarter * 3 - 2, 3),
            Self::Season(year, season) => months(year?, season.first_month(), 3),
            Self::Month(year, month) => months(year?, month, 1),
            Self::MonthWeek(year, month, nth) => {
                let start = date(year?, month, nth * 7 - 6)?;
                Some((start, plus_days(start, 6)?))
            }
            Self::Week(year, number) => week(year, number, 0, 6),
            Self::Weekend(year, number) => week(year, number, 5, 6),
            Self::Day(day) => Some((day, day)),
            Self::OtherMonth(first, last) => Some((first, last)),
            _ => None,
        }
    }

    pub(crate) fn week(day: Date) -> Self {
        let (year, week) = week_of(day);
        Self::Week(year, week)
    }

    pub(crate) fn weekend(day: Date) -> Self {
        let (year, week) = week_of(day);
        Self::Weekend(year, week)
    }

    pub(crate) fn month(day: Date) -> Self {
        Self::Month(Some(day.year()), day.month())
    }

    /// Its year, if known.
    pub(crate) fn year(self) -> Option<i16> {
        self.days().map(|(first, _)| first.year())
    }
}

impl Point {
    /// The days or minutes that it covers.
    pub(crate) fn interval(self) -> Option<TimeInterval> {
        let (first, last) = self.date.days()?;
        let minute = |day: Date, hour, minute| Moment::Time { at: day.at(hour, minute, 0, 0), offset: None };
        match self.time {
            Some(TimeOfDay::Clock { hour, minute: m, .. }) if hour < 24 => {
                Some(TimeInterval { first: minute(first, hour, m), last: minute(first, hour, m) })
            }
            // Which minutes are "morning" is open, but the day is known.
            _ => Some(TimeInterval { first: Moment::Day(first), last: Moment::Day(last) }),
        }
    }
}

/// Prints so many of so many units as ISO 8601 does: `P1Y6M`, `PT5H30M`, `PXW`.
pub(crate) fn duration(amounts: &[Amount]) -> String {
    let (mut days, mut clock) = (String::new(), String::new());
    for amount in amounts {
        let side = if amount.unit.is_of_the_clock() { &mut clock } else { &mut days };
        let (factor, letter) = iso_unit(amount.unit);
        match amount.count {
            _ if amount.vague => side.push_str(&format!("X{letter}")),
            None => side.push_str(&format!("X{letter}")),
            Some(count) => side.push_str(&quantity(
                i64::from(count) * 100 + i64::from(amount.hundredths),
                factor,
                amount.unit,
            )),
        }
    }
    if clock.is_empty() { format!("P{days}") } else { format!("P{days}T{clock}") }
}

/// A number of hundredths of a unit: whole and half hours in hours and minutes, others in decimals.
fn quantity(hundredths: i64, factor: i64, unit: Unit) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let smaller = match unit {
        Unit::Hour => Some("M"),
        Unit::Minute => Some("S"),
        _ => None,
    };
    let letter = iso_unit(unit).1;
    match smaller {
        Some(smaller) if rest > 0 && whole > 0 => format!("{whole}{letter}{}{smaller}", rest * 60 / 100),
        Some(smaller) if rest > 0 => format!("{}{smaller}", rest * 60 / 100),
        _ if (hundredths * factor) % 100 == 0 => format!("{}{letter}", hundredths * factor / 100),
        _ => {
            let decimals = format!("{:02}", hundredths * factor % 100);
            format!("{}.{}{letter}", hundredths * factor / 100, decimals.trim_end_matches('0'))
        }
    }
}

fn iso_unit(unit: Unit) -> (i64, &'static str) {
    match unit {
        Unit::Second => (1, "S"),
        Unit::Minute | Unit::Month => (1, "M"),
        Unit::Hour => (1, "H"),
        Unit::Day | Unit::Night => (1, "D"),
        Unit::BusinessDay => (1, "BD"),
        Unit::Weekend => (1, "WE"),
        Unit::Week => (1, "W"),
        Unit::Fortnight => (2, "W"),
        Unit::Quarter => (1, "Q"),
        Unit::Season => (1, "SN"),
        Unit::Year => (1, "Y"),
        Unit::Decade => (10, "Y"),
        Unit::Century => (100, "Y"),
        Unit::Millennium => (1000, "Y"),
        Unit::Unknown => (1, "X"),
    }
}
