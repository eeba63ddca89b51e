//! How much may be held in memory, and where the rest waits.

use std::path::PathBuf;

/// Where to put what does not fit into memory, and how much does.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// The folder.
    pub folder: PathBuf,
    /// So many bytes of rows are held of each kind, about.
    pub memory: usize,
}

impl Scratch {
    /// None: everything is held in memory.
    #[must_use]
    pub fn unneeded() -> Self {
        Self { folder: PathBuf::from("."), memory: usize::MAX }
    }
}
