//! The arithmetic, in the widest vectors that the processor has; the one module with `unsafe` code.
//!
//! Every kernel does the same operations on the same numbers in the same order: each output of a matrix is
//! one chain of fused multiply-adds over the inputs, from the bias on, and sums over a row are taken in
//! sixteen strands that are joined pairwise. So all kernels give the same bits, whatever the width of their
//! vectors and however rows are batched, and a test over all of them holds them to it. The portable kernel
//! computes its multiply-adds in double precision where the target has no fused ones; that rounds otherwise
//! about once in 10⁸ operations.
//!
//! # Safety
//! `unsafe` is needed for two things, and both are confined to this file.
//! - *Instructions the processor may not have.* [`Kernel`] values are only made by [`Kernel::available`] and
//!   what builds on it, after the processor was asked; a kernel's functions are reached through
//!   [`Kernel`]'s methods alone.
//! - *Loads and stores through pointers.* [`Kernel::multiply`] checks with `assert!` that all rows lie inside the
//!   slices, before it makes a pointer; [`block`] then touches `rows × inputs` numbers of the one and
//!   `rows × width` of the other, and the tiles of a [`Matrix`] are slices of just `inputs × width` numbers.
//!
//! The tests of this folder run under the address sanitizer as well; `CONTRIBUTING.md` has the command.
#![allow(unsafe_code, reason = "vector instructions; see the module's documentation")]
#![allow(
    clippy::needless_range_loop,
    reason = "the parts of an iterator are compiled without vector instructions"
)]

use std::marker::PhantomData;

use super::matrix::{LANE, Lane, Matrix, Rows};

/// A set of vector instructions to compute with. All give the same results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
enum Set {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "aarch64")]
    Neon,
}

impl Kernel {
    /// The fastest kernel that this processor can run.
    #[must_use]
    pub fn best() -> Self {
        Self::available().pop().unwrap_or(Self(Set::Scalar))
    }

