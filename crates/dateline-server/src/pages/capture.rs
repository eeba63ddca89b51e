//! The page as it was had, as text, parted into what became the report's text and what did not.

use axum::Json;
use axum::extract::State;
use dateline_store::CaptureBytes;
use encoding_rs::Encoding;
use serde::Serialize;
use utoipa::ToSchema;

use super::article::no_report;
use crate::asked::Named;
use crate::failure::{Failure, Trouble};
use crate::readers::Readers;

/// The page as it was had.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaptureText {
    /// Are the bytes in the record?
    is_kept: bool,
    /// Is the page longer than what is given here?
    is_cut: bool,
    /// The page from its beginning.
    pieces: Vec<CapturePiece>,
}

/// A stretch of the page.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CapturePiece {
    /// The page's characters, its markup included.
    text: String,
    /// Where they stand in the report's text; null where they do not.
    start: Option<u32>,
    /// One past the last.
    end: Option<u32>,
    /// Are they in the report's text as they stand here, or does an entity stand for something else?
    is_same: bool,
}

/// A stretch of the text, in code points, and its bytes.
type Stretch = (u32, u32, u32, u32, String);

/// The page that a report was read from, with the report's text marked in it.
#[utoipa::path(get, path = "/api/articles/{id}/capture", params(("id" = String, Path, description = "The report's name")), responses(
    (status = 200, body = CaptureText), (status = 404, body = Trouble), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn capture(
    State(readers): State<Readers>,
    Named(id): Named<String>,
) -> Result<Json<CaptureText>, Failure> {
    let read = move |store: &dateline_store::Store| {
        let capture = store.capture(&id)?.ok_or_else(|| no_report(&id))?;
        CaptureText::of(&capture)
    };
    readers.ask(read).await.map(Json)
}

/// More bytes are not shown: a browser would choke on them.
const LARGEST: usize = 2 << 20;

impl CaptureText {
    fn of(capture: &CaptureBytes) -> Result<Self, Failure> {
        let Some(bytes) = &capture.bytes else {
            return Ok(Self { is_kept: false, is_cut: false, pieces: Vec::new() });
        };
        let shown = bytes.get(..LARGEST).unwrap_or(bytes);
        let map: Vec<Stretch> = serde_json::from_str(&capture.map)?;
        let charset = Encoding::for_label(capture.facts.charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        Ok(Self { is_kept: true, is_cut: shown.len() < bytes.len(), pieces: pieces(shown, map, charset) })
    }
}

/// The bytes in their order, each once: in the text, or between.
fn pieces(bytes: &[u8], mut map: Vec<Stretch>, charset: &'static Encoding) -> Vec<CapturePiece> {
    map.sort_by_key(|stretch| stretch.2);
    let words = |from: usize, to: usize| {
        let bytes = bytes.get(from..to.min(bytes.len())).unwrap_or_default();
        charset.decode_without_bom_handling(bytes).0.into_owned()
    };
    let (mut pieces, mut at) = (Vec::new(), 0);
    let outside = |text: String| CapturePiece { text, start: None, end: None, is_same: false };
    for (start, end, from, to, kind) in map {
        let (from, to) = (from as usize, to as usize);
        // Stretches do not overlap; should a damaged map say so, the first one stands.
        if from < at || to > bytes.len() {
            continue;
        }
        if from > at {
            pieces.push(outside(words(at, from)));
        }
        let is_same = kind == "same";
        pieces.push(CapturePiece { text: words(from, to), start: Some(start), end: Some(end), is_same });
        at = to;
    }
    if at < bytes.len() {
        pieces.push(outside(words(at, bytes.len())));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_stands_once_and_text_is_told_from_markup() {
        let page = "<p>Café &amp; bar</p>".as_bytes();
        let map = vec![
            (0, 5, 3, 9, "same".to_owned()),
            (5, 6, 9, 14, "decoded".to_owned()),
            (6, 10, 14, 18, "same".to_owned()),
        ];
        let found = pieces(page, map, encoding_rs::UTF_8);
        let shown = |p: &CapturePiece| match (p.start, p.is_same) {
            (None, _) => p.text.clone(),
            (Some(start), true) => format!("[{start}:{}]", p.text),
            (Some(start), false) => format!("({start}:{})", p.text),
        };
        let shown: String = found.iter().map(shown).collect();
        assert_eq!(shown, "<p>[0:Café ](5:&amp;)[6: bar]</p>");
    }

    #[test]
    fn a_damaged_map_loses_no_byte() {
        let map = vec![
            (0, 4, 2, 6, "same".to_owned()),
            (4, 9, 3, 5, "same".to_owned()),
            (9, 12, 5, 99, String::new()),
        ];
        let text: String =
            pieces(b"abcdefgh", map, encoding_rs::UTF_8).iter().map(|p| p.text.as_str()).collect();
        assert_eq!(text, "abcdefgh");
    }
}
