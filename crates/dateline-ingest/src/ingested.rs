//! What ingest hands on: a capture, or word of what could not be one.

use std::fmt;

use dateline_model::{Capture, Diagnostic, Origin};

/// One result of ingest, in input order.
#[derive(Clone, Debug)]
pub enum Ingested {
    /// A page.
    Capture(Capture),
    /// A file or a part of one that gave no page.
    SetAside(SetAsideInput),
}

impl Ingested {
    /// The capture, if it is one.
    #[must_use]
    pub fn capture(self) -> Option<Capture> {
        match self {
            Self::Capture(capture) => Some(capture),
            Self::SetAside(_) => None,
        }
    }
}

/// An input, or a part of one, that gave no page: where it stands, and why.
///
/// Its severity tells what was lost: an [`Error`](dateline_model::Severity::Error) where the user
/// named something that cannot be read, a [`Warning`](dateline_model::Severity::Warning) where a part
/// is damaged, a [`Note`](dateline_model::Severity::Note) where nothing was to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAsideInput {
    /// Where in which file.
    pub origin: Origin,
    /// Why. The message does not repeat the place.
    pub diagnostic: Diagnostic,
}

impl fmt::Display for SetAsideInput {
    /// `pile/a.jsonl, line 12: not valid JSON … (hint)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.origin.file)?;
        if let Some(place) = &self.origin.place {
            write!(f, ", {place}")?;
        }
        write!(f, ": {}", self.diagnostic.message)?;
        match &self.diagnostic.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}