    /// All kernels that this processor can run, the fastest last.
    #[must_use]
    pub fn available() -> Vec<Self> {
        let mut kernels = vec![Self(Set::Scalar)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                kernels.push(Self(Set::Avx2));
                if is_x86_feature_detected!("avx512f") {
                    kernels.push(Self(Set::Avx512));
                }
            }
        }
        #[cfg(target_arch = "aarch64")]
        if std::arch::is_aarch64_feature_detected!("neon") {
            kernels.push(Self(Set::Neon));
        }
        kernels
    }

    /// The kernel called `scalar`, `avx2`, `avx512` or `neon`, if this processor can run it; `auto` is the best.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == "auto" {
            return Some(Self::best());
        }
        Self::available().into_iter().find(|kernel| kernel.name() == name)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => "avx512",
            #[cfg(target_arch = "aarch64")]
            Set::Neon => "neon",
        }
    }

    /// `y = x·W + b` for every row of `x`; the rows of `y` follow each other every `matrix.outputs()`.
    pub(crate) fn multiply(self, x: Rows<'_>, matrix: &Matrix, y: &mut [f32]) {
        let (inputs, outputs) = (matrix.inputs(), matrix.outputs());
        let Some(last) = x.count.checked_sub(1) else { return };
        assert!(last * x.stride + inputs <= x.data.len(), "rows beyond their data");
        assert!(x.count * outputs <= y.len(), "no room for the product");
        for (first, lanes, weights) in matrix.tiles() {
            let (width, offset) = (lanes * LANE, first * LANE);
            let bias = &matrix.bias_lanes()[first..first + lanes];
            assert!(weights.len() == lanes * inputs && bias.len() == lanes && offset + width <= outputs);
            let tile = Tile {
                weights: weights.as_ptr().cast(),
                bias: bias.as_ptr().cast(),
                width,
                inputs,
                x: x.data.as_ptr(),
                x_stride: x.stride,
                rows: x.count,
                // SAFETY: `offset < outputs`, and `y` holds at least one row of `outputs`.
                y: unsafe { y.as_mut_ptr().add(offset) },
                y_stride: outputs,
            };
            // SAFETY: the rows and the room were checked above, the tile's weights are `inputs × width`
            // numbers, and a kernel exists only where the processor has its instructions.
            unsafe {
                match self.0 {
                    Set::Scalar => tile.run::<Portable, 2, 2>(),
                    #[cfg(target_arch = "x86_64")]
                    Set::Avx2 => x86::tile_avx2(&tile),
                    #[cfg(target_arch = "x86_64")]
                    Set::Avx512 => x86::tile_avx512(&tile),
                    #[cfg(target_arch = "aarch64")]
                    Set::Neon => arm::tile_neon(&tile),
                }
            }
        }
    }

    /// Sums of `first` and the `terms`, each times its factor, each of `pieces` rows that follow each other. Of
    /// these the greatest of each column; normalised, scaled and shifted; added to the sum's row of `residual`.
    /// Rows of `residual` and of `out` follow each other, one for each sum.
    pub(crate) fn maxout_norm<S: Sums<N, K>, const N: usize, const K: usize>(
        self,
        first: &[Lane],
        terms: [&[Lane]; N],
        layer: (&[Lane], &[Lane]),
        residual: &[Lane],
        out: &mut [Lane],
    ) {
        let (gain, shift) = layer;
        let (width, length) = (gain.len(), first.len());
        assert!(width > 0 && length >= width && length.is_multiple_of(width), "pieces that are not whole");
        assert!(terms.iter().all(|term| term.len() == length), "terms of unlike length");
        assert!(shift.len() == width, "rows of unlike width");
        assert!(residual.len() == K * width && out.len() == K * width, "not a row for each sum");
        let norm = Norm::<S, N, K> {
            first: first.as_ptr().cast(),
            terms: terms.map(|term| term.as_ptr().cast()),
            pieces: length / width,
            width: width * LANE,
            gain: gain.as_ptr().cast(),
            shift: shift.as_ptr().cast(),
            residual: residual.as_ptr().cast(),
            out: out.as_mut_ptr().cast(),
            sums: PhantomData,
        };
        // SAFETY: the lengths were checked above, and a kernel exists only where the processor has its
        // instructions.
        unsafe {
            match self.0 {
                Set::Scalar => norm.run::<Portable>(),
                #[cfg(target_arch = "x86_64")]
                Set::Avx2 => x86::norm_avx2(&norm),
                #[cfg(target_arch = "x86_64")]
                Set::Avx512 => x86::norm_avx512(&norm),
                #[cfg(target_arch = "aarch64")]
                Set::Neon => arm::norm_neon(&norm),
            }
        }
    }

    /// Sums of all `terms`, each times its factor; the rows of `out` begin every `stride` lanes.
    pub(crate) fn blend<S: Sums<N, K>, const N: usize, const K: usize>(
        self,
        terms: [&[Lane]; N],
        out: &mut [Lane],
        stride: usize,
    ) {
        let Some(width) = terms.first().map(|term| term.len()) else { return };
        assert!(terms.iter().all(|term| term.len() == width), "terms of unlike length");
        assert!(K > 0 && stride >= width && (K - 1) * stride + width <= out.len(), "no room for the sums");
        let blend = Blend::<S, N, K> {
            terms: terms.map(|term| term.as_ptr().cast()),
            width: width * LANE,
            out: out.as_mut_ptr().cast(),
            stride: stride * LANE,
            sums: PhantomData,
        };
        // SAFETY: the lengths were checked above, and a kernel exists only where the processor has its
        // instructions.
        unsafe {
            match self.0 {
                Set::Scalar => blend.run::<Portable>(),
                #[cfg(target_arch = "x86_64")]
                Set::Avx2 => x86::blend_avx2(&blend),
                #[cfg(target_arch = "x86_64")]
                Set::Avx512 => x86::blend_avx512(&blend),
                #[cfg(target_arch = "aarch64")]
                Set::Neon => arm::blend_neon(&blend),
            }
        }
    }
}

/// How `K` sums are made of `N` rows.
pub(crate) trait Sums<const N: usize, const K: usize> {
    /// The factor of each row in each sum; of a row whose factor is zero nothing is taken.
    const FACTORS: [[f32; N]; K];
}

/// One sum, of each row once.
pub(crate) enum Plain {}

impl<const N: usize> Sums<N, 1> for Plain {
    const FACTORS: [[f32; N]; 1] = [[1.0; N]];
}

/// One tile of a product: pointers that [`Kernel::multiply`] has checked.
struct Tile {
    weights: *const f32,
    bias: *const f32,
    width: usize,
    inputs: usize,
    x: *const f32,
    x_stride: usize,
    rows: usize,
    y: *mut f32,
    y_stride: usize,
}

/// Rows to be normalised: pointers that [`Kernel::maxout_norm`] has checked.
struct Norm<S, const N: usize, const K: usize> {
    first: *const f32,
    terms: [*const f32; N],
    pieces: usize,
    width: usize,
    gain: *const f32,
    shift: *const f32,
    residual: *const f32,
    out: *mut f32,
    sums: PhantomData<S>,
}

/// Rows to be added: pointers that [`Kernel::blend`] has checked.
struct Blend<S, const N: usize, const K: usize> {
    terms: [*const f32; N],
    width: usize,
    out: *mut f32,
    stride: usize,
    sums: PhantomData<S>,
}

