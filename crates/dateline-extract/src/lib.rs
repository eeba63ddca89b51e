//! What does the page report, who published it, and when?
//!
//! One [`Capture`](dateline_model::Capture) comes in, one [`Article`](dateline_model::Article) goes
//! out: headline, publisher, dates and main text, every character of which leads back to the bytes
//! of the capture, and a list of all that was set aside with its reason. Extraction never fails.

pub mod chain;
mod decode;
mod extractor;
pub mod flat;
pub mod html;
pub mod metadata;
pub mod published;
mod structured;

pub use decode::decode;
pub use extractor::Extractor;
pub use flat::{LineCounter, RecurringLines};
