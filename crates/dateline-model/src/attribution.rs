//! Who is said to have said what, and the chain that it came through.

use serde::{Deserialize, Serialize};

use crate::entity::Party;
use crate::span::Span;

/// One attributed statement, belief or intention. Offsets are UTF-8 bytes of the text; a part that is
/// interrupted is several spans, in the text's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words that name who says it; empty where the text leaves it open ("it was reported that").
    pub source: Vec<Span>,
    /// The words that make it a statement: "said", "according to", "in the words of".
    pub cue: Vec<Span>,
    /// What is said, quotation marks and "that" included.
    pub content: Vec<Span>,
    /// Quoted, told, or both.
    pub kind: AttributionKind,
    /// Who says it: the last link of the chain, next to the content. None where nothing tells.
    pub speaker: Option<Party>,
    /// Why this speaker, or why none: a sentence's worth, for a reader.
    pub reason: String,
    /// Through whom the words came, from the speaker towards the publisher: `RT` in "Putin said …,
    /// RT reported". The publisher itself is not named here.
    pub reported_by: Vec<Party>,
    /// By what means.
    pub medium: Option<Medium>,
    /// The words that tell means and occasion: "in a phone call with Assad".
    pub occasion: Vec<Span>,
    /// To whom.
    pub addressee: Option<Party>,
    /// Index, among the report's attributions, of the one whose content holds this one.
    pub within: Option<u32>,
}

/// How the words of a statement are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AttributionKind {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
}

/// By what means a statement was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// A phone call.
    Phone,
    /// An interview.
    Interview,
    /// A written or read statement.
    Statement,
    /// A press conference or briefing.
    PressConference,
    /// A speech or sermon.
    Speech,
    /// A post on a social network.
    Social,
    /// A report, letter, law or other document.
    Document,
}
