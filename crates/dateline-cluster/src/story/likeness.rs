//! How like each other the reports of a pile are, as far as they are alike at all.

use std::borrow::Borrow;
use std::io;

use dateline_pile::{Rows, Scratch, Sorter};

use crate::config::StoryConfig;
use crate::story::alike::Alike;
use crate::story::ambience::Ambience;
use crate::story::digest::StoryDigest;
use crate::story::index::{ReportIndex, WordCounts};
use crate::story::timing::Timing;

/// All pairs that are alike at all, sorted, days and neighbourhoods taken into account. `terms` says about how many
/// words and pairs of words there are; the digests are gone through three times.
pub(crate) fn likenesses<D: Borrow<StoryDigest>, I: Iterator<Item = D>>(
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
fn candidates<D: Borrow<StoryDigest>>(
    digests: impl Iterator<Item = D>,
    counts: &WordCounts,
    config: &StoryConfig,
    scratch: &Scratch,
) -> io::Result<(Rows<Alike>, Setting)> {
    let (mut index, mut setting) = (ReportIndex::default(), Setting::default());
    let mut found = Sorter::new(scratch);
    for (n, digest) in (0..).zip(digests) {
        let digest = digest.borrow();
        let weighed = counts.weigh(digest, config);
        let neighbours = index.neighbours(&weighed, config);
        setting.push(&neighbours, digest.timing, config);
        index.push(&weighed, counts, config);
        let mut candidates = neighbours.into_iter().map(|(other, likeness)| Alike::new(other, n, likeness));
        candidates.try_for_each(|candidate| {
            // Neighbourhoods only get denser, and likenesses with them less: what is too little now stays so.
            if is_alike(&setting.measured(candidate, config), config) {
                found.push(candidate)
            } else {
                Ok(())
            }
        })?;
    }
    Ok((found.all_sorted()?, setting))
}

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
    fn push(&mut self, neighbours: &[(u32, f32)], timing: Timing, config: &StoryConfig) {
        self.ambience.push(neighbours, config);
        self.timings.push(timing);
    }

    fn measured(&self, pair: Alike, config: &StoryConfig) -> Alike {
        let Alike { a, b, likeness } = pair;
        let scaled = self.ambience.scaled(a, b, likeness, config);
        let timing = self.timings[a as usize].factor(&self.timings[b as usize], config);
        Alike { likeness: scaled * timing, ..pair }
    }
}
