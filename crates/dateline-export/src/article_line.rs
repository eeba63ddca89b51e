//! One article as one line of JSON: what `dateline extract` prints.

use std::collections::BTreeMap;

use dateline_model::{
    Article, ByteSpan, CodePoints, DateCandidate, Dateline, Evidence, MappedText, Published, StretchKind,
};
use serde::Serialize;

use crate::fields::{Fields, object};

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
    let aside: usize = article.set_aside.iter().map(|piece| piece.quote.len() + SMALL_TALK).sum();
    let mut line = String::with_capacity(article.text.len() + aside + 2 * SMALL_TALK);
    object(&mut line, |fields| write_article(fields, article, map))?;
    Ok(line)
}

/// What the names of a small object's fields and its numbers take.
const SMALL_TALK: usize = 1 << 6;

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

/// Writes the fields of an article, in their order; `map` decides whether bytes are printed.
pub(crate) fn write_article(
    fields: &mut Fields<'_>,
    article: &Article,
    map: ByteMap,
) -> Result<(), serde_json::Error> {
    fields.text("id", article.id.as_str());
    fields.text("uri", article.uri.as_deref());
    fields.text("sha256", article.sha256.to_string().as_str());
    fields.text("media_type", article.media_type.name());
    fields.text("charset", article.charset.name);
    fields.text("retrieved", article.retrieved.map(|m| m.to_string()).as_deref());
    fields.text("language", article.language.as_ref().map(|l| l.code.as_str()));
    fields.text("headline", article.headline.as_ref().map(dateline_model::Headline::as_str));
    fields.text("publisher", value(article.publisher.as_ref()));
    fields.text("byline", value(article.byline.as_ref()));
    fields.value("credits", &article.credits.iter().map(|c| c.value.as_str()).collect::<Vec<_>>())?;
    fields.text("canonical", value(article.canonical.as_ref()));
    fields.value("published", &article.published.as_ref().map(PublishedField::new))?;
    fields.value("dateline", &article.dateline.as_ref().map(DatelineField::new))?;
    fields.text("text", article.text.as_str());
    fields.objects("set_aside", &article.set_aside, |fields, piece| {
        fields.text("quote", piece.quote.as_str());
        fields.text("why", piece.why.name());
        fields.pair("bytes", piece.bytes.map(pair));
    });
    let candidates: Vec<_> = article.date_candidates.iter().map(CandidateField::new).collect();
    fields.value("date_candidates", &candidates)?;
    fields.value("diagnostics", &article.diagnostics)?;
    if map == ByteMap::With {
        fields.value("evidence", &evidence(article))?;
        fields.value("map", &code_point_map(&article.text))?;
    }
    Ok(())
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

impl<'a> DatelineField<'a> {
    fn new(dateline: &'a Dateline) -> Self {
        Self { place: value(dateline.place.as_ref()), date: value(dateline.date.as_ref()) }
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
