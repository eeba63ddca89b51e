//! Which runs of words stand in more than one report? Found by sorting, in memory that a pile bounds.

use std::ops::Range;

use crate::rules::Rules;
use crate::words::Words;

/// Places of one run within one report that are looked at. A refrain of a thousand lines says no more.
const PLACES: usize = 4;

/// A run of words, and a report in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting {
    run: u64,
    pub(crate) report: u32,
    /// The run's first word.
    pub(crate) at: u32,
}

/// A run that two reports share. Ordered by pair, then by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seed {
    pub(crate) pair: (u32, u32),
    pub(crate) at: (u32, u32),
}

/// All runs that stand in more than one report.
pub(crate) struct Index {
    postings: Vec<Posting>,
}

impl Index {
    pub(crate) fn new(pile: &[Words]) -> Self {
        let filter = Filter::new(pile);
        let mut postings = Vec::new();
        for (report, words) in (0..).zip(pile) {
            let runs = (0..).zip(words.runs()).filter(|(_, run)| filter.is_repeated(*run));
            postings.extend(runs.map(|(at, run)| Posting { run, report, at }));
        }
        postings.sort_unstable();
        Self { postings: shared(postings) }
    }

    /// The places of each run, one run after another.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &[Posting]> {
        self.postings.chunk_by(|a, b| a.run == b.run)
    }

    /// How many seeds each report begins, so that the work can be cut into parts.
    pub(crate) fn seeds_of(&self, reports: usize, rules: &Rules) -> Vec<u32> {
        let mut counts = vec![0_u32; reports];
        self.each_seed(rules, |seed| counts[seed.pair.0 as usize] += 1);
        counts
    }

    /// The seeds of pairs whose first report is in `reports`, sorted.
    pub(crate) fn seeds(&self, reports: &Range<u32>, rules: &Rules) -> Vec<Seed> {
        let mut seeds = Vec::new();
        self.each_seed(rules, |seed| {
            if reports.contains(&seed.pair.0) {
                seeds.push(seed);
            }
        });
        seeds.sort_unstable();
        seeds
    }

    fn each_seed(&self, rules: &Rules, mut take: impl FnMut(Seed)) {
        let mut reports: Vec<&[Posting]> = Vec::new();
        for group in self.groups() {
            reports.clear();
            reports.extend(group.chunk_by(|a, b| a.report == b.report));
            let near = if reports.len() <= rules.crowd { reports.len() } else { rules.neighbours };
            for (n, a) in reports.iter().enumerate() {
                reports[n + 1..].iter().take(near).for_each(|b| meet(a, b, &mut take));
            }
        }
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

/// What is left of sorted postings when runs of a single report go.
fn shared(mut postings: Vec<Posting>) -> Vec<Posting> {
    let (mut kept, mut at) = (0, 0);
    while at < postings.len() {
        let group = postings[at..].iter().take_while(|p| p.run == postings[at].run).count();
        if postings[at].report != postings[at + group - 1].report {
            postings.copy_within(at..at + group, kept);
            kept += group;
        }
        at += group;
    }
    postings.truncate(kept);
    postings.shrink_to_fit();
    postings
}

/// Knows of most runs that stand alone that they do: two bits for each place of a table.
struct Filter {
    once: Vec<u64>,
    twice: Vec<u64>,
    mask: u64,
}

impl Filter {
    fn new(pile: &[Words]) -> Self {
        let runs: usize = pile.iter().map(Words::len).sum();
        let places = (runs * 8).next_power_of_two().max(64);
        let mut filter =
            Self { once: vec![0; places / 64], twice: vec![0; places / 64], mask: places as u64 - 1 };
        pile.iter().flat_map(Words::runs).for_each(|run| filter.see(run));
        filter
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

    #[test]
    fn runs_of_two_reports_are_found() {
        let texts =
            ["one two three four five six", "zero one two three four five", "none of these at all here"];
        let pile: Vec<_> = texts.iter().map(|text| Words::of(text)).collect();
        let seeds = Index::new(&pile).seeds(&(0..3), &Rules::built_in());
        assert_eq!(seeds, [Seed { pair: (0, 1), at: (0, 1) }]);
    }

    #[test]
    fn a_refrain_costs_little() {
        let pile = [Words::of(&"la ".repeat(50_000)), Words::of(&"la ".repeat(50_000))];
        assert_eq!(Index::new(&pile).seeds(&(0..2), &Rules::built_in()).len(), PLACES * PLACES);
    }
}
