//! The work from a pile of reports to pairs and clusters, step by step.

use std::io;

use dateline_model::{Alignment, DisjointSets, Earlier, Passage, RelatedPair, ReuseCluster, SharedText};
use dateline_pile::Scratch;
use rayon::prelude::*;

use crate::align::align;
use crate::chain::{chains, runs};
use crate::cluster::clusters;
use crate::direction::earlier;
use crate::entry::Entry;
use crate::finish::{Extent, finish, span};
use crate::index::{Index, Parts, Seed};
use crate::judge::{Counts, relation, similarity};
use crate::rules::Rules;
use crate::stock::{StockPlaces, stock_places};
use crate::words::{RUN, Words};

/// Seeds below which a pair shares a phrase at most.
const FEWEST_SEEDS: usize = 3;

/// What a pile's reports share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reuse {
    /// Pairs of reports that share text, by their ids.
    pub pairs: Vec<RelatedPair>,
    /// Reports that are copies of one another, by the first id.
    pub clusters: Vec<ReuseCluster>,
}

/// Finds what the reports of a pile share. Their order does not matter; the same text twice under one
/// id is one report.
#[must_use]
pub fn detect_reuse(entries: &[Entry<'_>], rules: &Rules) -> Reuse {
    // Where all is held in memory no file can fail.
    detect_reuse_within(entries, rules, &Scratch::unneeded()).unwrap_or_default()
}

/// The same in so much memory as `scratch` gives, whatever the pile.
///
/// # Errors
/// When what does not fit into memory cannot be written to a file.
pub fn detect_reuse_within(entries: &[Entry<'_>], rules: &Rules, scratch: &Scratch) -> io::Result<Reuse> {
    let mut entries: Vec<&Entry<'_>> = entries.iter().collect();
    // By time, so that neighbours are neighbours in time where a text has too many witnesses to compare all.
    entries.sort_by(|x, y| (x.published, *x).cmp(&(y.published, *y)));
    entries.dedup();
    let (reports, bytes) = (entries.len() as u32, entries.iter().map(|entry| entry.text.len()).sum());
    let mut pile = Pile { stock: StockPlaces::default(), entries, rules };
    let index = Index::new(reports, bytes, |report| pile.words(report), scratch)?;
    let parts = index.parts(reports, rules, scratch)?;
    let kin = pile.near_copies(&parts, &index.lengths)?;
    pile.stock = stock_places(&pile.entries, &index, &kin, rules, scratch)?;
    let mut pairs = pile.related(&parts)?;
    pairs.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    let clusters = clusters(&pairs);
    Ok(Reuse { pairs, clusters })
}

/// Words of the first report that stand in runs it shares with the second.
fn covered(seeds: &[Seed]) -> u32 {
    let (mut covered, mut end) = (0, 0);
    for seed in seeds {
        let next = seed.at.0 + RUN as u32;
        covered += next - end.clamp(seed.at.0, next);
        end = next;
    }
    covered
}

struct Pile<'a> {
    entries: Vec<&'a Entry<'a>>,
    stock: StockPlaces,
    rules: &'a Rules,
}

impl Pile<'_> {
    /// A report's words, read anew each time: those of a large pile do not fit into memory.
    fn words(&self, report: u32) -> Words {
        let mut words = Words::of(&self.entries[report as usize].text);
        self.stock.mark(report, &mut words);
        words
    }

    /// The group of near copies of each report, by shared runs alone: enough to tell kin from strangers.
    fn near_copies(&self, parts: &Parts<'_>, lengths: &[u32]) -> io::Result<Vec<u32>> {
        let mut groups = DisjointSets::new(self.entries.len() as u32);
        parts.each(|seeds| {
            for seeds in seeds.chunk_by(|x, y| x.pair == y.pair) {
                let (a, b) = seeds[0].pair;
                let shorter = lengths[a as usize].min(lengths[b as usize]);
                if covered(seeds) as f32 >= self.rules.kin_share * shorter as f32 {
                    groups.join(a, b);
                }
            }
        })?;
        Ok(groups.lowest())
    }

    fn related(&self, parts: &Parts<'_>) -> io::Result<Vec<RelatedPair>> {
        let mut pairs = Vec::new();
        parts.each(|seeds| {
            let of_pairs = seeds.chunk_by(|x, y| x.pair == y.pair);
            let of_pairs: Vec<&[Seed]> = of_pairs.filter(|seeds| seeds.len() >= FEWEST_SEEDS).collect();
            let words = Read::of(&of_pairs, |report| self.words(report));
            let found = of_pairs.par_iter().filter_map(|seeds| self.pair(seeds, &words));
            pairs.extend(found.collect::<Vec<_>>());
        })?;
        Ok(pairs)
    }

    /// What one pair shares, if it is anything.
    fn pair(&self, seeds: &[Seed], words: &Read<Words>) -> Option<RelatedPair> {
        let (a, b) = seeds[0].pair;
        let (left, right) = (words.at(a), words.at(b));
        let found = self.passages(seeds, left, right);
        if found.is_empty() {
            return None;
        }
        let shorter = left.len().min(right.len());
        let kinds: Vec<_> = found.iter().map(|passage| (passage.kind, passage.counts)).collect();
        let relation = relation(&kinds, shorter, self.rules);
        let (first, second) = (self.entries[a as usize], self.entries[b as usize]);
        let alignments = found.iter().map(|found| alignment(found, (first, left), (second, right))).collect();
        let pair = RelatedPair {
            a: first.id.clone(),
            b: second.id.clone(),
            relation,
            earlier: earlier(first, second, self.rules),
            alignments,
        };
        Some(by_id(pair))
    }

    fn passages(&self, seeds: &[Seed], left: &Words, right: &Words) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for chain in chains(&runs(seeds), self.rules) {
            let mut matches = align(&chain, left, right);
            matches.retain(|(i, j)| !found.iter().any(|f| f.holds(*i as usize, *j as usize)));
            let passage = finish(matches, left, right).and_then(|extent| self.judged(extent, left, right));
            found.extend(passage.filter(|p| !found.iter().any(|f| f.crosses(p))));
        }
        found.sort_by_key(|passage| passage.extent.a);
        found
    }

    fn judged(&self, extent: Extent, a: &Words, b: &Words) -> Option<Found> {
        let counts = Counts::of(&extent.matches, a, b);
        let kind = counts.kind(self.rules)?;
        let similarity = similarity(&extent);
        (similarity >= self.rules.similarity_least).then_some(Found { extent, counts, kind, similarity })
    }
}