/// A vector register.
trait Vector: Copy {
    const LENGTH: usize;
    /// How many of them the processor has.
    const REGISTERS: usize;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    unsafe fn splat(x: f32) -> Self;
    /// `self·b + c`, rounded once.
    unsafe fn multiply_add(self, b: Self, c: Self) -> Self;
    unsafe fn plus(self, b: Self) -> Self;
    unsafe fn times(self, b: Self) -> Self;
    /// `b` where it is greater, else `self`.
    unsafe fn or_greater(self, b: Self) -> Self;
}

impl Tile {
    /// Goes over the tile in blocks of up to `R` rows and `G` vectors, that all fit into registers.
    #[inline(always)]
    unsafe fn run<V: Vector, const R: usize, const G: usize>(&self) {
        let mut column = 0;
        while column < self.width {
            let groups = (self.width - column) / V::LENGTH;
            // SAFETY: the columns from `column` on hold `groups` whole vectors.
            unsafe {
                match groups.min(if self.rows < R { 8 } else { G }) {
                    0 => return,
                    1 => self.columns::<V, R, 1>(column),
                    2 => self.columns::<V, R, 2>(column),
                    3 => self.columns::<V, R, 3>(column),
                    4 => self.columns_few::<V, R, 4>(column),
                    5 => self.columns_few::<V, R, 5>(column),
                    6 => self.columns_few::<V, R, 6>(column),
                    7 => self.columns_few::<V, R, 7>(column),
                    _ => self.columns_few::<V, R, 8>(column),
                }
            }
            column += V::LENGTH * groups.min(if self.rows < R { 8 } else { G });
        }
    }

    #[inline(always)]
    unsafe fn columns<V: Vector, const R: usize, const G: usize>(&self, column: usize) {
        let mut row = 0;
        while row + R <= self.rows {
            // SAFETY: `R` rows are left from `row` on.
            unsafe { self.block::<V, R, G>(row, column) };
            row += R;
        }
        // SAFETY: the remaining rows are taken as they come.
        unsafe { self.remaining_rows::<V, G>(row, column) }
    }

    /// For wide groups, that leave registers for few rows only.
    #[inline(always)]
    unsafe fn columns_few<V: Vector, const R: usize, const G: usize>(&self, column: usize) {
        // SAFETY: as in `columns`.
        unsafe {
            if R >= 4 && G * 4 <= 24 {
                self.columns::<V, 4, G>(column);
            } else {
                self.remaining_rows::<V, G>(0, column);
            }
        }
    }

    #[inline(always)]
    unsafe fn remaining_rows<V: Vector, const G: usize>(&self, mut row: usize, column: usize) {
        while row < self.rows {
            // SAFETY: at least as many rows are left as each block takes.
            unsafe {
                row += match self.rows - row {
                    4.. if 5 * G < V::REGISTERS => {
                        self.block::<V, 4, G>(row, column);
                        4
                    }
                    2.. if 3 * G < V::REGISTERS => {
                        self.block::<V, 2, G>(row, column);
                        2
                    }
                    _ => {
                        self.block::<V, 1, G>(row, column);
                        1
                    }
                }
            }
        }
    }

    /// `R` rows times `G` vectors of outputs, accumulated in registers.
    ///
    /// # Safety
    /// `row + R <= rows` and `column + G·LENGTH <= width`.
    #[inline(always)]
    unsafe fn block<V: Vector, const R: usize, const G: usize>(&self, row: usize, column: usize) {
        // SAFETY: by the condition above all offsets lie in the tile's rows and columns.
        unsafe {
            // Plain loops: a closure would be compiled apart, without the vector instructions.
            let mut bias = [V::splat(0.0); G];
            for (g, bias) in bias.iter_mut().enumerate() {
                *bias = V::load(self.bias.add(column + g * V::LENGTH));
            }
            let mut sums = [bias; R];
            let mut x = [self.x; R];
            for (r, x) in x.iter_mut().enumerate() {
                *x = self.x.add((row + r) * self.x_stride);
            }
            let mut weights = self.weights.add(column);
            for input in 0..self.inputs {
                let mut w = bias;
                for (g, w) in w.iter_mut().enumerate() {
                    *w = V::load(weights.add(g * V::LENGTH));
                }
                for r in 0..R {
                    let factor = V::splat(*x[r].add(input));
                    for g in 0..G {
                        sums[r][g] = factor.multiply_add(w[g], sums[r][g]);
                    }
                }
                weights = weights.add(self.width);
            }
            for (r, sums) in sums.iter().enumerate() {
                for (g, sum) in sums.iter().enumerate() {
                    sum.store(self.y.add((row + r) * self.y_stride + column + g * V::LENGTH));
                }
            }
        }
    }
}

