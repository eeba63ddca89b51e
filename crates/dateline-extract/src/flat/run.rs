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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_stretch_wins() {
        for (worth, expected) in
            [(&[][..], 0..0), (&[-1, -2], 0..0), (&[-1, 20, -4, 30, -9, -9, 5], 1..4), (&[9, -20, 9], 0..1)]
        {
            assert_eq!(main_run(worth), expected, "{worth:?}");
        }
    }
}
