//! Correcting: what a correction would change, and making it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dateline_export::{Difference, EventView, differences};
use dateline_model::Correction;
use dateline_pipeline::{Changed, EventChange};
use serde::Serialize;
use utoipa::ToSchema;

use super::corrections::Entry;
use crate::corrector::Corrector;
use crate::failure::{Failure, Trouble};
use crate::memory::Memory;
use crate::posted::Posted;
use crate::readers::Readers;

/// A correction, and what it changes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changes {
    /// The entry of the log.
    entry: Entry,
    /// How many events it changes.
    total: usize,
    /// The events, by name; at most 100.
    events: Vec<ChangedEvent>,
}

/// An event that is not as it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedEvent {
    /// Its name.
    event: String,
    /// `new`, `gone` or `changed`.
    becomes: &'static str,
    /// Who did what to whom, as it is afterwards; of one that is gone, as it was.
    title: String,
    /// When.
    time: Option<String>,
    /// How many reports tell it.
    accounts: usize,
    /// What is not as it was.
    fields: Vec<ChangedField>,
}

/// A field that is not as it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedField {
    /// The field.
    field: String,
    /// Its value before, with how far the accounts agree.
    before: String,
    /// Its value after.
    after: String,
}

/// What a correction would change. Nothing is written.
#[utoipa::path(post, path = "/api/corrections/preview", request_body = Posted,
    params(("x-dateline" = String, Header, description = "`correct`", pattern = "^correct$")),
    responses(
        (status = 200, body = Changes), (status = 400, body = Trouble), (status = 403, body = Trouble),
        (status = 409, body = Trouble, description = "What it names is not in the record or not clear, or \
            reports were added that are not yet compared"),
        (status = 413, body = Trouble), (status = 415, body = Trouble),
        (status = 500, body = Trouble), (status = 503, body = Trouble)
    ))]
pub(crate) async fn preview(
    State(readers): State<Readers>,
    State(corrector): State<Corrector>,
    posted: Posted,
) -> Result<Json<Changes>, Failure> {
    let (entry, changed) = corrector.preview(posted).await?;
    let memory = readers.memory().await?;
    Changes::of(&entry, &changed, &memory).map(Json)
}

/// Makes a correction: an entry at the end of the log, and the record brought up to date.
#[utoipa::path(post, path = "/api/corrections", request_body = Posted,
    params(("x-dateline" = String, Header, description = "`correct`", pattern = "^correct$")),
    responses(
        (status = 201, body = Changes), (status = 400, body = Trouble), (status = 403, body = Trouble),
        (status = 409, body = Trouble, description = "What it names is not in the record or not clear, or \
            reports were added that are not yet compared"),
        (status = 413, body = Trouble), (status = 415, body = Trouble),
        (status = 500, body = Trouble), (status = 503, body = Trouble)
    ))]
pub(crate) async fn make(
    State(readers): State<Readers>,
    State(corrector): State<Corrector>,
    posted: Posted,
) -> Result<(StatusCode, Json<Changes>), Failure> {
    let (entry, changed) = corrector.make(posted).await?;
    let memory = readers.memory().await?;
    Ok((StatusCode::CREATED, Json(Changes::of(&entry, &changed, &memory)?)))
}

/// So many events are told; one that joins two names may change thousands.
const TOLD: usize = 100;

impl Changes {
    fn of(entry: &Correction, changed: &Changed, memory: &Memory) -> Result<Self, Failure> {
        let events =
            changed.events.iter().take(TOLD).filter_map(|change| ChangedEvent::of(change).transpose());
        Ok(Self {
            entry: Entry::of(entry, changed.outcomes.first(), memory),
            total: changed.events.len(),
            events: events.collect::<Result<_, _>>()?,
        })
    }
}

impl ChangedEvent {
    fn of(change: &EventChange) -> Result<Option<Self>, Failure> {
        let view = |told: &Option<(String, String)>| {
            told.as_ref().map(|(line, title)| Ok((EventView::of_line(line)?, title.clone()))).transpose()
        };
        let sides: (Result<_, serde_json::Error>, _) = (view(&change.before), view(&change.after));
        let (before, after) = (sides.0?, sides.1?);
        let fields = match (&before, &after) {
            (Some((before, _)), Some((after, _))) => differences(before, after),
            _ => Vec::new(),
        };
        let becomes = match (&before, &after) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "changed",
        };
        Ok(after.or(before).map(|(view, title)| Self {
            event: change.name.clone(),
            becomes,
            title,
            time: view.time_value().map(str::to_owned),
            accounts: view.accounts.len(),
            fields: fields.into_iter().map(ChangedField::from).collect(),
        }))
    }
}

impl From<Difference> for ChangedField {
    fn from(difference: Difference) -> Self {
        let Difference { field, before, after } = difference;
        Self { field, before, after }
    }
}