impl<S: Sums<N, K>, const N: usize, const K: usize> Blend<S, N, K> {
    /// # Safety
    /// Every term has `width` numbers, a multiple of [`LANE`], and `out` room for them every `stride`.
    #[inline(always)]
    unsafe fn run<V: Vector>(&self) {
        for at in (0..self.width).step_by(V::LENGTH) {
            // SAFETY: all offsets stay below `width`.
            unsafe {
                let sums = sums_at::<S, V, N, K>(V::splat(0.0), &self.terms, at);
                for row in 0..K {
                    sums[row].store(self.out.add(row * self.stride + at));
                }
            }
        }
    }
}

/// All sums at a column, each from `first` on. Rows that several sums need are loaded once.
///
/// # Safety
/// Every term has `at + LENGTH` numbers, and the processor has the instructions.
#[inline(always)]
unsafe fn sums_at<S: Sums<N, K>, V: Vector, const N: usize, const K: usize>(
    first: V,
    terms: &[*const f32; N],
    at: usize,
) -> [V; K] {
    // SAFETY: by the condition above.
    unsafe {
        let mut rows = [first; N];
        for n in 0..N {
            rows[n] = V::load(terms[n].add(at));
        }
        let mut sums = [first; K];
        for k in 0..K {
            for n in 0..N {
                if S::FACTORS[k][n] != 0.0 {
                    sums[k] = V::splat(S::FACTORS[k][n]).multiply_add(rows[n], sums[k]);
                }
            }
        }
        sums
    }
}

impl<S: Sums<N, K>, const N: usize, const K: usize> Norm<S, N, K> {
    /// # Safety
    /// Every term has `pieces × width` numbers, `residual` and `out` have `K × width`, all else `width`; `width` is
    /// a multiple of [`LANE`].
    #[inline(always)]
    unsafe fn run<V: Vector>(&self) {
        let strands = LANE / V::LENGTH;
        let count = self.width as f32;
        // SAFETY: all offsets stay below `width` of a row, or below `pieces × width` in a term.
        unsafe {
            let mut sums = [[V::splat(0.0); LANE / 4]; K];
            for lane in (0..self.width).step_by(LANE) {
                for strand in 0..strands {
                    let at = lane + strand * V::LENGTH;
                    let greatest = self.greatest::<V>(at);
                    for row in 0..K {
                        greatest[row].store(self.out.add(row * self.width + at));
                        sums[row][strand] = sums[row][strand].plus(greatest[row]);
                    }
                }
            }
            let sums = joined::<V, K>(&sums);
            let mut minus_means = [V::splat(0.0); K];
            for row in 0..K {
                minus_means[row] = V::splat(-sums[row] / count);
            }
            let mut squares = [[V::splat(0.0); LANE / 4]; K];
            for lane in (0..self.width).step_by(LANE) {
                for strand in 0..strands {
                    for row in 0..K {
                        let at = self.out.add(row * self.width + lane + strand * V::LENGTH);
                        let value = V::load(at).plus(minus_means[row]);
                        value.store(at);
                        squares[row][strand] = squares[row][strand].plus(value.times(value));
                    }
                }
            }
            let squares = joined::<V, K>(&squares);
            let mut scales = [V::splat(0.0); K];
            for row in 0..K {
                scales[row] = V::splat(1.0 / (squares[row] / count + 1e-8).sqrt());
            }
            for at in (0..self.width).step_by(V::LENGTH) {
                let (gain, shift) = (V::load(self.gain.add(at)), V::load(self.shift.add(at)));
                for row in 0..K {
                    let out = self.out.add(row * self.width + at);
                    let shifted = V::load(out).times(scales[row]).times(gain).plus(shift);
                    shifted.plus(V::load(self.residual.add(row * self.width + at))).store(out);
                }
            }
        }
    }

    /// The greatest of the pieces at a column, of each sum.
    ///
    /// # Safety
    /// As [`Norm::run`], and `at + LENGTH <= width`.
    #[inline(always)]
    unsafe fn greatest<V: Vector>(&self, at: usize) -> [V; K] {
        // SAFETY: by the condition above.
        unsafe {
            let mut most = self.piece::<V>(at);
            for number in 1..self.pieces {
                let piece = self.piece::<V>(number * self.width + at);
                for k in 0..K {
                    most[k] = most[k].or_greater(piece[k]);
                }
            }
            most
        }
    }

    /// The sums at a column of a piece.
    ///
    /// # Safety
    /// As [`Norm::run`], and `at + LENGTH <= pieces × width`.
    #[inline(always)]
    unsafe fn piece<V: Vector>(&self, at: usize) -> [V; K] {
        // SAFETY: by the condition above.
        unsafe { sums_at::<S, V, N, K>(V::load(self.first.add(at)), &self.terms, at) }
    }
}

