//! Statements: who said what, through whom, in which report.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use dateline_store::{COUNTED, StatementChoice, StatementRow, Store};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::timeline::Stretch;
use crate::asked::{Asked, limit, offset};
use crate::failure::{Failure, Trouble};
use crate::memory::{Memory, SlowPart};
use crate::readers::Readers;
use crate::shapes::{Count, ReportInList, most};

/// Which statements; what is not given does not narrow them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Key of who says it.
    speaker: Option<String>,
    /// Through whom it came.
    relay: Option<String>,
    /// The outlet that prints it.
    publisher: Option<String>,
    /// The report that prints it.
    report: Option<String>,
}

/// Statements.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Statements {
    /// How many there are, counted up to 10,000.
    total: u32,
    /// Are there more than were counted?
    is_more: bool,
    /// Those who say most in the whole record.
    speakers: Vec<Count>,
    /// Those through whom the statements of this answer came.
    relays: Vec<Count>,
    /// A stretch of them.
    statements: Vec<Statement>,
}

/// A statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Statement {
    /// The report that prints it.
    report: ReportInList,
    /// `text` or `headline`: where the offsets count.
    of: String,
    /// First code point.
    start: u32,
    /// One past the last.
    end: u32,
    /// Key of who says it; null where nothing tells.
    speaker: Option<String>,
    /// The words that name the speaker.
    source: Option<String>,
    /// The words that make it a statement.
    cue: Option<String>,
    /// `direct`, `indirect` or `mixed`.
    kind: String,
    /// What is said.
    content: String,
    /// Through whom it came, from the speaker outwards.
    reported_by: Vec<String>,
    /// By what means.
    medium: Option<String>,
    /// To whom.
    addressee: Option<String>,
    /// Why this speaker.
    reason: String,
}

/// Who said what, through whom, in which report.
#[utoipa::path(get, path = "/api/statements", params(Which, Stretch), responses(
    (status = 200, body = Statements), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn statements(
    State(readers): State<Readers>,
    Asked(which): Asked<Which>,
    Asked(stretch): Asked<Stretch>,
) -> Result<Json<Statements>, Failure> {
    let (offset, limit) = (offset(stretch.offset)?, limit(stretch.limit)?);
    let Which { speaker, relay, publisher, report } = which;
    let choice = StatementChoice { speaker, relay, publisher, report };
    let read =
        move |store: &Store, memory: &Memory| Statements::read(store, memory, &choice, (offset, limit));
    readers.ask_with_part(SlowPart::Speakers, read).await.map(Json)
}

/// So many who pass words on are named.
const RELAYS: usize = 15;

impl Statements {
    fn read(
        store: &Store,
        memory: &Memory,
        choice: &StatementChoice,
        (offset, limit): (u32, u32),
    ) -> Result<Self, Failure> {
        let (total, rows) = store.chosen_statements(choice, offset, limit)?;
        let mut relays: BTreeMap<&str, u32> = BTreeMap::new();
        for relay in rows.iter().flat_map(|row| &row.reported_by) {
            *relays.entry(relay).or_default() += 1;
        }
        let relays = most(&relays, RELAYS).into_iter().map(|(who, n)| Count::new(who, n)).collect();
        let speakers = memory.speakers(store)?.most.iter().map(|(key, n)| {
            let mut count = Count::new(key, *n);
            count.name(memory);
            count
        });
        Ok(Self {
            total: total.min(COUNTED),
            is_more: total > COUNTED,
            speakers: speakers.collect(),
            relays,
            statements: rows.into_iter().map(Statement::from).collect(),
        })
    }
}

impl From<StatementRow> for Statement {
    fn from(row: StatementRow) -> Self {
        Self {
            report: row.report.into(),
            of: row.of,
            start: row.start,
            end: row.end,
            speaker: row.speaker,
            source: row.source,
            cue: row.cue,
            kind: row.kind,
            content: row.content,
            reported_by: row.reported_by,
            medium: row.medium,
            addressee: row.addressee,
            reason: row.reason,
        }
    }
}
