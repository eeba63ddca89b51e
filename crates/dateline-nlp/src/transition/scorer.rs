//! Scores every action for a state: the sum of one row for each token that the state shows, then two small layers.
//!
//! A token's row depends on the token and on its place in the state only. Rows are made for a block of
//! tokens at a time, and a ring of blocks is kept; the few rows that a state still needs of tokens far
//! behind are made one by one, as are those of places that are seldom filled. The same row comes out either way.

use super::hidden::{HiddenWindows, VectorSource, place_of};
use crate::network::{Kernel, Lane, Matrix, Rows, Tok2Vec, flat, flat_mut, grow};
use crate::package::{PackageError, Parts};

/// Tokens a block.
const BLOCK: usize = 32;

/// Blocks in the ring: as many as stay in the processor's cache.
const RING: usize = 4;

/// Rows of tokens far behind that are kept.
const FAR: usize = 256;

/// Places that a state may show.
pub(super) const MOST_PLACES: usize = 8;

const LANE: usize = 16;

/// The network behind the actions.
#[derive(Debug)]
pub(crate) struct Scorer {
    /// From a token's vector to the hidden one.
    linear: Matrix,
    /// From the hidden vector to a row, by place.
    places: Vec<Matrix>,
    /// The rows of places that show no token.
    pads: Vec<Vec<Lane>>,
    bias: Vec<Lane>,
    upper: Matrix,
    classes: usize,
    units: usize,
    /// The first places, whose rows are made for whole blocks; the others are filled too seldom for that.
    eager: usize,
    kernel: Kernel,
}

impl Scorer {
    /// Reads the weights of a component, `parser` or `ner`; the rows of its first `eager` places are made in blocks.
    pub(crate) fn new(
        parts: &Parts,
        (name, eager): (&str, usize),
        tok2vec: &Tok2Vec,
        kernel: Kernel,
    ) -> Result<Self, PackageError> {
        let array = |suffix: &str| {
            let found = parts.arrays.get(&format!("{name}/{suffix}"));
            found
                .ok_or_else(|| PackageError::unsupported(name, format!("the weights {suffix} are not there")))
        };
        let (linear, lower, upper) = (array("linear/W")?, array("lower/W")?, array("upper/W")?);
        let (linear_bias, lower_bias, upper_bias) =
            (array("linear/b")?, array("lower/b")?, array("upper/b")?);
        let pad = array("lower/pad")?;
        let (places, units, pieces, hidden) = (lower.dim(0), lower.dim(1), lower.dim(2), lower.dim(3));
        if linear.dim(1) != tok2vec.width() || units % LANE != 0 || hidden % LANE != 0 || places > MOST_PLACES
        {
            return Err(PackageError::unsupported(name, "its layers have sizes that it does not know"));
        }
        // The network's order is [place][unit][piece]; rows keep their pieces one after the other.
        let of =
            move |place: usize, output: usize| (place * units + output % units) * pieces + output / units;
        let rows = units * pieces;
        let weight = |place: usize| {
            Matrix::pack(hidden, rows, 4, |o, i| lower.data[of(place, o) * hidden + i], |_| 0.0)
        };
        let lanes = |value: &dyn Fn(usize) -> f32| -> Vec<Lane> {
            (0..rows / LANE).map(|l| Lane(std::array::from_fn(|i| value(l * LANE + i)))).collect()
        };
        let input = linear.dim(1);
        Ok(Self {
            linear: Matrix::pack(
                input,
                hidden,
                2,
                |o, i| linear.data[o * input + i],
                |o| linear_bias.data[o],
            ),
            places: (0..places).map(weight).collect(),
            pads: (0..places).map(|place| lanes(&|o| pad.data[of(place, o)])).collect(),
            bias: lanes(&|o| lower_bias.data[of(0, o)]),
            upper: Matrix::pack(
                units,
                upper.dim(0),
                7,
                |o, i| upper.data[o * units + i],
                |o| upper_bias.data[o],
            ),
            classes: upper.dim(0),
            units,
            eager,
            kernel,
        })
    }

