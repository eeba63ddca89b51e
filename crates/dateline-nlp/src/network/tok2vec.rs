//! Token vectors: hashed embeddings of a word's attributes, then layers that each look one token left and right.
//!
//! Two parts of the work depend on the word alone and are done once a type: the embedding, and its share of
//! the first layer as a left neighbour, in the middle, and as a right neighbour. The first layer of a text
//! is then the sum of three such shares.

use std::sync::Arc;

use super::kernel::{Kernel, Plain, flat, flat_mut};
use super::matrix::{LANE, Lane, Matrix, Rows, grow};
use super::memory::{Filled, TypeMemory};
use super::window::{Window, WindowMemory};
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
    mixer: Matrix,
    mixer_norm: Norm,
    /// The first layer's shares, in one product: as left neighbour, in the middle, as right neighbour.
    shares: Matrix,
    first: Norm,
    first_bias: Vec<Lane>,
    rest: Vec<(Window, Norm)>,
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

/// Gain and shift of a layer's normalisation.
#[derive(Debug)]
struct Norm {
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
        let of = |number: usize, suffix: &str| array(&format!("layer/{number}/{suffix}"));
        let norm = |number: usize| -> Result<Norm, PackageError> {
            Ok(Norm { gain: lanes(&of(number, "G")?.data), shift: lanes(&of(number, "beta")?.data) })
        };
        let rest = |number: usize| Ok((window(of(number, "W")?, of(number, "b")?), norm(number)?));
        if outline.depth == 0 {
            return Err(damaged("a network without window layers"));
        }
        Ok(Self {
            vectors: static_vectors(parts, name)?,
            mixer: pieces(of(0, "W")?, of(0, "b")?),
            mixer_norm: norm(0)?,
            shares: shares(of(1, "W")?),
            first: norm(1)?,
            first_bias: bias(of(1, "b")?),
            rest: (2..=outline.depth).map(rest).collect::<Result<_, PackageError>>()?,
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
        let mut rows = to - from + 2 * halo;
        let lanes = self.width / LANE;
        let Tok2VecMemory { types, current, next, window, .. } = memory;
        let most = Window::rows_needed(rows) * lanes;
        let (mut current, mut next) = (grow(current, most), grow(next, most));
        self.first_layer(&slots, types, current);
        for (layer, norm) in &self.rest {
            // The last group of rows may look beyond the rows that there are: at zeros, whatever came before.
            current[rows * lanes..].fill(Lane::ZERO);
            rows -= 2;
            layer.run(
                self.kernel,
                current,
                norm.parts(),
                window,
                &mut next[..Window::rows_made(rows) * lanes],
            );
            std::mem::swap(&mut current, &mut next);
        }
        &flat(current)[..rows * self.width]
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
        let Tok2VecMemory { types, fresh: Fresh { features, mixed, embedded, shares }, .. } = memory;
        let inputs = self.mixer.inputs();
        let count = batch.len() * inputs;
        let features = &mut flat_mut(grow(features, count.div_ceil(LANE)))[..count];
        for ((_, token), row) in batch.iter().zip(features.chunks_exact_mut(inputs)) {
            self.features(token, lexicon, vocabulary, row);
        }
        let lanes = self.width / LANE;
        let mixed = product(self.kernel, Rows::dense(features, inputs), &self.mixer, mixed);
        let embedded = grow(embedded, batch.len() * lanes);
        let zero = vec![Lane::ZERO; lanes];
        let outputs = self.mixer.outputs() / LANE;
        for (row, out) in mixed.chunks_exact(outputs).zip(embedded.chunks_exact_mut(lanes)) {
            self.kernel.maxout_norm::<Plain, 0, 1>(row, [], self.mixer_norm.parts(), &zero, out);
        }
        let shares = product(self.kernel, Rows::dense(flat(embedded), self.width), &self.shares, shares);
        let widths = (lanes, self.shares.outputs() / LANE);
        for ((&(slot, _), embedding), shares) in
            batch.iter().zip(embedded.chunks_exact(widths.0)).zip(shares.chunks_exact(widths.1))
        {
            let (to, rest) = types.lanes_mut(slot).split_at_mut(lanes);
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
            column.sum(row_hashes(key, column.seed), out);
        }
        vector.fill(0.0);
        if let Some(vectors) = &self.vectors {
            vectors.project(lexeme.orth, self.kernel, vector);
        }
    }

    /// The first layer, from the shares of each token and its neighbours.
    fn first_layer(&self, slots: &[Option<u32>], types: &TypeMemory, out: &mut [Lane]) {
        let lanes = self.width / LANE;
        let outputs = self.first_bias.len();
        let nothing = vec![Lane::ZERO; lanes + 3 * outputs];
        let kept = |slot: Option<u32>| slot.map_or(&nothing[..], |slot| types.lanes(slot));
        let share = |slot: Option<u32>, n: usize| &kept(slot)[lanes + n * outputs..][..outputs];
        for (window, out) in slots.windows(3).zip(out.chunks_exact_mut(lanes)) {
            let terms = [share(window[0], 0), share(window[1], 1), share(window[2], 2)];
            let residual = &kept(window[1])[..lanes];
            self.kernel.maxout_norm::<Plain, 3, 1>(
                &self.first_bias,
                terms,
                self.first.parts(),
                residual,
                out,
            );
        }
    }

    /// Working memory for one worker.
    pub(crate) fn memory(&self) -> Tok2VecMemory {
        let slot = (self.width + self.shares.outputs()) / LANE;
        Tok2VecMemory {
            types: TypeMemory::new(slot, MOST_TYPES),
            current: Vec::new(),
            next: Vec::new(),
            window: WindowMemory::default(),
            fresh: Fresh::default(),
        }
    }
}

impl Column {
    /// The sum of the rows of these hashes. All are asked for at once, since each comes from far away in memory.
    fn sum(&self, hashes: [u32; 4], out: &mut [f32]) {
        let width = out.len();
        let [first, second, third, fourth] = hashes.map(|hash| {
            let start = hash as usize % self.table.dim(0) * width;
            &self.table.data[start..start + width]
        });
        let rows = first.iter().zip(second).zip(third).zip(fourth);
        for (out, (((a, b), c), d)) in out.iter_mut().zip(rows) {
            *out = 0.0 + a + b + c + d;
        }
    }
}

impl Norm {
    fn parts(&self) -> (&[Lane], &[Lane]) {
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
    window: WindowMemory,
    fresh: Fresh,
}

/// Room for what is computed of new types.
#[derive(Debug, Default)]
struct Fresh {
    features: Vec<Lane>,
    mixed: Vec<Lane>,
    embedded: Vec<Lane>,
    shares: Vec<Lane>,
}

impl Tok2VecMemory {
    /// Forgets all word types: their numbers are about to mean others.
    pub(crate) fn forget_types(&mut self) {
        self.types.clear();
    }
}

/// A product, in this room.
fn product<'r>(kernel: Kernel, x: Rows<'_>, matrix: &Matrix, room: &'r mut Vec<Lane>) -> &'r [Lane] {
    let y = grow(room, x.count * matrix.outputs() / LANE);
    kernel.multiply(x, matrix, flat_mut(y));
    y
}

/// Where weights [outputs][pieces] have what comes out at a place when pieces follow each other.
fn place(width: usize, pieces: usize) -> impl Fn(usize) -> usize + Copy {
    move |output: usize| (output % width) * pieces + output / width
}

/// A maxout layer's weights [outputs][pieces][inputs] as a matrix whose pieces follow each other.
fn pieces(weights: &Array, bias: &Array) -> Matrix {
    let (width, pieces, inputs) = (weights.dim(0), weights.dim(1), weights.dim(2));
    let of = place(width, pieces);
    Matrix::pack(inputs, width * pieces, 3, |o, i| weights.data[of(o) * inputs + i], |o| bias.data[of(o)])
}

/// A maxout layer's bias, its pieces one after the other.
fn bias(bias: &Array) -> Vec<Lane> {
    let of = place(bias.dim(0), bias.dim(1));
    let placed: Vec<f32> = (0..bias.data.len()).map(|output| bias.data[of(output)]).collect();
    lanes(&placed)
}

/// The weights of a window layer [outputs][pieces][neighbours · inputs].
fn window(weights: &Array, biases: &Array) -> Window {
    let (width, pieces, all) = (weights.dim(0), weights.dim(1), weights.dim(2));
    let of = place(width, pieces);
    let inputs = all / 3;
    Window::new(inputs, bias(biases), |o, neighbour, i| weights.data[of(o) * all + neighbour * inputs + i])
}

/// The first window layer's weights, by the neighbour they apply to.
fn shares(weights: &Array) -> Matrix {
    let (width, pieces, inputs) = (weights.dim(0), weights.dim(1), weights.dim(2));
    let outputs = width * pieces;
    let of = place(width, pieces);
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
