//! The outlets of the record.

use axum::Json;
use axum::extract::State;
use dateline_store::OutletRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::failure::{Failure, Trouble};
use crate::memory::SlowPart;
use crate::readers::Readers;

/// The outlets, most reports first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Publishers {
    /// The outlets.
    publishers: Vec<Publisher>,
}

/// An outlet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Publisher {
    /// Its name; null for the reports that name none.
    publisher: Option<String>,
    /// How many reports.
    reports: u32,
    /// Day of its first report.
    first: Option<String>,
    /// Day of its last.
    last: Option<String>,
    /// How many of its reports copy or rewrite an earlier one of the record.
    carried: u32,
}

/// The outlets: how much they wrote, when, and how much of it they carried from others.
#[utoipa::path(get, path = "/api/publishers", responses(
    (status = 200, body = Publishers), (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn publishers(State(readers): State<Readers>) -> Result<Json<Publishers>, Failure> {
    let read = |store: &dateline_store::Store, memory: &crate::memory::Memory| {
        let publishers = memory.outlets(store)?.iter().cloned().map(Publisher::from).collect();
        Ok(Publishers { publishers })
    };
    readers.ask_with_part(SlowPart::Outlets, read).await.map(Json)
}

impl From<OutletRow> for Publisher {
    fn from(row: OutletRow) -> Self {
        let OutletRow { publisher, reports, first, last, carried } = row;
        Self { publisher, reports, first, last, carried }
    }
}
