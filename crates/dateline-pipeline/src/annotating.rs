//! From an article to what is read in it: words first, then the stages that stand on them.

use dateline_attribution::{Lexicon, attribute};
use dateline_model::{
    AnnotatedText, Article, Diagnostic, DocumentTime, Entities, Entity, EntityId, EntityMention, EntityType,
    Gender, MentionKind, Moment, Number, Readings, Report, Severity,
};
use dateline_nlp::{Pipeline, annotate};
use dateline_time::{TimeGrammar, find_times};

/// How far an article is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Only the language model, whatever the language.
    Model,
    /// All stages.
    Full,
}

/// The stages that read one article, loaded once and shared by threads.
pub struct Annotator {
    language: Pipeline,
    grammar: TimeGrammar,
    lexicon: Lexicon,
    depth: Depth,
    document_time: Option<Moment>,
}

/// What was read in one article.
#[derive(Clone, Debug, Default)]
pub struct Annotation {
    /// Body and headline with their tokens, sentences and the model's names.
    pub report: Report,
    /// What the stages read; none where only the model was asked, or in a language it does not read.
    pub readings: Option<Readings>,
    /// Remarks of these stages.
    pub diagnostics: Vec<Diagnostic>,
}

impl Annotator {
    /// Stages on top of `language`. `document_time` serves articles that have no day of their own.
    #[must_use]
    pub fn new(language: Pipeline, depth: Depth, document_time: Option<Moment>) -> Self {
        Self { language, grammar: TimeGrammar::english(), lexicon: Lexicon::english(), depth, document_time }
    }

    /// Reads one article.
    #[must_use]
    pub fn annotate(&self, article: &Article) -> Annotation {
        match (self.depth, self.foreign(article)) {
            (Depth::Full, Some(code)) => {
                let readings = Some(Readings::default());
                Annotation { readings, diagnostics: vec![not_read(code)], ..Annotation::default() }
            }
            (Depth::Full, None) => {
                let report = self.report(article);
                let readings = Some(self.readings(&report));
                Annotation { report, readings, diagnostics: Vec::new() }
            }
            (Depth::Model, _) => {
                let text = article.text.as_str();
                let report = Report::of_text(text, annotate(&self.language, text));
                Annotation { report, ..Annotation::default() }
            }
        }
    }

    /// Body and headline, with what the language model reads in them.
    fn report(&self, article: &Article) -> Report {
        let text = article.text.as_str();
        let mut report = Report {
            document_time: DocumentTime(article.published.as_ref().map(|p| p.value).or(self.document_time)),
            publisher: article.publisher.as_ref().map(|p| p.value.clone()),
            credits: article.credits.iter().map(|c| c.value.clone()).collect(),
            dateline_place: article.dateline.as_ref().and_then(|d| Some(d.place.as_ref()?.value.clone())),
            ..Report::of_text(text, annotate(&self.language, text))
        };
        if let Some(headline) = &article.headline {
            report.push_headline(headline.as_str(), &annotate(&self.language, headline.as_str()));
        }
        report
    }

    /// What the stages read, each with those before it at hand.
    fn readings(&self, report: &Report) -> Readings {
        let times = find_times(report, &self.grammar);
        let entities = models_own(&report.text, &report.annotated);
        let attributions = attribute(report, &entities, &self.lexicon);
        Readings { times, entities, attributions, ..Readings::default() }
    }

    /// The article's language, if it is told for sure and is not the model's.
    fn foreign<'a>(&self, article: &'a Article) -> Option<&'a str> {
        let told = article.language.as_ref().filter(|told| told.confidence > SURE)?;
        (told.code != self.language.about().language).then_some(&told.code)
    }
}

/// Of a single sentence the language is often a guess ("I'll go" looks Welsh). Told with less
/// confidence than this, an article is read as the model's language.
const SURE: f32 = 0.9;

/// The language model's names as they are: each its own entity.
fn models_own(text: &str, annotated: &AnnotatedText) -> Entities {
    let mut found = Entities::default();
    for name in &annotated.names {
        let words = text.get(name.span.range()).unwrap_or_default();
        let id = u32::try_from(found.entities.len()).unwrap_or(u32::MAX);
        let entity_type = EntityType::named(&name.entity_type);
        found.entities.push(Entity {
            key: words.to_lowercase(),
            name: words.to_owned(),
            entity_type,
            link: None,
            country: None,
            code: None,
            gender: Gender::Unknown,
            number: Number::Unknown,
            role: None,
        });
        found.mentions.push(EntityMention {
            span: name.span,
            first: name.first,
            end: name.end,
            head: name.end.saturating_sub(1),
            kind: MentionKind::Name,
            entity_type,
            entity: Some(EntityId(id)),
            reason: "the language model's own name".into(),
        });
    }
    found
}

/// What the models cannot read is kept and said, not guessed at.
fn not_read(code: &str) -> Diagnostic {
    let message = format!("the language model does not read {code:?}: no words, names or times are marked");
    Diagnostic::new("language-not-read", Severity::Note, message)
        .hinting("give a model of that language with --model, or ask for --model-only")
}
