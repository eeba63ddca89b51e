//! From what a rule has read to a value: against the day of the report, or the expression before.

mod field;
mod hour;
mod offset;
mod often;
mod related;
mod weekday;
mod year;

use dateline_model::{DocumentTime, Moment, TimeAnchor, TimeInterval, TimeModifier, TimeType};
use jiff::civil::Date;

use crate::calendar::{Holiday, plus_days};
use crate::grammar::Kind;
use crate::slot::{Amount, Reading, Reference, Rel, Slot, Unit};
use crate::tense::Tense;
use crate::value::{DateValue, Point, duration};
use field::Frame;
use hour::time_of_day;
use offset::{counted_in_weeks, vague_offset};
use often::set_value;

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
            // Without a day of the report "now" is no day.
            Kind::Point => self
                .point(reading, tense)
                .or_else(|| Some(plain(TimeType::Date, Reference::of(reading)?.value().to_owned()))),
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
        let open = matches!(tense, Tense::Open | Tense::Present) || reading.has(Slot::Vague);
        let of_any_day = !reading.has(Slot::Hour) && open;
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
}
