//! From what a rule has read to a value: against the day of the report, or the expression before.

use dateline_model::{DocumentTime, Moment, TimeAnchor, TimeInterval, TimeModifier, TimeType};
use jiff::civil::Date;

use crate::calendar::{
    Holiday, Season, date, monday_of, nth_weekday, plus_days, plus_months, weekday_number,
};
use crate::foreign::ForeignCalendar;
use crate::grammar::Kind;
use crate::shift::{granular, moved, moved_clock, shifted_years, stretch};
use crate::slot::{Amount, Part, Reading, Reference, Rel, Slot, Unit};
use crate::tense::Tense;
use crate::value::{DateValue, Point, TimeOfDay, duration};

/// What the expressions of a text are read against; it moves on from one to the next.
pub(crate) struct Resolver<'a> {
    document: Option<Moment>,
    holidays: &'a [Holiday],
    /// The last point that the text named.
    previous: Option<DateValue>,
    /// In a range, the first day of the end that stands first: the other lies behind it.
    pub(crate) after: Option<Date>,
    /// While the first end of a range is read: the month of the other, with its day if one is told.
    pub(crate) towards: Option<(i8, Option<i8>)>,
    /// The last quarter that it named: reports on companies come back to it as "the quarter".
    quarter: Option<DateValue>,
}

/// A value with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) time_type: TimeType,
    pub(crate) value: String,
    pub(crate) modifier: Option<TimeModifier>,
    pub(crate) interval: Option<TimeInterval>,
    pub(crate) anchor: TimeAnchor,
}

type Anchored = (DateValue, TimeAnchor);

impl<'a> Resolver<'a> {
    pub(crate) fn new(document_time: DocumentTime, holidays: &'a [Holiday]) -> Self {
        Self {
            document: document_time.0,
            holidays,
            previous: None,
            after: None,
            towards: None,
            quarter: None,
        }
    }

    /// The value of what was read; none where the facts make no time.
    pub(crate) fn resolve(&mut self, kind: Kind, reading: &Reading, tense: Tense) -> Option<Resolved> {
        let modifier = reading.modifier();
        let plain = |time_type, value| Resolved {
            time_type,
            value,
            modifier,
            interval: None,
            anchor: TimeAnchor::None,
        };
        match kind {
            Kind::Nothing => None,
            Kind::Reference => Some(plain(TimeType::Date, Reference::of(reading)?.value().to_owned())),
            Kind::Set => Some(plain(TimeType::Set, set_value(reading)?)),
            Kind::Point => self.point(reading, tense),
            Kind::Ahead if self.is_ahead(reading, tense) => self.point(reading, tense),
            Kind::Duration | Kind::Ahead => Some(plain(TimeType::Duration, duration(reading.amounts()))),
        }
    }

    /// "In two weeks" is a day to come where the verb says so; "in half an hour" also where it does
    /// not say otherwise and the minute of speaking is known.
    fn is_ahead(&self, reading: &Reading, tense: Tense) -> bool {
        let of_the_clock = reading.amounts().iter().any(|a| a.unit.is_of_the_clock());
        let minute_known = matches!(self.document, Some(Moment::Time { .. }));
        match tense {
            Tense::Future => !of_the_clock || minute_known,
            Tense::Open | Tense::Present => of_the_clock && minute_known,
            Tense::Past => false,
        }
    }

    fn point(&mut self, reading: &Reading, tense: Tense) -> Option<Resolved> {
        let modifier = reading.modifier().or_else(|| counted_in_weeks(reading));
        if let Some(reference) = vague_offset(reading) {
            let (time_type, value) = (TimeType::Date, reference.value().to_owned());
            return Some(Resolved { time_type, value, modifier, interval: None, anchor: TimeAnchor::None });
        }
        let (point, anchor) = match self.clock_offset(reading) {
            Some(found) => found,
            None => self.dated(reading, tense)?,
        };
        // What is only compared with is an aside: the report stays with its own time.
        let aside =
            reading.has(Slot::Direction) && reading.amounts().first().is_some_and(|a| a.unit == Unit::Year);
        let compared_quarter = reading.rel() == Some(Rel::Last) && reading.of(Slot::Anchor) == Some(1);
        if !(aside || compared_quarter) {
            self.remember(point.date);
        }
        let open = matches!(
            modifier,
            Some(
                TimeModifier::Before
                    | TimeModifier::After
                    | TimeModifier::OnOrBefore
                    | TimeModifier::OnOrAfter
            )
        );
        Some(Resolved {
            time_type: if point.time.is_some() { TimeType::Time } else { TimeType::Date },
            value: point.to_string(),
            modifier,
            interval: if open { None } else { point.interval() },
            anchor,
        })
    }

