//! Why a record could not be opened, read or written: each names the file and the next step.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// What stands between the caller and a record.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{}: there is no such record; `dateline build INPUT… -o FILE` makes one", .0.display())]
    Missing(PathBuf),
    /// It is a file of another kind.
    #[error("{}: is not a record of Dateline: {why}", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// A later version of Dateline wrote it.
    #[error(
        "{}: was written by a later Dateline (form {found}; this one knows up to {known}): use that one",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its form.
        found: u32,
        /// The latest form known here.
        known: u32,
    },
    /// It was a record, and something happened to it.
    #[error("{}: is damaged: {why}; take a copy from before, or build it again", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// What was half written is to be undone before it can be read, and nothing may be written there.
    #[error(
        "{}: a build or correction of it was cut off, which can be undone only where the file may be written: copy \
         it, with the file beside it that ends in -journal, to where you may",
        .0.display()
    )]
    CutOff(PathBuf),
    /// Somebody else writes it.
    #[error("{}: is being written by {by}; wait until that is done", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Who writes.
        by: String,
    },
    /// There are no such reports.
    #[error("{}: no report is named {}", .path.display(), .ids.join(", "))]
    NoSuchReport {
        /// The file.
        path: PathBuf,
        /// The names.
        ids: Vec<String>,
    },
    /// The file cannot be reached.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite refuses.
    #[error("{}: {source}", .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// A piece of the record is not what it should be.
    #[error("a part of the record cannot be read: {0}")]
    Part(String),
    /// SQLite refuses in the middle of work on an open file.
    #[error("{}", told(.0))]
    Query(#[from] rusqlite::Error),
}

/// What SQLite says on opening, in a user's words.
pub(crate) fn on_opening(path: &Path, source: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => {
            StoreError::Foreign { path, why: "not an SQLite file".to_owned() }
        }
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, why: source.to_string() },
        Some(rusqlite::ErrorCode::DatabaseBusy) => {
            StoreError::Locked { path, by: "another program that has it open".to_owned() }
        }
        Some(rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::SystemIoFailure) => {
            StoreError::Query(source)
        }
        Some(rusqlite::ErrorCode::ReadOnly | rusqlite::ErrorCode::CannotOpen) if journal(&path).exists() => {
            StoreError::CutOff(path)
        }
        _ => StoreError::Sqlite { path, source },
    }
}

/// Where SQLite keeps what a write that was cut off is undone with.
pub(crate) fn journal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// What SQLite says in the middle of work, and what to do next.
fn told(source: &rusqlite::Error) -> String {
    let next = match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
            "the record is damaged: `dateline check FILE` says where; take a copy from before, or build it again"
        }
        Some(rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::SystemIoFailure) => {
            "the record cannot be written or read on its disk: make room, then run the same again; \
             what was committed before is kept"
        }
        Some(rusqlite::ErrorCode::ReadOnly) => "the record or its folder may not be written",
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            "another program reads the record in one long go, and it cannot be written until that ends (an export, \
             a program that views SQLite files): then run the same again; what was committed before is kept"
        }
        _ => return source.to_string(),
    };
    format!("{next} ({source})")
}

impl StoreError {
    /// Does only somebody else's writing stand in the way, so that it is worth trying again?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let code = match self {
            Self::Locked { .. } => return true,
            Self::Query(source) | Self::Sqlite { source, .. } => source.sqlite_error_code(),
            _ => None,
        };
        matches!(code, Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_way_is_said_with_what_to_do_next() {
        let cases = [
            (rusqlite::ffi::SQLITE_CORRUPT, "dateline check"),
            (rusqlite::ffi::SQLITE_FULL, "make room"),
            (rusqlite::ffi::SQLITE_BUSY, "until that ends"),
            (rusqlite::ffi::SQLITE_LOCKED, "until that ends"),
            (rusqlite::ffi::SQLITE_READONLY, "may not be written"),
        ];
        for (code, expected) in cases {
            let source = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            let message = StoreError::Query(source).to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
