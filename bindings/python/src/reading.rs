//! `extract` and `annotate`: a batch of rows comes in, a batch with a row for each goes out.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use dateline::export::{ByteMap, Tokens, article_line};
use dateline::extract::Extractor;
use dateline::ingest::{Config, Ingest, Ingested, SetAsideInput, Treatment, ingest};
use dateline::model::{Article, Capture, Moment};
use dateline::nlp::Pipeline;
use dateline::pipeline::{Annotator, Carried, Depth, Extracted, Printer, VERSION, read_inputs};
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PySchema};
use serde_json::json;

use crate::columns::{Read, Row, batch, schema};
use crate::errors::{failed, wrong};
use crate::rows::Rows;
use crate::signature::Signature;

/// Reads rows; loaded once, used by any number of threads.
#[pyclass(frozen, module = "dateline._dateline")]
pub(crate) struct Reader {
    extractor: Extractor,
    /// None where only articles are wanted.
    annotating: Option<Annotating>,
    config: Config,
    threads: NonZeroUsize,
}

struct Annotating {
    annotator: Annotator,
    printer: Printer,
}

#[pymethods]
impl Reader {
    /// A reader of articles, or of all that stands in them.
    #[new]
    #[pyo3(signature = (annotate, *, as_is = false, tokens = false, for_build = true, document_time = None, model = None, threads = None))]
    #[expect(clippy::too_many_arguments, reason = "they are named where they are given")]
    fn new(
        py: Python<'_>,
        annotate: bool,
        as_is: bool,
        tokens: bool,
        for_build: bool,
        document_time: Option<&str>,
        model: Option<PathBuf>,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let time = document_time.map(moment).transpose()?;
        let load = || annotating(model, time, if tokens { Tokens::With } else { Tokens::Without }, for_build);
        let annotating = match annotate {
            true => Some(py.detach(load)?),
            false => None,
        };
        let config = Config { treatment: treatment(as_is), ..Config::default() };
        Ok(Self { extractor: Extractor::new(), annotating, config, threads: count(threads)? })
    }

    /// The names and types of what `read` gives.
    fn schema(&self) -> PySchema {
        PySchema::new(schema(self.depth()))
    }

    /// Reads a batch. A row that cannot be read is a row that says why.
    fn read<'py>(&self, py: Python<'py>, rows: PyRecordBatch) -> PyResult<Bound<'py, PyAny>> {
        let read = py.detach(|| self.batch(&rows.into_inner())).map_err(wrong_columns)?;
        PyRecordBatch::new(read).into_pyarrow(py)
    }
}

/// The pages of files, read batch by batch.
#[pyclass(frozen, module = "dateline._dateline")]
pub(crate) struct Files {
    reader: Py<Reader>,
    pages: Mutex<Ingest>,
}

#[pymethods]
impl Files {
    /// Reads files and folders as the command line does.
    #[new]
    fn new(reader: Py<Reader>, inputs: Vec<String>) -> Self {
        let pages = Mutex::new(ingest(inputs, &reader.get().config));
        Self { reader, pages }
    }

    /// The next so many pages, or what was set aside in their place; none at the end.
    fn next<'py>(&self, py: Python<'py>, count: usize) -> PyResult<Option<Bound<'py, PyAny>>> {
        let reader = self.reader.get();
        let read = py.detach(|| {
            let pages: Vec<Ingested> =
                self.pages.lock().unwrap_or_else(PoisonError::into_inner).by_ref().take(count).collect();
            if pages.is_empty() { Ok(None) } else { reader.pages(pages).map(Some) }
        });
        let read = read.map_err(failed)?;
        read.map(|read| PyRecordBatch::new(read).into_pyarrow(py)).transpose()
    }
}

impl Reader {
    fn pages(&self, pages: Vec<Ingested>) -> Result<RecordBatch, ArrowError> {
        let mut read = Vec::with_capacity(pages.len());
        read_inputs(
            pages.into_iter(),
            self.threads,
            |capture| self.row(capture),
            |extracted| {
                read.push(match extracted {
                    Extracted::Article(row) => row,
                    Extracted::SetAside(aside) => set_aside(&place(&aside), &aside),
                });
                ControlFlow::Continue(())
            },
        );
        batch(&read, self.depth())
    }

