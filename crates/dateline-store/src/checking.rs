//! Is everything in the record as it was written? Every page, every text and every quote is looked at.

use std::fmt;

use dateline_model::Digest;
use rusqlite::Row;
use sha2::{Digest as _, Sha256};

use crate::blob::{unpack, unpack_text};
use crate::error::StoreError;
use crate::store::Store;

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Reports whose text was held against its digest.
    pub reports: u64,
    /// Pages that were held against their digest.
    pub captures: u64,
    /// Quotes that were looked up at their place.
    pub citations: u64,
    /// What is wrong, a line each; of very many, the first.
    pub faults: Vec<String>,
}

/// A part of the record is looked at.
type Look = fn(&Store, &mut Checked) -> Result<(), StoreError>;

/// So many faults are told.
const MOST: usize = 100;

impl Checked {
    fn fault(&mut self, fault: String) {
        if self.faults.len() < MOST {
            self.faults.push(fault);
        }
    }
}

impl Store {
    /// Looks at all of the record. A file that SQLite cannot read in places is no error: that is what is asked.
    #[must_use]
    pub fn check(&self) -> Checked {
        let mut checked = Checked::default();
        let parts: [(&str, Look); 6] = [
            ("the file", Self::check_file),
            ("captures", Self::check_captures),
            ("articles", Self::check_articles),
            ("events", Self::check_events),
            ("citations", Self::check_citations),
            ("corrections", Self::check_log),
        ];
        for (part, check) in parts {
            if let Err(error) = check(self, &mut checked) {
                checked.fault(format!("{part}: {error}"));
            }
        }
        checked
    }

    /// SQLite's own check of its pages and indexes.
    fn check_file(&self, checked: &mut Checked) -> Result<(), StoreError> {
        self.each_row(&format!("PRAGMA integrity_check({MOST})"), |row| {
            let line: String = row.get(0)?;
            if line != "ok" {
                checked.fault(format!("the file: {line}"));
            }
            Ok(())
        })?;
        self.each_row("PRAGMA foreign_key_check", |row| {
            let (table, of): (String, String) = (row.get(0)?, row.get(2)?);
            checked.fault(format!("{table}: a row belongs to nothing in {of}"));
            Ok(())
        })
    }

    fn check_captures(&self, checked: &mut Checked) -> Result<(), StoreError> {
        self.each_row("SELECT id, sha256, bytes FROM captures WHERE bytes IS NOT NULL", |row| {
            let (id, sha256): (String, String) = (row.get(0)?, row.get(1)?);
            checked.captures += 1;
            match unpack(row.get_ref(2)?.as_blob()?) {
                Ok(bytes) if digest(&bytes) == sha256 => {}
                Ok(_) => checked.fault(format!("captures: {id}: the page is not the one that was read")),
                Err(error) => checked.fault(format!("captures: {id}: {error}")),
            }
            Ok(())
        })
    }

    fn check_articles(&self, checked: &mut Checked) -> Result<(), StoreError> {
        self.each_row("SELECT id, text_sha256, text, map, findings, dossier FROM articles", |row| {
            let (id, sha256): (String, String) = (row.get(0)?, row.get(1)?);
            checked.reports += 1;
            if digest(row.get_ref(2)?.as_bytes()?) != sha256 {
                checked.fault(format!("articles: {id}: the text is not the one that was read"));
            }
            for (column, name) in [(3, "map"), (4, "findings"), (5, "dossier")] {
                if let Err(error) = unpack_text(row.get_ref(column)?.as_blob()?) {
                    checked.fault(format!("articles: {id}: {name}: {error}"));
                }
            }
            Ok(())
        })
    }

    /// The events are those that were written together.
    fn check_events(&self, checked: &mut Checked) -> Result<(), StoreError> {
        let mut found = LinesDigest::default();
        self.each_row("SELECT line FROM events", |row| {
            found.turn(row.get_ref(0)?.as_bytes()?);
            Ok(())
        })?;
        // A record of an earlier version does not say; its events can be read.
        if self.state_of(LINES)?.is_some_and(|written| found.to_string() != written) {
            checked.fault("events: they are not those that were written".to_owned());
        }
        Ok(())
    }

    /// Every quote stands where it is said to stand.
    fn check_citations(&self, checked: &mut Checked) -> Result<(), StoreError> {
        let sql = "SELECT a.id, CASE x.of WHEN 'text' THEN a.text ELSE a.headline END, x.start, x.\"end\", x.quote \
                   FROM citations x LEFT JOIN articles a ON a.id = x.article \
                   WHERE x.of IN ('text', 'headline') ORDER BY x.article";
        self.each_row(sql, |row| {
            checked.citations += 1;
            let (id, text): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            let (start, end, quote): (usize, usize, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let there = stretch(text.as_deref().unwrap_or_default(), start, end);
            if there != quote {
                let id = id.unwrap_or_else(|| "no report".to_owned());
                checked.fault(format!("citations: {id}, {start} to {end}: {quote:?} does not stand there"));
            }
            Ok(())
        })
    }

    /// The log of corrections can be read.
    fn check_log(&self, _: &mut Checked) -> Result<(), StoreError> {
        self.corrections().map(drop)
    }

    fn each_row(
        &self,
        sql: &str,
        mut take: impl FnMut(&Row<'_>) -> Result<(), Box<dyn std::error::Error>>,
    ) -> Result<(), StoreError> {
        let mut query = self.db.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            // A value of the wrong kind is a fault of this row.
            take(row).map_err(|error| StoreError::Part(error.to_string()))?;
        }
        Ok(())
    }
}

/// The name under which the digest of all events' lines is kept.
pub(crate) const LINES: &str = "lines";

/// One digest of the lines of all events, whatever their order: the digests of all, each turning those bits that it has.
/// It tells damage, not malice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LinesDigest(Digest);

impl Default for LinesDigest {
    fn default() -> Self {
        Self(Digest([0; 32]))
    }
}

impl LinesDigest {
    /// The one that is printed so.
    pub(crate) fn of_digits(digits: &str) -> Option<Self> {
        Digest::of_digits(digits).map(Self)
    }

    /// Takes a line in; or out, where it is in.
    pub(crate) fn turn(&mut self, line: &[u8]) {
        for (byte, turned) in self.0.0.iter_mut().zip(Sha256::digest(line)) {
            *byte ^= turned;
        }
    }
}

impl fmt::Display for LinesDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn digest(bytes: &[u8]) -> String {
    Digest(Sha256::digest(bytes).into()).to_string()
}

/// The characters from `start` to `end`, those that there are.
fn stretch(text: &str, start: usize, end: usize) -> &str {
    if text.is_ascii() {
        return text.get(start..end).unwrap_or_default();
    }
    let place = |n| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
    place(start).zip(place(end)).and_then(|(start, end)| text.get(start..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_taken_out_leaves_no_trace() {
        let of = |lines: &[&str]| {
            let mut digest = LinesDigest::default();
            lines.iter().for_each(|line| digest.turn(line.as_bytes()));
            digest
        };
        assert_eq!(of(&["a", "b"]), of(&["b", "c", "a", "c"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
        assert_eq!(LinesDigest::of_digits(&of(&["a"]).to_string()), Some(of(&["a"])));
    }

    #[test]
    fn characters_are_counted() {
        for (text, start, end, expected) in
            [("abc", 1, 3, "bc"), ("éa𝄞b", 1, 3, "a𝄞"), ("é", 0, 1, "é"), ("é", 0, 2, ""), ("abc", 2, 9, "")]
        {
            assert_eq!(stretch(text, start, end), expected, "{text}");
        }
    }
}
