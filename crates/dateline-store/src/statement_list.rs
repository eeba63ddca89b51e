//! Statements of a record, chosen by who says, who passes on, and who prints.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use crate::error::StoreError;
use crate::report_parts::ReportHead;
use crate::store::Store;

/// Which statements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementChoice {
    /// Key of who says it.
    pub speaker: Option<String>,
    /// Who passes it on.
    pub relay: Option<String>,
    /// The outlet that prints it.
    pub publisher: Option<String>,
    /// The report that prints it.
    pub report: Option<String>,
}

/// A statement with the report that prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Its number in the file.
    pub number: i64,
    /// The report.
    pub report: ReportHead,
    /// `text` or `headline`: where the offsets count.
    pub of: String,
    /// Key of who says it.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub source: Option<String>,
    /// The words that make it a statement.
    pub cue: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: String,
    /// What is said.
    pub content: String,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Through whom it came, from the speaker outwards.
    pub reported_by: Vec<String>,
    /// By what means.
    pub medium: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
    /// Why this speaker.
    pub reason: String,
}

/// So many statements are counted; beyond, a list says "more than".
pub const COUNTED: u32 = 10_000;

const COLUMNS: &str = "a.id, a.publisher, a.published, a.headline, s.statement, s.of, s.speaker, s.source, s.cue, \
                       s.kind, s.content, s.start, s.\"end\", s.reported_by, s.medium, s.addressee, s.reason";

impl Store {
    /// The statements of a choice from `offset` on, and how many there are, counted up to [`COUNTED`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn chosen_statements(
        &self,
        choice: &StatementChoice,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<StatementRow>), StoreError> {
        let (conditions, values) = choice.conditions();
        // Where nothing is asked of the reports they need not be looked at.
        let reports = if choice.asks_of_reports() { "JOIN articles a ON a.article = s.article" } else { "" };
        let from = format!("statements s {reports} WHERE {conditions}");
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {from} LIMIT {})", COUNTED + 1);
        let total = self.db.query_row(&sql, params_from_iter(&values), |row| row.get(0))?;
        Ok((total, self.statements_from(choice, (offset, limit))?))
    }

    /// The first statements of a choice, uncounted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_statements(
        &self,
        choice: &StatementChoice,
        limit: u32,
    ) -> Result<Vec<StatementRow>, StoreError> {
        self.statements_from(choice, (0, limit))
    }

    fn statements_from(
        &self,
        choice: &StatementChoice,
        (offset, limit): (u32, u32),
    ) -> Result<Vec<StatementRow>, StoreError> {
        let (conditions, values) = choice.conditions();
        let sql = format!(
            "SELECT {COLUMNS} FROM statements s JOIN articles a ON a.article = s.article WHERE {conditions} \
             ORDER BY s.statement LIMIT {limit} OFFSET {offset}"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(&values), statement_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who says most: speakers and the number of their statements.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn speakers(&self) -> Result<Vec<(String, u32)>, StoreError> {
        let sql = "SELECT speaker, count(*) FROM statements WHERE speaker IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1";
        let mut query = self.db.prepare(sql)?;
        let speakers = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(speakers.collect::<Result<_, _>>()?)
    }

    /// Speaker and report of these statements.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn speakers_of(&self, statements: &[i64]) -> Result<Vec<Option<String>>, StoreError> {
        let mut query = self.db.prepare("SELECT speaker FROM statements WHERE statement = ?1")?;
        let found = statements.iter().map(|n| query.query_row([n], |row| row.get(0)));
        Ok(found.collect::<Result<_, _>>()?)
    }
}

impl StatementChoice {
    fn asks_of_reports(&self) -> bool {
        self.publisher.is_some() || self.report.is_some()
    }

    fn conditions(&self) -> (String, Vec<Value>) {
        // One report has few statements, "police" has thousands: the sign keeps SQLite from going through those.
        let speaker = if self.report.is_some() { "+s.speaker = ?" } else { "s.speaker = ?" };
        let all = [
            (speaker, &self.speaker),
            (
                "s.reported_by IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(s.reported_by) WHERE value = ?)",
                &self.relay,
            ),
            ("a.publisher = ?", &self.publisher),
            ("a.id = ?", &self.report),
        ];
        let asked = all.into_iter().filter_map(|(sql, value)| Some((sql, value.clone()?)));
        let (mut conditions, values): (Vec<_>, Vec<_>) =
            asked.map(|(sql, value)| (sql, Value::Text(value))).unzip();
        conditions.push("true");
        (conditions.join(" AND "), values)
    }
}

fn statement_row(row: &Row<'_>) -> rusqlite::Result<StatementRow> {
    let reported_by: Option<String> = row.get(13)?;
    Ok(StatementRow {
        report: crate::report_parts::head(row)?,
        number: row.get(4)?,
        of: row.get(5)?,
        speaker: row.get(6)?,
        source: row.get(7)?,
        cue: row.get(8)?,
        kind: row.get(9)?,
        content: row.get(10)?,
        start: row.get(11)?,
        end: row.get(12)?,
        reported_by: reported_by.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default(),
        medium: row.get(14)?,
        addressee: row.get(15)?,
        reason: row.get(16)?,
    })
}
