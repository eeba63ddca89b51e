//! `dateline export`: a record in the forms of other programs.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_store::Store;

use crate::arguments::{Export, ExportFormat};

/// Writes the record in the form asked for.
pub(crate) fn run(options: &Export) -> Result<ExitCode> {
    let record = Store::open(&options.record)?;
    let mut out = output(options.output.as_deref())?;
    match options.format {
        ExportFormat::Jsonl => {
            for (line, _) in record.events()? {
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush().context("cannot write")?;
    Ok(ExitCode::SUCCESS)
}

fn output(path: Option<&Path>) -> Result<BufWriter<Box<dyn Write>>> {
    let out: Box<dyn Write> = match path {
        Some(path) => {
            Box::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?)
        }
        None => Box::new(io::stdout().lock()),
    };
    Ok(BufWriter::with_capacity(1 << 16, out))
}
