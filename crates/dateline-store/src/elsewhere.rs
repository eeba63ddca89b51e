//! A report that was read elsewhere: without its page, with all that was read in it.

use dateline_model::{Diagnostic, Digest, Dossier, Origin};
use serde_json::json;

use crate::blob::pack;
use crate::key::digest;
use crate::packed::{ArticleRow, CaptureRow, PackedReport};
use crate::statement::StatementRow;

/// What is known of a report that was read elsewhere.
#[derive(Clone, Debug)]
pub struct ReadElsewhere<'a> {
    /// What comparing reports needs of it: also its id, text, headline, publisher and day.
    pub dossier: &'a Dossier,
    /// What the capture is known by.
    pub key: Digest,
    /// Of the capture's bytes.
    pub sha256: Digest,
    /// `text/html` or `text/plain`.
    pub media_type: &'a str,
    /// The capture's charset.
    pub charset: &'a str,
    /// Address of the page.
    pub uri: Option<&'a str>,
    /// When it was fetched.
    pub retrieved: Option<&'a str>,
    /// Where what was read of it came from.
    pub origin: &'a Origin,
    /// Bytes of the capture.
    pub size: u64,
    /// Language of the text.
    pub language: Option<&'a str>,
    /// Has it a headline?
    pub has_headline: bool,
    /// The author or authors.
    pub byline: Option<&'a str>,
    /// What told the day of publication.
    pub published_basis: Option<&'a str>,
    /// Who is said to have said what, in the report's order.
    pub statements: Vec<StatementParts<'a>>,
    /// Remarks of all stages.
    pub diagnostics: &'a [Diagnostic],
    /// The stretches of the text and their bytes in the capture, as JSON.
    pub map: &'a str,
    /// All that `annotate` prints of it, as one line of JSON.
    pub findings: &'a str,
    /// The dossier without its text, as JSON.
    pub packed_dossier: &'a str,
}

/// A statement of such a report.
#[derive(Clone, Copy, Debug)]
pub struct StatementParts<'a> {
    /// `text` or `headline`: where the offsets count.
    pub of: &'static str,
    /// Key of who says it.
    pub speaker: Option<&'a str>,
    /// The words that name the speaker.
    pub source: Option<&'a str>,
    /// The words that make it a statement.
    pub cue: Option<&'a str>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: &'a str,
    /// What is said.
    pub content: &'a str,
    /// All stretches of the content, in code points.
    pub spans: &'a [(u32, u32)],
    /// Through whom it came.
    pub reported_by: &'a [String],
    /// Phone, interview …
    pub medium: Option<&'a str>,
    /// To whom.
    pub addressee: Option<&'a str>,
    /// Why this speaker.
    pub reason: &'a str,
}

impl PackedReport {
    /// Packs a report that was read elsewhere. Its capture is kept as a reference.
    #[must_use]
    pub fn read_elsewhere(report: &ReadElsewhere<'_>) -> Self {
        Self {
            capture: capture_row(report),
            article: article_row(report),
            statements: report.statements.iter().map(statement_row).collect(),
            diagnostics: report.diagnostics.to_vec(),
        }
    }
}

fn capture_row(report: &ReadElsewhere<'_>) -> CaptureRow {
    CaptureRow {
        id: report.dossier.id.clone(),
        key: report.key,
        sha256: report.sha256,
        media_type: report.media_type.to_owned(),
        charset: report.charset.to_owned(),
        uri: report.uri.map(str::to_owned),
        retrieved: report.retrieved.map(str::to_owned),
        file: report.origin.file.clone(),
        place: report.origin.place.clone(),
        size: usize::try_from(report.size).unwrap_or(usize::MAX),
        bytes: None,
    }
}

fn article_row(report: &ReadElsewhere<'_>) -> ArticleRow {
    let dossier = report.dossier;
    let is_dated = dossier.published.is_some();
    ArticleRow {
        text_sha256: digest(&dossier.text),
        uri: report.uri.map(str::to_owned),
        publisher: dossier.publisher.clone(),
        published: dossier.published.clone(),
        published_basis: report.published_basis.map(str::to_owned),
        published_quote: is_dated.then(|| dossier.published_quote.clone()),
        language: report.language.map(str::to_owned),
        headline: report.has_headline.then(|| dossier.headline.clone()),
        byline: report.byline.map(str::to_owned),
        credits: (!dossier.credits.is_empty()).then(|| json!(dossier.credits).to_string()),
        words: dossier.text.split_whitespace().count(),
        text: dossier.text.clone(),
        map: pack(report.map.as_bytes()),
        findings: pack(report.findings.as_bytes()),
        dossier: pack(report.packed_dossier.as_bytes()),
    }
}

fn statement_row(said: &StatementParts<'_>) -> StatementRow {
    let owned = |words: Option<&str>| words.map(str::to_owned);
    StatementRow {
        of: said.of,
        speaker: owned(said.speaker),
        source: owned(said.source),
        cue: owned(said.cue),
        kind: said.kind.to_owned(),
        content: said.content.to_owned(),
        start: said.spans.first().map_or(0, |(start, _)| *start),
        end: said.spans.last().map_or(0, |(_, end)| *end),
        spans: json!(said.spans).to_string(),
        reported_by: (!said.reported_by.is_empty()).then(|| json!(said.reported_by).to_string()),
        medium: owned(said.medium),
        addressee: owned(said.addressee),
        reason: said.reason.to_owned(),
    }
}
