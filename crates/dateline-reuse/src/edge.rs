//! How far do two reports agree beyond the words that are known to? Edits are crossed as long as more
//! agrees than differs.

use crate::align::Match;
use crate::words::Words;

/// Words looked at in one step.
const WINDOW: usize = 32;
/// Steps from one edge.
const MOST_STEPS: usize = 64;
const AGREES: i16 = 2;
const DIFFERS: i16 = -1;
/// What must be gained: two words in a row.
const LEAST_GAIN: i16 = 4;

/// In which direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Towards the texts' beginning.
    Before,
    /// Towards their end.
    After,
}

/// The words that agree beyond `edge`, the nearest first.
pub(crate) fn extend(a: &Words, b: &Words, edge: Match, side: Side) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    for _ in 0..MOST_STEPS {
        let (at_a, at_b) = found.last().copied().unwrap_or(edge);
        let (left, right) = (ahead(&a.keys, at_a, side), ahead(&b.keys, at_b, side));
        let step = best_path(&left, &right);
        if step.is_empty() {
            break;
        }
        found.extend(step.into_iter().map(|(i, j)| (moved(at_a, i, side), moved(at_b, j, side))));
    }
    found
}

/// The words ahead of a place, the nearest first.
fn ahead(keys: &[u32], at: u32, side: Side) -> Vec<u32> {
    let at = at as usize;
    match side {
        Side::After => keys[at + 1..].iter().take(WINDOW).copied().collect(),
        Side::Before => keys[..at].iter().rev().take(WINDOW).copied().collect(),
    }
}

fn moved(at: u32, by: u32, side: Side) -> u32 {
    match side {
        Side::After => at + 1 + by,
        Side::Before => at - 1 - by,
    }
}

/// The matches on the path from the corner that gains most; none if nothing gains enough.
fn best_path(left: &[u32], right: &[u32]) -> Vec<Match> {
    let width = right.len() + 1;
    let scores = scores(left, right);
    let cells = (1..=left.len()).flat_map(|i| (1..=right.len()).map(move |j| (i, j)));
    let agreeing = cells.filter(|(i, j)| left[i - 1] == right[j - 1]);
    // Of equals the nearest, so that nothing is taken in that gains nothing.
    let best = agreeing.max_by_key(|(i, j)| (scores[i * width + j], std::cmp::Reverse(i + j)));
    match best {
        Some((i, j)) if scores[i * width + j] >= LEAST_GAIN => trace(left, right, &scores, (i, j)),
        _ => Vec::new(),
    }
}

fn scores(left: &[u32], right: &[u32]) -> Vec<i16> {
    let width = right.len() + 1;
    let mut scores = vec![0_i16; (left.len() + 1) * width];
    for j in 1..width {
        scores[j] = scores[j - 1] + DIFFERS;
    }
    for i in 1..=left.len() {
        scores[i * width] = scores[(i - 1) * width] + DIFFERS;
        for j in 1..width {
            let across = if left[i - 1] == right[j - 1] { AGREES } else { DIFFERS };
            let diagonal = scores[(i - 1) * width + j - 1] + across;
            let aside = scores[(i - 1) * width + j].max(scores[i * width + j - 1]) + DIFFERS;
            scores[i * width + j] = diagonal.max(aside);
        }
    }
    scores
}

fn trace(left: &[u32], right: &[u32], scores: &[i16], from: (usize, usize)) -> Vec<Match> {
    let width = right.len() + 1;
    let (mut i, mut j) = from;
    let mut path = Vec::new();
    while i > 0 && j > 0 {
        let here = scores[i * width + j];
        if left[i - 1] == right[j - 1] && here == scores[(i - 1) * width + j - 1] + AGREES {
            path.push((i as u32 - 1, j as u32 - 1));
            (i, j) = (i - 1, j - 1);
        } else if here == scores[(i - 1) * width + j - 1] + DIFFERS {
            (i, j) = (i - 1, j - 1);
        } else if here == scores[(i - 1) * width + j] + DIFFERS {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_goes_on_across_an_edit_and_ends_where_texts_part() {
        let a = Words::of("x the ferry left the quay at dawn and nothing else was seen");
        let b = Words::of("x the ferry left the old quay at dawn while children slept on");
        assert_eq!(extend(&a, &b, (0, 0), Side::After).last(), Some(&(7, 8)));
        assert!(extend(&a, &b, (8, 9), Side::After).is_empty());
        assert_eq!(extend(&a, &b, (7, 8), Side::Before).last(), Some(&(0, 0)));
    }
}
