//! The reports seen so far, by their words: finds those that may be like a new one, and how like.

use std::borrow::Borrow;
use std::collections::VecDeque;

use rayon::prelude::*;

use crate::config::StoryConfig;
use crate::story::digest::StoryDigest;
use crate::story::filter::Filter;
use crate::story::probe::{KeptTerms, Probe};
use crate::story::tally::Tally;
use crate::story::term::Term;

/// In how many reports each word stands.
#[derive(Debug, Default)]
pub(crate) struct WordCounts {
    reports: u32,
    by_word: Tally,
    /// Are all reports counted? Then a word that was not kept stands in one.
    whole: bool,
}

impl WordCounts {
    /// Counts the words of a whole pile, which is gone through twice. Most words and pairs of words stand in one
    /// report alone; they are not kept, for they are the greater part of a large pile. `terms` says about how many
    /// there are in all.
    pub(crate) fn of_pile<D: Borrow<StoryDigest>, I: Iterator<Item = D>>(
        terms: usize,
        digests: impl Fn() -> I,
    ) -> Self {
        let mut filter = Filter::of(terms);
        digests().for_each(|digest| digest.borrow().terms.iter().for_each(|(word, _)| filter.see(*word)));
        let mut counts = Self { whole: true, ..Self::default() };
        for digest in digests() {
            counts.count(digest.borrow(), |word| filter.is_repeated(word));
        }
        // The filter took some for repeated that are not.
        counts.by_word.forget_single();
        counts
    }

    /// Counts the words of one more report.
    pub(crate) fn add(&mut self, digest: &StoryDigest) {
        self.count(digest, |_| true);
    }

    fn count(&mut self, digest: &StoryDigest, kept: impl Fn(u64) -> bool) {
        self.reports += 1;
        for (word, _) in digest.terms.iter().filter(|(word, _)| kept(*word)) {
            self.by_word.add(*word);
        }
    }

    /// May the word stand in another report as well?
    pub(crate) fn may_recur(&self, word: u64) -> bool {
        !self.whole || self.by_word.of(word) > 1
    }

    /// Inverse document frequency; common words keep a little.
    fn rarity(&self, word: u64, config: &StoryConfig) -> f32 {
        let holds = self.by_word.of(word).max(u32::from(self.whole)) as f32;
        ((self.reports as f32 + config.prior_reports) / (holds + 1.0)).ln().max(0.0) + config.rarity_least
    }

    /// The words of a report by weight, as vectors of length 1.
    pub(crate) fn weigh(&self, digest: &StoryDigest, config: &StoryConfig) -> Weighed {
        let weigh = |terms: &[Term]| {
            let weight = |&(word, count): &Term| (word, (1.0 + count.ln()) * self.rarity(word, config));
            unit(terms.iter().map(weight).collect())
        };
        Weighed { terms: weigh(&digest.terms), headline: weigh(&digest.headline) }
    }
}

/// Brings a vector to length 1.
fn unit(mut terms: Vec<Term>) -> Vec<Term> {
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    for (_, weight) in &mut terms {
        *weight /= length;
    }
    terms
}

/// A report's words by weight.
#[derive(Debug)]
pub(crate) struct Weighed {
    terms: Vec<Term>,
    headline: Vec<Term>,
}

/// What is kept of a report's words while others are held against it.
#[derive(Clone, Debug, Default)]
struct Kept {
    terms: KeptTerms,
    headline: KeptTerms,
}

/// How often words are gone through while the reports within the horizon are replaced: what is said of others takes
/// a quarter more memory at most.
const SWEEPS: usize = 4;

/// The newest reports, numbered as they came.
#[derive(Debug, Default)]
pub(crate) struct ReportIndex {
    /// Those within the horizon, and before them such as a report that is being looked up may need.
    reports: VecDeque<Kept>,
    /// How many came before these.
    gone: usize,
    #[expect(clippy::disallowed_types, reason = "looked up by word only, never walked")]
    postings: std::collections::HashMap<u64, Vec<(u32, f32)>>,
    /// Shared weight with each of these while one is looked up; all zero in between.
    shared: Vec<f32>,
}

