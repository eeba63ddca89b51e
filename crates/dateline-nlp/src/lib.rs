//! What do the words of a text do in it?
//!
//! In comes a text; out comes an [`AnnotatedText`]: tokens with tags, features, lemmas and heads, sentences,
//! and names with their types. What sees them is a spaCy v3 pipeline, loaded from its unmodified package and
//! run here with the same results.
//!
//! ```no_run
//! use dateline_nlp::{Pipeline, annotate};
//!
//! let pipeline = Pipeline::load("en_core_web_sm-3.8.0")?;
//! let text = "Ministers met in Geneva on Friday.";
//! let annotated = annotate(&pipeline, text);
//! for name in &annotated.names {
//!     println!("{} {}", name.entity_type, &text[name.span.range()]);
//! }
//! # Ok::<(), dateline_nlp::PackageError>(())
//! ```
//!
//! The result for a text depends on the text and the package alone: not on other texts, on threads, or on the
//! processor. Any text is annotated, whatever is in it.

mod lemmatizer;
mod lexeme;
mod names;
mod network;
mod package;
mod pattern;
mod pipeline;
mod ruler;
mod strings;
mod tables;
mod tokenizer;
mod transition;
mod unicode;
mod watch;
mod worker;

pub use dateline_model::{AnnotatedText, NamedEntity, Sentence, Token};
pub use network::Kernel;
pub use package::{About, PackageError, unpack};
pub use pipeline::{Pipeline, annotate, annotate_watched, compact};
pub use watch::{Component, Watch};
