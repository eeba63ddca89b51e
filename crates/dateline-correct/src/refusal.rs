//! Why a correction is not taken, and what there is instead.

use std::fmt;

use dateline_model::{FieldError, ValueError};
use thiserror::Error;

/// A place of a quote in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// First code point.
    pub at: u32,
    /// The words around it.
    pub around: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n  at {}: …{}…", self.at, self.around)
    }
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no such event.
    #[error("no event is named {name:?}{}", there_is(.near))]
    NoSuchEvent {
        /// The name.
        name: String,
        /// Names that are like it.
        near: Vec<String>,
    },
    /// Several events have names that begin so.
    #[error("{} events have names that begin with {name:?}: {}", .names.len(), .names.join(", "))]
    ManyEvents {
        /// The beginning.
        name: String,
        /// Their names.
        names: Vec<String>,
    },
    /// There is no such report.
    #[error("no report is named {id:?}{}", there_is(.near))]
    NoSuchReport {
        /// The id.
        id: String,
        /// Ids that are like it.
        near: Vec<String>,
    },
    /// The report does not tell of the event.
    #[error("{report} does not tell of {event}; its reports are {}", .reports.join(", "))]
    NotOfEvent {
        /// The report.
        report: String,
        /// The event.
        event: String,
        /// Those that do.
        reports: Vec<String>,
    },
    /// The report tells of the event only because a person said so.
    #[error("{report} tells of {event} only by a correction; undo that one")]
    OnlyByCorrection {
        /// The report.
        report: String,
        /// The event.
        event: String,
    },
    /// All accounts of an event would be split off.
    #[error("nothing of {event} would be left; name some of its reports, not all")]
    NothingLeft {
        /// The event.
        event: String,
    },
    /// The words do not stand in the report.
    #[error("“{quote}” does not stand in {report}{}", if .at.is_some() { " at that place" } else { "" })]
    NotThere {
        /// The report.
        report: String,
        /// The words.
        quote: String,
        /// The place that was asked for.
        at: Option<u32>,
    },
    /// The words stand in several places.
    #[error(
        "“{quote}” stands {} times in {report}: say which, or quote more words{}",
        .places.len(), .places.iter().map(ToString::to_string).collect::<String>()
    )]
    Ambiguous {
        /// The report.
        report: String,
        /// The words.
        quote: String,
        /// Where.
        places: Vec<Place>,
    },
    /// A value needs words that carry it.
    #[error("no words carry the value: name the report and quote the words that say so")]
    NoEvidence,
    /// Fewer than two things were named.
    #[error("name at least two {0}")]
    TooFew(&'static str),
    /// Nobody has that key.
    #[error("nobody is known as {key:?}{}", there_is(.near))]
    NobodyKnown {
        /// The key.
        key: String,
        /// Keys that are like it.
        near: Vec<String>,
    },
    /// There is no such field.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// It is no value of the field.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// Part of the signature is missing.
    #[error("a correction needs {0}")]
    Unsigned(&'static str),
    /// It is no day or moment.
    #[error("{0:?} is no day or moment in ISO 8601 (2016-12-23, 2016-12-23T23:02Z)")]
    When(String),
    /// There is no such correction.
    #[error("no correction is named {0:?}; `dateline correct FILE list` names all")]
    NoSuchCorrection(String),
    /// Several corrections have ids that begin so.
    #[error("{} corrections have ids that begin with {beginning:?}: {}", .ids.len(), .ids.join(", "))]
    ManyCorrections {
        /// The beginning.
        beginning: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// It is undone already.
    #[error("{0} is undone already")]
    UndoneAlready(String),
    /// The same correction by the same person at the same time stands in the log.
    #[error("{0} is in the log already")]
    MadeAlready(String),
}

fn there_is(names: &[String]) -> String {
    match names {
        [] => String::new(),
        names => format!("; there is {}", names.join(", ")),
    }
}