impl ReportIndex {
    /// The earlier reports that are most like `report`, by number, each with its likeness from 0 to 1.
    pub(crate) fn neighbours(&mut self, report: &Weighed, config: &StoryConfig) -> Vec<(u32, f32)> {
        let found = self.candidates(report, config);
        self.likenesses(report, found, config)
    }

    /// The neighbours of each of these reports, which are added one after the other. What takes most of the time is
    /// done on all threads.
    pub(crate) fn neighbours_of_each(
        &mut self,
        reports: &[Weighed],
        counts: &WordCounts,
        config: &StoryConfig,
    ) -> Vec<Vec<(u32, f32)>> {
        let mut candidates = |report| {
            let found = self.candidates(report, config);
            self.enter(report, counts, config);
            found
        };
        let found: Vec<Vec<u32>> = reports.iter().map(&mut candidates).collect();
        let likenesses = |(report, found)| self.likenesses(report, found, config);
        let neighbours = reports.par_iter().zip(found).map(likenesses).collect();
        self.leave_old(config);
        neighbours
    }

    /// How like these earlier ones a report is.
    fn likenesses(&self, report: &Weighed, mut found: Vec<u32>, config: &StoryConfig) -> Vec<(u32, f32)> {
        found.sort_unstable();
        let (terms, headline) = (Probe::of(&report.terms), Probe::of(&report.headline));
        let like = |n| {
            let other = &self.reports[self.place(n)];
            let of_headline = config.headline_share * headline.product(&other.headline);
            (n, config.text_share * terms.product(&other.terms) + of_headline)
        };
        found.into_iter().map(like).collect()
    }

    /// Those that share the heaviest words.
    fn candidates(&mut self, report: &Weighed, config: &StoryConfig) -> Vec<u32> {
        let oldest = self.oldest(config);
        let mut touched = Vec::new();
        for (word, weight) in heaviest(&report.terms, config.seed_words) {
            let postings = self.postings.get(&word).map_or(&[][..], Vec::as_slice);
            let newest = postings.iter().rev().take(config.seed_postings).take_while(|(n, _)| *n >= oldest);
            for (n, other) in newest {
                let shared = &mut self.shared[*n as usize - self.gone];
                if *shared == 0.0 {
                    touched.push(*n);
                }
                *shared += weight * other;
            }
        }
        self.best(touched, config.compared)
    }

    /// The `most` reports that share most, and a clean slate for the next look-up.
    fn best(&mut self, mut touched: Vec<u32>, most: usize) -> Vec<u32> {
        let shared = |n: &u32| self.shared[self.place(*n)];
        let by_weight = |a: &u32, b: &u32| shared(b).total_cmp(&shared(a)).then(a.cmp(b));
        let mut kept = touched.clone();
        if kept.len() > most {
            kept.select_nth_unstable_by(most, by_weight);
            kept.truncate(most);
        }
        for n in touched.drain(..) {
            self.shared[n as usize - self.gone] = 0.0;
        }
        kept
    }

    /// Adds a report; its number is how many came before it. What no other report can ask for is not entered.
    pub(crate) fn push(&mut self, report: &Weighed, counts: &WordCounts, config: &StoryConfig) {
        self.enter(report, counts, config);
        self.leave_old(config);
    }

    fn enter(&mut self, report: &Weighed, counts: &WordCounts, config: &StoryConfig) {
        let number = self.count() as u32;
        let may_recur = |word| counts.may_recur(word);
        let heaviest = heaviest(&report.terms, 2 * config.seed_words);
        for (word, weight) in heaviest.into_iter().filter(|(word, _)| may_recur(*word)) {
            let postings = self.postings.entry(word).or_default();
            postings.push((number, weight));
            // Only the newest are looked at.
            if postings.len() >= 2 * config.seed_postings.max(1) {
                postings.drain(..postings.len() - config.seed_postings);
            }
        }
        self.reports.push_back(Kept {
            terms: KeptTerms::of(&report.terms, may_recur),
            headline: KeptTerms::of(&report.headline, may_recur),
        });
        self.shared.resize(self.reports.len(), 0.0);
        if self.count().is_multiple_of((config.horizon / SWEEPS).max(1)) {
            self.forget_old(config);
        }
    }

    /// Reports beyond the horizon go.
    fn leave_old(&mut self, config: &StoryConfig) {
        let old = self.reports.len().saturating_sub(config.horizon);
        self.reports.drain(..old);
        self.shared.truncate(self.reports.len());
        self.gone += old;
    }