    /// Begins a text.
    pub(super) fn begin(&self, memory: &mut ScorerMemory) {
        memory.hidden.clear();
        memory.blocks.fill(None);
        memory.far.fill(None);
        let row = self.bias.len();
        // The memory serves scorers in turn: what the larger one took is not given back.
        grow(&mut memory.rows, RING * self.eager.min(self.places.len()) * BLOCK * row);
        memory.alone_block = None;
        grow(&mut memory.far_rows, FAR * row);
        memory.sum.resize(row, Lane::ZERO);
        memory.state.resize(self.units / LANE, Lane::ZERO);
        memory.scores.resize(self.upper.outputs(), 0.0);
    }

    /// The scores of all classes for a state that shows these tokens.
    pub(super) fn scores<'m>(
        &self,
        shown: &[Option<u32>],
        source: &mut impl VectorSource,
        memory: &'m mut ScorerMemory,
    ) -> &'m [f32] {
        let mut starts = [None; MOST_PLACES];
        for (place, (token, start)) in shown.iter().zip(&mut starts).enumerate() {
            *start = token.map(|token| self.row(token as usize, place, source, memory));
        }
        let width = self.bias.len();
        let mut rows = [&self.bias[..]; MOST_PLACES];
        for (place, row) in rows.iter_mut().enumerate().take(shown.len()) {
            *row = match starts[place] {
                None => &self.pads[place],
                Some(Found::Near(start)) => &memory.rows[start..start + width],
                Some(Found::Far(start)) => &memory.far_rows[start..start + width],
            };
        }
        memory.sum.copy_from_slice(&self.bias);
        self.kernel.add_all(&rows[..shown.len()], &mut memory.sum);
        self.kernel.maxout(&memory.sum, &mut memory.state);
        self.kernel.multiply(Rows::dense(flat(&memory.state), self.units), &self.upper, &mut memory.scores);
        &memory.scores[..self.classes]
    }

    /// The scores for a state that shows this token alone, in the first place. They are made for a block of
    /// tokens at a time, and are those that [`Scorer::scores`] gives.
    pub(super) fn scores_alone<'m>(
        &self,
        token: u32,
        source: &mut impl VectorSource,
        memory: &'m mut ScorerMemory,
    ) -> &'m [f32] {
        let (block, place) = (token as usize / BLOCK, token as usize % BLOCK);
        if memory.alone_block != Some(block) {
            self.score_block(block, source, memory);
            memory.alone_block = Some(block);
        }
        &memory.alone_scores[place * self.upper.outputs()..][..self.classes]
    }

    fn score_block(&self, block: usize, source: &mut impl VectorSource, memory: &mut ScorerMemory) {
        let (lanes, width) = (self.units / LANE, self.bias.len());
        let count = self.block(block, source, &mut memory.hidden).len() / self.linear.outputs();
        memory.alone_states.resize(BLOCK * lanes, Lane::ZERO);
        memory.alone_scores.resize(BLOCK * self.upper.outputs(), 0.0);
        for place in 0..count {
            let Found::Near(start) = self.row(block * BLOCK + place, 0, source, memory) else { continue };
            let mut rows = [&self.bias[..]; MOST_PLACES];
            for (row, pad) in rows.iter_mut().zip(&self.pads) {
                *row = pad;
            }
            rows[0] = &memory.rows[start..start + width];
            memory.sum.copy_from_slice(&self.bias);
            self.kernel.add_all(&rows[..self.places.len()], &mut memory.sum);
            self.kernel.maxout(&memory.sum, &mut memory.alone_states[place * lanes..][..lanes]);
        }
        let states = Rows::dense(&flat(&memory.alone_states)[..count * self.units], self.units);
        self.kernel.multiply(states, &self.upper, &mut memory.alone_scores);
    }

    /// The class with the greatest score among `ranges`, which stand in rising order; of equals, the first.
    pub(crate) fn best(
        &self,
        scores: &[f32],
        ranges: impl IntoIterator<Item = std::ops::Range<usize>>,
    ) -> Option<usize> {
        let mut best = (f32::NEG_INFINITY, 0..0);
        for range in ranges {
            let greatest = self.kernel.greatest(&scores[range.clone()]);
            if greatest > best.0 {
                best = (greatest, range);
            }
        }
        let (greatest, range) = best;
        range.into_iter().find(|&class| scores[class] == greatest)
    }

    /// Where the row of a token at a place lies; it is made if need be.
    fn row(
        &self,
        token: usize,
        place: usize,
        source: &mut impl VectorSource,
        memory: &mut ScorerMemory,
    ) -> Found {
        if place >= self.eager {
            return Found::Far(self.far_row(token, place, source, memory));
        }
        let width = self.bias.len();
        let block = token / BLOCK;
        let ring = block % RING;
        match memory.blocks[ring] {
            Some(kept) if kept == block => {}
            Some(kept) if kept > block => return Found::Far(self.far_row(token, place, source, memory)),
            _ => self.fill_block(block, source, memory),
        }
        Found::Near(((ring * self.eager.min(self.places.len()) + place) * BLOCK + token % BLOCK) * width)
    }

    /// The hidden vectors of a block of tokens.
    fn block<'h>(
        &self,
        block: usize,
        source: &mut impl VectorSource,
        hidden: &'h mut HiddenWindows,
    ) -> &'h [f32] {
        let (window, place) = place_of(block * BLOCK, &self.linear);
        let vectors = self.hidden(window, source, hidden);
        let end = (place.start + BLOCK * self.linear.outputs()).min(vectors.len());
        vectors.get(place.start..end).unwrap_or_default()
    }

    /// The hidden vectors of a window.
    fn hidden<'h>(
        &self,
        window: usize,
        source: &mut impl VectorSource,
        hidden: &'h mut HiddenWindows,
    ) -> &'h [f32] {
        hidden.window(window, |out| {
            let rows = Rows::dense(source.window(window), self.linear.inputs());
            out.resize(rows.count * self.linear.outputs(), 0.0);
            self.kernel.multiply(rows, &self.linear, out);
        })
    }

    fn fill_block(&self, block: usize, source: &mut impl VectorSource, memory: &mut ScorerMemory) {
        let tokens = self.block(block, source, &mut memory.hidden);
        let hidden = self.linear.outputs();
        let size = BLOCK * self.bias.len();
        let places = &self.places[..self.eager.min(self.places.len())];
        let start = block % RING * places.len() * size;
        let places = places.iter().zip(memory.rows[start..].chunks_exact_mut(size));
        for (matrix, rows) in places {
            self.kernel.multiply(Rows::dense(tokens, hidden), matrix, flat_mut(rows));
        }
        memory.blocks[block % RING] = Some(block);
    }

    fn far_row(
        &self,
        token: usize,
        place: usize,
        source: &mut impl VectorSource,
        memory: &mut ScorerMemory,
    ) -> usize {
        let slot = (token * MOST_PLACES + place) % FAR;
        let start = slot * self.bias.len();
        if memory.far[slot] != Some((token, place)) {
            let (window, range) = place_of(token, &self.linear);
            let vectors = self.hidden(window, source, &mut memory.hidden);
            let vector = Rows::dense(&vectors[range], self.linear.outputs());
            let row = &mut memory.far_rows[start..start + self.bias.len()];
            self.kernel.multiply(vector, &self.places[place], flat_mut(row));
            memory.far[slot] = Some((token, place));
        }
        start
    }
}

