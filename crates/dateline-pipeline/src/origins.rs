//! Which entries of the log take the same reports for one, or reports that are copies of the same text.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::DisjointSets;
use dateline_store::{Store, StoreError};

/// The text that each report goes back to.
#[derive(Clone, Debug)]
pub(crate) struct TextNumbers<'a> {
    record: &'a Store,
    /// Those that the record does not know yet.
    new: BTreeMap<i64, u32>,
}

impl<'a> TextNumbers<'a> {
    /// Those of a record; `new` are texts of reports of which it does not know it.
    pub(crate) fn of(record: &'a Store, new: &[(i64, u32)]) -> Self {
        Self { record, new: new.iter().copied().collect() }
    }

    /// The reports that the record did not compare yet.
    pub(crate) fn new_reports(&self) -> BTreeSet<i64> {
        self.new.keys().copied().collect()
    }

    /// The number of a report's text.
    pub(crate) fn text(&self, report: i64) -> Result<Option<u32>, StoreError> {
        self.new.get(&report).map_or_else(|| self.record.text_of(report), |text| Ok(Some(*text)))
    }

    fn texts<'r>(&self, reports: impl IntoIterator<Item = &'r i64>) -> Result<BTreeSet<u32>, StoreError> {
        reports.into_iter().filter_map(|report| self.text(*report).transpose()).collect()
    }
}

/// The groups of reports that persons take for one.
#[derive(Debug)]
pub(crate) struct Origins<'a> {
    texts: &'a TextNumbers<'a>,
    groups: Vec<Origin>,
}

/// One of them.
#[derive(Debug, Default)]
struct Origin {
    /// Indexes of the entries that say so.
    entries: BTreeSet<usize>,
    reports: BTreeSet<i64>,
    texts: BTreeSet<u32>,
}

impl<'a> Origins<'a> {
    /// The groups of a log; of each entry, in its order, the numbers of the reports that it takes for one.
    pub(crate) fn of<'e>(
        entries: impl Iterator<Item = &'e BTreeSet<i64>>,
        texts: &'a TextNumbers<'a>,
    ) -> Result<Self, StoreError> {
        let entries: Vec<(usize, &BTreeSet<i64>)> =
            entries.enumerate().filter(|(_, reports)| !reports.is_empty()).collect();
        let of_entries: Vec<BTreeSet<u32>> =
            entries.iter().map(|(_, reports)| texts.texts(*reports)).collect::<Result<_, _>>()?;
        let mut sets = DisjointSets::new(entries.len() as u32);
        let (mut by_report, mut by_text) = (BTreeMap::new(), BTreeMap::new());
        for (place, (_, reports)) in (0..).zip(&entries) {
            reports.iter().for_each(|report| sets.join(*by_report.entry(*report).or_insert(place), place));
        }
        for (place, texts) in (0..).zip(&of_entries) {
            texts.iter().for_each(|text| sets.join(*by_text.entry(*text).or_insert(place), place));
        }
        let mut groups: BTreeMap<u32, Origin> = BTreeMap::new();
        for ((set, (n, reports)), texts) in sets.lowest().into_iter().zip(entries).zip(of_entries) {
            let group = groups.entry(set).or_default();
            group.entries.insert(n);
            group.reports.extend(reports);
            group.texts.extend(texts);
        }
        Ok(Self { texts, groups: groups.into_values().collect() })
    }

    /// These reports and all that go back to the same texts.
    pub(crate) fn with_copies(&self, reports: &BTreeSet<i64>) -> Result<BTreeSet<i64>, StoreError> {
        let mut all = reports.clone();
        for text in self.texts.texts(reports)? {
            all.extend(self.texts.record.reports_of_text(text)?);
        }
        Ok(all)
    }

    /// Indexes of the entries that take two of these reports for one, and of those that belong to entries `within`.
    pub(crate) fn reached(
        &self,
        reports: &BTreeSet<i64>,
        within: &BTreeSet<usize>,
    ) -> Result<BTreeSet<usize>, StoreError> {
        let mut reached = BTreeSet::new();
        for group in &self.groups {
            if !group.entries.is_disjoint(within) || self.has_two(group, reports)? {
                reached.extend(&group.entries);
            }
        }
        Ok(reached)
    }

    fn has_two(&self, group: &Origin, reports: &BTreeSet<i64>) -> Result<bool, StoreError> {
        let mut own = 0;
        for report in reports {
            let is_copy = self.texts.text(*report)?.is_some_and(|text| group.texts.contains(&text));
            own += usize::from(is_copy || group.reports.contains(report));
        }
        Ok(own > 1)
    }
}
