//! New reports take their place beside what is known, which stays as it is but for the events that they tell of.

use rusqlite::{Connection, OptionalExtension, params};

use dateline_model::ReuseCluster;

use crate::checking::{LINES, LinesDigest};
use crate::comparison::{ToldRow, insert_texts, insert_told};
use crate::corrections::insert_outcomes;
use crate::error::StoreError;
use crate::event_rows::insert_event;
use crate::names::{Tellings, keep_former_names};
use crate::pairs::{PairEntry, insert_pairs};
use crate::place_in_time::{LEAST_UNDATED, PlaceInTime, ROOM, UNDATED};
use crate::record::{Events, change_stories, clear_event, set_state};
use crate::store::StoreWriter;

/// What is found of new reports beside those that were compared before.
#[derive(Clone, Copy, Debug)]
pub struct Growth<'a> {
    /// Each new report's id and the id of its story.
    pub stories: &'a [(String, String)],
    /// Pairs of reports that share text, one of them new.
    pub pairs: &'a [PairEntry<'a>],
    /// Copies of one another, one of them new.
    pub clusters: &'a [ReuseCluster],
    /// The text that each new report goes back to.
    pub texts: &'a [(i64, u32)],
    /// Names of the events that are not as they were.
    pub former: &'a [String],
    /// What they are now, and those that are new; the accounts are of these.
    pub events: Events<'a>,
}

impl StoreWriter {
    /// Takes in what was found of new reports: all of it or nothing. What became of corrections stays as it was told.
    ///
    /// # Errors
    /// When the file cannot be written, or a line is not of the form that `export` prints.
    pub fn grow_record(&mut self, growth: Growth<'_>) -> Result<(), StoreError> {
        let nearby = self.store.compared_nearby()? + growth.stories.len() as u64;
        let lines = self.lines()?;
        let db = self.store.db.transaction()?;
        change_stories(&db, growth.stories.iter().map(|(id, story)| (id.as_str(), story.as_str())))?;
        insert_pairs(&db, growth.pairs)?;
        extend_clusters(&db, growth.clusters)?;
        insert_texts(&db, growth.texts.iter().copied())?;
        set_state(&db, "nearby", &nearby.to_string())?;
        take_in(&db, growth.former, growth.events, lines)?;
        Ok(db.commit()?)
    }

    /// Puts events in the place of those of the names `former`, and leaves the others: all of it or nothing.
    ///
    /// # Errors
    /// When the file cannot be written, or a line is not of the form that `export` prints.
    pub fn change_events(&mut self, former: &[String], events: Events<'_>) -> Result<(), StoreError> {
        let lines = self.lines()?;
        let db = self.store.db.transaction()?;
        take_in(&db, former, events, lines)?;
        Ok(db.commit()?)
    }

    fn lines(&self) -> Result<LinesDigest, StoreError> {
        let written = self.store.state_of(LINES)?;
        Ok(written.and_then(|digits| LinesDigest::of_digits(&digits)).unwrap_or_default())
    }
}

