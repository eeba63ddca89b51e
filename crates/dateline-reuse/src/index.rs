//! Which runs of words stand in more than one report? Found by sorting, in memory that is bounded.

use std::io;
use std::ops::Range;

use dateline_pile::{Row, Rows, Scratch, Sorter, number};
use rayon::prelude::*;

use crate::rules::Rules;
use crate::words::Words;

/// Places of one run within one report that are looked at. A refrain of a thousand lines says no more.
const PLACES: usize = 4;

/// Seeds held at one time.
const MOST_SEEDS: u32 = 1_000_000;

/// Reports whose words are read at one time.
const AT_ONCE: usize = 1024;

/// A run of words, and a report in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting {
    run: u64,
    pub(crate) report: u32,
    /// The run's first word.
    pub(crate) at: u32,
}

impl Row for Posting {
    const BYTES: usize = 16;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.run.to_le_bytes());
        out.extend(self.report.to_le_bytes());
        out.extend(self.at.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Self {
        let (run, rest) = bytes.split_at(8);
        Self {
            run: run.try_into().map_or(0, u64::from_le_bytes),
            report: number(rest, 0),
            at: number(rest, 4),
        }
    }
}

fn is_same_run(a: &Posting, b: &Posting) -> bool {
    a.run == b.run
}

/// A run that two reports share. Ordered by pair, then by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seed {
    pub(crate) pair: (u32, u32),
    pub(crate) at: (u32, u32),
}

/// All runs that stand in more than one report.
pub(crate) struct Index {
    postings: Rows<Posting>,
    /// How many words each report has.
    pub(crate) lengths: Vec<u32>,
}

impl Index {
    /// Of so many reports whose words `words` reads; the reports are gone through twice.
    pub(crate) fn new(
        reports: u32,
        bytes: usize,
        words: impl Fn(u32) -> Words + Sync,
        scratch: &Scratch,
    ) -> io::Result<Self> {
        let mut filter = Filter::of(bytes / BYTES_PER_RUN, scratch);
        let mut lengths = Vec::with_capacity(reports as usize);
        let runs = |report| {
            let words = words(report);
            (words.len() as u32, words.runs().collect::<Vec<_>>())
        };
        each_report(reports, runs, |(length, runs)| {
            lengths.push(length);
            runs.into_iter().for_each(|run| filter.see(run));
            Ok(())
        })?;
        let repeated = |report| -> Vec<Posting> {
            let words = words(report);
            let runs = (0..).zip(words.runs()).filter(|(_, run)| filter.is_repeated(*run));
            runs.map(|(at, run)| Posting { run, report, at }).collect()
        };
        let mut sorter = Sorter::new(scratch);
        each_report(reports, repeated, |postings| postings.into_iter().try_for_each(|p| sorter.push(p)))?;
        let stands_in_two = |group: &[Posting]| group[0].report != group[group.len() - 1].report;
        Ok(Self { postings: sorter.sorted(is_same_run, stands_in_two)?, lengths })
    }

    /// Hands the places of each run to `take`, one run after another.
    pub(crate) fn each_run(&self, take: impl FnMut(&[Posting]) -> io::Result<()>) -> io::Result<()> {
        self.postings.each_group(is_same_run, take)
    }

    /// Cuts the pile into parts whose seeds can be held.
    pub(crate) fn parts<'a>(
        &'a self,
        reports: u32,
        rules: &'a Rules,
        scratch: &'a Scratch,
    ) -> io::Result<Parts<'a>> {
        let mut seeds_of = vec![0_u32; reports as usize];
        self.each_run(|group| {
            each_seed(group, &(0..reports), near(group, rules), |seed| seeds_of[seed.pair.0 as usize] += 1);
            Ok(())
        })?;
        Ok(Parts { postings: &self.postings, blocks: blocks(&seeds_of), rules, scratch })
    }
}

/// A word of a text and what parts it from the next: as many runs begin there.
const BYTES_PER_RUN: usize = 6;

