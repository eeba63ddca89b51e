//! What are the things that Dateline speaks of?
//!
//! This crate holds the nouns that every stage shares: plain data, no input or output, no clock. A
//! [`Capture`] is one page as it was had; an [`Article`] is the report found in it, whose every
//! field points back at the bytes of the capture through [`ByteSpan`]s and a [`TextMap`]; a
//! [`Diagnostic`] says what went wrong, where, and what to do next.
//!
//! ```
//! use dateline_model::{ByteSpan, MappedText};
//!
//! // "caf&eacute;" in a page: three letters as they stand, and an entity.
//! let mut text = MappedText::new();
//! text.push_same("caf", 0);
//! text.push_decoded("é", ByteSpan::new(3, 11));
//! assert_eq!(text.as_str(), "café");
//! assert_eq!(text.bytes_of(3..5), Some(ByteSpan::new(3, 11)));
//! ```

mod account;
mod annotation;
mod article;
mod attribution;
mod capture;
mod claim;
mod correction;
mod correction_log;
mod diagnostic;
mod disjoint_sets;
mod dossier;
mod entity;
mod event;
mod event_field;
mod figure;
mod forgetting;
mod kept;
mod mapped;
mod moment;
mod name;
mod place;
mod record;
mod report;
mod reuse;
mod span;
mod standing;
mod table;
mod time;

pub use account::{
    Account, Act, Days, DaysError, Prominence, Role, TimePrecision, ToldCount, ToldParty, ToldPlace,
    ToldSource, ToldTime, Words,
};
pub use annotation::{AnnotatedText, NamedEntity, Sentence, Token};
pub use article::{
    Article, Basis, DateCandidate, Dateline, Evidence, Headline, Language, Published, SetAside,
    SetAsideReason,
};
pub use attribution::{Attribution, AttributionKind, Medium};
pub use capture::{Capture, Charset, CharsetBasis, Digest, MediaType, Origin, Supplied};
pub use claim::{Citation, Citations, CitedText, Claim, Dispute, Field, Resolution};
pub use correction::{AccountAnchor, Change, Correction, EventAnchor, QuotedIn, QuotedWords, Selection};
pub use correction_log::CorrectionLog;
pub use diagnostic::{Diagnostic, Severity};
pub use disjoint_sets::DisjointSets;
pub use dossier::Dossier;
pub use entity::{
    ActorCode, Entities, Entity, EntityId, EntityMention, EntityType, Gender, MentionKind, Number, Party,
};
pub use event::{CountKind, EventCount, EventMention, EventType, Found, Modality, Nearness, PairCode, Quad};
pub use event_field::{EventField, FieldError, FieldValue, Setting, ValueError};
pub use figure::{Figure, FigureError};
pub use forgetting::Gone;
pub use kept::{KeptReport, KeptStatement};
pub use mapped::{MappedText, Stretch, StretchKind, TextMap};
pub use moment::{Moment, MomentError};
pub use name::may_be_same_name;
pub use place::{Location, Place, PlaceScale, kilometres};
pub use record::{
    AccountOfEvent, AccountTime, EventRecord, Named, Participant, PlaceName, Term, TimeStatus, Wording,
    WordingOf,
};
pub use report::{Readings, Report};
pub use reuse::{Alignment, Earlier, Passage, RelatedPair, Relation, ReuseCluster, SharedText, Witness};
pub use span::{ByteSpan, CodePoints, Span};
pub use standing::{CorrectionNote, Outcome, Standing};
pub use table::{Column, Kind, Table};
pub use time::{DocumentTime, TimeAnchor, TimeExpression, TimeInterval, TimeModifier, TimeType};
