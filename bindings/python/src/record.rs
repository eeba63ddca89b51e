//! A record that is open for reading: its tables, its events as JSON, and search.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use dateline::export::{
    EventView, accounts_table, citations_table, claims_table, events_table, reports_table, statements_table,
};
use dateline::model::{KeptReport, Table};
use dateline::store::{FOUND, Hit, HitList, Query, Store, StoreError};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;

use crate::errors::{failed, wrong};
use crate::tables::table_batch;

/// A record. Another thread waits while one reads.
#[pyclass(frozen, module = "dateline._dateline")]
pub(crate) struct Record(Mutex<Store>);

/// One thing found: what kind of thing, its name, when, who, its title, and the words around.
type Found = (&'static str, String, Option<String>, Option<String>, Option<String>, String);

#[pymethods]
impl Record {
    /// Opens the record at a path.
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        py.detach(|| Store::open(&path)).map(|store| Self(Mutex::new(store))).map_err(failed)
    }

    /// One of its tables, by name.
    fn table<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let batch = py.detach(|| {
            let table = self.with(|record| table(record, name))?;
            table_batch(&table).map_err(failed)
        })?;
        let schema = batch.schema();
        PyTable::try_new(vec![batch], schema)?.into_pyarrow(py)
    }

    /// Every event as a line of JSON, as `dateline export --format jsonl` prints it.
    fn event_lines(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        py.detach(|| {
            self.with(|record| {
                Ok(record.events().map_err(failed)?.into_iter().map(|(line, _)| line).collect())
            })
        })
    }

    /// What matches a query.
    fn search(&self, py: Python<'_>, query: &str, limit: u32) -> PyResult<Vec<Found>> {
        let query = Query::parse(query).map_err(|error| wrong(error.to_string()))?;
        py.detach(|| {
            let hits = self.with(|record| record.search(&query, limit).map_err(failed))?;
            let kinds = [("event", hits.events), ("statement", hits.statements), ("article", hits.articles)];
            Ok(kinds.into_iter().flat_map(|(kind, hits)| found(kind, hits)).collect())
        })
    }
}

impl Record {
    fn with<T>(&self, work: impl FnOnce(&Store) -> PyResult<T>) -> PyResult<T> {
        work(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn table(record: &Store, name: &str) -> PyResult<Table> {
    Ok(match name {
        "events" => events_table(&events(record)?),
        "accounts" => accounts_table(&events(record)?),
        "claims" => claims_table(&events(record)?),
        "citations" => citations_table(&events(record)?),
        "statements" => statements_table(&record.statements().map_err(failed)?, &reports(record)?),
        "reports" => reports_table(&reports(record)?),
        other => return Err(wrong(format!("a record has no table {other:?}"))),
    })
}

fn events(record: &Store) -> PyResult<Vec<(EventView, String)>> {
    let events = record.events().map_err(failed)?.into_iter();
    events.map(|(line, title)| Ok((EventView::of_line(&line).map_err(failed)?, title))).collect()
}

fn reports(record: &Store) -> PyResult<Vec<KeptReport>> {
    let mut reports = Vec::new();
    let read = record.each_article(|article| {
        reports.push(article);
        Ok::<_, StoreError>(())
    });
    read.map_err(failed)?;
    Ok(reports)
}

fn found(kind: &'static str, hits: HitList) -> impl Iterator<Item = Found> {
    hits.hits.into_iter().map(move |hit| {
        let Hit { id, time, who, title, snippet, .. } = hit;
        let snippet = snippet.split_whitespace().collect::<Vec<_>>().join(" ");
        (kind, id, time, who, title, snippet.replace(FOUND.0, "[").replace(FOUND.1, "]"))
    })
}
