//! The events of a choice in a form for other programs, as `dateline export` writes it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dateline_export::{EventView, csv, eventreport_csv, events_table};
use dateline_store::Store;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::asked::Asked;
use crate::choice::Choice;
use crate::failure::{Failure, Trouble};
use crate::memory::Memory;
use crate::readers::Readers;

/// A form of export.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    /// One event a line, everything in it.
    Jsonl,
    /// A table of events.
    Csv,
    /// One row for each report of each event, for the R package eventreport.
    Eventreport,
}

/// In which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InForm {
    /// The form.
    #[param(inline)]
    format: Form,
}

/// The events of a choice, as a file.
#[utoipa::path(get, path = "/api/export", params(InForm, Choice), responses(
    (status = 200, description = "The file", content(
        (String = "application/x-ndjson"), (String = "text/csv; charset=utf-8")
    )),
    (status = 400, body = Trouble), (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn export(
    State(readers): State<Readers>,
    Asked(InForm { format }): Asked<InForm>,
    Asked(choice): Asked<Choice>,
) -> Result<Response, Failure> {
    let file = readers.ask_with_memory(move |store, memory| written(store, memory, &choice, format)).await?;
    let (kind, name) = match format {
        Form::Jsonl => ("application/x-ndjson", "events.jsonl"),
        Form::Csv => ("text/csv; charset=utf-8", "events.csv"),
        Form::Eventreport => ("text/csv; charset=utf-8", "eventreport.csv"),
    };
    let attached = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, attached)], file)
        .into_response())
}

fn written(store: &Store, memory: &Memory, choice: &Choice, form: Form) -> Result<String, Failure> {
    let chosen = choice.ready(memory)?;
    let mut lines = Vec::new();
    for told in memory.events.iter().filter(|told| chosen.has(told)) {
        lines.extend(store.event(&told.row.event)?);
    }
    if matches!(form, Form::Jsonl) {
        return Ok(lines.into_iter().map(|(line, _)| line + "\n").collect());
    }
    let views = lines.into_iter().map(|(line, title)| Ok((EventView::of_line(&line)?, title)));
    let views = views.collect::<Result<Vec<_>, serde_json::Error>>()?;
    Ok(if matches!(form, Form::Csv) { csv(&events_table(&views)) } else { eventreport_csv(&views) })
}
