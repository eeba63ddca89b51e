//! From inputs to articles: ingest, then extract, page by page on all threads.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use dateline_extract::Extractor;
use dateline_ingest::{Ingested, SetAsideInput};
use dateline_model::{Article, Capture};

use crate::capturing::{Done, for_each_capture};

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
    read_inputs(inputs, threads, |capture| render(&extractor.extract(capture)), take);
}

/// Calls `work` on every capture that `inputs` gives, on the working threads, and hands what it makes to `take`, in
/// the inputs' order.
pub fn read_inputs<T: Send>(
    inputs: impl Iterator<Item = Ingested> + Send,
    threads: NonZeroUsize,
    work: impl Fn(&Capture) -> T + Sync,
    mut take: impl FnMut(Extracted<T>) -> ControlFlow<()>,
) {
    for_each_capture(inputs, threads, work, |done| match done {
        Done::Made(rendered) => take(Extracted::Article(rendered)),
        Done::SetAside(input) => take(Extracted::SetAside(input)),
    });
}
