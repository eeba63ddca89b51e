//! Reports to fill a record with.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_model::{
    Article, Basis, Capture, Charset, CharsetBasis, Digest, Evidence, MappedText, MediaType, Origin, Report,
    Supplied,
};
use dateline_store::{Found, KeepBytes, PackedReport, StoreWriter};

/// A folder of its own for a test, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A report as it is read.
pub(crate) fn report(id: &str, publisher: &str, text: &str) -> PackedReport {
    let capture = capture(id, text);
    let article = article(&capture, publisher, text);
    let report = Report { text: text.to_owned(), ..Report::default() };
    let found = Found {
        article: &article,
        report: &report,
        readings: None,
        diagnostics: &[],
        line: "{}",
        map: "[]",
        dossier: "{}",
    };
    PackedReport::new(&capture, found, KeepBytes::Yes)
}

fn capture(id: &str, text: &str) -> Capture {
    Capture {
        id: id.to_owned(),
        bytes: Arc::from(text.as_bytes()),
        sha256: Digest([text.len() as u8; 32]),
        media_type: MediaType::Text,
        charset: Charset { name: "UTF-8", basis: CharsetBasis::Valid },
        uri: None,
        retrieved: None,
        origin: Origin { file: "pile.jsonl".to_owned(), place: None },
        supplied: Supplied::default(),
        diagnostics: Vec::new(),
    }
}

fn article(capture: &Capture, publisher: &str, text: &str) -> Article {
    let mut mapped = MappedText::new();
    mapped.push_same(text, 0);
    let (value, quote) = (publisher.to_owned(), String::new());
    Article {
        id: capture.id.clone(),
        uri: None,
        sha256: capture.sha256,
        media_type: capture.media_type,
        charset: capture.charset,
        retrieved: None,
        language: None,
        headline: None,
        publisher: Some(Evidence { value, quote, basis: Basis::Supplied, bytes: None }),
        byline: None,
        credits: Vec::new(),
        canonical: None,
        published: None,
        date_candidates: Vec::new(),
        dateline: None,
        text: mapped,
        set_aside: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// A record of these reports.
pub(crate) fn made(path: &Path, reports: &[PackedReport]) -> StoreWriter {
    let mut record = StoreWriter::open(path).unwrap();
    record.add(reports, &[], "test").unwrap();
    record
}
