//! One capture in, one article out: which reading a page gets, and what the input supplied.

use dateline_model::{
    Article, Basis, Capture, DateCandidate, Evidence, Headline, Language, MappedText, Published,
};

use crate::decode::decode;

/// The tables of all readings, loaded once and shared by threads.
#[derive(Debug, Default)]
pub struct Extractor {}

impl Extractor {
    /// Reads the tables under `data/extract/`, which are part of the program.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }

    /// The article in `capture`. Never fails: what cannot be told stays `None`, with a diagnostic.
    #[must_use]
    pub fn extract(&self, capture: &Capture) -> Article {
        let decoded = decode(&capture.bytes, capture.charset.name);
        let mut article = blank(capture);
        article.text = decoded;
        apply_supplied(&mut article, capture);
        article
    }
}

/// An article of which nothing is known but its capture.
fn blank(capture: &Capture) -> Article {
    Article {
        id: capture.id.clone(),
        uri: capture.uri.clone(),
        sha256: capture.sha256,
        media_type: capture.media_type,
        charset: capture.charset,
        retrieved: capture.retrieved,
        language: None,
        headline: None,
        publisher: None,
        byline: None,
        credits: Vec::new(),
        canonical: None,
        published: None,
        date_candidates: Vec::new(),
        dateline: None,
        text: MappedText::new(),
        set_aside: Vec::new(),
        diagnostics: capture.diagnostics.clone(),
    }
}

/// What the input gave outright is taken as given, over anything read from the page.
fn apply_supplied(article: &mut Article, capture: &Capture) {
    let supplied = &capture.supplied;
    if let Some(headline) = &supplied.headline {
        article.headline = Some(Headline {
            text: MappedText::new(),
            supplied: Some(headline.clone()),
            basis: Basis::Supplied,
        });
    }
    if let Some(publisher) = &supplied.publisher {
        article.publisher = Some(supplied_evidence(publisher));
    }
    if let Some(byline) = &supplied.byline {
        article.byline = Some(supplied_evidence(byline));
    }
    if let Some(code) = &supplied.language {
        article.language = Some(Language { code: code.clone(), confidence: 1.0, basis: Basis::Supplied });
    }
    if let Some(value) = supplied.published {
        let (quote, reason) = (value.to_string(), "supplied with the input".to_owned());
        let candidate = DateCandidate {
            value,
            basis: Basis::Supplied,
            quote: quote.clone(),
            bytes: None,
            reason: reason.clone(),
            weight: i32::MAX,
        };
        article.date_candidates.insert(0, candidate);
        article.published = Some(Published { value, basis: Basis::Supplied, quote, bytes: None, reason });
    }
}

fn supplied_evidence(value: &str) -> Evidence {
    Evidence { value: value.to_owned(), quote: value.to_owned(), basis: Basis::Supplied, bytes: None }
}
