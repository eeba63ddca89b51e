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
#![allow(unsafe_code, reason = "vector instructions; see the module's documentation")]

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
            let bias: [V; G] = std::array::from_fn(|g| V::load(self.bias.add(column + g * V::LENGTH)));
            let mut sums = [bias; R];
            let x: [*const f32; R] = std::array::from_fn(|r| self.x.add((row + r) * self.x_stride));
            let mut weights = self.weights.add(column);
            for input in 0..self.inputs {
                let w: [V; G] = std::array::from_fn(|g| V::load(weights.add(g * V::LENGTH)));
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
        __m256, __m512, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_storeu_ps, _mm512_fmadd_ps,
        _mm512_loadu_ps, _mm512_set1_ps, _mm512_storeu_ps,
    };

    use super::{Tile, Vector};

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
    }

    /// # Safety
    /// As [`Tile::run`], and the processor has AVX2 and FMA.
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn tile_avx2(tile: &Tile) {
        // SAFETY: handed on.
        unsafe { tile.run::<__m256, 4, 3>() }
    }

    /// # Safety
    /// As [`Tile::run`], and the processor has AVX-512F.
    #[target_feature(enable = "avx512f")]
    pub(super) unsafe fn tile_avx512(tile: &Tile) {
        // SAFETY: handed on.
        unsafe { tile.run::<__m512, 8, 3>() }
    }
}

#[cfg(target_arch = "aarch64")]
mod arm {
    //! NEON.

    use std::arch::aarch64::{float32x4_t, vdupq_n_f32, vfmaq_f32, vld1q_f32, vst1q_f32};

    use super::{Tile, Vector};

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
    }

    /// # Safety
    /// As [`Tile::run`].
    #[target_feature(enable = "neon")]
    pub(super) unsafe fn tile_neon(tile: &Tile) {
        // SAFETY: handed on.
        unsafe { tile.run::<float32x4_t, 4, 6>() }
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
    /// Of `pieces` rows of lanes that follow each other in `x`, the greatest of each column; normalised, scaled
    /// and shifted; added to `residual`, which is as wide as `out`.
    fn maxout_norm(x: &[Lane], gain: &[Lane], shift: &[Lane], residual: &[Lane], out: &mut [Lane]) {
        // The sizes of spaCy's own networks, so that the compiler can keep the row in registers.
        match (x.len(), out.len()) {
            (18, 6) => normalise(&x[..18], &gain[..6], &shift[..6], &residual[..6], &mut out[..6]),
            _ => normalise(x, gain, shift, residual, out),
        }
    }
}

#[inline(always)]
fn normalise(x: &[Lane], gain: &[Lane], shift: &[Lane], residual: &[Lane], out: &mut [Lane]) {
    let width = out.len();
    let mut sum = Lane::ZERO;
    for (column, out) in out.iter_mut().enumerate() {
        let mut greatest = x[column];
        for piece in x.chunks_exact(width).skip(1) {
            for (a, &b) in greatest.0.iter_mut().zip(&piece[column].0) {
                *a = if b > *a { b } else { *a };
            }
        }
        *out = greatest;
        for (total, &value) in sum.0.iter_mut().zip(&greatest.0) {
            *total += value;
        }
    }
    let count = (width * LANE) as f32;
    let mean = joined(sum) / count;
    let mut squares = Lane::ZERO;
    for out in out.iter_mut() {
        for (total, value) in squares.0.iter_mut().zip(&mut out.0) {
            *value -= mean;
            *total += *value * *value;
        }
    }
    let scale = 1.0 / (joined(squares) / count + 1e-8).sqrt();
    for (column, out) in out.iter_mut().enumerate() {
        let (gain, shift, residual) = (&gain[column].0, &shift[column].0, &residual[column].0);
        for i in 0..LANE {
            out.0[i] = out.0[i] * scale * gain[i] + shift[i] + residual[i];
        }
    }
}

/// The sum of sixteen strands, joined pairwise.
#[inline(always)]
fn joined(lane: Lane) -> f32 {
    let mut strands = lane.0;
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            strands[i] += strands[i + half];
        }
    }
    strands[0]
}

widened! {
    /// Adds rows of lanes to `sum`, in their order.
    fn add_all(rows: &[&[Lane]], sum: &mut [Lane]) {
        for (column, sum) in sum.iter_mut().enumerate() {
            for row in rows {
                for (sum, &x) in sum.0.iter_mut().zip(&row[column].0) {
                    *sum += x;
                }
            }
        }
    }
}

widened! {
    /// The sum of four rows of lanes, from left to right.
    fn sum_of_four(a: &[Lane], b: &[Lane], c: &[Lane], d: &[Lane], out: &mut [Lane]) {
        for (((out, a), b), (c, d)) in out.iter_mut().zip(a).zip(b).zip(c.iter().zip(d)) {
            for i in 0..LANE {
                out.0[i] = a.0[i] + b.0[i] + c.0[i] + d.0[i];
            }
        }
    }
}

widened! {
    /// Of `pieces` rows that follow each other in `x`, the greatest of each column.
    fn maxout(x: &[Lane], out: &mut [Lane]) {
        let width = out.len();
        out.copy_from_slice(&x[..width]);
        for piece in x.chunks_exact(width).skip(1) {
            for (out, piece) in out.iter_mut().zip(piece) {
                for (a, &b) in out.0.iter_mut().zip(&piece.0) {
                    *a = if b > *a { b } else { *a };
                }
            }
        }
    }
}

widened! {
    /// The greatest of the numbers; minus infinity of none.
    fn greatest(x: &[f32]) -> f32 {
        let mut best = [f32::NEG_INFINITY; LANE];
        let (lanes, rest) = x.as_chunks::<LANE>();
        for lane in lanes {
            for (best, &x) in best.iter_mut().zip(lane) {
                *best = if x > *best { x } else { *best };
            }
        }
        best.iter().chain(rest).fold(f32::NEG_INFINITY, |best, &x| if x > best { x } else { best })
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
            kernel.maxout_norm(&x, &gain, &shift, &residual, &mut out);
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

    #[test]
    fn every_kernel_adds_and_compares_alike() {
        let (a, b, c, d) = (lanes(1, 9), lanes(2, 9), lanes(3, 9), lanes(4, 9));
        let result = |kernel: Kernel| {
            let (mut sum, mut most) = (vec![Lane::ZERO; 9], vec![Lane::ZERO; 3]);
            kernel.sum_of_four(&a, &b, &c, &d, &mut sum);
            kernel.add_all(&[&a, &b, &c], &mut sum);
            kernel.maxout(&sum, &mut most);
            (sum, most, kernel.greatest(&flat(&a)[..37]))
        };
        let expected = result(Kernel(Set::Scalar));
        assert_eq!(expected.2, flat(&a)[..37].iter().copied().fold(f32::MIN, f32::max));
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
