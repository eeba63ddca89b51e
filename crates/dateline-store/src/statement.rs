//! A report's statements as rows: the words themselves, and where they stand in code points.

use dateline_model::{Attribution, CodePoints, Party, Readings, Report, Span};
use serde_json::json;

/// A row of `statements`.
#[derive(Clone, Debug)]
pub(crate) struct StatementRow {
    pub(crate) of: &'static str,
    pub(crate) speaker: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) cue: Option<String>,
    pub(crate) kind: String,
    pub(crate) content: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) spans: String,
    pub(crate) reported_by: Option<String>,
    pub(crate) medium: Option<String>,
    pub(crate) addressee: Option<String>,
    pub(crate) reason: String,
}

/// The rows of a report, in its order. What has no content is no statement.
pub(crate) fn statements(report: &Report, readings: &Readings) -> Vec<StatementRow> {
    let index = CodePoints::new(&report.text);
    readings.attributions.iter().filter_map(|attribution| row(attribution, report, &index)).collect()
}

fn row(attribution: &Attribution, report: &Report, index: &CodePoints) -> Option<StatementRow> {
    let (first, last) = (attribution.content.first()?, attribution.content.last()?);
    let headline = report.is_in_headline(*first);
    let before = match report.headline {
        Some(span) if headline => index.of(span.range().start),
        _ => 0,
    };
    let count = |offset: usize| index.of(offset).saturating_sub(before);
    let pair = |span: &Span| (count(span.range().start), count(span.range().end));
    let spans: Vec<_> = attribution.content.iter().map(pair).collect();
    let reported_by: Vec<_> = attribution.reported_by.iter().map(|party| &party.name).collect();
    Some(StatementRow {
        of: if headline { "headline" } else { "text" },
        speaker: attribution.speaker.as_ref().map(name),
        source: words(&attribution.source, report),
        cue: words(&attribution.cue, report),
        kind: plain(&json!(attribution.kind)),
        content: words(&attribution.content, report)?,
        start: count(first.range().start),
        end: count(last.range().end),
        spans: json!(spans).to_string(),
        reported_by: (!reported_by.is_empty()).then(|| json!(reported_by).to_string()),
        medium: attribution.medium.map(|medium| plain(&json!(medium))),
        addressee: attribution.addressee.as_ref().map(name),
        reason: attribution.reason.clone(),
    })
}

fn name(party: &Party) -> String {
    party.name.clone()
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The words of an interrupted stretch, with a mark at each break; none where it is empty.
fn words(spans: &[Span], report: &Report) -> Option<String> {
    let pieces: Vec<_> = spans.iter().map(|span| report.words(*span)).collect();
    (!pieces.is_empty()).then(|| pieces.join(" … "))
}
