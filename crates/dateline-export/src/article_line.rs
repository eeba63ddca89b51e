//! One article as one line of JSON: what `dateline extract` prints.

use std::collections::BTreeMap;

use dateline_model::{
    Article, ByteSpan, CodePoints, DateCandidate, Diagnostic, Evidence, MappedText, Published, SetAside,
    StretchKind,
};
use serde::Serialize;

use crate::one_line::one_line;

/// Should the line carry the map from text to bytes, and the bytes of every field?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteMap {
    /// Yes: `map` and `evidence`.
    With,
    /// No.
    Without,
}

/// The line for one article, without its line break.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn article_line(article: &Article, map: ByteMap) -> Result<String, serde_json::Error> {
    one_line(&ArticleLine::new(article, map))
}

/// A stretch of `text` in code points, its bytes in the capture, and `same` or `decoded`.
pub type MapEntry = (u32, u32, u32, u32, &'static str);

/// The stretches of a text, in code points, beside their bytes in the capture.
#[must_use]
pub fn code_point_map(text: &MappedText) -> Vec<MapEntry> {
    let index = CodePoints::new(text.as_str());
    let entry = |s: &dateline_model::Stretch| {
        let (start, end) = (index.of(s.text.range().start), index.of(s.text.range().end));
        (start, end, s.bytes.start, s.bytes.end, kind_name(s.kind))
    };
    text.map().iter().map(entry).collect()
}

fn kind_name(kind: StretchKind) -> &'static str {
    match kind {
        StretchKind::Same => "same",
        StretchKind::Decoded => "decoded",
    }
}

/// The fields of the line, in their order.
#[derive(Debug, Serialize)]
pub struct ArticleLine<'a> {
    id: &'a str,
    uri: Option<&'a str>,
    sha256: String,
    media_type: &'static str,
    charset: &'static str,
    retrieved: Option<String>,
    language: Option<&'a str>,
    headline: Option<&'a str>,
    publisher: Option<&'a str>,
    byline: Option<&'a str>,
    credits: Vec<&'a str>,
    canonical: Option<&'a str>,
    published: Option<PublishedField<'a>>,
    dateline: Option<DatelineField<'a>>,
    text: &'a str,
    set_aside: Vec<SetAsideField<'a>>,
    date_candidates: Vec<CandidateField<'a>>,
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<BTreeMap<&'static str, EvidenceField<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    map: Option<Vec<MapEntry>>,
}

impl<'a> ArticleLine<'a> {
    /// Gathers the line's fields; `map` decides whether bytes are printed.
    #[must_use]
    pub fn new(article: &'a Article, map: ByteMap) -> Self {
        let proof = map == ByteMap::With;
        Self {
            id: &article.id,
            uri: article.uri.as_deref(),
            sha256: article.sha256.to_string(),
            media_type: article.media_type.name(),
            charset: article.charset.name,
            retrieved: article.retrieved.map(|m| m.to_string()),
            language: article.language.as_ref().map(|l| l.code.as_str()),
            headline: article.headline.as_ref().map(dateline_model::Headline::as_str),
            publisher: value(article.publisher.as_ref()),
            byline: value(article.byline.as_ref()),
            credits: article.credits.iter().map(|c| c.value.as_str()).collect(),
            canonical: value(article.canonical.as_ref()),
            published: article.published.as_ref().map(PublishedField::new),
            dateline: article
                .dateline
                .as_ref()
                .map(|d| DatelineField { place: value(d.place.as_ref()), date: value(d.date.as_ref()) }),
            text: article.text.as_str(),
            set_aside: article.set_aside.iter().map(SetAsideField::new).collect(),
            date_candidates: article.date_candidates.iter().map(CandidateField::new).collect(),
            diagnostics: &article.diagnostics,
            evidence: proof.then(|| evidence(article)),
            map: proof.then(|| code_point_map(&article.text)),
        }
    }
}

fn value(evidence: Option<&Evidence>) -> Option<&str> {
    evidence.map(|e| e.value.as_str())
}

/// The fields that stand outside the text, each with its words and bytes.
fn evidence(article: &Article) -> BTreeMap<&'static str, EvidenceField<'_>> {
    let single = [
        ("publisher", article.publisher.as_ref()),
        ("byline", article.byline.as_ref()),
        ("canonical", article.canonical.as_ref()),
        ("dateline_place", article.dateline.as_ref().and_then(|d| d.place.as_ref())),
        ("dateline_date", article.dateline.as_ref().and_then(|d| d.date.as_ref())),
    ];
    let mut fields: BTreeMap<_, _> =
        single.into_iter().filter_map(|(name, e)| Some((name, EvidenceField::One(Proof::new(e?))))).collect();
    if !article.credits.is_empty() {
        fields.insert("credits", EvidenceField::Many(article.credits.iter().map(Proof::new).collect()));
    }
    if let Some(headline) = &article.headline {
        let proof = Proof {
            basis: headline.basis,
            quote: headline.as_str(),
            bytes: headline.text.bytes().map(pair),
            map: Some(code_point_map(&headline.text)),
        };
        fields.insert("headline", EvidenceField::One(proof));
    }
    fields
}

fn pair(bytes: ByteSpan) -> (u32, u32) {
    (bytes.start, bytes.end)
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum EvidenceField<'a> {
    One(Proof<'a>),
    Many(Vec<Proof<'a>>),
}

#[derive(Debug, Serialize)]
struct Proof<'a> {
    basis: dateline_model::Basis,
    quote: &'a str,
    bytes: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    map: Option<Vec<MapEntry>>,
}

impl<'a> Proof<'a> {
    fn new(evidence: &'a Evidence) -> Self {
        Self { basis: evidence.basis, quote: &evidence.quote, bytes: evidence.bytes.map(pair), map: None }
    }
}

#[derive(Debug, Serialize)]
struct PublishedField<'a> {
    value: String,
    basis: dateline_model::Basis,
    quote: &'a str,
    bytes: Option<(u32, u32)>,
    reason: &'a str,
}

impl<'a> PublishedField<'a> {
    fn new(published: &'a Published) -> Self {
        Self {
            value: published.value.to_string(),
            basis: published.basis,
            quote: &published.quote,
            bytes: published.bytes.map(pair),
            reason: &published.reason,
        }
    }
}

#[derive(Debug, Serialize)]
struct DatelineField<'a> {
    place: Option<&'a str>,
    date: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct SetAsideField<'a> {
    quote: &'a str,
    why: dateline_model::SetAsideReason,
    bytes: Option<(u32, u32)>,
}

impl<'a> SetAsideField<'a> {
    fn new(set_aside: &'a SetAside) -> Self {
        Self { quote: &set_aside.quote, why: set_aside.why, bytes: set_aside.bytes.map(pair) }
    }
}

#[derive(Debug, Serialize)]
struct CandidateField<'a> {
    value: String,
    basis: dateline_model::Basis,
    quote: &'a str,
    bytes: Option<(u32, u32)>,
    reason: &'a str,
    weight: i32,
}

impl<'a> CandidateField<'a> {
    fn new(candidate: &'a DateCandidate) -> Self {
        Self {
            value: candidate.value.to_string(),
            basis: candidate.basis,
            quote: &candidate.quote,
            bytes: candidate.bytes.map(pair),
            reason: &candidate.reason,
            weight: candidate.weight,
        }
    }
}
