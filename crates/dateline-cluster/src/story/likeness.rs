//! How like each other the reports of a pile are, as far as they are alike at all.

use std::borrow::Borrow;
use std::io;

use dateline_pile::{Rows, Scratch, Sorter};
use rayon::prelude::*;

use crate::config::StoryConfig;
use crate::story::alike::Alike;
use crate::story::ambience::Ambience;
use crate::story::digest::StoryDigest;
use crate::story::index::{ReportIndex, Weighed, WordCounts};
use crate::story::timing::Timing;

/// All pairs that are alike at all, sorted, days and neighbourhoods taken into account. `terms` says about how many
/// words and pairs of words there are; the digests are gone through three times.
pub(crate) fn likenesses<D: Borrow<StoryDigest> + Sync, I: Iterator<Item = D>>(
    terms: usize,
    digests: impl Fn() -> I,
    config: &StoryConfig,
    scratch: &Scratch,
) -> io::Result<Rows<Alike>> {
    let counts = WordCounts::of_pile(terms, &digests);
    let (candidates, setting) = candidates(digests(), &counts, config, scratch)?;
    let mut pairs = Sorter::new(scratch);
    candidates.each(|candidate| {
        let pair = setting.measured(candidate, config);
        if is_alike(&pair, config) { pairs.push(pair) } else { Ok(()) }
    })?;
    pairs.all_sorted()
}

/// Pairs that may be alike, with the likeness of their words as it is, and what it is to be measured against.
fn candidates<D: Borrow<StoryDigest> + Sync>(
    mut digests: impl Iterator<Item = D>,
    counts: &WordCounts,
    config: &StoryConfig,
    scratch: &Scratch,
) -> io::Result<(Rows<Alike>, Setting)> {
    let (mut index, mut setting) = (ReportIndex::default(), Setting::default());
    let mut found = Sorter::new(scratch);
    loop {
        let some: Vec<D> = digests.by_ref().take(TOGETHER).collect();
        if some.is_empty() {
            return Ok((found.all_sorted()?, setting));
        }
        let weighed: Vec<Weighed> =
            some.par_iter().map(|digest| counts.weigh(digest.borrow(), config)).collect();
        let neighbours = index.neighbours_of_each(&weighed, counts, config);
        for (digest, neighbours) in some.iter().zip(neighbours) {
            let n = setting.push(&neighbours, digest.borrow().timing, config);
            let pairs = neighbours.into_iter().map(|(other, likeness)| Alike::new(other, n, likeness));
            // Neighbourhoods only get denser, and likenesses with them less: what is too little now stays so.
            let mut alike = pairs.filter(|pair| is_alike(&setting.measured(*pair, config), config));
            alike.try_for_each(|pair| found.push(pair))?;
        }
    }
}

/// Reports that are digested and weighed together, on all threads.
pub(crate) const TOGETHER: usize = 256;

fn is_alike(pair: &Alike, config: &StoryConfig) -> bool {
    pair.likeness > config.pile_threshold * config.least_share
}

/// What a likeness of words is measured against: neighbourhoods and days.
#[derive(Default)]
struct Setting {
    ambience: Ambience,
    timings: Vec<Timing>,
}

impl Setting {
    /// Adds a report with the likenesses to those before it, and gives its number.
    fn push(&mut self, neighbours: &[(u32, f32)], timing: Timing, config: &StoryConfig) -> u32 {
        self.ambience.push(neighbours, config);
        self.timings.push(timing);
        self.timings.len() as u32 - 1
    }

    fn measured(&self, pair: Alike, config: &StoryConfig) -> Alike {
        let Alike { a, b, likeness } = pair;
        let scaled = self.ambience.scaled(a, b, likeness, config);
        let timing = self.timings[a as usize].factor(&self.timings[b as usize], config);
        Alike { likeness: scaled * timing, ..pair }
    }
}
