//! The work from a pile of reports to pairs and clusters, step by step.

use std::borrow::Cow;
use std::io;

use dateline_model::{DisjointSets, Earlier, RelatedPair, ReuseCluster, SharedText};
use dateline_pile::{DossierPile, Rows, Scratch, SharedPassage, Sorter, related_pair};
use rayon::prelude::*;

use crate::align::align;
use crate::chain::{chains, runs};
use crate::cluster::copies;
use crate::direction::earlier;
use crate::entry::{Entry, Report};
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

/// The same while the work takes so much memory as `scratch` gives, whatever the pile; what is found is held.
///
/// # Errors
/// When what does not fit into memory cannot be written to a file.
pub fn detect_reuse_within(entries: &[Entry<'_>], rules: &Rules, scratch: &Scratch) -> io::Result<Reuse> {
    let mut entries: Vec<&Entry<'_>> = entries.iter().collect();
    entries.sort();
    entries.dedup();
    let bytes = entries.iter().map(|entry| entry.text.len()).sum();
    let reports = (0..).zip(entries.iter().copied()).map(Report::of_entry).collect();
    let passages = shared(reports, bytes, rules, scratch)?;
    let id = |place: u32| entries[place as usize].id.as_str();
    let mut pairs = Vec::new();
    passages.each_group(SharedPassage::is_of_same_pair, |group| {
        pairs.extend(related_pair(group, id));
        Ok(())
    })?;
    Ok(Reuse { pairs, clusters: copies(entries.len(), &passages, id)? })
}

/// The passages that reports of a pile share, by their places: in so much memory as `scratch` gives, whatever the
/// pile. Whether all its texts could be read, the pile tells afterwards.
///
/// # Errors
/// When what does not fit into memory cannot be written to a file.
pub fn shared_passages(
    pile: &DossierPile,
    rules: &Rules,
    scratch: &Scratch,
) -> io::Result<Rows<SharedPassage>> {
    shared(Report::all_of(pile).collect(), pile.bytes(), rules, scratch)
}

/// The same of reports by place, whose texts have so many bytes.
fn shared(
    mut reports: Vec<Report<'_>>,
    bytes: usize,
    rules: &Rules,
    scratch: &Scratch,
) -> io::Result<Rows<SharedPassage>> {
    // By time, so that neighbours are neighbours in time where a text has too many witnesses to compare all.
    reports.sort_by_key(|report| (report.published, report.place));
    let count = reports.len() as u32;
    let mut pile = Pile { stock: StockPlaces::default(), reports, rules };
    let index = Index::new(count, bytes, |report| pile.read(report).0, scratch)?;
    let parts = index.parts(count, rules, scratch)?;
    let kin = pile.near_copies(&parts, &index.lengths)?;
    pile.stock = stock_places(&pile.reports, &index, &kin, rules, scratch)?;
    pile.related(&parts, scratch)
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
    /// By time.
    reports: Vec<Report<'a>>,
    stock: StockPlaces,
    rules: &'a Rules,
}

impl Pile<'_> {
    /// A report's words and its text, read anew each time: those of a large pile do not fit into memory.
    fn read(&self, report: u32) -> (Words, Cow<'_, str>) {
        let text = self.reports[report as usize].text();
        let mut words = Words::of(&text);
        self.stock.mark(report, &mut words);
        (words, text)
    }

    /// The group of near copies of each report, by shared runs alone: enough to tell kin from strangers.
    fn near_copies(&self, parts: &Parts<'_>, lengths: &[u32]) -> io::Result<Vec<u32>> {
        let mut groups = DisjointSets::new(self.reports.len() as u32);
        parts.each(|seeds| {
            for seeds in seeds.chunk_by(|x, y| x.pair == y.pair) {
                let (a, b) = seeds[0].pair;
                let shorter = lengths[a as usize].min(lengths[b as usize]);
                if covered(seeds) as f32 >= self.rules.kin_share * shorter as f32 {
                    groups.join(a, b);
                }
            }
            Ok(())
        })?;
        Ok(groups.lowest())
    }

    fn related(&self, parts: &Parts<'_>, scratch: &Scratch) -> io::Result<Rows<SharedPassage>> {
        let mut passages = Sorter::new(scratch);
        parts.each(|seeds| {
            let of_pairs = seeds.chunk_by(|x, y| x.pair == y.pair);
            let of_pairs: Vec<&[Seed]> = of_pairs.filter(|seeds| seeds.len() >= FEWEST_SEEDS).collect();
            let read = Read::of(&of_pairs, |report| self.read(report));
            let found: Vec<Vec<SharedPassage>> =
                of_pairs.par_iter().map(|seeds| self.pair(seeds, &read)).collect();
            found.into_iter().flatten().try_for_each(|passage| passages.push(passage))
        })?;
        passages.all_sorted()
    }

    /// What one pair shares, if it is anything.
    fn pair(&self, seeds: &[Seed], read: &Read<(Words, Cow<'_, str>)>) -> Vec<SharedPassage> {
        let (a, b) = seeds[0].pair;
        let ((left, left_text), (right, right_text)) = (read.at(a), read.at(b));
        let found = self.passages(seeds, left, right);
        if found.is_empty() {
            return Vec::new();
        }
        let shorter = left.len().min(right.len());
        let kinds: Vec<_> = found.iter().map(|passage| (passage.kind, passage.counts)).collect();
        let (first, second) = (&self.reports[a as usize], &self.reports[b as usize]);
        let relation = relation(&kinds, shorter, self.rules);
        let earlier = earlier(first, second, self.rules);
        let shared = |found: &Found| SharedPassage {
            a: first.place,
            b: second.place,
            relation,
            earlier,
            in_a: span(left_text, left, found.extent.a),
            in_b: span(right_text, right, found.extent.b),
            similarity: found.similarity,
            kind: found.kind,
        };
        found.iter().map(shared).map(by_place).collect()
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

/// The report whose place comes first is `a`.
fn by_place(shared: SharedPassage) -> SharedPassage {
    if shared.a <= shared.b {
        return shared;
    }
    let SharedPassage { a, b, in_a, in_b, .. } = shared;
    let earlier = match shared.earlier {
        Earlier::A => Earlier::B,
        Earlier::B => Earlier::A,
        Earlier::Unknown => Earlier::Unknown,
    };
    SharedPassage { a: b, b: a, in_a: in_b, in_b: in_a, earlier, ..shared }
}
