//! Small files that unpack to large ones: each is set aside at the bound, and memory stays within it. One test, for
//! memory is measured of the whole process.

use std::io::{Cursor, Write};

use dateline_ingest::{Config, Form, Ingested, read};

/// So many bytes of one letter stand in each bomb.
const LARGE: usize = 128 << 20;
/// The most that a page may hold here.
const LIMIT: usize = 1 << 20;

#[test]
fn what_unpacks_without_end_is_cut_at_the_bound() {
    let letters = || std::iter::repeat_n(vec![b'x'; 1 << 20], LARGE >> 20);
    let gzip = |head: &[u8], tail: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(head).unwrap();
        letters().for_each(|part| packer.write_all(&part).unwrap());
        packer.write_all(tail).unwrap();
        packer.finish().unwrap()
    };
    let zstd = |head: &[u8], tail: &[u8]| {
        let mut packer = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        packer.write_all(head).unwrap();
        letters().for_each(|part| packer.write_all(&part).unwrap());
        packer.write_all(tail).unwrap();
        packer.finish().unwrap()
    };
    let record = |body: &[u8], encoding: &str| {
        let http =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}\r\n\r\n");
        let length = http.len() + body.len();
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n{http}");
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    };
    let long = format!(
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: {LARGE}\r\n\r\n"
    );
    let page = b"<p>The ferry sank.";
    let laughs = laughs();
    let cases: [(&str, Vec<u8>, Form, &str); 9] = [
        ("gzip", gzip(page, b""), Form::Html, "too-large"),
        ("zstd", zstd(page, b""), Form::Html, "too-large"),
        ("a line", gzip(b"{\"text\": \"", b"\"}\n"), Form::JsonLines, "too-large"),
        ("a line in zstd", zstd(b"{\"text\": \"", b"\"}\n"), Form::JsonLines, "too-large"),
        ("a record", gzip(long.as_bytes(), b"\r\n\r\n"), Form::Warc, "too-large"),
        ("a body", record(&gzip(page, b""), "gzip"), Form::Warc, "too-large"),
        ("a body in zstd", record(&zstd(page, b""), "zstd"), Form::Warc, "too-large"),
        ("a header without end", gzip(b"WARC/1.0\r\nX: ", b"\r\n\r\n"), Form::Warc, "cut-record"),
        ("entities of entities", laughs, Form::Feed, ""),
    ];
    let before = peak();
    for (name, bytes, form, expected) in cases {
        let config = Config { max_capture: LIMIT, ..Config::default() };
        let mut codes = Vec::new();
        for found in read(Cursor::new(bytes), "bomb", form, &config) {
            match found {
                Ingested::Capture(page) => assert!(page.bytes.len() <= LIMIT, "{name}"),
                Ingested::SetAside(aside) => codes.push(aside.diagnostic.code),
            }
        }
        assert!(expected.is_empty() || codes.iter().any(|code| code == expected), "{name}: {codes:?}");
    }
    let grown = peak().zip(before).map(|(after, before)| after - before);
    // What is unpacked is held in buffers of some hundred kilobytes beside the page itself.
    assert!(grown.unwrap_or(0) < 64 << 10, "{grown:?} KiB more for bombs of {LARGE} bytes");
}

/// Each entity ten times the one before it.
fn laughs() -> Vec<u8> {
    let mut feed = String::from("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY l0 \"ha\">");
    for n in 1..12 {
        feed += &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    }
    feed += "]><rss version=\"2.0\"><channel><title>T</title><item><title>&l11;</title><description>&l11; words</description></item></channel></rss>";
    feed.into_bytes()
}

/// The most memory that this process ever held, in KiB; none where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
