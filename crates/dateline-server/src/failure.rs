//! What goes wrong with a question, as the reader is told it.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
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
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::Wrong(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unauthorised(_) => StatusCode::UNAUTHORIZED,
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

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let error = match self {
            Self::Missing(why)
            | Self::Wrong(why)
            | Self::Forbidden(why)
            | Self::Unauthorised(why)
            | Self::Unreadable(why) => why,
            Self::Busy => "the record is being written just now; try again in a moment".to_owned(),
        };
        let mut response = (status, Json(Trouble { error })).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        response
    }
}
