//! `dateline export`: a record in the forms of other programs.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use dateline_export as forms;
use dateline_export::EventView;
use dateline_model::{KeptReport, Table};
use dateline_store::{Store, StoreError};

use crate::arguments::{Export, ExportFormat};
use crate::plain::lines;

/// Writes the record in the form asked for.
pub(crate) fn run(options: &Export) -> Result<ExitCode> {
    let record = Store::open(&options.record)?;
    match (options.format, &options.output) {
        (ExportFormat::Csv, Some(folder)) => {
            into_folder(&record, folder, "csv", |table, path| Ok(fs::write(path, forms::csv(table))?))?;
            return Ok(ExitCode::SUCCESS);
        }
        (ExportFormat::Parquet, folder) => {
            let folder = folder.as_deref().context("parquet is several files; name a folder with -o")?;
            into_folder(&record, folder, "parquet", parquet)?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let mut out = output(options.output.as_deref())?;
    if options.format == ExportFormat::Jsonl {
        for (line, _) in record.events()? {
            writeln!(out, "{line}")?;
        }
    } else {
        out.write_all(printed(&record, options.format)?.as_bytes())?;
    }
    out.flush().context("cannot write")?;
    Ok(ExitCode::SUCCESS)
}

/// The record in a form of one file.
fn printed(record: &Store, format: ExportFormat) -> Result<String> {
    let (events, reports) = (events(record)?, reports(record)?);
    Ok(match format {
        ExportFormat::Jsonl | ExportFormat::Csv | ExportFormat::Parquet => {
            forms::csv(&forms::events_table(&events))
        }
        ExportFormat::Eventreport => forms::eventreport_csv(&events),
        ExportFormat::Gdelt => said(forms::gdelt_rows(&events, &reports), "no single day or no code")?,
        ExportFormat::Plover => said(forms::plover_rows(&events, &reports), "no single day")?,
        ExportFormat::Jsonld => forms::json_ld(&events, &reports, &record.statements()?)?,
        ExportFormat::Annotation => forms::web_annotations(&events, &reports)?,
        ExportFormat::Ftm => forms::ftm_lines(&events, &reports)?,
        ExportFormat::Html => forms::html_page(&events, &reports),
    })
}

/// Three tables in a folder: events, accounts, statements.
fn into_folder(
    record: &Store,
    folder: &Path,
    ending: &str,
    write: impl Fn(&Table, &Path) -> Result<()>,
) -> Result<()> {
    let cannot = || format!("cannot write into {}", folder.display());
    ensure!(!folder.is_file(), "{}: {ending} is several files; name a folder", folder.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let (events, reports) = (events(record)?, reports(record)?);
    let statements = forms::statements_table(&record.statements()?, &reports);
    for table in [forms::events_table(&events), forms::accounts_table(&events), statements] {
        write(&table, &folder.join(table.name).with_extension(ending)).with_context(cannot)?;
    }
    Ok(())
}

#[cfg(feature = "parquet")]
fn parquet(table: &Table, path: &Path) -> Result<()> {
    Ok(dateline_parquet::write(table, File::create(path)?)?)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Table, _: &Path) -> Result<()> {
    anyhow::bail!("this program was built without Parquet: install it with `--features parquet`")
}

/// The rows; what the form has no row for is said.
fn said((rows, left_out): (String, usize), why: &str) -> Result<String> {
    if left_out > 0 {
        writeln!(io::stderr(), "dateline: {left_out} events have {why} and no row in this form")?;
    }
    Ok(rows)
}

pub(crate) fn events(record: &Store) -> Result<Vec<(EventView, String)>> {
    let events = record.events()?.into_iter().map(|(line, title)| Ok((EventView::of_line(&line)?, title)));
    events.collect()
}

fn reports(record: &Store) -> Result<Vec<KeptReport>> {
    let mut reports = Vec::new();
    record.each_article(|article| {
        reports.push(article);
        Ok::<_, StoreError>(())
    })?;
    Ok(reports)
}

fn output(path: Option<&Path>) -> Result<BufWriter<Box<dyn Write>>> {
    let out: Box<dyn Write> = match path {
        Some(path) => {
            Box::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?)
        }
        None => lines(),
    };
    Ok(BufWriter::with_capacity(1 << 16, out))
}
