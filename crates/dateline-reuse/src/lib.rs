//! Which reports share text, where, and which way did it go?
//!
//! A pile of reports comes in; [`RelatedPair`](dateline_model::RelatedPair)s go out, each with the
//! passages that two reports share, and [`ReuseCluster`](dateline_model::ReuseCluster)s of reports
//! that are copies of one another. Words in quotation marks and stock paragraphs are seen and kept
//! apart: they make no report a copy. The order of the pile does not matter.
//!
//! The work goes in four steps. Runs of five words that stand in more than one report are found by
//! sorting, so that the cost grows with the pile and not with its square. Text that recurs over many
//! unrelated reports is marked as stock. Two reports that have runs in common are laid beside each
//! other, word by word, across edits. What then agrees is cut at sentences and judged.
//!
//! ```
//! use dateline_model::Relation;
//! use dateline_reuse::{Entry, Rules, detect_reuse};
//!
//! let copy = "The ferry sank at dawn off the northern cape with nine sailors and a cargo of salt aboard.";
//! let pile = [("a", copy.to_owned()), ("b", format!("Harbour news. {copy} Nobody was hurt."))];
//! let pile = pile.map(|(id, text)| Entry { id: id.to_owned(), text: text.into(), ..Entry::default() });
//!
//! let reuse = detect_reuse(&pile, &Rules::built_in());
//! assert_eq!(reuse.pairs[0].relation, Relation::Copy);
//! let passage = &reuse.pairs[0].alignments[0].b;
//! assert_eq!(&pile[1].text[passage.span.range()], copy);
//! ```

mod align;
mod chain;
mod cluster;
mod detect;
mod direction;
mod edge;
mod entry;
mod finish;
mod index;
mod judge;
mod quotation;
mod rules;
mod stock;
mod words;

pub use cluster::{common_texts, copies};
pub use detect::{Reuse, detect_reuse, detect_reuse_within, shared_passages};
pub use entry::{Entry, Stamp};
pub use rules::Rules;
