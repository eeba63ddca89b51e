//! What is kept of a report for the stages that look across reports.
//!
//! A dossier holds everything that they need: they never read the page again.

use serde::{Deserialize, Serialize};

use crate::account::Account;

/// One report, read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// The article's id.
    pub id: String,
    /// The headline, empty where there is none.
    pub headline: String,
    /// The main text.
    pub text: String,
    /// The outlet, if known.
    pub publisher: Option<String>,
    /// Day or moment of publication in ISO 8601, if known.
    pub published: Option<String>,
    /// The words that print it, empty where it is not known.
    pub published_quote: String,
    /// The day against which its times are read, in ISO 8601: that of publication, or the one that the report
    /// itself prints where its input gave another.
    #[serde(default)]
    pub read_against: Option<String>,
    /// Agencies and outlets that the page names as its origin.
    pub credits: Vec<String>,
    /// Its accounts of events, in the order of their first words.
    pub accounts: Vec<Account>,
}
