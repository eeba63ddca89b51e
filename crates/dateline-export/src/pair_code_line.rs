//! Pairs of parties as lines of JSON: what is asked, and what one does to the other.

use dateline_model::{CodePoints, EventType, Modality, PairCode, Quad};
use serde::{Deserialize, Serialize};

use crate::one_line::one_line;

/// What does the source do to the target?
#[derive(Clone, Debug, Deserialize)]
pub struct PairQuestion {
    /// Given back as it is.
    #[serde(default)]
    pub id: serde_json::Value,
    /// The text.
    pub text: String,
    /// Who acts, by words of the text.
    #[serde(default)]
    pub source: Option<String>,
    /// On whom; words that are not in the text stand for anybody.
    #[serde(default)]
    pub target: Option<String>,
}

impl PairQuestion {
    /// Reads a line.
    ///
    /// # Errors
    /// If the line is not JSON or lacks its text.
    pub fn read(line: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(line)
    }
}

#[derive(Serialize)]
struct PairAnswer<'a> {
    id: &'a serde_json::Value,
    #[serde(rename = "type")]
    event_type: EventType,
    mode: Option<&'a str>,
    quad: Quad,
    cameo: &'a str,
    trigger: Vec<(u32, u32)>,
    modality: Modality,
    pattern: Option<&'a str>,
}

/// The line that answers a question, without its line break.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn pair_code_line(question: &PairQuestion, code: &PairCode) -> Result<String, serde_json::Error> {
    let points = CodePoints::new(&question.text);
    let pair = |span: &dateline_model::Span| (points.of(span.start as usize), points.of(span.end as usize));
    one_line(&PairAnswer {
        id: &question.id,
        event_type: code.event_type,
        mode: code.mode.as_deref(),
        quad: code.event_type.quad(),
        cameo: &code.cameo,
        trigger: code.trigger.iter().map(pair).collect(),
        modality: code.modality,
        pattern: code.pattern.as_deref(),
    })
}
