//! Looking for something in a record: events, statements and articles, each ranked by its words.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use crate::error::StoreError;
use crate::query::{Query, matching};
use crate::store::Store;

/// Marks around a found word in [`Hit::snippet`]: characters that no text holds.
pub const FOUND: (char, char) = ('\u{2}', '\u{3}');

/// What was found, at most so many of each kind as were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Events: name, time, title.
    pub events: Vec<Hit>,
    /// Statements: the article's id, its day, the speaker.
    pub statements: Vec<Hit>,
    /// Articles: id, day, publisher and headline.
    pub articles: Vec<Hit>,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Name of the event, or id of the article.
    pub id: String,
    /// When it happened or was published.
    pub time: Option<String>,
    /// The speaker or the publisher.
    pub who: Option<String>,
    /// The event's title or the article's headline.
    pub title: Option<String>,
    /// The words around what was found, which stands between [`FOUND`].
    pub snippet: String,
}

impl Store {
    /// Looks for `query`; at most `limit` of each kind.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, query: &Query, limit: u32) -> Result<Hits, StoreError> {
        let of_events = query.speaker.is_none();
        let of_statements = query.event_type.is_none() && query.place.is_none();
        let of_articles = of_statements && query.speaker.is_none();
        Ok(Hits {
            events: if of_events { self.run(events(query), limit)? } else { Vec::new() },
            statements: if of_statements && (query.speaker.is_some() || !query.words.is_empty()) {
                self.run(statements(query), limit)?
            } else {
                Vec::new()
            },
            articles: if of_articles { self.run(articles(query), limit)? } else { Vec::new() },
        })
    }

    fn run(&self, mut select: Select, limit: u32) -> Result<Vec<Hit>, StoreError> {
        select.values.push(Value::Integer(i64::from(limit)));
        let mut query = self.db.prepare(&select.sql())?;
        let hits = query.query_map(params_from_iter(select.values), hit)?;
        Ok(hits.collect::<Result<_, _>>()?)
    }
}

fn hit(row: &Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit {
        id: row.get(0)?,
        time: row.get(1)?,
        who: row.get(2)?,
        title: row.get(3)?,
        snippet: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
    })
}

/// A query in SQL while it is put together.
struct Select {
    columns: &'static str,
    tables: &'static str,
    index: &'static str,
    /// Column of the index that snippets are cut from; any where it is negative.
    shown: i8,
    conditions: Vec<String>,
    order: &'static str,
    values: Vec<Value>,
    matched: bool,
}

impl Select {
    fn new(
        columns: &'static str,
        tables: &'static str,
        (index, shown): (&'static str, i8),
        order: &'static str,
    ) -> Self {
        Self {
            columns,
            tables,
            index,
            shown,
            conditions: Vec::new(),
            order,
            values: Vec::new(),
            matched: false,
        }
    }

    /// Only rows whose full text matches; nothing when there is nothing to match.
    fn matching(&mut self, text: String) {
        if !text.is_empty() {
            self.matched = true;
            self.with(&format!("{} MATCH ?", self.index), [text]);
        }
    }

    fn with<const N: usize>(&mut self, condition: &str, values: [String; N]) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values.map(Value::Text));
    }

    fn sql(&self) -> String {
        let (found, unfound) = FOUND;
        let snippet = format!("snippet({}, {}, '{found}', '{unfound}', '…', 24)", self.index, self.shown);
        // A snippet and a rank exist only where something was matched.
        let columns = self.columns.replace("SNIPPET", if self.matched { &snippet } else { "NULL" });
        let order = if self.matched { format!("rank, {}", self.order) } else { self.order.to_owned() };
        let conditions =
            if self.conditions.is_empty() { "true".to_owned() } else { self.conditions.join(" AND ") };
        format!("SELECT {columns} FROM {} WHERE {conditions} ORDER BY {order} LIMIT ?", self.tables)
    }
}

const OF_PUBLISHER: &str =
    "SELECT p.id FROM articles p JOIN articles_text t ON t.rowid = p.article WHERE articles_text MATCH ?";

fn events(query: &Query) -> Select {
    let mut select = Select::new(
        "e.event, e.time, e.place, e.title, SNIPPET",
        "events e JOIN events_text ON events_text.rowid = e.number",
        ("events_text", 3),
        "e.number",
    );
    let place = query.place.as_ref().map(|place| format!("place : {}", matching([place])));
    let words = matching(&query.words);
    select.matching(
        [words].into_iter().chain(place).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" AND "),
    );
    if let Some(name) = &query.event_type {
        select.with("(e.type = upper(?) OR e.mode = lower(?))", [name.clone(), name.clone()]);
    }
    if let Some((first, last)) = query.days {
        select.with("e.time_last >= ? AND e.time_first <= ?", [first.to_string(), last.to_string()]);
    }
    if let Some(publisher) = &query.publisher {
        let condition = format!("e.event IN (SELECT event FROM accounts WHERE article IN ({OF_PUBLISHER}))");
        select.with(&condition, [in_column("publisher", publisher)]);
    }
    select
}

fn statements(query: &Query) -> Select {
    let mut select = Select::new(
        "a.id, a.published, s.speaker, a.headline, SNIPPET",
        "statements s JOIN statements_text ON statements_text.rowid = s.statement \
         JOIN articles a ON a.article = s.article",
        ("statements_text", 0),
        "a.published, a.id, s.start",
    );
    let speaker = query.speaker.as_ref().map(|s| format!("{{speaker source}} : {}", matching([s])));
    let words = (!query.words.is_empty()).then(|| format!("content : ({})", matching(&query.words)));
    select.matching(words.into_iter().chain(speaker).collect::<Vec<_>>().join(" AND "));
    of_article(&mut select, query);
    select
}

fn articles(query: &Query) -> Select {
    let mut select = Select::new(
        "a.id, a.published, a.publisher, a.headline, SNIPPET",
        "articles a JOIN articles_text ON articles_text.rowid = a.article",
        ("articles_text", -1),
        "a.published, a.id",
    );
    let words =
        (!query.words.is_empty()).then(|| format!("{{headline text}} : ({})", matching(&query.words)));
    select.matching(words.unwrap_or_default());
    of_article(&mut select, query);
    select
}

/// Day and publisher of the article.
fn of_article(select: &mut Select, query: &Query) {
    if let Some((first, last)) = query.days {
        // A moment of the last day is a longer text than the day.
        select.with("substr(a.published, 1, 10) BETWEEN ? AND ?", [first.to_string(), last.to_string()]);
    }
    if let Some(publisher) = &query.publisher {
        select.with(&format!("a.id IN ({OF_PUBLISHER})"), [in_column("publisher", publisher)]);
    }
}

fn in_column(column: &str, words: &str) -> String {
    format!("{column} : {}", matching([words]))
}
