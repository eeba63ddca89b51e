//! What a person puts right in a record: an entry of an append-only log, with who, when, why, and the
//! words that it rests on.
//!
//! A correction names events by the accounts that they were made of, and accounts by the words that tell
//! them, so that it can be held against every later build. Offsets count Unicode code points, as in all
//! that leaves Dateline.

use std::slice;

use serde::{Deserialize, Serialize};

use crate::event_field::EventField;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Made of all that follows: one correction has one id, in whatever log it stands.
    pub id: String,
    /// Who made it.
    pub who: String,
    /// Day or moment in ISO 8601, given by the one who made it.
    pub when: String,
    /// The reason, for a reader.
    pub why: String,
    /// What it does.
    #[serde(flatten)]
    pub change: Change,
}

/// What a correction does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "does", rename_all = "kebab-case")]
pub enum Change {
    /// These events are one happening.
    Merge {
        /// Two or more.
        events: Vec<EventAnchor>,
    },
    /// These accounts are of another happening than the rest of the event, all of them of one.
    Split {
        /// The event.
        event: EventAnchor,
        /// The accounts that do not belong to it.
        accounts: Vec<AccountAnchor>,
    },
    /// The report tells of no such happening: the account is a misreading.
    Reject {
        /// The event.
        event: EventAnchor,
        /// The account.
        account: AccountAnchor,
    },
    /// A field of the event has this value: the words say so.
    Set {
        /// The event.
        event: EventAnchor,
        /// The field.
        field: EventField,
        /// The value as a person writes it: `12 or more civilians`, `2019-03-04`.
        value: String,
        /// The words that carry it.
        evidence: Vec<Selection>,
    },
    /// No report says this of the event.
    Unset {
        /// The event.
        event: EventAnchor,
        /// The field.
        field: EventField,
        /// Only this value; every value where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
    },
    /// These keys stand for one person or body.
    SameEntity {
        /// Two or more keys.
        entities: Vec<String>,
        /// The words that say so; may be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Selection>,
    },
    /// These reports go back to one origin.
    Dependent {
        /// Ids of two or more reports.
        reports: Vec<String>,
        /// The words that say so; may be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Selection>,
    },
    /// An earlier entry no longer holds.
    Undo {
        /// Its id.
        correction: String,
    },
    /// What it was is forgotten, with the report that it rested on.
    Forgotten {
        /// The kind that it was of.
        was: String,
    },
}

impl Change {
    /// The accounts that it names, those of the events that it names among them.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountAnchor> {
        let (events, accounts): (&[EventAnchor], &[AccountAnchor]) = match self {
            Self::Merge { events } => (events, &[]),
            Self::Split { event, accounts } => (slice::from_ref(event), accounts),
            Self::Reject { event, account } => (slice::from_ref(event), slice::from_ref(account)),
            Self::Set { event, .. } | Self::Unset { event, .. } => (slice::from_ref(event), &[]),
            Self::SameEntity { .. } | Self::Dependent { .. } | Self::Undo { .. } | Self::Forgotten { .. } => {
                (&[], &[])
            }
        };
        events.iter().flat_map(|event| &event.accounts).chain(accounts)
    }

    /// The words that it rests on.
    #[must_use]
    pub fn evidence(&self) -> &[Selection] {
        match self {
            Self::Set { evidence, .. }
            | Self::SameEntity { evidence, .. }
            | Self::Dependent { evidence, .. } => evidence,
            _ => &[],
        }
    }

    /// Ids of the reports that it takes for one.
    #[must_use]
    pub fn dependent(&self) -> &[String] {
        match self {
            Self::Dependent { reports, .. } => reports,
            _ => &[],
        }
    }

    /// Keys of those whom it names.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        match self {
            Self::SameEntity { entities, .. } => entities,
            _ => &[],
        }
    }

    /// Its kind, as it is printed: `same-entity`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Reject { .. } => "reject",
            Self::Set { .. } => "set",
            Self::Unset { .. } => "unset",
            Self::SameEntity { .. } => "same-entity",
            Self::Dependent { .. } => "dependent",
            Self::Undo { .. } => "undo",
            Self::Forgotten { was } => was,
        }
    }

    /// The field that it is about.
    #[must_use]
    pub fn field(&self) -> Option<EventField> {
        match self {
            Self::Set { field, .. } | Self::Unset { field, .. } => Some(*field),
            _ => None,
        }
    }
}

/// An event as a correction names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventAnchor {
    /// Its name when the correction was made, for a reader.
    pub name: String,
    /// Its accounts at that time. The first gave it its name: the event is where that account is.
    pub accounts: Vec<AccountAnchor>,
}

/// A report's account of an event, named by the words that tell it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AccountAnchor {
    /// Id of the report.
    pub report: String,
    /// The words of its acts.
    pub acts: Vec<QuotedWords>,
}

/// Words that a person selected in a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Selection {
    /// Id of the report.
    pub report: String,
    /// The words and their place.
    #[serde(flatten)]
    pub words: QuotedWords,
}

/// Words and their place in a report, in code points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QuotedWords {
    /// In which of its texts they stand.
    #[serde(default, skip_serializing_if = "QuotedIn::is_text")]
    pub of: QuotedIn,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words, exactly.
    pub quote: String,
}

/// In which text of a report words stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum QuotedIn {
    /// The main text.
    #[default]
    Text,
    /// The headline.
    Headline,
}

impl QuotedIn {
    /// The main text is not named where words are printed.
    #[must_use]
    pub fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

impl QuotedWords {
    /// The bytes of `text` in which the words stand, if they stand there at their place.
    #[must_use]
    pub fn bytes_in(&self, text: &str) -> Option<crate::Span> {
        let byte = |at: u32| {
            let ends = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            ends.skip(at as usize).map(|byte| byte as u32).next()
        };
        let (start, end) = (byte(self.start)?, byte(self.end)?);
        (start <= end).then_some(())?;
        let span = crate::Span::new(start, end);
        (text.get(span.range()) == Some(self.quote.as_str())).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_at_their_place_or_nowhere() {
        let words = |start, end, quote: &str| {
            let quote = quote.to_owned();
            QuotedWords { of: QuotedIn::Text, start, end, quote }.bytes_in("né à Paris")
        };
        assert_eq!(words(0, 2, "né"), Some(crate::Span::new(0, 3)));
        assert_eq!(words(5, 10, "Paris"), Some(crate::Span::new(7, 12)));
        assert_eq!(words(4, 9, "Paris"), None);
        assert_eq!(words(5, 99, "Paris"), None);
        assert_eq!(words(5, 2, "Paris"), None);
    }
}
