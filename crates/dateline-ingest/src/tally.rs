//! Counts of what was passed over, so that a thousand pictures in an archive make one remark.

use std::collections::BTreeMap;

/// How many of each kind were passed over, and the first of each.
#[derive(Default)]
pub(crate) struct Tally {
    kinds: BTreeMap<String, Count>,
}

/// One kind's count.
pub(crate) struct Count {
    pub(crate) kind: String,
    pub(crate) count: u64,
    pub(crate) first: String,
}

impl Tally {
    /// More kinds than this are counted as one, so that odd names cost no memory.
    const MOST: usize = 100;

    pub(crate) fn count(&mut self, kind: &str, place: impl FnOnce() -> String) {
        if let Some(known) = self.kinds.get_mut(kind) {
            known.count += 1;
            return;
        }
        let kind = if self.kinds.len() < Self::MOST { kind } else { "other" };
        let new = || Count { kind: kind.to_owned(), count: 0, first: place() };
        self.kinds.entry(kind.to_owned()).or_insert_with(new).count += 1;
    }

    /// Takes the next kind, in the order of their names.
    pub(crate) fn take(&mut self) -> Option<Count> {
        self.kinds.pop_first().map(|(_, count)| count)
    }
}
