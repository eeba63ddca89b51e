//! From inputs to articles: ingest, then extract, page by page on all threads.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline_extract::Extractor;
use dateline_ingest::{Ingested, SetAsideInput};
use dateline_model::{Article, Capture, Diagnostic, Severity};

use crate::ordered::for_each_in_order;

/// What became of one input.
#[derive(Debug)]
pub enum Extracted<T> {
    /// An article was found, and the caller made this of it.
    Article(T),
    /// It could not be read; here is why.
    SetAside(SetAsideInput),
}

/// Extracts every capture that `inputs` gives and hands the results to `take`, in the inputs' order.
///
/// `render` runs on the working threads: what it makes of an article is what `take` sees.
pub fn extract_inputs<T: Send>(
    inputs: impl Iterator<Item = Ingested> + Send,
    extractor: &Extractor,
    threads: NonZeroUsize,
    render: impl Fn(&Article) -> T + Sync,
    take: impl FnMut(Extracted<T>) -> ControlFlow<()>,
) {
    let work = |ingested| match ingested {
        Ingested::SetAside(input) => Extracted::SetAside(input),
        Ingested::Capture(capture) => extract_guarded(extractor, &capture, &render),
    };
    for_each_in_order(inputs, threads, work, take);
}

/// A fault of ours on one page must not cost the user the others.
fn extract_guarded<T>(
    extractor: &Extractor,
    capture: &Capture,
    render: impl Fn(&Article) -> T,
) -> Extracted<T> {
    match catch_unwind(AssertUnwindSafe(|| render(&extractor.extract(capture)))) {
        Ok(rendered) => Extracted::Article(rendered),
        Err(_) => Extracted::SetAside(fault(capture)),
    }
}

fn fault(capture: &Capture) -> SetAsideInput {
    let message = format!("{}: extraction failed on this page; this is a fault of Dateline", capture.id);
    let diagnostic = Diagnostic::new("internal-fault", Severity::Error, message)
        .hinting("please report it with the page; the other pages are not affected");
    SetAsideInput { origin: capture.origin.clone(), diagnostic }
}
