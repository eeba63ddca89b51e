//! Weights laid out for the kernels: tiles of a few lanes of sixteen outputs, input by input.

/// Outputs that stand side by side in memory.
pub(crate) const LANE: usize = 16;

/// Sixteen numbers on a cache line of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Lane(pub(crate) [f32; LANE]);

impl Lane {
    pub(crate) const ZERO: Self = Self([0.0; LANE]);
}

/// The first `lanes` lanes of this room, whatever stands there; it is made larger where it has fewer, and never smaller.
pub(crate) fn grow(room: &mut Vec<Lane>, lanes: usize) -> &mut [Lane] {
    if room.len() < lanes {
        room.resize(lanes, Lane::ZERO);
    }
    &mut room[..lanes]
}

/// A linear layer, `y = x·W + b`, packed.
///
/// Outputs are padded with zeros to whole lanes. Within a tile the weights of one input stand together,
/// so that a kernel reads the matrix from front to back.
#[derive(Debug)]
pub(crate) struct Matrix {
    inputs: usize,
    lanes: usize,
    /// Lanes a tile; the last tile may have fewer.
    tile: usize,
    weights: Vec<Lane>,
    bias: Vec<Lane>,
}

impl Matrix {
    /// Packs `outputs` rows of `inputs` weights; `weight(output, input)` says each.
    pub(crate) fn pack(
        inputs: usize,
        outputs: usize,
        tile: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Self {
        let lanes = outputs.div_ceil(LANE);
        let lane = |at: usize, value: &dyn Fn(usize) -> f32| {
            Lane(std::array::from_fn(|i| if at * LANE + i < outputs { value(at * LANE + i) } else { 0.0 }))
        };
        let mut weights = Vec::with_capacity(inputs * lanes);
        for first in (0..lanes).step_by(tile.max(1)) {
            for input in 0..inputs {
                for at in first..(first + tile).min(lanes) {
                    weights.push(lane(at, &|output| weight(output, input)));
                }
            }
        }
        let bias = (0..lanes).map(|at| lane(at, &bias)).collect();
        Self { inputs, lanes, tile, weights, bias }
    }

    /// The number of inputs.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// The number of outputs, padded.
    pub(crate) fn outputs(&self) -> usize {
        self.lanes * LANE
    }

    /// The tiles: each with its first lane, its number of lanes, and its weights.
    pub(super) fn tiles(&self) -> impl Iterator<Item = (usize, usize, &[Lane])> {
        (0..self.lanes).step_by(self.tile.max(1)).map(|first| {
            let lanes = self.tile.min(self.lanes - first);
            let start = first * self.inputs;
            (first, lanes, &self.weights[start..start + lanes * self.inputs])
        })
    }

    /// The bias, lane by lane.
    pub(crate) fn bias_lanes(&self) -> &[Lane] {
        &self.bias
    }
}

/// Rows of numbers, one every `stride`; rows may overlap, as windows do.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) data: &'a [f32],
    pub(crate) stride: usize,
    pub(crate) count: usize,
}

impl<'a> Rows<'a> {
    /// As many rows of `width` as `data` holds.
    pub(crate) fn dense(data: &'a [f32], width: usize) -> Self {
        Self { data, stride: width, count: data.len() / width }
    }
}
