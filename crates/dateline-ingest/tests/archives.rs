//! Web archives, sound and damaged: which records come out, where they stand, and what is said.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::io::{Cursor, Write};

use dateline_ingest::{Config, Form, Ingested, Treatment, read};
use dateline_model::{Capture, CharsetBasis, MediaType};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn record(kind: &str, number: usize, content_type: &str, block: &[u8]) -> Vec<u8> {
    claiming(block.len() as i64, kind, number, content_type, block)
}

fn claiming(length: i64, kind: &str, number: usize, content_type: &str, block: &[u8]) -> Vec<u8> {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{number}>\r\nWARC-Target-URI: http://news.example/{number}\r\n\
         WARC-Date: 2016-10-19T12:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
    );
    [header.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn block(number: usize) -> Vec<u8> {
    let words = "The ministers met again. ".repeat(20);
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Page {number}. {words}</p>").into_bytes()
}

fn response(number: usize) -> Vec<u8> {
    record("response", number, "application/http; msgtype=response", &block(number))
}

fn lying(number: usize, by: i64) -> Vec<u8> {
    let block = block(number);
    claiming(block.len() as i64 + by, "response", number, "application/http", &block)
}

fn all(bytes: Vec<u8>) -> Vec<Ingested> {
    read(Cursor::new(bytes), "crawl.warc.gz", Form::Warc, &Config::default()).collect()
}

/// One word for each result: a capture's id, with `!` and code for each remark on it, or the code in
/// brackets of what was set aside.
fn told(results: &[Ingested]) -> String {
    let words = results.iter().map(|result| match result {
        Ingested::Capture(capture) => {
            let remarks = capture.diagnostics.iter().map(|remark| format!("!{}", remark.code));
            capture.id.clone() + &remarks.collect::<String>()
        }
        Ingested::SetAside(aside) => format!("[{}]", aside.diagnostic.code),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn captures(results: Vec<Ingested>) -> Vec<Capture> {
    results.into_iter().filter_map(Ingested::capture).collect()
}

fn check(bytes: Vec<u8>, expected: &str) {
    let results = all(bytes);
    assert_eq!(told(&results), expected);
    for capture in captures(results) {
        let sound = block(capture.id.parse().unwrap());
        if !capture.diagnostics.iter().any(|remark| remark.code != "wrong-length") {
            assert!(sound.ends_with(&capture.bytes), "the page is whole and nothing else: {}", capture.id);
        }
    }
}

#[test]
fn every_kind_of_record() {
    let html = "<html><meta charset=koi8-r><p>\u{43d}".as_bytes();
    let bytes = [
        record("warcinfo", 0, "application/warc-fields", b"software: x"),
        record("request", 1, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            2,
            "application/http",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\r\n<p>caf\xE9",
        ),
        record(
            "response",
            3,
            "application/http",
            b"HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\n<p>gone",
        ),
        record(
            "response",
            4,
            "application/http",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
        ),
        record("response", 5, "text/dns", b"20160101\nnews.example. 1 IN A 192.0.2.1"),
        record("revisit", 6, "application/http", b"HTTP/1.1 200 OK\r\n\r\n"),
        record("resource", 7, "text/html", html),
        record("conversion", 8, "text/plain", b"Talks ended."),
        record("metadata", 9, "application/json", b"{}"),
        record("response", 10, "application/http", b"HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><p>no type"),
        record("request", 11, "application/http", b"GET / HTTP/1.1\r\n\r\n"),
    ]
    .concat();
    let results = all(bytes.clone());
    assert_eq!(told(&results), "2 7!charset-contradicted 8 10 [no-page] [no-page] [no-page] [no-page]");
    let notes: Vec<String> = results
        .iter()
        .filter_map(|r| if let Ingested::SetAside(aside) = r { Some(aside.to_string()) } else { None })
        .collect();
    assert!(
        notes.contains(
            &"crawl.warc.gz, first at byte 1139: without a page: records of type text/dns, 1 in number"
                .to_owned()
        ),
        "{notes:#?}"
    );
    let pages = captures(results);
    assert_eq!(pages[0].uri.as_deref(), Some("http://news.example/2"));
    assert_eq!(pages[0].retrieved.map(|m| m.to_string()).as_deref(), Some("2016-10-19T12:00Z"));
    assert_eq!((pages[0].charset.name, pages[0].charset.basis), ("windows-1252", CharsetBasis::Header));
    assert_eq!(&*pages[0].bytes, b"<p>caf\xE9");
    assert_eq!((pages[1].media_type, pages[2].media_type), (MediaType::Html, MediaType::Text));
    assert_eq!(&*pages[2].bytes, b"Talks ended.");

    let as_is = Config { treatment: Treatment::AsIs, ..Config::default() };
    let pages = captures(read(Cursor::new(bytes), "a.wet", Form::Warc, &as_is).collect());
    assert_eq!((pages[1].media_type, pages[2].media_type), (MediaType::Html, MediaType::Article));
}

#[test]
fn the_place_of_a_record_is_where_its_member_begins() {
    let members = [gzip(&response(0)), gzip(&response(1))];
    let pages = captures(all(members.concat()));
    assert_eq!(pages[1].origin.place, Some(format!("record at byte {}", members[0].len())));
    let pages = captures(all(gzip(&[response(0), response(1)].concat())));
    assert_eq!(pages[1].origin.place, Some(format!("record at unpacked byte {}", response(0).len())));
    let pages = captures(all([response(0), response(1)].concat()));
    assert_eq!(pages[1].origin.place, Some(format!("record at byte {}", response(0).len())));
}

#[test]
fn a_length_that_lies_costs_no_other_record() {
    for by in [-400, -20, -1] {
        check([response(0), lying(1, by), response(2), response(3)].concat(), "0 1!wrong-length 2 3");
        let packed = [gzip(&response(0)), gzip(&lying(1, by)), gzip(&response(2))].concat();
        check(packed, "0 1!wrong-length 2");
    }
    for by in [5, 60, 700, 900, 100_000, 1 << 40] {
        check([response(0), lying(1, by), response(2), response(3)].concat(), "0 1!wrong-length 2 3");
        check(
            [response(0), lying(1, by), lying(2, by), response(3)].concat(),
            "0 1!wrong-length 2!wrong-length 3",
        );
        let packed = [gzip(&response(0)), gzip(&lying(1, by)), gzip(&response(2))].concat();
        check(packed, "0 1!wrong-length 2");
        check(gzip(&[response(0), lying(1, by), response(2)].concat()), "0 1!wrong-length 2");
    }
    let cut =
        String::from_utf8(response(1)).unwrap().replace("WARC-Date", "WARC-Truncated: length\r\nWARC-Date");
    check(cut.into_bytes(), "1!cut-by-crawler");
    let unsaid = String::from_utf8(response(1)).unwrap().replace("Content-Length", "Length").into_bytes();
    check([response(0), unsaid, response(2)].concat(), "0 1!wrong-length 2");
}

#[test]
fn damage_costs_the_records_that_it_hits() {
    check([response(0), b"no record\r\n".to_vec(), response(2)].concat(), "0 [bad-record] 2");
    check([b"rubbish\r\n".to_vec(), response(2)].concat(), "[bad-record] 2");
    let packed = [gzip(&response(0)), b"rubbish".to_vec(), gzip(&response(2))].concat();
    check(packed, "0 [damaged-gzip] 2");
    let mut broken = gzip(&response(1));
    let middle = broken.len() / 2;
    broken[middle..middle + 8].fill(0xFF);
    let results = all([gzip(&response(0)), broken, gzip(&response(2)), gzip(&response(3))].concat());
    let told = told(&results);
    assert!(told.starts_with("0 ") && told.contains(" 2 3") && told.contains("damaged-gzip"), "{told}");
    let mut no_end = b"WARC/1.0\r\n".to_vec();
    no_end.extend(b"a: b\r\n".repeat(100_000));
    check([response(0), no_end, b"\r\n".to_vec(), response(2)].concat(), "0 [cut-record] [bad-record] 2");
}

#[test]
fn one_damaged_byte_costs_one_record() {
    let members: Vec<Vec<u8>> = (0..4).map(|n| gzip(&response(n))).collect();
    let whole = members.concat();
    let hit = members[0].len()..members[0].len() + members[1].len();
    for at in hit {
        for byte in [0x00, 0xFF, whole[at] ^ 1] {
            let mut damaged = whole.clone();
            damaged[at] = byte;
            let results = all(damaged);
            let ids: Vec<String> = captures(results).into_iter().map(|capture| capture.id).collect();
            for kept in ["0", "2", "3"] {
                assert!(ids.iter().any(|id| id == kept), "byte {at} as {byte:#x} costs {kept}: {ids:?}");
            }
        }
    }
}

#[test]
fn a_cut_archive_gives_what_it_holds() {
    let whole = [response(0), response(1)].concat();
    for cut in response(0).len()..whole.len() - 4 {
        let results = all(whole[..cut].to_vec());
        assert!(told(&results).starts_with('0'), "{cut}: {}", told(&results));
    }
    check(whole[..whole.len() - 50].to_vec(), "0 1!cut-record");
    let packed = [gzip(&response(0)), gzip(&response(1))].concat();
    let results = told(&all(packed[..packed.len() - 20].to_vec()));
    assert!(results == "0 1!truncated-gzip" || results == "0 [truncated-gzip]", "{results}");
    check(Vec::new(), "");
    check(b"\r\n\r\n".to_vec(), "");
}

#[test]
fn what_is_too_large_is_set_aside_and_passed_over() {
    let config = Config { max_capture: 1000, ..Config::default() };
    let large = |content_type: &str| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n");
        record("response", 1, "application/http", &[head.as_bytes(), &b"word ".repeat(100_000)].concat())
    };
    let told_of =
        |bytes: Vec<u8>| told(&read(Cursor::new(bytes), "a.warc", Form::Warc, &config).collect::<Vec<_>>());
    assert_eq!(told_of([response(0), large("text/html"), response(2)].concat()), "0 [too-large] 2");
    assert_eq!(told_of([response(0), large("video/mp4"), response(2)].concat()), "0 2 [no-page]");
    let bomb = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec(),
        gzip(&[b'a'; 90_000]),
    ]
    .concat();
    assert_eq!(
        told_of([record("response", 1, "application/http", &bomb), response(2)].concat()),
        "[too-large] 2"
    );
}
