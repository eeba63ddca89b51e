//! One report as the document stages read it: its body, and after it its headline, in one text.
//!
//! The body comes first, so that its offsets are those of the article's own text; the headline
//! follows after a blank line. A stage reads both in one pass and needs no second set of offsets.

use crate::annotation::AnnotatedText;
use crate::attribution::Attribution;
use crate::entity::Entities;
use crate::event::EventMention;
use crate::place::Place;
use crate::span::Span;
use crate::time::{DocumentTime, TimeExpression};

/// One report's words with what the language model read in them, and what is known of the report.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The body, a blank line, the headline.
    pub text: String,
    /// Where the headline stands in `text`; none for a report without one. Everything before it is
    /// body.
    pub headline: Option<Span>,
    /// Tokens, sentences and names of body and headline. A sentence never holds words of both.
    pub annotated: AnnotatedText,
    /// Day or moment of publication.
    pub document_time: DocumentTime,
    /// The outlet, as the page names it.
    pub publisher: Option<String>,
    /// Agencies and outlets that the page names as its origin.
    pub credits: Vec<String>,
    /// The place that the report is dated from.
    pub dateline_place: Option<String>,
}

impl Report {
    /// A text alone, with what the language model read in it.
    #[must_use]
    pub fn of_text(text: &str, annotated: AnnotatedText) -> Self {
        Self { text: text.to_owned(), annotated, ..Self::default() }
    }

    /// Length of the body in bytes.
    #[must_use]
    pub fn body_end(&self) -> u32 {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.headline.map_or(end, |headline| headline.start.saturating_sub(2))
    }

    /// Does `span` stand in the headline?
    #[must_use]
    pub fn is_in_headline(&self, span: Span) -> bool {
        self.headline.is_some_and(|headline| span.start >= headline.start)
    }

    /// Adds a headline, analysed alone, after the body.
    pub fn push_headline(&mut self, text: &str, annotated: &AnnotatedText) {
        self.text.push_str("\n\n");
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        self.headline = Some(Span::new(start, u32::try_from(self.text.len()).unwrap_or(u32::MAX)));
        self.annotated.append(annotated, start);
    }

    /// The words of `span`; empty where it is no stretch of the text.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// What the document stages read in one report, stage after stage. Offsets are UTF-8 bytes of
/// [`Report::text`]; indexes point into the lists here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    /// Times, in the text's order.
    pub times: Vec<TimeExpression>,
    /// Who and what is meant.
    pub entities: Entities,
    /// Place names, in the text's order.
    pub places: Vec<Place>,
    /// Who is said to have said what, in the order of their first words.
    pub attributions: Vec<Attribution>,
    /// Who did what to whom, in the text's order.
    pub events: Vec<EventMention>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{NamedEntity, Sentence, Token};

    fn one_word(word: &str) -> AnnotatedText {
        let span = Span::new(0, word.len() as u32);
        let token = Token {
            span,
            tag: "NNP".into(),
            pos: "PROPN".into(),
            lemma: word.into(),
            head: 0,
            dep: "ROOT".into(),
        };
        AnnotatedText {
            tokens: vec![token],
            sentences: vec![Sentence { span, first: 0, end: 1 }],
            names: vec![NamedEntity { span, entity_type: "GPE".into(), first: 0, end: 1 }],
        }
    }

    #[test]
    fn a_headline_follows_the_body() {
        let mut report = Report::of_text("Orsk", one_word("Orsk"));
        report.push_headline("Velin", &one_word("Velin"));
        assert_eq!(report.text, "Orsk\n\nVelin");
        assert_eq!(report.body_end(), 4);
        let words: Vec<_> = report.annotated.names.iter().map(|n| report.words(n.span)).collect();
        assert_eq!(words, ["Orsk", "Velin"]);
        let second = &report.annotated;
        assert_eq!((second.tokens[1].head, second.sentences[1].first, second.names[1].end), (1, 1, 2));
        assert!(report.is_in_headline(second.tokens[1].span));
        assert!(!report.is_in_headline(second.tokens[0].span));
    }
}