    /// The first day of the point resolved last.
    pub(crate) fn last_day(&self) -> Option<Date> {
        self.previous?.days().map(|(first, _)| first)
    }

    fn remember(&mut self, value: DateValue) {
        if value.days().is_some() {
            self.previous = Some(value);
        }
        if matches!(value, DateValue::Quarter(Some(_), _)) {
            self.quarter = Some(value);
        }
    }

    /// The day or stretch, and the time of day where one is told.
    fn dated(&self, reading: &Reading, tense: Tense) -> Option<(Point, TimeAnchor)> {
        let time = time_of_day(reading);
        let (date, anchor) = match self.date(reading, tense) {
            Some(found) => found,
            None if time.is_some() => self.day_of_bare_time(reading, tense),
            None => return None,
        };
        Some((Point { date, time }, anchor))
    }

    fn day_of_bare_time(&self, reading: &Reading, tense: Tense) -> Anchored {
        // "The roads are empty in the evening" speaks of no certain evening.
        let of_any_day = !reading.has(Slot::Hour) && matches!(tense, Tense::Open | Tense::Present);
        match (reading.of(Slot::Anchor), self.previous_day(), self.document) {
            (Some(1), Some(day), _) => (DateValue::Day(day), TimeAnchor::Previous),
            _ if of_any_day => (DateValue::Unknown, TimeAnchor::None),
            (_, _, Some(document)) => (DateValue::Day(document.day()), TimeAnchor::Document),
            _ => (DateValue::Unknown, TimeAnchor::None),
        }
    }

    fn date(&self, reading: &Reading, tense: Tense) -> Option<Anchored> {
        if reading.has(Slot::Direction) {
            return self.offset(reading, tense);
        }
        if let Some(days) = reading.of(Slot::Days) {
            let (base, anchor) = self.base_day(reading)?;
            return Some((DateValue::Day(plus_days(base, days)?), anchor));
        }
        if let (Some(weekday), [Amount { unit: Unit::Week, count: Some(count), .. }]) =
            (reading.small(Slot::Weekday), reading.amounts())
            && reading.rel() == Some(Rel::Last)
            && !reading.has(Slot::Direction)
        {
            return self.weekdays_ago(weekday, *count);
        }
        if let (Some(rel), Some(amount)) = (reading.rel(), reading.amounts().first()) {
            let (base, anchor) = self.related(rel, amount.unit, reading, tense)?;
            return Some((self.within(base, reading, tense).unwrap_or(base), anchor));
        }
        self.calendar(reading, Frame::default(), tense)
    }

    /// The day that days are counted from: of the expression before where the rule says so.
    fn base_day(&self, reading: &Reading) -> Option<(Date, TimeAnchor)> {
        let document = self.document.map(|d| (d.day(), TimeAnchor::Document));
        let previous = self.previous_day().map(|d| (d, TimeAnchor::Previous));
        match reading.of(Slot::Anchor) {
            Some(1 | 2) => previous.or(document),
            _ => document,
        }
    }

    fn previous_day(&self) -> Option<Date> {
        match self.previous? {
            DateValue::Day(day) => Some(day),
            _ => None,
        }
    }

    // "Last week", "this year", "that month".

    fn related(&self, rel: Rel, unit: Unit, reading: &Reading, tense: Tense) -> Option<Anchored> {
        let steps = match rel {
            Rel::Last => -1,
            Rel::This => 0,
            Rel::Next | Rel::Coming => 1,
            Rel::That => return self.that(unit),
        };
        if unit == Unit::Quarter && reading.of(Slot::Anchor) == Some(1) {
            return self.known_quarter(steps);
        }
        if unit == Unit::Weekend && reading.of(Slot::Anchor) == Some(2) {
            return self.the_weekend(tense);
        }
        let (base, anchor) = match reading.of(Slot::Anchor) {
            Some(1 | 2) => match self.previous.and_then(DateValue::days) {
                Some((first, _)) => (first, TimeAnchor::Previous),
                None => (self.document?.day(), TimeAnchor::Document),
            },
            _ => match self.document {
                Some(document) => (document.day(), TimeAnchor::Document),
                None => return undated(unit),
            },
        };
        Some((stretch(base, unit, steps)?, anchor))
    }

