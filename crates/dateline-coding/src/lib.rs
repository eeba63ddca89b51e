//! Who did what to whom, and how many were hurt?
//!
//! A [`Report`](dateline_model::Report) comes in with what the stages before have read: entities, times,
//! places, attributions. [`EventMention`](dateline_model::EventMention)s go out, in the text's order:
//! PLOVER's type and mode, CAMEO's code, the actor and the recipient, time, place and counts, and the name
//! of the pattern that found each.
//!
//! What is read is written as patterns under `data/coding/`, each with examples that are its tests: words
//! that tell of an act, and words that change the act that they govern ("refused to send aid"), so that few
//! patterns read many sentences. [`CodingLexicon::english`] makes them ready once. [`code_pair`] answers a
//! narrower question: what one party does to another in a sentence.
//!
//! ```
//! use dateline_coding::{CodingLexicon, Known, code_events};
//! use dateline_model::{Entities, Report};
//! use dateline_nlp::{Pipeline, annotate};
//!
//! let (language, lexicon) = (Pipeline::english()?, CodingLexicon::english());
//! let text = "The rebels refused to meet the minister.";
//! let report = Report::of_text(text, annotate(&language, text));
//! let known = Known { entities: &Entities::default(), times: &[], places: &[], attributions: &[] };
//! let events = code_events(&report, known, &lexicon);
//! let told: Vec<_> = events.iter().map(|e| (e.event_type.name(), report.words(e.actor[0].span))).collect();
//! assert_eq!(told, [("REJECT", "The rebels")]);
//! # Ok::<(), dateline_nlp::PackageError>(())
//! ```

mod act;
mod clause;
mod code;
mod counting;
mod doer;
mod fate;
mod lexicon;
mod named;
mod nearby;
mod pairs;
mod party;
mod pattern;
mod quantity;
mod running;
mod tree;
mod venue;

pub use code::{Known, code_events};
pub use lexicon::CodingLexicon;
pub use pairs::code_pair;
