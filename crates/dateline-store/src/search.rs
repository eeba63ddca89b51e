//! Looking for something in a record: events, statements and articles, each ranked by its words.
//!
//! Two steps. First the numbers of what matches, with their ranks, up to a limit, so that a common word
//! in a large record costs no more than a rare one; then the columns and the snippets of the few that
//! are shown.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use crate::error::StoreError;
use crate::query::{Query, matching};
use crate::store::Store;

/// Marks around a found word in [`Hit::snippet`]: characters that no text holds.
pub const FOUND: (char, char) = ('\u{2}', '\u{3}');

/// So many of what matches are ranked. Of what is more common, those come first that have the words in
/// their headline or title.
const RANKED: usize = 3_000;

/// What was found, at most so many of each kind as were asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// Events: name, time, title.
    pub events: HitList,
    /// Statements: the article's id, its day, the speaker.
    pub statements: HitList,
    /// Articles: id, day, publisher and headline.
    pub articles: HitList,
}

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct HitList {
    /// The best, best first.
    pub hits: Vec<Hit>,
    /// Numbers in the file of all that matches, or of the first that do.
    pub numbers: Vec<i64>,
    /// Are those all that match?
    pub is_whole: bool,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Name of the event, or id of the article.
    pub id: String,
    /// When it happened or was published.
    pub time: Option<String>,
    /// The speaker, the publisher, or the place.
    pub who: Option<String>,
    /// The event's title or the article's headline.
    pub title: Option<String>,
    /// The words around what was found, which stands between [`FOUND`].
    pub snippet: String,
    /// Of a statement: in which text of its article, and where, in code points.
    pub stands: Option<(String, u32, u32)>,
}

/// Nothing, and that is all.
impl Default for HitList {
    fn default() -> Self {
        Self { hits: Vec::new(), numbers: Vec::new(), is_whole: true }
    }
}

impl HitList {
    /// Was nothing found?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }
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
        let says_something = query.speaker.is_some() || !query.words.is_empty();
        let run = |is_asked: bool, kind: &Kind, question: fn(&Query) -> Question| {
            if is_asked { self.run(kind, &question(query), limit) } else { Ok(HitList::default()) }
        };
        Ok(Hits {
            events: run(of_events, &EVENTS, of_event)?,
            statements: run(of_statements && says_something, &STATEMENTS, of_statement)?,
            articles: run(of_articles, &ARTICLES, of_article)?,
        })
    }

    fn run(&self, kind: &Kind, question: &Question, limit: u32) -> Result<HitList, StoreError> {
        let mut all = self.numbers(kind, question, &question.matching)?;
        let is_whole = all.len() <= RANKED;
        all.truncate(RANKED);
        let mut numbers: Vec<i64> = all.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        let telling = if is_whole || question.telling.is_empty() {
            Vec::new()
        } else {
            self.numbers(kind, question, &question.telling)?
        };
        let hits = self.best(kind, &question.matching, [telling, all], limit as usize)?;
        Ok(HitList { hits, numbers, is_whole })
    }

    /// The best of each tier, the first tier before the second.
    fn best(
        &self,
        kind: &Kind,
        text: &str,
        tiers: [Vec<(i64, f64)>; 2],
        limit: usize,
    ) -> Result<Vec<Hit>, StoreError> {
        let mut hits: Vec<(usize, f64, Hit)> = Vec::new();
        let mut seen = Vec::new();
        let ranked = tiers.into_iter().enumerate().flat_map(|(tier, found)| {
            found.into_iter().take(limit).map(move |(number, rank)| (tier, number, rank))
        });
        for (tier, number, rank) in ranked {
            if hits.len() < limit && !seen.contains(&number) {
                seen.push(number);
                hits.push((tier, rank, self.hit(kind, text, number)?));
            }
        }
        // Numbers follow the order of the input; what ranks alike must not.
        let place = |hit: &Hit| (hit.time.clone(), hit.id.clone(), hit.stands.clone());
        hits.sort_by(|(s, a, x), (t, b, y)| {
            s.cmp(t).then(a.total_cmp(b)).then_with(|| place(x).cmp(&place(y)))
        });
        Ok(hits.into_iter().map(|(_, _, hit)| hit).collect())
    }

    /// Numbers and ranks of what matches, best first; one more than [`RANKED`] where there are more.
    fn numbers(&self, kind: &Kind, question: &Question, text: &str) -> Result<Vec<(i64, f64)>, StoreError> {
        let sql = kind.numbers(question, text);
        let mut query = self.db.prepare_cached(&sql)?;
        let text = (!text.is_empty()).then(|| Value::Text(text.to_owned()));
        let values = text.iter().chain(&question.values);
        let numbers = query.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut numbers: Vec<(i64, f64)> = numbers.collect::<Result<_, _>>()?;
        numbers.sort_by(|(a, x), (b, y)| x.total_cmp(y).then(a.cmp(b)));
        Ok(numbers)
    }

    fn hit(&self, kind: &Kind, text: &str, number: i64) -> Result<Hit, StoreError> {
        let mut query = self.db.prepare_cached(&kind.hit(text))?;
        let text = (!text.is_empty()).then(|| Value::Text(text.to_owned()));
        let values = [Value::Integer(number)].into_iter().chain(text);
        Ok(query.query_row(params_from_iter(values), hit)?)
    }
}

