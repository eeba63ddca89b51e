//! Days and stretches moved by so many units: three months on, two weeks back.

use jiff::civil::{Date, DateTime};

use crate::calendar::{date, in_year, plus_days, plus_months, quarter_of, weekday_number};
use crate::slot::{Amount, Unit};
use crate::value::DateValue;

/// The stretch of that unit around a day, so many steps on.
pub(crate) fn stretch(day: Date, unit: Unit, steps: i32) -> Option<DateValue> {
    let year = i32::from(day.year());
    let tens = |n: i32, by: i32| i16::try_from(n.div_euclid(by)).ok();
    match unit {
        Unit::Day | Unit::Night | Unit::BusinessDay => plus_days(day, steps).map(DateValue::Day),
        Unit::Week | Unit::Fortnight => plus_days(day, steps.checked_mul(7)?).map(DateValue::week),
        Unit::Weekend => plus_days(day, steps.checked_mul(7)?).map(DateValue::weekend),
        Unit::Month => plus_months(day, steps).map(DateValue::month),
        Unit::Quarter => {
            let start = plus_months(day, steps.checked_mul(3)?)?;
            Some(DateValue::Quarter(Some(start.year()), quarter_of(start)))
        }
        Unit::Year => i16::try_from(year.checked_add(steps)?).ok().map(DateValue::Year),
        Unit::Decade => tens(year + steps.checked_mul(10)?, 10).map(DateValue::Decade),
        Unit::Century => tens(year + steps.checked_mul(100)?, 100).map(DateValue::Century),
        _ => None,
    }
}

/// A day moved by amounts.
pub(crate) fn moved(day: Date, amounts: &[Amount], sign: i32) -> Option<Date> {
    let mut at = day;
    for amount in amounts {
        let count = amount.count?.checked_mul(sign)?;
        let months = match amount.unit {
            Unit::Month => count,
            Unit::Quarter => count.checked_mul(3)?,
            Unit::Year => count.checked_mul(12)?.checked_add(amount.hundredths * 12 / 100 * sign)?,
            Unit::Decade => count.checked_mul(120)?,
            Unit::Century => count.checked_mul(1200)?,
            Unit::Millennium => count.checked_mul(12_000)?,
            _ => 0,
        };
        let days = match amount.unit {
            Unit::Day | Unit::Night => count,
            Unit::Week | Unit::Weekend => count.checked_mul(7)?,
            Unit::Fortnight => count.checked_mul(14)?,
            Unit::BusinessDay => business_days(at, count)?,
            _ => 0,
        };
        if months != 0 {
            let first = plus_months(at, months)?;
            at = (0..4).find_map(|less| date(first.year(), first.month(), at.day() - less))?;
        }
        at = plus_days(at, days)?;
    }
    Some(at)
}

/// How many days so many working days span.
fn business_days(from: Date, count: i32) -> Option<i32> {
    if count.abs() > 10_000 {
        return None;
    }
    let (mut days, mut left) = (0, count.abs());
    while left > 0 {
        days += count.signum();
        left -= i32::from(weekday_number(plus_days(from, days)?) < 6);
    }
    Some(days)
}

/// A moment moved by amounts.
pub(crate) fn moved_clock(at: DateTime, amounts: &[Amount], sign: i32) -> Option<DateTime> {
    let of_days: Vec<_> = amounts.iter().filter(|a| !a.unit.is_of_the_clock()).copied().collect();
    let mut seconds: i64 = 0;
    for amount in amounts.iter().filter(|a| a.unit.is_of_the_clock()) {
        let unit = match amount.unit {
            Unit::Second => 1,
            Unit::Minute => 60,
            _ => 3600,
        };
        let hundredths = i64::from(amount.count?) * 100 + i64::from(amount.hundredths);
        seconds = seconds.checked_add(hundredths.checked_mul(unit)? / 100)?;
    }
    let at = moved(at.date(), &of_days, sign)?.to_datetime(at.time());
    at.checked_add(jiff::Span::new().try_seconds(seconds * i64::from(sign)).ok()?).ok()
}

/// A day as precise as the unit that led to it.
pub(crate) fn granular(day: Date, unit: Unit) -> Option<DateValue> {
    match unit {
        Unit::Month | Unit::Quarter | Unit::Year => stretch(day, unit, 0),
        Unit::Decade => stretch(day, Unit::Year, 0),
        Unit::Century | Unit::Millennium => stretch(day, Unit::Century, 0),
        Unit::Weekend => Some(DateValue::weekend(day)),
        _ => Some(DateValue::Day(day)),
    }
}

/// The same stretch in another year.
pub(crate) fn shifted_years(value: DateValue, years: i32) -> Option<DateValue> {
    let shift = |year: i16| i16::try_from(i32::from(year).checked_add(years)?).ok();
    Some(match value {
        DateValue::Year(year) => DateValue::Year(shift(year)?),
        DateValue::Half(Some(year), half) => DateValue::Half(shift(year), half),
        DateValue::Quarter(Some(year), quarter) => DateValue::Quarter(shift(year), quarter),
        DateValue::Season(Some(year), season) => DateValue::Season(shift(year), season),
        DateValue::Month(Some(year), month) => DateValue::Month(shift(year), month),
        DateValue::Day(day) => DateValue::Day(in_year(day, shift(day.year())?)?),
        _ => return None,
    })
}
