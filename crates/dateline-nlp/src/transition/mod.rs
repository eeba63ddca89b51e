//! Parser and entity recogniser: both build their answer by actions, each chosen by a small network from a few tokens.

mod entities;
mod hidden;
mod parser;
mod scorer;
mod tree;

pub(crate) use entities::{Entities, EntitySpan, TokenFacts};
pub(crate) use hidden::VectorSource;
pub(crate) use parser::Parser;
pub(crate) use scorer::{Scorer, ScorerMemory};
pub(crate) use tree::{Crossing, Tree};