/// What is read of the reports of some pairs.
struct Read<T> {
    reports: Vec<u32>,
    read: Vec<T>,
}

impl<T: Send> Read<T> {
    fn of(of_pairs: &[&[Seed]], read: impl Fn(u32) -> T + Sync) -> Self {
        let mut reports: Vec<u32> =
            of_pairs.iter().flat_map(|seeds| [seeds[0].pair.0, seeds[0].pair.1]).collect();
        reports.sort_unstable();
        reports.dedup();
        let read = reports.par_iter().map(|report| read(*report)).collect();
        Self { reports, read }
    }

    /// What was read of one of them.
    fn at(&self, report: u32) -> &T {
        &self.read[self.reports.partition_point(|other| *other < report)]
    }
}

fn alignment(found: &Found, a: (&Entry<'_>, &Words), b: (&Entry<'_>, &Words)) -> Alignment {
    let passage = |(entry, read): (&Entry<'_>, &Words), words| Passage {
        article: entry.id.clone(),
        span: span(&entry.text, read, words),
    };
    Alignment {
        a: passage(a, found.extent.a),
        b: passage(b, found.extent.b),
        similarity: found.similarity,
        kind: found.kind,
    }
}

struct Found {
    extent: Extent,
    counts: Counts,
    kind: SharedText,
    similarity: f32,
}

impl Found {
    fn holds(&self, i: usize, j: usize) -> bool {
        (self.extent.a.0..self.extent.a.1).contains(&i) || (self.extent.b.0..self.extent.b.1).contains(&j)
    }

    fn crosses(&self, other: &Self) -> bool {
        let meets = |x: (usize, usize), y: (usize, usize)| x.0 < y.1 && y.0 < x.1;
        meets(self.extent.a, other.extent.a) || meets(self.extent.b, other.extent.b)
    }
}

/// The report whose id comes first is `a`.
fn by_id(mut pair: RelatedPair) -> RelatedPair {
    if pair.a > pair.b {
        std::mem::swap(&mut pair.a, &mut pair.b);
        pair.earlier = match pair.earlier {
            Earlier::A => Earlier::B,
            Earlier::B => Earlier::A,
            Earlier::Unknown => Earlier::Unknown,
        };
        for alignment in &mut pair.alignments {
            std::mem::swap(&mut alignment.a, &mut alignment.b);
        }
        pair.alignments.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    }
    pair
}
