//! A cluster of copies: each witness against the one that the others go back to.

use axum::Json;
use axum::extract::State;
use dateline_store::{Store, WitnessRow};
use serde::Serialize;
use utoipa::ToSchema;

use super::compare::{Variant, is_long, variants};
use crate::asked::Named;
use crate::failure::{Failure, Trouble};
use crate::readers::Readers;
use crate::shapes::ReportInList;

/// A cluster of copies.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cluster {
    /// Its number.
    cluster: u32,
    /// The report that the others are held against.
    base: String,
    /// Is it known that the others go back to it?
    is_base_first: bool,
    /// How many witnesses there are.
    total: usize,
    /// The witnesses, by day; at most 60.
    witnesses: Vec<Witness>,
}

/// One report of a cluster.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Witness {
    /// The report.
    report: ReportInList,
    /// Witnesses with the same number go back to one text.
    origin: u32,
    /// Its text and the base's in one: `a` is the base, `b` this one.
    pieces: Vec<Variant>,
    /// Does one of the two texts go on? Only the first 4,000 words are compared.
    is_cut: bool,
}

/// A cluster of copies with the differences of its witnesses.
#[utoipa::path(get, path = "/api/clusters/{cluster}", params(("cluster" = u32, Path, description = "Its number")), responses(
    (status = 200, body = Cluster), (status = 404, body = Trouble), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn cluster(
    State(readers): State<Readers>,
    Named(cluster): Named<u32>,
) -> Result<Json<Cluster>, Failure> {
    readers.ask(move |store| Cluster::read(store, cluster)).await.map(Json)
}

/// So many witnesses are shown.
const WITNESSES: usize = 60;

impl Cluster {
    fn read(store: &Store, cluster: u32) -> Result<Self, Failure> {
        let rows = store.witnesses(cluster)?;
        let missing = || Failure::Missing(format!("there is no cluster {cluster}"));
        let first = rows.iter().find_map(|row| row.first.clone());
        let base = first.clone().or_else(|| Some(rows.first()?.head.id.clone())).ok_or_else(missing)?;
        let base_text = store.article(&base)?.unwrap_or_default().text;
        let witness = |row: WitnessRow| {
            let text = store.article(&row.head.id)?.unwrap_or_default().text;
            let pieces = variants(&base_text, &text);
            let is_cut = is_long(&base_text) || is_long(&text);
            Ok(Witness { report: row.head.into(), origin: row.origin, pieces, is_cut })
        };
        let total = rows.len();
        let witnesses = rows.into_iter().take(WITNESSES).map(witness).collect::<Result<_, Failure>>()?;
        Ok(Self { cluster, base, is_base_first: first.is_some(), total, witnesses })
    }
}
