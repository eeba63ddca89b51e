//! What became of a correction in a build: whether it holds, why not, and where it changed something.

use serde::{Deserialize, Serialize};

use crate::event_field::EventField;

/// A correction of the log, as the last build took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The correction's id.
    pub correction: String,
    /// Whether it holds.
    pub standing: Standing,
    /// Why not, or why it changes nothing; empty where it holds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Names of the events that it changed, sorted.
    #[serde(default)]
    pub events: Vec<String>,
}

/// Does a correction hold?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It holds, and the record is as it says.
    Holds,
    /// It holds, but the record would be the same without it.
    Idle,
    /// What it rests on no longer matches: it waits for a person.
    SetAside,
    /// A later entry undoes it.
    Undone,
    /// What it rested on was taken out of the record, and its words with it.
    Forgotten,
}

impl Standing {
    /// For a reader: `set aside`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Idle => "changes nothing",
            Self::SetAside => "set aside",
            Self::Undone => "undone",
            Self::Forgotten => "forgotten",
        }
    }
}

/// A correction as an event carries it: which one, by whom, and what it did there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CorrectionNote {
    /// The correction's id.
    pub id: String,
    /// Its kind: `merge`.
    pub does: String,
    /// The field that it set.
    pub field: Option<EventField>,
    /// Of a field of several, such as participants: the key of whom it is about.
    pub entity: Option<String>,
    /// Who made it.
    pub who: String,
    /// When.
    pub when: String,
    /// Why.
    pub why: String,
}
