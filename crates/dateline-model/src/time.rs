//! The times that a text speaks of: a stretch of words, and the day or duration that they mean.
//!
//! Types and values are those of TIMEX3, the time expressions of TimeML.

use serde::Serialize;

use crate::moment::Moment;
use crate::span::Span;

/// Words that tell a time, with the value that they have where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands in the text.
    pub span: Span,
    /// What kind of time it tells.
    pub time_type: TimeType,
    /// TIMEX3's value: `2016-10-19`, `2016-W42`, `P3D`, `PAST_REF`; `X` stands for what is not known.
    pub value: String,
    /// What restricts the value: `early` 1990, `about` ten days.
    pub modifier: Option<TimeModifier>,
    /// The days or minutes that the value covers; none where it is open.
    pub interval: Option<TimeInterval>,
    /// What the value was counted from.
    pub anchor: TimeAnchor,
    /// Is it the report's own day, printed in full at its head ("12 June 2016 Dozens were …")? It says
    /// when the report was written, not when anything happened.
    pub is_of_report: bool,
}

/// The four kinds of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A day or a coarser time of the calendar.
    Date,
    /// A time of a day.
    Time,
    /// How long something lasts.
    Duration,
    /// How often something happens.
    Set,
}

impl TimeType {
    /// As TIMEX3 writes it: `DATE`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// TIMEX3's `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeModifier {
    /// "More than a decade ago".
    Before,
    /// "Less than a year ago", "after May".
    After,
    /// "At least a year ago", "by May".
    OnOrBefore,
    /// "At most a year ago", "May or later".
    OnOrAfter,
    /// "Less than two hours".
    LessThan,
    /// "More than five minutes".
    MoreThan,
    /// "No more than ten days".
    EqualOrLess,
    /// "At least ten days".
    EqualOrMore,
    /// "Early", "the beginning of".
    Start,
    /// "The middle of".
    Mid,
    /// "Late", "the end of".
    End,
    /// "About".
    Approx,
}

impl TimeModifier {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Before,
        Self::After,
        Self::OnOrBefore,
        Self::OnOrAfter,
        Self::LessThan,
        Self::MoreThan,
        Self::EqualOrLess,
        Self::EqualOrMore,
        Self::Start,
        Self::Mid,
        Self::End,
        Self::Approx,
    ];

    /// As TIMEX3 writes it: `ON_OR_BEFORE`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::OnOrBefore => "ON_OR_BEFORE",
            Self::OnOrAfter => "ON_OR_AFTER",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
        }
    }
}

/// The first and the last day, or the first and the last minute, of a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeInterval {
    /// The first day or minute.
    pub first: Moment,
    /// The last day or minute, itself within the stretch.
    pub last: Moment,
}

/// What a value was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeAnchor {
    /// The day of the report: "yesterday", "Friday".
    Document,
    /// The expression before: "the next day".
    Previous,
    /// Nothing: the words alone tell the value.
    None,
}

impl TimeAnchor {
    /// As it is printed: `document`, `previous` or `none`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Previous => "previous",
            Self::None => "none",
        }
    }
}

/// The time against which a report's "yesterday" and "Friday" are read; unknown where the report is
/// undated. It is never the day on which the program runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocumentTime(pub Option<Moment>);

impl From<Moment> for DocumentTime {
    fn from(moment: Moment) -> Self {
        Self(Some(moment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modifier_has_one_name() {
        for modifier in TimeModifier::ALL {
            assert_eq!(format!("{modifier:?}").to_uppercase(), modifier.name().replace('_', ""));
        }
    }
}
