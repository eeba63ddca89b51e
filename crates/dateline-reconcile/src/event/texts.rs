//! Which text each report goes back to: the same for a report and its reprints, and for reports that a
//! person takes for one.

use std::collections::{BTreeMap, BTreeSet};

/// Numbers of texts, by the reports' ids.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    numbers: BTreeMap<String, u32>,
    /// Numbers under which a person put reports together.
    by_hand: BTreeSet<u32>,
    unused: u32,
}

impl Texts {
    /// Takes these reports for one, with all that go back to the same text as one of them.
    pub fn join(&mut self, reports: &[String]) {
        let joined: BTreeSet<u32> = reports.iter().filter_map(|id| self.numbers.get(id).copied()).collect();
        let Some(least) = joined.first().copied() else { return };
        for number in self.numbers.values_mut().filter(|number| joined.contains(number)) {
            *number = least;
        }
        self.by_hand.insert(least);
    }

    /// The number of a report's text.
    pub(crate) fn of(&self, report: &str) -> Option<u32> {
        self.numbers.get(report).copied()
    }

    /// A number that no text has.
    pub(crate) fn unused(&self) -> u32 {
        self.unused
    }

    /// Was it a person who put the reports of that number together?
    pub(crate) fn is_by_hand(&self, number: u32) -> bool {
        self.by_hand.contains(&number)
    }
}

impl From<BTreeMap<String, u32>> for Texts {
    fn from(numbers: BTreeMap<String, u32>) -> Self {
        let unused = numbers.values().max().map_or(0, |most| most + 1);
        Self { numbers, by_hand: BTreeSet::new(), unused }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_reports_take_their_copies_with_them() {
        let names = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let start = Texts::from(BTreeMap::from([
            ("a".to_owned(), 0),
            ("b".to_owned(), 1),
            ("c".to_owned(), 1),
            ("d".to_owned(), 3),
        ]));
        for orders in [[["a", "b"], ["c", "d"]], [["c", "d"], ["a", "b"]]] {
            let mut texts = start.clone();
            orders.iter().for_each(|pair| texts.join(&names(pair)));
            let all: Vec<_> = ["a", "b", "c", "d"].iter().map(|id| texts.of(id)).collect();
            assert_eq!(all, [Some(0); 4]);
            assert!(texts.is_by_hand(0));
        }
        let mut texts = start;
        texts.join(&names(&["nobody", "a"]));
        assert_eq!((texts.of("b"), texts.unused()), (Some(1), 4));
    }
}
