//! From inputs to whatever is made of each capture: on all threads, results in the inputs' order.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline_ingest::{Ingested, SetAsideInput};
use dateline_model::{Capture, Diagnostic, Severity};

use crate::ordered::for_each_in_order;

/// What became of one input.
pub(crate) enum Done<T> {
    /// A capture was read, and this was made of it.
    Made(T),
    /// It could not be read; here is why.
    SetAside(SetAsideInput),
}

/// Calls `work` on every capture that `inputs` gives, on `threads` threads, and hands the results to
/// `take`, in the inputs' order.
pub(crate) fn for_each_capture<T: Send>(
    inputs: impl Iterator<Item = Ingested> + Send,
    threads: NonZeroUsize,
    work: impl Fn(&Capture) -> T + Sync,
    take: impl FnMut(Done<T>) -> ControlFlow<()>,
) {
    let guarded = |ingested| match ingested {
        Ingested::SetAside(input) => Done::SetAside(input),
        Ingested::Capture(capture) => guard(&capture, &work),
    };
    let bytes = |ingested: &Ingested| match ingested {
        Ingested::Capture(capture) => capture.bytes.len(),
        Ingested::SetAside(_) => 0,
    };
    for_each_in_order(inputs, threads, bytes, guarded, take);
}

/// A fault of ours on one page must not cost the user the others.
fn guard<T>(capture: &Capture, work: impl Fn(&Capture) -> T) -> Done<T> {
    match catch_unwind(AssertUnwindSafe(|| work(capture))) {
        Ok(made) => Done::Made(made),
        Err(_) => Done::SetAside(fault(capture)),
    }
}

fn fault(capture: &Capture) -> SetAsideInput {
    let message = format!("{}: reading failed on this page; this is a fault of Dateline", capture.id);
    let diagnostic = Diagnostic::new("internal-fault", Severity::Error, message)
        .hinting("please report it with the page; the other pages are not affected");
    SetAsideInput { origin: capture.origin.clone(), diagnostic }
}