/// Reads reports on all threads, so many at a time, and hands what is read to `take`, in order.
fn each_report<T: Send>(
    reports: u32,
    read: impl Fn(u32) -> T + Sync,
    mut take: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    for first in (0..reports).step_by(AT_ONCE) {
        let last = reports.min(first + AT_ONCE as u32);
        let found: Vec<T> = (first..last).into_par_iter().map(&read).collect();
        found.into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}

/// Cuts the pile where so many seeds are together.
fn blocks(seeds_of: &[u32]) -> Vec<Range<u32>> {
    let mut blocks = Vec::new();
    let (mut start, mut held) = (0, 0_u32);
    for (n, seeds) in (0..).zip(seeds_of) {
        if held > 0 && held.saturating_add(*seeds) > MOST_SEEDS {
            blocks.push(start..n);
            (start, held) = (n, 0);
        }
        held = held.saturating_add(*seeds);
    }
    blocks.push(start..seeds_of.len() as u32);
    blocks
}

/// A posting, once for each part whose seeds need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    part: u32,
    posting: Posting,
    /// With how many next reports each of the run is laid together.
    near: u32,
}

impl Row for Entry {
    const BYTES: usize = Posting::BYTES + 8;

    fn write(&self, out: &mut Vec<u8>) {
        self.posting.write(out);
        out.extend(self.part.to_le_bytes());
        out.extend(self.near.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Self {
        let (posting, rest) = bytes.split_at(Posting::BYTES);
        Self { posting: Posting::read(posting), part: number(rest, 0), near: number(rest, 4) }
    }
}

/// Gives each part of these what it needs of a run: its reports, and those after them that they are laid together
/// with.
fn entries(
    group: &[Posting],
    parts: &[Range<u32>],
    rules: &Rules,
    sorter: &mut Sorter<'_, Entry>,
) -> io::Result<()> {
    let (start, end) = (parts[0].start, parts[parts.len() - 1].end);
    if group[group.len() - 1].report < start || group[0].report >= end {
        return Ok(());
    }
    let near = near(group, rules);
    let reports: Vec<&[Posting]> = group.chunk_by(|a, b| a.report == b.report).collect();
    let part_of = |postings: &[Posting]| parts.partition_point(|part| part.end <= postings[0].report);
    let mut first = reports.partition_point(|postings| postings[0].report < start);
    while first + 1 < reports.len() && reports[first][0].report < end {
        let part = part_of(reports[first]);
        let own = reports[first..].iter().take_while(|postings| part_of(postings) == part).count();
        let needed = &reports[first..reports.len().min(first + own + near)];
        for posting in needed.iter().flat_map(|postings| postings.iter().take(PLACES)) {
            sorter.push(Entry { part: part as u32, posting: *posting, near: near as u32 })?;
        }
        first += own;
    }
    Ok(())
}

/// With how many next reports each report of a run is laid together.
fn near(group: &[Posting], rules: &Rules) -> usize {
    let reports = group.chunk_by(|a, b| a.report == b.report).count();
    if reports <= rules.crowd { reports } else { rules.neighbours }
}

fn each_seed(group: &[Posting], first: &Range<u32>, near: usize, mut take: impl FnMut(Seed)) {
    let reports: Vec<&[Posting]> = group.chunk_by(|a, b| a.report == b.report).collect();
    for (n, a) in reports.iter().enumerate().filter(|(_, a)| first.contains(&a[0].report)) {
        reports[n + 1..].iter().take(near).for_each(|b| meet(a, b, &mut take));
    }
}

/// Every place of a run in one report beside every place in the other.
fn meet(a: &[Posting], b: &[Posting], take: &mut impl FnMut(Seed)) {
    for left in a.iter().take(PLACES) {
        for right in b.iter().take(PLACES) {
            take(Seed { pair: (left.report, right.report), at: (left.at, right.at) });
        }
    }
}

/// The pile in parts, whose seeds are made when they are asked for.
pub(crate) struct Parts<'a> {
    postings: &'a Rows<Posting>,
    /// The reports that each part's pairs begin with.
    blocks: Vec<Range<u32>>,
    rules: &'a Rules,
    scratch: &'a Scratch,
}

/// Parts for which postings in a file are gone through together: what waits for them is of the size of the postings.
const PARTS_TOGETHER: usize = 256;

impl Parts<'_> {
    /// Hands each part's seeds to `take`, sorted, those of each pair together.
    pub(crate) fn each(&self, mut take: impl FnMut(&[Seed]) -> io::Result<()>) -> io::Result<()> {
        let mut hand_on = |mut seeds: Vec<Seed>| {
            seeds.par_sort_unstable();
            take(&seeds)
        };
        match self.postings {
            // To look through them all for each part takes less than to copy them.
            Rows::Held(postings) => {
                self.blocks.iter().try_for_each(|block| hand_on(self.seeds_among(postings, block)))
            }
            Rows::Filed(_) => {
                self.blocks.chunks(PARTS_TOGETHER).try_for_each(|parts| self.each_of(parts, &mut hand_on))
            }
        }
    }

