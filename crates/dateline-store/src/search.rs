//! Looking for something in a record: events, statements and articles.
//!
//! Two steps. First the numbers of what matches, up to a limit, so that a common word in a large record costs
//! no more than a rare one: few matches are ranked by their words; of many, those with the words in their
//! title or headline come first, then the newest. Then the columns and the snippets of those that are shown.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use crate::error::StoreError;
use crate::printed::Printed;
use crate::query::Query;
use crate::question::{
    ARTICLES, EVENTS, Holds, Kind, OF_PUBLISHER, Question, STATEMENTS, in_column, of_article, of_event,
    of_statement,
};
use crate::store::Store;

/// Marks around a found word in [`Hit::snippet`]: characters that no text holds.
pub const FOUND: (char, char) = ('\u{2}', '\u{3}');

/// So many of what matches are looked at.
const LOOKED_AT: usize = 1_000;

/// A word with more matches does not tell one from the other, and ranking by it goes through all of them.
const COMMON: usize = 5_000;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Happenings.
    Events,
    /// Who says what.
    Statements,
    /// Reports.
    Articles,
}

impl Sought {
    /// Can things of this kind be what the query asks for?
    fn answers(self, query: &Query) -> bool {
        let asks_of_events = query.event_type.is_some() || query.place.is_some();
        match self {
            Self::Events => query.speaker.is_none(),
            Self::Statements => !asks_of_events && (query.speaker.is_some() || !query.words.is_empty()),
            Self::Articles => !asks_of_events && query.speaker.is_none(),
        }
    }
}

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
        let printed = self.printed()?;
        let search = |sought| self.search_for(sought, &printed, query, limit);
        Ok(Hits {
            events: search(Sought::Events)?,
            statements: search(Sought::Statements)?,
            articles: search(Sought::Articles)?,
        })
    }

    /// The same of one kind, where it is known already what was printed when. What the query asks of another kind finds
    /// nothing here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search_for(
        &self,
        sought: Sought,
        printed: &Printed,
        query: &Query,
        limit: u32,
    ) -> Result<HitList, StoreError> {
        if !sought.answers(query) {
            return Ok(HitList::default());
        }
        let outlet = query.publisher.as_ref().map(|name| self.printed_by(name)).transpose()?;
        let days = query.days.map(|(first, last)| (first.to_string(), last.to_string()));
        let search = Search { store: self, printed, query, outlet, days, limit: limit as usize };
        match sought {
            Sought::Events => search.run(&EVENTS, &of_event(query)),
            Sought::Statements => search.run(&STATEMENTS, &of_statement(query)),
            Sought::Articles => search.run(&ARTICLES, &of_article(query)),
        }
    }

    /// Numbers of the articles whose publisher matches, sorted.
    fn printed_by(&self, publisher: &str) -> Result<Vec<i64>, StoreError> {
        let mut query = self.db.prepare_cached(OF_PUBLISHER)?;
        let numbers = query.query_map([in_column("publisher", publisher)], |row| row.get(0))?;
        let mut numbers: Vec<i64> = numbers.collect::<Result<_, _>>()?;
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn hit(&self, kind: &Kind, text: &str, number: i64) -> Result<Hit, StoreError> {
        let mut query = self.db.prepare_cached(&kind.hit(text))?;
        let text = (!text.is_empty()).then(|| Value::Text(text.to_owned()));
        let values = [Value::Integer(number)].into_iter().chain(text);
        Ok(query.query_row(params_from_iter(values), hit)?)
    }
}

/// One search on its way.
struct Search<'a> {
    store: &'a Store,
    printed: &'a Printed,
    query: &'a Query,
    /// The articles of the outlet that is asked for.
    outlet: Option<Vec<i64>>,
    /// First and last day that are asked for, as days are written.
    days: Option<(String, String)>,
    limit: usize,
}

