//! `dateline build`: from a pile of reports to one sourced record.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use dateline_ingest::{Config, ingest};
use dateline_pipeline::{Annotator, BuildConfig, COMPARE_MEMORY, Depth, VERSION, compare_reports, read_into};
use dateline_store::{BuildRow, KeepBytes, StoreWriter};

use crate::arguments::{Build, Everywhere};
use crate::dictionaries::{fingerprint, gazetteer};
use crate::extract::treatment;
use crate::language::load;
use crate::report::BuildReport;

/// Reads the inputs into the record, compares all reports, and says what became of it.
pub(crate) fn run(options: &Build, everywhere: &Everywhere) -> Result<ExitCode> {
    let start = Instant::now();
    let mut record = StoreWriter::open(&options.output)?;
    let config = config(options, everywhere)?;
    let ingest_config = Config { treatment: treatment(options.as_is), ..Config::default() };
    let mut report = BuildReport::new(everywhere);
    read_into(&mut record, &config, ingest(&options.inputs, &ingest_config), |step| report.step(&step))?;
    if !record.store().is_current(VERSION)? {
        let memory = options.memory.unwrap_or(COMPARE_MEMORY);
        compare_reports(&mut record, memory, |step| report.comparing(step))?;
    }
    let (captures, set_aside) = report.counted();
    record.note_build(BuildRow { version: VERSION, captures, set_aside })?;
    let corrected = crate::show::corrected(record.store())?;
    report.finish((&options.output, corrected.as_deref()), &record.store().tally()?, start.elapsed())
}

fn config(options: &Build, everywhere: &Everywhere) -> Result<BuildConfig> {
    let language = load(&options.language)?;
    let about = language.about();
    let mut reading = format!("dateline {VERSION}, {} {}", about.package(), about.version);
    if let Some(folder) = &options.language.dictionaries {
        reading = format!("{reading}, dictionaries {}", fingerprint(folder).context("--dictionaries")?);
    }
    if let Some(time) = options.document_time {
        reading = format!("{reading}, document time {time}");
    }
    let annotator = Annotator::new(language, Depth::Full, options.document_time)
        .with_gazetteer(gazetteer(&options.language)?);
    let keep = if options.no_captures { KeepBytes::ReferenceOnly } else { KeepBytes::Yes };
    Ok(BuildConfig { annotator, reading, keep, threads: everywhere.threads() })
}
