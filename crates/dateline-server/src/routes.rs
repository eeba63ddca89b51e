//! Every address with what answers it, and the document that describes them.

use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{any, get};
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Access, guard};
use crate::failure::Failure;
use crate::headers::protect;
use crate::readers::Readers;
use crate::settings::Settings;
use crate::{assets, pages};

/// No question takes longer.
const LONGEST: Duration = Duration::from_secs(60);

#[derive(OpenApi)]
#[openapi(info(
    title = "Dateline",
    description = "A sourced record of news reports: events with the words that carry them. Offsets called \
                   `start` and `end` count Unicode code points, `end` not included. The page that shows an \
                   answer has the same address without `/api`.",
    license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
))]
struct Document;

fn described() -> OpenApiRouter<Readers> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(pages::record::record))
        .routes(routes!(pages::timeline::timeline))
        .routes(routes!(pages::event::event))
        .routes(routes!(pages::article::article))
        .routes(routes!(pages::capture::capture))
        .routes(routes!(pages::statements::statements))
        .routes(routes!(pages::actors::actors))
        .routes(routes!(pages::actor::actor))
        .routes(routes!(pages::publishers::publishers))
        .routes(routes!(pages::reuse::reuse))
        .routes(routes!(pages::reuse::pairs))
        .routes(routes!(pages::cluster::cluster))
        .routes(routes!(pages::compare::compare))
        .routes(routes!(pages::search::search))
        .routes(routes!(pages::export::export))
}

/// The document that describes every address below `/api/`, as OpenAPI 3.1 in JSON.
#[must_use]
pub fn openapi() -> String {
    let mut document = described().into_openapi().to_pretty_json().unwrap_or_default();
    document.push('\n');
    document
}

/// All of the server but the socket.
pub fn router(settings: &Settings) -> Router {
    let (answers, _) = described().split_for_parts();
    answers
        .with_state(Readers::new(settings.record.clone()))
        .route("/openapi.json", get(document))
        .route("/page.js", get(assets::script))
        .route("/page.css", get(assets::style))
        .route("/api/{*other}", any(nothing))
        .route("/api", any(nothing))
        .fallback(get(assets::page))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, LONGEST))
        .layer(from_fn_with_state(Access::new(settings.token.as_deref()), guard))
        .layer(from_fn(protect))
}

async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], openapi())
}

async fn nothing() -> Failure {
    Failure::Missing("there is no such address; /openapi.json describes those that there are".to_owned())
}
