//! Stock text: passages that recur over many reports that are no copies of one another, days apart.

use std::io;

use dateline_pile::{Row, Scratch, Sorter, number};

use crate::entry::Report;
use crate::index::{Index, Posting};
use crate::rules::Rules;
use crate::words::{RUN, Words};

/// Where the stock text of a pile stands: runs of words, by report.
#[derive(Default)]
pub(crate) struct StockPlaces {
    /// Report, first word, and one past the last.
    stretches: Vec<(u32, u32, u32)>,
}

impl StockPlaces {
    /// Marks what is stock in a report's words.
    pub(crate) fn mark(&self, report: u32, words: &mut Words) {
        let from = self.stretches.partition_point(|stretch| stretch.0 < report);
        let own = self.stretches[from..].iter().take_while(|stretch| stretch.0 == report);
        own.for_each(|(_, first, end)| words.mark_stock(*first as usize..*end as usize));
    }

    fn push(&mut self, report: u32, at: u32) {
        let end = at + RUN as u32;
        match self.stretches.last_mut().filter(|last| last.0 == report && at <= last.2) {
            Some(last) => last.2 = end.max(last.2),
            None => self.stretches.push((report, at, end)),
        }
    }
}

/// Finds the stock text of a pile. `kin` gives each report the number of its near copies' group.
pub(crate) fn stock_places(
    reports: &[Report<'_>],
    index: &Index,
    kin: &[u32],
    rules: &Rules,
    scratch: &Scratch,
) -> io::Result<StockPlaces> {
    let judge = Judge { reports, kin, rules };
    let mut recurring = Sorter::new(scratch);
    index.each_run(|group| {
        let recurrence = judge.recurrence(group);
        if recurrence == Recurrence::None {
            return Ok(());
        }
        group.iter().try_for_each(|p| recurring.push(Place { report: p.report, at: p.at, recurrence }))
    })?;
    let mut found = StockPlaces::default();
    recurring.all_sorted()?.each_group(
        |a, b| a.report == b.report,
        |places| {
            mark_rows(places, rules, &mut found);
            Ok(())
        },
    )?;
    Ok(found)
}

/// Where a run recurs, in one report. In their order, by report and place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    report: u32,
    at: u32,
    recurrence: Recurrence,
}

impl Row for Place {
    const BYTES: usize = 9;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.report.to_le_bytes());
        out.extend(self.at.to_le_bytes());
        out.push(u8::from(self.recurrence == Recurrence::House));
    }

    fn read(bytes: &[u8]) -> Self {
        let is_of_house = bytes.get(8) == Some(&1);
        let recurrence = if is_of_house { Recurrence::House } else { Recurrence::Anywhere };
        Self { report: number(bytes, 0), at: number(bytes, 4), recurrence }
    }
}

/// A phrase that recurs is anybody's; a stock passage is a row of such phrases. What is of one house alone is stock
/// at any length.
fn mark_rows(places: &[Place], rules: &Rules, found: &mut StockPlaces) {
    let anywhere: Vec<&Place> = places.iter().filter(|p| p.recurrence == Recurrence::Anywhere).collect();
    let rows = anywhere.chunk_by(|a, b| b.at <= a.at + RUN as u32);
    let long = rows.filter(|row| row[row.len() - 1].at - row[0].at + RUN as u32 >= rules.stock_least);
    let house = places.iter().filter(|place| place.recurrence == Recurrence::House).map(|place| place.at);
    let mut stock: Vec<u32> = long.flatten().map(|place| place.at).chain(house).collect();
    stock.sort_unstable();
    stock.into_iter().for_each(|at| found.push(places[0].report, at));
}

/// Where a run of words recurs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Recurrence {
    None,
    /// In one outlet's reports alone, again and again: its page, not its prose.
    House,
    /// In reports of several outlets, or a few of one.
    Anywhere,
}

struct Judge<'a> {
    reports: &'a [Report<'a>],
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
        let days = || group.iter().filter_map(|p| self.reports[p.report as usize].published).map(|p| p.day);
        days().max().unwrap_or_default() - days().min().unwrap_or_default()
    }

    fn is_of_one_house(&self, group: &[Posting]) -> bool {
        let mut outlets = group.iter().map(|posting| self.reports[posting.report as usize].publisher);
        let first = outlets.next().flatten();
        first.is_some() && outlets.all(|outlet| outlet == first)
    }
}
