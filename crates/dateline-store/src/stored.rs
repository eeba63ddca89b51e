//! A report and a statement as they are read back from the file.

use dateline_model::{KeptReport, KeptStatement};
use rusqlite::Row;

use crate::blob::unpack_text;

pub(crate) fn article(row: &Row<'_>) -> rusqlite::Result<KeptReport> {
    let map = unpack_text(&row.get::<_, Vec<u8>>(11)?).unwrap_or_default();
    Ok(KeptReport {
        id: row.get(0)?,
        uri: row.get(1)?,
        publisher: row.get(2)?,
        published: row.get(3)?,
        language: row.get(4)?,
        headline: row.get(5)?,
        byline: row.get(6)?,
        credits: listed(row.get(7)?),
        sha256: row.get(8)?,
        story: row.get(9)?,
        text: row.get(10)?,
        map: serde_json::from_str(&map).unwrap_or_default(),
    })
}

pub(crate) fn statement(row: &Row<'_>) -> rusqlite::Result<KeptStatement> {
    Ok(KeptStatement {
        report: row.get(0)?,
        of: row.get(1)?,
        speaker: row.get(2)?,
        source: row.get(3)?,
        kind: row.get(4)?,
        content: row.get(5)?,
        start: row.get(6)?,
        end: row.get(7)?,
        reported_by: listed(row.get(8)?),
        medium: row.get(9)?,
        addressee: row.get(10)?,
    })
}

/// A column that holds a list of names as JSON, or nothing.
fn listed(column: Option<String>) -> Vec<String> {
    column.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default()
}
