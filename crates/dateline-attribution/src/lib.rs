//! Who is said to have said what, and through whom did it come?
//!
//! In come a report with its words, dependencies and sentences, and the entities found in it; out
//! come its [`Attribution`]s: for each, the words of source, cue and content, the speaker, those who
//! relayed the words towards the publisher, the means, the occasion and the addressee.
//!
//! Statements are read off the dependencies with a [`Lexicon`] of verbs, nouns, adjectives and phrases
//! that tell what may follow them; quotations are paired by their marks and given to the cue beside
//! them. Of statements within statements the outermost comes first, and each inner one says which
//! statement holds it.
//!
//! ```
//! use dateline_attribution::{Lexicon, attribute};
//! use dateline_model::{AnnotatedText, Entities, Report};
//!
//! let report = Report::of_text("", AnnotatedText::default());
//! let found = attribute(&report, &Entities::default(), &Lexicon::english());
//! assert!(found.is_empty());
//! ```

mod attribute;
mod chain;
mod clause;
mod colon;
mod draft;
mod lexicon;
mod media;
mod nominal;
mod occasion;
mod phrase;
mod quotation;
mod quoted;
mod reading;
mod relay;
mod select;
mod speaker;
mod subject;
mod tree;
mod verbal;
mod words;

pub use attribute::attribute;
pub use dateline_model::Attribution;
pub use lexicon::Lexicon;
