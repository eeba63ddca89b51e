//! What is near new reports: those that share rare words with them, that are of one event, of one outlet.

use rusqlite::params_from_iter;

use crate::error::StoreError;
use crate::query::matching;
use crate::store::Store;

/// An account as it was found, and the event that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldAccount {
    /// The report's number in the file.
    pub article: i64,
    /// Which of the report's accounts, from 0.
    pub account: u32,
    /// Accounts with the same number were found to tell of one event.
    pub found: u32,
    /// The event that it is of after corrections.
    pub event: Option<String>,
}

impl Store {
    /// The newest reports that hold the word, by number, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_with(&self, word: &str, most: usize) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT rowid FROM articles_text WHERE articles_text MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
        let mut query = self.db.prepare_cached(sql)?;
        let numbers = query.query_map((matching([word]), most), |row| row.get(0))?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }

    /// An outlet's reports that were printed last, by number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_of(&self, publisher: &str, most: usize) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT article FROM articles WHERE publisher = ?1 ORDER BY published DESC, article DESC LIMIT ?2";
        let mut query = self.db.prepare_cached(sql)?;
        let numbers = query.query_map((publisher, most), |row| row.get(0))?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }

    /// So many reports from all over the file, by number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn spread(&self, most: usize) -> Result<Vec<i64>, StoreError> {
        let last: i64 =
            self.db.query_row("SELECT ifnull(max(article), 0) FROM articles", [], |row| row.get(0))?;
        let sql = "SELECT article FROM articles WHERE article >= ?1 ORDER BY article LIMIT 1";
        let mut query = self.db.prepare_cached(sql)?;
        let places = (0..most as i64).map(|n| 1 + n * last / most.max(1) as i64);
        let mut numbers: Vec<i64> =
            places.map(|place| query.query_row([place], |row| row.get(0))).collect::<Result<_, _>>()?;
        numbers.dedup();
        Ok(numbers)
    }

    /// Numbers of the reports of that name: also of those that only their input called so, or that were called so while
    /// several bore the name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn numbers_of(&self, id: &str) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT article FROM articles WHERE id = ?1 OR id = ?2 OR given_id = ?2 ORDER BY article";
        let stem = id.rsplit_once('#').map_or(id, |(stem, _)| stem);
        let mut query = self.db.prepare_cached(sql)?;
        let numbers = query.query_map([id, stem], |row| row.get(0))?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }

    /// The accounts of these reports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn told_by(&self, articles: &[i64]) -> Result<Vec<ToldAccount>, StoreError> {
        self.told("SELECT article, account, found, event FROM told WHERE article = ?1", articles)
    }

    /// All accounts that were found to tell of these events, by the numbers of what was found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn told_together(&self, found: &[u32]) -> Result<Vec<ToldAccount>, StoreError> {
        let sql =
            "SELECT article, account, found, event FROM told WHERE found = ?1 ORDER BY article, account";
        self.told(sql, found)
    }

    /// All accounts of these events, by the events' names.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn told_of(&self, events: &[String]) -> Result<Vec<ToldAccount>, StoreError> {
        let sql = "SELECT t.article, t.account, t.found, t.event FROM \
                   (SELECT DISTINCT article FROM accounts WHERE event = ?1) x \
                   JOIN articles a ON a.id = x.article JOIN told t ON t.article = a.article \
                   WHERE t.event = ?1 ORDER BY t.article, t.account";
        self.told(sql, events)
    }

    fn told(&self, sql: &str, values: &[impl rusqlite::ToSql]) -> Result<Vec<ToldAccount>, StoreError> {
        let mut query = self.db.prepare_cached(sql)?;
        let mut told = Vec::new();
        for value in values {
            let rows = query.query_map(params_from_iter([value]), |row| {
                Ok(ToldAccount {
                    article: row.get(0)?,
                    account: row.get(1)?,
                    found: row.get(2)?,
                    event: row.get(3)?,
                })
            })?;
            told.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(told)
    }

    /// The event of that name, and those whose names go on with a hyphen after it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events_named_from(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT event FROM events WHERE event = ?1 OR event >= ?1 || '-' AND event < ?1 || '.' ORDER BY event";
        let mut query = self.db.prepare_cached(sql)?;
        let names = query.query_map([name], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Is there an event of that name?
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_event(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM events WHERE event = ?1")?.exists([name])?)
    }

    /// The story of a report, by its number; none where it was not compared.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn story_of(&self, article: i64) -> Result<Option<String>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT story FROM articles WHERE article = ?1")?;
        Ok(query.query_row([article], |row| row.get(0))?)
    }

    /// The number of the text that a report goes back to.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn text_of(&self, article: i64) -> Result<Option<u32>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT text FROM texts WHERE article = ?1")?;
        let mut rows = query.query([article])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    /// The reports that go back to that text, by number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reports_of_text(&self, text: u32) -> Result<Vec<i64>, StoreError> {
        let mut query =
            self.db.prepare_cached("SELECT article FROM texts WHERE text = ?1 ORDER BY article")?;
        let numbers = query.query_map([text], |row| row.get(0))?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }

    /// Numbers that are free: for what is found to be told, and for a text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn free_numbers(&self) -> Result<(u32, u32), StoreError> {
        let sql = "SELECT (SELECT ifnull(max(found), -1) + 1 FROM told), \
                   (SELECT ifnull(max(text), -1) + 1 FROM texts)";
        Ok(self.db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}
