//! Who meets whom: the actors with most events, and how many they share.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use dateline_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::Asked;
use crate::failure::{Failure, Trouble};
use crate::memory::Memory;
use crate::readers::Readers;

/// Which part of the network.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Around {
    /// Key of an actor: only those whom it meets.
    around: Option<String>,
    /// At most so many actors; 120 unless said.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// Who meets whom.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Network {
    /// How many actors there are; those with fewest events are left out here.
    total: usize,
    /// The actors, most events first.
    actors: Vec<Knot>,
    /// How many pairs of them share events; the weakest are left out here.
    ties_total: usize,
    /// Pairs, the strongest first.
    ties: Vec<Tie>,
}

/// An actor of the network.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Knot {
    /// The same for all spellings.
    key: String,
    /// The name that stands most often.
    name: String,
    /// In how many events; around somebody, in how many of theirs.
    events: u32,
}

/// Two who share events.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Tie {
    /// Place of one in the list of actors.
    a: usize,
    /// Place of the other.
    b: usize,
    /// So many events.
    events: u32,
}

/// Who meets whom: actors, and pairs of them that share events.
#[utoipa::path(get, path = "/api/network", params(Around), responses(
    (status = 200, body = Network), (status = 404, body = Trouble), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn network(
    State(readers): State<Readers>,
    Asked(Around { around, limit }): Asked<Around>,
) -> Result<Json<Network>, Failure> {
    let limit = crate::asked::limit(limit.or(Some(KNOTS)))? as usize;
    let read = move |_: &Store, memory: &Memory| Network::read(memory, around.as_deref(), limit);
    readers.ask_with_memory(read).await.map(Json)
}

/// So many actors, unless something else is asked for: a picture of more cannot be read.
const KNOTS: u32 = 120;
/// So many pairs for each actor.
const TIES: usize = 4;
/// An event with more actors is a list rather than a meeting.
const MEETING: usize = 40;

impl Network {
    fn read(memory: &Memory, around: Option<&str>, limit: usize) -> Result<Self, Failure> {
        let all = match around {
            Some(key) => company(memory, key)?,
            None => memory.actors.iter().map(|actor| actor.events.len()).enumerate().collect(),
        };
        let total = all.len();
        let mut own: Vec<(usize, usize)> = all.into_iter().collect();
        // The one in the middle stays, whoever else goes.
        let middle = around.and_then(|key| memory.actor(key));
        own.sort_by_key(|(actor, events)| (Some(*actor) != middle, usize::MAX - events, *actor));
        own.truncate(limit);
        let mut ties = ties(memory, &own);
        let ties_total = ties.len();
        ties.truncate(TIES * own.len());
        let knot = |(actor, events): (usize, usize)| {
            let actor = memory.actors.get(actor)?;
            let events = u32::try_from(events).unwrap_or(u32::MAX);
            Some(Knot { key: actor.key.clone(), name: actor.name().to_owned(), events })
        };
        Ok(Self { total, actors: own.into_iter().filter_map(knot).collect(), ties_total, ties })
    }
}

/// Somebody, and everybody who is in an event with them, with the number of those events.
fn company(memory: &Memory, key: &str) -> Result<BTreeMap<usize, usize>, Failure> {
    let missing = || Failure::Missing(format!("nobody in an event has the key {key:?}"));
    let middle = memory.actor(key).ok_or_else(missing)?;
    let mut company: BTreeMap<usize, usize> = BTreeMap::new();
    for event in &memory.actors[middle].events {
        for actor in present(memory, *event) {
            *company.entry(actor).or_default() += 1;
        }
    }
    Ok(company)
}

/// Who is in an event, each once.
fn present(memory: &Memory, event: usize) -> Vec<usize> {
    let mut present: Vec<usize> = memory.events[event].actors.iter().map(|(actor, _)| *actor).collect();
    present.sort_unstable();
    present.dedup();
    present
}

/// The pairs among these actors, strongest first.
fn ties(memory: &Memory, actors: &[(usize, usize)]) -> Vec<Tie> {
    let place: BTreeMap<usize, usize> =
        actors.iter().enumerate().map(|(n, (actor, _))| (*actor, n)).collect();
    let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for event in (0..memory.events.len()).filter(|event| memory.events[*event].actors.len() <= MEETING) {
        let places: Vec<usize> =
            present(memory, event).iter().filter_map(|actor| place.get(actor).copied()).collect();
        for (n, one) in places.iter().enumerate() {
            for other in &places[n + 1..] {
                *shared.entry((*one.min(other), *one.max(other))).or_default() += 1;
            }
        }
    }
    let mut ties: Vec<Tie> = shared.into_iter().map(|((a, b), events)| Tie { a, b, events }).collect();
    ties.sort_by_key(|tie| (u32::MAX - tie.events, tie.a, tie.b));
    ties
}
