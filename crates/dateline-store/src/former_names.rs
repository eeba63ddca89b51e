//! The names of all events before they are written anew. Which words of which reports each stood for waits in tables
//! outside the record, which SQLite keeps in a file of its own where they are large.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::names::forget_idle_names;

/// The names of all events as they were, and what they stood for.
#[derive(Debug)]
pub(crate) struct FormerNames {
    /// Where there were no events nothing is kept.
    are_any: bool,
}

impl FormerNames {
    /// Keeps the names of the events that the file has now, before they are taken out.
    pub(crate) fn keep(db: &Connection) -> Result<Self, StoreError> {
        let are_any = db.prepare("SELECT 1 FROM events")?.exists([])?;
        if are_any {
            db.execute_batch(KEEP)?;
        }
        Ok(Self { are_any })
    }

    /// Each name that is no longer in use leads to the event of now that has most of the words it stood for; of two
    /// with as many, to the one whose name comes first.
    pub(crate) fn lead_to_events(self, db: &Connection) -> Result<(), StoreError> {
        if self.are_any {
            if db.prepare(OUT_OF_USE)?.exists([])? {
                db.execute_batch(LEAD)?;
            }
            db.execute_batch(LET_GO)?;
        }
        forget_idle_names(db)
    }
}

/// Words of reports that have no place, as those of a day of publication, are the report's as a whole: -1.
const KEEP: &str = "
    CREATE TABLE temp.former_events (number INTEGER PRIMARY KEY, event TEXT NOT NULL);
    INSERT INTO temp.former_events SELECT number, event FROM main.events;
    CREATE TABLE temp.former_words (event INTEGER NOT NULL, article TEXT NOT NULL, start INTEGER, \"end\" INTEGER);
    INSERT INTO temp.former_words
    SELECT e.number, c.article, ifnull(c.start, -1), ifnull(c.\"end\", -1)
    FROM main.accounts a CROSS JOIN main.events e ON e.event = a.event
    CROSS JOIN main.citations c ON c.account = a.account;";

const OUT_OF_USE: &str =
    "SELECT 1 FROM temp.former_events WHERE event NOT IN (SELECT event FROM main.events)";

/// The words of names that are out of use are put in order, and each telling of today is looked up among them.
const LEAD: &str = "
    DELETE FROM temp.former_events WHERE event IN (SELECT event FROM main.events);
    CREATE TABLE temp.words_out_of_use (article TEXT, start INTEGER, \"end\" INTEGER, event INTEGER,
      PRIMARY KEY (article, start, \"end\", event)) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.words_out_of_use
    SELECT w.article, w.start, w.\"end\", w.event
    FROM temp.former_words w CROSS JOIN temp.former_events f ON f.number = w.event ORDER BY 1, 2, 3, 4;
    CREATE TABLE temp.leads (name TEXT PRIMARY KEY, event TEXT NOT NULL) WITHOUT ROWID;
    INSERT INTO temp.leads
    SELECT f.event, s.event FROM
      (SELECT former, event, row_number() OVER (PARTITION BY former ORDER BY count(*) DESC, event) AS rank FROM
        (SELECT DISTINCT w.event AS former, a.event, w.article, w.start, w.\"end\"
         FROM main.accounts a CROSS JOIN main.citations c ON c.account = a.account
         CROSS JOIN temp.words_out_of_use w
         ON w.article = c.article AND w.start = ifnull(c.start, -1) AND w.\"end\" = ifnull(c.\"end\", -1))
       GROUP BY former, event) s
    JOIN temp.former_events f ON f.number = s.former WHERE s.rank = 1;
    UPDATE main.event_names SET event = l.event FROM temp.leads l WHERE l.name = event_names.event;
    INSERT OR REPLACE INTO main.event_names SELECT name, event FROM temp.leads ORDER BY name;
    DROP TABLE temp.words_out_of_use; DROP TABLE temp.leads;";

const LET_GO: &str = "DROP TABLE temp.former_words; DROP TABLE temp.former_events;";

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::event_rows::insert_event;
    use crate::names::{Tellings, keep_former_names};
    use crate::record::{EventEntry, clear_found, numbered};
    use crate::schema::bring_up;

    /// Numbers without order, always the same.
    struct Drawn(u64);

    impl Drawn {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % bound
        }
    }

    /// Events of few words, so that several are of the same; the words of a day of publication have no place.
    fn drawn_events(drawn: &mut Drawn) -> Vec<EventEntry> {
        let names: Vec<u64> = (0..12).filter(|_| drawn.below(2) == 0).collect();
        names.into_iter().map(|name| drawn_event(drawn, name)).collect()
    }

    fn drawn_event(drawn: &mut Drawn, name: u64) -> EventEntry {
        let mut account = || {
            let quotes: Vec<_> = (0..drawn.below(4)).map(|_| quote(drawn.below(9))).collect();
            json!({"id": "a", "origin": 0, "quotes": quotes})
        };
        let accounts = [account(), account()];
        let line = json!({"event": format!("e{name:02}"), "accounts": accounts});
        EventEntry { line: line.to_string(), title: String::new() }
    }

    fn quote(number: u64) -> Value {
        let report = if number.is_multiple_of(2) { "a" } else { "b" };
        match number {
            0 => json!({"id": report, "of": "published", "quote": "q"}),
            _ => json!({"id": report, "start": number, "end": number + 1, "quote": "q"}),
        }
    }

    fn put(db: &Connection, events: &[EventEntry]) {
        clear_found(db).unwrap();
        for (rank, event) in (1..).zip(events) {
            insert_event(db, event, ToString::to_string, numbered(rank)).unwrap();
        }
    }

    fn rows(db: &Connection, sql: &str) -> Vec<(String, String)> {
        let mut query = db.prepare(sql).unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// The tellings of all events, held in memory.
    fn tellings(db: &Connection) -> Tellings {
        let names = rows(db, "SELECT event, event FROM events");
        Tellings::of_events(db, names.iter().map(|(name, _)| name.as_str())).unwrap()
    }

    /// An empty record of the latest form.
    fn record() -> Connection {
        let mut db = Connection::open_in_memory().unwrap();
        bring_up(&mut db, 0).unwrap();
        db
    }

    #[test]
    fn names_lead_where_they_lead_with_all_tellings_in_memory() {
        let mut drawn = Drawn(1);
        let (one, other) = (&record(), &record());
        let mut led = 0;
        for round in 0..400 {
            let events = drawn_events(&mut drawn);
            let former = FormerNames::keep(one).unwrap();
            put(one, &events);
            former.lead_to_events(one).unwrap();
            let before = tellings(other);
            put(other, &events);
            keep_former_names(other, &before, || Ok(tellings(other))).unwrap();
            let names = "SELECT name, event FROM event_names ORDER BY rowid";
            assert_eq!(rows(one, names), rows(other, names), "round {round}");
            led += rows(one, names).len();
        }
        assert!(led > 400);
        assert_eq!(rows(one, "SELECT name, sql FROM temp.sqlite_schema"), []);
    }
}