    /// What words say of reports beyond the horizon goes, and words that say no more.
    fn forget_old(&mut self, config: &StoryConfig) {
        let oldest = self.oldest(config);
        self.postings.retain(|_, postings| {
            postings.drain(..postings.partition_point(|(n, _)| *n < oldest));
            if postings.len() < postings.capacity() / 2 {
                postings.shrink_to_fit();
            }
            !postings.is_empty()
        });
    }

    /// The oldest report within the horizon of the next one.
    fn oldest(&self, config: &StoryConfig) -> u32 {
        self.count().saturating_sub(config.horizon) as u32
    }

    fn count(&self) -> usize {
        self.gone + self.reports.len()
    }

    /// Where a report is that is not gone.
    fn place(&self, number: u32) -> usize {
        number as usize - self.gone
    }
}

/// The `most` heaviest terms; of equal ones those with the lower number.
fn heaviest(terms: &[Term], most: usize) -> Vec<Term> {
    let by_weight = |a: &Term, b: &Term| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let mut kept = terms.to_vec();
    if kept.len() > most {
        kept.select_nth_unstable_by(most, by_weight);
        kept.truncate(most);
    }
    kept.sort_unstable_by_key(|term| term.0);
    kept
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What is found beside each report, with words counted so.
    fn neighbours(digests: &[StoryDigest], counts: &WordCounts) -> Vec<Vec<(u32, f32)>> {
        let config = StoryConfig::english();
        let mut index = ReportIndex::default();
        let beside = |digest| {
            let weighed = counts.weigh(digest, &config);
            let found = index.neighbours(&weighed, &config);
            index.push(&weighed, counts, &config);
            found
        };
        digests.iter().map(beside).collect()
    }

    #[test]
    fn together_reports_have_the_neighbours_that_they_have_one_by_one() {
        let mut config = StoryConfig::english();
        config.horizon = 30;
        let text = |n: usize| format!("The bridge of Orsk{} was shut, the guard{} wrote.", n % 7, n % 11);
        let digests: Vec<StoryDigest> =
            (0..200).map(|n| StoryDigest::new("", "Quay news", &text(n), None, &config)).collect();
        let counts = WordCounts::of_pile(1000, || digests.iter());
        let weighed: Vec<Weighed> = digests.iter().map(|digest| counts.weigh(digest, &config)).collect();
        let (mut index, mut together) = (ReportIndex::default(), ReportIndex::default());
        let beside = |report| {
            let found = index.neighbours(report, &config);
            index.push(report, &counts, &config);
            found
        };
        let expected: Vec<_> = weighed.iter().map(beside).collect();
        let found = weighed.chunks(64).flat_map(|some| together.neighbours_of_each(some, &counts, &config));
        assert_eq!(found.collect::<Vec<_>>(), expected);
        assert!(
            expected.iter().zip(0_u32..).all(|(found, n)| found.iter().all(|(other, _)| other + 30 >= n))
        );
    }

    #[test]
    fn words_that_stand_alone_need_not_be_kept() {
        let config = StoryConfig::english();
        let text = |n: usize| {
            let common = ["bridge", "ferry", "harbour", "quay", "mayor"][n % 5];
            format!("The {common} of Orsk{} was shut on day{}, the{} guard{n} wrote.", n % 7, n % 3, n % 11)
        };
        let digests: Vec<StoryDigest> =
            (0..60).map(|n| StoryDigest::new("", "Quay news", &text(n), None, &config)).collect();
        let mut all = WordCounts::default();
        digests.iter().for_each(|digest| all.add(digest));
        // A filter that is too small only keeps more.
        for terms in [1, 10_000] {
            let kept = WordCounts::of_pile(terms, || digests.iter());
            assert_eq!(neighbours(&digests, &kept), neighbours(&digests, &all));
            let recur =
                digests.iter().flat_map(|digest| &digest.terms).filter(|term| all.by_word.of(term.0) > 1);
            let recur: BTreeSet<u64> = recur.map(|term| term.0).collect();
            assert_eq!(kept.by_word.words(), recur.len());
            assert!(recur.len() < all.by_word.words());
        }
    }
}
