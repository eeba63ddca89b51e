//! Reports go in: each once, by id and text, whatever the order in which they come.

use dateline_model::Digest;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::packed::{ArticleRow, CaptureRow, PackedReport};
use crate::removing::remove_article;
use crate::set_aside::SetAsideRow;
use crate::store::{STALE, Store, StoreWriter};

impl Store {
    /// Keys of the captures that were read with `reading`, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known(&self, reading: &str) -> Result<Vec<Digest>, StoreError> {
        let mut query = self.db.prepare("SELECT key FROM captures WHERE reading = ?1 ORDER BY key")?;
        let mut rows = query.query([reading])?;
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            // What is no digest is no key of ours.
            keys.extend(row.get_ref(0)?.as_str().ok().and_then(Digest::of_digits));
        }
        Ok(keys)
    }
}

impl StoreWriter {
    /// Commits reports, read with `reading`, and inputs that were set aside: all of them or none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(
        &mut self,
        reports: &[PackedReport],
        set_aside: &[SetAsideRow],
        reading: &str,
    ) -> Result<(), StoreError> {
        let transaction = self.store.db.transaction()?;
        let mut before = Before::Stays;
        for report in reports {
            before = before.and(add_report(&transaction, report, reading)?);
        }
        for input in set_aside {
            input.insert(&transaction)?;
        }
        match (reports.is_empty(), before) {
            (true, _) => {}
            // What comparing found of the others still is so.
            (false, Before::Stays) => mark_events_stale(&transaction)?,
            (false, Before::Changed) => mark_stale(&transaction)?,
        }
        Ok(transaction.commit()?)
    }
}

/// What becomes of the reports that were there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Each is what it was, and is called what it was.
    Stays,
    /// One was taken out, read anew or renamed.
    Changed,
}

impl Before {
    fn and(self, other: Self) -> Self {
        if self == Self::Stays { other } else { self }
    }
}

/// The events no longer are those of the reports, nor is what comparing found.
pub(crate) fn mark_stale(db: &Connection) -> Result<(), StoreError> {
    db.execute("DELETE FROM state WHERE name = 'compared'", [])?;
    mark_events_stale(db)
}

/// The events no longer are those of the reports and the corrections.
pub(crate) fn mark_events_stale(db: &Connection) -> Result<(), StoreError> {
    db.execute("INSERT OR REPLACE INTO state VALUES ('record', ?1)", [STALE])?;
    Ok(())
}

