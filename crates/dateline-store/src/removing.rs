//! Reports go out again, with all that only they carry, and leave no trace of their text in the file.

use std::collections::BTreeSet;

use dateline_model::{Gone, QuotedIn, QuotedWords};
use rusqlite::{Connection, OptionalExtension, params};

use crate::adding::{mark_stale, name_apart};
use crate::blob::unpack_text;
use crate::corrections;
use crate::error::StoreError;
use crate::record::clear;
use crate::store::{Store, StoreWriter};

impl StoreWriter {
    /// Takes out the reports of these names. The events are to be made anew afterwards, and
    /// [`StoreWriter::leave_no_trace`] is to be called last.
    ///
    /// A name that several texts bear means all of them.
    ///
    /// # Errors
    /// When no report bears one of the names (then none is taken out), or the file cannot be written.
    pub fn forget(&mut self, ids: &[String]) -> Result<usize, StoreError> {
        let path = self.store.path.clone();
        self.store.db.pragma_update(None, "secure_delete", true)?;
        let transaction = self.store.db.transaction()?;
        let (mut numbers, mut unknown) = (Vec::new(), Vec::new());
        for id in ids {
            let found = numbers_of(&transaction, id)?;
            if found.is_empty() {
                unknown.push(id.clone());
            }
            numbers.extend(found);
        }
        if !unknown.is_empty() {
            return Err(StoreError::NoSuchReport { path, ids: unknown });
        }
        numbers.sort_unstable();
        numbers.dedup();
        let mut gone = GoneReports::of(&transaction);
        for number in &numbers {
            let (id, given) = forget_article(&transaction, *number)?;
            gone.ids.insert(id);
            gone.given.insert(given);
        }
        corrections::forget(&transaction, &gone)?;
        // With the events go their names: they are made of what the reports tell.
        clear(&transaction)?;
        mark_stale(&transaction)?;
        transaction.commit()?;
        Ok(numbers.len())
    }

    /// Writes the file anew without what was taken out, also in the indexes of full text.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn leave_no_trace(&mut self) -> Result<(), StoreError> {
        for index in ["articles_text", "statements_text", "events_text"] {
            self.store.db.execute_batch(&format!("INSERT INTO {index} ({index}) VALUES ('rebuild')"))?;
        }
        Ok(self.store.db.execute_batch("VACUUM")?)
    }
}

impl Store {
    /// Number of reports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn article_count(&self) -> Result<usize, StoreError> {
        Ok(self.db.query_row("SELECT count(*) FROM articles", [], |row| row.get(0))?)
    }
}

fn numbers_of(db: &Connection, id: &str) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached("SELECT article FROM articles WHERE id = ?1 OR given_id = ?1")?;
    let numbers = query.query_map([id], |row| row.get(0))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// Takes the report out; its id and the id that its input gave.
fn forget_article(db: &Connection, number: i64) -> Result<(String, String), StoreError> {
    let sql = "SELECT id, given_id FROM articles WHERE article = ?1";
    let (id, given): (String, String) = db.query_row(sql, [number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let sql = "DELETE FROM event_names WHERE event IN (SELECT t.event FROM accounts t \
               JOIN articles a ON a.id = t.article WHERE a.article = ?1)";
    db.execute(sql, [number])?;
    remove_article(db, number)?;
    // Also captures whose article gave way to another reading.
    let sql = "DELETE FROM captures WHERE id = ?1 AND article NOT IN (SELECT article FROM articles)";
    db.execute(sql, [&given])?;
    name_apart(db, &given)?;
    Ok((id, given))
}

/// The reports that are taken out, beside those that are left.
struct GoneReports<'a> {
    db: &'a Connection,
    ids: BTreeSet<String>,
    given: BTreeSet<String>,
}

impl<'a> GoneReports<'a> {
    fn of(db: &'a Connection) -> Self {
        Self { db, ids: BTreeSet::new(), given: BTreeSet::new() }
    }

    /// Text and headline of a report that is left.
    fn left(&self, id: &str) -> Option<(String, String)> {
        let sql = "SELECT text, ifnull(headline, '') FROM articles WHERE id = ?1";
        let mut query = self.db.prepare_cached(sql).ok()?;
        query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional().ok()?
    }
}

impl Gone for GoneReports<'_> {
    /// An id may be another report's by now: that is so where the words do not stand in that one.
    fn is_gone(&self, report: &str, words: Option<&QuotedWords>) -> bool {
        let stands = || match (self.left(report), words) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some((text, headline)), Some(words)) => match words.of {
                QuotedIn::Text => words.bytes_in(&text).is_some(),
                QuotedIn::Headline => words.bytes_in(&headline).is_some(),
            },
        };
        (self.ids.contains(report) || self.given.contains(report)) && !stands()
    }

    fn is_said(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let said = || -> Result<bool, StoreError> {
            let mut query = self.db.prepare_cached("SELECT text, dossier FROM articles")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let (text, dossier): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
                if text.to_lowercase().contains(&words) || unpack_text(&dossier)?.contains(&words) {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        // What cannot be read says nothing: better to forget too much.
        said().unwrap_or(false)
    }
}

/// Takes an article out of the table and out of the full text; its statements and remarks go with it.
pub(crate) fn remove_article(db: &Connection, number: i64) -> Result<(), StoreError> {
    for sql in [
        "INSERT INTO articles_text (articles_text, rowid, headline, text, publisher) \
         SELECT 'delete', article, headline, text, publisher FROM articles WHERE article = ?1",
        "INSERT INTO statements_text (statements_text, rowid, content, speaker, source) \
         SELECT 'delete', statement, content, speaker, source FROM statements WHERE article = ?1",
        "DELETE FROM articles WHERE article = ?1",
    ] {
        db.prepare_cached(sql)?.execute(params![number])?;
    }
    Ok(())
}
