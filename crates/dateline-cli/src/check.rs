//! `dateline check`: is a record as it was written?

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use dateline_store::Store;

use crate::arguments::{Check, Everywhere};
use crate::plain::{remarks, words};

/// Prints what is wrong, a line each. Exit code 1 when anything is.
pub(crate) fn run(options: &Check, everywhere: &Everywhere) -> Result<ExitCode> {
    let record = Store::open(&options.record)?;
    let checked = record.check();
    let mut out = words();
    for fault in &checked.faults {
        writeln!(out, "{fault}")?;
    }
    if !everywhere.quiet {
        let found = match checked.faults.len() {
            0 => "whole".to_owned(),
            faults => format!("{faults} found wrong; take a copy from before, or build it again"),
        };
        let unfinished = match record.is_stale() {
            Ok(true) => "; reports wait to be compared: run `dateline build` again",
            _ => "",
        };
        let (reports, captures, citations) = (checked.reports, checked.captures, checked.citations);
        writeln!(
            remarks(),
            "dateline: {}: {reports} reports, {captures} pages, {citations} quotes looked at: {found}{unfinished}",
            options.record.display()
        )?;
    }
    Ok(if checked.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
