//! What did a person put right, and does it still hold?
//!
//! Corrections stand in an append-only log. A [`Request`] comes in, an event's name and words of a report as a
//! person gives them; [`Request::resolve`] makes a [`Correction`](dateline_model::Correction) of it that holds on to
//! accounts by their words, or refuses with what there is instead. [`correct`] holds the whole log against a pile
//! as it was clustered: which account is of which event, what persons read in which field, who is the same, which
//! reports are one; and of each entry whether it holds, changes nothing or is set aside, with the reason. What no
//! longer matches is never anchored anew.
//!
//! [`compare`] says where the logs of several persons differ, and how far they agree beyond chance
//! ([`nominal_alpha`]); [`combine`] makes one log of them too.
//!
//! ```
//! use dateline_correct::nominal_alpha;
//!
//! // Two readers, four units; on the last they differ.
//! let units = [["dead", "dead"], ["hurt", "hurt"], ["dead", "dead"], ["dead", "hurt"]];
//! let alpha = nominal_alpha(&units.map(|unit| unit.to_vec())).unwrap();
//! assert!((alpha - 0.533).abs() < 0.001);
//! ```

mod alpha;
mod combine;
mod correct;
mod entities;
mod fields;
mod judgement;
mod near;
mod pile;
mod refusal;
mod request;

pub use alpha::nominal_alpha;
pub use combine::{Agreement, Combined, Compared, Disagreement, Voice, combine, compare};
pub use correct::{Corrected, Fate, correct, note};
pub use fields::FieldChange;
pub use pile::accounts_named;
pub use refusal::{Place, Refusal};
pub use request::{Known, KnownEvent, KnownReport, Quoted, Request, Signature};
