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
