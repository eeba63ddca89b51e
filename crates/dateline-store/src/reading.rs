//! What stands in a record: its reports, its events, its figures.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};

use crate::blob::{unpack, unpack_text};
use crate::error::StoreError;
use crate::store::Store;

/// A report of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArticle {
    /// Its name in the record.
    pub id: String,
    /// The address of the page.
    pub uri: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Agencies and outlets named as origin.
    pub credits: Vec<String>,
    /// SHA-256 of the capture.
    pub sha256: Option<String>,
    /// Id of the first report of its story.
    pub story: Option<String>,
    /// The text.
    pub text: String,
    /// The stretches of the text and their bytes in the capture, as JSON.
    pub map: String,
}

/// A statement of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStatement {
    /// The report that carries it.
    pub article: String,
    /// `text` or `headline`: where the offsets count.
    pub of: String,
    /// Who says it.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub source: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: String,
    /// What is said.
    pub content: String,
    /// First code point of the content.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// Through whom it came, a JSON list.
    pub reported_by: Option<String>,
    /// By what means.
    pub medium: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
}

/// How much a record holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reports.
    pub articles: u64,
    /// Outlets.
    pub publishers: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
    /// Accounts of events.
    pub accounts: u64,
    /// Sum over events of their independent accounts.
    pub independent_accounts: u64,
    /// Events on which accounts differ in some field.
    pub disputed: u64,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
    /// Inputs that gave no article, by reason.
    pub set_aside: BTreeMap<String, u64>,
}

const ARTICLE: &str = "SELECT a.id, a.uri, a.publisher, a.published, a.language, a.headline, a.byline, \
                       a.credits, c.sha256, a.story, a.text, a.map \
                       FROM articles a LEFT JOIN captures c ON c.key = a.capture_key";

impl Store {
    /// Hands every report to `take`, by id.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each_article<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(StoredArticle) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query =
            self.db.prepare(&format!("{ARTICLE} ORDER BY a.id, a.article")).map_err(StoreError::from)?;
        let mut rows = query.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(article(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// The report of that name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<StoredArticle>, StoreError> {
        let sql = format!("{ARTICLE} WHERE a.id = ?1");
        Ok(self.db.query_row(&sql, [id], article).optional()?)
    }

    /// Hands every report's id, text and what comparing reports needs of it, as JSON, to `take`, by id.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each_dossier<E: From<StoreError>>(
        &self,
        take: impl FnMut(&str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_blob("SELECT id, text, dossier FROM articles ORDER BY id, article", take)
    }

    /// Hands every report's id and its findings, as one line of JSON, to `take`, by id.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each_finding<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT id, '', findings FROM articles ORDER BY id, article";
        self.each_blob(sql, |id, _, findings| take(id, findings))
    }

    fn each_blob<E: From<StoreError>>(
        &self,
        sql: &str,
        mut take: impl FnMut(&str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self.db.prepare(sql).map_err(StoreError::from)?;
        let mut rows = query.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let id: String = row.get(0).map_err(StoreError::from)?;
            let text: String = row.get(1).map_err(StoreError::from)?;
            let blob: Vec<u8> = row.get(2).map_err(StoreError::from)?;
            take(&id, &text, &unpack_text(&blob)?)?;
        }
        Ok(())
    }

    /// All statements, by report and place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn statements(&self) -> Result<Vec<StoredStatement>, StoreError> {
        let sql = "SELECT a.id, s.of, s.speaker, s.source, s.kind, s.content, s.start, s.\"end\", \
                   s.reported_by, s.medium, s.addressee \
                   FROM statements s JOIN articles a ON a.article = s.article \
                   ORDER BY a.id, s.of DESC, s.start, s.\"end\", s.statement";
        let mut query = self.db.prepare(sql)?;
        let statements = query.query_map([], statement)?;
        Ok(statements.collect::<Result<_, _>>()?)
    }

    /// All events as lines of JSON with their titles, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut query = self.db.prepare("SELECT line, title FROM events ORDER BY number")?;
        let events = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// The event of that name, or that had it in an earlier build: its line of JSON and its title.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn event(&self, name: &str) -> Result<Option<(String, String)>, StoreError> {
        let sql = "SELECT line, title FROM events WHERE event = \
                   ifnull((SELECT event FROM event_names WHERE name = ?1), ?1)";
        Ok(self.db.query_row(sql, [name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Names of events that begin so.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events_named_like(&self, beginning: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT event FROM events WHERE substr(event, 1, length(?1)) = ?1 ORDER BY number";
        let mut query = self.db.prepare(sql)?;
        let names = query.query_map([beginning], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The bytes of the capture that a report was read from; none where only their reference was kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn capture_bytes(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT c.bytes FROM articles a JOIN captures c ON c.key = a.capture_key WHERE a.id = ?1";
        let blob: Option<Option<Vec<u8>>> = self.db.query_row(sql, [id], |row| row.get(0)).optional()?;
        blob.flatten().map(|blob| unpack(&blob)).transpose()
    }

    /// How much the record holds.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tally(&self) -> Result<Tally, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM articles), (SELECT count(DISTINCT publisher) FROM articles), \
                   (SELECT count(*) FROM statements), count(*), ifnull(sum(accounts), 0), \
                   ifnull(sum(independent_accounts), 0), ifnull(sum(disputed <> ''), 0), \
                   (SELECT min(substr(published, 1, 10)) FROM articles), \
                   (SELECT max(substr(published, 1, 10)) FROM articles) FROM events";
        let mut tally = self.db.query_row(sql, [], tally)?;
        let mut query = self.db.prepare("SELECT code, count(*) FROM set_aside_inputs GROUP BY code")?;
        let set_aside = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        tally.set_aside = set_aside.collect::<Result<_, _>>()?;
        Ok(tally)
    }
}

fn article(row: &Row<'_>) -> rusqlite::Result<StoredArticle> {
    let credits: Option<String> = row.get(7)?;
    Ok(StoredArticle {
        id: row.get(0)?,
        uri: row.get(1)?,
        publisher: row.get(2)?,
        published: row.get(3)?,
        language: row.get(4)?,
        headline: row.get(5)?,
        byline: row.get(6)?,
        credits: credits.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default(),
        sha256: row.get(8)?,
        story: row.get(9)?,
        text: row.get(10)?,
        map: unpack_text(&row.get::<_, Vec<u8>>(11)?).unwrap_or_default(),
    })
}

fn statement(row: &Row<'_>) -> rusqlite::Result<StoredStatement> {
    Ok(StoredStatement {
        article: row.get(0)?,
        of: row.get(1)?,
        speaker: row.get(2)?,
        source: row.get(3)?,
        kind: row.get(4)?,
        content: row.get(5)?,
        start: row.get(6)?,
        end: row.get(7)?,
        reported_by: row.get(8)?,
        medium: row.get(9)?,
        addressee: row.get(10)?,
    })
}

fn tally(row: &Row<'_>) -> rusqlite::Result<Tally> {
    let (first, last): (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
    Ok(Tally {
        articles: row.get(0)?,
        publishers: row.get(1)?,
        statements: row.get(2)?,
        events: row.get(3)?,
        accounts: row.get(4)?,
        independent_accounts: row.get(5)?,
        disputed: row.get(6)?,
        published: first.zip(last),
        set_aside: BTreeMap::new(),
    })
}
