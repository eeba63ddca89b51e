//! Which accounts of different reports tell of one happening?
//!
//! Accounts are taken by the day of which they tell. Each is held against those near in time that have rare
//! words of its telling sentences, and against those whose report shares prose with its own. Day, place, figures
//! and parties are then laid beside each other, and the accounts are joined by average linkage, as stories are.

mod config;
mod facts;
mod likeness;
mod names;
mod pile;
mod prose;

use std::io;

use dateline_pile::{DossierPile, Rows, Scratch, SharedPassage};

pub use config::EventConfig;

use crate::account::AccountConfig;
use crate::config::StoryConfig;
use crate::event::pile::Pile;
use crate::story::linkage::{average_linkage, linkage_beside};

/// The figures that event clusters are made by.
#[derive(Clone, Debug)]
pub struct EventRules {
    /// What speaks for two accounts telling of one happening.
    pub events: EventConfig,
    /// Which types are told as one.
    pub accounts: AccountConfig,
    /// How words are weighed.
    pub words: StoryConfig,
}

impl EventRules {
    /// The figures that are part of the program.
    #[must_use]
    pub fn english() -> Self {
        let events = EventConfig::built_in();
        let words = StoryConfig::english().with_least_ambience(events.least_ambience);
        Self { events, accounts: AccountConfig::built_in(), words }
    }
}

/// The mentions of one happening: index of the dossier, and of the account in it.
pub type EventCluster = Vec<(usize, usize)>;

/// The event clusters of a pile; `shared` is what its reports share. Every account is in exactly one cluster;
/// clusters come by their first account. What does not fit into so much memory as `scratch` gives waits in files.
///
/// # Errors
/// When such a file cannot be written or read.
pub fn event_clusters(
    pile: &DossierPile,
    shared: &Rows<SharedPassage>,
    rules: &EventRules,
    scratch: &Scratch,
) -> io::Result<Vec<EventCluster>> {
    let pile = Pile::of(pile, rules, scratch)?;
    let pairs = pile.likenesses(shared, rules, scratch)?;
    let labels = average_linkage(pile.count(), &pairs, rules.events.threshold)?;
    Ok(pile.clusters(&labels))
}

/// The same beside clusters that stand: `known` says of accounts in which they are. Those are not joined with each
/// other, nor parted; other accounts join them, or each other. The dossiers are some of a record's: those near the
/// new ones, and enough others to tell which words and names are common.
///
/// # Errors
/// When a file cannot be written or read.
pub fn event_clusters_beside(
    pile: &DossierPile,
    shared: &Rows<SharedPassage>,
    known: impl Fn(usize, usize) -> Option<u32>,
    rules: &EventRules,
    scratch: &Scratch,
) -> io::Result<Vec<EventCluster>> {
    let pile = Pile::of(pile, rules, scratch)?;
    let pairs = pile.likenesses(shared, rules, scratch)?.held()?;
    let known: Vec<Option<u32>> = pile.places().map(|(d, a)| known(d, a)).collect();
    Ok(pile.clusters(&linkage_beside(&known, &pairs, rules.events.threshold)))
}
