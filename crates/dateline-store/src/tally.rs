//! How much a record holds, in figures.

use std::collections::BTreeMap;

use rusqlite::Row;

use crate::error::StoreError;
use crate::store::Store;

/// How much a record holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reports.
    pub articles: u64,
    /// Outlets.
    pub publishers: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
    /// Accounts of events.
    pub accounts: u64,
    /// Sum over events of their independent accounts.
    pub independent_accounts: u64,
    /// Events on which accounts differ in some field.
    pub disputed: u64,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
    /// Inputs that gave no article, by reason.
    pub set_aside: BTreeMap<String, u64>,
}

impl Store {
    /// How much the record holds.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tally(&self) -> Result<Tally, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM articles), (SELECT count(DISTINCT publisher) FROM articles), \
                   (SELECT count(*) FROM statements), count(*), ifnull(sum(accounts), 0), \
                   ifnull(sum(independent_accounts), 0), ifnull(sum(disputed <> ''), 0), \
                   (SELECT min(substr(published, 1, 10)) FROM articles), \
                   (SELECT max(substr(published, 1, 10)) FROM articles) FROM events";
        let mut tally = self.db.query_row(sql, [], tally)?;
        let mut query = self.db.prepare("SELECT code, count(*) FROM set_aside_inputs GROUP BY code")?;
        let set_aside = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        tally.set_aside = set_aside.collect::<Result<_, _>>()?;
        Ok(tally)
    }
}

fn tally(row: &Row<'_>) -> rusqlite::Result<Tally> {
    let (first, last): (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
    Ok(Tally {
        articles: row.get(0)?,
        publishers: row.get(1)?,
        statements: row.get(2)?,
        events: row.get(3)?,
        accounts: row.get(4)?,
        independent_accounts: row.get(5)?,
        disputed: row.get(6)?,
        published: first.zip(last),
        set_aside: BTreeMap::new(),
    })
}
