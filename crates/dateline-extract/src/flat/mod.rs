//! Flattened pages: the article out of a text dump that keeps menus, captions and comments as lines.
//!
//! A [`Reader`] takes the page apart into lines, sees what holds of each ([`feature`]), lets a
//! linear chain tell text from clutter ([`role`]), joins the text's lines into [`paragraph`]s, and
//! finds headline, publisher, byline, credits and dateline in what is left. Every line of the page
//! ends up in one of them or is set aside with a reason.

pub mod agency;
pub mod byline;
pub mod credit;
pub mod cue;
pub mod dateline;
pub mod feature;
pub mod fold;
pub mod headline;
mod joint;
pub mod kinds;
pub mod language;
mod letter;
pub mod line;
pub(crate) mod makers;
pub mod paragraph;
mod phrases;
pub mod publisher;
mod reading;
mod recurring;
pub mod role;
pub mod run;
pub mod shape;
pub(crate) mod sieve;
pub mod vocabulary;
pub mod wrap;

pub(crate) use reading::diagnostics;
pub use reading::{Known, Page, Reader, Reading};
pub use recurring::{LineCounter, RecurringLines};
