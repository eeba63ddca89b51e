//! Names that events had before: links and notes hang on them, so each leads to the event of today.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use crate::error::StoreError;

/// Which words of which reports tell of an event, by the event's name.
#[derive(Debug, Default)]
pub(crate) struct Tellings(BTreeMap<String, BTreeSet<(String, i64, i64)>>);

impl Tellings {
    /// The tellings of all events of the file as it is now.
    pub(crate) fn read(db: &Connection) -> Result<Self, StoreError> {
        let sql = "SELECT a.event, c.article, ifnull(c.start, -1), ifnull(c.\"end\", -1) \
                   FROM citations c JOIN accounts a USING (account) \
                   UNION SELECT event, '', -2, -2 FROM events";
        let mut query = db.prepare(sql)?;
        let mut rows = query.query([])?;
        let mut tellings = Self::default();
        while let Some(row) = rows.next()? {
            let words = (row.get(1)?, row.get(2)?, row.get(3)?);
            tellings.0.entry(row.get(0)?).or_default().insert(words);
        }
        Ok(tellings)
    }

    fn has(&self, event: &str) -> bool {
        self.0.contains_key(event)
    }

    /// By each telling, the events that it is part of.
    fn by_words(&self) -> BTreeMap<&(String, i64, i64), Vec<&str>> {
        let mut by_words: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for (event, words) in &self.0 {
            for words in words.iter().filter(|(_, start, _)| *start > -2) {
                by_words.entry(words).or_default().push(event);
            }
        }
        by_words
    }
}

/// Each name that is no longer in use leads to the event that has most of the words it stood for.
pub(crate) fn keep_former_names(
    db: &Connection,
    before: &Tellings,
    after: &Tellings,
) -> Result<(), StoreError> {
    let by_words = after.by_words();
    for (former, words) in before.0.iter().filter(|(event, _)| !after.has(event)) {
        let mut shares: BTreeMap<&str, usize> = BTreeMap::new();
        for event in words.iter().filter_map(|words| by_words.get(words)).flatten() {
            *shares.entry(event).or_default() += 1;
        }
        let most = shares.iter().max_by_key(|(event, share)| (**share, std::cmp::Reverse(**event)));
        if let Some((event, _)) = most {
            db.execute("UPDATE event_names SET event = ?2 WHERE event = ?1", [former.as_str(), event])?;
            db.execute("INSERT OR REPLACE INTO event_names VALUES (?1, ?2)", params![former, event])?;
        }
    }
    // A name in use means its event; a name that leads nowhere means nothing.
    db.execute("DELETE FROM event_names WHERE name IN (SELECT event FROM events)", [])?;
    db.execute("DELETE FROM event_names WHERE event NOT IN (SELECT event FROM events)", [])?;
    Ok(())
}
