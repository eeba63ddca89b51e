//! Average linkage: joins the two groups whose members are most alike on average, again and again.
//!
//! Method: Sokal and Michener, "A statistical method for evaluating systematic relationships" (1958),
//! here over the pairs that are alike at all; the others count as not alike.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::io;

use dateline_model::DisjointSets;
use dateline_pile::Rows;

use crate::story::alike::Alike;

/// For each of `count` things the lowest number in its group. Groups whose members are less alike
/// than `threshold` on average stay apart. The pairs are sorted; of one pair given twice the last counts.
///
/// Where no pair of two sets is as like as that, no average is: only the pairs within sets that hang together by such
/// pairs are laid out, in eight bytes for each of their two.
///
/// # Errors
/// When a file of pairs cannot be read.
pub(crate) fn average_linkage(count: u32, pairs: &Rows<Alike>, threshold: f32) -> io::Result<Vec<u32>> {
    let mut sets = DisjointSets::new(count);
    pairs.each(|pair| {
        if pair.likeness >= threshold {
            sets.join(pair.a, pair.b);
        }
        Ok(())
    })?;
    let sets = sets.lowest();
    let within = |pair: &Alike| sets[pair.a as usize] == sets[pair.b as usize];
    Ok(linked(Groups::new(Likenesses::of(count, pairs, within)?), threshold))
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
    // Where all is held in memory no file can fail.
    let sums = Likenesses::of(known.len() as u32, &Rows::Held(pairs), |_| true).unwrap_or_default();
    let groups = Groups { sizes: stands.sizes, stands: stands.stands, ..Groups::new(sums) };
    let labels = linked(groups, threshold);
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

/// Joins groups as long as two are as alike as that.
fn linked(mut groups: Groups, threshold: f32) -> Vec<u32> {
    let mut queue = BinaryHeap::new();
    for thing in 0..groups.labels.len() as u32 {
        let after = groups.row(thing).iter().filter(|(other, _)| *other > thing);
        queue.extend(after.filter_map(|(other, sum)| groups.possible(thing, *other, *sum, threshold)));
    }
    while let Some(join) = queue.pop() {
        if groups.is_current(&join) {
            groups.merge(join.a, join.b);
            let sums = groups.row(join.a).iter();
            queue.extend(sums.filter_map(|(other, sum)| groups.possible(join.a, *other, *sum, threshold)));
        }
    }
    groups.labels
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

/// The number of a thing or group, and how alike one is to it.
type LikeTo = (u32, f32);

/// How alike each thing is to others, by number.
#[derive(Default)]
struct Likenesses {
    /// Where those of each thing begin, and at last where they end.
    starts: Vec<usize>,
    entries: Vec<LikeTo>,
}

impl Likenesses {
    /// Of so many things and those of sorted pairs that are taken.
    fn of(count: u32, pairs: &Rows<Alike>, is_taken: impl Fn(&Alike) -> bool) -> io::Result<Self> {
        let each = |take: &mut dyn FnMut(&Alike)| {
            pairs.each_group(Alike::is_of_same_pair, |same| {
                same.last().filter(|pair| is_taken(pair)).into_iter().for_each(&mut *take);
                Ok(())
            })
        };
        let mut starts = vec![0; count as usize + 1];
        each(&mut |pair| [pair.a, pair.b].iter().for_each(|thing| starts[*thing as usize + 1] += 1))?;
        (1..starts.len()).for_each(|n| starts[n] += starts[n - 1]);
        let (mut ends, mut entries) = (starts.clone(), vec![(0, 0.0); starts[count as usize]]);
        // Pairs come by their lower number: what is before a thing comes before what is after it.
        each(&mut |pair| {
            for (thing, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                entries[ends[thing as usize]] = (other, pair.likeness);
                ends[thing as usize] += 1;
            }
        })?;
        Ok(Self { starts, entries })
    }

    fn row(&self, thing: u32) -> &[LikeTo] {
        &self.entries[self.starts[thing as usize]..self.starts[thing as usize + 1]]
    }
}

/// The groups as they stand, each under its lowest number.
struct Groups {
    likenesses: Likenesses,
    /// Sum of likenesses to each other group, by number, of groups that were joined: as it was when they were.
    sums: Vec<Option<Box<[LikeTo]>>>,
    /// When that was: of two groups the one that was joined last knows how alike they are.
    joined: Vec<u32>,
    joins: u32,
    sizes: Vec<u32>,
    /// Is it one of those that stood before? No two of these are joined.
    stands: Vec<bool>,
    /// How often a group has grown; what was queued before no longer holds.
    ages: Vec<u32>,
    /// For each thing its group.
    labels: Vec<u32>,
    /// For each thing another of its group, all around.
    next: Vec<u32>,
}

impl Groups {
    fn new(likenesses: Likenesses) -> Self {
        let n = likenesses.starts.len().saturating_sub(1);
        let numbers: Vec<u32> = (0..n as u32).collect();
        Self {
            likenesses,
            sums: vec![None; n],
            joined: vec![0; n],
            joins: 0,
            sizes: vec![1; n],
            stands: vec![false; n],
            ages: vec![0; n],
            labels: numbers.clone(),
            next: numbers,
        }
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

    /// What was known of a group when it was joined last, or else at first.
    fn row(&self, group: u32) -> &[LikeTo] {
        self.sums[group as usize].as_deref().unwrap_or_else(|| self.likenesses.row(group))
    }

    /// Sum of likenesses to each other group as they are now, by number.
    fn now(&self, group: u32) -> Vec<LikeTo> {
        let sum = |&(other, sum): &LikeTo| {
            let other = self.labels[other as usize];
            if self.joined[other as usize] <= self.joined[group as usize] {
                return Some((other, sum));
            }
            let row = self.row(other);
            let at = row.binary_search_by_key(&group, |(known, _)| *known).ok()?;
            Some((other, row[at].1))
        };
        let mut now: Vec<LikeTo> = self.row(group).iter().filter_map(sum).collect();
        now.sort_unstable_by_key(|(other, _)| *other);
        now.dedup_by_key(|(other, _)| *other);
        now
    }

    /// Takes `b` into `a`, the lower number.
    fn merge(&mut self, a: u32, b: u32) {
        let mut sums = added(&self.now(a), &self.now(b));
        sums.retain(|(other, _)| *other != a && *other != b);
        self.joins += 1;
        (self.sums[a as usize], self.sums[b as usize]) = (Some(sums.into_boxed_slice()), None);
        self.joined[a as usize] = self.joins;
        self.sizes[a as usize] += self.sizes[b as usize];
        self.stands[a as usize] |= self.stands[b as usize];
        self.ages[a as usize] += 1;
        self.ages[b as usize] = u32::MAX;
        let mut member = b;
        while self.labels[member as usize] != a {
            self.labels[member as usize] = a;
            member = self.next[member as usize];
        }
        self.next.swap(a as usize, b as usize);
    }
}

/// Two rows as one, by number: where both have a number, the sum of what they say.
fn added(x: &[LikeTo], y: &[LikeTo]) -> Vec<LikeTo> {
    let mut all = [x, y].concat();
    all.sort_by_key(|(other, _)| *other);
    all.dedup_by(|second, first| {
        let is_one = first.0 == second.0;
        first.1 += if is_one { second.1 } else { 0.0 };
        is_one
    });
    all
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
            assert_eq!(average_linkage(5, &pairs, threshold).unwrap(), expected, "{threshold}");
        }
        assert!(average_linkage(0, &Rows::Held(Vec::new()), 0.5).unwrap().is_empty());
    }

    /// Joins by the definition: every mean is taken anew each time.
    fn by_definition(count: u32, pairs: &[Alike], threshold: f32) -> Vec<u32> {
        let mut labels: Vec<u32> = (0..count).collect();
        loop {
            let size = |group: u32| labels.iter().filter(|label| **label == group).count() as f32;
            let mut sums: BTreeMap<(u32, u32), f32> = BTreeMap::new();
            for pair in pairs {
                let (a, b) = (labels[pair.a as usize], labels[pair.b as usize]);
                if a != b {
                    *sums.entry((a.min(b), a.max(b))).or_default() += pair.likeness;
                }
            }
            let means = sums.into_iter().map(|((a, b), sum)| (sum / (size(a) * size(b)), a, b));
            let best = means.max_by(|x, y| x.0.total_cmp(&y.0).then((y.1, y.2).cmp(&(x.1, x.2))));
            let Some((_, a, b)) = best.filter(|(mean, ..)| *mean >= threshold) else { return labels };
            labels.iter_mut().filter(|label| **label == b).for_each(|label| *label = a);
        }
    }

    #[test]
    fn groups_are_those_of_the_definition() {
        let mut state = 7_u64;
        let mut drawn = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u32 % below
        };
        for _ in 0..300 {
            let count = 2 + drawn(14);
            let mut pairs: BTreeMap<(u32, u32), f32> = BTreeMap::new();
            for _ in 0..drawn(60) {
                let (a, b) = (drawn(count), drawn(count));
                // Eighths add up without a rest.
                if a != b {
                    pairs.insert((a.min(b), a.max(b)), (drawn(16) as f32 - 4.0) / 8.0);
                }
            }
            let pairs: Vec<Alike> = pairs.into_iter().map(|((a, b), like)| Alike::new(a, b, like)).collect();
            let expected = by_definition(count, &pairs, 0.5);
            assert_eq!(
                average_linkage(count, &Rows::Held(pairs.clone()), 0.5).unwrap(),
                expected,
                "{pairs:?}"
            );
        }
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
