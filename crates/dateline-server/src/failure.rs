//! What goes wrong with a question, as the reader is told it.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dateline_correct::Refusal;
use dateline_pipeline::CorrectError;
use dateline_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no such thing in the record.
    Missing(String),
    /// The question cannot be understood.
    Wrong(String),
    /// It is asked from where it may not be.
    Forbidden(String),
    /// It is not shown that the reader may read.
    Unauthorised(String),
    /// A correction cannot be made of what is asked.
    Refused(Refusal),
    /// Reports were added and are not yet compared with the others.
    Unfinished(String),
    /// A correction is not sent as JSON.
    NotJson,
    /// A correction is longer than any is.
    TooLong,
    /// A build writes the record at this very moment.
    Busy,
    /// The record cannot be read.
    Unreadable(String),
}

/// Why there is no answer, in a sentence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Trouble {
    /// What is wrong, and what to do.
    error: String,
    /// Of a correction that names what is not there: names that are like it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    near: Vec<String>,
    /// Of a quote that stands in several places: where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    places: Vec<QuotePlace>,
}

/// A place of a quote in a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuotePlace {
    /// First code point.
    at: u32,
    /// The words around it.
    around: String,
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::Wrong(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unauthorised(_) => StatusCode::UNAUTHORIZED,
            Self::Refused(_) | Self::Unfinished(_) => StatusCode::CONFLICT,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unreadable(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.is_busy() { Self::Busy } else { Self::Unreadable(error.to_string()) }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(format!("a part of the record cannot be read: {error}"))
    }
}

impl From<CorrectError> for Failure {
    fn from(error: CorrectError) -> Self {
        match error {
            CorrectError::Refused(refusal) => Self::Refused(refusal),
            CorrectError::Record(error) => error.into(),
            CorrectError::Unfinished => Self::Unfinished(error.to_string()),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        let (mut near, mut places) = (Vec::new(), Vec::new());
        let error = match failure {
            Failure::Missing(why)
            | Failure::Wrong(why)
            | Failure::Forbidden(why)
            | Failure::Unauthorised(why)
            | Failure::Unfinished(why)
            | Failure::Unreadable(why) => why,
            Failure::NotJson => "a correction is sent as `content-type: application/json`".to_owned(),
            Failure::TooLong => "a correction is not that long; send two".to_owned(),
            Failure::Busy => "the record is being written just now; try again in a moment".to_owned(),
            Failure::Refused(refusal) => {
                let why = refusal.to_string();
                (near, places) = there_is(refusal);
                why
            }
        };
        Self { error, near, places }
    }
}

/// What there is in place of what was named.
fn there_is(refusal: Refusal) -> (Vec<String>, Vec<QuotePlace>) {
    let near = match refusal {
        Refusal::Ambiguous { places, .. } => {
            let place = |place: dateline_correct::Place| QuotePlace { at: place.at, around: place.around };
            return (Vec::new(), places.into_iter().map(place).collect());
        }
        Refusal::NoSuchEvent { near, .. }
        | Refusal::NoSuchReport { near, .. }
        | Refusal::NobodyKnown { near, .. } => near,
        Refusal::ManyEvents { names, .. } => names,
        Refusal::NotOfEvent { reports, .. } => reports,
        Refusal::ManyCorrections { ids, .. } => ids,
        _ => Vec::new(),
    };
    (near, Vec::new())
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(Trouble::from(self))).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        response
    }
}
