//! Token vectors: hashed embeddings of a word's attributes, then layers that each look one token left and right.
//!
//! Two parts of the work depend on the word alone and are done once a type: the embedding, and its share of
//! the first layer as a left neighbour, in the middle, and as a right neighbour. The first layer of a text
//! is then the sum of three such shares.

use std::sync::Arc;

use super::kernel::{Kernel, flat, flat_mut};
use super::matrix::{LANE, Lane, Matrix, Rows};
use super::memory::{Filled, TypeMemory};
use crate::lexeme::{Attribute, Lexicon, Vocabulary};
use crate::package::{Array, PackageError, Parts, Vectors};
use crate::strings::row_hashes;
use crate::tokenizer::RawToken;

/// Tokens that are computed together.
pub(crate) const WINDOW: usize = 512;

/// Word types whose work is kept by one worker, for each network.
const MOST_TYPES: usize = 5000;

/// Rows of a layer that are computed while their product is in the processor's cache.
const BLOCK: usize = 32;

/// A network from tokens to vectors.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    columns: Vec<Column>,
    vectors: Option<StaticVectors>,
    mixer: Layer,
    /// The first layer's shares, in one product: as left neighbour, in the middle, as right neighbour.
    shares: Matrix,
    first: Layer,
    rest: Vec<Layer>,
    width: usize,
    /// Does the embedding depend on whether a space follows?
    spacy: bool,
    kernel: Kernel,
}

/// An attribute and the table of its rows.
#[derive(Debug)]
struct Column {
    attribute: Attribute,
    seed: u32,
    table: Array,
}

/// Vectors of the package, projected to the network's width.
#[derive(Debug)]
struct StaticVectors {
    projection: Matrix,
    vectors: Arc<Vectors>,
}

/// A maxout layer with its normalisation.
#[derive(Debug)]
struct Layer {
    matrix: Matrix,
    gain: Vec<Lane>,
    shift: Vec<Lane>,
}

impl Tok2Vec {
    pub(crate) fn new(parts: &Parts, name: &str, kernel: Kernel) -> Result<Self, PackageError> {
        let damaged = |what: &str| PackageError::unsupported(name, what);
        let outline = parts.outline.tok2vecs.get(name).ok_or_else(|| damaged("the network is not there"))?;
        let array = |suffix: &str| {
            let found = parts.arrays.get(&format!("{name}/{suffix}"));
            found.ok_or_else(|| damaged(&format!("the weights {suffix} are not there")))
        };
        let mut columns = Vec::new();
        for (number, (attribute, seed)) in outline.columns.iter().enumerate() {
            let table = array(&format!("table/{number}"))?.clone();
            let attribute = Attribute::named(attribute);
            let attribute =
                attribute.ok_or_else(|| damaged("an attribute is embedded that it does not know"))?;
            columns.push(Column { attribute, seed: *seed, table });
        }
        let width = array("layer/0/b")?.dim(0);
        if width % LANE != 0 || columns.iter().any(|c| c.table.dim(1) != width || c.table.dim(0) == 0) {
            return Err(damaged("the network's width is not a multiple of 16"));
        }
        let layer = |number: usize| -> Result<Layer, PackageError> {
            let of = |suffix: &str| array(&format!("layer/{number}/{suffix}"));
            Ok(Layer {
                matrix: pieces(of("W")?, of("b")?),
                gain: lanes(&of("G")?.data),
                shift: lanes(&of("beta")?.data),
            })
        };
        if outline.depth == 0 {
            return Err(damaged("a network without window layers"));
        }
        Ok(Self {
            vectors: static_vectors(parts, name)?,
            mixer: layer(0)?,
            shares: shares(array("layer/1/W")?),
            first: layer(1)?,
            rest: (2..=outline.depth).map(layer).collect::<Result<_, _>>()?,
            spacy: columns.iter().any(|c| c.attribute == Attribute::Spacy),
            columns,
            width,
            kernel,
        })
    }

