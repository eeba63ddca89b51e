//! What is known across reports: stories, shared text, events.

use dateline_model::{Outcome, ReuseCluster};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::checking::{LINES, LinesDigest};
use crate::comparison::ToldRow;
use crate::corrections::insert_outcomes;
use crate::error::StoreError;
use crate::former_names::FormerNames;
use crate::pairs::PairEntry;
use crate::place_in_time::{PlaceInTime, ROOM};
use crate::store::StoreWriter;

/// What the corpus stages found in all reports of the file.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    /// Each report's id and the id of its story.
    pub stories: &'a [(String, String)],
    /// Reports that share text.
    pub pairs: &'a [PairEntry<'a>],
    /// Reports that are copies of one another.
    pub clusters: &'a [ReuseCluster],
    /// Each report's number in the file, and that of the text it goes back to.
    pub texts: &'a [(i64, u32)],
    /// The events.
    pub events: Events<'a>,
}

/// The events of a record, as reports and corrections make them.
#[derive(Clone, Copy, Debug)]
pub struct Events<'a> {
    /// The events, in their order.
    pub entries: &'a [EventEntry],
    /// Of which event each account is.
    pub told: &'a [ToldRow<'a>],
    /// What became of each correction of the log.
    pub outcomes: &'a [Outcome],
    /// How a value of a field reads: "11 or more civilians".
    pub shown: fn(&Value) -> String,
    /// Version of Dateline.
    pub version: &'a str,
}

/// One event as the file takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventEntry {
    /// The event as one line of JSON.
    pub line: String,
    /// Who did what to whom, for a reader.
    pub title: String,
}

/// One run of a build.
#[derive(Clone, Copy, Debug)]
pub struct BuildRow<'a> {
    /// Version of Dateline.
    pub version: &'a str,
    /// Captures read in this run.
    pub captures: u64,
    /// Inputs that could not be read.
    pub set_aside: u64,
}

impl StoreWriter {
    /// Notes that a build has run.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_build(&mut self, build: BuildRow<'_>) -> Result<(), StoreError> {
        let sql = "INSERT INTO builds SELECT NULL, ?1, ?2, ?3, \
                   (SELECT count(*) FROM articles), (SELECT count(*) FROM events)";
        self.store.db.execute(sql, params![build.version, build.captures, build.set_aside])?;
        Ok(())
    }
}

/// The number of an event by its rank. Between two of them there is room for others.
pub(crate) fn numbered(rank: i64) -> impl FnOnce(&PlaceInTime) -> Result<i64, StoreError> {
    move |place| Ok(place.least_number() + rank * ROOM)
}

/// What is so of the events together, when all are in: `lines` is the digest of their lines.
pub(crate) fn finish_events(
    db: &Connection,
    former: FormerNames,
    lines: LinesDigest,
    (outcomes, version): (&[Outcome], &str),
) -> Result<(), StoreError> {
    insert_outcomes(db, outcomes)?;
    former.lead_to_events(db)?;
    set_state(db, LINES, &lines.to_string())?;
    set_state(db, "record", version)
}

/// Notes what is so of the file as a whole.
pub(crate) fn set_state(db: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    db.execute("INSERT OR REPLACE INTO state VALUES (?1, ?2)", [name, value])?;
    Ok(())
}

/// Takes out what belongs to an event.
pub(crate) fn clear_event(db: &Connection, event: &str) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM citations WHERE claim IN (SELECT claim FROM claims WHERE event = ?1)",
        "DELETE FROM citations WHERE account IN (SELECT account FROM accounts WHERE event = ?1)",
        "DELETE FROM claims WHERE event = ?1",
        "DELETE FROM accounts WHERE event = ?1",
        "DELETE FROM event_corrections WHERE event = ?1",
    ] {
        db.prepare_cached(sql)?.execute([event])?;
    }
    Ok(())
}

fn clear_events(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "INSERT INTO events_text (events_text) VALUES ('delete-all');
         DELETE FROM events; DELETE FROM accounts; DELETE FROM claims; DELETE FROM citations;
         DELETE FROM correction_outcomes; DELETE FROM event_corrections;
         DELETE FROM state WHERE name = 'lines';",
    )?;
    Ok(())
}

/// Nothing is known across reports any more.
pub(crate) fn clear(db: &Connection) -> Result<(), StoreError> {
    clear_found(db)?;
    db.execute("UPDATE articles SET story = NULL WHERE story IS NOT NULL", [])?;
    Ok(())
}

/// The same but for stories, which stand in the rows of the reports.
pub(crate) fn clear_found(db: &Connection) -> Result<(), StoreError> {
    clear_events(db)?;
    db.execute_batch(
        "DELETE FROM pairs; DELETE FROM passages; DELETE FROM clusters; DELETE FROM told; DELETE FROM texts;
         DELETE FROM state WHERE name IN ('compared', 'nearby');",
    )?;
    Ok(())
}

/// Only where a report's story is another than it was: a change writes the whole report anew.
pub(crate) fn change_stories<'s>(
    db: &Connection,
    stories: impl IntoIterator<Item = (&'s str, &'s str)>,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached("UPDATE articles SET story = ?2 WHERE id = ?1 AND story IS NOT ?2")?;
    for (id, story) in stories {
        update.execute([id, story])?;
    }
    Ok(())
}
