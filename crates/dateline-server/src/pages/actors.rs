//! Actors: everybody who takes part in an event, by how many events.

use axum::Json;
use axum::extract::State;
use dateline_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::timeline::Stretch;
use crate::asked::{Asked, limit, offset};
use crate::failure::{Failure, Trouble};
use crate::memory::{Memory, SlowPart};
use crate::readers::Readers;

/// Which actors.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Who {
    /// A part of a name.
    q: Option<String>,
}

/// Actors.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Actors {
    /// How many there are.
    total: usize,
    /// A stretch of them, most events first.
    actors: Vec<ActorInList>,
}

/// An actor in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActorInList {
    /// The same for all spellings.
    key: String,
    /// The name that stands most often.
    name: String,
    /// In how many events.
    events: usize,
    /// How many statements.
    statements: u32,
}

/// Everybody who takes part in an event.
#[utoipa::path(get, path = "/api/actors", params(Who, Stretch), responses(
    (status = 200, body = Actors), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn actors(
    State(readers): State<Readers>,
    Asked(who): Asked<Who>,
    Asked(stretch): Asked<Stretch>,
) -> Result<Json<Actors>, Failure> {
    let (offset, limit) = (offset(stretch.offset)? as usize, limit(stretch.limit)? as usize);
    let part = who.q.unwrap_or_default().to_lowercase();
    let read = move |store: &Store, memory: &Memory| Actors::read(store, memory, &part, (offset, limit));
    readers.ask_with_part(SlowPart::Speakers, read).await.map(Json)
}

impl Actors {
    fn read(
        store: &Store,
        memory: &Memory,
        part: &str,
        (offset, limit): (usize, usize),
    ) -> Result<Self, Failure> {
        let fits = |name: &String| name.to_lowercase().contains(part);
        let mut found: Vec<_> =
            memory.actors.iter().filter(|actor| fits(&actor.key) || actor.names.keys().any(fits)).collect();
        found.sort_by(|a, b| b.events.len().cmp(&a.events.len()).then_with(|| a.key.cmp(&b.key)));
        let said = memory.speakers(store)?;
        let shown = found.iter().skip(offset).take(limit).map(|actor| ActorInList {
            key: actor.key.clone(),
            name: actor.name().to_owned(),
            events: actor.events.len(),
            statements: said.statements_of(&actor.key),
        });
        Ok(Self { total: found.len(), actors: shown.collect() })
    }
}
