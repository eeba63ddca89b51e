//! Questions read from an address; what cannot be read is told in the same form as every other failure.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::failure::Failure;

/// What stands behind the `?`.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub(crate) T);

/// The name at the end of the path.
#[derive(Debug)]
pub(crate) struct Named<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let asked = Query::<T>::try_from_uri(&parts.uri);
        asked.map(|Query(asked)| Self(asked)).map_err(|why| Failure::Wrong(why.body_text()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let named = Path::<T>::from_request_parts(parts, state).await;
        named.map(|Path(named)| Self(named)).map_err(|why| Failure::Wrong(why.body_text()))
    }
}

/// So many of a list at once, unless something else is asked for.
const PAGE: u32 = 50;
/// At most so many at once.
const LARGEST: u32 = 500;

/// How many, where the question says how many.
pub(crate) fn limit(asked: Option<u32>) -> Result<u32, Failure> {
    match asked.unwrap_or(PAGE) {
        limit if (1..=LARGEST).contains(&limit) => Ok(limit),
        limit => Err(Failure::Wrong(format!("limit={limit}: ask for 1 to {LARGEST} at once"))),
    }
}