/// Where a row was found, and its first lane.
#[derive(Clone, Copy)]
enum Found {
    Near(usize),
    Far(usize),
}

/// What a worker keeps while it is at one text.
#[derive(Debug)]
pub(crate) struct ScorerMemory {
    /// The tokens' hidden vectors.
    hidden: HiddenWindows,
    /// Which block stands at each place of the ring.
    blocks: [Option<usize>; RING],
    rows: Vec<Lane>,
    far: [Option<(usize, usize)>; FAR],
    far_rows: Vec<Lane>,
    sum: Vec<Lane>,
    state: Vec<Lane>,
    scores: Vec<f32>,
    /// The block of tokens whose scores alone these are.
    alone_block: Option<usize>,
    alone_states: Vec<Lane>,
    alone_scores: Vec<f32>,
}

impl ScorerMemory {
    /// Between two texts: gives back the room that a very long one took.
    pub(crate) fn rest(&mut self) {
        self.hidden.clear();
    }
}

impl Default for ScorerMemory {
    fn default() -> Self {
        Self {
            hidden: HiddenWindows::default(),
            blocks: [None; RING],
            rows: Vec::new(),
            far: [None; FAR],
            far_rows: Vec::new(),
            sum: Vec::new(),
            state: Vec::new(),
            scores: Vec::new(),
            alone_block: None,
            alone_states: Vec::new(),
            alone_scores: Vec::new(),
        }
    }
}
