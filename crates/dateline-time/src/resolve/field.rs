//! Fields of the calendar: "5 March 1946", "the third quarter", and what finer ones mean within a stretch.

use dateline_model::{Moment, TimeAnchor};
use jiff::civil::Date;

use crate::calendar::{Season, date, monday_of, nth_weekday, plus_days, plus_months, weekday_number};
use crate::foreign::ForeignCalendar;
use crate::resolve::year::nearest;
use crate::resolve::{Anchored, Resolver};
use crate::slot::{Reading, Slot, Unit};
use crate::tense::Tense;
use crate::value::DateValue;

impl Resolver<'_> {
    /// What the finer fields mean within a stretch: the first quarter of next year.
    pub(super) fn within(&self, base: DateValue, reading: &Reading, tense: Tense) -> Option<DateValue> {
        let frame = match base {
            DateValue::Year(year) => Frame { year: Some(year), ..Frame::default() },
            DateValue::Month(year, month) => Frame { year, month: Some(month), week: None },
            DateValue::Week(..) | DateValue::Weekend(..) => {
                Frame { week: base.days().map(|(monday, _)| monday), ..Frame::default() }
            }
            DateValue::Day(day) if reading.has(Slot::Weekday) => {
                Frame { week: monday_of(day), ..Frame::default() }
            }
            _ => return None,
        };
        self.calendar(reading, frame, tense).map(|(value, _)| value)
    }

    pub(super) fn calendar(&self, reading: &Reading, frame: Frame, tense: Tense) -> Option<Anchored> {
        let year = year_of(reading).or(frame.year);
        let month = reading.small(Slot::Month).or(frame.month);
        let choose =
            |make: &dyn Fn(Option<i16>) -> Option<DateValue>| self.in_best_year(year, reading, tense, make);
        if let (Some(monday), Some(weekday)) = (frame.week, reading.small(Slot::Weekday)) {
            return Some((DateValue::Day(plus_days(monday, i32::from(weekday) - 1)?), TimeAnchor::Document));
        }
        if let (Some(calendar), Some(foreign)) = (foreign_calendar(reading), reading.of(Slot::ForeignMonth)) {
            return choose(&|year| foreign_value(calendar, foreign, reading, year));
        }
        if let Some(holiday) =
            reading.of(Slot::Holiday).and_then(|h| self.holidays.get(usize::try_from(h).ok()?))
        {
            return choose(&|year| around(holiday.day_in(year?)?, reading));
        }
        if let Some(nth) = reading.small(Slot::Nth) {
            return self.nth(nth, month, year, reading, tense);
        }
        match (month, reading.small(Slot::Day), reading.small(Slot::Weekday)) {
            (Some(month), Some(day), _) if date(year.unwrap_or(LEAP), month, day).is_none() => {
                return Some((DateValue::NoDay(year, month, day), TimeAnchor::None));
            }
            (Some(month), Some(day), weekday) => {
                // Where the year is told, a weekday that does not fit is the writer's slip.
                let weekday = weekday.filter(|_| year.is_none());
                let found = choose(&|year| month_day(year, month, day, weekday));
                return found
                    .filter(|(value, _)| weekday.is_none() || self.is_near(*value))
                    .or_else(|| choose(&|year| month_day(year, month, day, None)));
            }
            (None, Some(day), weekday) => return self.day_of_month(day, weekday, reading, tense),
            (None, None, Some(weekday)) => return self.weekday(weekday, reading, tense),
            (Some(month), None, _) if reading.has(Slot::Month) => {
                return choose(&|year| Some(DateValue::Month(year, month)));
            }
            _ => {}
        }
        if let Some(quarter) = reading.small(Slot::Quarter) {
            return choose(&|year| Some(DateValue::Quarter(year, quarter)));
        }
        if let Some(half) = reading.small(Slot::Half) {
            return choose(&|year| Some(DateValue::Half(year, half)));
        }
        if let Some(season) = reading.of(Slot::Season).and_then(Season::numbered) {
            return choose(&|year| Some(DateValue::Season(year, season)));
        }
        if let Some(week) = reading.small(Slot::Week) {
            // Weeks are numbered within the year of the report.
            let year = year.or_else(|| self.document.map(|d| d.day().year()))?;
            return Some((DateValue::Week(year, week), TimeAnchor::Document));
        }
        coarse(reading, year.filter(|_| year_of(reading).is_some())).map(|value| (value, TimeAnchor::None))
    }

    /// A weekday that fits in a year far away fits by chance.
    pub(super) fn is_near(&self, value: DateValue) -> bool {
        let days = self.document.map(Moment::day).zip(value.days());
        days.is_none_or(|(document, (first, _))| (first - document).get_days().abs() < NEAR)
    }

    /// "The 22nd", "Friday the 22nd": in the month that fits best.
    pub(super) fn day_of_month(
        &self,
        day: i8,
        weekday: Option<i8>,
        reading: &Reading,
        tense: Tense,
    ) -> Option<Anchored> {
        if let (Some(rel), None) = (reading.rel(), weekday) {
            let (DateValue::Month(Some(year), month), anchor) =
                self.related(rel, Unit::Month, reading, tense)?
            else {
                return None;
            };
            return Some((DateValue::Day(date(year, month, day)?), anchor));
        }
        let Some(document) = self.document.map(Moment::day) else {
            return Some((DateValue::DayOfMonth(day), TimeAnchor::None));
        };
        let candidates: Vec<_> = (-6..=6)
            .filter_map(|n| plus_months(document, n))
            .filter_map(|first| date(first.year(), first.month(), day))
            .filter(|d| weekday.is_none_or(|w| weekday_number(*d) == w))
            .map(DateValue::Day)
            .collect();
        nearest(&candidates, document, tense).map(|value| (value, TimeAnchor::Document))
    }

    /// "The third Monday of October", "the last week of July", "the first day of the month".
    pub(super) fn nth(
        &self,
        nth: i8,
        month: Option<i8>,
        year: Option<i16>,
        reading: &Reading,
        tense: Tense,
    ) -> Option<Anchored> {
        let make = |year: Option<i16>, month: Option<i8>| match (
            reading.small(Slot::Weekday),
            reading.unit(Slot::NthUnit),
        ) {
            (Some(weekday), _) => nth_weekday(year?, month?, weekday, nth).map(DateValue::Day),
            (None, Some(Unit::Week)) => nth_week(year, month, nth),
            (None, Some(Unit::Weekend)) => nth_weekday(year?, month?, 6, nth).map(DateValue::weekend),
            (None, Some(Unit::Day)) if nth > 0 => date(year?, month?, nth).map(DateValue::Day),
            (None, Some(Unit::Day)) => {
                DateValue::Month(year, month?).days().map(|(_, last)| DateValue::Day(last))
            }
            _ => None,
        };
        if month.is_none() && year.is_none() {
            let document = self.document?.day();
            let value = make(Some(document.year()), Some(document.month()))?;
            return Some((value, TimeAnchor::Document));
        }
        self.in_best_year(year, reading, tense, &|year| make(year, month))
    }
}

