//! The log of corrections in the file: entries go in at its end; what the last build made of them stands
//! beside it.

use dateline_model::{Change, Correction, CorrectionLog, Gone, Outcome};
use rusqlite::{Connection, params};

use crate::adding::mark_events_stale;
use crate::error::StoreError;
use crate::store::{Store, StoreWriter};

impl Store {
    /// All corrections, in the order in which they were made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn corrections(&self) -> Result<CorrectionLog, StoreError> {
        if !self.knows_corrections()? {
            return Ok(CorrectionLog::default());
        }
        let mut query = self.db.prepare("SELECT line FROM corrections ORDER BY number")?;
        let lines = query.query_map([], |row| row.get::<_, String>(0))?;
        let entries = lines.map(|line| read_entry(&line?)).collect::<Result<_, _>>()?;
        Ok(CorrectionLog::of(entries))
    }

    /// What the last build made of each correction, in the order of the log; of one that no build has seen
    /// yet there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outcomes(&self) -> Result<Vec<Outcome>, StoreError> {
        if !self.knows_corrections()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT o.correction, o.standing, o.reason, \
                   (SELECT json_group_array(DISTINCT x.event) FROM event_corrections x \
                    WHERE x.correction = o.correction) \
                   FROM correction_outcomes o JOIN corrections c USING (correction) ORDER BY c.number";
        let mut query = self.db.prepare(sql)?;
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let rows = query.query_map([], row)?;
        rows.map(|row| outcome(row?)).collect()
    }

    /// A file of the first version has no place for corrections, until it is opened for writing.
    fn knows_corrections(&self) -> Result<bool, StoreError> {
        let version: i64 = self.db.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok(version > 1)
    }
}

impl StoreWriter {
    /// Adds entries to the end of the log. The events are to be made anew afterwards.
    ///
    /// # Errors
    /// When the file cannot be written, or one of the entries is in the log already.
    pub fn append_corrections(&mut self, entries: &[Correction]) -> Result<(), StoreError> {
        let transaction = self.store.db.transaction()?;
        for entry in entries {
            insert(&transaction, entry)?;
        }
        if !entries.is_empty() {
            mark_events_stale(&transaction)?;
        }
        Ok(transaction.commit()?)
    }
}

fn insert(db: &Connection, entry: &Correction) -> Result<(), StoreError> {
    let sql = "INSERT INTO corrections VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6)";
    let does = entry.change.name();
    db.execute(sql, params![entry.id, entry.who, entry.when, entry.why, does, line(entry)?])?;
    Ok(())
}

fn line(entry: &Correction) -> Result<String, StoreError> {
    serde_json::to_string(entry).map_err(|error| StoreError::Part(error.to_string()))
}

fn read_entry(line: &str) -> Result<Correction, StoreError> {
    serde_json::from_str(line).map_err(|error| StoreError::Part(format!("a correction: {error}")))
}

fn outcome(
    (correction, standing, reason, events): (String, String, String, String),
) -> Result<Outcome, StoreError> {
    let part = |error: serde_json::Error| StoreError::Part(error.to_string());
    let standing = serde_json::from_value(standing.into()).map_err(part)?;
    let mut events: Vec<String> = serde_json::from_str(&events).map_err(part)?;
    events.sort_unstable();
    Ok(Outcome { correction, standing, reason, events })
}

/// What the last build made of the log.
pub(crate) fn insert_outcomes(db: &Connection, outcomes: &[Outcome]) -> Result<(), StoreError> {
    let mut insert = db.prepare("INSERT OR REPLACE INTO correction_outcomes VALUES (?1, ?2, ?3)")?;
    for outcome in outcomes {
        let standing = serde_json::to_value(outcome.standing).map_err(|e| StoreError::Part(e.to_string()))?;
        insert.execute(params![outcome.correction, standing.as_str(), outcome.reason])?;
    }
    Ok(())
}

/// Takes out of the log what reports carried that are gone.
pub(crate) fn forget(db: &Connection, gone: &impl Gone) -> Result<(), StoreError> {
    let mut query = db.prepare("SELECT number, line FROM corrections ORDER BY number")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let entries: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
    let sql = "UPDATE corrections SET why = ?2, does = ?3, line = ?4 WHERE number = ?1";
    for (number, entry) in entries {
        if let Some(left) = read_entry(&entry)?.without(gone) {
            let does = match left.change {
                Change::Forgotten { .. } => "forgotten",
                _ => left.change.name(),
            };
            db.execute(sql, params![number, left.why, does, line(&left)?])?;
        }
    }
    Ok(())
}
