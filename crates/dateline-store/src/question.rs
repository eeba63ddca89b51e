//! A search as SQL: where each kind of thing stands in the file, and what is asked of it.

use rusqlite::types::Value;

use crate::query::{Query, matching};
use crate::search::FOUND;

/// What a kind holds.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    Events,
    Statements,
    Articles,
}

/// One of the three kinds of things that can be found: where it stands in the file.
pub(crate) struct Kind {
    pub(crate) holds: Holds,
    /// The row's own columns: id, time, who, title, then `SNIPPET`, then where it stands.
    pub(crate) columns: &'static str,
    tables: &'static str,
    /// Its number in `tables`.
    number: &'static str,
    pub(crate) index: &'static str,
    /// Column of the index that snippets are cut from; any where it is negative.
    shown: i8,
}

pub(crate) const EVENTS: Kind = Kind {
    holds: Holds::Events,
    columns: "e.event, e.time, e.place, e.title, SNIPPET, NULL, NULL, NULL",
    tables: "events e",
    number: "e.number",
    index: "events_text",
    shown: 3,
};

pub(crate) const STATEMENTS: Kind = Kind {
    holds: Holds::Statements,
    columns: "a.id, a.published, s.speaker, a.headline, SNIPPET, s.of, s.start, s.\"end\"",
    tables: "statements s JOIN articles a ON a.article = s.article",
    number: "s.statement",
    index: "statements_text",
    shown: 0,
};

pub(crate) const ARTICLES: Kind = Kind {
    holds: Holds::Articles,
    columns: "a.id, a.published, a.publisher, a.headline, SNIPPET, NULL, NULL, NULL",
    tables: "articles a",
    number: "a.article",
    index: "articles_text",
    shown: -1,
};

impl Kind {
    pub(crate) fn numbers(&self, question: &Question, text: &str) -> String {
        let Self { tables, number, index, .. } = self;
        let conditions = question.conditions.join(" AND ");
        let conditions = if conditions.is_empty() { "1".to_owned() } else { conditions };
        match (text.is_empty(), question.conditions.is_empty()) {
            (true, _) => {
                format!("SELECT {number} FROM {tables} WHERE {conditions} ORDER BY {number} DESC")
            }
            // The index alone tells: the rows are not touched.
            (false, true) => {
                format!("SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC")
            }
            (false, false) => format!(
                "SELECT {number} FROM {index} CROSS JOIN {tables} \
                 WHERE {number} = {index}.rowid AND {index} MATCH ? AND {conditions} ORDER BY {index}.rowid DESC"
            ),
        }
    }

    pub(crate) fn hit(&self, text: &str) -> String {
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
pub(crate) struct Question {
    /// For the full text; empty where there are only conditions.
    pub(crate) matching: String,
    /// The same for titles and headlines alone.
    pub(crate) telling: String,
    /// Where its words stand.
    pub(crate) columns: &'static str,
    pub(crate) conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Question {
    fn with<const N: usize>(&mut self, condition: &str, values: [String; N]) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values.map(Value::Text));
    }
}

/// Numbers of the articles whose publisher matches.
pub(crate) const OF_PUBLISHER: &str = "SELECT rowid FROM articles_text WHERE articles_text MATCH ?";

/// Parts of a match, all of which must hold.
fn all<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" AND ")
}

/// The query's words in these columns; none where it has none.
fn words(query: &Query, columns: &str) -> Option<String> {
    let words = query.words_matching();
    (!words.is_empty()).then(|| format!("{columns} : ({words})"))
}

pub(crate) fn of_event(query: &Query) -> Question {
    let place = query.place.as_ref().map(|place| format!("place : {}", matching([place])));
    let mut question = Question {
        matching: all([words(query, "{title participants place words}"), place.clone()]),
        telling: words(query, "title").map(|words| all([Some(words), place])).unwrap_or_default(),
        columns: "{title participants place words}",
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

pub(crate) fn of_statement(query: &Query) -> Question {
    let speaker = query.speaker.as_ref().map(|s| format!("{{speaker source}} : {}", matching([s])));
    Question { matching: all([words(query, "content"), speaker]), columns: "content", ..Question::default() }
}

pub(crate) fn of_article(query: &Query) -> Question {
    let publisher = query.publisher.as_ref().map(|publisher| in_column("publisher", publisher));
    let telling = words(query, "headline").map(|words| all([Some(words), publisher.clone()]));
    Question {
        matching: all([words(query, "{headline text}"), publisher]),
        telling: telling.unwrap_or_default(),
        columns: "{headline text}",
        ..Question::default()
    }
}

pub(crate) fn in_column(column: &str, words: &str) -> String {
    format!("{column} : {}", matching([words]))
}
