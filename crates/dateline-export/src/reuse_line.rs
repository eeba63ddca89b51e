//! Shared text as lines of JSON: what `dateline reuse` prints.

use std::collections::BTreeMap;

use dateline_model::{
    Alignment, CodePoints, Earlier, Passage, RelatedPair, Relation, ReuseCluster, SharedText, Span,
};
use serde::Serialize;

use crate::one_line::one_line;

/// Turns the spans of many texts into code points.
#[derive(Clone, Debug, Default)]
pub struct TextOffsets(BTreeMap<String, CodePoints>);

impl TextOffsets {
    /// Reads each text once, under its report's id.
    pub fn new<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(texts.into_iter().map(|(id, text)| (id.to_owned(), CodePoints::new(text))).collect())
    }

    /// First code point and one past the last. Of a report that is not known: bytes.
    fn of(&self, passage: &Passage) -> (u32, u32) {
        self.of_span(&passage.article, passage.span)
    }

    /// The same for a stretch of the text of the report of that id.
    pub(crate) fn of_span(&self, article: &str, span: Span) -> (u32, u32) {
        let range = span.range();
        match self.0.get(article) {
            Some(index) => (index.of(range.start), index.of(range.end)),
            None => (span.start, span.end),
        }
    }
}

/// The lines for the prose that two reports share, one for each passage, without line breaks.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn passage_lines(pair: &RelatedPair, offsets: &TextOffsets) -> Result<Vec<String>, serde_json::Error> {
    let prose = pair.alignments.iter().filter(|alignment| alignment.kind == SharedText::Prose);
    prose.map(|alignment| one_line(&PassageLine::new(alignment, pair.earlier, offsets))).collect()
}

/// The line for two related reports, without its line break.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn pair_line(pair: &RelatedPair, offsets: &TextOffsets) -> Result<String, serde_json::Error> {
    let passage = |alignment: &Alignment| PairedPassage {
        a: offsets.of(&alignment.a),
        b: offsets.of(&alignment.b),
        similarity: rounded(alignment.similarity),
        kind: kind_name(alignment.kind),
    };
    one_line(&PairLine {
        a: &pair.a,
        b: &pair.b,
        relation: relation_name(pair.relation),
        earlier: earlier_name(pair.earlier),
        passages: pair.alignments.iter().map(passage).collect(),
    })
}

/// The line for a cluster of near-duplicates, without its line break.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn cluster_line(cluster: &ReuseCluster) -> Result<String, serde_json::Error> {
    one_line(&ClusterLine {
        ids: cluster.witnesses.iter().map(|witness| witness.article.as_str()).collect(),
        witnesses: cluster.witnesses.len(),
        independent: cluster.independent,
        origin: cluster.origin.as_deref(),
    })
}

#[derive(Serialize)]
struct PassageLine<'a> {
    a: End<'a>,
    b: End<'a>,
    similarity: f64,
    earlier: &'static str,
}

#[derive(Serialize)]
struct End<'a> {
    id: &'a str,
    start: u32,
    end: u32,
}

impl<'a> PassageLine<'a> {
    fn new(alignment: &'a Alignment, earlier: Earlier, offsets: &TextOffsets) -> Self {
        let end = |passage: &'a Passage| {
            let (start, end) = offsets.of(passage);
            End { id: &passage.article, start, end }
        };
        Self {
            a: end(&alignment.a),
            b: end(&alignment.b),
            similarity: rounded(alignment.similarity),
            earlier: earlier_name(earlier),
        }
    }
}

#[derive(Serialize)]
struct PairLine<'a> {
    a: &'a str,
    b: &'a str,
    relation: &'static str,
    earlier: &'static str,
    passages: Vec<PairedPassage>,
}

#[derive(Serialize)]
struct PairedPassage {
    a: (u32, u32),
    b: (u32, u32),
    similarity: f64,
    kind: &'static str,
}

#[derive(Serialize)]
struct ClusterLine<'a> {
    ids: Vec<&'a str>,
    witnesses: usize,
    independent: u32,
    origin: Option<&'a str>,
}

/// Three digits: more would only be noise of the arithmetic.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::Copy => "copy",
        Relation::Rewrite => "rewrite",
        Relation::Quotation => "quotation",
        Relation::Independent => "independent",
    }
}

fn earlier_name(earlier: Earlier) -> &'static str {
    match earlier {
        Earlier::A => "a",
        Earlier::B => "b",
        Earlier::Unknown => "unknown",
    }
}

fn kind_name(kind: SharedText) -> &'static str {
    match kind {
        SharedText::Prose => "prose",
        SharedText::Quotation => "quotation",
        SharedText::Stock => "stock",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points() {
        let passage = |id: &str, start, end| Passage { article: id.to_owned(), span: Span::new(start, end) };
        let (a, b) = (passage("x", 3, 8), passage("y", 0, 5));
        let alignment = Alignment { a, b, similarity: 0.9, kind: SharedText::Prose };
        let (a, b) = ("x".to_owned(), "y".to_owned());
        let relation = Relation::Rewrite;
        let pair = RelatedPair { a, b, relation, earlier: Earlier::A, alignments: vec![alignment] };
        let lines = passage_lines(&pair, &TextOffsets::new([("x", "né ferry"), ("y", "ferry")])).unwrap();
        let expected = r#"{"a":{"id":"x","start":2,"end":7},"b":{"id":"y","start":0,"end":5},"similarity":0.9,"earlier":"a"}"#;
        assert_eq!(lines, [expected]);
    }
}
