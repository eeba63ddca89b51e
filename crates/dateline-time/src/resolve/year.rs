//! The year that fits best a date that tells none.

use dateline_model::{Moment, TimeAnchor};
use jiff::civil::Date;

use crate::calendar::date;
use crate::resolve::field::year_of;
use crate::resolve::{Anchored, Resolver};
use crate::slot::{Reading, Rel};
use crate::tense::Tense;
use crate::value::DateValue;

impl Resolver<'_> {
    /// A value that needs a year, in the year that is told; where none is, in the one that fits best.
    pub(super) fn in_best_year(
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
    pub(super) fn begun_before(
        &self,
        candidates: &[DateValue],
        document: Date,
        tense: Tense,
    ) -> Option<DateValue> {
        let end = self.towards.filter(|_| tense == Tense::Future)?;
        let is_to_come = |value: &&DateValue| {
            value.days().and_then(|(first, _)| end_after(first, end)).is_some_and(|last| last >= document)
        };
        candidates.iter().find(is_to_come).copied()
    }
}

/// The last day of the first such month, or the first such day, that does not lie before `first`.
pub(super) fn end_after(first: Date, (month, day): (i8, Option<i8>)) -> Option<Date> {
    let in_year = |year: i16| match day {
        Some(day) => date(year, month, day),
        None => DateValue::Month(Some(year), month).days().map(|(_, last)| last),
    };
    in_year(first.year()).filter(|end| *end >= first).or_else(|| in_year(first.year().checked_add(1)?))
}

/// Of several stretches the one nearest to the day of the report; one that the verb's tense
/// contradicts must be five times as near.
pub(super) fn nearest(candidates: &[DateValue], document: Date, tense: Tense) -> Option<DateValue> {
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
pub(super) fn related_value(rel: Rel, candidates: &[DateValue], document: Date) -> Option<DateValue> {
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
