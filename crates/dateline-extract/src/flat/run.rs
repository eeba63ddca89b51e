//! The main run: the stretch of lines that holds most of the page's running text.

use std::ops::Range;

/// The stretch with the greatest sum; of equals, the first. Empty if no line is worth anything.
#[must_use]
pub fn main_run(worth: &[i64]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0);
    let (mut start, mut sum) = (0, 0_i64);
    for (index, &value) in worth.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (index, 0);
        }
        sum += value;
        if sum > best_sum {
            (best, best_sum) = (start..index + 1, sum);
        }
    }
    best
}

/// A run below the title must be worth this much, and this share of the page's best run, in percent.
const LEAST: i64 = 60;
const SHARE: i64 = 25;
/// A run ends where this much has been lost since its best line.
const PATIENCE: i64 = 160;

/// The best run that begins below a line that repeats the title: teasers elsewhere may hold more
/// text than a short report does.
#[must_use]
pub fn run_below_title(worth: &[i64], titles: &[usize]) -> Option<Range<usize>> {
    let best = main_run(worth);
    let most: i64 = worth[best.clone()].iter().sum();
    let below = titles.iter().rev().take(4).map(|&t| from(worth, t + 1));
    let (run, sum) = below.max_by_key(|(run, sum)| (*sum, run.start))?;
    (sum >= LEAST && sum * 100 >= most * SHARE).then_some(run)
}

/// The best run that begins soon after `start`, with its sum.
fn from(worth: &[i64], start: usize) -> (Range<usize>, i64) {
    let first = (start..worth.len()).take(40).find(|&i| worth[i] > 5).unwrap_or(start);
    let (mut sum, mut best, mut end) = (0, 0, first);
    for (index, value) in worth.iter().enumerate().skip(first) {
        sum += value;
        if sum > best {
            (best, end) = (sum, index + 1);
        }
        if sum < best - PATIENCE {
            break;
        }
    }
    (first..end, best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_below_the_title_is_preferred() {
        let mut worth = vec![-4, -4, 40, 40, -4];
        worth.extend([-4; 60]);
        worth.extend([30; 10]);
        assert_eq!(main_run(&worth), 65..75);
        assert_eq!(run_below_title(&worth, &[1]), Some(2..4));
        assert_eq!(run_below_title(&worth, &[]), None);
    }

    #[test]
    fn the_greatest_stretch_wins() {
        for (worth, expected) in
            [(&[][..], 0..0), (&[-1, -2], 0..0), (&[-1, 20, -4, 30, -9, -9, 5], 1..4), (&[9, -20, 9], 0..1)]
        {
            assert_eq!(main_run(worth), expected, "{worth:?}");
        }
    }
}
