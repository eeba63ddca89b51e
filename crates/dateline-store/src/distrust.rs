//! An SQLite file can hold more than data: views, triggers and expressions that run when somebody reads or
//! writes. A record may come from a stranger, so nothing that stands in its schema is run.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// What is allowed to a file's schema.
const ALLOWED: [(DbConfig, bool); 4] = [
    // The tables of a record are read and written themselves; its views are for other programs. A view that bears
    // the name of a table could answer for ever.
    (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    // A record has none. One that a stranger made could change what a correction writes.
    (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
    // Expressions in the schema call no function that does more than compute.
    (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
    // Nothing writes to the schema or to the inner tables of the full-text index but SQLite itself.
    (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
];

/// Opened this way, the file of a stranger is data.
pub(crate) fn distrust(db: &Connection) -> rusqlite::Result<()> {
    for (what, is_on) in ALLOWED {
        db.set_db_config(what, is_on)?;
    }
    // A damaged cell is told before it is read.
    db.pragma_update(None, "cell_size_check", true)
}
