//! The record's file, open: for reading by anybody, for writing by one at a time.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::distrust::distrust;
use crate::error::{StoreError, on_opening};
use crate::lock::Lock;
use crate::schema::{bring_up, is_whole, version};

/// A record that can be read.
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

/// A record that can be written. While it lives, no other process writes the same file.
pub struct StoreWriter {
    pub(crate) store: Store,
    _lock: Lock,
}

impl Store {
    /// Opens the record at `path` for reading.
    ///
    /// # Errors
    /// When there is none, or the file is another program's, a later Dateline's, or damaged.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        // Not read-only: what a killed build left half done is first undone by SQLite.
        let store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        match version(&store.db, path)? {
            0 => Err(StoreError::Foreign { path: path.to_owned(), why: "it is empty".to_owned() }),
            _ => {
                store.db.pragma_update(None, "query_only", true)?;
                Ok(store)
            }
        }
    }

    /// The folder that the file is in.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        parent.map_or_else(|| PathBuf::from("."), Path::to_owned)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        if path.exists() {
            is_whole(path)?;
        }
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let set_up = || {
            let db = Connection::open_with_flags(path, flags)?;
            db.busy_timeout(BUSY)?;
            distrust(&db)?;
            db.pragma_update(None, "foreign_keys", true)?;
            db.pragma_update(None, "cache_size", CACHE)?;
            Ok(db)
        };
        let db = set_up().map_err(|error| on_opening(path, error))?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// Were the events made of the reports that are there, and by `version` of Dateline?
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_current(&self, version: &str) -> Result<bool, StoreError> {
        Ok(self.made_by()?.is_some_and(|made_by| made_by == version))
    }

    /// Were reports added or taken out, and the events not yet made anew?
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_stale(&self) -> Result<bool, StoreError> {
        self.is_current(STALE)
    }

    pub(crate) fn made_by(&self) -> Result<Option<String>, StoreError> {
        self.state_of("record")
    }

    /// What is so of the file as a whole, by name.
    pub(crate) fn state_of(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM state WHERE name = ?1";
        Ok(self.db.query_row(sql, [name], |row| row.get(0)).optional()?)
    }
}

/// In place of a version: the events are not those of the reports.
pub(crate) const STALE: &str = "stale";

impl StoreWriter {
    /// Opens the record at `path` for writing, and makes it where there is none.
    ///
    /// # Errors
    /// When another process writes it, or the file is another program's, a later Dateline's, or damaged.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = Lock::take(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut store = Store::connect(path, flags)?;
        store.db.pragma_update(None, "cache_size", WRITING_CACHE).map_err(|error| on_opening(path, error))?;
        let version = version(&store.db, path)?;
        bring_up(&mut store.db, version).map_err(|error| on_opening(path, error))?;
        Ok(Self { store, _lock: lock })
    }

    /// The same record, for reading.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.path.display())
    }
}

impl fmt::Debug for StoreWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreWriter({})", self.store.path.display())
    }
}

/// At most so much of the file is kept in memory by one connection: kibibytes, as a negative number. A server has
/// several, and what the system keeps of the file serves them all: with four times as much no view of a record of a
/// million reports was quicker.
const CACHE: i64 = -4_096;

/// The same for the one that writes: keys of captures and texts have no order, so that each goes to another page of
/// its index.
const WRITING_CACHE: i64 = -65_536;

/// How long a commit waits for somebody who reads.
const BUSY: Duration = Duration::from_secs(10);
