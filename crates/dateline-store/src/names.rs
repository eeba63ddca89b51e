//! Names that events had before: links and notes hang on them, so each leads to the event of today.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Params, Statement, params};

use crate::error::StoreError;

/// Which words of which reports tell of an event, by the event's name.
#[derive(Debug, Default)]
pub(crate) struct Tellings(BTreeMap<String, BTreeSet<(String, i64, i64)>>);

impl Tellings {
    /// The tellings of these events, as the file is now.
    pub(crate) fn of_events<'e>(
        db: &Connection,
        events: impl IntoIterator<Item = &'e str>,
    ) -> Result<Self, StoreError> {
        let sql = "SELECT a.event, c.article, ifnull(c.start, -1), ifnull(c.\"end\", -1) \
                   FROM accounts a JOIN citations c USING (account) WHERE a.event = ?1 \
                   UNION SELECT event, '', -2, -2 FROM events WHERE event = ?1";
        let (mut query, mut tellings) = (db.prepare(sql)?, Self::default());
        for event in events {
            tellings.take(&mut query, [event])?;
        }
        Ok(tellings)
    }

    fn take(&mut self, query: &mut Statement<'_>, values: impl Params) -> Result<(), StoreError> {
        let mut rows = query.query(values)?;
        while let Some(row) = rows.next()? {
            let words = (row.get(1)?, row.get(2)?, row.get(3)?);
            self.0.entry(row.get(0)?).or_default().insert(words);
        }
        Ok(())
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

/// Each name that is no longer in use leads to the event that has most of the words it stood for. `after` are the
/// tellings of the events as they are now, asked for only where a name is out of use.
pub(crate) fn keep_former_names(
    db: &Connection,
    before: &Tellings,
    after: impl FnOnce() -> Result<Tellings, StoreError>,
) -> Result<(), StoreError> {
    let mut in_use = db.prepare_cached("SELECT 1 FROM events WHERE event = ?1")?;
    let mut are_all_in_use = true;
    for name in before.0.keys() {
        are_all_in_use &= in_use.exists([name])?;
    }
    if !are_all_in_use {
        lead_to_events(db, before, &after()?)?;
    }
    forget_idle_names(db)
}

fn lead_to_events(db: &Connection, before: &Tellings, after: &Tellings) -> Result<(), StoreError> {
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
    Ok(())
}

/// A name in use means its event; a name that leads nowhere means nothing.
pub(crate) fn forget_idle_names(db: &Connection) -> Result<(), StoreError> {
    db.execute("DELETE FROM event_names WHERE name IN (SELECT event FROM events)", [])?;
    db.execute("DELETE FROM event_names WHERE event NOT IN (SELECT event FROM events)", [])?;
    Ok(())
}