    /// "Over the weekend": the last one, on working days; the coming one where the verb says so.
    fn the_weekend(&self, tense: Tense) -> Option<Anchored> {
        let Some(document) = self.document.map(Moment::day) else { return undated(Unit::Weekend) };
        let over = tense != Tense::Future && weekday_number(document) < 6;
        Some((stretch(document, Unit::Weekend, -i32::from(over))?, TimeAnchor::Document))
    }

    /// The stretch of that unit in which the expression before lies.
    fn that(&self, unit: Unit) -> Option<Anchored> {
        match self.previous.and_then(DateValue::days) {
            Some((day, _)) => Some((stretch(day, unit, 0)?, TimeAnchor::Previous)),
            None => Some((stretch(self.document?.day(), unit, 0)?, TimeAnchor::Document)),
        }
    }

    /// The quarter that the report is about, or the last one that was over when it was printed.
    fn known_quarter(&self, years: i32) -> Option<Anchored> {
        let (quarter, anchor) = match self.quarter {
            Some(quarter) => (quarter, TimeAnchor::Previous),
            None => (stretch(self.document?.day(), Unit::Quarter, -1)?, TimeAnchor::Document),
        };
        Some((shifted_years(quarter, years)?, anchor))
    }

    // "Two days ago", "a year earlier", "three days after Christmas".

