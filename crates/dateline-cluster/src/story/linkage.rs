//! Average linkage: joins the two groups whose members are most alike on average, again and again.
//!
//! Method: Sokal and Michener, "A statistical method for evaluating systematic relationships" (1958),
//! here over the pairs that are alike at all; the others count as not alike.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use dateline_model::DisjointSets;

/// Two numbers, the lower first, and how alike they are.
pub(crate) type Pair = (u32, u32, f32);

/// For each of `count` things the lowest number in its group. Groups whose members are less alike
/// than `threshold` on average stay apart.
///
/// Where no pair of two sets is as like as that, no average is: each set that hangs together by such pairs is
/// grouped by itself, so that only its own pairs are laid out.
pub(crate) fn average_linkage(count: u32, mut pairs: Vec<Pair>, threshold: f32) -> Vec<u32> {
    let mut sets = DisjointSets::new(count);
    pairs.iter().filter(|pair| pair.2 >= threshold).for_each(|pair| sets.join(pair.0, pair.1));
    let sets = sets.lowest();
    pairs.retain(|pair| sets[pair.0 as usize] == sets[pair.1 as usize]);
    pairs.sort_by_key(|pair| sets[pair.0 as usize]);
    let mut labels: Vec<u32> = (0..count).collect();
    for pairs in pairs.chunk_by(|a, b| sets[a.0 as usize] == sets[b.0 as usize]) {
        group(pairs, threshold, &mut labels);
    }
    labels
}

/// Groups the things of these pairs, each under its lowest number.
fn group(pairs: &[Pair], threshold: f32, labels: &mut [u32]) {
    let mut things: Vec<u32> = pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect();
    things.sort_unstable();
    things.dedup();
    let number = |thing: u32| things.partition_point(|other| *other < thing) as u32;
    let pairs: Vec<Pair> = pairs.iter().map(|p| (number(p.0), number(p.1), p.2)).collect();
    for (thing, label) in things.iter().zip(linked(things.len() as u32, &pairs, threshold)) {
        labels[*thing as usize] = things[label as usize];
    }
}

fn linked(count: u32, pairs: &[Pair], threshold: f32) -> Vec<u32> {
    let mut groups = Groups::new(count, pairs);
    let mut queue: BinaryHeap<Join> =
        pairs.iter().filter(|p| p.2 >= threshold).map(|p| groups.join(p.0, p.1, p.2)).collect();
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
    /// How often a group has grown; what was queued before no longer holds.
    ages: Vec<u32>,
    parents: Vec<u32>,
}

impl Groups {
    fn new(count: u32, pairs: &[Pair]) -> Self {
        let n = count as usize;
        let mut sums = vec![BTreeMap::new(); n];
        for &(a, b, likeness) in pairs {
            sums[a as usize].insert(b, likeness);
            sums[b as usize].insert(a, likeness);
        }
        Self { sums, sizes: vec![1; n], ages: vec![0; n], parents: (0..count).collect() }
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
        self.ages[a as usize] += 1;
        self.ages[b as usize] = u32::MAX;
        self.parents[b as usize] = a;
    }

    fn push_joins(&self, a: u32, threshold: f32, queue: &mut BinaryHeap<Join>) {
        for (&other, sum) in &self.sums[a as usize] {
            let pairs = u64::from(self.sizes[a as usize]) * u64::from(self.sizes[other as usize]);
            let likeness = sum / pairs as f32;
            if likeness >= threshold {
                queue.push(self.join(a, other, likeness));
            }
        }
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

    #[test]
    fn groups_join_while_they_are_alike_on_average() {
        let pairs = [(0, 1, 0.9), (1, 2, 0.6), (3, 4, 0.5), (0, 3, 0.1)];
        for (threshold, expected) in [
            (0.8, [0, 0, 2, 3, 4]),
            (0.5, [0, 0, 2, 3, 3]),
            (0.3, [0, 0, 0, 3, 3]),
            (0.01, [0, 0, 0, 0, 0]),
            (2.0, [0, 1, 2, 3, 4]),
        ] {
            assert_eq!(average_linkage(5, pairs.to_vec(), threshold), expected, "{threshold}");
        }
        assert!(average_linkage(0, Vec::new(), 0.5).is_empty());
    }
}
