//! Every address with what answers it, and the document that describes them.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi as _;
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{OpenApi, RefOr, Schema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Access, guard};
use crate::corrector::Corrector;
use crate::failure::Failure;
use crate::headers::protect;
use crate::readers::Readers;
use crate::settings::{Corrections, Settings};
use crate::{assets, pages};

/// No question takes longer.
const LONGEST: Duration = Duration::from_secs(60);

/// No correction is longer, in bytes.
const LONGEST_CORRECTION: usize = 256 << 10;

/// What handlers have in common.
#[derive(Clone)]
struct Shared {
    readers: Readers,
    corrector: Corrector,
}

impl FromRef<Shared> for Readers {
    fn from_ref(shared: &Shared) -> Self {
        shared.readers.clone()
    }
}

impl FromRef<Shared> for Corrector {
    fn from_ref(shared: &Shared) -> Self {
        shared.corrector.clone()
    }
}

#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Dateline",
    description = "A sourced record of news reports: events with the words that carry them. Offsets called \
                   `start` and `end` count Unicode code points, `end` not included. The page that shows an \
                   answer has the same address without `/api`.",
    license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
))]
struct Document;

fn described() -> OpenApiRouter<Shared> {
    let mut described = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(pages::record::record))
        .routes(routes!(pages::timeline::timeline))
        .routes(routes!(pages::event::event))
        .routes(routes!(pages::article::article))
        .routes(routes!(pages::capture::capture))
        .routes(routes!(pages::statements::statements))
        .routes(routes!(pages::actors::actors))
        .routes(routes!(pages::actor::actor))
        .routes(routes!(pages::network::network))
        .routes(routes!(pages::publishers::publishers))
        .routes(routes!(pages::reuse::reuse))
        .routes(routes!(pages::reuse::pairs))
        .routes(routes!(pages::cluster::cluster))
        .routes(routes!(pages::compare::compare))
        .routes(routes!(pages::search::search))
        .routes(routes!(pages::export::export))
        .routes(routes!(pages::corrections::corrections, pages::correct::make))
        .routes(routes!(pages::correct::preview))
        .routes(routes!(pages::corrections::log));
    refuse_other_fields(described.get_openapi_mut());
    described
}

/// A correction with a field that is none is refused: the document says so of each kind.
fn refuse_other_fields(description: &mut OpenApi) {
    let schemas = description.components.as_mut().map(|components| &mut components.schemas);
    let request = schemas.and_then(|schemas| schemas.get_mut("Request"));
    let Some(RefOr::T(Schema::OneOf(request))) = request else { return };
    for kind in &mut request.items {
        if let RefOr::T(Schema::Object(kind)) = kind {
            kind.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
}

/// The document that describes every address below `/api/`, as OpenAPI 3.1 in JSON.
#[must_use]
pub fn openapi() -> String {
    document(&described().into_openapi())
}

fn document(description: &OpenApi) -> String {
    let mut document = description.to_pretty_json().unwrap_or_default();
    document.push('\n');
    document
}

/// All of the server but the socket.
pub fn router(settings: &Settings) -> Router {
    router_over(Readers::new(settings.record.clone()), settings)
}

/// The same, for readers that are there already.
pub(crate) fn router_over(readers: Readers, settings: &Settings) -> Router {
    let (answers, description) = described().split_for_parts();
    let document = document(&description);
    let may_write = settings.corrections == Corrections::Open;
    let corrector = Corrector::new(settings.record.clone(), may_write);
    answers
        .layer(DefaultBodyLimit::max(LONGEST_CORRECTION))
        .with_state(Shared { readers, corrector })
        .route("/openapi.json", get(([(header::CONTENT_TYPE, "application/json")], document)))
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

async fn nothing() -> Failure {
    Failure::Missing("there is no such address; /openapi.json describes those that there are".to_owned())
}
