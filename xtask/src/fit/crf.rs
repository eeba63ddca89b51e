//! Conditional random field: the weights under which the gold labels are likeliest, kept small.

use dateline_extract::chain::{Chain, Items};

use super::Sample;
use super::lbfgs;

/// How to fit.
pub(super) struct Config {
    /// Half of this times the squared weights is added to the loss.
    pub(super) l2: f64,
    /// Share of the samples that the second fit leaves out.
    pub(super) trim: f64,
    /// Rounds of the optimiser.
    pub(super) rounds: usize,
}

/// Fits `chain` to the samples; then once more without those that it fits worst, whose gold is
/// likelier wrong than their page is strange.
pub(super) fn fit(mut chain: Chain, samples: &[&Sample], config: &Config) -> Chain {
    let mut weights = vec![0.0; chain.parameters()];
    descend(&mut chain, &mut weights, samples, config);
    let dropped = (samples.len() as f64 * config.trim) as usize;
    if dropped > 0 {
        let mut scratch = vec![0.0; weights.len()];
        let mut order: Vec<(f64, &Sample)> = samples
            .iter()
            .map(|s| (loss(&chain, s, &mut scratch) / s.items.len().max(1) as f64, *s))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let kept: Vec<&Sample> = order[..order.len() - dropped].iter().map(|p| p.1).collect();
        descend(&mut chain, &mut weights, &kept, config);
    }
    chain
}

fn descend(chain: &mut Chain, weights: &mut Vec<f64>, samples: &[&Sample], config: &Config) {
    lbfgs::minimise(weights, config.rounds, |weights, gradient| {
        chain.assign(weights);
        gradient.iter_mut().zip(weights).for_each(|(g, w)| *g = config.l2 * w);
        let penalty = 0.5 * config.l2 * weights.iter().map(|w| w * w).sum::<f64>();
        penalty + samples.iter().map(|s| loss(chain, s, gradient)).sum::<f64>()
    });
    chain.assign(weights);
}

/// Minus the log-likelihood of one page; its gradient is added to `gradient`.
fn loss(chain: &Chain, sample: &Sample, gradient: &mut [f64]) -> f64 {
    let n = sample.items.len();
    if n == 0 {
        return 0.0;
    }
    let width = chain.width();
    let scores = chain.scores(&sample.items);
    let lattice = Lattice::of(chain, &scores);
    let mut gold = 0.0;
    let mut error = vec![0.0; n * width];
    for i in 0..n {
        for label in 0..width {
            error[i * width + label] = lattice.marginal(i, label);
        }
        error[i * width + sample.gold[i]] -= 1.0;
        gold += scores[i * width + sample.gold[i]];
    }
    add_features(chain, &sample.items, &error, gradient);
    let base = chain.parameters() - width * width;
    for i in 1..n {
        for from in 0..width {
            for to in 0..width {
                gradient[base + from * width + to] += lattice.pair(chain, &scores, i, from, to);
            }
        }
        let (from, to) = (sample.gold[i - 1], sample.gold[i]);
        gradient[base + from * width + to] -= 1.0;
        gold += chain.transition(from, to);
    }
    lattice.total - gold
}

fn add_features(chain: &Chain, items: &Items, error: &[f64], gradient: &mut [f64]) {
    let (n, width) = (items.len(), chain.width());
    for item in 0..n {
        for (bank, target) in chain.targets(item, n) {
            let error = &error[target * width..(target + 1) * width];
            for &feature in items.of(item) {
                let at = chain.row(bank, usize::from(feature));
                gradient[at..at + width].iter_mut().zip(error).for_each(|(g, e)| *g += e);
            }
        }
    }
}

/// Logarithms of the sums over all label sequences, from the front and from the back.
struct Lattice {
    width: usize,
    forward: Vec<f64>,
    backward: Vec<f64>,
    total: f64,
}

impl Lattice {
    fn of(chain: &Chain, scores: &[f64]) -> Self {
        let width = chain.width();
        let n = scores.len() / width;
        let mut forward = scores.to_vec();
        for i in 1..n {
            for to in 0..width {
                let before = log_sum(
                    (0..width).map(|from| forward[(i - 1) * width + from] + chain.transition(from, to)),
                );
                forward[i * width + to] += before;
            }
        }
        let mut backward = vec![0.0; scores.len()];
        for i in (1..n).rev() {
            for from in 0..width {
                backward[(i - 1) * width + from] = log_sum((0..width).map(|to| {
                    chain.transition(from, to) + scores[i * width + to] + backward[i * width + to]
                }));
            }
        }
        let total = log_sum(forward[(n - 1) * width..].iter().copied());
        Self { width, forward, backward, total }
    }

    fn marginal(&self, item: usize, label: usize) -> f64 {
        let at = item * self.width + label;
        (self.forward[at] + self.backward[at] - self.total).exp()
    }

    fn pair(&self, chain: &Chain, scores: &[f64], item: usize, from: usize, to: usize) -> f64 {
        let at = item * self.width + to;
        let before = self.forward[(item - 1) * self.width + from];
        (before + chain.transition(from, to) + scores[at] + self.backward[at] - self.total).exp()
    }
}

fn log_sum(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = terms.clone().fold(f64::NEG_INFINITY, f64::max);
    most + terms.map(|t| (t - most).exp()).sum::<f64>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(features: &[u16], gold: &[usize]) -> Sample {
        let mut items = Items::default();
        features.iter().for_each(|&f| items.push([f]));
        Sample {
            id: String::new(),
            group: String::new(),
            set: String::new(),
            items,
            places: (0..gold.len()).collect(),
            lost: 0,
            gold: gold.to_vec(),
            counted: vec![true; gold.len()],
        }
    }

    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let page = sample(&[0, 1, 1, 0], &[0, 1, 0, 0]);
        let mut chain = Chain::blank(&["a", "b"], &["x", "y"], 1);
        let weights: Vec<f64> = (0..chain.parameters()).map(|i| (i as f64 * 0.7).sin()).collect();
        chain.assign(&weights);
        let mut gradient = vec![0.0; weights.len()];
        let here = loss(&chain, &page, &mut gradient);
        for i in 0..weights.len() {
            let mut moved = weights.clone();
            moved[i] += 1e-6;
            chain.assign(&moved);
            let slope = (loss(&chain, &page, &mut vec![0.0; weights.len()]) - here) / 1e-6;
            assert!((slope - gradient[i]).abs() < 1e-4, "parameter {i}: {slope} and {}", gradient[i]);
        }
    }

    #[test]
    fn what_can_be_learned_is_learned() {
        let page = sample(&[0, 1, 0, 1, 1], &[0, 1, 0, 1, 1]);
        let chain = fit(
            Chain::blank(&["a", "b"], &["x", "y"], 0),
            &[&page],
            &Config { l2: 0.01, trim: 0.0, rounds: 50 },
        );
        assert_eq!(chain.label(&page.items), page.gold);
    }
}
