//! From an article to what is read in it: words first, then the stages that stand on them.

use dateline_model::{AnnotatedText, Article, Diagnostic, DocumentTime, Moment, Severity, TimeExpression};
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
    depth: Depth,
    document_time: Option<Moment>,
}

/// What was read in one article. Offsets are UTF-8 bytes of its text.
#[derive(Clone, Debug, Default)]
pub struct Annotation {
    /// Tokens, sentences, names.
    pub text: AnnotatedText,
    /// Time expressions; none where only the model was asked.
    pub times: Option<Vec<TimeExpression>>,
    /// Remarks of these stages.
    pub diagnostics: Vec<Diagnostic>,
}

impl Annotator {
    /// Stages on top of `language`. `document_time` serves articles that have no day of their own.
    #[must_use]
    pub fn new(language: Pipeline, depth: Depth, document_time: Option<Moment>) -> Self {
        Self { language, grammar: TimeGrammar::english(), depth, document_time }
    }

    /// Reads one article.
    #[must_use]
    pub fn annotate(&self, article: &Article) -> Annotation {
        match (self.depth, self.foreign(article)) {
            (Depth::Full, Some(code)) => {
                Annotation { diagnostics: vec![not_read(code)], ..Annotation::default() }
            }
            (depth, _) => self.read(article, depth),
        }
    }

    fn read(&self, article: &Article, depth: Depth) -> Annotation {
        let text = annotate(&self.language, article.text.as_str());
        let published = article.published.as_ref().map(|p| p.value).or(self.document_time);
        let times = (depth == Depth::Full)
            .then(|| find_times(article.text.as_str(), &text, DocumentTime(published), &self.grammar));
        Annotation { text, times, diagnostics: Vec::new() }
    }

    /// The article's language, if it is told and is not the model's.
    fn foreign<'a>(&self, article: &'a Article) -> Option<&'a str> {
        let code = &article.language.as_ref()?.code;
        (*code != self.language.about().language).then_some(code)
    }
}

/// What the models cannot read is kept and said, not guessed at.
fn not_read(code: &str) -> Diagnostic {
    let message = format!("the language model does not read {code:?}: no words, names or times are marked");
    Diagnostic::new("language-not-read", Severity::Note, message)
        .hinting("give a model of that language with --model, or ask for --model-only")
}
