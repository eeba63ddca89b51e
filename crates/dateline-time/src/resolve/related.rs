//! "Last week", "this year", "that month", "the quarter": stretches beside the report or the time before.

use dateline_model::{Moment, TimeAnchor};

use crate::calendar::weekday_number;
use crate::resolve::{Anchored, Resolver};
use crate::shift::{shifted_years, stretch};
use crate::slot::{Reading, Rel, Slot, Unit};
use crate::tense::Tense;
use crate::value::DateValue;

impl Resolver<'_> {
    pub(super) fn related(&self, rel: Rel, unit: Unit, reading: &Reading, tense: Tense) -> Option<Anchored> {
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
    pub(super) fn the_weekend(&self, tense: Tense) -> Option<Anchored> {
        let Some(document) = self.document.map(Moment::day) else { return undated(Unit::Weekend) };
        let over = tense != Tense::Future && weekday_number(document) < 6;
        Some((stretch(document, Unit::Weekend, -i32::from(over))?, TimeAnchor::Document))
    }

    /// The stretch of that unit in which the expression before lies.
    pub(super) fn that(&self, unit: Unit) -> Option<Anchored> {
        match self.previous.and_then(DateValue::days) {
            Some((day, _)) => Some((stretch(day, unit, 0)?, TimeAnchor::Previous)),
            None => Some((stretch(self.document?.day(), unit, 0)?, TimeAnchor::Document)),
        }
    }

    /// The quarter that the report is about, or the last one that was over when it was printed.
    pub(super) fn known_quarter(&self, years: i32) -> Option<Anchored> {
        let (quarter, anchor) = match self.quarter {
            Some(quarter) => (quarter, TimeAnchor::Previous),
            None => (stretch(self.document?.day(), Unit::Quarter, -1)?, TimeAnchor::Document),
        };
        Some((shifted_years(quarter, years)?, anchor))
    }
}

pub(super) fn undated(unit: Unit) -> Option<Anchored> {
    let value = match unit {
        Unit::Week | Unit::Fortnight => DateValue::AnyWeek,
        Unit::Weekend => DateValue::AnyWeekend,
        Unit::Day | Unit::Night => DateValue::Unknown,
        _ => return None,
    };
    Some((value, TimeAnchor::None))
}
