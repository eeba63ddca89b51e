//! One capture in, one article out: which reading a page gets, and what the input supplied.

use std::sync::LazyLock;

use dateline_model::{
    Article, Basis, Capture, CharsetBasis, DateCandidate, Evidence, Headline, Language, MappedText,
    MediaType, Published,
};

use crate::decode::{decode, decode_string};
use crate::flat::language::language;
use crate::flat::{self, Known, RecurringLines};
use crate::html;
use crate::metadata::{MetadataReader, PageOrigin, key};
use crate::published::{DateReader, LinesContext};

/// The tables of all readings, loaded once and shared by threads.
///
/// Those for HTML are read with the first page of HTML: a pile of flattened pages does without them.
#[derive(Debug)]
pub struct Extractor {
    flat: flat::Reader,
    html: LazyLock<html::Reader>,
    metadata: LazyLock<MetadataReader>,
    dates: DateReader,
    recurring: RecurringLines,
}

impl Default for Extractor {
    fn default() -> Self {
        Self {
            flat: flat::Reader::new(),
            html: LazyLock::new(html::Reader::new),
            metadata: LazyLock::new(MetadataReader::new),
            dates: DateReader::new(),
            recurring: RecurringLines::default(),
        }
    }
}

impl Extractor {
    /// Reads the tables under `data/extract/`, which are part of the program.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, with a table of the lines that recur over pages of one publisher.
    ///
    /// What an article is read to be depends on its capture and on this table, never on another article.
    #[must_use]
    pub fn with_recurring(self, recurring: RecurringLines) -> Self {
        Self { recurring, ..self }
    }

    /// The article in `capture`. Never fails: what cannot be told stays `None`, with a diagnostic.
    #[must_use]
    pub fn extract(&self, capture: &Capture) -> Article {
        let decoded = match (capture.media_type, capture.charset.basis) {
            (MediaType::Article, CharsetBasis::Defined) => decode_string(&capture.bytes),
            _ => decode(&capture.bytes, capture.charset.name),
        };
        let mut article = blank(capture);
        match capture.media_type {
            MediaType::Article => take_whole(&mut article, decoded),
            MediaType::Text => self.read_flat(&mut article, &decoded, capture),
            MediaType::Html => self.read_html(&mut article, &decoded, capture),
        }
        apply_supplied(&mut article, capture);
        credit_others_alone(&mut article);
        article
    }

    fn read_flat(&self, article: &mut Article, decoded: &MappedText, capture: &Capture) {
        let known = Known {
            address: capture.uri.as_deref(),
            publisher: capture.supplied.publisher.as_deref(),
            headline: capture.supplied.headline.as_deref(),
            recurring: Some(&self.recurring),
        };
        let reading = self.flat.read(decoded, known);
        let context = LinesContext {
            address: capture.uri.as_deref(),
            retrieved: capture.retrieved,
            language: reading.language.as_ref().map(|l| l.code.as_str()),
        };
        let dated = self.dates.of_lines(decoded, &reading.page, context);
        article.published = dated.published;
        article.date_candidates = dated.candidates;
        article.headline = reading.headline;
        article.publisher = reading.publisher;
        article.byline = reading.byline;
        article.credits = reading.credits;
        article.dateline = reading.dateline;
        article.language = reading.language;
        article.text = reading.text;
        article.set_aside = reading.set_aside;
        article.diagnostics.extend(reading.diagnostics);
    }

    fn read_html(&self, article: &mut Article, decoded: &MappedText, capture: &Capture) {
        let page = self.html.read(decoded);
        let origin = PageOrigin { address: capture.uri.as_deref(), retrieved: capture.retrieved };
        let metadata = self.metadata.of_page(&page.document, origin);
        let report = html::Origin::of(&page, self.flat.agencies());
        article.published = metadata.published;
        article.date_candidates = metadata.date_candidates;
        let name = metadata.publisher.clone().filter(|name| name.basis != Basis::Url);
        article.publisher = name.or_else(|| html::publisher_of_imprint(&page)).or(metadata.publisher);
        article.headline = match bold_headline(&page) {
            Some(printed) if names_no_report(metadata.headline.as_ref(), article.publisher.as_ref()) => {
                Some(printed)
            }
            _ => metadata.headline,
        };
        article.byline = metadata.byline;
        article.canonical = metadata.canonical;
        article.credits = report.credits;
        article.dateline = report.dateline;
        article.language =
            language(report.text.as_str()).or(metadata.language.as_deref().and_then(declared_language));
        article.set_aside = page.set_aside();
        article.set_aside.extend(report.cut);
        article.set_aside.sort_by_key(|piece| piece.bytes);
        article.text = report.text;
        article.diagnostics.extend(flat::diagnostics(&article.text));
    }
}

/// The headline that a page without headings prints in bold.
fn bold_headline(page: &html::Page<'_>) -> Option<Headline> {
    let block = page.blocks.get(page.bold_headline?)?;
    Some(Headline { text: block.text.clone(), supplied: None, basis: Basis::Printed })
}

/// Is there no title, or one that begins with the site's name and so is the site's?
fn names_no_report(title: Option<&Headline>, publisher: Option<&Evidence>) -> bool {
    let Some(title) = title else { return true };
    let name = publisher.map(|name| key(&name.value)).filter(|name| !name.is_empty());
    name.is_some_and(|name| key(title.as_str()).starts_with(&name))
}

/// An outlet that names itself in its own dateline credits nobody.
fn credit_others_alone(article: &mut Article) {
    if let Some(publisher) = &article.publisher {
        article.credits.retain(|credit| credit.value != publisher.value);
    }
}

/// What the page says of itself, where its text says too little.
fn declared_language(declared: &str) -> Option<Language> {
    let code = declared.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    is_code.then_some(Language { code, confidence: 0.5, basis: Basis::Metadata })
}

/// The input says that its text is the article: not a character of it is changed.
fn take_whole(article: &mut Article, decoded: MappedText) {
    article.language = language(decoded.as_str());
    article.text = decoded;
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
