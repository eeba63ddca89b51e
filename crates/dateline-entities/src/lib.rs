//! Who and what does a report speak of, and which words stand for whom?
//!
//! A [`Report`](dateline_model::Report) comes in, with what the language model read in it; its
//! [`Entities`](dateline_model::Entities) go out: names of one convention (bare, without article and
//! title), and the noun phrases and pronouns that stand for the same persons, bodies and places.

mod chain;
mod find;
mod key;
mod mention;
mod name;
mod noun;
mod rules;
mod text;
mod words;

pub use find::find_entities;
pub use rules::EntityRules;
