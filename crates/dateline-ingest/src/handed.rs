//! A page that another program holds in memory: a row of a data frame, an answer of a web client.

use dateline_model::{Diagnostic, Severity};

use crate::charset::CharsetClues;
use crate::config::Config;
use crate::form::begins_html;
use crate::header::media_type;
use crate::ingested::Ingested;
use crate::meta;
use crate::page::{self, Kind};
use crate::source::Source;
use crate::warc::page_kind;

/// A page in memory, with what its holder knows of it.
#[derive(Clone, Debug, Default)]
pub struct HandedPage {
    /// What the report is called.
    pub id: String,
    /// The server's word for what the bytes are: `text/html; charset=utf-8`. Where there is none, the bytes tell.
    pub content_type: Option<String>,
    /// Address of the page.
    pub uri: Option<String>,
    /// When it was fetched, ISO 8601.
    pub retrieved: Option<String>,
    /// The body, without transfer and content encoding.
    pub bytes: Vec<u8>,
}

/// The capture of a page in memory; it is read as a web archive's record with the same body and type is. `name` and
/// `place` say where it came from.
#[must_use]
pub fn handed(page: HandedPage, (name, place): (&str, String), config: &Config) -> Ingested {
    let source = Source { file: name.to_owned(), name: name.to_owned() };
    let place = Some(place);
    let Some(kind) = kind(&page) else {
        let message = format!("without a page: of type {}", page.content_type.unwrap_or_default());
        return source.aside(place, Diagnostic::new("no-page", Severity::Note, message));
    };
    let charset = page.content_type.as_deref().and_then(meta::parameter);
    let clues = CharsetClues { header: charset.as_deref(), uri: page.uri.as_deref() };
    let mut held = match page::page(page.bytes, kind, clues, config) {
        Ok(held) => held,
        Err(reason) => return source.aside(place, reason),
    };
    let retrieved = page.retrieved.as_deref().and_then(|time| time.parse().ok());
    if let (Some(time), None) = (&page.retrieved, retrieved) {
        let remark = Diagnostic::new("bad-date", Severity::Note, "the time of retrieval cannot be read");
        held.diagnostics.push(remark.quoting(time.clone()));
    }
    let mut capture = source.capture(page.id, place, held);
    capture.uri = page.uri;
    capture.retrieved = retrieved;
    Ingested::Capture(capture)
}

/// What the bytes are, by their type or else by how they begin; none for pictures and the like.
fn kind(page: &HandedPage) -> Option<Kind> {
    match page.content_type.as_deref().and_then(media_type) {
        Some(content_type) => page_kind(&content_type),
        None if begins_html(&page.bytes) => Some(Kind::Html),
        None => Some(Kind::Text),
    }
}

#[cfg(test)]
mod tests {
    use dateline_model::MediaType;

    use super::*;

    fn check(content_type: Option<&str>, bytes: &[u8], expected: Result<MediaType, &str>) {
        let page = HandedPage {
            id: "a".into(),
            content_type: content_type.map(str::to_owned),
            bytes: bytes.to_vec(),
            ..HandedPage::default()
        };
        let told = match handed(page, ("rows", "row 1".into()), &Config::default()) {
            Ingested::Capture(capture) => Ok(capture.media_type),
            Ingested::SetAside(aside) => Err(aside.diagnostic.code),
        };
        assert_eq!(told, expected.map_err(str::to_owned), "{content_type:?}");
    }

    #[test]
    fn the_type_tells_what_a_page_is_and_else_its_bytes() {
        check(Some("text/html; charset=utf-8"), b"<p>Talks ended.", Ok(MediaType::Html));
        check(Some("Text/Plain"), b"<p>Talks ended.", Ok(MediaType::Text));
        check(None, b"<!doctype html><p>Talks ended.", Ok(MediaType::Html));
        check(None, b"Talks ended.", Ok(MediaType::Text));
        check(Some("image/png"), b"\x89PNG", Err("no-page"));
        check(Some("text/html"), b" \n", Err("empty"));
        check(Some("text/html"), b"%PDF-1.7", Err("binary"));
    }
}
