//! Files and folders that mean harm or simply went wrong: each is set aside with its reason, and the
//! rest goes on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use dateline_ingest::{Config, Form, Ingested, Treatment, ingest, read};
use dateline_model::{Capture, MediaType};

/// A fresh folder below the build's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// Ids of captures, and codes with places of what was set aside.
fn told(results: impl Iterator<Item = Ingested>) -> Vec<String> {
    let word = |result| match result {
        Ingested::Capture(capture) => told_of(&capture),
        Ingested::SetAside(aside) => match aside.origin.place {
            Some(place) => format!("[{} {place}]", aside.diagnostic.code),
            None => format!("[{}]", aside.diagnostic.code),
        },
    };
    results.map(word).collect()
}

fn told_of(capture: &Capture) -> String {
    let remarks = capture.diagnostics.iter().map(|remark| format!("!{}", remark.code));
    capture.id.clone() + &remarks.collect::<String>()
}

fn lines(text: impl Into<Vec<u8>>) -> Vec<String> {
    told(read(std::io::Cursor::new(text.into()), "a.jsonl", Form::JsonLines, &Config::default()))
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names() {
    let pile = folder("order");
    for name in ["b.txt", "a/2.html", "a/1.txt", "c.jsonl", "a.txt", ".hidden.txt", ".git/x.txt"] {
        put(&pile, name, if name.ends_with("jsonl") { r#"{"text": "words"}"# } else { "words" });
    }
    for name in ["x.pdf", "y.pdf", "README"] {
        put(&pile, name, "words");
    }
    let expected = ["a/1.txt", "a/2.html", "a.txt", "b.txt", "c.jsonl:1", "[unknown-form]", "[unknown-form]"];
    assert_eq!(told(ingest([&pile], &Config::default())), expected);
    let named = [pile.join("a/2.html"), pile.join("x.pdf"), pile.join("absent.txt"), pile.join("b.txt")];
    let expected = ["2.html", "[unknown-form]", "[missing-file]", "b.txt"];
    assert_eq!(told(ingest(named, &Config::default())), expected);
}

#[test]
fn packed_pages_are_read_under_any_name() {
    let pile = folder("packed");
    put(&pile, "1.txt.gz", gzip(b"words"));
    put(&pile, "2.html", gzip(b"<p>words"));
    put(&pile, "3.txt.zst", zstd::encode_all(&b"words"[..], 1).unwrap());
    put(&pile, "4.txt.gz", b"not packed at all");
    put(&pile, "5.txt.gz", &gzip(&b"many words ".repeat(99))[..40]);
    put(&pile, "6.txt.gz", &gzip(b"words")[..5]);
    put(&pile, "7.txt.gz", gzip(&gzip(b"words")));
    let expected = [
        "1.txt.gz",
        "2.html",
        "3.txt.zst",
        "4.txt.gz",
        "5.txt.gz!truncated-gzip",
        "[truncated-gzip]",
        "[binary]",
    ];
    assert_eq!(told(ingest([&pile], &Config::default())), expected);
}

#[test]
fn a_file_under_a_wrong_name_is_read_as_what_it_is() {
    let pile = folder("wrong");
    let record = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:7>\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>\r\n\r\n";
    put(&pile, "1.txt", "<!DOCTYPE HTML><p>words");
    put(&pile, "2.html", record);
    put(&pile, "3.xml", "<html><p>words");
    put(&pile, "4.warc", gzip(record.as_bytes()));
    put(&pile, "5", gzip(b"<html><p>words"));
    put(&pile, "6.unknown", "words");
    let pages: Vec<_> = ingest([&pile], &Config::default()).filter_map(Ingested::capture).collect();
    let found: Vec<_> = pages.iter().map(|page| (page.id.as_str(), page.media_type)).collect();
    let html = |id| (id, MediaType::Html);
    assert_eq!(found, [html("1.txt"), html("urn:uuid:7"), html("3.xml"), html("urn:uuid:7")]);
    let named = [pile.join("5"), pile.join("6.unknown")];
    assert_eq!(told(ingest(named, &Config::default())), ["5", "[unknown-form]"]);
}

#[test]
fn files_without_a_page_are_set_aside() {
    let pile = folder("bad");
    put(&pile, "1.txt", "");
    put(&pile, "2.html", " \n\t ");
    put(&pile, "3.html", b"\x89PNG\r\n\x1a\n...");
    put(&pile, "4.txt", [0; 5000]);
    put(
        &pile,
        "5.txt",
        b"some \0 words \0 of a page that is read all the same, NULs and all, because they are few",
    );
    put(&pile, "6.txt", b"bad UTF-8 \xFF\xFE\xC3( here");
    put(&pile, "7.html", "<div>".repeat(100_000));
    put(&pile, "8.txt", "word ".repeat(1000));
    put(&pile, "9.jsonl", b"\x89PNG\r\n\x1a\n\0\0\0");
    let config = Config { max_capture: 600_000, ..Config::default() };
    let expected =
        ["[empty]", "[empty]", "[binary]", "[binary]", "5.txt", "6.txt", "7.html", "8.txt", "[binary]"];
    assert_eq!(told(ingest([&pile], &config)), expected);
    let config = Config { max_capture: 4999, ..Config::default() };
    assert!(told(ingest([pile.join("8.txt")], &config)) == ["[too-large]"]);
}

#[cfg(unix)]
#[test]
fn links_and_rights_stop_nothing() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let pile = folder("links");
    let other = folder("links-other");
    put(&pile, "a/page.txt", "words");
    put(&other, "page.txt", "other words");
    symlink(&pile, pile.join("a/loop")).unwrap();
    symlink("self", pile.join("b-self")).unwrap();
    symlink("nowhere", pile.join("c-broken.txt")).unwrap();
    symlink(&other, pile.join("d-other")).unwrap();
    symlink(&other, pile.join("e-again")).unwrap();
    symlink(pile.join("a"), pile.join("f-inside")).unwrap();
    symlink(pile.join("a/page.txt"), pile.join("g.txt")).unwrap();
    symlink(&pile, other.join("back")).unwrap();
    let expected = [
        "[symlink-loop]",
        "a/page.txt",
        "[broken-link]",
        "[broken-link]",
        "[symlink-loop]",
        "d-other/page.txt",
        "[seen-folder]",
        "[seen-folder]",
        "g.txt",
        "[linked-out]",
    ];
    assert_eq!(told(ingest([&pile], &Config::default())), expected);

    let closed = folder("closed");
    put(&closed, "a/page.txt", "words");
    put(&closed, "b.txt", "words");
    put(&closed, "c.txt", "words");
    for name in ["a", "b.txt"] {
        fs::set_permissions(closed.join(name), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let is_bound_by_rights = fs::read(closed.join("b.txt")).is_err();
    let found = told(ingest([&closed], &Config::default()));
    fs::set_permissions(closed.join("a"), fs::Permissions::from_mode(0o755)).unwrap();
    if is_bound_by_rights {
        assert_eq!(found, ["[unreadable-folder]", "[unreadable-file]", "c.txt"]);
    } else {
        assert_eq!(found, ["a/page.txt", "b.txt", "c.txt"], "the superuser is bound by no rights");
    }
}

#[test]
fn bad_lines_cost_no_other_line() {
    let text = [
        r#"{"id": "good", "text": "words", "extra": [1, {"deep": null}]}"#,
        r#"{"id": "types", "text": 5}"#,
        r#"{"id": "twice", "text": "a", "text": "b"}"#,
        r#"{"id": "cut", "text": "a"#,
        r#"["no", "object"]"#,
        r#"{"id": "neither"}"#,
        "",
        r#"{"id": "empty", "text": " "}"#,
        r#"{"id": 7, "text": "words"}"#,
        r#"{"text": "no id"}"#,
        r#"{"id": "date", "text": "words", "published": "yesterday"}"#,
        r#"{"id": "surrogate", "text": "\ud800"}"#,
        r#"{"id": "null", "text": "words", "headline": null, "published": null}"#,
    ]
    .join("\n");
    let expected = [
        "good",
        "[bad-json line 2]",
        "[bad-json line 3]",
        "[bad-json line 4]",
        "[bad-json line 5]",
        "[no-text line 6]",
        "[empty line 8]",
        "7",
        "a.jsonl:10",
        "date!bad-date",
        "[bad-json line 12]",
        "null",
    ];
    assert_eq!(lines(text), expected);
    assert_eq!(
        lines(*b"{\"text\": \"a\"}\r\n{\"text\": \"\xFF\"}\n{\"text\": \"b\"}"),
        ["a.jsonl:1", "[not-utf8 line 2]", "a.jsonl:3"]
    );
    assert_eq!(lines("\u{FEFF}{\"text\": \"mark\"}"), ["a.jsonl:1"]);
    assert_eq!(lines("[\n{\"text\": \"a\"}\n]"), ["[bad-json]"]);
    assert_eq!(lines(*b"\xFF\xFE{\0"), ["[not-utf8]"]);
    let deep = format!("{{\"text\": \"a\", \"x\": {}\n{{\"text\": \"b\"}}", "[".repeat(100_000));
    assert_eq!(lines(deep), ["[bad-json line 1]", "a.jsonl:2"]);
    let packed = gzip(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    assert_eq!(lines(&packed[..packed.len() - 4]), ["a.jsonl:1", "a.jsonl:2", "[truncated-gzip line 2]"]);
}

#[test]
fn a_line_beyond_the_bound_is_passed_over() {
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"b\"}}", "a".repeat(200_000));
    let config = Config { max_capture: 1000, ..Config::default() };
    let found = told(read(std::io::Cursor::new(long), "a.jsonl", Form::JsonLines, &config));
    assert_eq!(found, ["[too-large line 1]", "a.jsonl:2"]);
}

#[test]
fn what_a_line_gives_is_supplied() {
    let line = r#"{"id": "x", "uri": "http://a.example/", "text": "words", "headline": "H", "publisher": "P", "byline": "B",
        "published": {"value": "2016-12-23T23:02", "basis": "printed", "quote": "Friday"}, "retrieved": "2016-12-24",
        "language": "en", "sha256": "00", "set_aside": [{"quote": "Share", "why": "share"}]}"#;
    let page = |line: &str, treatment| {
        let config = Config { treatment, ..Config::default() };
        let line = line.replace('\n', " ").into_bytes();
        read(std::io::Cursor::new(line), "a.jsonl", Form::JsonLines, &config)
            .find_map(Ingested::capture)
            .unwrap()
    };
    let given = page(line, Treatment::Clean);
    assert_eq!(given.media_type, MediaType::Article, "extract printed it");
    assert_eq!(given.uri.as_deref(), Some("http://a.example/"));
    assert_eq!(given.retrieved.unwrap().to_string(), "2016-12-24");
    assert_eq!(given.supplied.published.unwrap().to_string(), "2016-12-23T23:02");
    assert_eq!(given.supplied.headline.as_deref(), Some("H"));
    let both = r#"{"text": "words", "html": "<p>words"}"#;
    assert_eq!(page(both, Treatment::Clean).media_type, MediaType::Html);
    assert_eq!(page(both, Treatment::AsIs).media_type, MediaType::Article);
    let text = r#"{"text": "words"}"#;
    assert_eq!(page(text, Treatment::Clean).media_type, MediaType::Text);
    assert_eq!(page(text, Treatment::AsIs).media_type, MediaType::Article);
    for blank in [r#"{"text": ""}"#, r#"{"text": " "}"#, r#"{"text": "\u2028"}"#] {
        assert_eq!(page(blank, Treatment::AsIs).media_type, MediaType::Article, "{blank}");
    }
}
