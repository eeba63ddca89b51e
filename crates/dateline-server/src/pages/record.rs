//! The record as a whole: how much it holds, and whether its events are those of its reports.

use axum::Json;
use axum::extract::State;
use dateline_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::corrector::Corrector;
use crate::failure::{Failure, Trouble};
use crate::memory::{Memory, Told};
use crate::readers::Readers;
use crate::shapes::Count;

/// The record as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Record {
    /// Its file's name.
    name: String,
    /// Version of Dateline that made the events; null where they are not yet those of all reports.
    version: Option<String>,
    /// Were reports added or taken out, and the events not yet made anew?
    is_stale: bool,
    /// Reports that were compared with those nearby alone (`build --nearby`); 0 where each was compared with all.
    compared_nearby: u64,
    /// May readers correct it here?
    may_correct: bool,
    /// Reports.
    articles: u64,
    /// Outlets.
    publishers: u64,
    /// Statements.
    statements: u64,
    /// Events.
    events: u64,
    /// Events on which accounts differ.
    disputed: u32,
    /// Events all of whose accounts go back to one origin.
    one_origin: u32,
    /// Events of unknown time.
    undated: u32,
    /// First day of publication.
    first: Option<String>,
    /// Last day of publication.
    last: Option<String>,
    /// Inputs that gave no article, by reason.
    set_aside: Vec<Count>,
}

/// How much the record holds.
#[utoipa::path(get, path = "/api/record", responses(
    (status = 200, body = Record), (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn record(
    State(readers): State<Readers>,
    State(corrector): State<Corrector>,
) -> Result<Json<Record>, Failure> {
    let (name, may_correct) = (readers.name(), corrector.may_write());
    let read = move |_: &Store, memory: &Memory| Ok(Record::of(name, may_correct, memory));
    readers.ask_with_memory(read).await.map(Json)
}

impl Record {
    fn of(name: String, may_correct: bool, memory: &Memory) -> Self {
        let Memory { tally, made_with, is_stale, compared_nearby, events, .. } = memory;
        let count = |is_so: fn(&Told) -> bool| {
            u32::try_from(events.iter().filter(|told| is_so(told)).count()).unwrap_or(u32::MAX)
        };
        let set_aside = tally.set_aside.iter();
        Self {
            name,
            version: made_with.clone().filter(|_| !is_stale),
            is_stale: *is_stale,
            compared_nearby: *compared_nearby,
            may_correct,
            articles: tally.articles,
            publishers: tally.publishers,
            statements: tally.statements,
            events: tally.events,
            disputed: count(Told::is_disputed),
            one_origin: count(Told::is_of_one_origin),
            undated: count(|told| told.row.first.is_none()),
            first: tally.published.as_ref().map(|(first, _)| first.clone()),
            last: tally.published.as_ref().map(|(_, last)| last.clone()),
            set_aside: set_aside
                .map(|(why, n)| Count::new(why, u32::try_from(*n).unwrap_or(u32::MAX)))
                .collect(),
        }
    }
}
