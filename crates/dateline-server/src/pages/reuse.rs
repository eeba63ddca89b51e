//! Reuse: which outlets carry text of which, the pairs behind it, and the clusters of copies.

use axum::Json;
use axum::extract::State;
use dateline_store::{ClusterRow, FlowRow, Store};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::timeline::Stretch;
use crate::asked::{Asked, limit, offset};
use crate::failure::{Failure, Trouble};
use crate::memory::{Memory, SlowPart};
use crate::readers::Readers;
use crate::shapes::ReportInList;

/// Reuse.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reuse {
    /// How much text went from outlet to outlet, most first.
    flows: Vec<Flow>,
    /// How many clusters of copies there are.
    clusters_total: u64,
    /// A stretch of them, largest first.
    clusters: Vec<ClusterInList>,
}

/// How much text went from one outlet to another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Flow {
    /// The outlet that had it first, where that is known; else one of the two.
    from: Option<String>,
    /// The other.
    to: Option<String>,
    /// Is it known which had it first?
    is_directed: bool,
    /// Pairs of reports that are copies.
    copies: u32,
    /// Pairs of reports of which one rewrites the other.
    rewrites: u32,
}

/// A cluster of copies in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClusterInList {
    /// Its number.
    cluster: u32,
    /// How many reports.
    witnesses: u32,
    /// To how many texts they go back.
    origins: u32,
    /// The report that the others go back to, where something tells.
    first: Option<String>,
    /// One of its headlines.
    headline: Option<String>,
}

/// Which outlets carry text of which, and the clusters of copies.
#[utoipa::path(get, path = "/api/reuse", params(Stretch), responses(
    (status = 200, body = Reuse), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn reuse(
    State(readers): State<Readers>,
    Asked(stretch): Asked<Stretch>,
) -> Result<Json<Reuse>, Failure> {
    let (offset, limit) = (offset(stretch.offset)?, limit(stretch.limit)?);
    let read = move |store: &Store, memory: &Memory| {
        let (clusters_total, clusters) = store.clusters(offset, limit)?;
        let flows = memory.flows(store)?.iter().cloned().map(Flow::from).collect();
        Ok(Reuse { flows, clusters_total, clusters: clusters.into_iter().map(ClusterInList::from).collect() })
    };
    readers.ask_with_part(SlowPart::Flows, read).await.map(Json)
}

/// Which two outlets; an absent one means the reports that name none.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// One outlet.
    one: Option<String>,
    /// The other, or the same.
    other: Option<String>,
}

/// Pairs of reports that share text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pairs {
    /// The pairs.
    pairs: Vec<Pair>,
    /// Are there more behind this stretch?
    is_more: bool,
}

/// Two reports that share text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pair {
    /// The one that had it first, where something tells; else one of the two.
    a: ReportInList,
    /// The other.
    b: ReportInList,
    /// `copy` or `rewrite`.
    relation: String,
    /// Is it known which had it first?
    is_directed: bool,
}

/// The copies and rewrites between two outlets.
#[utoipa::path(get, path = "/api/pairs", params(Between, Stretch), responses(
    (status = 200, body = Pairs), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn pairs(
    State(readers): State<Readers>,
    Asked(between): Asked<Between>,
    Asked(stretch): Asked<Stretch>,
) -> Result<Json<Pairs>, Failure> {
    let stretch = (offset(stretch.offset)?, limit(stretch.limit)?);
    readers.ask(move |store| Pairs::read(store, &between, stretch)).await.map(Json)
}

impl Pairs {
    fn read(store: &Store, between: &Between, (offset, limit): (u32, u32)) -> Result<Self, Failure> {
        let stretch = (offset, limit + 1);
        let rows = store.pairs_between(between.one.as_deref(), between.other.as_deref(), stretch)?;
        let is_more = rows.len() > limit as usize;
        let mut pairs = Vec::new();
        for row in rows.into_iter().take(limit as usize) {
            let is_directed = row.earlier.is_some();
            let (a, b) = if row.earlier.as_ref() == Some(&row.b) { (row.b, row.a) } else { (row.a, row.b) };
            if let [a, b] = &store.heads(&[a, b])?[..] {
                let (a, b) = (a.clone().into(), b.clone().into());
                pairs.push(Pair { a, b, relation: row.relation, is_directed });
            }
        }
        Ok(Self { pairs, is_more })
    }
}

impl From<FlowRow> for Flow {
    fn from(row: FlowRow) -> Self {
        let FlowRow { from, to, is_directed, copies, rewrites } = row;
        Self { from, to, is_directed, copies, rewrites }
    }
}

impl From<ClusterRow> for ClusterInList {
    fn from(row: ClusterRow) -> Self {
        let ClusterRow { cluster, witnesses, origins, first, headline } = row;
        Self { cluster, witnesses, origins, first, headline }
    }
}