fn add_report(db: &Transaction<'_>, report: &PackedReport, reading: &str) -> Result<Before, StoreError> {
    let (capture, article) = (&report.capture, &report.article);
    let mut before = forget_reading(db, &capture.key)?;
    let same = "SELECT article, capture_key FROM articles WHERE given_id = ?1 AND text_sha256 = ?2";
    let same = db
        .prepare_cached(same)?
        .query_row(params![capture.id, article.text_sha256.to_string()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    // Of captures that hold the same text under one name, the one with the least key speaks: a rule
    // that does not depend on which came first.
    let number = match same {
        Some((number, key)) if key <= capture.key.to_string() => number,
        Some((number, _)) => {
            remove_article(db, number)?;
            before = Before::Changed;
            insert_article(db, report, Some(number))?
        }
        None => insert_article(db, report, None)?,
    };
    insert_capture(db, capture, number, reading)?;
    Ok(if name_apart(db, &capture.id)? > 0 { Before::Changed } else { before })
}

/// A capture that is read anew takes its former reading with it.
fn forget_reading(db: &Transaction<'_>, key: &Digest) -> Result<Before, StoreError> {
    let key = key.to_string();
    // By the capture, which is found by its key: to look through all articles costs more with each that is there.
    let former = "SELECT a.article FROM captures c JOIN articles a ON a.article = c.article \
                  WHERE c.key = ?1 AND a.capture_key = ?1";
    let former = db.prepare_cached(former)?.query_row([&key], |row| row.get(0)).optional()?;
    if let Some(article) = former {
        remove_article(db, article)?;
    }
    db.prepare_cached("DELETE FROM captures WHERE key = ?1")?.execute([&key])?;
    Ok(if former.is_some() { Before::Changed } else { Before::Stays })
}

fn insert_capture(
    db: &Transaction<'_>,
    row: &CaptureRow,
    article: i64,
    reading: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO captures (id, key, reading, article, sha256, media_type, charset, uri, retrieved, \
               file, place, size, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    db.prepare_cached(sql)?.execute(params![
        row.id,
        row.key.to_string(),
        reading,
        article,
        row.sha256.to_string(),
        row.media_type,
        row.charset,
        row.uri,
        row.retrieved,
        row.file,
        row.place,
        row.size,
        row.bytes,
    ])?;
    Ok(())
}

/// Inserts the article with its statements and remarks, under `number` where it takes another's place.
fn insert_article(
    db: &Transaction<'_>,
    report: &PackedReport,
    number: Option<i64>,
) -> Result<i64, StoreError> {
    let (capture, row) = (&report.capture, &report.article);
    article_row(db, capture, row, number)?;
    let number = number.unwrap_or_else(|| db.last_insert_rowid());
    let sql = "INSERT INTO articles_text (rowid, headline, text, publisher) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?.execute(params![number, row.headline, row.text, row.publisher])?;
    insert_statements(db, report, number)?;
    let sql = "INSERT INTO diagnostics VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = db.prepare_cached(sql)?;
    for d in &report.diagnostics {
        let severity = format!("{:?}", d.severity).to_lowercase();
        insert.execute(params![number, d.code, severity, d.message, d.quote, d.hint])?;
    }
    Ok(number)
}

fn article_row(
    db: &Transaction<'_>,
    capture: &CaptureRow,
    row: &ArticleRow,
    number: Option<i64>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO articles (article, id, given_id, text_sha256, capture_key, uri, publisher, \
               published, published_basis, published_quote, language, headline, byline, credits, words, \
               text, map, findings, dossier) \
               VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
    db.prepare_cached(sql)?.execute(params![
        number,
        capture.id,
        row.text_sha256.to_string(),
        capture.key.to_string(),
        row.uri,
        row.publisher,
        row.published,
        row.published_basis,
        row.published_quote,
        row.language,
        row.headline,
        row.byline,
        row.credits,
        row.words,
        row.text,
        row.map,
        row.findings,
        row.dossier,
    ])?;
    Ok(())
}

fn insert_statements(db: &Transaction<'_>, report: &PackedReport, article: i64) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO statements VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    let mut insert = db.prepare_cached(sql)?;
    let sql = "INSERT INTO statements_text (rowid, content, speaker, source) VALUES (?1, ?2, ?3, ?4)";
    let mut index = db.prepare_cached(sql)?;
    for s in &report.statements {
        insert.execute(params![
            article,
            s.of,
            s.speaker,
            s.source,
            s.cue,
            s.kind,
            s.content,
            s.start,
            s.end,
            s.spans,
            s.reported_by,
            s.medium,
            s.addressee,
            s.reason,
        ])?;
        index.execute(params![db.last_insert_rowid(), s.content, s.speaker, s.source])?;
    }
    Ok(())
}

/// Several texts under one name get the beginning of their digest behind it; a single one keeps the name. How many
/// are called otherwise now.
pub(crate) fn name_apart(db: &Connection, given: &str) -> Result<usize, StoreError> {
    // Mostly there is one of that name, which is called so.
    let told = "SELECT count(*) > 1 OR ifnull(max(id <> given_id), 0) FROM articles WHERE given_id = ?1";
    if !db.prepare_cached(told)?.query_row([given], |row| row.get::<_, bool>(0))? {
        return Ok(0);
    }
    // Only where the name changes: an update writes a whole report anew.
    let sql = "UPDATE articles SET id = n.name FROM \
               (SELECT article, CASE WHEN count(*) OVER () > 1 \
               THEN given_id || '#' || substr(text_sha256, 1, 8) ELSE given_id END AS name \
               FROM articles WHERE given_id = ?1) n \
               WHERE articles.article = n.article AND articles.id <> n.name";
    Ok(db.prepare_cached(sql)?.execute([given])?)
}
