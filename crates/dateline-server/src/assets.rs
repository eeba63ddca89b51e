//! The page itself: three files that `web/` is built into, carried in the program.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

const PAGE: Asset = Asset { kind: "text/html; charset=utf-8", text: include_str!("../dist/index.html") };
const SCRIPT: Asset = Asset { kind: "text/javascript; charset=utf-8", text: include_str!("../dist/page.js") };
const STYLE: Asset = Asset { kind: "text/css; charset=utf-8", text: include_str!("../dist/page.css") };

/// A built file.
struct Asset {
    kind: &'static str,
    text: &'static str,
}

/// The page, at whatever address of a view: which view it is, the page itself reads from it.
pub(crate) async fn page(headers: HeaderMap) -> Response {
    PAGE.answer(&headers)
}

/// Its script.
pub(crate) async fn script(headers: HeaderMap) -> Response {
    SCRIPT.answer(&headers)
}

/// Its style.
pub(crate) async fn style(headers: HeaderMap) -> Response {
    STYLE.answer(&headers)
}

impl Asset {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let tag = self.tag();
        if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
            return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
        }
        ([(header::CONTENT_TYPE, self.kind.to_owned()), (header::ETAG, tag)], self.text).into_response()
    }

    /// Another one for every text (FNV-1a).
    fn tag(&self) -> String {
        let hash = self.text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        // Weak, because the answer may be compressed.
        format!("W/\"{hash:016x}\"")
    }
}
