//! Searching, also while somebody types: events, statements and articles, with snippets and facets.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dateline_store::{Hit, HitList, Query, Sought, Store};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Asked, limit};
use crate::failure::{Failure, Trouble};
use crate::memory::{Memory, SlowPart};
use crate::readers::Readers;
use crate::shapes::{Count, most};
use crate::snippet::{Piece, pieces};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Words {
    /// Words, "phrases", and fields: `speaker:`, `publisher:`, `date:2016-10..2017`, `type:`, `place:`.
    q: Option<String>,
    /// At most so many of each kind.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// Is it still being typed, so that the last word may be only its beginning?
    typing: Option<bool>,
}

/// What was found.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Found {
    /// Events.
    events: FoundEvents,
    /// Statements.
    statements: FoundStatements,
    /// Articles.
    articles: FoundArticles,
}

/// Events that were found.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct FoundEvents {
    /// How many.
    total: usize,
    /// Are there more? Then these are the first 1,000 that were met, and the facets count those.
    is_more: bool,
    /// By PLOVER's type.
    types: Vec<Count>,
    /// By year.
    years: Vec<Count>,
    /// The best.
    hits: Vec<EventHit>,
}

/// Statements that were found.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct FoundStatements {
    /// How many.
    total: usize,
    /// Are there more? Then these are the first 1,000 that were met, and the facets count those.
    is_more: bool,
    /// By speaker.
    speakers: Vec<Count>,
    /// The best.
    hits: Vec<StatementHit>,
}

/// Articles that were found.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct FoundArticles {
    /// How many.
    total: usize,
    /// Are there more? Then these are the first 1,000 that were met, and the facets count those.
    is_more: bool,
    /// By outlet.
    publishers: Vec<Count>,
    /// By year.
    years: Vec<Count>,
    /// The best.
    hits: Vec<ArticleHit>,
}

/// An event that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventHit {
    /// Its name.
    event: String,
    /// Who did what to whom.
    title: Option<String>,
    /// When.
    time: Option<String>,
    /// Where.
    place: Option<String>,
    /// The words around what was found.
    snippet: Vec<Piece>,
}

/// A statement that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementHit {
    /// The report that prints it.
    report: String,
    /// Its headline.
    headline: Option<String>,
    /// Its day.
    published: Option<String>,
    /// Key of who says it.
    speaker: Option<String>,
    /// `text` or `headline`: where the offsets count.
    of: Option<String>,
    /// First code point.
    start: Option<u32>,
    /// One past the last.
    end: Option<u32>,
    /// The words around what was found.
    snippet: Vec<Piece>,
}

/// An article that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArticleHit {
    /// Its name.
    id: String,
    /// The headline.
    headline: Option<String>,
    /// The outlet.
    publisher: Option<String>,
    /// Its day.
    published: Option<String>,
    /// The words around what was found.
    snippet: Vec<Piece>,
}

/// Events, statements and articles that hold all words of a question.
#[utoipa::path(get, path = "/api/search", params(Words), responses(
    (status = 200, body = Found), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn search(
    State(readers): State<Readers>,
    Asked(words): Asked<Words>,
) -> Result<Response, Failure> {
    let memory = readers.memory().await?;
    if let Some(found) = memory.searches.known(&words) {
        return Ok(as_json(&found));
    }
    let found = Found::read(&readers, &memory, &words).await?;
    let found = memory.searches.keep(words, serde_json::to_string(&found)?);
    Ok(as_json(&found))
}

fn as_json(found: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], found.to_owned()).into_response()
}

/// So many of each kind, unless something else is asked for.
const HITS: u32 = 10;
/// So many values of a facet are told.
const VALUES: usize = 12;

impl Found {
    async fn read(readers: &Readers, memory: &Arc<Memory>, words: &Words) -> Result<Self, Failure> {
        let (q, limit) = (words.q.as_deref().unwrap_or_default(), limit(words.limit.or(Some(HITS)))?);
        let is_open = words.typing == Some(true);
        let query = if is_open { Query::typed(q) } else { Query::parse(q) };
        let query = query.map_err(|error| Failure::Wrong(error.to_string()))?;
        if query.is_empty() {
            return Ok(Self::default());
        }
        let query = match query.is_unfinished {
            true => query.completed(&readers.vocabulary(memory)),
            false => query,
        };
        readers.load(SlowPart::Printed, memory).await?;
        let asked = Asking { memory: Arc::clone(memory), query: Arc::new(query), limit };
        // Each kind on a thread of its own: a reader waits for the slowest alone.
        let (events, statements, articles) = tokio::try_join!(
            asked.of(readers, Sought::Events, |found, _, memory| Ok(FoundEvents::of(found, memory))),
            asked.of(readers, Sought::Statements, FoundStatements::of),
            asked.of(readers, Sought::Articles, FoundArticles::of),
        )?;
        Ok(Self { events, statements, articles })
    }
}

