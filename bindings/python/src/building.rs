//! `build`: reports, or what was read in them elsewhere, become one sourced record.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_cast::cast;
use arrow_schema::DataType;
use dateline::ingest::{AnnotatedLine, Config, SetAsideInput, annotated_lines, ingest};
use dateline::model::{Diagnostic, Origin, Severity};
use dateline::pipeline::{
    Annotator, BuildConfig, BuildStep, COMPARE_MEMORY, CompareWith, Depth, VERSION, compare_added, read_into,
    take_annotations_into,
};
use dateline::store::{BuildRow, KeepBytes, StoreWriter, Tally};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3_arrow::input::AnyRecordBatch;

use crate::errors::{failed, wrong};
use crate::reading::{count, language, moment, reading, treatment};

/// What was asked for, without Python's lock.
struct Asked {
    inputs: Vec<String>,
    record: PathBuf,
    files: Vec<String>,
    table: Option<Box<dyn RecordBatchReader + Send>>,
    as_is: bool,
    document_time: Option<String>,
    model: Option<PathBuf>,
    keep: KeepBytes,
    memory: usize,
    /// Are new reports compared with those near them alone?
    nearby: bool,
    threads: NonZeroUsize,
}

/// What the record holds, and how many of its reports were compared with those near them alone.
type Held = (Tally, u64);

/// What became of the inputs.
#[derive(Default)]
struct Counts {
    read: u64,
    known: u64,
    set_aside: Vec<(String, String)>,
}

/// Builds a record and says what it holds.
#[pyfunction]
#[pyo3(signature = (inputs, record, *, annotation_files = vec![], annotation_table = None, as_is = false, document_time = None, model = None, keep_captures = true, memory = None, nearby = false, threads = None))]
#[expect(clippy::too_many_arguments, reason = "they are named where they are given")]
pub(crate) fn build<'py>(
    py: Python<'py>,
    inputs: Vec<String>,
    record: PathBuf,
    annotation_files: Vec<String>,
    annotation_table: Option<AnyRecordBatch>,
    as_is: bool,
    document_time: Option<String>,
    model: Option<PathBuf>,
    keep_captures: bool,
    memory: Option<i64>,
    nearby: bool,
    threads: Option<usize>,
) -> PyResult<Bound<'py, PyDict>> {
    let asked = Asked {
        inputs,
        record,
        files: annotation_files,
        table: annotation_table.map(AnyRecordBatch::into_reader).transpose()?,
        as_is,
        document_time,
        model,
        keep: if keep_captures { KeepBytes::Yes } else { KeepBytes::ReferenceOnly },
        memory: bytes(memory)?,
        nearby,
        threads: count(threads)?,
    };
    let start = Instant::now();
    let (counts, (tally, nearby)) = py.detach(|| built(asked))?;
    let summary = PyDict::new(py);
    summary.set_item("captures", counts.read + counts.known)?;
    summary.set_item("read", counts.read)?;
    summary.set_item("known", counts.known)?;
    summary.set_item("set_aside", counts.set_aside)?;
    summary.set_item("articles", tally.articles)?;
    summary.set_item("events", tally.events)?;
    summary.set_item("accounts", tally.accounts)?;
    summary.set_item("independent_accounts", tally.independent_accounts)?;
    summary.set_item("disputed", tally.disputed)?;
    summary.set_item("nearby", nearby)?;
    summary.set_item("seconds", start.elapsed().as_secs_f64())?;
    Ok(summary)
}

fn built(asked: Asked) -> PyResult<(Counts, Held)> {
    let mut record = StoreWriter::open(&asked.record).map_err(failed)?;
    let mut counts = Counts::default();
    if !asked.inputs.is_empty() {
        let config = config(&asked)?;
        let ingest_config = Config { treatment: treatment(asked.as_is), ..Config::default() };
        let inputs = ingest(&asked.inputs, &ingest_config);
        read_into(&mut record, &config, inputs, |step| counts.step(&step)).map_err(failed)?;
    }
    let files = asked.files.into_iter().flat_map(|file| annotated_lines(&file));
    let table = asked.table.into_iter().flat_map(table_lines);
    take_annotations_into(&mut record, files.chain(table), asked.threads, |step| counts.step(&step))
        .map_err(failed)?;
    let with = if asked.nearby { CompareWith::Nearby } else { CompareWith::All };
    compare_added(&mut record, with, asked.memory, |_| {}).map_err(failed)?;
    let set_aside = counts.set_aside.len() as u64;
    record.note_build(BuildRow { version: VERSION, captures: counts.read, set_aside }).map_err(failed)?;
    let tally = record.store().tally().map_err(failed)?;
    Ok((counts, (tally, record.store().compared_nearby().map_err(failed)?)))
}

/// So many bytes, or as many as the command line takes.
fn bytes(memory: Option<i64>) -> PyResult<usize> {
    let Some(memory) = memory else { return Ok(COMPARE_MEMORY) };
    usize::try_from(memory).map_err(|_| wrong("memory: a number of bytes, such as 2 << 30"))
}

impl Counts {
    fn step(&mut self, step: &BuildStep<'_>) {
        match step {
            BuildStep::Read => self.read += 1,
            BuildStep::Known => self.known += 1,
            BuildStep::SetAside(input) => {
                self.set_aside.push((input.diagnostic.code.clone(), input.to_string()));
            }
        }
    }
}

fn config(asked: &Asked) -> PyResult<BuildConfig> {
    let time = asked.document_time.as_deref().map(moment).transpose()?;
    let language = language(asked.model.clone())?;
    let reading = reading(&language, time);
    let annotator = Annotator::new(language, Depth::Full, time);
    Ok(BuildConfig { annotator, reading, keep: asked.keep, threads: asked.threads })
}

/// The lines in a table's column `annotation`.
fn table_lines(batches: Box<dyn RecordBatchReader + Send>) -> impl Iterator<Item = AnnotatedLine> + Send {
    let mut before = 0;
    batches.flat_map(move |batch| {
        let first = before;
        let lines = match batch {
            Ok(batch) => {
                before += batch.num_rows();
                batch_lines(&batch, first)
            }
            Err(error) => vec![set_aside(None, error.to_string())],
        };
        lines.into_iter()
    })
}

fn batch_lines(batch: &RecordBatch, first: usize) -> Vec<AnnotatedLine> {
    let Some(column) = batch.column_by_name("annotation") else {
        return vec![set_aside(None, "has no column of text called `annotation`".to_owned())];
    };
    let column = match cast(column, &DataType::LargeUtf8) {
        Ok(column) => column,
        Err(error) => return vec![set_aside(None, error.to_string())],
    };
    let lines = column.as_string::<i64>();
    let line = |row: usize| {
        lines.is_valid(row).then(|| {
            let place = Some(format!("row {}", first + row + 1));
            AnnotatedLine::Line(Origin { file: TABLE.to_owned(), place }, lines.value(row).to_owned())
        })
    };
    (0..lines.len()).filter_map(line).collect()
}

/// What a table is called in the record.
const TABLE: &str = "table";

fn set_aside(place: Option<String>, message: String) -> AnnotatedLine {
    let diagnostic = Diagnostic::new("unreadable-file", Severity::Error, message);
    AnnotatedLine::SetAside(SetAsideInput { origin: Origin { file: TABLE.to_owned(), place }, diagnostic })
}
