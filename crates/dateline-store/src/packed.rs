//! One report as the file keeps it, made ready on the thread that read it.

use dateline_model::{Article, Capture, Diagnostic, Digest, Readings, Report};

use crate::blob::pack;
use crate::key::{capture_key, digest};
use crate::statement::{StatementRow, statements};

/// Should the file keep the capture's bytes, or only say where they came from?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepBytes {
    /// Keep them, packed.
    Yes,
    /// Keep the reference: file, place and digest.
    ReferenceOnly,
}

/// What was read in one capture.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its words; offsets of `readings` count here.
    pub report: &'a Report,
    /// What the stages read; none in a language that the model does not read.
    pub readings: Option<&'a Readings>,
    /// Remarks beside the article's own.
    pub diagnostics: &'a [Diagnostic],
    /// All of it as one line of JSON.
    pub line: &'a str,
    /// The stretches of the text and their bytes in the capture, as JSON.
    pub map: &'a str,
    /// What comparing reports needs of it, as JSON.
    pub dossier: &'a str,
}

/// One report, packed for the file.
#[derive(Clone, Debug)]
pub struct PackedReport {
    pub(crate) capture: CaptureRow,
    pub(crate) article: ArticleRow,
    pub(crate) statements: Vec<StatementRow>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A row of `captures`.
#[derive(Clone, Debug)]
pub(crate) struct CaptureRow {
    pub(crate) id: String,
    pub(crate) key: Digest,
    pub(crate) sha256: Digest,
    pub(crate) media_type: String,
    pub(crate) charset: String,
    pub(crate) uri: Option<String>,
    pub(crate) retrieved: Option<String>,
    pub(crate) file: String,
    pub(crate) place: Option<String>,
    pub(crate) size: usize,
    pub(crate) bytes: Option<Vec<u8>>,
}

/// A row of `articles`.
#[derive(Clone, Debug)]
pub(crate) struct ArticleRow {
    pub(crate) text_sha256: Digest,
    pub(crate) uri: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) published_basis: Option<String>,
    pub(crate) published_quote: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) headline: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) credits: Option<String>,
    pub(crate) words: usize,
    pub(crate) text: String,
    pub(crate) map: Vec<u8>,
    pub(crate) findings: Vec<u8>,
    pub(crate) dossier: Vec<u8>,
}

impl PackedReport {
    /// Packs what was read in `capture`.
    #[must_use]
    pub fn new(capture: &Capture, found: Found<'_>, keep: KeepBytes) -> Self {
        let remarks = found.article.diagnostics.iter().chain(found.diagnostics);
        Self {
            capture: capture_row(capture, keep),
            article: article_row(found),
            statements: found.readings.map(|r| statements(found.report, r)).unwrap_or_default(),
            diagnostics: remarks.cloned().collect(),
        }
    }

    /// About how many bytes it will take in the file.
    #[must_use]
    pub fn size(&self) -> usize {
        let article = &self.article;
        let bytes = self.capture.bytes.as_ref().map_or(0, Vec::len);
        bytes + 2 * article.text.len() + article.findings.len() + article.dossier.len()
    }
}

fn capture_row(capture: &Capture, keep: KeepBytes) -> CaptureRow {
    CaptureRow {
        id: capture.id.clone(),
        key: capture_key(capture),
        sha256: capture.sha256,
        media_type: capture.media_type.name().to_owned(),
        charset: capture.charset.name.to_owned(),
        uri: capture.uri.clone(),
        retrieved: capture.retrieved.map(|moment| moment.to_string()),
        file: capture.origin.file.clone(),
        place: capture.origin.place.clone(),
        size: capture.bytes.len(),
        bytes: (keep == KeepBytes::Yes).then(|| pack(&capture.bytes)),
    }
}

fn article_row(found: Found<'_>) -> ArticleRow {
    let article = found.article;
    let text = article.text.as_str();
    let published = article.published.as_ref();
    let credits: Vec<_> = article.credits.iter().map(|credit| credit.value.as_str()).collect();
    ArticleRow {
        text_sha256: digest(text),
        uri: article.uri.clone(),
        publisher: article.publisher.as_ref().map(|p| p.value.clone()),
        published: published.map(|p| p.value.to_string()),
        published_basis: published.map(|p| format!("{:?}", p.basis).to_lowercase()),
        published_quote: published.map(|p| p.quote.clone()),
        language: article.language.as_ref().map(|l| l.code.clone()),
        headline: article.headline.as_ref().map(|h| h.as_str().to_owned()),
        byline: article.byline.as_ref().map(|b| b.value.clone()),
        credits: (!credits.is_empty()).then(|| serde_json::json!(credits).to_string()),
        words: text.split_whitespace().count(),
        text: text.to_owned(),
        map: pack(found.map.as_bytes()),
        findings: pack(found.line.as_bytes()),
        dossier: pack(found.dossier.as_bytes()),
    }
}
