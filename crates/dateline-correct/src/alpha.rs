//! How far readers agree beyond chance: Krippendorff's alpha for names, as in K. Krippendorff, "Computing
//! Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011, sections B and C.
//!
//! Each unit's values are paired with each other; alpha is one minus the share of pairs that differ, over the
//! share that would differ if all values were dealt out by chance.

use std::collections::BTreeMap;

/// Alpha over `units`, each with the values that readers gave it; units with fewer than two are left out.
/// None where nothing can be compared, or where all values are alike: then nothing tells agreement from
/// chance.
#[must_use]
pub fn nominal_alpha<V: Ord>(units: &[Vec<V>]) -> Option<f64> {
    let judged = units.iter().filter(|unit| unit.len() > 1);
    let mut totals: BTreeMap<&V, f64> = BTreeMap::new();
    let (mut n, mut differing) = (0.0, 0.0);
    for unit in judged {
        let mut counts: BTreeMap<&V, f64> = BTreeMap::new();
        for value in unit {
            *counts.entry(value).or_default() += 1.0;
            *totals.entry(value).or_default() += 1.0;
        }
        let readers = unit.len() as f64;
        n += readers;
        differing += pairs_that_differ(&counts, readers) / (readers - 1.0);
    }
    let by_chance = pairs_that_differ(&totals, n) / (n - 1.0);
    (n > 1.0 && by_chance > 0.0).then(|| 1.0 - differing / by_chance)
}

/// Ordered pairs of unlike values among `n`.
fn pairs_that_differ<V: Ord>(counts: &BTreeMap<&V, f64>, n: f64) -> f64 {
    n * n - counts.values().map(|count| count * count).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One column for each reader, `.` where the reader gave nothing.
    fn check(readers: &[&str], expected: f64) {
        let length = readers.iter().map(|reader| reader.len()).max().unwrap();
        let units: Vec<Vec<char>> = (0..length)
            .map(|n| readers.iter().filter_map(|r| r.chars().nth(n)).filter(|c| *c != '.').collect())
            .collect();
        let alpha = nominal_alpha(&units).unwrap();
        assert!((alpha - expected).abs() < 0.0005, "{alpha} and not {expected}");
    }

    #[test]
    fn worked_examples_come_out() {
        // The data of Krippendorff 2011. A, ten units, two values: 20 values, 14 and 6 of a kind, 4 units
        // differ: 1 - 19 * 4 / (14 * 6).
        check(&["0100000010", "1110010000"], 0.095);
        // B, twelve units, five values: 24 values, 4, 6, 6, 6 and 2 of a kind, 3 units differ:
        // 1 - 23 * 6 / (24 * 24 - 4 * 4 - 3 * 6 * 6 - 2 * 2).
        check(&["aabbdcccedda", "babbbccceddd"], 0.692);
        // C, four readers, some of them silent; the last unit has one reader and does not count: 40 values,
        // 9, 13, 10, 5 and 3 of a kind; pairs that differ, by unit: 2, 2, 2 and 2:
        // 1 - 39 * 8 / (40 * 40 - 81 - 169 - 100 - 25 - 9).
        check(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743);
    }

    #[test]
    fn where_nothing_can_differ_there_is_no_alpha() {
        assert_eq!(nominal_alpha::<u8>(&[]), None);
        assert_eq!(nominal_alpha(&[vec![1], vec![2]]), None);
        assert_eq!(nominal_alpha(&[vec![1, 1], vec![1, 1]]), None);
        assert_eq!(nominal_alpha(&[vec![1, 1], vec![2, 2]]), Some(1.0));
        assert_eq!(nominal_alpha(&[vec![1, 2], vec![2, 1]]), Some(-0.5));
    }
}