/// A question that is asked of each kind.
struct Asking {
    memory: Arc<Memory>,
    query: Arc<Query>,
    limit: u32,
}

impl Asking {
    async fn of<T: Send + 'static>(
        &self,
        readers: &Readers,
        sought: Sought,
        read: fn(HitList, &Store, &Memory) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (memory, query, limit) = (Arc::clone(&self.memory), Arc::clone(&self.query), self.limit);
        let ask = move |store: &Store| {
            let found = store.search_for(sought, memory.printed(store)?, &query, limit)?;
            read(found, store, &memory)
        };
        readers.ask(ask).await
    }
}

impl FoundEvents {
    fn of(found: HitList, memory: &Memory) -> Self {
        let told: Vec<_> = found.numbers.iter().filter_map(|number| memory.event_of(*number)).collect();
        Self {
            total: found.numbers.len(),
            is_more: !found.is_whole,
            types: counted(told.iter().map(|told| told.row.event_type.as_deref())),
            years: by_year(told.iter().map(|told| told.row.first.as_deref())),
            hits: found.hits.into_iter().map(EventHit::from).collect(),
        }
    }
}

/// So many statements are looked at for a facet.
const LOOKED_AT: usize = 500;

impl FoundStatements {
    fn of(found: HitList, store: &Store, memory: &Memory) -> Result<Self, Failure> {
        let looked_at = found.numbers.get(..LOOKED_AT).unwrap_or(&found.numbers);
        let speakers = store.speakers_of(looked_at)?;
        let mut speakers = counted(speakers.iter().map(Option::as_deref));
        for count in &mut speakers {
            count.name(memory);
        }
        Ok(Self {
            total: found.numbers.len(),
            is_more: !found.is_whole,
            speakers,
            hits: found.hits.into_iter().map(StatementHit::from).collect(),
        })
    }
}

impl FoundArticles {
    fn of(found: HitList, store: &Store, memory: &Memory) -> Result<Self, Failure> {
        let all = memory.printed(store)?;
        let printed: Vec<_> = found.numbers.iter().filter_map(|number| all.report(*number)).collect();
        Ok(Self {
            total: found.numbers.len(),
            is_more: !found.is_whole,
            publishers: counted(printed.iter().map(|report| report.publisher.as_deref())),
            years: by_year(printed.iter().map(|report| report.published.as_deref())),
            hits: found.hits.into_iter().map(ArticleHit::from).collect(),
        })
    }
}

fn counted<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Vec<Count> {
    most(&counts(values), VALUES).into_iter().map(|(value, n)| Count::new(value, n)).collect()
}

/// Years in their order.
fn by_year<'a>(days: impl Iterator<Item = Option<&'a str>>) -> Vec<Count> {
    let years = counts(days.map(|day| day?.get(..4)));
    years.into_iter().map(|(year, n)| Count::new(year, n)).collect()
}

fn counts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> BTreeMap<&'a str, u32> {
    let mut counts = BTreeMap::new();
    values.flatten().for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}

impl From<Hit> for EventHit {
    fn from(hit: Hit) -> Self {
        let snippet = pieces(&hit.snippet);
        Self { event: hit.id, title: hit.title, time: hit.time, place: hit.who, snippet }
    }
}

impl From<Hit> for StatementHit {
    fn from(hit: Hit) -> Self {
        let snippet = pieces(&hit.snippet);
        let (of, span) = hit.stands.map(|(of, start, end)| (of, (start, end))).unzip();
        let (start, end) = span.unzip();
        Self {
            report: hit.id,
            headline: hit.title,
            published: hit.time,
            speaker: hit.who,
            of,
            start,
            end,
            snippet,
        }
    }
}

impl From<Hit> for ArticleHit {
    fn from(hit: Hit) -> Self {
        let snippet = pieces(&hit.snippet);
        Self { id: hit.id, headline: hit.title, publisher: hit.who, published: hit.time, snippet }
    }
}
