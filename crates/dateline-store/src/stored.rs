//! A report and a statement as they are read back from the file.

use rusqlite::Row;

use crate::blob::unpack_text;

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

pub(crate) fn article(row: &Row<'_>) -> rusqlite::Result<StoredArticle> {
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

pub(crate) fn statement(row: &Row<'_>) -> rusqlite::Result<StoredStatement> {
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
