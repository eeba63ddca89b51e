//! In which order do the stages run?
//!
//! Inputs come in as the user named them; articles go out in the same order, whatever the number of
//! threads, and beside them every input that was set aside with its reason. This crate alone knows
//! the order of the stages; it computes nothing itself.

mod annotated;
mod annotating;
mod building;
mod capturing;
mod clustering;
mod committing;
mod comparing;
mod correcting;
mod counting;
mod event_lines;
mod extracting;
mod naming;
mod nearby;
mod neighbourhood;
mod ordered;
mod origins;
mod pairing;
mod printing;
mod reach;
mod recording;
mod remembering;
mod reusing;
mod reviewing;
mod touched;

pub use annotated::take_annotations_into;
pub use annotating::{Annotation, Annotator, Depth};
pub use building::{BuildConfig, BuildStep, read_into};
pub use clustering::story_digest;
pub use comparing::{COMPARE_MEMORY, VERSION, compare_reports};
pub use counting::{LookedOver, look_over};
pub use extracting::{Extracted, extract_inputs, read_inputs};
pub use nearby::{CompareWith, compare_added};
pub use pairing::{Pair, PairCoder, code_pairs};
pub use printing::{Carried, Printer};
pub use recording::{CompareStep, Record, build_corrected_record, build_record, dossier};
pub use reusing::{ComparedPile, ReusePile};
pub use reviewing::{
    Changed, CorrectError, EventChange, bring_up_to_date, corrections, make_corrections, preview_corrections,
    resolve_correction,
};