fn hit(row: &Row<'_>) -> rusqlite::Result<Hit> {
    let stands: Option<String> = row.get(5)?;
    Ok(Hit {
        id: row.get(0)?,
        time: row.get(1)?,
        who: row.get(2)?,
        title: row.get(3)?,
        snippet: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        stands: stands.map(|of| Ok::<_, rusqlite::Error>((of, row.get(6)?, row.get(7)?))).transpose()?,
    })
}

/// One of the three kinds of things that can be found: where it stands in the file.
struct Kind {
    /// The row's own columns: id, time, who, title, then `SNIPPET`, then where it stands.
    columns: &'static str,
    tables: &'static str,
    /// Its number in `tables`.
    number: &'static str,
    index: &'static str,
    /// Column of the index that snippets are cut from; any where it is negative.
    shown: i8,
    /// The order of what matches without words.
    order: &'static str,
}

const EVENTS: Kind = Kind {
    columns: "e.event, e.time, e.place, e.title, SNIPPET, NULL, NULL, NULL",
    tables: "events e",
    number: "e.number",
    index: "events_text",
    shown: 3,
    order: "e.number",
};

const STATEMENTS: Kind = Kind {
    columns: "a.id, a.published, s.speaker, a.headline, SNIPPET, s.of, s.start, s.\"end\"",
    tables: "statements s JOIN articles a ON a.article = s.article",
    number: "s.statement",
    index: "statements_text",
    shown: 0,
    order: "a.published, s.statement",
};

const ARTICLES: Kind = Kind {
    columns: "a.id, a.published, a.publisher, a.headline, SNIPPET, NULL, NULL, NULL",
    tables: "articles a",
    number: "a.article",
    index: "articles_text",
    shown: -1,
    // What the index of publishers holds, so that no text is touched.
    order: "a.published, a.article",
};

impl Kind {
    fn numbers(&self, question: &Question, text: &str) -> String {
        let Self { tables, number, index, order, .. } = self;
        let conditions = question.conditions.join(" AND ");
        let limit = RANKED + 1;
        match (text.is_empty(), conditions.is_empty()) {
            (true, true) => {
                format!("SELECT {number}, 0.0 FROM {tables} ORDER BY {order} LIMIT {limit}")
            }
            (true, false) => {
                // The place in the order stands for a rank.
                format!(
                    "SELECT {number}, 0.0 + row_number() OVER (ORDER BY {order}) FROM {tables} \
                     WHERE {conditions} ORDER BY {order} LIMIT {limit}"
                )
            }
            // The index alone tells: the rows are not touched.
            (false, true) => {
                format!("SELECT rowid, bm25({index}) FROM {index} WHERE {index} MATCH ? LIMIT {limit}")
            }
            (false, false) => format!(
                "SELECT {number}, bm25({index}) FROM {index} CROSS JOIN {tables} \
                 WHERE {number} = {index}.rowid AND {index} MATCH ? AND {conditions} LIMIT {limit}"
            ),
        }
    }

