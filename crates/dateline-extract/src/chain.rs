//! A linear chain: which label does each item of a sequence bear, given what holds of it and of its neighbours?
//!
//! Lines of a flattened page and blocks of an HTML page are told apart by the same model. What holds
//! of an item is a set of named features; a weight says how much a feature of the item itself, of
//! one before it or of one after it speaks for a label; a transition says how gladly one label follows
//! another. The best sequence as a whole wins. All weights can be read in one TOML file.

use std::fmt;

use serde::Deserialize;
use std::collections::BTreeMap;

/// A model: named features, labels, and the weights between them.
///
/// ```
/// use dateline_extract::chain::{Chain, Items};
///
/// let weights = r#"
///     labels = ["body", "other"]
///     reach = 1
///     transitions = [[0.5, 0.0], [0.0, 0.5]]
///     [weights.here]
///     "ends-like-a-sentence" = [2.0, 0.0]
///     "one-word" = [0.0, 1.0]
///     [weights."before-1"]
///     "one-word" = [0.0, 0.3]
/// "#;
/// let chain = Chain::read(weights, &["ends-like-a-sentence", "one-word"])?;
/// let mut items = Items::default();
/// items.push([1]);
/// items.push([0]);
/// assert_eq!(chain.label(&items), [1, 0]);
/// # Ok::<(), dateline_extract::chain::ChainError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    features: Vec<String>,
    labels: Vec<String>,
    reach: usize,
    /// By feature, bank (one for each distance from `-reach` to `reach`) and label: what one feature of
    /// an item says of its neighbours, in their order, stands together.
    weights: Vec<f64>,
    /// By label before and label after.
    transitions: Vec<f64>,
}

impl Chain {
    /// A model that knows nothing yet, for fitting.
    #[must_use]
    pub fn blank(features: &[&str], labels: &[&str], reach: usize) -> Self {
        Self {
            features: features.iter().map(ToString::to_string).collect(),
            labels: labels.iter().map(ToString::to_string).collect(),
            reach,
            weights: vec![0.0; (2 * reach + 1) * features.len() * labels.len()],
            transitions: vec![0.0; labels.len() * labels.len()],
        }
    }

    /// Reads weights for `features`, whose places in the slice are the ids that [`Items`] hold.
    ///
    /// # Errors
    /// If the TOML is not of the form above, or names a feature or bank that does not exist.
    pub fn read(toml: &str, features: &[&str]) -> Result<Self, ChainError> {
        let file: File = toml::from_str(toml).map_err(|e| ChainError(e.to_string()))?;
        let labels: Vec<&str> = file.labels.iter().map(String::as_str).collect();
        let mut chain = Self::blank(features, &labels, file.reach);
        let rows = file.transitions.iter().flatten().copied().collect::<Vec<_>>();
        if rows.len() != chain.transitions.len() {
            return Err(ChainError("transitions are not one row and one column for each label".to_owned()));
        }
        chain.transitions = rows;
        for (bank, by_feature) in &file.weights {
            for (feature, by_label) in by_feature {
                chain.place(bank, feature, by_label)?;
            }
        }
        Ok(chain)
    }

    fn place(&mut self, bank: &str, feature: &str, by_label: &[f64]) -> Result<(), ChainError> {
        let unknown = |what: &str, name: &str| ChainError(format!("no {what} is called {name:?}"));
        let b =
            (0..self.banks()).find(|&b| self.bank_name(b) == bank).ok_or_else(|| unknown("bank", bank))?;
        let f = self.features.iter().position(|f| f == feature).ok_or_else(|| unknown("feature", feature))?;
        if by_label.len() != self.labels.len() {
            return Err(ChainError(format!("{feature:?} has not one weight for each label")));
        }
        let at = self.row(b, f);
        self.weights[at..at + by_label.len()].copy_from_slice(by_label);
        Ok(())
    }

