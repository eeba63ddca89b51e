//! From bytes of a report's text to what is printed: code points of the body, or of the headline.

use dateline_model::{CodePoints, Report, Span};

/// Where a span is counted: in the body, or in the headline.
pub(crate) type Of = Option<&'static str>;

/// Counts a report's spans in code points.
pub(crate) struct Offsets<'a> {
    report: &'a Report,
    index: CodePoints,
    /// Code points before the headline.
    before_headline: u32,
}

impl<'a> Offsets<'a> {
    pub(crate) fn new(report: &'a Report) -> Self {
        let index = CodePoints::new(&report.text);
        let before_headline = report.headline.map_or(0, |h| index.of(h.range().start));
        Self { report, index, before_headline }
    }

    /// Start and end, each in the text that the span stands in.
    pub(crate) fn pair(&self, span: Span) -> (u32, u32) {
        let before = if self.report.is_in_headline(span) { self.before_headline } else { 0 };
        let of = |offset: usize| self.index.of(offset).saturating_sub(before);
        (of(span.range().start), of(span.range().end))
    }

    /// Several spans of one thing.
    pub(crate) fn pairs(&self, spans: &[Span]) -> Vec<(u32, u32)> {
        spans.iter().map(|span| self.pair(*span)).collect()
    }

    /// `headline` for a span that stands there.
    pub(crate) fn of(&self, span: Span) -> Of {
        self.report.is_in_headline(span).then_some("headline")
    }

    pub(crate) fn words(&self, span: Span) -> &'a str {
        self.report.words(span)
    }
}