/// The sums of sixteen strands each, joined pairwise.
///
/// # Safety
/// The processor has the instructions.
#[inline(always)]
unsafe fn joined<V: Vector, const K: usize>(sums: &[[V; LANE / 4]; K]) -> [f32; K] {
    let mut joined = [0.0; K];
    for k in 0..K {
        let mut strands = [0.0; LANE];
        for n in 0..LANE / V::LENGTH {
            // SAFETY: so many vectors are sixteen numbers.
            unsafe { sums[k][n].store(strands.as_mut_ptr().add(n * V::LENGTH)) };
        }
        let mut half = LANE / 2;
        while half > 0 {
            for i in 0..half {
                strands[i] += strands[i + half];
            }
            half /= 2;
        }
        joined[k] = strands[0];
    }
    joined
}

/// Eight numbers in an array, for processors without the instructions below.
#[derive(Clone, Copy)]
struct Portable([f32; 8]);

impl Vector for Portable {
    const LENGTH: usize = 8;
    const REGISTERS: usize = 16;

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for eight numbers at `from`.
        Self(unsafe { from.cast::<[f32; 8]>().read_unaligned() })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller vouches for room for eight numbers at `to`.
        unsafe { to.cast::<[f32; 8]>().write_unaligned(self.0) }
    }

    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        Self([x; 8])
    }

    #[inline(always)]
    unsafe fn multiply_add(self, b: Self, c: Self) -> Self {
        Self(std::array::from_fn(|i| fused(self.0[i], b.0[i], c.0[i])))
    }

    #[inline(always)]
    unsafe fn plus(self, b: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + b.0[i]))
    }

    #[inline(always)]
    unsafe fn times(self, b: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] * b.0[i]))
    }

    #[inline(always)]
    unsafe fn or_greater(self, b: Self) -> Self {
        Self(std::array::from_fn(|i| if b.0[i] > self.0[i] { b.0[i] } else { self.0[i] }))
    }
}

/// `a·b + c` rounded once, or so nearly that it makes no difference.
#[inline(always)]
fn fused(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_feature = "fma", target_arch = "aarch64")) {
        a.mul_add(b, c)
    } else {
        // The product of two single-precision numbers is exact in double precision.
        (f64::from(a) * f64::from(b) + f64::from(c)) as f32
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! AVX2 with FMA, and AVX-512.

    use std::arch::x86_64::{
        __m256, __m512, _mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_mul_ps,
        _mm256_set1_ps, _mm256_storeu_ps, _mm512_add_ps, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_max_ps,
        _mm512_mul_ps, _mm512_set1_ps, _mm512_storeu_ps,
    };

    use super::{Blend, Norm, Sums, Tile, Vector};

    impl Vector for __m256 {
        const LENGTH: usize = 8;
        const REGISTERS: usize = 16;

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller vouches for the numbers and the instructions.
            unsafe { _mm256_loadu_ps(from) }
        }

        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: the caller vouches for the room and the instructions.
            unsafe { _mm256_storeu_ps(to, self) }
        }

        #[inline(always)]
        unsafe fn splat(x: f32) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm256_set1_ps(x) }
        }

        #[inline(always)]
        unsafe fn multiply_add(self, b: Self, c: Self) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm256_fmadd_ps(self, b, c) }
        }

        #[inline(always)]
        unsafe fn plus(self, b: Self) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm256_add_ps(self, b) }
        }

        #[inline(always)]
        unsafe fn times(self, b: Self) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm256_mul_ps(self, b) }
        }

        #[inline(always)]
        unsafe fn or_greater(self, b: Self) -> Self {
            // SAFETY: the caller vouches for the instructions. Of two equal numbers the second is taken.
            unsafe { _mm256_max_ps(b, self) }
        }
    }

    impl Vector for __m512 {
        const LENGTH: usize = 16;
        const REGISTERS: usize = 32;

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller vouches for the numbers and the instructions.
            unsafe { _mm512_loadu_ps(from) }
        }

        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: the caller vouches for the room and the instructions.
            unsafe { _mm512_storeu_ps(to, self) }
        }

        #[inline(always)]
        unsafe fn splat(x: f32) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm512_set1_ps(x) }
        }

        #[inline(always)]
        unsafe fn multiply_add(self, b: Self, c: Self) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm512_fmadd_ps(self, b, c) }
        }

        #[inline(always)]
        unsafe fn plus(self, b: Self) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm512_add_ps(self, b) }
        }

        #[inline(always)]
        unsafe fn times(self, b: Self) -> Self {
            // SAFETY: the caller vouches for the instructions.
            unsafe { _mm512_mul_ps(self, b) }
        }

        #[inline(always)]
        unsafe fn or_greater(self, b: Self) -> Self {
            // SAFETY: the caller vouches for the instructions. Of two equal numbers the second is taken.
            unsafe { _mm512_max_ps(b, self) }
        }
    }

    /// # Safety
    /// As [`Tile::run`], and the processor has AVX2 and FMA.
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn tile_avx2(tile: &Tile) {
        // SAFETY: handed on.
        unsafe { tile.run::<__m256, 6, 2>() }
    }

    /// # Safety
    /// As [`Norm::run`], and the processor has the instructions.
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn norm_avx2<S: Sums<N, K>, const N: usize, const K: usize>(norm: &Norm<S, N, K>) {
        // SAFETY: handed on.
        unsafe { norm.run::<__m256>() }
    }

    /// # Safety
    /// As [`Blend::run`], and the processor has the instructions.
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn blend_avx2<S: Sums<N, K>, const N: usize, const K: usize>(blend: &Blend<S, N, K>) {
        // SAFETY: handed on.
        unsafe { blend.run::<__m256>() }
    }

    /// # Safety
    /// As [`Tile::run`], and the processor has AVX-512F.
    #[target_feature(enable = "avx512f")]
    pub(super) unsafe fn tile_avx512(tile: &Tile) {
        // SAFETY: handed on.
        unsafe { tile.run::<__m512, 8, 3>() }
    }

    /// # Safety
    /// As [`Norm::run`], and the processor has the instructions.
    #[target_feature(enable = "avx512f")]
    pub(super) unsafe fn norm_avx512<S: Sums<N, K>, const N: usize, const K: usize>(norm: &Norm<S, N, K>) {
        // SAFETY: handed on.
        unsafe { norm.run::<__m512>() }
    }

    /// # Safety
    /// As [`Blend::run`], and the processor has the instructions.
    #[target_feature(enable = "avx512f")]
    pub(super) unsafe fn blend_avx512<S: Sums<N, K>, const N: usize, const K: usize>(blend: &Blend<S, N, K>) {
        // SAFETY: handed on.
        unsafe { blend.run::<__m512>() }
    }
}

