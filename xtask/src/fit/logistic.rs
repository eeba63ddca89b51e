//! Logistic regression: like the random field, but each item by itself and each with its weight.

use dateline_extract::chain::{Chain, Items};

use super::lbfgs;

/// A sequence of items with the label of each and what a mistake costs.
pub(super) struct Weighed<'s> {
    pub(super) items: &'s Items,
    pub(super) gold: &'s [usize],
    pub(super) weights: &'s [f64],
}

/// Fits a chain of two labels and no transitions; half of `l2` times the squared weights is added to the loss.
pub(super) fn fit(mut chain: Chain, samples: &[Weighed<'_>], l2: f64, rounds: usize) -> Chain {
    let features = (chain.parameters() - chain.width() * chain.width()) / chain.width();
    let mut weights = vec![0.0; features];
    lbfgs::minimise(&mut weights, rounds, |weights, gradient| {
        gradient.iter_mut().zip(weights).for_each(|(g, w)| *g = l2 * w);
        let penalty = 0.5 * l2 * weights.iter().map(|w| w * w).sum::<f64>();
        penalty + samples.iter().map(|s| loss(weights, s, gradient)).sum::<f64>()
    });
    let rows = weights.iter().flat_map(|w| [*w, 0.0]).chain([0.0; 4]);
    chain.assign(&rows.collect::<Vec<_>>());
    chain
}

fn loss(weights: &[f64], sample: &Weighed<'_>, gradient: &mut [f64]) -> f64 {
    let mut loss = 0.0;
    for (n, (gold, cost)) in sample.gold.iter().zip(sample.weights).enumerate() {
        let score: f64 = sample.items.of(n).iter().map(|f| weights[usize::from(*f)]).sum();
        let signed = if *gold == 0 { score } else { -score };
        // ln(1 + e^-x), which must not overflow.
        loss += cost * if signed > 0.0 { (-signed).exp().ln_1p() } else { signed.exp().ln_1p() - signed };
        let error = cost / (1.0 + signed.exp()) * if *gold == 0 { -1.0 } else { 1.0 };
        for feature in sample.items.of(n) {
            gradient[usize::from(*feature)] += error;
        }
    }
    loss
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costly_items_decide() {
        let mut items = Items::default();
        (0..3).for_each(|_| items.push([0]));
        let fitted = |weights: &[f64]| {
            let sample = Weighed { items: &items, gold: &[0, 1, 1], weights };
            let chain = fit(Chain::blank(&["a"], &["x", "y"], 0), &[sample], 0.01, 50);
            chain.label(&items)[0]
        };
        assert_eq!((fitted(&[1.0, 1.0, 1.0]), fitted(&[9.0, 1.0, 1.0])), (1, 0));
    }
}
