//! A correction that is sent: as JSON, with a header that no page of another site can send unasked.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request as Sent};
use axum::http::{HeaderMap, HeaderName, header};
use dateline_correct::{Request, Signature};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::failure::Failure;

/// Browsers ask first before they send it for another site, and are told no.
const MARK: HeaderName = HeaderName::from_static("x-dateline");

/// A correction to be made, and who makes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Posted {
    /// What to put right.
    pub(crate) request: Request,
    /// By whom.
    pub(crate) signature: Signature,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(sent: Sent, state: &S) -> Result<Self, Failure> {
        check(sent.headers())?;
        let body = Bytes::from_request(sent, state).await.map_err(|_| Failure::TooLong)?;
        serde_json::from_slice(&body).map_err(|why| Failure::Wrong(format!("this is no correction: {why}")))
    }
}

fn check(headers: &HeaderMap) -> Result<(), Failure> {
    if headers.get(MARK).is_none_or(|mark| mark != "correct") {
        let why = "whoever corrects says so with the header `x-dateline: correct`";
        return Err(Failure::Forbidden(why.to_owned()));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") { Ok(()) } else { Err(Failure::NotJson) }
}
