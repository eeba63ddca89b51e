//! Stock text: passages that recur over many reports that are no copies of one another, days apart.

use crate::entry::Entry;
use crate::index::{Index, Posting};
use crate::rules::Rules;
use crate::words::{RUN, Words};

/// Marks the stock text of a pile. `kin` gives each report the number of its near copies' group.
pub(crate) fn mark_stock(
    pile: &mut [Words],
    entries: &[&Entry<'_>],
    index: &Index,
    kin: &[u32],
    rules: &Rules,
) {
    let judge = Judge { entries, kin, rules };
    let mut recurring: Vec<Vec<u32>> = vec![Vec::new(); pile.len()];
    for group in index.groups() {
        match judge.recurrence(group) {
            Recurrence::None => {}
            Recurrence::House => group.iter().for_each(|p| pile[p.report as usize].mark_stock(p.at as usize)),
            Recurrence::Anywhere => group.iter().for_each(|p| recurring[p.report as usize].push(p.at)),
        }
    }
    for (words, places) in pile.iter_mut().zip(recurring) {
        mark_rows(words, places, rules);
    }
}

/// A phrase that recurs is anybody's; a stock passage is a row of such phrases.
fn mark_rows(words: &mut Words, mut places: Vec<u32>, rules: &Rules) {
    places.sort_unstable();
    let rows = places.chunk_by(|a, b| *b <= a + RUN as u32);
    let long = rows.filter(|row| row[row.len() - 1] - row[0] + RUN as u32 >= rules.stock_least);
    long.flatten().for_each(|at| words.mark_stock(*at as usize));
}

/// Where a run of words recurs.
enum Recurrence {
    None,
    /// In one outlet's reports alone, again and again: its page, not its prose.
    House,
    /// In reports of several outlets, or a few of one.
    Anywhere,
}

struct Judge<'a> {
    entries: &'a [&'a Entry<'a>],
    kin: &'a [u32],
    rules: &'a Rules,
}

impl Judge<'_> {
    fn recurrence(&self, group: &[Posting]) -> Recurrence {
        let reports = if group.len() < self.rules.stock_reports { 0 } else { self.unrelated(group) };
        let long = self.days_apart(group) >= self.rules.stock_days;
        if long && reports >= self.rules.house_reports && self.is_of_one_house(group) {
            Recurrence::House
        } else if reports >= self.rules.stock_reports_undated || long && reports >= self.rules.stock_reports {
            Recurrence::Anywhere
        } else {
            Recurrence::None
        }
    }

    /// How many reports, copies counted once.
    fn unrelated(&self, group: &[Posting]) -> usize {
        let mut groups: Vec<u32> = group.iter().map(|posting| self.kin[posting.report as usize]).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.len()
    }

    fn days_apart(&self, group: &[Posting]) -> i32 {
        let days = || group.iter().filter_map(|p| self.entries[p.report as usize].published).map(|p| p.day);
        days().max().unwrap_or_default() - days().min().unwrap_or_default()
    }

    fn is_of_one_house(&self, group: &[Posting]) -> bool {
        let mut outlets =
            group.iter().map(|posting| self.entries[posting.report as usize].publisher.as_deref());
        let first = outlets.next().flatten();
        first.is_some() && outlets.all(|outlet| outlet == first)
    }
}
