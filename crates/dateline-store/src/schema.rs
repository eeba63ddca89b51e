//! The form of the file: its mark, its version, and the steps from each version to the next.

use std::ops::Range;
use std::path::Path;

use rusqlite::Connection;

use crate::error::{StoreError, on_opening};

/// "Dtln" in the header of the file: what makes it a record of Dateline.
const APPLICATION_ID: i32 = 0x4474_6c6e;

/// From nothing to version 1, and from each to the next. A step that was released is never changed.
const STEPS: [&str; 3] =
    [include_str!("schema.sql"), include_str!("schema-2.sql"), include_str!("schema-3.sql")];

/// The latest version.
pub(crate) const VERSION: u32 = STEPS.len() as u32;

/// Is the file a record that this Dateline knows? An empty file is one of version 0.
pub(crate) fn version(db: &Connection, path: &Path) -> Result<u32, StoreError> {
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let read = || Ok((number("application_id")?, number("user_version")?, number("page_count")?));
    let (mark, version, pages) = read().map_err(|error| on_opening(path, error))?;
    if pages == 0 {
        return Ok(0);
    }
    if mark != i64::from(APPLICATION_ID) {
        let why = "an SQLite file of another program".to_owned();
        return Err(StoreError::Foreign { path: path.to_owned(), why });
    }
    match u32::try_from(version) {
        Ok(version) if version <= VERSION => Ok(version),
        _ => {
            let found = u32::try_from(version).unwrap_or(u32::MAX);
            Err(StoreError::Newer { path: path.to_owned(), found, known: VERSION })
        }
    }
}

/// Brings a file of an earlier version to the latest, all steps or none.
pub(crate) fn bring_up(db: &mut Connection, version: u32) -> Result<(), rusqlite::Error> {
    if version == VERSION {
        return Ok(());
    }
    let transaction = db.transaction()?;
    for step in STEPS.iter().skip(version as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

/// A file shorter than its header says was cut off.
pub(crate) fn is_whole(path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Io { path: path.to_owned(), source };
    let length = std::fs::metadata(path).map_err(failed)?.len();
    let mut header = [0; 100];
    let read =
        std::fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut header));
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    // Too short or another kind: SQLite says which. A commit that was cut off is undone by it first.
    if read.is_err() || !header.starts_with(b"SQLite format 3\0") || Path::new(&journal).exists() {
        return Ok(());
    }
    let number = |place: Range<usize>| {
        header.get(place).map_or(0, |bytes| bytes.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)))
    };
    let page = match number(16..18) {
        1 => 65_536,
        bytes => bytes,
    };
    let pages = number(28..32);
    if length < page * pages {
        let why = format!("{length} of {} bytes are there", page * pages);
        return Err(StoreError::Damaged { path: path.to_owned(), why });
    }
    Ok(())
}
