//! What stands in a record: its reports, statements and events, in an order that does not change.

use dateline_model::{KeptReport, KeptStatement};
use rusqlite::{OptionalExtension, Params};

use crate::blob::{unpack, unpack_text};
use crate::error::StoreError;
use crate::store::Store;
use crate::stored::{article, statement};

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
        mut take: impl FnMut(KeptReport) -> Result<(), E>,
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
    pub fn article(&self, id: &str) -> Result<Option<KeptReport>, StoreError> {
        let sql = format!("{ARTICLE} WHERE a.id = ?1");
        Ok(self.db.query_row(&sql, [id], article).optional()?)
    }

    /// Headline and text of the report of that name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn texts_of(&self, id: &str) -> Result<Option<(Option<String>, String)>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT headline, text FROM articles WHERE id = ?1")?;
        Ok(query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Ids of all reports, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn report_ids(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.db.prepare("SELECT id FROM articles ORDER BY id")?;
        let ids = query.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Hands every report's number, id, text and what comparing reports needs of it, as JSON, to `take`, by id.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each_dossier<E: From<StoreError>>(
        &self,
        take: impl FnMut(i64, &str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_blob("SELECT article, id, text, dossier FROM articles ORDER BY id, article", [], take)
    }

    /// The same of the reports of these numbers alone, in their order.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn dossiers_of<E: From<StoreError>>(
        &self,
        articles: &[i64],
        mut take: impl FnMut(i64, &str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT article, id, text, dossier FROM articles WHERE article = ?1";
        articles.iter().try_for_each(|number| self.each_blob(sql, [number], &mut take))
    }

    /// Hands every report's number, its id and its dossier, as one line of JSON, to `take`, by number, without the texts.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each_dossier_line<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(i64, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT article, id, '', dossier FROM articles ORDER BY article";
        self.each_blob(sql, [], |number, id, _, dossier| take(number, id, dossier))
    }

    /// Hands every report's id and its findings, as one line of JSON, to `take`, by id.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each_finding<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT article, id, '', findings FROM articles ORDER BY id, article";
        self.each_blob(sql, [], |_, id, _, findings| take(id, findings))
    }

    fn each_blob<E: From<StoreError>>(
        &self,
        sql: &str,
        values: impl Params,
        mut take: impl FnMut(i64, &str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self.db.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = query.query(values).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let number: i64 = row.get(0).map_err(StoreError::from)?;
            let id: String = row.get(1).map_err(StoreError::from)?;
            let text: String = row.get(2).map_err(StoreError::from)?;
            let blob: Vec<u8> = row.get(3).map_err(StoreError::from)?;
            take(number, &id, &text, &unpack_text(&blob)?)?;
        }
        Ok(())
    }

    /// All statements, by report and place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn statements(&self) -> Result<Vec<KeptStatement>, StoreError> {
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
}
