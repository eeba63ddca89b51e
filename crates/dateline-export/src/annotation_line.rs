//! One article with what was read in it as one line of JSON: what `dateline annotate` prints.

use dateline_model::{Account, Article, Diagnostic, NamedEntity, Readings, Report, Sentence, Token};
use serde::{Serialize, Serializer};

use crate::account_fields::accounts_value;
use crate::article_line::{ByteMap, code_point_map, write_article};
use crate::entity_fields::{EntityField, MentionField, PlaceField, entities, mentions, places};
use crate::event_fields::{EventField, events};
use crate::fields::{Fields, object};
use crate::offsets::Offsets;
use crate::statement_fields::{AttributionField, attributions};
use crate::time_fields::{TimeField, times};

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
    /// Its words, with tokens, sentences and the model's names.
    pub report: &'a Report,
    /// What the stages read; none where only the model was asked.
    pub readings: Option<&'a Readings>,
    /// Remarks beside the article's own.
    pub diagnostics: &'a [Diagnostic],
    /// What it tells of each happening; none where the line is not to carry it.
    pub accounts: Option<&'a [Account]>,
    /// The capture that it was read from, where the line is to stand for it in a build.
    pub capture: Option<CaptureField<'a>>,
}

/// What a build knows a capture by.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CaptureField<'a> {
    /// Of id, bytes and all that came with them.
    pub key: &'a str,
    /// Bytes.
    pub size: usize,
    /// With what it was read: version, model, dictionaries.
    pub reading: &'a str,
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
    let offsets = Offsets::new(findings.report);
    let (report, readings) = (findings.report, findings.readings);
    let found = AnnotationFields {
        remarks: findings.diagnostics,
        sentences: body_sentences(report).map(|s| offsets.pair(s.span)).collect(),
        tokens: (tokens == Tokens::With).then_some(TokenFields { report, offsets: &offsets }),
        entities: match readings {
            Some(readings) => entities(&readings.entities, &offsets),
            None => report.annotated.names.iter().map(|name| model_name(name, &offsets)).collect(),
        },
        mentions: readings.map(|r| mentions(&r.entities, &offsets)),
        times: readings.map(|r| times(&r.times, &offsets)),
        places: readings.map(|r| places(&r.places, &offsets)),
        attributions: readings.map(|r| attributions(&r.attributions, &offsets)),
        events: readings.map(|r| events(r, &offsets)),
    };
    let mut line = String::new();
    object(&mut line, |fields| {
        write_article(fields, article, ByteMap::Without)?;
        fields.append(&found)?;
        write_accounts(fields, article, findings)
    })?;
    Ok(line)
}

/// What `build --from-annotations` takes of a line besides what every reader wants.
fn write_accounts(
    fields: &mut Fields<'_>,
    article: &Article,
    findings: Findings<'_>,
) -> Result<(), serde_json::Error> {
    if let Some(accounts) = findings.accounts {
        let against = findings.report.document_time.0.map(|moment| moment.day().to_string());
        fields.text("read_against", against.as_deref());
        let headline = article.headline.as_ref().map_or("", |headline| headline.as_str());
        fields.value("accounts", &accounts_value(accounts, article.text.as_str(), headline)?)?;
    }
    if let Some(capture) = findings.capture {
        fields.value("capture", &capture)?;
        fields.value("map", &code_point_map(&article.text))?;
    }
    Ok(())
}

/// What stands behind the fields of the article.
#[derive(Serialize)]
struct AnnotationFields<'a> {
    #[serde(skip_serializing_if = "<[Diagnostic]>::is_empty")]
    remarks: &'a [Diagnostic],
    sentences: Vec<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<TokenFields<'a>>,
    entities: Vec<EntityField<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mentions: Option<Vec<MentionField<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Vec<TimeField<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<Vec<PlaceField<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributions: Option<Vec<AttributionField<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Vec<EventField<'a>>>,
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

fn body_sentences(report: &Report) -> impl Iterator<Item = &Sentence> {
    report.annotated.sentences.iter().filter(|s| !report.is_in_headline(s.span))
}

/// The body's tokens; their heads count among themselves, since the headline's come last. There may be millions: each
/// is made when it is written.
struct TokenFields<'a> {
    report: &'a Report,
    offsets: &'a Offsets<'a>,
}

impl TokenFields<'_> {
    fn field<'t>(&self, token: &'t Token) -> TokenField<'t> {
        let (start, end) = self.offsets.pair(token.span);
        let (tag, pos, lemma, dep) = (&*token.tag, &*token.pos, &*token.lemma, &*token.dep);
        TokenField { start, end, tag, pos, lemma, head: token.head, dep }
    }
}

impl Serialize for TokenFields<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let tokens = self.report.annotated.tokens.iter();
        out.collect_seq(tokens.filter(|t| !self.report.is_in_headline(t.span)).map(|token| self.field(token)))
    }
}

fn model_name<'a>(name: &'a NamedEntity, offsets: &Offsets<'a>) -> EntityField<'a> {
    let (start, end) = offsets.pair(name.span);
    EntityField::of_model(start, end, &name.entity_type, offsets.words(name.span))
}
