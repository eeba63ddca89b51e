//! `dateline forget`: reports go out of the record, with all that only they carry.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use dateline_pipeline::{COMPARE_MEMORY, compare_reports};
use dateline_store::{Store, StoreWriter};

use crate::arguments::{Everywhere, Forget};

/// Takes the reports out, makes the events anew, and leaves no trace.
pub(crate) fn run(options: &Forget, everywhere: &Everywhere) -> Result<ExitCode> {
    // A name that is mistyped must not make a file.
    drop(Store::open(&options.record)?);
    let mut record = StoreWriter::open(&options.record)?;
    let forgotten = record.forget(&options.ids)?;
    compare_reports(&mut record, COMPARE_MEMORY, |_| {})?;
    record.leave_no_trace()?;
    if !everywhere.quiet {
        let left = record.store().tally()?.articles;
        writeln!(io::stderr(), "dateline: {forgotten} taken out, {left} left")?;
    }
    Ok(ExitCode::SUCCESS)
}
