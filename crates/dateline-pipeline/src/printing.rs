//! From an annotated article to its line: what `annotate` prints, whoever asks for it.

use dateline_cluster::{AccountConfig, accounts};
use dateline_export::{CaptureField, Findings, Tokens, annotation_line};
use dateline_model::{Article, Capture};
use dateline_store::capture_key;

use crate::annotating::Annotation;

/// Prints annotated articles.
pub struct Printer {
    accounts: AccountConfig,
    tokens: Tokens,
    carried: Carried,
}

/// What a line carries besides what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// Nothing.
    Nothing,
    /// What a build knows the capture by, and the way back to its bytes. `reading` tells this reading from another:
    /// version, model, dictionaries.
    Capture {
        /// As the record keeps it.
        reading: String,
    },
}

impl Printer {
    /// Prints every token or none, and what is to be carried.
    #[must_use]
    pub fn new(tokens: Tokens, carried: Carried) -> Self {
        Self { accounts: AccountConfig::built_in(), tokens, carried }
    }

    /// The line of an article, without its line break.
    ///
    /// # Errors
    /// Never in practice: every field is plain data. The error is serde's own.
    pub fn line(
        &self,
        capture: &Capture,
        article: &Article,
        read: &Annotation,
    ) -> Result<String, serde_json::Error> {
        let accounts = read.readings.as_ref().map(|found| accounts(&read.report, found, &self.accounts));
        let key = capture_key(capture).to_string();
        let capture = match &self.carried {
            Carried::Nothing => None,
            Carried::Capture { reading } => {
                Some(CaptureField { key: &key, size: capture.bytes.len(), reading })
            }
        };
        let findings = Findings {
            report: &read.report,
            readings: read.readings.as_ref(),
            diagnostics: &read.diagnostics,
            accounts: accounts.as_deref(),
            capture,
        };
        annotation_line(article, findings, self.tokens)
    }
}
