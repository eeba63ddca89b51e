//! A window layer with fewer multiplications: four rows of outputs for the price of six products instead of twelve.
//!
//! A row's output is `x(i-1)·W₀ + x(i)·W₁ + x(i+1)·W₂`. Four neighbouring outputs share their six inputs, and
//! by the identity of Toom and Cook (Winograd's minimal filtering) they are sums of six products: blends of
//! the inputs times blends of the weights. The identity is exact; what rounding adds is of the size that
//! another order of summation adds. The blends of weights are made once.

use super::kernel::{Kernel, Sums, flat, flat_mut};
use super::matrix::{LANE, Lane, Matrix, Rows};

/// Rows whose outputs are computed together.
pub(super) const GROUP: usize = 4;

/// Rows that such a group looks at, and the products it takes.
const PRODUCTS: usize = GROUP + 2;

/// Groups whose products are in the processor's cache at the same time.
const BLOCK: usize = 32;

/// Polynomials are evaluated at 0, 1, -1, ½, -2 and infinity: small numbers of both signs keep rounding small.
/// Rows of inputs by product.
const INPUTS: [[f32; PRODUCTS]; PRODUCTS] = [
    [2.0, -3.0, -4.0, 3.0, 2.0, 0.0],
    [0.0, -2.0, 1.0, 5.0, 2.0, 0.0],
    [0.0, -2.0, 5.0, -1.0, -2.0, 0.0],
    [0.0, 2.0, 1.0, -2.0, -1.0, 0.0],
    [0.0, 1.0, -2.0, -1.0, 2.0, 0.0],
    [0.0, 2.0, -3.0, -4.0, 3.0, 2.0],
];

/// Weights of the three neighbours by product.
const WEIGHTS: [[f64; 3]; PRODUCTS] = [
    [1.0 / 2.0, 0.0, 0.0],
    [1.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0],
    [1.0 / 6.0, -1.0 / 6.0, 1.0 / 6.0],
    [16.0 / 15.0, 8.0 / 15.0, 4.0 / 15.0],
    [1.0 / 30.0, -1.0 / 15.0, 2.0 / 15.0],
    [0.0, 0.0, 1.0 / 2.0],
];

/// Products by row of outputs.
const OUTPUTS: [[f32; PRODUCTS]; GROUP] = [
    [1.0, 1.0, 1.0, 1.0, 1.0, 0.0],
    [0.0, 1.0, -1.0, 0.5, -2.0, 0.0],
    [0.0, 1.0, 1.0, 0.25, 4.0, 0.0],
    [0.0, 1.0, -1.0, 0.125, -8.0, 1.0],
];

/// The blends of rows that the products are of.
enum Inputs {}

impl Sums<PRODUCTS, PRODUCTS> for Inputs {
    const FACTORS: [[f32; PRODUCTS]; PRODUCTS] = INPUTS;
}

/// The sums of products that rows of outputs are.
enum Outputs {}

impl Sums<PRODUCTS, GROUP> for Outputs {
    const FACTORS: [[f32; PRODUCTS]; GROUP] = OUTPUTS;
}

/// The weights of a window layer, as their products need them.
#[derive(Debug)]
pub(super) struct Window {
    products: Vec<Matrix>,
    bias: Vec<Lane>,
}

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct WindowMemory {
    inputs: Vec<Lane>,
    products: Vec<Lane>,
}

impl Window {
    /// `weight(output, neighbour, input)` says each weight; there are as many outputs as lanes of `bias` hold.
    pub(super) fn new(inputs: usize, bias: Vec<Lane>, weight: impl Fn(usize, usize, usize) -> f32) -> Self {
        let product = |factors: &[f64; 3]| {
            let blend = |output, input| {
                let each =
                    |(neighbour, factor): (usize, &f64)| factor * f64::from(weight(output, neighbour, input));
                factors.iter().enumerate().map(each).sum::<f64>() as f32
            };
            Matrix::pack(inputs, bias.len() * LANE, 3, blend, |_| 0.0)
        };
        Self { products: WEIGHTS.iter().map(product).collect(), bias }
    }

    /// Rows that come out for so many that are wanted: whole groups.
    pub(super) fn rows_made(rows: usize) -> usize {
        rows.next_multiple_of(GROUP)
    }

    /// Rows of input that must be there for so many rows of output; what lies beyond the text's is zero.
    pub(super) fn rows_needed(rows: usize) -> usize {
        Self::rows_made(rows) + 2
    }

    /// Computes `out.len() / width` rows, in whole groups: each from the row of `x` with its number and the two that
    /// follow.
    pub(super) fn run(
        &self,
        kernel: Kernel,
        x: &[Lane],
        layer: (&[Lane], &[Lane]),
        memory: &mut WindowMemory,
        out: &mut [Lane],
    ) {
        let lanes = layer.0.len();
        let (inputs, outputs) = (BLOCK * lanes, BLOCK * self.bias.len());
        memory.inputs.resize(PRODUCTS * inputs, Lane::ZERO);
        memory.products.resize(PRODUCTS * outputs, Lane::ZERO);
        for (block, out) in out.chunks_mut(BLOCK * GROUP * lanes).enumerate() {
            let x = &x[block * BLOCK * GROUP * lanes..];
            let groups = out.len() / (GROUP * lanes);
            for group in 0..groups {
                let rows = std::array::from_fn(|n| &x[(group * GROUP + n) * lanes..][..lanes]);
                kernel.blend::<Inputs, _, _>(rows, &mut memory.inputs[group * lanes..], inputs);
            }
            let blended = memory.inputs.chunks_exact(inputs);
            let products = memory.products.chunks_exact_mut(outputs);
            for ((matrix, blended), product) in self.products.iter().zip(blended).zip(products) {
                let rows = Rows::dense(&flat(blended)[..groups * lanes * LANE], lanes * LANE);
                kernel.multiply(rows, matrix, flat_mut(product));
            }
            for (group, out) in out.chunks_exact_mut(GROUP * lanes).enumerate() {
                let width = self.bias.len();
                let terms = std::array::from_fn(|n| &memory.products[n * outputs + group * width..][..width]);
                let residual = &x[(group * GROUP + 1) * lanes..][..GROUP * lanes];
                kernel.maxout_norm::<Outputs, _, _>(&self.bias, terms, layer, residual, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_holds() {
        // The share of input j in output o over all products must be the weight of neighbour j - o.
        for (output, outputs) in OUTPUTS.iter().enumerate() {
            for (input, neighbour) in (0..PRODUCTS).flat_map(|input| (0..3).map(move |n| (input, n))) {
                let products = outputs.iter().zip(&INPUTS).zip(&WEIGHTS);
                let shares = products.map(|((o, i), w)| f64::from(*o) * f64::from(i[input]) * w[neighbour]);
                let (share, expected) = (shares.sum::<f64>(), f64::from(input == output + neighbour));
                assert!((share - expected).abs() < 1e-12, "{output} {input} {neighbour}: {share}");
            }
        }
    }
}
