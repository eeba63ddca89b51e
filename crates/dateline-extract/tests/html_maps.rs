//! Every stretch of text that is read from a page equals the decoded bytes at its place.
//!
//! Runs over the samples here and, where the neighbour folder `../shared` is at hand, over all pages
//! of its data set `extract`.

use std::io::Read;
use std::path::Path;

use dateline_extract::decode;
use dateline_extract::html::{Page, Reader, ReferencePlace, reference};
use dateline_ingest::{CharsetClues, detect_charset};
use dateline_model::{MappedText, StretchKind};
use flate2::read::GzDecoder;

/// Checks one text against the bytes: each stretch by itself, and that nothing visible is without bytes.
fn check_map(text: &MappedText, bytes: &[u8], charset: &str) {
    let mut covered = 0;
    for stretch in text.map() {
        let (here, there) = (&text.as_str()[stretch.text.range()], &bytes[stretch.bytes.range()]);
        let between = &text.as_str()[covered..stretch.text.range().start];
        assert!(between.chars().all(char::is_whitespace), "no bytes for {between:?}");
        covered = stretch.text.range().end;
        match stretch.kind {
            StretchKind::Same => assert_eq!(here.as_bytes(), there),
            StretchKind::Decoded => assert_eq!(here, unescaped(decode(there, charset).as_str())),
        }
    }
    assert!(text.as_str()[covered..].chars().all(char::is_whitespace));
}

/// The text of one reference, or the text itself.
fn unescaped(text: &str) -> String {
    match reference(text, ReferencePlace::Text) {
        Some(found) if found.length == text.len() => found.text.as_str(&mut [0; 4]).to_owned(),
        _ => text.to_owned(),
    }
}

fn check(reader: &Reader, bytes: &[u8]) {
    let charset = detect_charset(bytes, CharsetClues::default()).0.name;
    let decoded = decode(bytes, charset);
    let page: Page<'_> = reader.read(&decoded);
    check_map(&page.text(), bytes, charset);
    page.blocks.iter().for_each(|b| check_map(&b.text, bytes, charset));
}

#[test]
fn samples_keep_their_bytes() {
    let reader = Reader::new();
    for page in [
        &b"<p>R&amp;D caf&eacute; &#8217; so&shy;ft  a\n b&nbsp;c<br>d <pre>x\n y</pre>"[..],
        b"\xEF\xBB\xBF<p>mark",
        b"<meta charset=windows-1251><p>\xCC\xEE\xF1\xEA\xE2\xE0 &laquo;x&raquo;",
        b"<p>bad \xFF\xC3 bytes &#xD800; &notit; &unknown;",
    ] {
        check(&reader, page);
    }
}

/// Pages made of pieces in any order: nothing panics, and every character keeps its bytes.
#[test]
fn broken_pages_keep_their_bytes() {
    const PIECES: [&[u8]; 24] = [
        b"<p>",
        b"</p>",
        b"<a href=x>",
        b"</a>",
        b"<div class='comments'>",
        b"</div>",
        b"<table>",
        b"<td>",
        b"<b>",
        b"</b>",
        b"<!--",
        b"-->",
        b"<script>",
        b"</script>",
        b"word ",
        b"&amp;",
        b"&#x110000;",
        b"\xFF",
        b"\"",
        b"'",
        b"<li>",
        b"<h1>",
        b"<",
        b"\"articleBody\": \"",
    ];
    let reader = Reader::new();
    let mut state = 1u64;
    for _ in 0..300 {
        let mut page = Vec::new();
        for _ in 0..60 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            page.extend_from_slice(PIECES[(state >> 33) as usize % PIECES.len()]);
        }
        check(&reader, &page);
    }
}

#[test]
fn storms_are_read() {
    let reader = Reader::new();
    for (storm, times) in [
        ("<div>", 100_000),
        ("<p>a", 100_000),
        ("<a href='", 100_000),
        ("<b><p>", 20_000),
        ("<", 500_000),
        ("<table><tr><td>x", 30_000),
        ("<br>a", 100_000),
        ("&", 500_000),
        ("</div>", 100_000),
        ("<li><ul>", 50_000),
    ] {
        let page = storm.repeat(times);
        let decoded = decode(page.as_bytes(), "utf-8");
        let _ = reader.read(&decoded).set_aside();
    }
}

#[test]
fn public_pages_keep_their_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/extract/pages");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let reader = Reader::new();
    for entry in entries {
        let file = std::fs::File::open(entry.unwrap().path()).unwrap();
        let mut bytes = Vec::new();
        GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        check(&reader, &bytes);
    }
}
