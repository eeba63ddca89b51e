//! Average linkage: joins the two groups whose members are most alike on average, again and again.
//!
//! Method: Sokal and Michener, "A statistical method for evaluating systematic relationships" (1958),
//! here over the pairs that are alike at all; the others count as not alike.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::io;

use dateline_model::DisjointSets;
use dateline_pile::{Rows, Scratch, Sorter};

use crate::story::alike::{Alike, InSet};

/// For each of `count` things the lowest number in its group. Groups whose members are less alike
/// than `threshold` on average stay apart. Pairs are held in so much memory as `scratch` gives.
///
/// Where no pair of two sets is as like as that, no average is: each set that hangs together by such pairs is
/// grouped by itself, so that only its own pairs are laid out.
pub(crate) fn average_linkage_within(
    count: u32,
    pairs: &Rows<Alike>,
    threshold: f32,
    scratch: &Scratch,
) -> io::Result<Vec<u32>> {
    let mut sets = DisjointSets::new(count);
    pairs.each(|pair| {
        if pair.likeness >= threshold {
            sets.join(pair.a, pair.b);
        }
        Ok(())
    })?;
    let sets = sets.lowest();
    let mut within = Sorter::new(scratch);
    pairs.each(|pair| {
        let set = sets[pair.a as usize];
        if set == sets[pair.b as usize] { within.push(InSet { set, pair }) } else { Ok(()) }
    })?;
    let mut labels: Vec<u32> = (0..count).collect();
    within.all_sorted()?.each_group(
        |x, y| x.set == y.set,
        |own| {
            group(own, threshold, &mut labels);
            Ok(())
        },
    )?;
    Ok(labels)
}

/// The same beside groups that stand: `known` says of each thing in which it is. Those stay as they are, and no two
/// of them are joined; others may join them, or each other.
pub(crate) fn linkage_beside(known: &[Option<u32>], pairs: &[Alike], threshold: f32) -> Vec<u32> {
    let stands = Standing::of(known);
    let mut between: BTreeMap<(u32, u32), f32> = BTreeMap::new();
    for Alike { a, b, likeness } in pairs {
        let (a, b) = (stands.lowest[*a as usize], stands.lowest[*b as usize]);
        if a != b {
            *between.entry((a.min(b), a.max(b))).or_default() += likeness;
        }
    }
    let pairs: Vec<Alike> = between.into_iter().map(|((a, b), sum)| Alike::new(a, b, sum)).collect();
    let groups =
        Groups { sizes: stands.sizes, stands: stands.stands, ..Groups::new(known.len() as u32, &pairs) };
    let labels = linked(groups, &pairs, threshold);
    stands.lowest.iter().map(|lowest| labels[*lowest as usize]).collect()
}

/// Groups that stand, each as one thing under its lowest number.
struct Standing {
    lowest: Vec<u32>,
    sizes: Vec<u32>,
    stands: Vec<bool>,
}

impl Standing {
    fn of(known: &[Option<u32>]) -> Self {
        let mut first: BTreeMap<u32, u32> = BTreeMap::new();
        let mut lowest: Vec<u32> = (0..known.len() as u32).collect();
        let mut sizes = vec![1; known.len()];
        for (thing, group) in known.iter().enumerate() {
            let Some(group) = group else { continue };
            let least = *first.entry(*group).or_insert(thing as u32);
            lowest[thing] = least;
            sizes[least as usize] += u32::from(least as usize != thing);
        }
        Self { lowest, sizes, stands: known.iter().map(Option::is_some).collect() }
    }
}

/// Groups the things of these pairs, each under its lowest number.
fn group(own: &[InSet], threshold: f32, labels: &mut [u32]) {
    let pairs = || own.iter().map(|own| own.pair);
    let mut things: Vec<u32> = pairs().flat_map(|pair| [pair.a, pair.b]).collect();
    things.sort_unstable();
    things.dedup();
    let number = |thing: u32| things.partition_point(|other| *other < thing) as u32;
    let pairs: Vec<Alike> = pairs().map(|p| Alike { a: number(p.a), b: number(p.b), ..p }).collect();
    let groups = Groups::new(things.len() as u32, &pairs);
    for (thing, label) in things.iter().zip(linked(groups, &pairs, threshold)) {
        labels[*thing as usize] = things[label as usize];
    }
}

/// `pairs` are those that the groups were made of, with their sums of likenesses.
fn linked(mut groups: Groups, pairs: &[Alike], threshold: f32) -> Vec<u32> {
    let joins = pairs.iter().filter_map(|pair| groups.possible(pair.a, pair.b, pair.likeness, threshold));
    let mut queue: BinaryHeap<Join> = joins.collect();
    while let Some(join) = queue.pop() {
        if groups.is_current(&join) {
            groups.merge(join.a, join.b);
            groups.push_joins(join.a, threshold, &mut queue);
        }
    }
    groups.labels()
}

/// A join that may be made: how alike the groups were when it was queued, and their ages then.
struct Join {
    likeness: f32,
    a: u32,
    b: u32,
    ages: (u32, u32),
}

