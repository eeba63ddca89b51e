//! What comparing found, account by account and report by report, before any correction and after.

use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::store::Store;

/// An account, and the event that it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldRow<'a> {
    /// The report's number in the file.
    pub article: i64,
    /// Which of the report's accounts, from 0.
    pub account: u32,
    /// Accounts with the same number were found to tell of one event.
    pub found: u32,
    /// The event that it is of after corrections; none where a person rejected it.
    pub event: Option<&'a str>,
}

impl Store {
    /// Is what comparing found kept of all reports but those added since, and did `version` of Dateline find it?
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_compared_by(&self, version: &str) -> Result<bool, StoreError> {
        Ok(self.state_of("compared")?.is_some_and(|by| by == version))
    }

    /// How many reports were compared with those near them alone since all were compared.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn compared_nearby(&self) -> Result<u64, StoreError> {
        Ok(self.state_of("nearby")?.and_then(|count| count.parse().ok()).unwrap_or(0))
    }

    /// Numbers of the reports that were not compared yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn not_compared(&self) -> Result<Vec<i64>, StoreError> {
        let mut query =
            self.db.prepare("SELECT article FROM articles WHERE story IS NULL ORDER BY article")?;
        let numbers = query.query_map([], |row| row.get(0))?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }
}

/// Of which event these accounts are.
pub(crate) fn insert_told(db: &Connection, told: &[ToldRow<'_>]) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached("INSERT OR REPLACE INTO told VALUES (?1, ?2, ?3, ?4)")?;
    for row in told {
        insert.execute(params![row.article, row.account, row.found, row.event])?;
    }
    Ok(())
}

/// To which text these reports go back.
pub(crate) fn insert_texts(
    db: &Connection,
    texts: impl IntoIterator<Item = (i64, u32)>,
) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached("INSERT OR REPLACE INTO texts VALUES (?1, ?2)")?;
    for (article, text) in texts {
        insert.execute(params![article, text])?;
    }
    Ok(())
}
