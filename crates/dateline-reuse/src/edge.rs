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
/// What may be lost on the way to a gain.
const MOST_LOST: i16 = 12;
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
    let mut scores = vec![0_i16; (left.len() + 1) * (right.len() + 1)];
    match best_cell(left, right, &mut scores) {
        Some((score, at)) if score >= LEAST_GAIN => trace(left, right, &scores, at),
        _ => Vec::new(),
    }
}

/// Fills the table of scores row by row, until nothing ahead can be worth having, and gives the best
/// score. Of equals the first, so that nothing is taken in that gains nothing.
fn best_cell(left: &[u32], right: &[u32], scores: &mut [i16]) -> Option<(i16, (usize, usize))> {
    let width = right.len() + 1;
    let (first, mut rest) = scores.split_at_mut(width);
    first.iter_mut().zip(0..).for_each(|(score, j)| *score = j * DIFFERS);
    let mut above: &mut [i16] = first;
    let mut best: Option<(i16, (usize, usize))> = None;
    for (i, word) in left.iter().enumerate() {
        let (row, below) = rest.split_at_mut(width);
        let (highest, at) = fill_row(*word, right, above, row);
        if at > 0 && best.is_none_or(|(score, _)| highest > score) {
            best = Some((highest, (i + 1, at)));
        } else if highest + MOST_LOST < best.map_or(0, |(score, _)| score) {
            break;
        }
        (above, rest) = (row, below);
    }
    best
}

/// Fills one row from the one above. The highest score, and where, if two words agree there.
fn fill_row(word: u32, right: &[u32], above: &[i16], row: &mut [i16]) -> (i16, usize) {
    row[0] = above[0] + DIFFERS;
    let (mut highest, mut at) = (row[0], 0);
    let mut before = row[0];
    for (j, other) in right.iter().enumerate() {
        let agree = word == *other;
        let across = above[j] + if agree { AGREES } else { DIFFERS };
        before = across.max(above[j + 1].max(before) + DIFFERS);
        row[j + 1] = before;
        if before > highest {
            (highest, at) = (before, if agree { j + 1 } else { 0 });
        }
    }
    (highest, at)
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
