//! One file that is one page: HTML, or plain text.

use std::io::Read;

use dateline_model::{Diagnostic, MediaType, Severity};

use crate::charset::{CharsetClues, detect_charset};
use crate::config::{Config, Treatment};
use crate::damage::Damage;
use crate::form;
use crate::ingested::Ingested;
use crate::saved::Saved;
use crate::source::{Page, Source};
use crate::unpack::Unpacked;

/// The page that fills a whole file.
pub(crate) fn whole_file(mut stream: Unpacked, source: &Source, kind: Kind, config: &Config) -> Ingested {
    let (bytes, damage) = read_within(&mut stream, config.limit());
    let saved = Saved::of(&bytes);
    let page = page(bytes, kind, CharsetClues { header: None, uri: saved.uri.as_deref() }, config);
    match (page, damage) {
        (Ok(mut page), damage) => {
            page.diagnostics.extend(damage.map(|d| Diagnostic::new(d.code, Severity::Warning, d.message)));
            let mut capture = source.capture(source.name.clone(), None, page);
            capture.uri = saved.uri;
            capture.retrieved = saved.retrieved;
            Ingested::Capture(capture)
        }
        (Err(_), Some(damage)) => source.failed(None, damage.code, damage.message),
        (Err(reason), None) => source.aside(None, reason),
    }
}

/// Markup or words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Html,
    Text,
}

impl Kind {
    pub(crate) fn media_type(self, config: &Config) -> MediaType {
        match (self, config.treatment) {
            (Self::Html, _) => MediaType::Html,
            (Self::Text, Treatment::Clean) => MediaType::Text,
            (Self::Text, Treatment::AsIs) => MediaType::Article,
        }
    }
}

/// Bytes as a page, or why they are none: too many, none, or no text.
pub(crate) fn page(
    bytes: Vec<u8>,
    kind: Kind,
    clues: CharsetClues<'_>,
    config: &Config,
) -> Result<Page, Diagnostic> {
    if bytes.len() > config.limit() {
        return Err(too_large(config));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Diagnostic::new("empty", Severity::Warning, "holds no text"));
    }
    let (charset, remark) = detect_charset(&bytes, clues);
    if !charset.name.starts_with("UTF-16")
        && let Some(what) = form::binary(&bytes)
    {
        return Err(Diagnostic::new("binary", Severity::Warning, format!("no page but {what}")));
    }
    let diagnostics = remark.into_iter().collect();
    Ok(Page { bytes, media_type: kind.media_type(config), charset, diagnostics })
}

pub(crate) fn too_large(config: &Config) -> Diagnostic {
    let message = format!("larger than {} bytes, the most that one page may hold", config.limit());
    Diagnostic::new("too-large", Severity::Warning, message)
}

/// Reads to the end, but one byte beyond `limit` at most; what was read before damage is kept.
fn read_within(stream: &mut Unpacked, limit: usize) -> (Vec<u8>, Option<Damage>) {
    let mut bytes = Vec::new();
    let outcome = stream.take(limit as u64 + 1).read_to_end(&mut bytes);
    (bytes, outcome.err().map(|error| Damage::of(&error)))
}