/// Puts events in the place of others; `lines` is the digest of all lines before.
fn take_in(
    db: &Connection,
    former: &[String],
    events: Events<'_>,
    mut lines: LinesDigest,
) -> Result<(), StoreError> {
    let before = Tellings::of_events(db, former.iter().map(String::as_str))?;
    for event in former {
        remove_event(db, event, &mut lines)?;
    }
    for event in events.entries {
        lines.turn(event.line.as_bytes());
        insert_event(db, event, events.shown, |place| number(db, place))?;
    }
    insert_told(db, events.told)?;
    insert_outcomes(db, events.outcomes)?;
    let named = events.told.iter().filter_map(|row: &ToldRow<'_>| row.event);
    keep_former_names(db, &before, || Tellings::of_events(db, named))?;
    set_state(db, LINES, &lines.to_string())?;
    set_state(db, "record", events.version)
}

/// Takes an event out, its line out of the digest, its words out of the full text.
fn remove_event(db: &Connection, event: &str, lines: &mut LinesDigest) -> Result<(), StoreError> {
    let line: Option<String> = db
        .prepare_cached("SELECT line FROM events WHERE event = ?1")?
        .query_row([event], |row| row.get(0))
        .optional()?;
    let Some(line) = line else { return Ok(()) };
    lines.turn(line.as_bytes());
    clear_event(db, event)?;
    let sql = "INSERT INTO events_text (events_text, rowid, title, participants, place, words) \
               SELECT 'delete', number, title, participants, place, words FROM events WHERE event = ?1";
    db.prepare_cached(sql)?.execute([event])?;
    db.prepare_cached("DELETE FROM events WHERE event = ?1")?.execute([event])?;
    Ok(())
}

/// The number of an event between those before and after it in time.
fn number(db: &Connection, place: &PlaceInTime) -> Result<i64, StoreError> {
    match free_number(db, place)? {
        Some(number) => Ok(number),
        None => {
            make_room(db)?;
            free_number(db, place)?.ok_or_else(|| StoreError::Part("no room between events".to_owned()))
        }
    }
}

fn free_number(db: &Connection, place: &PlaceInTime) -> Result<Option<i64>, StoreError> {
    let next_to = |sql: &str| -> Result<Option<i64>, StoreError> {
        let mut query = db.prepare_cached(sql)?;
        Ok(query.query_row([&place.first_told, &place.event], |row| row.get(0)).optional()?)
    };
    let before = next_to(
        "SELECT number FROM events WHERE (first_told, event) < (?1, ?2) \
         ORDER BY first_told DESC, event DESC LIMIT 1",
    )?;
    let after = next_to(
        "SELECT number FROM events WHERE (first_told, event) > (?1, ?2) ORDER BY first_told, event LIMIT 1",
    )?;
    let before = before.unwrap_or(0).max(place.least_number());
    let after = after.unwrap_or(before.saturating_add(2 * ROOM));
    let number = before + ((after - before) / 2).min(ROOM);
    Ok((number > before).then_some(number))
}

/// Numbers all events anew, in their order, with room between them.
fn make_room(db: &Connection) -> Result<(), StoreError> {
    let sql = "UPDATE events SET number = -(n.rank * ?1 + CASE first_told WHEN ?2 THEN ?3 ELSE 0 END) FROM \
               (SELECT number AS former, row_number() OVER (ORDER BY number) AS rank FROM events) n \
               WHERE events.number = n.former";
    db.execute(sql, params![ROOM, UNDATED, LEAST_UNDATED])?;
    db.execute("UPDATE events SET number = -number", [])?;
    Ok(db.execute_batch("INSERT INTO events_text (events_text) VALUES ('rebuild')")?)
}

/// New copies go to those that they are copies of.
fn extend_clusters(db: &Connection, clusters: &[ReuseCluster]) -> Result<(), StoreError> {
    let mut known = db.prepare_cached("SELECT cluster, first FROM clusters WHERE article = ?1")?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO clusters VALUES (?1, ?2, ?3, ?4)")?;
    for cluster in clusters {
        let mut stands: Option<(i64, Option<String>)> = None;
        for witness in &cluster.witnesses {
            let found =
                known.query_row([&witness.article], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            stands = match (stands, found) {
                (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
                (one, other) => one.or(other),
            };
        }
        let next = "SELECT ifnull(max(cluster), -1) + 1 FROM clusters";
        let (number, first) = match stands {
            Some(stands) => stands,
            None => (db.query_row(next, [], |row| row.get(0))?, cluster.origin.clone()),
        };
        for witness in &cluster.witnesses {
            if !known.exists([&witness.article])? {
                insert.execute(params![number, witness.article, witness.origin, first])?;
            }
        }
    }
    Ok(())
}
