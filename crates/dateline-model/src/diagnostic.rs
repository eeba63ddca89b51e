//! What went wrong, where, and what to do next.

use serde::{Deserialize, Serialize};

use crate::span::ByteSpan;

/// How much a reader should mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is missing.
    Note,
    /// Something is missing or doubtful.
    Warning,
    /// The input could not be read.
    Error,
}

/// One remark on an input. Stages return these beside their output; they never fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable name in kebab case, such as `truncated-gzip`.
    pub code: String,
    /// How much a reader should mind.
    pub severity: Severity,
    /// Where in the capture, if at one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<ByteSpan>,
    /// What happened, in a sentence that names the place.
    pub message: String,
    /// The words concerned, as they stand in the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// What the user can do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A remark with no place, quote or hint yet.
    #[must_use]
    pub fn new(code: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            bytes: None,
            message: message.into(),
            quote: None,
            hint: None,
        }
    }

    /// The same with a place.
    #[must_use]
    pub fn at(mut self, bytes: ByteSpan) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// The same with the words concerned.
    #[must_use]
    pub fn quoting(mut self, quote: impl Into<String>) -> Self {
        self.quote = Some(quote.into());
        self
    }

    /// The same with the next step.
    #[must_use]
    pub fn hinting(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