impl Search<'_> {
    fn run(&self, kind: &Kind, question: &Question) -> Result<HitList, StoreError> {
        let mut numbers = self.numbers(kind, question, &question.matching, LOOKED_AT + 1)?;
        let is_whole = numbers.len() <= LOOKED_AT;
        numbers.truncate(LOOKED_AT);
        let telling = match is_whole || question.telling.is_empty() {
            true => Vec::new(),
            false => self.numbers(kind, question, &question.telling, self.limit)?,
        };
        let newest = self.newest(kind, numbers.clone())?;
        numbers.sort_unstable();
        let ranked = if is_whole { self.by_words(kind, question, &numbers)? } else { Vec::new() };
        let ranked = if ranked.is_empty() { newest } else { ranked };
        let hits = self.best(kind, &question.matching, [telling, ranked])?;
        Ok(HitList { hits, numbers, is_whole })
    }

    /// Numbers of what matches, the last of the file first, at most so many.
    fn numbers(
        &self,
        kind: &Kind,
        question: &Question,
        text: &str,
        most: usize,
    ) -> Result<Vec<i64>, StoreError> {
        if text.is_empty() && matches!(kind.holds, Holds::Articles) {
            let all = self.printed.reports().iter().rev().map(|report| report.number);
            return Ok(all.filter(|number| self.has(kind, *number)).take(most).collect());
        }
        let mut query = self.store.db.prepare_cached(&kind.numbers(question, text))?;
        let text = (!text.is_empty()).then(|| Value::Text(text.to_owned()));
        let values = text.iter().chain(&question.values);
        let mut rows = query.query(params_from_iter(values))?;
        let mut numbers = Vec::new();
        while let Some(row) = rows.next()?.filter(|_| numbers.len() < most) {
            let number = row.get(0)?;
            if self.has(kind, number) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    /// Is neither day nor outlet asked for?
    fn is_of_all(&self) -> bool {
        self.days.is_none() && self.outlet.is_none()
    }

    /// Was it printed on the days and by the outlet that are asked for?
    fn has(&self, kind: &Kind, number: i64) -> bool {
        if self.is_of_all() {
            return true;
        }
        let Some(article) = self.article(kind, number) else { return matches!(kind.holds, Holds::Events) };
        let of_outlet = self.outlet.as_ref().is_none_or(|own| own.binary_search(&article).is_ok());
        of_outlet
            && self.days.as_ref().is_none_or(|(first, last)| {
                self.printed.day(article).is_some_and(|day| first.as_str() <= day && day <= last.as_str())
            })
    }

    fn article(&self, kind: &Kind, number: i64) -> Option<i64> {
        match kind.holds {
            Holds::Articles => Some(number),
            Holds::Statements => self.printed.article_of(number),
            Holds::Events => None,
        }
    }

    /// By the words that are not common, best first; nothing where there are none.
    fn by_words(&self, kind: &Kind, question: &Question, numbers: &[i64]) -> Result<Vec<i64>, StoreError> {
        let parts = self.query.parts_matching();
        let is_alone = parts.len() == 1 && question.conditions.is_empty() && self.is_of_all();
        let mut telling = Vec::new();
        for part in parts {
            let text = format!("{} : ({part})", question.columns);
            // What stands alone and matches little is not common.
            if is_alone || !self.is_common(kind, &text)? {
                telling.push(part);
            }
        }
        if telling.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!("{} : ({})", question.columns, telling.join(" AND "));
        let sql = format!("SELECT rowid, bm25({0}) FROM {0} WHERE {0} MATCH ?", kind.index);
        let mut query = self.store.db.prepare_cached(&sql)?;
        let rows = query.query_map([text], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)))?;
        let mut ranked: Vec<(i64, f64)> = rows.collect::<Result<_, _>>()?;
        ranked.retain(|(number, _)| numbers.binary_search(number).is_ok());
        ranked.sort_by(|(a, x), (b, y)| x.total_cmp(y).then(a.cmp(b)));
        Ok(ranked.into_iter().map(|(number, _)| number).collect())
    }

    fn is_common(&self, kind: &Kind, text: &str) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM {0} WHERE {0} MATCH ? LIMIT {1})",
            kind.index,
            COMMON + 1
        );
        let mut query = self.store.db.prepare_cached(&sql)?;
        let matches: usize = query.query_row([text], |row| row.get(0))?;
        Ok(matches > COMMON)
    }

    /// The newest first, those of no known day last.
    fn newest(&self, kind: &Kind, mut numbers: Vec<i64>) -> Result<Vec<i64>, StoreError> {
        if matches!(kind.holds, Holds::Events) {
            let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
            let sql = format!(
                "SELECT number FROM events WHERE number IN ({}) ORDER BY time_first IS NULL, number DESC",
                list.join(", ")
            );
            let mut query = self.store.db.prepare(&sql)?;
            let rows = query.query_map([], |row| row.get(0))?;
            return Ok(rows.collect::<Result<_, _>>()?);
        }
        let day = |number: &i64| self.article(kind, *number).and_then(|article| self.printed.day(article));
        numbers.sort_by(|a, b| day(b).cmp(&day(a)).then(b.cmp(a)));
        Ok(numbers)
    }

    /// The first of each tier, the first tier before the second.
    fn best(&self, kind: &Kind, text: &str, tiers: [Vec<i64>; 2]) -> Result<Vec<Hit>, StoreError> {
        let mut seen: Vec<i64> = Vec::new();
        for number in tiers.into_iter().flatten() {
            if seen.len() < self.limit && !seen.contains(&number) {
                seen.push(number);
            }
        }
        seen.into_iter().map(|number| self.store.hit(kind, text, number)).collect()
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
