//! Web archives: which records of a WARC or WET file hold a page, and what is known of it.
//!
//! Responses, resources and conversions of a page's type are pages. Requests, metadata, revisits,
//! pictures, errors of servers are not; they are counted, and each kind makes one remark at the end.

use std::sync::LazyLock;

use dateline_model::{Capture, Diagnostic, Severity};
use serde::Deserialize;

use crate::charset::CharsetClues;
use crate::config::Config;
use crate::form;
use crate::header::Header;
use crate::http::{self, Message};
use crate::ingested::Ingested;
use crate::meta;
use crate::page::{self, Kind};
use crate::records::{self, Find, Record, Records};
use crate::source::{Page, Source};
use crate::tally::{Count, Tally};
use crate::unpack::Unpacked;

/// Reads the pages of an archive.
pub(crate) struct Archive {
    records: Records,
    source: Source,
    config: Config,
    without_page: Tally,
}

/// What a record holds.
enum Content {
    Page(Page),
    /// A page's record that gives none, and why.
    Refused(Diagnostic),
    /// What every archive holds beside its pages: nothing to remark.
    Framing,
    /// No page; the kind it is counted under.
    Other(String),
}

impl Archive {
    pub(crate) fn new(stream: Unpacked, source: Source, config: Config) -> Self {
        let bounds = records::Bounds { block: config.limit(), header: RULES.max_header };
        let records = Records::new(stream, bounds);
        Self { records, source, config, without_page: Tally::default() }
    }

    /// What a record gives; nothing if it holds no page.
    fn record(&mut self, record: Record) -> Option<Ingested> {
        let Record { place, header, block, fault } = record;
        let is_too_large = block.is_too_large();
        let content = match self.content(&header, block.bytes) {
            Content::Page(_) if is_too_large => Content::Refused(page::too_large(&self.config)),
            content => content,
        };
        match content {
            Content::Page(mut page) => {
                page.diagnostics.extend(fault);
                Some(Ingested::Capture(self.capture(&header, &place, page)))
            }
            Content::Refused(reason) => {
                let reason = fault.filter(|_| !is_too_large).unwrap_or(reason);
                Some(self.source.aside(Some(format!("record at {place}")), reason))
            }
            Content::Framing => {
                fault.map(|fault| self.source.aside(Some(format!("record at {place}")), fault))
            }
            Content::Other(kind) => {
                self.without_page.count(&kind, || place.clone());
                fault.map(|fault| self.source.aside(Some(format!("record at {place}")), fault))
            }
        }
    }

    fn content(&self, header: &Header, block: Vec<u8>) -> Content {
        let kind = header.field("warc-type").unwrap_or("untyped").to_ascii_lowercase();
        if matches!(kind.as_str(), "warcinfo" | "request" | "metadata") {
            return Content::Framing;
        }
        if !matches!(kind.as_str(), "response" | "resource" | "conversion") {
            return Content::Other(format!("{kind} records"));
        }
        let uri = header.bare("warc-target-uri");
        if kind == "response" && block.starts_with(b"HTTP/") {
            return self.response(block, uri);
        }
        self.body(header, block, uri)
    }

    fn response(&self, block: Vec<u8>, uri: Option<&str>) -> Content {
        let bounds = http::Bounds {
            header: RULES.max_header,
            body: self.config.limit(),
            encodings: RULES.max_encodings,
        };
        let message = Message::parse(block, bounds);
        if !(200..300).contains(&message.status()) {
            return Content::Other(format!("responses of status {}", message.status()));
        }
        match self.body(&message.header, message.body, uri) {
            Content::Page(mut page) => {
                page.diagnostics.extend(message.diagnostics);
                Content::Page(page)
            }
            other => other,
        }
    }

    fn body(&self, header: &Header, body: Vec<u8>, uri: Option<&str>) -> Content {
        let content_type = header.content_type();
        let Some(kind) = content_type.as_deref().map_or_else(|| begins_html(&body), page_kind) else {
            return Content::Other(format!(
                "records of type {}",
                content_type.as_deref().unwrap_or("unknown")
            ));
        };
        let charset = header.field("content-type").and_then(meta::parameter);
        let clues = CharsetClues { header: charset.as_deref(), uri };
        page::page(body, kind, clues, &self.config).map_or_else(Content::Refused, Content::Page)
    }

    fn capture(&self, header: &Header, place: &str, mut page: Page) -> Capture {
        let date = header.field("warc-date");
        let retrieved = date.and_then(|date| date.parse().ok());
        if let (Some(date), None) = (date, retrieved) {
            let remark = Diagnostic::new("bad-date", Severity::Note, "the record's WARC-Date cannot be read");
            page.diagnostics.push(remark.quoting(date));
        }
        if let Some(why) = header.field("warc-truncated") {
            let message = "the crawler cut the page; its end is not in the archive";
            page.diagnostics.push(Diagnostic::new("cut-by-crawler", Severity::Note, message).quoting(why));
        }
        let id = header.bare("warc-record-id");
        let id = id.map_or_else(|| format!("{}:{place}", self.source.name), str::to_owned);
        let mut capture = self.source.capture(id, Some(format!("record at {place}")), page);
        capture.uri = header.bare("warc-target-uri").map(str::to_owned);
        capture.retrieved = retrieved;
        capture
    }

    /// One remark for all records of a kind.
    fn remark(&self, Count { kind, count, first }: Count) -> Ingested {
        let message = format!("without a page: {kind}, {count} in number");
        let remark = Diagnostic::new("no-page", Severity::Note, message);
        self.source.aside(Some(format!("first at {first}")), remark)
    }
}

impl Iterator for Archive {
    type Item = Ingested;

    fn next(&mut self) -> Option<Ingested> {
        while let Some(find) = self.records.next() {
            match find {
                Find::Damage { place, diagnostic } => {
                    return Some(self.source.aside(Some(place), diagnostic));
                }
                Find::Record(record) => {
                    if let Some(ingested) = self.record(*record) {
                        return Some(ingested);
                    }
                }
            }
        }
        self.without_page.take().map(|count| self.remark(count))
    }
}

/// A body without a type is a page if it begins so.
fn begins_html(body: &[u8]) -> Option<Kind> {
    form::begins_html(body).then_some(Kind::Html)
}

/// Markup or words, if pages are of that content type.
pub(crate) fn page_kind(content_type: &str) -> Option<Kind> {
    let is_in = |types: &[String]| types.iter().any(|known| known == content_type);
    match () {
        () if is_in(&RULES.html) => Some(Kind::Html),
        () if is_in(&RULES.text) => Some(Kind::Text),
        () => None,
    }
}

#[derive(Deserialize)]
struct Rules {
    html: Vec<String>,
    text: Vec<String>,
    max_header: usize,
    max_encodings: usize,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/ingest/warc.toml"))
        .expect("data/ingest/warc.toml is read by every test")
});
