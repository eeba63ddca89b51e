//! L-BFGS: finds the least value of a smooth function from its gradients, with a short memory.

const MEMORY: usize = 8;

/// Moves `x` towards the least value of `f`, which writes its gradient into its second argument.
pub(super) fn minimise(x: &mut Vec<f64>, rounds: usize, mut f: impl FnMut(&[f64], &mut [f64]) -> f64) {
    let mut gradient = vec![0.0; x.len()];
    let mut value = f(x, &mut gradient);
    let mut steps: Vec<Step> = Vec::new();
    for round in 0..rounds {
        let direction = descent(&gradient, &steps);
        let slope = dot(&direction, &gradient);
        let mut size = if round == 0 { 1.0 / norm(&gradient).max(1.0) } else { 1.0 };
        let (mut next, mut next_gradient) = (x.clone(), gradient.clone());
        let next_value = loop {
            next.iter_mut().zip(x.iter()).zip(&direction).for_each(|((n, x), d)| *n = x + size * d);
            let reached = f(&next, &mut next_gradient);
            if reached <= value + 1e-4 * size * slope || size < 1e-10 {
                break reached;
            }
            size /= 2.0;
        };
        let step = Step::between(x, &next, &gradient, &next_gradient);
        let done = (value - next_value).abs() <= 1e-7 * value.abs().max(1.0);
        (*x, gradient, value) = (next, next_gradient, next_value);
        if done {
            break;
        }
        if step.curvature > 1e-12 {
            steps.push(step);
            if steps.len() > MEMORY {
                steps.remove(0);
            }
        }
    }
}

/// A step taken, and how the gradient changed along it.
struct Step {
    moved: Vec<f64>,
    turned: Vec<f64>,
    curvature: f64,
}

impl Step {
    fn between(x: &[f64], next: &[f64], gradient: &[f64], next_gradient: &[f64]) -> Self {
        let moved: Vec<f64> = next.iter().zip(x).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&moved, &turned);
        Self { moved, turned, curvature }
    }
}

/// The two loops of the method: minus the gradient, bent by what the last steps told.
fn descent(gradient: &[f64], steps: &[Step]) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        let share = dot(&step.moved, &direction) / step.curvature;
        add(&mut direction, &step.turned, -share);
        shares.push(share);
    }
    if let Some(last) = steps.last() {
        let scale = last.curvature / dot(&last.turned, &last.turned);
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for (step, share) in steps.iter().zip(shares.iter().rev()) {
        let other = dot(&step.turned, &direction) / step.curvature;
        add(&mut direction, &step.moved, share - other);
    }
    direction
}

fn add(to: &mut [f64], what: &[f64], times: f64) {
    to.iter_mut().zip(what).for_each(|(t, w)| *t += times * w);
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_long_valley_is_found() {
        let mut x = vec![-1.2, 1.0];
        minimise(&mut x, 200, |x, g| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            g[0] = -2.0 * a - 400.0 * x[0] * b;
            g[1] = 200.0 * b;
            a * a + 100.0 * b * b
        });
        assert!((x[0] - 1.0).abs() < 1e-2 && (x[1] - 1.0).abs() < 1e-2, "{x:?}");
    }
}
