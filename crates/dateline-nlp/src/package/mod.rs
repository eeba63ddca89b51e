//! From an unmodified spaCy package, a folder or a wheel, to the parts that a pipeline runs on.

mod compact;
mod config;
mod files;
mod lookups;
mod msgpack;
mod parts;
mod unpack;
mod weights;

pub(crate) use files::Files;
pub(crate) use msgpack::Value;
pub use parts::About;
pub(crate) use parts::{
    LemmaTables, Moves, Parts, Rule, RuleToken, SpecialCase, TextTest, TokenizerParts, TransitionParts,
    Vectors,
};
pub use unpack::unpack;
pub(crate) use weights::Array;

use std::path::PathBuf;

/// Why a package could not be loaded: which file, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// A file could not be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {path}: {source}")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that every pipeline has is not there.
    #[error("the package has no {0}: give the folder that holds config.cfg, or the wheel")]
    Missing(String),
    /// A file is there and cannot be understood.
    #[error("{file}: {what}")]
    Damaged {
        /// The file inside the package, where it is known.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// The package is sound, and needs something that this runtime does not do.
    #[error("{component}: {what}")]
    Unsupported {
        /// The pipeline's component.
        component: String,
        /// What it would need.
        what: String,
    },
}

impl PackageError {
    /// A file that cannot be understood; [`PackageError::in_file`] says which.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { file: String::new(), what: what.into() }
    }

    /// A component that would need something more.
    pub(crate) fn unsupported(component: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Unsupported { component: component.into(), what: what.into() }
    }

    /// Names the file of an error that was met below the level of files.
    pub(crate) fn in_file(self, name: &str) -> Self {
        match self {
            Self::Damaged { file, what } if file.is_empty() => Self::Damaged { file: name.into(), what },
            other => other,
        }
    }
}
