//! The words of `actor-codes.toml`: how a noun phrase is read for an actor's code.

use std::collections::BTreeSet;

use serde::Deserialize;

/// Words that steer the reading of a noun phrase.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeWords {
    /// Heads that give way to a stronger word before them.
    pub(crate) yielding: BTreeSet<String>,
    /// Who was in office and no longer is.
    pub(crate) former: BTreeSet<String>,
    /// What follows these words only says where or whose.
    pub(crate) after_head: BTreeSet<String>,
    /// Codes of those who belong to no one country.
    pub(crate) international: BTreeSet<String>,
}

impl CodeWords {
    pub(super) fn english() -> Self {
        // The table is part of the program: a test reads it.
        toml::from_str(include_str!("../../../../data/gazetteer/actor-codes.toml"))
            .unwrap_or_else(|error| unreachable!("actor-codes.toml: {error}"))
    }
}
