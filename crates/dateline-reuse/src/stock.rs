//! Stock text: passages that recur over many reports that are no copies of one another, days apart.

use crate::entry::Entry;
use crate::index::{Index, Posting};
use crate::rules::Rules;
use crate::words::Words;

/// Marks the stock text of a pile. `kin` gives each report the number of its near copies' group.
pub(crate) fn mark_stock(pile: &mut [Words], entries: &[&Entry], index: &Index, kin: &[u32], rules: &Rules) {
    let mut recurring: Vec<Vec<u32>> = vec![Vec::new(); pile.len()];
    for group in index.groups().filter(|group| recurs(group, entries, kin, rules)) {
        group.iter().for_each(|posting| recurring[posting.report as usize].push(posting.at));
    }
    for (words, mut places) in pile.iter_mut().zip(recurring) {
        places.sort_unstable();
        // A stock phrase is anybody's; a stock passage is a row of such phrases.
        let rows = places.chunk_by(|a, b| *b <= a + crate::words::RUN as u32);
        let least = rules.stock_least;
        let long = rows.filter(|row| row[row.len() - 1] - row[0] + crate::words::RUN as u32 >= least);
        long.flatten().for_each(|at| words.mark_stock(*at as usize));
    }
}

fn recurs(group: &[Posting], entries: &[&Entry], kin: &[u32], rules: &Rules) -> bool {
    if group.len() < rules.stock_reports {
        return false;
    }
    let mut groups: Vec<u32> = group.iter().map(|posting| kin[posting.report as usize]).collect();
    groups.sort_unstable();
    groups.dedup();
    let days =
        || group.iter().filter_map(|posting| entries[posting.report as usize].published).map(|p| p.day);
    let apart = days().max().unwrap_or_default() - days().min().unwrap_or_default();
    groups.len() >= rules.stock_reports_undated
        || groups.len() >= rules.stock_reports && apart >= rules.stock_days
}
