//! One report with all that the file knows of it: findings, capture, the events that it tells of.

use rusqlite::{OptionalExtension, Row};

use crate::blob::{unpack, unpack_text};
use crate::error::StoreError;
use crate::store::Store;

/// A report and the page it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportParts {
    /// Its name.
    pub id: String,
    /// All that `dateline annotate` prints of it: one line of JSON.
    pub findings: String,
    /// Id of the first report of its story.
    pub story: Option<String>,
    /// The page.
    pub capture: CaptureFacts,
}

/// A page as it was had, without its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureFacts {
    /// The input it came from.
    pub file: String,
    /// Where in that file.
    pub place: Option<String>,
    /// Its address.
    pub uri: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<String>,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// What it is: `text/html` or `text/plain`.
    pub media_type: String,
    /// Its charset.
    pub charset: String,
    /// Number of bytes.
    pub size: u64,
    /// Does the file hold the bytes?
    pub is_kept: bool,
}

/// A capture's bytes, and where the text stands in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureBytes {
    /// The bytes; none where only the reference was kept.
    pub bytes: Option<Vec<u8>>,
    /// The stretches of the text as JSON: `[start, end, byte, byte, 'same' or 'decoded']`.
    pub map: String,
    /// What is known of the page.
    pub facts: CaptureFacts,
}

/// What a list says of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportHead {
    /// Its name.
    pub id: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// The headline.
    pub headline: Option<String>,
}

/// Words of a report that stand for something in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedWords {
    /// The event.
    pub event: String,
    /// Its title.
    pub title: String,
    /// The field that they carry; none where they tell of the event at all.
    pub field: Option<String>,
    /// The value that they carry.
    pub shown: Option<String>,
    /// In which of the report's texts.
    pub of: String,
    /// First code point.
    pub start: Option<u32>,
    /// One past the last.
    pub end: Option<u32>,
    /// The words.
    pub quote: String,
}

const FACTS: &str =
    "c.file, c.place, c.uri, c.retrieved, c.sha256, c.media_type, c.charset, c.size, c.bytes IS NOT NULL";

impl Store {
    /// The report of that name with its findings.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn report(&self, id: &str) -> Result<Option<ReportParts>, StoreError> {
        let sql = format!(
            "SELECT {FACTS}, a.id, a.story, a.findings FROM articles a \
             JOIN captures c ON c.key = a.capture_key WHERE a.id = ?1"
        );
        let found = self.db.query_row(&sql, [id], |row| {
            Ok((facts(row)?, row.get::<_, String>(9)?, row.get(10)?, row.get::<_, Vec<u8>>(11)?))
        });
        let Some((capture, id, story, findings)) = found.optional()? else { return Ok(None) };
        Ok(Some(ReportParts { id, findings: unpack_text(&findings)?, story, capture }))
    }

    /// The page that a report was read from.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn capture(&self, id: &str) -> Result<Option<CaptureBytes>, StoreError> {
        let sql = format!(
            "SELECT {FACTS}, c.bytes, a.map FROM articles a \
             JOIN captures c ON c.key = a.capture_key WHERE a.id = ?1"
        );
        let found = self.db.query_row(&sql, [id], |row| {
            Ok((facts(row)?, row.get::<_, Option<Vec<u8>>>(9)?, row.get::<_, Vec<u8>>(10)?))
        });
        let Some((facts, bytes, map)) = found.optional()? else { return Ok(None) };
        let bytes = bytes.map(|bytes| unpack(&bytes)).transpose()?;
        Ok(Some(CaptureBytes { bytes, map: unpack_text(&map)?, facts }))
    }

    /// What a list says of these reports, in their order; what is not there is passed over.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn heads(&self, ids: &[String]) -> Result<Vec<ReportHead>, StoreError> {
        let sql = "SELECT id, publisher, published, headline FROM articles WHERE id = ?1";
        let mut query = self.db.prepare(sql)?;
        let heads = ids.iter().map(|id| query.query_row([id], head).optional());
        Ok(heads.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Every stretch of the report that an event cites, by place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cited_words(&self, id: &str) -> Result<Vec<CitedWords>, StoreError> {
        let sql = "SELECT DISTINCT e.event, e.title, c.field, c.shown, x.of, x.start, x.\"end\", x.quote, e.number \
                   FROM citations x LEFT JOIN claims c ON c.claim = x.claim \
                   LEFT JOIN accounts t ON t.account = x.account \
                   JOIN events e ON e.event = ifnull(c.event, t.event) \
                   WHERE x.article = ?1 ORDER BY e.number, x.start, x.\"end\", c.field, c.shown";
        let mut query = self.db.prepare(sql)?;
        let words = query.query_map([id], |row| {
            Ok(CitedWords {
                event: row.get(0)?,
                title: row.get(1)?,
                field: row.get(2)?,
                shown: row.get(3)?,
                of: row.get(4)?,
                start: row.get(5)?,
                end: row.get(6)?,
                quote: row.get(7)?,
            })
        })?;
        Ok(words.collect::<Result<_, _>>()?)
    }
}

fn facts(row: &Row<'_>) -> rusqlite::Result<CaptureFacts> {
    Ok(CaptureFacts {
        file: row.get(0)?,
        place: row.get(1)?,
        uri: row.get(2)?,
        retrieved: row.get(3)?,
        sha256: row.get(4)?,
        media_type: row.get(5)?,
        charset: row.get(6)?,
        size: row.get(7)?,
        is_kept: row.get(8)?,
    })
}

pub(crate) fn head(row: &Row<'_>) -> rusqlite::Result<ReportHead> {
    Ok(ReportHead { id: row.get(0)?, publisher: row.get(1)?, published: row.get(2)?, headline: row.get(3)? })
}
