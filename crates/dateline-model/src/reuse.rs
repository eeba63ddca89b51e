//! Text that several reports share, who carries it, and which way it went.
//!
//! The words are those of textual criticism: a *witness* is a report that carries a text; an
//! *alignment* lays two witnesses beside each other where they agree.

use crate::span::Span;

/// A stretch of one report's text that stands in another report as well.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The report.
    pub article: String,
    /// Where in its text.
    pub span: Span,
}

/// One passage of each of two reports that tell the same in the same words.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// In the report whose id comes first.
    pub a: Passage,
    /// In the other.
    pub b: Passage,
    /// The share of the words of both passages that stand in both, in the same order: from 0 to 1.
    pub similarity: f32,
    /// What kind of words are shared.
    pub kind: SharedText,
}

/// What kind of words two reports share. Only prose makes one depend on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SharedText {
    /// The reporter's own sentences.
    Prose,
    /// Speech in quotation marks: two reporters may have heard it.
    Quotation,
    /// Stock paragraphs that an outlet or agency carries from report to report.
    Stock,
}

/// How two reports are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Most of the shorter report is the other's text.
    Copy,
    /// They share prose: both go back to one text, reworded, cut or joined with another.
    Rewrite,
    /// They share quoted speech and nothing else.
    Quotation,
    /// They share stock text at most.
    Independent,
}

/// Which of two reports had the text first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Earlier {
    /// The one whose id comes first.
    A,
    /// The other.
    B,
    /// Nothing tells.
    Unknown,
}

/// Two reports that share text.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedPair {
    /// The report whose id comes first.
    pub a: String,
    /// The other.
    pub b: String,
    /// How they are related.
    pub relation: Relation,
    /// Which had the text first.
    pub earlier: Earlier,
    /// The passages that they share, in the order of `a`.
    pub alignments: Vec<Alignment>,
}

/// A report that carries a cluster's text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Witness {
    /// The report.
    pub article: String,
    /// Which origin it goes back to, counted from 0 within the cluster.
    pub origin: u32,
}

/// Reports that are copies of one another, directly or through others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReuseCluster {
    /// Who carries the text, by id.
    pub witnesses: Vec<Witness>,
    /// The report that the others go back to, where something tells.
    pub origin: Option<String>,
    /// How many of the witnesses do not depend on another one.
    pub independent: u32,
}
