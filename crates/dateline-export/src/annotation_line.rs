//! One article with what was read in it as one line of JSON: what `dateline annotate` prints.

use dateline_model::{AnnotatedText, Article, CodePoints, Diagnostic, Span, TimeExpression, TimeModifier};
use serde::Serialize;

use crate::article_line::{ArticleLine, ByteMap};
use crate::one_line::one_line;

/// Should the line carry every token?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// Yes.
    With,
    /// No: sentences, names and times alone.
    Without,
}

/// What was read in an article.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// Tokens, sentences, names.
    pub text: &'a AnnotatedText,
    /// Time expressions, if they were looked for.
    pub times: Option<&'a [TimeExpression]>,
    /// Remarks beside the article's own.
    pub diagnostics: &'a [Diagnostic],
}

/// The line for one annotated article, without its line break.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn annotation_line(
    article: &Article,
    findings: Findings<'_>,
    tokens: Tokens,
) -> Result<String, serde_json::Error> {
    let places = Places { text: article.text.as_str(), index: CodePoints::new(article.text.as_str()) };
    let line = AnnotationLine {
        article: ArticleLine::new(article, ByteMap::Without),
        remarks: findings.diagnostics,
        sentences: findings.text.sentences.iter().map(|s| places.pair(s.span)).collect(),
        tokens: (tokens == Tokens::With).then(|| places.tokens(findings.text)),
        entities: places.entities(findings.text),
        times: findings.times.map(|times| places.times(times)),
    };
    one_line(&line)
}

#[derive(Serialize)]
struct AnnotationLine<'a> {
    #[serde(flatten)]
    article: ArticleLine<'a>,
    #[serde(skip_serializing_if = "<[Diagnostic]>::is_empty")]
    remarks: &'a [Diagnostic],
    sentences: Vec<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<Vec<TokenField<'a>>>,
    entities: Vec<EntityField<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Vec<TimeField<'a>>>,
}

#[derive(Serialize)]
struct TokenField<'a> {
    start: u32,
    end: u32,
    tag: &'a str,
    pos: &'a str,
    lemma: &'a str,
    head: u32,
    dep: &'a str,
}

#[derive(Serialize)]
struct EntityField<'a> {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    entity_type: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct TimeField<'a> {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    time_type: &'static str,
    value: &'a str,
    #[serde(rename = "mod")]
    modifier: Option<&'static str>,
    interval: Option<(String, String)>,
    text: &'a str,
    anchor: &'static str,
}

/// Places in the article's text, in code points.
struct Places<'a> {
    text: &'a str,
    index: CodePoints,
}

impl<'a> Places<'a> {
    fn pair(&self, span: Span) -> (u32, u32) {
        (self.index.of(span.range().start), self.index.of(span.range().end))
    }

    fn words(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn tokens(&self, annotated: &'a AnnotatedText) -> Vec<TokenField<'a>> {
        let field = |token: &'a dateline_model::Token| {
            let (start, end) = self.pair(token.span);
            let (tag, pos, lemma, dep) = (&*token.tag, &*token.pos, &*token.lemma, &*token.dep);
            TokenField { start, end, tag, pos, lemma, head: token.head, dep }
        };
        annotated.tokens.iter().map(field).collect()
    }

    fn entities(&self, annotated: &'a AnnotatedText) -> Vec<EntityField<'a>> {
        let field = |name: &'a dateline_model::EntityMention| {
            let (start, end) = self.pair(name.span);
            EntityField { start, end, entity_type: &name.entity_type, text: self.words(name.span) }
        };
        annotated.names.iter().map(field).collect()
    }

    fn times(&self, times: &'a [TimeExpression]) -> Vec<TimeField<'a>> {
        let field = |time: &'a TimeExpression| {
            let (start, end) = self.pair(time.span);
            TimeField {
                start,
                end,
                time_type: time.time_type.name(),
                value: &time.value,
                modifier: time.modifier.map(TimeModifier::name),
                interval: time.interval.map(|i| (i.first.to_string(), i.last.to_string())),
                text: self.words(time.span),
                anchor: time.anchor.name(),
            }
        };
        times.iter().map(field).collect()
    }
}
