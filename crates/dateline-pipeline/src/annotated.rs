//! From lines that `annotate` printed to the record: the pages were read elsewhere, on another day or on many
//! machines, and need not be read again.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use dateline_export::AnnotationView;
use dateline_ingest::{AnnotatedLine, SetAsideInput};
use dateline_model::{Diagnostic, Digest, Dossier, Origin, Severity};
use dateline_store::{PackedReport, ReadElsewhere, SetAsideRow, StatementParts, StoreError, StoreWriter};
use sha2::Digest as _;

use crate::building::BuildStep;
use crate::committing::Batch;
use crate::ordered::for_each_in_order;

/// Takes all `lines` into the record that it does not hold yet, and commits batch after batch.
///
/// # Errors
/// When the record cannot be written. What was committed before stays.
pub fn take_annotations_into(
    record: &mut StoreWriter,
    lines: impl Iterator<Item = AnnotatedLine> + Send,
    threads: NonZeroUsize,
    mut tell: impl FnMut(BuildStep<'_>),
) -> Result<(), StoreError> {
    let mut taking =
        Taking { record, known: BTreeMap::new(), batch: Batch::default(), reading: String::new() };
    let mut outcome = Ok(());
    for_each_in_order(lines, threads, AnnotatedLine::bytes, packed, |taken| {
        outcome = taking.take(taken, &mut tell);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome?;
    taking.commit()
}

/// What became of one line.
enum Taken {
    Report { packed: Box<PackedReport>, key: Digest, reading: String },
    SetAside(SetAsideInput),
}

/// The record, and what waits for the next commit: reports of one reading.
struct Taking<'r> {
    record: &'r mut StoreWriter,
    /// Keys of the captures that the record held before, by reading.
    known: BTreeMap<String, Vec<Digest>>,
    batch: Batch,
    reading: String,
}

impl Taking<'_> {
    fn take(&mut self, taken: Taken, tell: &mut impl FnMut(BuildStep<'_>)) -> Result<(), StoreError> {
        match taken {
            Taken::Report { packed, key, reading } => {
                if self.holds(&key, &reading)? {
                    tell(BuildStep::Known);
                    return Ok(());
                }
                tell(BuildStep::Read);
                if reading != self.reading {
                    self.commit()?;
                    self.reading = reading;
                }
                self.batch.push(*packed);
            }
            Taken::SetAside(input) => {
                tell(BuildStep::SetAside(&input));
                self.batch.set_aside(SetAsideRow::new(input.origin, input.diagnostic));
            }
        }
        if self.batch.is_full() { self.commit() } else { Ok(()) }
    }

    fn holds(&mut self, key: &Digest, reading: &str) -> Result<bool, StoreError> {
        if !self.known.contains_key(reading) {
            self.known.insert(reading.to_owned(), self.record.store().known(reading)?);
        }
        Ok(self.known.get(reading).is_some_and(|keys| keys.binary_search(key).is_ok()))
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.batch.commit(self.record, &self.reading)
    }
}

/// The report of a line, ready for the file.
fn packed(line: AnnotatedLine) -> Taken {
    let (origin, line) = match line {
        AnnotatedLine::Line(origin, line) => (origin, line),
        AnnotatedLine::SetAside(input) => return Taken::SetAside(input),
    };
    match AnnotationView::of_line(&line) {
        Ok(view) => report(&view, &line, &origin),
        Err(error) => {
            let diagnostic = Diagnostic::new("bad-annotation", Severity::Error, error.to_string())
                .hinting("give what `annotate --for-build` printed, or the pages themselves");
            Taken::SetAside(SetAsideInput { origin, diagnostic })
        }
    }
}

fn report(view: &AnnotationView, line: &str, origin: &Origin) -> Taken {
    let (key, size, reading) = match &view.capture {
        Some((key, size, reading)) => (*key, *size, reading.clone()),
        // Of a line that does not say from which capture it is, the line itself is what tells it from others.
        None => (Digest(sha2::Sha256::digest(line.as_bytes()).into()), 0, UNSAID.to_owned()),
    };
    // The text stands in the file by itself.
    let dossier = Dossier { text: String::new(), ..view.dossier.clone() };
    let packed = PackedReport::read_elsewhere(&ReadElsewhere {
        dossier: &view.dossier,
        key,
        sha256: view.sha256,
        media_type: &view.media_type,
        charset: &view.charset,
        uri: view.uri.as_deref(),
        retrieved: view.retrieved.as_deref(),
        origin,
        size,
        language: view.language.as_deref(),
        has_headline: view.has_headline,
        byline: view.byline.as_deref(),
        published_basis: view.published_basis.as_deref(),
        statements: view.statements.iter().map(statement).collect(),
        diagnostics: &view.diagnostics,
        map: &view.map,
        findings: &view.findings,
        packed_dossier: &serde_json::to_string(&dossier).unwrap_or_default(),
    });
    Taken::Report { packed: Box::new(packed), key, reading }
}

/// In place of a reading, where the line does not tell.
const UNSAID: &str = "annotations";

fn statement(view: &dateline_export::StatementView) -> StatementParts<'_> {
    StatementParts {
        of: view.of,
        speaker: view.speaker.as_deref(),
        source: view.source.as_deref(),
        cue: view.cue.as_deref(),
        kind: &view.kind,
        content: &view.content,
        spans: &view.spans,
        reported_by: &view.reported_by,
        medium: view.medium.as_deref(),
        addressee: view.addressee.as_deref(),
        reason: &view.reason,
    }
}
