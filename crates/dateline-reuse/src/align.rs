//! Two reports laid beside each other along one chain: which word of one is which word of the other.

use crate::chain::Run;
use crate::edge::{Side, extend};
use crate::words::Words;

/// Words of two gaps, multiplied, that are compared one by one.
const MOST_CELLS: usize = 1600;

/// A word of one report and the same word of the other.
pub(crate) type Match = (u32, u32);

/// The words that agree along a chain, in order: its runs, what agrees between them, and what
/// agrees before and after.
pub(crate) fn align(chain: &[Run], a: &Words, b: &Words) -> Vec<Match> {
    let mut matches = Vec::new();
    for run in chain {
        let (from_a, from_b) = after(&matches).unwrap_or((run.a, run.b));
        let skip = from_a.saturating_sub(run.a).max(from_b.saturating_sub(run.b));
        fill(&a.keys, &b.keys, (from_a, run.a + skip), (from_b, run.b + skip), &mut matches);
        matches.extend((skip..run.length).map(|n| (run.a + n, run.b + n)));
    }
    if matches.iter().all(|(i, j)| a.is_stock(*i as usize) || b.is_stock(*j as usize)) {
        // Stock text is only counted; where exactly it ends, nobody asks.
        return matches;
    }
    let Some(first) = matches.first().copied() else { return matches };
    let Some(last) = matches.last().copied() else { return matches };
    let mut whole = extend(a, b, first, Side::Before);
    whole.reverse();
    whole.append(&mut matches);
    whole.append(&mut extend(a, b, last, Side::After));
    whole
}

fn after(matches: &[Match]) -> Option<Match> {
    matches.last().map(|(a, b)| (a + 1, b + 1))
}

/// Adds the longest row of words that two gaps have in common.
fn fill(a: &[u32], b: &[u32], gap_a: (u32, u32), gap_b: (u32, u32), matches: &mut Vec<Match>) {
    let slice =
        |keys: &'_ [u32], gap: (u32, u32)| keys.get(gap.0 as usize..gap.1 as usize).map(<[u32]>::to_vec);
    let (Some(left), Some(right)) = (slice(a, gap_a), slice(b, gap_b)) else { return };
    if left.is_empty() || right.is_empty() || left.len() * right.len() > MOST_CELLS {
        return;
    }
    let rest = common_lengths(&left, &right);
    let width = right.len() + 1;
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            matches.push((gap_a.0 + i as u32, gap_b.0 + j as u32));
            (i, j) = (i + 1, j + 1);
        } else if rest[(i + 1) * width + j] >= rest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// For each pair of places, how many words the rests have in common, in order.
fn common_lengths(left: &[u32], right: &[u32]) -> Vec<u16> {
    let width = right.len() + 1;
    let mut rest = vec![0_u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            rest[i * width + j] = if left[i] == right[j] {
                rest[(i + 1) * width + j + 1] + 1
            } else {
                rest[(i + 1) * width + j].max(rest[i * width + j + 1])
            };
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_runs_are_found_again() {
        let a = Words::of("the old red ferry sank at dawn off the cape with nine men aboard");
        let b = Words::of("the old red ferry sank early off the same cape with nine men aboard");
        let chain = [Run { a: 0, b: 0, length: 5 }, Run { a: 9, b: 9, length: 5 }];
        let matches = align(&chain, &a, &b);
        assert!(matches.contains(&(7, 6)) && matches.contains(&(8, 7)), "{matches:?}");
        assert!(matches.is_sorted());
    }
}
