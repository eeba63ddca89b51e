//! What became of the inputs, as one line of JSON: what `--json` prints at the end of a run.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::one_line::one_line;

/// How many inputs were read, kept and set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SummaryLine {
    /// Captures read.
    pub captures: u64,
    /// Articles printed.
    pub articles: u64,
    /// Inputs set aside, by the code of the reason.
    pub set_aside: BTreeMap<String, u64>,
}

/// The line for a summary, without its line break.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn summary_line(summary: &SummaryLine) -> Result<String, serde_json::Error> {
    one_line(summary)
}

/// What a build did, and what the record holds after it.
#[derive(Clone, Debug, Serialize)]
pub struct BuildSummary<'a> {
    /// Captures that the inputs hold.
    pub captures: u64,
    /// Of them, those that were read now.
    pub read: u64,
    /// Of them, those that the record held already.
    pub known: u64,
    /// Inputs set aside, by the code of the reason.
    pub set_aside: &'a BTreeMap<String, u64>,
    /// Articles in the record.
    pub articles: u64,
    /// Events.
    pub events: u64,
    /// Accounts of events.
    pub accounts: u64,
    /// Sum over events of their independent accounts.
    pub independent_accounts: u64,
    /// Events on which accounts differ in some field.
    pub disputed: u64,
    /// How long it took.
    pub seconds: f64,
    /// Articles read in a second.
    pub articles_per_second: f64,
}

/// The line for a build's summary, without its line break.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn build_summary_line(summary: &BuildSummary<'_>) -> Result<String, serde_json::Error> {
    one_line(summary)
}