    /// The model as TOML, weights rounded to the thousandth, those that round to nothing left out.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let rows = self.transitions.chunks(self.labels.len().max(1)).map(list).collect::<Vec<_>>();
        let mut out = format!(
            "labels = {:?}\nreach = {}\ntransitions = [{}]\n",
            self.labels,
            self.reach,
            rows.join(", ")
        );
        for bank in 0..self.banks() {
            out.push_str(&format!("\n[weights.{}]\n", self.bank_name(bank)));
            for (f, name) in self.features.iter().enumerate() {
                let at = self.row(bank, f);
                let row = &self.weights[at..at + self.labels.len()];
                if row.iter().any(|w| w.abs() >= 0.0005) {
                    out.push_str(&format!("{name} = {}\n", list(row)));
                }
            }
        }
        out
    }

    /// The best sequence of labels, by Viterbi's algorithm; of equals, the label named first.
    #[must_use]
    pub fn label(&self, items: &Items) -> Vec<usize> {
        self.label_scores(&self.scores(items))
    }

    /// The best sequence of labels for scores that the caller has changed.
    #[must_use]
    pub fn label_scores(&self, scores: &[f64]) -> Vec<usize> {
        let width = self.labels.len();
        if width == 0 || scores.is_empty() {
            return Vec::new();
        }
        let mut best = scores[..width].to_vec();
        let mut next = best.clone();
        let mut from = Vec::with_capacity(scores.len());
        for here in scores[width..].chunks_exact(width) {
            for (to, (sum, score)) in next.iter_mut().zip(here).enumerate() {
                let (choice, before) = self.best_before(&best, to);
                from.push(choice);
                *sum = before + score;
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut at = first_greatest(&best).0;
        let mut path = vec![at];
        for step in from.chunks_exact(width).rev() {
            at = step[at];
            path.push(at);
        }
        path.reverse();
        path
    }

    fn best_before(&self, best: &[f64], to: usize) -> (usize, f64) {
        let mut choice = (0, f64::NEG_INFINITY);
        for (from, score) in best.iter().enumerate() {
            let sum = score + self.transition(from, to);
            if sum > choice.1 {
                choice = (from, sum);
            }
        }
        choice
    }

    /// How much speaks for each label of each item, transitions left out: items × labels.
    #[must_use]
    pub fn scores(&self, items: &Items) -> Vec<f64> {
        let (n, width) = (items.len(), self.labels.len());
        let mut scores = vec![0.0; n * width];
        for item in 0..n {
            // The banks that speak of items there are: near the ends of the sequence some do not.
            let first = self.reach.saturating_sub(item);
            let last = self.banks().min(n - item + self.reach);
            let from = (item + first - self.reach) * width;
            let sums = &mut scores[from..from + (last - first) * width];
            for &feature in items.of(item) {
                let row = self.row(first, usize::from(feature));
                add(sums, &self.weights[row..row + sums.len()]);
            }
        }
        scores
    }

    /// The items that a feature of `item` speaks of, each with the bank of weights for its distance.
    pub fn targets(&self, item: usize, items: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        let reach = self.reach;
        (0..2 * reach + 1).filter_map(move |bank| {
            let target = (item + bank).checked_sub(reach)?;
            (target < items).then_some((bank, target))
        })
    }

    /// Where the weights of a feature in a bank begin.
    #[must_use]
    pub fn row(&self, bank: usize, feature: usize) -> usize {
        (feature * self.banks() + bank) * self.labels.len()
    }

    /// The weight of one label's following another.
    #[must_use]
    pub fn transition(&self, from: usize, to: usize) -> f64 {
        self.transitions[from * self.labels.len() + to]
    }

    /// Number of labels.
    #[must_use]
    pub fn width(&self) -> usize {
        self.labels.len()
    }

    /// Number of parameters: feature weights, then transitions.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.weights.len() + self.transitions.len()
    }

    /// Takes over `parameters`: feature weights, then transitions.
    pub fn assign(&mut self, parameters: &[f64]) {
        let (weights, transitions) = parameters.split_at(self.weights.len());
        self.weights.copy_from_slice(weights);
        self.transitions.copy_from_slice(transitions);
    }

    fn banks(&self) -> usize {
        2 * self.reach + 1
    }

    /// `before-1`: the weights for features of the item before; `here`; `after-1`.
    fn bank_name(&self, bank: usize) -> String {
        match bank.cmp(&self.reach) {
            std::cmp::Ordering::Greater => format!("before-{}", bank - self.reach),
            std::cmp::Ordering::Equal => "here".to_owned(),
            std::cmp::Ordering::Less => format!("after-{}", self.reach - bank),
        }
    }
}