impl Ord for Join {
    /// The most alike first; of equals the lowest numbers.
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.likeness.total_cmp(&other.likeness);
        order.then_with(|| (other.a, other.b, other.ages).cmp(&(self.a, self.b, self.ages)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Join {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Join {}

/// The groups as they stand, each under its lowest number.
struct Groups {
    /// Sum of likenesses to each other group.
    sums: Vec<BTreeMap<u32, f32>>,
    sizes: Vec<u32>,
    /// Is it one of those that stood before? No two of these are joined.
    stands: Vec<bool>,
    /// How often a group has grown; what was queued before no longer holds.
    ages: Vec<u32>,
    parents: Vec<u32>,
}

impl Groups {
    fn new(count: u32, pairs: &[Alike]) -> Self {
        let n = count as usize;
        let mut sums = vec![BTreeMap::new(); n];
        for &Alike { a, b, likeness } in pairs {
            sums[a as usize].insert(b, likeness);
            sums[b as usize].insert(a, likeness);
        }
        let stands = vec![false; n];
        Self { sums, sizes: vec![1; n], stands, ages: vec![0; n], parents: (0..count).collect() }
    }

    /// The join of two groups with that sum of likenesses, if it may be made.
    fn possible(&self, a: u32, b: u32, sum: f32, threshold: f32) -> Option<Join> {
        let pairs = u64::from(self.sizes[a as usize]) * u64::from(self.sizes[b as usize]);
        let likeness = sum / pairs as f32;
        let both_stand = self.stands[a as usize] && self.stands[b as usize];
        (likeness >= threshold && !both_stand).then(|| self.join(a, b, likeness))
    }

    fn join(&self, a: u32, b: u32, likeness: f32) -> Join {
        let (a, b) = (a.min(b), a.max(b));
        Join { likeness, a, b, ages: (self.ages[a as usize], self.ages[b as usize]) }
    }

    fn is_current(&self, join: &Join) -> bool {
        join.ages == (self.ages[join.a as usize], self.ages[join.b as usize])
    }

    /// Takes `b` into `a`, the lower number.
    fn merge(&mut self, a: u32, b: u32) {
        for (other, sum) in std::mem::take(&mut self.sums[b as usize]) {
            self.sums[other as usize].remove(&b);
            if other != a {
                *self.sums[a as usize].entry(other).or_default() += sum;
                *self.sums[other as usize].entry(a).or_default() += sum;
            }
        }
        self.sizes[a as usize] += self.sizes[b as usize];
        self.stands[a as usize] |= self.stands[b as usize];
        self.ages[a as usize] += 1;
        self.ages[b as usize] = u32::MAX;
        self.parents[b as usize] = a;
    }

    fn push_joins(&self, a: u32, threshold: f32, queue: &mut BinaryHeap<Join>) {
        let sums = self.sums[a as usize].iter();
        queue.extend(sums.filter_map(|(other, sum)| self.possible(a, *other, *sum, threshold)));
    }

    /// A group's parent always has a lower number, so one pass upwards finds every root.
    fn labels(mut self) -> Vec<u32> {
        for n in 0..self.parents.len() {
            self.parents[n] = self.parents[self.parents[n] as usize];
        }
        self.parents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike<const N: usize>(pairs: [(u32, u32, f32); N]) -> Vec<Alike> {
        pairs.map(|(a, b, likeness)| Alike::new(a, b, likeness)).to_vec()
    }

    #[test]
    fn groups_join_while_they_are_alike_on_average() {
        let pairs = alike([(0, 1, 0.9), (1, 2, 0.6), (3, 4, 0.5), (0, 3, 0.1)]);
        for (threshold, expected) in [
            (0.8, [0, 0, 2, 3, 4]),
            (0.5, [0, 0, 2, 3, 3]),
            (0.3, [0, 0, 0, 3, 3]),
            (0.01, [0, 0, 0, 0, 0]),
            (2.0, [0, 1, 2, 3, 4]),
        ] {
            let pairs = Rows::Held(pairs.clone());
            for memory in [usize::MAX, 1] {
                let scratch = Scratch { memory, ..Scratch::unneeded() };
                let labels = average_linkage_within(5, &pairs, threshold, &scratch).unwrap();
                assert_eq!(labels, expected, "{threshold}");
            }
        }
        let none = average_linkage_within(0, &Rows::Held(Vec::new()), 0.5, &Scratch::unneeded());
        assert!(none.unwrap().is_empty());
    }

    #[test]
    fn what_stands_is_joined_and_stays() {
        let pairs = alike([(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.4), (3, 4, 0.9), (0, 3, 0.6)]);
        for (known, expected) in [
            // Two that stand are not joined, however alike they are.
            ([Some(7), Some(8), None, None, None], [0, 1, 1, 3, 3]),
            // One joins by the mean over all who stand: 0.3 here, 0.45 there.
            ([Some(7), Some(7), Some(7), None, None], [0, 0, 0, 3, 3]),
            ([None, None, None, None, None], [0, 0, 2, 3, 3]),
        ] {
            assert_eq!(linkage_beside(&known, &pairs, 0.5), expected, "{known:?}");
        }
    }
}