    /// Numbers a token's vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vectors of the tokens `from..to`, at most [`WINDOW`] of them, row by row.
    pub(crate) fn vectors<'m>(
        &self,
        tokens: &[RawToken],
        (from, to): (usize, usize),
        (lexicon, vocabulary): (&Lexicon, &Vocabulary),
        memory: &'m mut Tok2VecMemory,
    ) -> &'m [f32] {
        // Every layer needs one row more on either side of what the next one computes.
        let halo = self.rest.len();
        let slots = self.slots(tokens, (from, to, halo + 1), (lexicon, vocabulary), memory);
        let rows = to - from + 2 * halo;
        let lanes = self.width / LANE;
        memory.current.resize((rows + 2) * lanes, Lane::ZERO);
        memory.next.resize((rows + 2) * lanes, Lane::ZERO);
        self.first_layer(&slots, memory);
        let mut rows = rows;
        for layer in &self.rest {
            rows -= 2;
            self.window_layer(layer, rows, memory);
            std::mem::swap(&mut memory.current, &mut memory.next);
        }
        &flat(&memory.current)[..rows * self.width]
    }

    /// The slots of the window's word types, `None` outside of the text; new types are computed.
    fn slots(
        &self,
        tokens: &[RawToken],
        (from, to, halo): (usize, usize, usize),
        (lexicon, vocabulary): (&Lexicon, &Vocabulary),
        memory: &mut Tok2VecMemory,
    ) -> Vec<Option<u32>> {
        memory.types.begin_round();
        let mut fresh = Vec::new();
        let places = from as isize - halo as isize..(to + halo) as isize;
        let slots = places.map(|place| {
            let token = usize::try_from(place).ok().and_then(|place| tokens.get(place))?;
            let spacy = self.spacy && token.spacy;
            let (slot, filled) = memory.types.slot(token.lexeme * 2 + u32::from(spacy));
            if filled == Filled::NotYet {
                fresh.push((slot, *token));
            }
            Some(slot)
        });
        let slots = slots.collect();
        for batch in fresh.chunks(BLOCK) {
            self.learn(batch, lexicon, vocabulary, memory);
        }
        slots
    }

    /// Computes embeddings and shares of some new types.
    fn learn(
        &self,
        batch: &[(u32, RawToken)],
        lexicon: &Lexicon,
        vocabulary: &Vocabulary,
        memory: &mut Tok2VecMemory,
    ) {
        let inputs = self.mixer.matrix.inputs();
        let mut features = vec![0.0; batch.len() * inputs];
        for ((_, token), row) in batch.iter().zip(features.chunks_exact_mut(inputs)) {
            self.features(token, lexicon, vocabulary, row);
        }
        let lanes = self.width / LANE;
        let mixed = product(self.kernel, Rows::dense(&features, inputs), &self.mixer.matrix);
        let mut embedded = vec![Lane::ZERO; batch.len() * lanes];
        let zero = vec![Lane::ZERO; lanes];
        let outputs = self.mixer.matrix.outputs() / LANE;
        for (row, out) in mixed.chunks_exact(outputs).zip(embedded.chunks_exact_mut(lanes)) {
            self.kernel.maxout_norm([row], self.mixer.norm(), &zero, out);
        }
        let shares = product(self.kernel, Rows::dense(flat(&embedded), self.width), &self.shares);
        let widths = (lanes, self.shares.outputs() / LANE);
        for ((&(slot, _), embedding), shares) in
            batch.iter().zip(embedded.chunks_exact(widths.0)).zip(shares.chunks_exact(widths.1))
        {
            let (to, rest) = memory.types.lanes_mut(slot).split_at_mut(lanes);
            to.copy_from_slice(embedding);
            rest.copy_from_slice(shares);
        }
    }

    /// The rows of a token's attributes, side by side.
    fn features(&self, token: &RawToken, lexicon: &Lexicon, vocabulary: &Vocabulary, out: &mut [f32]) {
        let lexeme = lexicon.lexeme(token.lexeme);
        let (hashed, vector) = out.split_at_mut(self.columns.len() * self.width);
        for (column, out) in self.columns.iter().zip(hashed.chunks_exact_mut(self.width)) {
            let key = column.attribute.key(lexeme, token.spacy, vocabulary);
            for hash in row_hashes(key, column.seed) {
                let row = hash as usize % column.table.dim(0) * self.width;
                for (out, x) in out.iter_mut().zip(&column.table.data[row..row + self.width]) {
                    *out += x;
                }
            }
        }
        if let Some(vectors) = &self.vectors {
            vectors.project(lexeme.orth, self.kernel, vector);
        }
    }

    /// The first layer, from the shares of each token and its neighbours.
    fn first_layer(&self, slots: &[Option<u32>], memory: &mut Tok2VecMemory) {
        let lanes = self.width / LANE;
        let outputs = self.first.matrix.outputs() / LANE;
        let nothing = vec![Lane::ZERO; lanes + 3 * outputs];
        let types = &memory.types;
        let kept = |slot: Option<u32>| slot.map_or(&nothing[..], |slot| types.lanes(slot));
        let share = |slot: Option<u32>, n: usize| &kept(slot)[lanes + n * outputs..][..outputs];
        for (window, out) in slots.windows(3).zip(memory.current.chunks_exact_mut(lanes)) {
            let (left, middle, right) = (share(window[0], 0), share(window[1], 1), share(window[2], 2));
            let terms = [self.first.matrix.bias_lanes(), left, middle, right];
            let residual = &kept(window[1])[..lanes];
            self.kernel.maxout_norm(terms, self.first.norm(), residual, out);
        }
    }

    /// A further layer, from `memory.current` to `rows` rows of `memory.next`.
    fn window_layer(&self, layer: &Layer, rows: usize, memory: &mut Tok2VecMemory) {
        let lanes = self.width / LANE;
        let outputs = layer.matrix.outputs() / LANE;
        memory.product.resize(BLOCK * outputs, Lane::ZERO);
        for start in (0..rows).step_by(BLOCK) {
            let count = BLOCK.min(rows - start);
            // The window of a row is the row before it, itself, and the row after it: they follow each other.
            let x = Rows { data: &flat(&memory.current)[start * self.width..], stride: self.width, count };
            self.kernel.multiply(x, &layer.matrix, flat_mut(&mut memory.product));
            let products = memory.product.chunks_exact(outputs).take(count);
            let out = memory.next[start * lanes..].chunks_exact_mut(lanes);
            let residuals = memory.current[(start + 1) * lanes..].chunks_exact(lanes);
            for ((product, out), residual) in products.zip(out).zip(residuals) {
                self.kernel.maxout_norm([product], layer.norm(), residual, out);
            }
        }
    }

    /// Working memory for one worker.
    pub(crate) fn memory(&self) -> Tok2VecMemory {
        let slot = (self.width + self.shares.outputs()) / LANE;
        Tok2VecMemory {
            types: TypeMemory::new(slot, MOST_TYPES),
            current: Vec::new(),
            next: Vec::new(),
            product: Vec::new(),
        }
    }
}

