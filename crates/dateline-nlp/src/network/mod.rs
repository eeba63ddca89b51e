//! The neural networks: matrices and the kernels that multiply them, token vectors, and the caches of what repeats.

mod kernel;
mod matrix;
mod memory;
mod tok2vec;
mod window;

pub use kernel::Kernel;
pub(crate) use kernel::{flat, flat_mut};
pub(crate) use matrix::{Lane, Matrix, Rows, grow};
pub(crate) use tok2vec::{Tok2Vec, Tok2VecMemory, WINDOW};