    fn offset(&self, reading: &Reading, tense: Tense) -> Option<Anchored> {
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

    fn offset_base(&self, reading: &Reading, tense: Tense) -> Option<Anchored> {
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
    fn clock_offset(&self, reading: &Reading) -> Option<(Point, TimeAnchor)> {
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

    // Fields of the calendar: "5 March 1946", "Friday", "the third quarter".

    /// What the finer fields mean within a stretch: the first quarter of next year.
    fn within(&self, base: DateValue, reading: &Reading, tense: Tense) -> Option<DateValue> {
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

    fn calendar(&self, reading: &Reading, frame: Frame, tense: Tense) -> Option<Anchored> {
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
    fn is_near(&self, value: DateValue) -> bool {
        let days = self.document.map(Moment::day).zip(value.days());
        days.is_none_or(|(document, (first, _))| (first - document).get_days().abs() < NEAR)
    }

    /// A value that needs a year, in the year that is told; where none is, in the one that fits best.
    fn in_best_year(
        &self,
        year: Option<i16>,
        reading: &Reading,
        tense: Tense,
        make: &dyn Fn(Option<i16>) -> Option<DateValue>,
    ) -> Option<Anchored> {
        if let Some(year) = year {
            let anchor = if year_of(reading).is_some() { TimeAnchor::None } else { TimeAnchor::Document };
            return make(Some(year)).map(|value| (value, anchor));
        }
        let Some(document) = self.document.map(Moment::day) else {
            return make(None).map(|value| (value, TimeAnchor::None));
        };
        let candidates: Vec<_> = (-4..=4)
            .filter_map(|n| make(document.year().checked_add(n)).filter(|v| v.days().is_some()))
            .collect();
        let value = match reading.rel() {
            Some(rel) => related_value(rel, &candidates, document),
            None => match self.after {
                Some(after) => {
                    candidates.iter().find(|v| v.days().is_some_and(|(first, _)| first >= after)).copied()
                }
                None => self
                    .begun_before(&candidates, document, tense)
                    .or_else(|| nearest(&candidates, document, tense)),
            },
        };
        value.map(|value| (value, TimeAnchor::Document))
    }

    /// What "will last from May to September" may have begun already: the first begin whose end is to come.
    fn begun_before(&self, candidates: &[DateValue], document: Date, tense: Tense) -> Option<DateValue> {
        let end = self.towards.filter(|_| tense == Tense::Future)?;
        let is_to_come = |value: &&DateValue| {
            value.days().and_then(|(first, _)| end_after(first, end)).is_some_and(|last| last >= document)
        };
        candidates.iter().find(is_to_come).copied()
    }

    /// The weekday rule of news: "on Wednesday" is the last one, or the next one where the verb says
    /// so; the day of the report itself counts as the last.
    fn weekday(&self, weekday: i8, reading: &Reading, tense: Tense) -> Option<Anchored> {
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
    fn weekdays_ago(&self, weekday: i8, count: i32) -> Option<Anchored> {
        let document = self.document?.day();
        let back = i32::from((weekday_number(document) - weekday).rem_euclid(7));
        let last = if back == 0 { 7 } else { back };
        let days = count.checked_sub(1)?.checked_mul(7)?.checked_add(last)?;
        Some((DateValue::Day(plus_days(document, -days)?), TimeAnchor::Document))
    }

    fn weekday_from_previous(&self, weekday: i8, reading: &Reading) -> Option<Anchored> {
        let (base, anchor) = self.base_day(reading)?;
        let back = i32::from((weekday_number(base) - weekday).rem_euclid(7));
        let days = match reading.rel() {
            Some(Rel::Last) => -(if back == 0 { 7 } else { back }),
            Some(Rel::Next | Rel::Coming) => 7 - back,
            _ => -back,
        };
        Some((DateValue::Day(plus_days(base, days)?), anchor))
    }

    /// "The 22nd", "Friday the 22nd": in the month that fits best.
    fn day_of_month(
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
    fn nth(
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

/// The last day of the first such month, or the first such day, that does not lie before `first`.
fn end_after(first: Date, (month, day): (i8, Option<i8>)) -> Option<Date> {
    let in_year = |year: i16| match day {
        Some(day) => date(year, month, day),
        None => DateValue::Month(Some(year), month).days().map(|(_, last)| last),
    };
    in_year(first.year()).filter(|end| *end >= first).or_else(|| in_year(first.year().checked_add(1)?))
}

/// Days, from the report to one that its weekday and date tell.
const NEAR: i32 = 550;

/// A holiday, its week, or the weekend that is lengthened by it.
fn around(day: Date, reading: &Reading) -> Option<DateValue> {
    let before = if weekday_number(day) < 4 { -3 } else { 0 };
    Some(match reading.unit(Slot::NthUnit) {
        _ if reading.has(Slot::Weekend) => DateValue::weekend(plus_days(day, before)?),
        Some(Unit::Week) => DateValue::week(day),
        _ => DateValue::Day(day),
    })
}

/// The stretch in which finer fields lie.
#[derive(Clone, Copy, Default)]
struct Frame {
    year: Option<i16>,
    month: Option<i8>,
    /// The Monday of the week.
    week: Option<Date>,
}

/// "Years ago", "in a few weeks": before or after, and no more.
fn vague_offset(reading: &Reading) -> Option<Reference> {
    let vague = reading.amounts().iter().any(|a| a.vague || a.count.is_none());
    let direction = reading.of(Slot::Direction)?;
    vague.then_some(if direction == 0 { Reference::Past } else { Reference::Future })
}

/// "Two weeks ago" is given as a day, and about.
fn counted_in_weeks(reading: &Reading) -> Option<TimeModifier> {
    let weeks = finest(reading.amounts()).is_some_and(|u| matches!(u, Unit::Week | Unit::Fortnight));
    let day = reading.has(Slot::Weekday) || reading.has(Slot::Day) || !reading.has(Slot::Anchor);
    (weeks && reading.has(Slot::Direction) && !day && !reading.has(Slot::Whole))
        .then_some(TimeModifier::Approx)
}

fn undated(unit: Unit) -> Option<Anchored> {
    let value = match unit {
        Unit::Week | Unit::Fortnight => DateValue::AnyWeek,
        Unit::Weekend => DateValue::AnyWeekend,
        Unit::Day | Unit::Night => DateValue::Unknown,
        _ => return None,
    };
    Some((value, TimeAnchor::None))
}

fn finest(amounts: &[Amount]) -> Option<Unit> {
    amounts.last().map(|a| a.unit)
}

/// Of several stretches the one nearest to the day of the report; one that the verb's tense
/// contradicts must be five times as near.
fn nearest(candidates: &[DateValue], document: Date, tense: Tense) -> Option<DateValue> {
    let distance = |value: &DateValue| {
        let (first, last) = value.days().unwrap_or((document, document));
        let apart = |a: Date, b: Date| i64::from((a - b).get_days()).abs();
        match tense {
            _ if first <= document && document <= last => 0,
            Tense::Past if first > document => 5 * apart(first, document),
            Tense::Future if last < document => 5 * apart(document, last),
            _ if last < document => apart(document, last),
            // News tells more of what was.
            Tense::Open | Tense::Present => 2 * apart(first, document),
            _ => apart(first, document),
        }
    };
    candidates.iter().min_by_key(|value| distance(value)).copied()
}

/// "Last April": the latest that is over; "this April": of the year of the report; "next April".
fn related_value(rel: Rel, candidates: &[DateValue], document: Date) -> Option<DateValue> {
    let days = |value: &DateValue| value.days();
    match rel {
        Rel::Last => {
            candidates.iter().rev().find(|v| days(v).is_some_and(|(_, last)| last < document)).copied()
        }
        Rel::Next | Rel::Coming => {
            candidates.iter().find(|v| days(v).is_some_and(|(first, _)| first > document)).copied()
        }
        Rel::This | Rel::That => candidates.iter().find(|v| v.year() == Some(document.year())).copied(),
    }
}

/// The full year that the fields tell.
fn year_of(reading: &Reading) -> Option<i16> {
    let short = reading.of(Slot::ShortYear).map(|y| if y < 40 { 2000 + y } else { 1900 + y });
    let year = i16::try_from(reading.of(Slot::Year).or(short)?).ok()?;
    Some(if reading.has(Slot::Era) { -year } else { year })
}

/// Years, decades and centuries.
fn coarse(reading: &Reading, year: Option<i16>) -> Option<DateValue> {
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

fn month_day(year: Option<i16>, month: i8, day: i8, weekday: Option<i8>) -> Option<DateValue> {
    let Some(year) = year else { return date(2000, month, day).map(|_| DateValue::MonthDay(month, day)) };
    let found = date(year, month, day)?;
    // A weekday that does not fit speaks against the year.
    weekday.is_none_or(|w| weekday_number(found) == w).then_some(DateValue::Day(found))
}

fn nth_week(year: Option<i16>, month: Option<i8>, nth: i8) -> Option<DateValue> {
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

fn foreign_calendar(reading: &Reading) -> Option<ForeignCalendar> {
    ForeignCalendar::numbered(reading.of(Slot::ForeignCalendar)?)
}

/// A day of another calendar, or a month of it.
fn foreign_value(
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

fn time_of_day(reading: &Reading) -> Option<TimeOfDay> {
    let part = reading.part();
    let Some(hour) = reading.small(Slot::Hour) else { return part.map(TimeOfDay::Part) };
    let minute = reading.small(Slot::Minute).unwrap_or(0);
    let hour = full_hour(hour, reading.small(Slot::Meridiem), part);
    let past = i32::from(hour) * 60 + i32::from(minute) + reading.of(Slot::MinutesPast).unwrap_or(0);
    let past = past.rem_euclid(24 * 60);
    let (hour, minute) = (i8::try_from(past / 60).ok()?, i8::try_from(past % 60).ok()?);
    Some(TimeOfDay::Clock { hour, minute, second: reading.small(Slot::Second) })
}

/// The hour of 24 by "p.m.", or by the part of the day.
fn full_hour(hour: i8, meridiem: Option<i8>, part: Option<Part>) -> i8 {
    match (hour, meridiem, part) {
        (12, Some(0), _) | (12, None, Some(Part::Night)) => 0,
        (1..=11, Some(1), _)
        | (1..=11, None, Some(Part::Afternoon | Part::Evening))
        | (6..=11, None, Some(Part::Night)) => hour + 12,
        _ => hour,
    }
}

/// How often: a period, or the underspecified time that comes again.
fn set_value(reading: &Reading) -> Option<String> {
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
                return time.map(|_| format!("XXXX-XX-XX{}", Point { date: DateValue::Unknown, time }));
            }
        },
    };
    Some(Point { date, time }.to_string())
}