impl Layer {
    /// Gain and shift of the normalisation.
    fn norm(&self) -> (&[Lane], &[Lane]) {
        (&self.gain, &self.shift)
    }
}

impl StaticVectors {
    fn project(&self, orth: u64, kernel: Kernel, out: &mut [f32]) {
        let Ok(found) = self.vectors.keys.binary_search_by_key(&orth, |&(key, _)| key) else { return };
        let inputs = self.projection.inputs();
        let start = self.vectors.keys[found].1 as usize * inputs;
        let row = Rows::dense(&self.vectors.rows.data[start..start + inputs], inputs);
        kernel.multiply(row, &self.projection, out);
    }
}

/// What a worker keeps between texts, and the rows it is working on.
#[derive(Debug)]
pub(crate) struct Tok2VecMemory {
    types: TypeMemory,
    current: Vec<Lane>,
    next: Vec<Lane>,
    product: Vec<Lane>,
}

impl Tok2VecMemory {
    /// Forgets all word types: their numbers are about to mean others.
    pub(crate) fn forget_types(&mut self) {
        self.types.clear();
    }
}

/// A product in a buffer of its own.
fn product(kernel: Kernel, x: Rows<'_>, matrix: &Matrix) -> Vec<Lane> {
    let mut y = vec![Lane::ZERO; x.count * matrix.outputs() / LANE];
    kernel.multiply(x, matrix, flat_mut(&mut y));
    y
}

/// A maxout layer's weights [outputs][pieces][inputs] as a matrix whose pieces follow each other.
fn pieces(weights: &Array, bias: &Array) -> Matrix {
    let (width, pieces, inputs) = (weights.dim(0), weights.dim(1), weights.dim(2));
    let of = move |output: usize| (output % width) * pieces + output / width;
    Matrix::pack(inputs, width * pieces, 3, |o, i| weights.data[of(o) * inputs + i], |o| bias.data[of(o)])
}

/// The first window layer's weights, by the neighbour they apply to.
fn shares(weights: &Array) -> Matrix {
    let (width, pieces, inputs) = (weights.dim(0), weights.dim(1), weights.dim(2));
    let outputs = width * pieces;
    let of = move |output: usize| (output % width) * pieces + output / width;
    let weight = |output: usize, input: usize| {
        let neighbour = output / outputs;
        weights.data[of(output % outputs) * inputs + neighbour * width + input]
    };
    Matrix::pack(width, 3 * outputs, 3, weight, |_| 0.0)
}

fn lanes(data: &[f32]) -> Vec<Lane> {
    data.as_chunks::<LANE>().0.iter().map(|&lane| Lane(lane)).collect()
}

fn static_vectors(parts: &Parts, name: &str) -> Result<Option<StaticVectors>, PackageError> {
    let Some(weights) = parts.arrays.get(&format!("{name}/vectors/W")) else { return Ok(None) };
    let vectors = parts.vectors.as_ref();
    let vectors = vectors.filter(|v| v.rows.dim(1) == weights.dim(1));
    let vectors =
        vectors.ok_or_else(|| PackageError::unsupported(name, "it needs word vectors that are not there"))?;
    let inputs = weights.dim(1);
    let projection = Matrix::pack(inputs, weights.dim(0), 3, |o, i| weights.data[o * inputs + i], |_| 0.0);
    Ok(Some(StaticVectors { projection, vectors: Arc::clone(vectors) }))
}
