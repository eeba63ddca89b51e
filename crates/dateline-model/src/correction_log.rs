//! The log of corrections: entries are added at its end and never changed.

use std::collections::BTreeMap;

use crate::correction::{Change, Correction};

/// All corrections of a record, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorrectionLog(Vec<Correction>);

impl CorrectionLog {
    /// A log of these entries, in this order.
    #[must_use]
    pub fn of(entries: Vec<Correction>) -> Self {
        Self(entries)
    }

    /// All entries.
    #[must_use]
    pub fn entries(&self) -> &[Correction] {
        &self.0
    }

    /// The entry of that id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Correction> {
        self.0.iter().find(|entry| entry.id == id)
    }

    /// The log with one more entry.
    #[must_use]
    pub fn and(mut self, entry: Correction) -> Self {
        self.0.push(entry);
        self
    }

    /// Ids of the entries that are undone, each with the entry that undoes it. What undoes may be undone.
    #[must_use]
    pub fn undone(&self) -> BTreeMap<&str, &str> {
        let mut undone = BTreeMap::new();
        for entry in self.0.iter().rev() {
            match &entry.change {
                Change::Undo { correction } if !undone.contains_key(entry.id.as_str()) => {
                    undone.insert(correction.as_str(), entry.id.as_str());
                }
                _ => {}
            }
        }
        undone
    }

    /// The entries that stand, in their order: all but those that are undone and those that undo.
    pub fn in_force(&self) -> impl Iterator<Item = &Correction> {
        let undone = self.undone();
        self.0.iter().filter(move |entry| {
            !undone.contains_key(entry.id.as_str()) && !matches!(entry.change, Change::Undo { .. })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, undoes: Option<&str>) -> Correction {
        let change = match undoes {
            Some(id) => Change::Undo { correction: id.to_owned() },
            None => Change::Dependent { reports: Vec::new(), evidence: Vec::new() },
        };
        let (who, when) = ("Ada".to_owned(), "2020-01-01".to_owned());
        Correction { id: id.to_owned(), who, when, why: String::new(), change }
    }

    #[test]
    fn what_is_undone_does_not_stand_and_what_undoes_may_be_undone() {
        for (entries, expected) in [
            (vec![("a", None), ("b", None)], "ab"),
            (vec![("a", None), ("b", None), ("c", Some("a"))], "b"),
            (vec![("a", None), ("c", Some("a")), ("d", Some("c"))], "a"),
            (vec![("a", None), ("c", Some("a")), ("d", Some("c")), ("e", Some("d"))], ""),
        ] {
            let log = CorrectionLog::of(entries.into_iter().map(|(id, undoes)| entry(id, undoes)).collect());
            let standing: String = log.in_force().map(|entry| entry.id.as_str()).collect();
            assert_eq!(standing, expected);
        }
    }
}
