//! From inputs to the record: each page read once and committed in batches, then all reports compared.
//!
//! What is read of a page never depends on the other pages of the run, so that a record built in ten
//! parts is the record built at once.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use dateline_cluster::AccountConfig;
use dateline_export::{Findings, Tokens, annotation_line, code_point_map};
use dateline_extract::Extractor;
use dateline_ingest::{Ingested, SetAsideInput};
use dateline_model::{Capture, Digest, Dossier};
use dateline_store::{Found, KeepBytes, PackedReport, SetAsideRow, StoreError, StoreWriter, capture_key};

use crate::annotating::Annotator;
use crate::capturing::{Done, for_each_capture};
use crate::committing::commit_beside;
use crate::recording::dossier;

/// With what pages are read for a record.
pub struct BuildConfig {
    /// The document stages.
    pub annotator: Annotator,
    /// What tells this reading from another: version, model, dictionaries. What was read otherwise is
    /// read again when it is given again.
    pub reading: String,
    /// Are the captures' bytes kept in the file?
    pub keep: KeepBytes,
    /// Threads to work on.
    pub threads: NonZeroUsize,
}

/// What just happened in a build.
#[derive(Debug)]
pub enum BuildStep<'a> {
    /// A page was read.
    Read,
    /// A page was in the record already.
    Known,
    /// An input gave no page.
    SetAside(&'a SetAsideInput),
}

/// Reads all of `inputs` that the record does not hold yet, and commits batch after batch.
///
/// # Errors
/// When the record cannot be written. What was committed before stays.
pub fn read_into(
    record: &mut StoreWriter,
    config: &BuildConfig,
    inputs: impl Iterator<Item = Ingested> + Send,
    mut tell: impl FnMut(BuildStep<'_>),
) -> Result<(), StoreError> {
    let known = record.store().known(&config.reading)?;
    let reader = Reader {
        extractor: Extractor::new(),
        annotator: &config.annotator,
        accounts: AccountConfig::built_in(),
        keep: config.keep,
        known,
    };
    let work = |capture: &Capture| reader.read(capture);
    commit_beside(record, &config.reading, |committing| {
        for_each_capture(inputs, config.threads, work, |done| match done {
            Done::Made(Some(report)) => {
                tell(BuildStep::Read);
                committing.push(*report)
            }
            Done::Made(None) => {
                tell(BuildStep::Known);
                ControlFlow::Continue(())
            }
            Done::SetAside(input) => {
                tell(BuildStep::SetAside(&input));
                committing.set_aside(SetAsideRow::new(input.origin, input.diagnostic))
            }
        });
    })
}

/// All that reads a capture; shared by threads.
struct Reader<'a> {
    extractor: Extractor,
    annotator: &'a Annotator,
    accounts: AccountConfig,
    keep: KeepBytes,
    /// Sorted.
    known: Vec<Digest>,
}

impl Reader<'_> {
    /// One capture's report, packed; none where the record holds it.
    fn read(&self, capture: &Capture) -> Option<Box<PackedReport>> {
        if self.known.binary_search(&capture_key(capture)).is_ok() {
            return None;
        }
        let article = self.extractor.extract(capture);
        let read = self.annotator.annotate(&article);
        let (report, readings, diagnostics) = (&read.report, read.readings.as_ref(), &read.diagnostics);
        let findings = Findings { report, readings, diagnostics, accounts: None, capture: None };
        // The text stands in the file by itself.
        let dossier = Dossier { text: String::new(), ..dossier(&article, &read, &self.accounts) };
        let found = Found {
            article: &article,
            report,
            readings,
            diagnostics,
            line: &annotation_line(&article, findings, Tokens::Without).unwrap_or_default(),
            map: &serde_json::to_string(&code_point_map(&article.text)).unwrap_or_default(),
            dossier: &serde_json::to_string(&dossier).unwrap_or_default(),
        };
        Some(Box::new(PackedReport::new(capture, found, self.keep)))
    }
}
