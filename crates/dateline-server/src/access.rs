//! Who may ask: readers on this machine, or those who show the token; and no page of another site.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// What readers must show, if anything.
#[derive(Clone, Debug)]
pub(crate) struct Access(Option<Arc<str>>);

impl Access {
    pub(crate) fn new(token: Option<&str>) -> Self {
        Self(token.map(Arc::from))
    }
}

/// Lets a request through, or says why not.
pub(crate) async fn guard(State(access): State<Access>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !is_same_site(headers) {
        let why = "another site's page asks; open Dateline's own address";
        return Failure::Forbidden(why.to_owned()).into_response();
    }
    match &access.0 {
        // Without a token the name must be this machine's own: a name that somebody else has pointed
        // here (DNS rebinding) would let his page read.
        None if !is_this_machine(host(headers)) => {
            let why = "the address is not this machine's own; open http://127.0.0.1 or http://localhost";
            Failure::Forbidden(why.to_owned()).into_response()
        }
        Some(token) if shown_in_address(request.uri()).is_some_and(|shown| same(shown, token)) => {
            admitted(token, request.uri())
        }
        Some(token) if !is_shown(headers, token) => {
            let why = "a token is needed: open the address that `dateline serve` printed";
            Failure::Unauthorised(why.to_owned()).into_response()
        }
        _ => next.run(request).await,
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn host(headers: &HeaderMap) -> &str {
    text(headers, HOST).unwrap_or_default()
}

/// A page of another site may lead here, but neither ask for data nor embed it.
fn is_same_site(headers: &HeaderMap) -> bool {
    let origin = text(headers, ORIGIN).is_none_or(|origin| {
        origin.split_once("://").is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host(headers)))
    });
    let site = matches!(text(headers, SITE), None | Some("same-origin" | "none"));
    origin && (site || text(headers, MODE) == Some("navigate"))
}

/// The port plays no part: a tunnel may have another one.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn shown_in_address(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|part| part.strip_prefix("token="))
}

/// The token moves from the address into a cookie, so that it stays in no history and no link.
fn admitted(token: &str, uri: &Uri) -> Response {
    let cookie = format!("dateline={token}; Path=/; HttpOnly; SameSite=Strict");
    // A path that opens with two slashes would name another machine.
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, path)]).into_response()
}

fn is_shown(headers: &HeaderMap, token: &str) -> bool {
    let cookies = text(headers, COOKIE).unwrap_or_default().split(';');
    let cookie = cookies.filter_map(|cookie| cookie.trim().strip_prefix("dateline="));
    let bearer = text(headers, AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    cookie.chain(bearer).any(|shown| same(shown, token))
}

/// Compares in the same time wherever the first difference stands.
fn same(shown: &str, token: &str) -> bool {
    let differ = shown.bytes().zip(token.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    shown.len() == token.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for (host, expected) in [
            ("127.0.0.1:8310", true),
            ("localhost", true),
            ("LOCALHOST:9", true),
            ("[::1]:8310", true),
            ("evil.example", false),
            ("localhost.evil.example:8310", false),
            ("127.0.0.1.evil.example", false),
            ("127.0.0.1@evil.example", false),
            ("", false),
        ] {
            assert_eq!(is_this_machine(host), expected, "{host}");
        }
    }

    #[test]
    fn tokens_are_the_same_or_not() {
        for (shown, expected) in [("abc", true), ("abd", false), ("ab", false), ("abcd", false), ("", false)]
        {
            assert_eq!(same(shown, "abc"), expected, "{shown}");
        }
    }
}
