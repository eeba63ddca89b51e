//! One writer at a time: a lock beside the record, which the system takes back when its holder dies.
//!
//! SQLite's own locks last for one transaction, a build for many. The lock file holds who writes, so
//! that a second build can say whom it waits for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::error::StoreError;

/// Held while a record is written; given back when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
}

/// How often a writer knocks before it gives up, and how long it waits between.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

impl Lock {
    /// Takes the lock of the record at `record`, waiting briefly for another writer.
    pub(crate) fn take(record: &Path) -> Result<Self, StoreError> {
        let path = beside(record);
        for _ in 0..TRIES {
            if let Some(lock) = Self::try_take(record, &path)? {
                return Ok(lock);
            }
            thread::sleep(PAUSE);
        }
        let by = fs::read_to_string(&path).unwrap_or_default();
        let by = if by.trim().is_empty() { "another program" } else { by.trim() }.to_owned();
        Err(StoreError::Locked { path: record.to_owned(), by })
    }

    fn try_take(record: &Path, path: &Path) -> Result<Option<Self>, StoreError> {
        let failed = |source| StoreError::Io { path: record.to_owned(), source: told(source) };
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        if file.try_lock().is_err() {
            return Ok(None);
        }
        is_ours(&mut file, path).map_err(failed)?;
        let holder = format!("{HOLDER}{}", std::process::id());
        file.set_len(0).and_then(|()| file.rewind()).map_err(failed)?;
        file.write_all(holder.as_bytes()).map_err(failed)?;
        // The one before may have removed the file while this one waited for it: then the lock is on a
        // file that nobody else sees.
        let seen = fs::read_to_string(path).unwrap_or_default();
        Ok((seen == holder).then(|| Self { file, path: path.to_owned() }))
    }
}

/// What the system says of a lock that cannot be made, in a user's words.
fn told(source: io::Error) -> io::Error {
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            let why =
                format!("the record or its folder may not be written ({source}); copy it to where you may");
            io::Error::new(source.kind(), why)
        }
        _ => source,
    }
}

/// What every lock file holds begins so.
const HOLDER: &str = "dateline, process ";

/// Nothing but a lock is written over. Who hands over a record may have laid a link to another file, or another
/// file, where the lock is to be.
fn is_ours(file: &mut File, path: &Path) -> io::Result<()> {
    let mut held = Vec::new();
    file.take(HOLDER.len() as u64).read_to_end(&mut held)?;
    let is_lock = held.is_empty() || held == HOLDER.as_bytes();
    if is_lock && !fs::symlink_metadata(path)?.is_symlink() {
        return Ok(());
    }
    let why =
        format!("{} is where the lock is to be, and is no lock of Dateline's: remove it", path.display());
    Err(io::Error::other(why))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that cannot be removed stays, empty of meaning: the lock itself goes with the handle.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// `pile.dateline` is locked by `pile.dateline.lock`.
fn beside(record: &Path) -> PathBuf {
    let mut name = record.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
