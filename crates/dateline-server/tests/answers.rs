//! The server from outside: what it answers, what it refuses, and what it says to a browser.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

mod record;

use std::path::{Path, PathBuf};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use dateline_server::{Corrections, Settings, router};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

/// A record of its own for a test.
fn made(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("server-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("valley.dateline");
    record::write(&path);
    path
}

fn local(path: &Path) -> Router {
    router(&Settings::local(path.to_owned(), 0))
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work)
}

async fn sent(server: &Router, address: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::get(address);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:8310");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn read(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[test]
fn every_view_has_its_data() {
    let server = local(&made("views"));
    run(async {
        for (address, status, part) in [
            ("/api/record", 200, r#""events":2"#),
            ("/api/record", 200, r#""disputed":1"#),
            ("/api/timeline", 200, r#""total":2"#),
            ("/api/timeline?disputed=true", 200, "bridge-shelled"),
            ("/api/timeline?undated=true", 200, r#""total":0"#),
            ("/api/timeline?type=ASSAULT", 200, r#""total":1"#),
            ("/api/timeline?actor=ada%20brenn", 200, r#""total":1"#),
            ("/api/timeline?publisher=Karna", 200, r#""total":2"#),
            ("/api/timeline?from=2019-04", 200, r#""total":0"#),
            ("/api/timeline?from=soon", 400, "no day, month or year"),
            ("/api/timeline?limit=0", 400, "ask for 1 to 500"),
            ("/api/timeline?offset=2147483648", 400, "no list is that long"),
            ("/api/timeline?limit=many", 400, "error"),
            ("/api/events/bridge-shelled", 200, "Shelling: bridge"),
            ("/api/events/nothing", 404, "no event is named"),
            ("/api/articles/a%2Fone.txt", 200, "Seventeen people died"),
            ("/api/articles/a%2Fone.txt/capture", 200, r#""is_same":true"#),
            ("/api/articles/none", 404, "no report is named"),
            ("/api/statements", 200, r#""total":1"#),
            ("/api/statements?speaker=ada%20brenn", 200, "nobody was warned"),
            ("/api/statements?speaker=nobody", 200, r#""total":0"#),
            ("/api/actors?q=BRENN", 200, "ada brenn"),
            ("/api/actors/ada%20brenn", 200, "Ada Brenn"),
            ("/api/actors/nobody", 404, "nobody has the key"),
            ("/api/publishers", 200, "Karna"),
            ("/api/reuse", 200, r#""copies":1"#),
            ("/api/pairs?one=Karna&other=Post", 200, r#""is_directed":true"#),
            ("/api/clusters/0", 200, r#""in":"b""#),
            ("/api/clusters/7", 404, "no cluster"),
            ("/api/clusters/x", 400, "error"),
            ("/api/compare?a=a%2Fone.txt&b=two", 200, r#""relation":"copy""#),
            ("/api/compare?a=none&b=two", 404, "no report is named"),
            ("/api/search?q=sevent&typing=true", 200, r#"{"text":"Seventeen","found":true}"#),
            ("/api/search?q=bridge", 200, r#""types":[{"#),
            ("/api/search?q=a%00b", 200, "total"),
            ("/api/search?q=", 200, r#""total":0"#),
            ("/api/search?q=date:soon", 400, "is no date"),
            ("/api/export?format=jsonl&type=ASSAULT", 200, r#""event":"bridge-shelled""#),
            ("/api/export?format=csv", 200, "bridge-shelled"),
            ("/api/export?format=doc", 400, "error"),
            ("/api/network", 200, r#""key":"ada brenn""#),
            ("/api/network?around=ada%20brenn", 200, r#""total":1"#),
            ("/api/network?around=nobody", 404, "nobody in an event"),
            ("/api/corrections", 200, r#""total":0"#),
            ("/api/corrections/log", 200, ""),
            ("/api/elsewhere", 404, "no such address"),
            ("/events/any/view", 200, "<div id=\"page\">"),
            ("/openapi.json", 200, "\"/api/timeline\""),
        ] {
            let response = sent(&server, address, &[]).await;
            let found = response.status().as_u16();
            let text = read(response).await;
            assert_eq!(found, status, "{address}: {text}");
            assert!(text.contains(part), "{address} has no {part}: {text}");
        }
    });
}

#[test]
fn an_event_brings_the_words_of_its_accounts() {
    let server = local(&made("words"));
    run(async {
        let text = read(sent(&server, "/api/events/bridge-shelled", &[]).await).await;
        let event: Value = serde_json::from_str(&text).unwrap();
        let passage = &event["accounts"][0]["passages"][0];
        assert_eq!(passage["text"], "Seventeen people died when the bridge was shelled.", "{text}");
        assert_eq!(event["shared"][0]["kind"], "prose", "{text}");
        let only: Vec<_> =
            event["only_here"].as_array().unwrap().iter().map(|o| o["shown"].clone()).collect();
        assert_eq!(only, ["17", "12"]);
        assert_eq!((&event["before"], &event["after"]), (&"brenn-speaks".into(), &Value::Null));
    });
}

#[test]
fn other_sites_and_other_names_are_refused() {
    let server = local(&made("access"));
    run(async {
        for (headers, status) in [
            (vec![], 200),
            (vec![("host", "localhost:9000")], 200),
            (vec![("host", "evil.example")], 403),
            (vec![("origin", "http://127.0.0.1:8310")], 200),
            (vec![("origin", "http://evil.example")], 403),
            (vec![("origin", "null")], 403),
            (vec![("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], 403),
            (vec![("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], 200),
        ] {
            for address in ["/", "/api/record"] {
                let response = sent(&server, address, &headers).await;
                assert_eq!(response.status().as_u16(), status, "{address} {headers:?}");
            }
        }
    });
}

#[test]
fn a_correction_is_taken_from_the_page_alone() {
    let path = made("correct");
    let (open, token) = (local(&path), "0123456789abcdef");
    let closed = router(&Settings { corrections: Corrections::Closed, ..Settings::local(path.clone(), 0) });
    let guarded = router(&Settings { token: Some(token.to_owned()), ..Settings::local(path, 0) });
    let asked = r#"{"request": {"does": "reject", "event": "bridge-shelld", "report": "two"},
        "signature": {"who": "Ada", "when": "2019-03-12", "why": "a test"}}"#;
    let json = ("content-type", "application/json");
    let mark = ("x-dateline", "correct");
    run(async {
        for (server, headers, body, status, part) in [
            // Nothing is named so: what is like it is told.
            (&open, vec![json, mark], asked, 409, r#""near":["bridge-shelled"]"#),
            (&open, vec![json], asked, 403, "x-dateline"),
            (&open, vec![mark], asked, 415, "application/json"),
            (&open, vec![("content-type", "text/plain"), mark], asked, 415, "application/json"),
            (&open, vec![json, mark, ("origin", "http://evil.example")], asked, 403, "another site"),
            (&open, vec![json, mark, ("host", "evil.example")], asked, 403, "not this machine"),
            (&open, vec![json, mark], "{", 400, "no correction"),
            (&open, vec![json, mark], r#"{"request": {"does": "all"}}"#, 400, "no correction"),
            (&closed, vec![json, mark], asked, 403, "--read-only"),
            (&guarded, vec![json, mark], asked, 401, "token"),
        ] {
            // The made record has no reports to be compared again, so that nothing can be made in it.
            let addresses: &[&str] = match status {
                409 => &["/api/corrections/preview"],
                _ => &["/api/corrections", "/api/corrections/preview"],
            };
            for address in addresses {
                let mut request = Request::post(*address);
                if !headers.iter().any(|(name, _)| *name == "host") {
                    request = request.header("host", "127.0.0.1:8310");
                }
                let request =
                    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
                let response = server.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
                let found = response.status().as_u16();
                let text = read(response).await;
                assert_eq!(found, status, "{address} {headers:?}: {text}");
                assert!(text.contains(part), "{address} {headers:?} has no {part}: {text}");
            }
        }
        let long = " ".repeat(300_000) + "{}";
        let request = Request::post("/api/corrections").header("host", "localhost");
        let request = request.header(json.0, json.1).header(mark.0, mark.1).body(Body::from(long)).unwrap();
        assert_eq!(open.clone().oneshot(request).await.unwrap().status().as_u16(), 413);
        assert!(read(sent(&closed, "/api/record", &[]).await).await.contains(r#""may_correct":false"#));
    });
}

#[test]
fn a_token_opens_and_nothing_else_does() {
    let token = "0123456789abcdef";
    let settings = Settings { token: Some(token.to_owned()), ..Settings::local(made("token"), 0) };
    let server = router(&settings);
    run(async {
        let bearer = format!("Bearer {token}");
        let cookie = format!("a=b; dateline={token}");
        for (headers, status) in [
            (vec![("host", "archive.example")], 401),
            (vec![("host", "archive.example"), ("authorization", "Bearer 0123456789abcdeg")], 401),
            (vec![("host", "archive.example"), ("authorization", bearer.as_str())], 200),
            (vec![("host", "archive.example"), ("cookie", cookie.as_str())], 200),
        ] {
            let response = sent(&server, "/api/record", &headers).await;
            assert_eq!(response.status().as_u16(), status, "{headers:?}");
        }
        let response = sent(&server, &format!("//evil.example/?token={token}"), &[]).await;
        assert_eq!(response.status().as_u16(), 303);
        assert_eq!(response.headers()["location"], "/evil.example/");
        assert!(response.headers()["set-cookie"].to_str().unwrap().contains("HttpOnly; SameSite=Strict"));
    });
}

#[test]
fn a_browser_is_told_to_run_nothing_else() {
    let server = local(&made("headers"));
    run(async {
        for address in ["/", "/page.js", "/page.css", "/api/record", "/api/elsewhere", "/openapi.json"] {
            let response = sent(&server, address, &[]).await;
            let policy = response.headers()["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{address}: {policy}");
            assert!(!policy.contains("unsafe"), "{address}: {policy}");
            assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{address}");
        }
    });
}

#[test]
fn a_record_that_is_written_anew_is_read_anew() {
    let path = made("anew");
    let server = local(&path);
    run(async {
        assert!(read(sent(&server, "/api/record", &[]).await).await.contains(r#""articles":2"#));
        record::add_one_more(&path);
        let text = read(sent(&server, "/api/record", &[]).await).await;
        assert!(
            text.contains(r#""articles":3"#) && text.contains(r#""is_stale":true,"compared_nearby":0"#),
            "{text}"
        );
        record::compare_it_nearby(&path);
        let text = read(sent(&server, "/api/record", &[]).await).await;
        assert!(text.contains(r#""compared_nearby":1"#), "{text}");
    });
}

#[test]
fn what_is_no_record_is_told_before_anything_listens() {
    let missing = Settings::local("no/such.dateline".into(), 0);
    let error = dateline_server::serve(&missing, |_| ()).unwrap_err().to_string();
    assert!(error.contains("there is no such record"), "{error}");
    let path = made("taken");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = dateline_server::serve(&Settings::local(path, port), |_| ()).unwrap_err().to_string();
    assert!(error.contains(&format!("port {port} is taken")) && error.contains("--port"), "{error}");
}
