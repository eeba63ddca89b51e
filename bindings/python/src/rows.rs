//! Rows of a record batch as captures: a row with `payload` is a page as it was fetched, any other is what a line of
//! JSON with the same fields would be.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeBinaryArray, LargeStringArray, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use dateline::ingest::{Config, Form, HandedPage, Ingested, SetAsideInput, handed, read};
use dateline::model::{Diagnostic, Origin, Severity};
use serde_json::{Map, Value};

/// A whole row as one line of JSON: what the package makes of a Python dictionary.
const LINE: &str = "__json__";

/// Fields of a line of JSON that a row may have.
const FIELDS: [&str; 9] =
    ["id", "text", "html", "url", "publisher", "headline", "byline", "published", "language"];

/// The columns of a batch that are read. Others are passed over.
pub(crate) struct Rows {
    count: usize,
    line: Option<Arc<LargeStringArray>>,
    payload: Option<Arc<LargeBinaryArray>>,
    content_type: Option<Arc<LargeStringArray>>,
    retrieved: Option<Arc<LargeStringArray>>,
    fields: Vec<(&'static str, Arc<LargeStringArray>)>,
}

impl Rows {
    /// Takes the columns out of `batch`; says which cannot be read, or which is missing.
    pub(crate) fn of(batch: &RecordBatch) -> Result<Self, ArrowError> {
        let named = |name: &str| batch.column_by_name(name);
        let text = |names: &[&str]| names.iter().find_map(|name| named(name)).map(text_column).transpose();
        let mut fields = Vec::new();
        for name in FIELDS {
            let names: &[&str] = if name == "url" { &["url", "uri"] } else { &[name] };
            if let Some(column) = text(names)? {
                fields.push((name, column));
            }
        }
        let rows = Self {
            count: batch.num_rows(),
            line: line_column(batch)?,
            payload: named("payload").map(binary_column).transpose()?,
            content_type: text(&["content_type"])?,
            retrieved: text(&["fetched", "retrieved"])?,
            fields,
        };
        let has_page = rows.line.is_some() || rows.payload.is_some() || rows.has("text") || rows.has("html");
        if has_page {
            return Ok(rows);
        }
        let message = "no column `payload`, `text` or `html`: there is nothing to read in the rows";
        Err(ArrowError::SchemaError(message.to_owned()))
    }

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| *known == name)
    }

    /// One capture for each row, or why it gives none, in their order.
    pub(crate) fn captures(self, config: Config) -> impl Iterator<Item = Ingested> + Send {
        (0..self.count).map(move |row| self.capture(row, &config))
    }

    fn capture(&self, row: usize, config: &Config) -> Ingested {
        let place = format!("row {}", row + 1);
        if let Some(line) = self.line.as_ref().and_then(|lines| cell(lines, row)) {
            return one_line(line.to_owned(), place, config);
        }
        let payload = self.payload.as_ref().filter(|payload| payload.is_valid(row));
        match payload {
            Some(payload) => {
                let page = self.page(row, payload.value(row).to_vec(), &place);
                handed(page, (ROWS, place), config)
            }
            None => one_line(self.json(row, &place), place, config),
        }
    }

    fn page(&self, row: usize, bytes: Vec<u8>, place: &str) -> HandedPage {
        let text = |column: &Option<Arc<LargeStringArray>>| {
            column.as_ref().and_then(|column| cell(column, row)).map(str::to_owned)
        };
        let uri = self.field("url", row).map(str::to_owned);
        HandedPage {
            id: self.name(row, place),
            content_type: text(&self.content_type),
            uri,
            retrieved: text(&self.retrieved),
            bytes,
        }
    }

    /// The row's own name, its address, or its place.
    pub(crate) fn name(&self, row: usize, place: &str) -> String {
        let given =
            ["id", "url"].iter().find_map(|name| self.field(name, row).filter(|name| !name.is_empty()));
        given.unwrap_or(place).to_owned()
    }

    fn json(&self, row: usize, place: &str) -> String {
        let mut line = Map::new();
        for (name, column) in &self.fields {
            if let Some(value) = cell(column, row) {
                line.insert((*name).to_owned(), value.into());
            }
        }
        if let Some(retrieved) = self.retrieved.as_ref().and_then(|column| cell(column, row)) {
            line.insert("retrieved".to_owned(), retrieved.into());
        }
        line.insert("id".to_owned(), self.name(row, place).into());
        Value::Object(line).to_string()
    }

    fn field(&self, name: &str, row: usize) -> Option<&str> {
        self.fields.iter().find(|(known, _)| *known == name).and_then(|(_, column)| cell(column, row))
    }

    /// What each row is called, for those that cannot be read.
    pub(crate) fn names(&self) -> Vec<String> {
        (0..self.count).map(|row| self.name_in_line(row)).collect()
    }

    fn name_in_line(&self, row: usize) -> String {
        let place = format!("row {}", row + 1);
        let line = self.line.as_ref().and_then(|lines| cell(lines, row));
        let id =
            line.and_then(|line| serde_json::from_str::<Value>(line).ok()).map(|line| line["id"].clone());
        match id {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => self.name(row, &place),
        }
    }
}

/// What the rows are called where a message names the input.
const ROWS: &str = "rows";

/// The capture of one line of JSON.
fn one_line(line: String, place: String, config: &Config) -> Ingested {
    let first = read(std::io::Cursor::new(line), ROWS, Form::JsonLines, config).next();
    let nothing = || {
        let diagnostic = Diagnostic::new("empty", Severity::Warning, "holds no text");
        Ingested::SetAside(SetAsideInput {
            origin: Origin { file: ROWS.to_owned(), place: None },
            diagnostic,
        })
    };
    match first.unwrap_or_else(nothing) {
        Ingested::Capture(mut capture) => {
            capture.origin.place = Some(place);
            Ingested::Capture(capture)
        }
        Ingested::SetAside(mut aside) => {
            aside.origin.place = Some(place);
            Ingested::SetAside(aside)
        }
    }
}

fn cell(column: &LargeStringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

/// Any column that can be read as text: strings of every layout, numbers, days and moments, in ISO 8601.
fn text_column(column: &ArrayRef) -> Result<Arc<LargeStringArray>, ArrowError> {
    // `published`, as `extract` gives it: a value with what tells it.
    let value = column.as_struct_opt().and_then(|published| published.column_by_name("value"));
    Ok(Arc::new(cast(value.unwrap_or(column), &DataType::LargeUtf8)?.as_string::<i64>().clone()))
}

/// Whole rows: the package's own, or the column `article` of what `extract` gave.
fn line_column(batch: &RecordBatch) -> Result<Option<Arc<LargeStringArray>>, ArrowError> {
    let extracted = batch.column_by_name("article").filter(|_| batch.column_by_name("sha256").is_some());
    batch.column_by_name(LINE).or(extracted).map(text_column).transpose()
}

/// Any column of bytes or text.
fn binary_column(column: &ArrayRef) -> Result<Arc<LargeBinaryArray>, ArrowError> {
    let column = match column.data_type() {
        // A view of text becomes text first.
        DataType::Utf8View => cast(column, &DataType::LargeUtf8)?,
        _ => column.clone(),
    };
    Ok(Arc::new(cast(&column, &DataType::LargeBinary)?.as_binary::<i64>().clone()))
}