#[cfg(target_arch = "aarch64")]
mod arm {
    //! NEON.

    use std::arch::aarch64::{
        float32x4_t, vaddq_f32, vbslq_f32, vcgtq_f32, vdupq_n_f32, vfmaq_f32, vld1q_f32, vmulq_f32, vst1q_f32,
    };

    use super::{Blend, Norm, Sums, Tile, Vector};

    impl Vector for float32x4_t {
        const LENGTH: usize = 4;
        const REGISTERS: usize = 32;

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller vouches for the numbers.
            unsafe { vld1q_f32(from) }
        }

        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: the caller vouches for the room.
            unsafe { vst1q_f32(to, self) }
        }

        #[inline(always)]
        unsafe fn splat(x: f32) -> Self {
            // SAFETY: every processor of the target has NEON.
            unsafe { vdupq_n_f32(x) }
        }

        #[inline(always)]
        unsafe fn multiply_add(self, b: Self, c: Self) -> Self {
            // SAFETY: every processor of the target has NEON.
            unsafe { vfmaq_f32(c, self, b) }
        }

        #[inline(always)]
        unsafe fn plus(self, b: Self) -> Self {
            // SAFETY: every processor of the target has NEON.
            unsafe { vaddq_f32(self, b) }
        }

        #[inline(always)]
        unsafe fn times(self, b: Self) -> Self {
            // SAFETY: every processor of the target has NEON.
            unsafe { vmulq_f32(self, b) }
        }

        #[inline(always)]
        unsafe fn or_greater(self, b: Self) -> Self {
            // SAFETY: every processor of the target has NEON.
            unsafe { vbslq_f32(vcgtq_f32(b, self), b, self) }
        }
    }

    /// # Safety
    /// As [`Tile::run`].
    #[target_feature(enable = "neon")]
    pub(super) unsafe fn tile_neon(tile: &Tile) {
        // SAFETY: handed on.
        unsafe { tile.run::<float32x4_t, 4, 6>() }
    }

    /// # Safety
    /// As [`Norm::run`], and the processor has the instructions.
    #[target_feature(enable = "neon")]
    pub(super) unsafe fn norm_neon<S: Sums<N, K>, const N: usize, const K: usize>(norm: &Norm<S, N, K>) {
        // SAFETY: handed on.
        unsafe { norm.run::<float32x4_t>() }
    }

    /// # Safety
    /// As [`Blend::run`], and the processor has the instructions.
    #[target_feature(enable = "neon")]
    pub(super) unsafe fn blend_neon<S: Sums<N, K>, const N: usize, const K: usize>(blend: &Blend<S, N, K>) {
        // SAFETY: handed on.
        unsafe { blend.run::<float32x4_t>() }
    }
}

