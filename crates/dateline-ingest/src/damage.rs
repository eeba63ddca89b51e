//! Damage to a stream of bytes, as an error that reading can go on behind.

use std::fmt;
use std::io;

/// What happened to a stream: a stable code, and a message that a reader understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Damage {
    /// A packed stream that ends too soon.
    pub(crate) fn truncated(packing: &str) -> Self {
        let code = if packing == "gzip" { "truncated-gzip" } else { "truncated-zstd" };
        Self { code, message: format!("the {packing} data ends in the middle; what came before it is kept") }
    }

    /// The damage that an error of [`Unpacked`] carries.
    pub(crate) fn of(error: &io::Error) -> Self {
        let carried = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        carried
            .cloned()
            .unwrap_or_else(|| Self { code: "unreadable-file", message: format!("cannot be read: {error}") })
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Damage {}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::other(damage)
    }
}