/// A year that has every day of the calendar.
const LEAP: i16 = 2000;
/// Days, from the report to one that its weekday and date tell.
pub(super) const NEAR: i32 = 550;

/// The stretch in which finer fields lie.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    year: Option<i16>,
    month: Option<i8>,
    /// The Monday of the week.
    week: Option<Date>,
}

/// A holiday, its week, or the weekend that is lengthened by it.
pub(super) fn around(day: Date, reading: &Reading) -> Option<DateValue> {
    let before = if weekday_number(day) < 4 { -3 } else { 0 };
    Some(match reading.unit(Slot::NthUnit) {
        _ if reading.has(Slot::Weekend) => DateValue::weekend(plus_days(day, before)?),
        Some(Unit::Week) => DateValue::week(day),
        _ => DateValue::Day(day),
    })
}

/// The full year that the fields tell.
pub(super) fn year_of(reading: &Reading) -> Option<i16> {
    let short = reading.of(Slot::ShortYear).map(|y| if y < 40 { 2000 + y } else { 1900 + y });
    let year = i16::try_from(reading.of(Slot::Year).or(short)?).ok()?;
    Some(if reading.has(Slot::Era) { -year } else { year })
}

/// Years, decades and centuries.
pub(super) fn coarse(reading: &Reading, year: Option<i16>) -> Option<DateValue> {
    if let Some(century) = reading.of(Slot::Century) {
        return i16::try_from(century - 1).ok().map(DateValue::Century);
    }
    let decade = reading.of(Slot::Decade).map(|year| year / 10);
    // "The 80s" are those of the last century; so are "the 30s".
    let short =
        reading.of(Slot::ShortDecade).map(|tens| if tens < 20 { 200 + tens / 10 } else { 190 + tens / 10 });
    if let Some(decade) = decade.or(short) {
        return i16::try_from(decade).ok().map(DateValue::Decade);
    }
    year.map(DateValue::Year)
}

pub(super) fn month_day(year: Option<i16>, month: i8, day: i8, weekday: Option<i8>) -> Option<DateValue> {
    let Some(year) = year else { return date(LEAP, month, day).map(|_| DateValue::MonthDay(month, day)) };
    let found = date(year, month, day)?;
    // A weekday that does not fit speaks against the year.
    weekday.is_none_or(|w| weekday_number(found) == w).then_some(DateValue::Day(found))
}

pub(super) fn nth_week(year: Option<i16>, month: Option<i8>, nth: i8) -> Option<DateValue> {
    match month {
        None if nth > 0 => Some(DateValue::Week(year?, nth)),
        // As ISO 8601 counts: a week belongs where its Thursday lies.
        Some(month) if nth > 0 && year.is_some() => {
            plus_days(date(year?, month, 4)?, 7 * (i32::from(nth) - 1)).map(DateValue::week)
        }
        None => DateValue::Year(year?).days().map(|(_, last)| DateValue::week(last)),
        Some(month) if nth > 0 => Some(DateValue::MonthWeek(year, month, nth)),
        // The last week has most of its days in the month.
        Some(month) => {
            let (_, last) = DateValue::Month(year, month).days()?;
            plus_days(last, -3).map(DateValue::week)
        }
    }
}

pub(super) fn foreign_calendar(reading: &Reading) -> Option<ForeignCalendar> {
    ForeignCalendar::numbered(reading.of(Slot::ForeignCalendar)?)
}

/// A day of another calendar, or a month of it.
pub(super) fn foreign_value(
    calendar: ForeignCalendar,
    month: i32,
    reading: &Reading,
    year: Option<i16>,
) -> Option<DateValue> {
    let day = reading.of(Slot::Day);
    let first = match reading.of(Slot::Year) {
        Some(year) => calendar.to_gregorian(year, month, day.unwrap_or(1))?,
        None => calendar.day_in(year?, i8::try_from(month).ok()?, i8::try_from(day.unwrap_or(1)).ok()?)?,
    };
    match day {
        Some(_) => Some(DateValue::Day(first)),
        None => plus_days(first, calendar.month_length(month) - 1).map(|l| DateValue::OtherMonth(first, l)),
    }
}
