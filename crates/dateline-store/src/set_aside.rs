//! Inputs that gave no article, kept with place and reason.

use dateline_model::{Diagnostic, Origin};
use rusqlite::{Connection, params};

use crate::error::StoreError;

/// A row of `set_aside_inputs`.
#[derive(Clone, Debug)]
pub struct SetAsideRow {
    origin: Origin,
    diagnostic: Diagnostic,
}

impl SetAsideRow {
    /// The input at `origin`, set aside because of `diagnostic`.
    #[must_use]
    pub fn new(origin: Origin, diagnostic: Diagnostic) -> Self {
        Self { origin, diagnostic }
    }

    /// The same input set aside for the same reason twice stands once.
    pub(crate) fn insert(&self, db: &Connection) -> Result<(), StoreError> {
        let (origin, d) = (&self.origin, &self.diagnostic);
        let sql = "DELETE FROM set_aside_inputs WHERE file = ?1 AND place IS ?2 AND code = ?3";
        db.prepare_cached(sql)?.execute(params![origin.file, origin.place, d.code])?;
        let severity = format!("{:?}", d.severity).to_lowercase();
        let sql = "INSERT INTO set_aside_inputs VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let row = params![origin.file, origin.place, d.code, severity, d.message, d.hint];
        db.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }
}
