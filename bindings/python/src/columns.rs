//! Lines of JSON as columns, under the names that the lines give them.
//!
//! The last column is the line itself, byte for byte what the command line prints; the columns before it are read
//! from that line, so that they cannot say anything else.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};

use crate::signature::Signature;

/// A row: its line, or what is to be said in its place; and what its text is found again by.
pub(crate) struct Row {
    /// The line that is kept; none where the row could not be read.
    pub(crate) line: Option<String>,
    /// An object with `id` and `diagnostics` where there is no line.
    pub(crate) instead: String,
    /// Of the text; none where there is none, or none was asked for.
    pub(crate) signature: Option<Signature>,
}

/// How deep a row is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// The article alone.
    Article,
    /// All stages.
    Annotation,
}

/// The rows as one batch.
pub(crate) fn batch(rows: &[Row], read: Read) -> Result<RecordBatch, ArrowError> {
    let fields = Arc::new(Schema::new(parsed_fields(read)));
    let mut decoder = ReaderBuilder::new(fields).with_batch_size(rows.len().max(1)).build_decoder()?;
    for row in rows {
        decoder.decode(row.line.as_ref().unwrap_or(&row.instead).as_bytes())?;
        decoder.decode(b"\n")?;
    }
    let schema = schema(read);
    let Some(parsed) = decoder.flush()? else { return Ok(RecordBatch::new_empty(schema)) };
    let mut columns = parsed.columns().to_vec();
    if read == Read::Annotation {
        columns.push(hashes(rows, |signature| &signature.bands));
        columns.push(hashes(rows, |signature| &signature.runs));
    }
    let lines: StringArray = rows.iter().map(|row| row.line.as_deref()).collect();
    columns.push(Arc::new(lines));
    RecordBatch::try_new(schema, columns)
}

fn hashes(rows: &[Row], of: impl Fn(&Signature) -> &[i64]) -> ArrayRef {
    let mut list = ListBuilder::new(Int64Builder::new());
    for row in rows {
        match &row.signature {
            Some(signature) => list.append_value(of(signature).iter().copied().map(Some)),
            None => list.append_null(),
        }
    }
    Arc::new(list.finish())
}

/// Names and types of the columns that come out.
pub(crate) fn schema(read: Read) -> SchemaRef {
    let mut fields = parsed_fields(read);
    match read {
        Read::Article => fields.push(text("article")),
        Read::Annotation => {
            fields.extend(["bands", "runs"].map(|name| list(name, DataType::Int64)));
            fields.push(text("annotation"));
        }
    }
    Arc::new(Schema::new(fields))
}

fn parsed_fields(read: Read) -> Vec<Field> {
    let mut fields = article();
    if read == Read::Annotation {
        fields.push(list("remarks", diagnostic()));
        fields.extend(annotations());
    }
    fields
}

fn article() -> Vec<Field> {
    let mut fields =
        texts(&["id", "uri", "sha256", "media_type", "charset", "retrieved", "language", "headline"]);
    fields.extend(texts(&["publisher", "byline"]));
    fields.push(list("credits", DataType::Utf8));
    fields.push(Field::new("published", record(texts(&["value", "basis", "quote", "reason"])), true));
    fields.push(Field::new("dateline", record(texts(&["place", "date"])), true));
    fields.push(text("text"));
    fields.push(list("set_aside", record(texts(&["quote", "why"]))));
    fields.push(list("diagnostics", diagnostic()));
    fields
}

fn annotations() -> Vec<Field> {
    let stretches = || DataType::new_list(pair(), true);
    let party = || {
        let mut fields = stretch();
        fields.extend(texts(&["entity", "code", "text"]));
        DataType::new_list(record(fields), true)
    };
    let mut entity = stretch();
    entity.extend(texts(&["type", "text", "entity", "link", "country", "code", "reason", "of"]));
    let mut time = stretch();
    time.extend(texts(&["type", "value", "mod"]));
    time.push(list("interval", DataType::Utf8));
    time.extend(texts(&["text", "anchor", "of"]));
    let mut place = stretch();
    place.extend([text("text"), whole("geonames"), real("lat"), real("lon"), text("country")]);
    place.extend([whole("candidates"), text("reason"), text("of")]);
    let mut statement: Vec<Field> =
        ["source", "cue", "content"].map(|name| Field::new(name, stretches(), true)).to_vec();
    statement.extend(texts(&["kind", "speaker", "reason"]));
    statement.push(list("reported_by", DataType::Utf8));
    statement.push(text("medium"));
    statement.push(Field::new("occasion", stretches(), true));
    statement.extend(texts(&["addressee", "of"]));
    let mut event = texts(&["type", "mode", "cameo"]);
    event.push(Field::new("trigger", stretches(), true));
    event.extend(["actor", "recipient"].map(|name| Field::new(name, party(), true)));
    event.push(text("time"));
    let mut event_place = stretch();
    event_place.extend([text("text"), whole("geonames")]);
    event.push(Field::new("place", record(event_place), true));
    event.push(list("context", DataType::Utf8));
    event.push(Field::new("negated", DataType::Boolean, true));
    event.push(text("modality"));
    let mut count = vec![text("kind"), whole("min"), whole("max"), text("counted"), text("by")];
    count.extend(stretch());
    event.push(list("counts", record(count)));
    event.extend([whole("asserted_by"), text("pattern"), text("of")]);
    vec![
        list("sentences", pair()),
        list("entities", record(entity)),
        list("times", record(time)),
        list("places", record(place)),
        list("attributions", record(statement)),
        list("events", record(event)),
    ]
}

fn diagnostic() -> DataType {
    record(texts(&["code", "severity", "message", "quote", "hint"]))
}

/// Start and end, in code points of `text`, or of the headline where `of` says so.
fn stretch() -> Vec<Field> {
    vec![whole("start"), whole("end")]
}

fn pair() -> DataType {
    DataType::new_list(DataType::Int32, true)
}

fn record(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::new_list(of, true), true)
}

fn texts(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| text(name)).collect()
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int32, true)
}

fn real(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}