    fn depth(&self) -> Read {
        if self.annotating.is_some() { Read::Annotation } else { Read::Article }
    }

    fn batch(&self, given: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let rows = Rows::of(given)?;
        let names = rows.names();
        let mut read = Vec::with_capacity(names.len());
        read_inputs(
            rows.captures(self.config.clone()),
            self.threads,
            |capture| self.row(capture),
            |extracted| {
                let name = names.get(read.len()).map_or("", String::as_str);
                read.push(match extracted {
                    Extracted::Article(row) => row,
                    Extracted::SetAside(aside) => set_aside(name, &aside),
                });
                ControlFlow::Continue(())
            },
        );
        batch(&read, self.depth())
    }

    fn row(&self, capture: &Capture) -> Row {
        let article = self.extractor.extract(capture);
        let signature = self.annotating.is_some().then(|| Signature::of(article.text.as_str()));
        Row { line: self.line(capture, &article).ok(), instead: String::new(), signature }
    }

    fn line(&self, capture: &Capture, article: &Article) -> Result<String, serde_json::Error> {
        match &self.annotating {
            Some(annotating) => {
                annotating.printer.line(capture, article, &annotating.annotator.annotate(article))
            }
            None => article_line(article, ByteMap::Without),
        }
    }
}

/// File and place, for what has no name of its own.
fn place(aside: &SetAsideInput) -> String {
    match &aside.origin.place {
        Some(place) => format!("{}, {place}", aside.origin.file),
        None => aside.origin.file.clone(),
    }
}

/// A row that says why there is nothing in it.
fn set_aside(id: &str, aside: &SetAsideInput) -> Row {
    let instead = json!({ "id": id, "diagnostics": [aside.diagnostic] }).to_string();
    Row { line: None, instead, signature: None }
}

fn annotating(
    model: Option<PathBuf>,
    document_time: Option<Moment>,
    tokens: Tokens,
    for_build: bool,
) -> PyResult<Annotating> {
    let language = language(model)?;
    let carried = match for_build {
        true => Carried::Capture { reading: reading(&language, document_time) },
        false => Carried::Nothing,
    };
    let annotator = Annotator::new(language, Depth::Full, document_time);
    Ok(Annotating { annotator, printer: Printer::new(tokens, carried) })
}

/// The model at a path, or the one inside.
pub(crate) fn language(model: Option<PathBuf>) -> PyResult<Pipeline> {
    match model {
        Some(path) => Pipeline::load(&path)
            .map_err(|error| failed(format!("cannot load the model {}: {error}", path.display()))),
        None => Pipeline::english().map_err(failed),
    }
}

/// What tells a reading from another, as the command line says it.
pub(crate) fn reading(language: &Pipeline, document_time: Option<Moment>) -> String {
    let about = language.about();
    let reading = format!("dateline {VERSION}, {} {}", about.package(), about.version);
    match document_time {
        Some(time) => format!("{reading}, document time {time}"),
        None => reading,
    }
}

pub(crate) fn moment(written: &str) -> PyResult<Moment> {
    written.parse().map_err(|error| wrong(format!("document_time: {error}")))
}

pub(crate) fn treatment(as_is: bool) -> Treatment {
    if as_is { Treatment::AsIs } else { Treatment::Clean }
}

/// So many threads, or all cores.
pub(crate) fn count(threads: Option<usize>) -> PyResult<NonZeroUsize> {
    match threads {
        Some(threads) => NonZeroUsize::new(threads).ok_or_else(|| wrong("threads: at least 1")),
        None => Ok(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)),
    }
}

/// Columns that cannot be read are the caller's; the words are the library's.
fn wrong_columns(error: ArrowError) -> PyErr {
    match error {
        ArrowError::SchemaError(message) => wrong(message),
        other => failed(other),
    }
}
