//! The record of a stranger, served: what cannot be read is told, and the server goes on.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

#[expect(dead_code, reason = "other tests add to the record")]
mod record;

use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use dateline_server::{Settings, router};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

const ADDRESSES: [&str; 22] = [
    "/api/record",
    "/api/timeline",
    "/api/timeline?disputed=true&actor=ada%20brenn",
    "/api/events/bridge-shelled",
    "/api/events/brenn-speaks",
    "/api/articles/a%2Fone.txt",
    "/api/articles/a%2Fone.txt/capture",
    "/api/articles/two",
    "/api/statements?speaker=ada%20brenn",
    "/api/actors",
    "/api/actors/ada%20brenn",
    "/api/network",
    "/api/publishers",
    "/api/reuse",
    "/api/pairs?one=Karna&other=Post",
    "/api/clusters/0",
    "/api/compare?a=a%2Fone.txt&b=two",
    "/api/search?q=bridge&typing=true",
    "/api/export?format=csv",
    "/api/export?format=jsonl",
    "/api/corrections",
    "/api/corrections/log",
];

/// Words that stand in the record, and others of the same length that a stranger may have put there.
const CHANGES: [(&str, &str); 14] = [
    ("\"event\":\"", "[event\":\""),
    ("\"type\":\"", "\"tipe\":\""),
    ("\"cameo\":\"194\"", "\"cameo\":19400"),
    ("\"start\":0,", "\"start\":9,"),
    ("\"end\":9", "\"end\":0"),
    ("\"end\":66", "\"end\":1e"),
    ("\"citations\":[{", "\"citations\":{["),
    ("\"time\":{\"value\":\"2019-", "\"time\":{\"value\":\"9999-"),
    ("\"accounts\":[{", "\"accountz\":[{"),
    ("\"fields\":{\"killed\"", "\"fields\":{\"\\u0000\""),
    ("\"min\":17", "\"min\":-1"),
    ("\"role\":\"actor\"", "\"role\":\"<b>hi\""),
    ("Seventeen people died", "Seventee\u{301} people die"),
    ("ada brenn", "ada\u{0}brenn"),
];

#[test]
fn the_record_of_a_stranger_stops_no_server() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("server-hostile");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("valley.dateline");
    record::write(&path);
    let whole = std::fs::read(&path).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for (from, to) in CHANGES {
        std::fs::write(&path, changed(&whole, from, to)).unwrap();
        let server = router(&Settings::local(path.clone(), 0));
        runtime.block_on(async {
            for address in ADDRESSES {
                let request = Request::get(address).header("host", "localhost").body(Body::empty()).unwrap();
                let response = server.clone().oneshot(request).await.unwrap();
                let status = response.status().as_u16();
                let text = response.into_body().collect().await.unwrap().to_bytes();
                let text = String::from_utf8_lossy(&text);
                assert!(matches!(status, 200 | 404 | 500), "{to}: {address}: {status} {text}");
                assert!(!text.contains("panicked"), "{to}: {address}: {text}");
            }
        });
    }
}

fn changed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "{from}");
    let mut changed = bytes.to_vec();
    let mut places = 0;
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from.as_bytes()) {
            changed[at..at + to.len()].copy_from_slice(to.as_bytes());
            places += 1;
        }
    }
    assert!(places > 0, "nothing holds {from}");
    changed
}
