//! From an article to what is read in it: words first, then the stages that stand on them.

use dateline_attribution::{Lexicon, attribute};
use dateline_coding::{CodingLexicon, Known, code_events};
use dateline_entities::{EntityRules, Gazetteer, PlaceWords, code_entities, find_entities, find_places};
use dateline_model::{
    AnnotatedText, Article, Basis, Diagnostic, DocumentTime, Moment, Readings, Report, Severity,
    TimeExpression,
};

use dateline_nlp::{Pipeline, annotate};
use dateline_time::{TimeGrammar, after_head, find_times, printed_day};
use jiff::civil::Date;

use crate::remembering::ReadTexts;

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
    rules: EntityRules,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    place_words: PlaceWords,
    coding: CodingLexicon,
    read: ReadTexts,
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
        Self {
            language,
            grammar: TimeGrammar::english(),
            rules: EntityRules::english(),
            lexicon: Lexicon::english(),
            coding: CodingLexicon::english(),
            gazetteer: Gazetteer::english(),
            place_words: PlaceWords::english(),
            read: ReadTexts::of_bytes(REMEMBERED_BYTES),
            depth,
            document_time,
        }
    }

    /// Knows names by `gazetteer`, which may hold a user's dictionaries.
    #[must_use]
    pub fn with_gazetteer(self, gazetteer: Gazetteer) -> Self {
        Self { gazetteer, ..self }
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
                let mut report = self.report(article);
                let (times, diagnostics) = self.times(article, &mut report);
                let readings = Some(self.readings(&report, times));
                Annotation { report, readings, diagnostics }
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
            ..Report::of_text(text, self.body(text))
        };
        if let Some(headline) = &article.headline {
            report.push_headline(headline.as_str(), &self.words(headline.as_str()));
        }
        report
    }

    /// The body, with what its head prints read apart from its first sentence.
    fn body(&self, text: &str) -> AnnotatedText {
        let Some((head, rest)) = after_head(text, &self.grammar).and_then(|at| text.split_at_checked(at))
        else {
            return self.words(text);
        };
        let mut annotated = self.words(head);
        annotated.append(&self.words(rest), head.len() as u32);
        annotated
    }

    /// What the language model reads in a text. News is copied a great deal: what came lately is remembered.
    fn words(&self, text: &str) -> AnnotatedText {
        self.read.read(text, |text| annotate(&self.language, text))
    }

    /// The times, read against the day that the report itself prints where the input gave another.
    fn times(&self, article: &Article, report: &mut Report) -> (Vec<TimeExpression>, Vec<Diagnostic>) {
        let times = find_times(report, &self.grammar);
        let supplied = article.published.as_ref().filter(|p| p.basis == Basis::Supplied).map(|p| p.value);
        let Some(told) = supplied.and_then(|day| Some((day, printed_day(day, report, &times)?))) else {
            return (times, Vec::new());
        };
        report.document_time = DocumentTime(Some(Moment::Day(told.1)));
        (find_times(report, &self.grammar), vec![day_differs(told.0, told.1)])
    }

    /// What the stages read, each with those before it at hand.
    fn readings(&self, report: &Report, times: Vec<TimeExpression>) -> Readings {
        let mut entities = find_entities(report, &times, &self.rules, &self.gazetteer);
        let places = find_places(report, &entities, &self.gazetteer, &self.place_words);
        code_entities(report, &mut entities, &places, &self.gazetteer);
        let attributions = attribute(report, &entities, &self.lexicon);
        let mut readings = Readings { times, entities, places, attributions, ..Readings::default() };
        readings.events = code_events(report, known(&readings), &self.coding);
        readings
    }

    /// The article's language, if it is told for sure and is not the model's.
    fn foreign<'a>(&self, article: &'a Article) -> Option<&'a str> {
        let told = article.language.as_ref().filter(|told| told.confidence > SURE)?;
        (told.code != self.language.about().language).then_some(&told.code)
    }
}

/// What coding may use of the stages before it.
fn known(readings: &Readings) -> Known<'_> {
    Known {
        entities: &readings.entities,
        times: &readings.times,
        places: &readings.places,
        attributions: &readings.attributions,
    }
}

/// Some thousand reports.
const REMEMBERED_BYTES: usize = 128 << 20;

/// Of a single sentence the language is often a guess ("I'll go" looks Welsh). Told with less
/// confidence than this, an article is read as the model's language.
const SURE: f32 = 0.9;

/// Said to the user, since all weekdays are read anew.
fn day_differs(supplied: Moment, printed: Date) -> Diagnostic {
    let message = format!(
        "the input gives {supplied} as the day of publication, the report prints {printed}: days are read against the printed one"
    );
    Diagnostic::new("day-differs", Severity::Note, message)
        .hinting("check the day of publication in the input")
}

/// What the models cannot read is kept and said, not guessed at.
fn not_read(code: &str) -> Diagnostic {
    let message = format!("the language model does not read {code:?}: no words, names or times are marked");
    Diagnostic::new("language-not-read", Severity::Note, message)
        .hinting("give a model of that language with --model, or ask for --model-only")
}
