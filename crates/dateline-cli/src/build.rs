//! `dateline build`: a pile of reports becomes one sourced record.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use dateline_ingest::{AnnotatedLine, Config, annotated_lines, ingest};
use dateline_pipeline::{
    Annotator, BuildConfig, COMPARE_MEMORY, CompareWith, Depth, VERSION, compare_added, read_into,
    take_annotations_into,
};
use dateline_store::{BuildRow, KeepBytes, StoreWriter};

use crate::arguments::{Build, Everywhere};
use crate::dictionaries::gazetteer;
use crate::extract::treatment;
use crate::language::{load, reading};
use crate::report::BuildReport;

/// Reads the inputs into the record, compares all reports, and says what became of it.
pub(crate) fn run(options: &Build, everywhere: &Everywhere) -> Result<ExitCode> {
    let start = Instant::now();
    let has_input = !options.inputs.is_empty() || !options.from_annotations.is_empty();
    anyhow::ensure!(
        has_input || options.output.exists(),
        "{} is not there yet: give the reports to build it from",
        options.output.display()
    );
    let mut record = StoreWriter::open(&options.output)?;
    let mut report = BuildReport::new(everywhere);
    if !options.inputs.is_empty() {
        let config = config(options, everywhere)?;
        let ingest_config = Config { treatment: treatment(options.as_is), ..Config::default() };
        report.expect(&options.inputs, &ingest_config.bytes_read);
        let inputs = ingest(&options.inputs, &ingest_config);
        read_into(&mut record, &config, inputs, |step| report.step(&step))?;
    }
    let annotations = options.from_annotations.iter().flat_map(|input| files(input)).collect::<Vec<_>>();
    let lines = annotations.into_iter().flat_map(|file| lines(&file));
    take_annotations_into(&mut record, lines, everywhere.threads(), |step| report.step(&step))?;
    let with = if options.nearby { CompareWith::Nearby } else { CompareWith::All };
    let memory = options.memory.unwrap_or(COMPARE_MEMORY);
    compare_added(&mut record, with, memory, |step| report.comparing(step))?;
    let (captures, set_aside) = report.counted();
    record.note_build(BuildRow { version: VERSION, captures, set_aside })?;
    let notes = crate::show::notes(record.store())?;
    report.finish((&options.output, &notes), &record.store().tally()?, start.elapsed())
}

fn config(options: &Build, everywhere: &Everywhere) -> Result<BuildConfig> {
    let language = load(&options.language)?;
    let reading = reading(&language, &options.language, options.document_time)?;
    let annotator = Annotator::new(language, Depth::Full, options.document_time)
        .with_gazetteer(gazetteer(&options.language)?);
    let keep = if options.no_captures { KeepBytes::ReferenceOnly } else { KeepBytes::Yes };
    Ok(BuildConfig { annotator, reading, keep, threads: everywhere.threads() })
}

/// The file itself; of a folder, which Spark writes, its files by name but those that are none of its parts.
fn files(input: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(input) else { return vec![input.to_owned()] };
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<_> = names.filter(|name| !name.starts_with(['_', '.'])).collect();
    names.sort();
    names.into_iter().map(|name| format!("{}/{name}", input.trim_end_matches('/'))).collect()
}

/// The lines of annotations that a file holds, by the end of its name.
fn lines(input: &str) -> Box<dyn Iterator<Item = AnnotatedLine> + Send> {
    if input.to_ascii_lowercase().ends_with(".parquet") {
        parquet_lines(input)
    } else {
        annotated_lines(input)
    }
}

#[cfg(feature = "parquet")]
fn parquet_lines(input: &str) -> Box<dyn Iterator<Item = AnnotatedLine> + Send> {
    let file = input.to_owned();
    let origin = move |place| dateline_model::Origin { file: file.clone(), place };
    Box::new(dateline_parquet::TextColumn::open(input.as_ref(), "annotation").map(move |cell| match cell {
        Ok((row, line)) => AnnotatedLine::Line(origin(Some(format!("row {row}"))), line),
        Err(error) => set_aside(origin(None), error.to_string()),
    }))
}

#[cfg(not(feature = "parquet"))]
fn parquet_lines(input: &str) -> Box<dyn Iterator<Item = AnnotatedLine> + Send> {
    let origin = dateline_model::Origin { file: input.to_owned(), place: None };
    let message = "this program was built without Parquet: install it with `--features parquet`";
    Box::new(std::iter::once(set_aside(origin, message.to_owned())))
}

fn set_aside(origin: dateline_model::Origin, message: String) -> AnnotatedLine {
    let diagnostic =
        dateline_model::Diagnostic::new("unreadable-file", dateline_model::Severity::Error, message);
    AnnotatedLine::SetAside(dateline_ingest::SetAsideInput { origin, diagnostic })
}
