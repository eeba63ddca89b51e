//! What do the accounts of one happening agree on, where do they differ, and how many are independent?
//!
//! [`Claim`](dateline_model::Claim)s on one field come in, each with the words that carry it and the
//! account that makes it. A [`Field`](dateline_model::Field) goes out: agreed, disputed or single, the
//! most exact of compatible values, and every claim beside it. Never an average, never a silent pick:
//! a disputed field has no value. [`origins`] says how many accounts are independent.
//! [`reconcile_event`] does it for a whole event, field by field; [`set_field`] and [`unset_field`] then put in what a
//! person read otherwise.
//!
//! ```
//! use dateline_model::{Citation, Citations, CitedText, Claim, Dispute, Figure, Resolution};
//! use dateline_reconcile::{Teller, reconcile_counts};
//!
//! let claim = |account, number, quote: &str| Claim {
//!     value: Figure { min: Some(number), max: Some(number), approximate: false, vague: None, counted: "all".into() },
//!     account,
//!     by: None,
//!     citations: Citations::one(Citation {
//!         article: format!("report {account}"),
//!         of: CitedText::Published,
//!         quote: quote.into(),
//!     }),
//! };
//! let claims = vec![claim(0, 12, "twelve dead"), claim(1, 17, "17 people were killed")];
//! let teller = |outlet: &str, order| Teller { outlet: Some(outlet.into()), order: Some(order) };
//! let tellers = [teller("Karna", 0), teller("The Observer", 1)];
//!
//! let killed = reconcile_counts(claims, &tellers, 2).expect("two claims make a field");
//! assert_eq!(killed.resolution, Resolution::Disputed(Dispute::Incompatible));
//! assert_eq!(killed.value, None);
//! ```

mod agreement;
mod count;
mod event;
mod independence;
mod time;

pub use count::{Teller, reconcile_counts};
pub use event::{
    EventName, Telling, Texts, UnsetError, bases, reconcile_event, set_field, tell_apart, unset_field,
};
pub use independence::{Provenance, origins};
pub use time::reconcile_times;