/// Defines a method of [`Kernel`] from plain code that is compiled once for each set of instructions.
macro_rules! widened {
    ($(#[$doc:meta])* fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $body:block) => {
        impl Kernel {
            $(#[$doc])*
            pub(crate) fn $name(self, $($argument: $type),*) $(-> $result)? {
                #[inline(always)]
                fn plain($($argument: $type),*) $(-> $result)? $body
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($argument: $type),*) $(-> $result)? { plain($($argument),*) }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx512f")]
                fn avx512($($argument: $type),*) $(-> $result)? { plain($($argument),*) }
                match self.0 {
                    Set::Scalar => plain($($argument),*),
                    // SAFETY: a kernel exists only where the processor has its instructions.
                    #[cfg(target_arch = "x86_64")]
                    Set::Avx2 => unsafe { avx2($($argument),*) },
                    // SAFETY: likewise.
                    #[cfg(target_arch = "x86_64")]
                    Set::Avx512 => unsafe { avx512($($argument),*) },
                    #[cfg(target_arch = "aarch64")]
                    Set::Neon => plain($($argument),*),
                }
            }
        }
    };
}

widened! {
    /// Adds rows of lanes to `sum`, in their order.
    fn add_all(rows: &[&[Lane]], sum: &mut [Lane]) {
        for column in 0..sum.len() {
            let mut total = sum[column].0;
            for n in 0..rows.len() {
                let row = &rows[n][column].0;
                for i in 0..LANE {
                    total[i] += row[i];
                }
            }
            sum[column].0 = total;
        }
    }
}

widened! {
    /// Of `pieces` rows that follow each other in `x`, the greatest of each column.
    fn maxout(x: &[Lane], out: &mut [Lane]) {
        let width = out.len();
        for column in 0..width {
            let mut most = x[column].0;
            let mut at = column + width;
            while at < x.len() {
                let piece = &x[at].0;
                for i in 0..LANE {
                    most[i] = if piece[i] > most[i] { piece[i] } else { most[i] };
                }
                at += width;
            }
            out[column].0 = most;
        }
    }
}

widened! {
    /// The greatest of the numbers; minus infinity of none.
    fn greatest(x: &[f32]) -> f32 {
        let mut best = [f32::NEG_INFINITY; LANE];
        let (lanes, rest) = x.as_chunks::<LANE>();
        for n in 0..lanes.len() {
            for i in 0..LANE {
                best[i] = if lanes[n][i] > best[i] { lanes[n][i] } else { best[i] };
            }
        }
        let mut greatest = f32::NEG_INFINITY;
        for i in 0..LANE {
            greatest = if best[i] > greatest { best[i] } else { greatest };
        }
        for i in 0..rest.len() {
            greatest = if rest[i] > greatest { rest[i] } else { greatest };
        }
        greatest
    }
}

/// The numbers of a row of lanes, as one slice.
pub(crate) fn flat(lanes: &[Lane]) -> &[f32] {
    // SAFETY: a lane is an array of sixteen numbers, aligned for them and without padding.
    unsafe { std::slice::from_raw_parts(lanes.as_ptr().cast(), lanes.len() * LANE) }
}

/// The same, to write to.
pub(crate) fn flat_mut(lanes: &mut [Lane]) -> &mut [f32] {
    // SAFETY: as in `flat`, and the borrow is exclusive.
    unsafe { std::slice::from_raw_parts_mut(lanes.as_mut_ptr().cast(), lanes.len() * LANE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers between -1 and 1 that look random and are always the same.
    fn numbers(seed: u32, count: usize) -> Vec<f32> {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        let next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    fn lanes(seed: u32, count: usize) -> Vec<Lane> {
        numbers(seed, count * LANE).as_chunks().0.iter().map(|&lane| Lane(lane)).collect()
    }

    #[test]
    fn every_kernel_multiplies_alike_and_right() {
        for (inputs, outputs, tile) in
            [(5, 3, 3), (96, 50, 3), (288, 288, 3), (64, 106, 7), (64, 74, 5), (7, 128, 8)]
        {
            let (weights, bias) = (numbers(1, inputs * outputs), numbers(2, outputs));
            let matrix = Matrix::pack(inputs, outputs, tile, |o, i| weights[o * inputs + i], |o| bias[o]);
            for rows in [1, 2, 3, 7, 8, 9, 21] {
                let (stride, x) = (inputs.div_ceil(3), numbers(3, rows * inputs));
                let x = Rows { data: &x, stride, count: rows };
                let product = |kernel: Kernel| {
                    let mut y = vec![0.0; rows * matrix.outputs()];
                    kernel.multiply(x, &matrix, &mut y);
                    y
                };
                let expected: Vec<f32> = product(Kernel(Set::Scalar));
                for (row, output) in (0..rows).flat_map(|r| (0..outputs).map(move |o| (r, o))) {
                    let exact: f64 = (0..inputs)
                        .map(|i| {
                            f64::from(x.data[row * stride + i]) * f64::from(weights[output * inputs + i])
                        })
                        .sum::<f64>()
                        + f64::from(bias[output]);
                    let found = f64::from(expected[row * matrix.outputs() + output]);
                    assert!((exact - found).abs() < 1e-4, "{exact} {found}");
                }
                for kernel in Kernel::available() {
                    assert_eq!(product(kernel), expected, "{kernel:?} {inputs}x{outputs}, {rows} rows");
                }
            }
        }
    }

    #[test]
    fn every_kernel_normalises_alike_and_right() {
        let (x, gain, shift, residual) = (lanes(4, 18), lanes(5, 6), lanes(6, 6), lanes(7, 6));
        let result = |kernel: Kernel| {
            let mut out = vec![Lane::ZERO; 6];
            kernel.maxout_norm::<Plain, 0, 1>(&x, [], (&gain, &shift), &residual, &mut out);
            out
        };
        let expected = result(Kernel(Set::Scalar));
        let greatest: Vec<f64> = (0..96)
            .map(|i| (0..3).map(|p| f64::from(flat(&x)[p * 96 + i])).fold(f64::MIN, f64::max))
            .collect();
        let mean = greatest.iter().sum::<f64>() / 96.0;
        let variance = greatest.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 96.0;
        for (i, greatest) in greatest.iter().enumerate() {
            let normal = (greatest - mean) / (variance + 1e-8).sqrt();
            let exact = normal * f64::from(flat(&gain)[i])
                + f64::from(flat(&shift)[i])
                + f64::from(flat(&residual)[i]);
            assert!((exact - f64::from(flat(&expected)[i])).abs() < 1e-5);
        }
        for kernel in Kernel::available() {
            assert_eq!(result(kernel), expected, "{kernel:?}");
        }
    }

    /// Two sums of three rows; the second leaves one out.
    enum Two {}

    impl Sums<3, 2> for Two {
        const FACTORS: [[f32; 3]; 2] = [[1.0, -0.5, 1.75], [2.0, 0.0, 0.25]];
    }

    #[test]
    fn every_kernel_adds_and_compares_alike() {
        let (a, b, c, d) = (lanes(1, 9), lanes(2, 9), lanes(3, 9), lanes(4, 9));
        let result = |kernel: Kernel| {
            let (mut sum, mut most) = (vec![Lane::ZERO; 9], vec![Lane::ZERO; 3]);
            let mut normal = vec![Lane::ZERO; 6];
            let terms = [&b[..], &c, &d];
            kernel.maxout_norm::<Two, 3, 2>(&a, terms, (&a[..3], &b[..3]), &c[..6], &mut normal);
            let mut blended = vec![Lane::ZERO; 19];
            kernel.blend::<Two, 3, 2>(terms, &mut blended, 10);
            kernel.add_all(&[&a, &b, &c], &mut sum);
            kernel.maxout(&sum, &mut most);
            (sum, most, normal, kernel.greatest(&flat(&a)[..37]), blended)
        };
        let expected = result(Kernel(Set::Scalar));
        let blended = |row: usize, n: usize| flat(&expected.4)[row * 10 * LANE + n];
        for n in 0..9 * LANE {
            assert_eq!(blended(0, n), flat(&d)[n].mul_add(1.75, flat(&c)[n].mul_add(-0.5, flat(&b)[n])));
            assert_eq!(blended(1, n), flat(&d)[n].mul_add(0.25, 2.0 * flat(&b)[n]));
        }
        assert_eq!(expected.3, flat(&a)[..37].iter().copied().fold(f32::MIN, f32::max));
        for kernel in Kernel::available() {
            assert_eq!(result(kernel), expected, "{kernel:?}");
        }
    }

    #[test]
    #[should_panic(expected = "rows beyond their data")]
    fn rows_outside_their_data_are_refused() {
        let matrix = Matrix::pack(4, 4, 3, |_, _| 0.0, |_| 0.0);
        Kernel::best().multiply(Rows { data: &[0.0; 7], stride: 4, count: 2 }, &matrix, &mut [0.0; 32]);
    }
}
