//! A pile of news reports becomes a sourced record: what a library user needs.
//!
//! The crates of Dateline are stages; this one gathers their public names, so that one dependency
//! is enough. The modules are the stages in order.
//!
//! ```
//! use dateline::extract::Extractor;
//! use dateline::ingest::{Config, Form, Ingested, read};
//!
//! let line = r#"{"id": "bridge", "text": "Menu\n\nMayor opens bridge\n\nThe mayor of Orsk opened the new bridge on Friday."}"#;
//! let extractor = Extractor::new();
//! for page in read(line.as_bytes(), "pile.jsonl", Form::JsonLines, &Config::default()) {
//!     let Ingested::Capture(capture) = page else { continue };
//!     let article = extractor.extract(&capture);
//!     assert_eq!(article.id, "bridge");
//!     assert!(article.text.as_str().contains("opened the new bridge"));
//! }
//! ```

/// Who is said to have said what.
pub use dateline_attribution as attribution;
/// From reports to stories.
pub use dateline_cluster as cluster;
/// Who did what to whom.
pub use dateline_coding as coding;
/// What a person put right, and whether it still holds.
pub use dateline_correct as correct;
/// Names, and who is meant.
pub use dateline_entities as entities;
/// What others read: lines of JSON.
pub use dateline_export as export;
/// From a capture to an article.
pub use dateline_extract as extract;
/// From files, archives and feeds to captures.
pub use dateline_ingest as ingest;
/// The nouns.
pub use dateline_model as model;
/// From a text to its words, sentences and names.
pub use dateline_nlp as nlp;
/// Rows of a pile that may wait in files, and how much memory they have.
pub use dateline_pile as pile;
/// The order of the stages.
pub use dateline_pipeline as pipeline;
/// From claims to what is agreed and disputed.
pub use dateline_reconcile as reconcile;
/// What the reports of a pile share.
pub use dateline_reuse as reuse;
/// The record as one file.
pub use dateline_store as store;
/// From a text to its times.
pub use dateline_time as time;
