//! The work from a pile of reports to pairs and clusters, step by step.

use std::ops::Range;

use dateline_model::{Alignment, Earlier, Passage, RelatedPair, ReuseCluster, SharedText};

use crate::align::align;
use crate::chain::{chains, runs};
use crate::cluster::{Groups, clusters};
use crate::direction::earlier;
use crate::entry::Entry;
use crate::finish::{Extent, finish, span};
use crate::index::{Index, Seed};
use crate::judge::{Counts, relation, similarity};
use crate::rules::Rules;
use crate::stock::mark_stock;
use crate::words::{RUN, Words};

/// Seeds held at one time.
const MOST_SEEDS: u32 = 4_000_000;
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
    let mut entries: Vec<&Entry<'_>> = entries.iter().collect();
    // By time, so that neighbours are neighbours in time where a text has too many witnesses to compare all.
    entries.sort_by(|x, y| (x.published, *x).cmp(&(y.published, *y)));
    entries.dedup();
    let words = entries.iter().map(|entry| Words::of(&entry.text)).collect();
    let mut pile = Pile { entries, words, rules };
    let index = Index::new(&pile.words);
    let blocks = blocks(&index.seeds_of(pile.words.len(), rules));
    let kin = pile.near_copies(&index, &blocks);
    mark_stock(&mut pile.words, &pile.entries, &index, &kin, rules);
    let mut pairs = pile.related(&index, &blocks);
    pairs.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    let clusters = clusters(&pairs);
    Reuse { pairs, clusters }
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

/// Cuts the pile into parts whose seeds can be held.
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

struct Pile<'a> {
    entries: Vec<&'a Entry<'a>>,
    words: Vec<Words>,
    rules: &'a Rules,
}

impl Pile<'_> {
    /// The group of near copies of each report, by shared runs alone: enough to tell kin from strangers.
    fn near_copies(&self, index: &Index, blocks: &[Range<u32>]) -> Vec<u32> {
        let mut groups = Groups::new(self.words.len());
        for block in blocks {
            for seeds in index.seeds(block, self.rules).chunk_by(|x, y| x.pair == y.pair) {
                let (a, b) = seeds[0].pair;
                let shorter = self.words[a as usize].len().min(self.words[b as usize].len());
                if covered(seeds) as f32 >= self.rules.kin_share * shorter as f32 {
                    groups.join(a, b);
                }
            }
        }
        groups.all()
    }

    fn related(&self, index: &Index, blocks: &[Range<u32>]) -> Vec<RelatedPair> {
        let mut pairs = Vec::new();
        for block in blocks {
            let seeds = index.seeds(block, self.rules);
            let of_pairs =
                seeds.chunk_by(|x, y| x.pair == y.pair).filter(|seeds| seeds.len() >= FEWEST_SEEDS);
            pairs.extend(of_pairs.filter_map(|seeds| self.pair(seeds)));
        }
        pairs
    }

    /// What one pair shares, if it is anything.
    fn pair(&self, seeds: &[Seed]) -> Option<RelatedPair> {
        let (a, b) = (seeds[0].pair.0 as usize, seeds[0].pair.1 as usize);
        let found = self.passages(seeds, a, b);
        if found.is_empty() {
            return None;
        }
        let shorter = self.words[a].len().min(self.words[b].len());
        let kinds: Vec<_> = found.iter().map(|passage| (passage.kind, passage.counts)).collect();
        let relation = relation(&kinds, shorter, self.rules);
        let alignments = found.iter().map(|passage| self.alignment(passage, a, b)).collect();
        let (first, second) = (self.entries[a], self.entries[b]);
        let pair = RelatedPair {
            a: first.id.clone(),
            b: second.id.clone(),
            relation,
            earlier: earlier(first, second, self.rules),
            alignments,
        };
        Some(by_id(pair))
    }

    fn passages(&self, seeds: &[Seed], a: usize, b: usize) -> Vec<Found> {
        let (left, right) = (&self.words[a], &self.words[b]);
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

    fn alignment(&self, found: &Found, a: usize, b: usize) -> Alignment {
        let passage = |n: usize, words| Passage {
            article: self.entries[n].id.clone(),
            span: span(&self.entries[n].text, &self.words[n], words),
        };
        Alignment {
            a: passage(a, found.extent.a),
            b: passage(b, found.extent.b),
            similarity: found.similarity,
            kind: found.kind,
        }
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