/// The items of one sequence, each with the ids of the features that hold of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    features: Vec<u16>,
    ends: Vec<usize>,
}

impl Items {
    /// Adds an item.
    pub fn push(&mut self, features: impl IntoIterator<Item = u16>) {
        self.features.extend(features);
        self.ends.push(self.features.len());
    }

    /// Adds an item of which `fill` tells the features.
    pub fn push_by(&mut self, fill: impl FnOnce(&mut Vec<u16>)) {
        fill(&mut self.features);
        self.ends.push(self.features.len());
    }

    /// The features of an item.
    #[must_use]
    pub fn of(&self, item: usize) -> &[u16] {
        let start = if item == 0 { 0 } else { self.ends[item - 1] };
        &self.features[start..self.ends[item]]
    }

    /// Number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// A file of weights that does not fit the features it is read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainError(String);

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "weights cannot be read: {}", self.0)
    }
}

impl std::error::Error for ChainError {}

#[derive(Deserialize)]
struct File {
    labels: Vec<String>,
    reach: usize,
    transitions: Vec<Vec<f64>>,
    weights: BTreeMap<String, BTreeMap<String, Vec<f64>>>,
}

fn add(sums: &mut [f64], weights: &[f64]) {
    // Two labels, and a reach of one on both sides: a length known beforehand is added up at once.
    const COMMON: usize = 6;
    if let (Ok(sums), Ok(weights)) =
        (<&mut [f64; COMMON]>::try_from(&mut *sums), <&[f64; COMMON]>::try_from(weights))
    {
        for at in 0..COMMON {
            sums[at] += weights[at];
        }
        return;
    }
    sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
}

fn first_greatest(values: &[f64]) -> (usize, f64) {
    values.iter().copied().enumerate().fold((0, f64::NEG_INFINITY), |a, b| if b.1 > a.1 { b } else { a })
}

fn list(row: &[f64]) -> String {
    // Adding zero turns a rounded "-0.000" into "0.000".
    let numbers: Vec<String> =
        row.iter().map(|w| format!("{:.3}", (w * 1000.0).round() / 1000.0 + 0.0)).collect();
    format!("[{}]", numbers.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: &str = r#"
labels = ["body", "other"]
reach = 1
transitions = [[1.000, 0.000], [0.000, 1.000]]

[weights.after-1]
long = [0.500, 0.000]

[weights.here]
long = [2.000, 0.000]
short = [0.000, 1.500]

[weights.before-1]
short = [0.000, 0.250]
"#;

    fn chain() -> Chain {
        Chain::read(WEIGHTS, &["long", "short"]).unwrap()
    }

    fn items(of: &[u16]) -> Items {
        let mut items = Items::default();
        of.iter().for_each(|&f| items.push([f]));
        items
    }

    #[test]
    fn the_best_sequence_wins_as_a_whole() {
        for (features, expected) in [
            (&[][..], &[][..]),
            (&[1], &[1]),
            (&[0, 0], &[0, 0]),
            (&[0, 1, 0], &[0, 0, 0]),
            (&[1, 1, 1, 0, 1, 0, 1, 1, 1], &[1, 1, 1, 0, 0, 0, 1, 1, 1]),
        ] {
            assert_eq!(chain().label(&items(features)), expected, "{features:?}");
        }
    }

    #[test]
    fn neighbours_speak_through_their_own_banks() {
        assert_eq!(chain().scores(&items(&[1, 0])), [0.5, 1.5, 2.0, 0.25]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(format!("\n{}", chain().to_toml()), WEIGHTS);
    }

    #[test]
    fn unknown_names_are_told() {
        for (from, to, message) in [
            ("long = [2", "lang = [2", "weights cannot be read: no feature is called \"lang\""),
            (
                "weights.before-1",
                "weights.before-2",
                "weights cannot be read: no bank is called \"before-2\"",
            ),
            (
                "[1.000, 0.000], ",
                "",
                "weights cannot be read: transitions are not one row and one column for each label",
            ),
        ] {
            let error = Chain::read(&WEIGHTS.replace(from, to), &["long", "short"]).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }
}