    fn seeds_among(&self, postings: &[Posting], block: &Range<u32>) -> Vec<Seed> {
        let may_begin =
            |group: &&[Posting]| group[0].report < block.end && group[group.len() - 1].report > block.start;
        let mut seeds = Vec::new();
        for group in postings.chunk_by(is_same_run).filter(may_begin) {
            each_seed(group, block, near(group, self.rules), |seed| seeds.push(seed));
        }
        seeds
    }

    /// Hands on the seeds of some parts, for which all postings are gone through once.
    fn each_of(
        &self,
        parts: &[Range<u32>],
        hand_on: &mut impl FnMut(Vec<Seed>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut sorter = Sorter::new(self.scratch);
        self.postings.each_group(is_same_run, |group| entries(group, parts, self.rules, &mut sorter))?;
        for entries in sorter.pieces(1, |a, b| a.part == b.part)? {
            let entries = entries?;
            let block = &parts[entries[0].part as usize];
            let mut seeds = Vec::new();
            for group in entries.chunk_by(|a, b| is_same_run(&a.posting, &b.posting)) {
                let postings: Vec<Posting> = group.iter().map(|entry| entry.posting).collect();
                each_seed(&postings, block, group[0].near as usize, |seed| seeds.push(seed));
            }
            hand_on(seeds)?;
        }
        Ok(())
    }
}

/// Knows of most runs that stand alone that they do: two bits for each place of a table.
struct Filter {
    once: Vec<u64>,
    twice: Vec<u64>,
    mask: u64,
}

impl Filter {
    /// For about so many runs. One that is too small for them only keeps more.
    fn of(runs: usize, scratch: &Scratch) -> Self {
        let most = scratch.memory.clamp(1 << 20, 1 << 35).next_power_of_two() * 2;
        let places = runs.saturating_mul(8).next_power_of_two().clamp(64, most);
        Self { once: vec![0; places / 64], twice: vec![0; places / 64], mask: places as u64 - 1 }
    }

    fn see(&mut self, run: u64) {
        let (cell, bit) = self.place(run);
        self.twice[cell] |= self.once[cell] & bit;
        self.once[cell] |= bit;
    }

    fn is_repeated(&self, run: u64) -> bool {
        let (cell, bit) = self.place(run);
        self.twice[cell] & bit != 0
    }

    fn place(&self, run: u64) -> (usize, u64) {
        let place = run & self.mask;
        (usize::try_from(place / 64).unwrap_or_default(), 1 << (place % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds(texts: &[&str]) -> Vec<Seed> {
        let (scratch, rules) = (Scratch::unneeded(), Rules::built_in());
        let words = |report: u32| Words::of(texts[report as usize]);
        let index = Index::new(texts.len() as u32, 1000, words, &scratch).unwrap();
        let mut found = Vec::new();
        let parts = index.parts(texts.len() as u32, &rules, &scratch).unwrap();
        let take = |seeds: &[Seed]| {
            found.extend_from_slice(seeds);
            Ok(())
        };
        parts.each(take).unwrap();
        found
    }

    #[test]
    fn runs_of_two_reports_are_found() {
        let texts =
            ["one two three four five six", "zero one two three four five", "none of these at all here"];
        assert_eq!(seeds(&texts), [Seed { pair: (0, 1), at: (0, 1) }]);
    }

    #[test]
    fn a_refrain_costs_little() {
        let refrain = "la ".repeat(50_000);
        assert_eq!(seeds(&[&refrain, &refrain]).len(), PLACES * PLACES);
    }
}
