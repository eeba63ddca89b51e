//! What every fuzz target holds the parsers to: they end, within bounds, and tell the truth.

use std::io::Cursor;
use std::sync::LazyLock;

use dateline_extract::html::Reader;
use dateline_ingest::{CharsetClues, Config, Form, Ingested, detect_charset, read};
use dateline_model::Capture;

/// The most that one capture may hold while fuzzing: small, so that the bounds themselves are met.
const MOST: usize = 1 << 14;

/// Reads `data` as a file of this form and checks all that comes out.
pub fn drain(data: &[u8], form: Form) {
    let config = Config { max_capture: MOST, ..Config::default() };
    // Each result takes at least a byte of the file, or of what a byte of it can unpack to.
    let most = data.len() * 2000 + 2000;
    for (number, ingested) in read(Cursor::new(data.to_vec()), "file", form, &config).enumerate() {
        assert!(number < most, "reading does not end");
        match ingested {
            Ingested::Capture(capture) => check(&capture),
            Ingested::SetAside(aside) => assert!(!aside.to_string().is_empty()),
        }
    }
}

fn check(capture: &Capture) {
    assert!(capture.bytes.len() <= MOST, "a capture is larger than allowed");
    assert!(!capture.id.is_empty(), "a capture has no name");
    let text = dateline_extract::decode(&capture.bytes, capture.charset.name);
    assert!(text.bytes().is_none_or(|span| span.range().end <= capture.bytes.len()));
}

/// Reads a page of HTML: every block is told once, and every visible character of it has its bytes.
pub fn html(data: &[u8]) {
    static READER: LazyLock<Reader> = LazyLock::new(Reader::new);
    let charset = detect_charset(data, CharsetClues::default()).0;
    let decoded = dateline_extract::decode(data, charset.name);
    let page = READER.read(&decoded);
    assert_eq!(page.blocks.len(), page.roles.len(), "a block without a role");
    for text in page.blocks.iter().map(|b| &b.text).chain([&page.text()]) {
        let mut covered = 0;
        for stretch in text.map() {
            assert!(stretch.bytes.range().end <= data.len(), "bytes beyond the page");
            assert!(text.as_str()[covered..stretch.text.range().start].trim().is_empty(), "text without bytes");
            covered = stretch.text.range().end;
        }
        assert!(text.as_str()[covered..].trim().is_empty(), "text without bytes");
    }
}

/// Tells the charset of a page whose first line is its HTTP header's, and decodes it.
pub fn charset(data: &[u8]) {
    let (header, page) = data.iter().position(|b| *b == b'\n').map_or((&[][..], data), |at| data.split_at(at));
    let header = std::str::from_utf8(header).ok();
    let (charset, remark) = detect_charset(page, CharsetClues { header, uri: header });
    let again = detect_charset(page, CharsetClues { header, uri: header });
    assert_eq!((charset, &remark), (again.0, &again.1), "the same bytes, the same charset");
    let text = dateline_extract::decode(page, charset.name);
    assert!(text.bytes().is_none_or(|span| span.range().end <= page.len()));
}
