//! The reports seen so far, by their words: finds those that may be like a new one, and how like.

use crate::config::StoryConfig;
use crate::story::digest::StoryDigest;
use crate::story::term::{Term, product};

/// In how many reports each word stands.
#[derive(Debug, Default)]
pub(crate) struct WordCounts {
    reports: u32,
    #[expect(clippy::disallowed_types, reason = "looked up by word only, never walked")]
    by_word: std::collections::HashMap<u64, u32>,
}

impl WordCounts {
    /// Counts the words of one more report.
    pub(crate) fn add(&mut self, digest: &StoryDigest) {
        self.reports += 1;
        for (word, _) in &digest.terms {
            *self.by_word.entry(*word).or_default() += 1;
        }
    }

    /// Inverse document frequency; common words keep a little.
    fn rarity(&self, word: u64, config: &StoryConfig) -> f32 {
        let holds = self.by_word.get(&word).copied().unwrap_or_default() as f32;
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
#[derive(Clone, Debug, Default)]
pub(crate) struct Weighed {
    terms: Vec<Term>,
    headline: Vec<Term>,
}

impl Weighed {
    fn likeness(&self, other: &Self, config: &StoryConfig) -> f32 {
        config.text_share * product(&self.terms, &other.terms)
            + config.headline_share * product(&self.headline, &other.headline)
    }
}

/// The newest reports, numbered as they came.
#[derive(Debug, Default)]
pub(crate) struct ReportIndex {
    reports: Vec<Weighed>,
    #[expect(clippy::disallowed_types, reason = "looked up by word only, never walked")]
    postings: std::collections::HashMap<u64, Vec<(u32, f32)>>,
    /// Shared weight with each report while one is looked up; all zero in between.
    shared: Vec<f32>,
}

impl ReportIndex {
    /// The earlier reports that are most like `report`, by number, each with its likeness from 0 to 1.
    pub(crate) fn neighbours(&mut self, report: &Weighed, config: &StoryConfig) -> Vec<(u32, f32)> {
        let mut found = self.candidates(report, config);
        found.sort_unstable();
        let like = |n| (n, self.reports[n as usize].likeness(report, config));
        found.into_iter().map(like).collect()
    }

    /// Those that share the heaviest words.
    fn candidates(&mut self, report: &Weighed, config: &StoryConfig) -> Vec<u32> {
        let oldest = self.reports.len().saturating_sub(config.horizon) as u32;
        let mut touched = Vec::new();
        for (word, weight) in heaviest(&report.terms, config.seed_words) {
            let postings = self.postings.get(&word).map_or(&[][..], Vec::as_slice);
            let newest = postings.iter().rev().take(config.seed_postings).take_while(|(n, _)| *n >= oldest);
            for (n, other) in newest {
                let shared = &mut self.shared[*n as usize];
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
        let shared = &self.shared;
        let by_weight = |a: &u32, b: &u32| shared[*b as usize].total_cmp(&shared[*a as usize]).then(a.cmp(b));
        let mut kept = touched.clone();
        if kept.len() > most {
            kept.select_nth_unstable_by(most, by_weight);
            kept.truncate(most);
        }
        for n in touched.drain(..) {
            self.shared[n as usize] = 0.0;
        }
        kept
    }

    /// Adds a report; its number is how many came before it.
    pub(crate) fn push(&mut self, report: Weighed, config: &StoryConfig) {
        let number = self.reports.len() as u32;
        for (word, weight) in heaviest(&report.terms, 2 * config.seed_words) {
            self.postings.entry(word).or_default().push((number, weight));
        }
        self.reports.push(report);
        self.shared.push(0.0);
        if let Some(old) = self.reports.len().checked_sub(config.horizon + 1) {
            self.reports[old] = Weighed::default();
        }
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
