//! Measures of coreference: MUC, B³ and CEAF-e, whose mean F1 is the CoNLL figure.
//!
//! A mention of ours is the same as one of the data's where it lies in that one and covers its head
//! word; the shortest such mention, one to one. Where the data's head is a title, the whole phrase counts
//! ("captain Sobol"). Only chains that hold a name count, on both sides, and
//! of these only those with two mentions or more.

use std::collections::BTreeMap;

use crate::eval::matching::Count;

/// A chain: numbers of its mentions, the same on both sides for the same mention.
pub(crate) type Chain = Vec<u32>;

/// The three measures, summed over documents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scores {
    pub(crate) muc: Count,
    pub(crate) b_cubed: Count,
    pub(crate) ceaf: Count,
}

impl Scores {
    /// Adds one document.
    pub(crate) fn add(&mut self, gold: &[Chain], said: &[Chain]) {
        self.muc.add(both(gold, said, links));
        self.b_cubed.add(both(gold, said, shares));
        self.ceaf.add(ceaf(gold, said));
    }

    /// The CoNLL figure.
    pub(crate) fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }
}

/// A measure of recall, both ways.
fn both(gold: &[Chain], said: &[Chain], recall: fn(&[Chain], &[Chain]) -> (f64, f64)) -> Count {
    let (right_of_gold, gold_all) = recall(gold, said);
    let (right_of_said, said_all) = recall(said, gold);
    Count { right_of_said, said: said_all, right_of_gold, gold: gold_all }
}

/// For each mention the index of its chain.
fn index(chains: &[Chain]) -> BTreeMap<u32, usize> {
    chains.iter().enumerate().flat_map(|(i, chain)| chain.iter().map(move |m| (*m, i))).collect()
}

/// How many mentions of `chain` each chain of the other side holds, and how many none holds.
fn parts(chain: &Chain, others: &BTreeMap<u32, usize>) -> (BTreeMap<usize, usize>, usize) {
    let mut parts = BTreeMap::new();
    let mut alone = 0;
    for mention in chain {
        match others.get(mention) {
            Some(other) => *parts.entry(*other).or_insert(0) += 1,
            None => alone += 1,
        }
    }
    (parts, alone)
}

/// MUC: links of a chain that the other side keeps.
fn links(key: &[Chain], others: &[Chain]) -> (f64, f64) {
    let others = index(others);
    key.iter().fold((0.0, 0.0), |(right, all), chain| {
        let (parts, alone) = parts(chain, &others);
        let kept = chain.len() - parts.len() - alone;
        (right + kept as f64, all + (chain.len() - 1) as f64)
    })
}

/// B³: for each mention the share of its chain that the other side puts with it.
fn shares(key: &[Chain], others: &[Chain]) -> (f64, f64) {
    let others = index(others);
    key.iter().fold((0.0, 0.0), |(right, all), chain| {
        let (parts, _) = parts(chain, &others);
        let squares: usize = parts.values().map(|n| n * n).sum();
        (right + squares as f64 / chain.len() as f64, all + chain.len() as f64)
    })
}

/// CEAF-e: the best one-to-one pairing of chains by the share that they have in common.
fn ceaf(gold: &[Chain], said: &[Chain]) -> Count {
    let others = index(said);
    let similar = |chain: &Chain| {
        let mut row = vec![0.0; said.len()];
        for (other, common) in parts(chain, &others).0 {
            let total = chain.len() + said.get(other).map_or(0, Vec::len);
            row[other] = 2.0 * common as f64 / total as f64;
        }
        row
    };
    let matrix: Vec<Vec<f64>> = gold.iter().map(similar).collect();
    let best = best_pairing(&matrix, said.len());
    Count { right_of_said: best, said: said.len() as f64, right_of_gold: best, gold: gold.len() as f64 }
}

/// The greatest sum of a one-to-one pairing of rows and columns (Kuhn and Munkres).
fn best_pairing(matrix: &[Vec<f64>], columns: usize) -> f64 {
    let size = matrix.len().max(columns);
    let cost = |r: usize, c: usize| matrix.get(r).and_then(|row| row.get(c)).map_or(0.0, |v| -v);
    let (mut u, mut v) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let (mut row_of, mut way) = (vec![0; size + 1], vec![0; size + 1]);
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; size + 1], vec![false; size + 1]);
        while row_of[column] != 0 {
            used[column] = true;
            let (at, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for c in 1..=size {
                if used[c] {
                    continue;
                }
                let reduced = cost(at - 1, c - 1) - u[at] - v[c];
                if reduced < least[c] {
                    (least[c], way[c]) = (reduced, column);
                }
                if least[c] < delta {
                    (delta, next) = (least[c], c);
                }
            }
            for c in 0..=size {
                if used[c] {
                    u[row_of[c]] += delta;
                    v[c] -= delta;
                } else {
                    least[c] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=size).map(|c| -cost(row_of[c] - 1, c - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_agree_with_worked_examples() {
        // Vilain and others 1995: {a, b, c, d} against {a, b} and {c, d}.
        let (key, said) = (vec![vec![1, 2, 3, 4]], vec![vec![1, 2], vec![3, 4]]);
        let mut scores = Scores::default();
        scores.add(&key, &said);
        assert!((scores.muc.recall() - 2.0 / 3.0).abs() < 1e-9);
        assert!((scores.muc.precision() - 1.0).abs() < 1e-9);
        assert!((scores.b_cubed.recall() - 0.5).abs() < 1e-9);
        assert!((scores.b_cubed.precision() - 1.0).abs() < 1e-9);
        assert!((scores.ceaf.recall() - 2.0 / 3.0).abs() < 1e-9);
        assert!((scores.ceaf.precision() - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn the_best_pairing_is_not_the_greedy_one() {
        let matrix = vec![vec![0.9, 0.8], vec![0.8, 0.1]];
        assert!((best_pairing(&matrix, 2) - 1.6).abs() < 1e-9);
    }
}