    fn hit(&self, text: &str) -> String {
        let Self { columns, tables, number, index, shown, .. } = self;
        if text.is_empty() {
            let columns = columns.replace("SNIPPET", "NULL");
            return format!("SELECT {columns} FROM {tables} WHERE {number} = ?1");
        }
        let (found, unfound) = FOUND;
        let snippet = format!("snippet({index}, {shown}, '{found}', '{unfound}', '…', 24)");
        let columns = columns.replace("SNIPPET", &snippet);
        format!(
            "SELECT {columns} FROM {index} CROSS JOIN {tables} \
             WHERE {index}.rowid = ?1 AND {number} = ?1 AND {index} MATCH ?2"
        )
    }
}

/// What is asked of one kind, in SQL.
#[derive(Debug, Default)]
struct Question {
    /// For the full text; empty where there are only conditions.
    matching: String,
    /// The same for titles and headlines alone.
    telling: String,
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Question {
    fn with<const N: usize>(&mut self, condition: &str, values: [String; N]) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values.map(Value::Text));
    }
}

/// Numbers of the articles whose publisher matches.
const OF_PUBLISHER: &str = "SELECT rowid FROM articles_text WHERE articles_text MATCH ?";

/// Parts of a match, all of which must hold.
fn all<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" AND ")
}

/// The query's words in these columns; none where it has none.
fn words(query: &Query, columns: &str) -> Option<String> {
    let words = query.words_matching();
    (!words.is_empty()).then(|| format!("{columns} : ({words})"))
}

fn of_event(query: &Query) -> Question {
    let place = query.place.as_ref().map(|place| format!("place : {}", matching([place])));
    let mut question = Question {
        matching: all([words(query, "{title participants place words}"), place.clone()]),
        telling: words(query, "title").map(|words| all([Some(words), place])).unwrap_or_default(),
        ..Question::default()
    };
    if let Some(name) = &query.event_type {
        question.with("(e.type = upper(?) OR e.mode = lower(?))", [name.clone(), name.clone()]);
    }
    if let Some((first, last)) = query.days {
        question.with("e.time_last >= ? AND e.time_first <= ?", [first.to_string(), last.to_string()]);
    }
    if let Some(publisher) = &query.publisher {
        let condition = format!(
            "e.event IN (SELECT t.event FROM articles p JOIN accounts t ON t.article = p.id \
             WHERE p.article IN ({OF_PUBLISHER}))"
        );
        question.with(&condition, [in_column("publisher", publisher)]);
    }
    question
}

fn of_statement(query: &Query) -> Question {
    let speaker = query.speaker.as_ref().map(|s| format!("{{speaker source}} : {}", matching([s])));
    let mut question = Question { matching: all([words(query, "content"), speaker]), ..Question::default() };
    printed(&mut question, query);
    question
}

fn of_article(query: &Query) -> Question {
    let mut question = Question {
        matching: words(query, "{headline text}").unwrap_or_default(),
        telling: words(query, "headline").unwrap_or_default(),
        ..Question::default()
    };
    printed(&mut question, query);
    question
}

/// Day and publisher of the article.
fn printed(question: &mut Question, query: &Query) {
    if let Some((first, last)) = query.days {
        // A moment of the last day is a longer text than the day.
        question.with("substr(a.published, 1, 10) BETWEEN ? AND ?", [first.to_string(), last.to_string()]);
    }
    if let Some(publisher) = &query.publisher {
        question.with(&format!("a.article IN ({OF_PUBLISHER})"), [in_column("publisher", publisher)]);
    }
}

fn in_column(column: &str, words: &str) -> String {
    format!("{column} : {}", matching([words]))
}
