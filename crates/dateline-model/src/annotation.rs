//! What the language model reads in one text: tokens, sentences, dependencies, names.

use std::sync::Arc;

use crate::span::Span;

/// A text's tokens, sentences and names. Offsets are UTF-8 bytes of that text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotatedText {
    /// All tokens, in the text's order.
    pub tokens: Vec<Token>,
    /// All sentences, in the text's order; every token belongs to one.
    pub sentences: Vec<Sentence>,
    /// The names that the model sees, in the text's order. Later stages read better than it.
    pub names: Vec<NamedEntity>,
}

impl AnnotatedText {
    /// Adds what was read in a text of its own that stands `offset` bytes further on.
    pub fn append(&mut self, other: &Self, offset: u32) {
        let first = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        let moved = |span: Span| Span::new(span.start + offset, span.end + offset);
        self.tokens.extend(other.tokens.iter().map(|t| Token {
            span: moved(t.span),
            head: t.head + first,
            ..t.clone()
        }));
        self.sentences.extend(other.sentences.iter().map(|s| Sentence {
            span: moved(s.span),
            first: s.first + first,
            end: s.end + first,
        }));
        self.names.extend(other.names.iter().map(|n| NamedEntity {
            span: moved(n.span),
            first: n.first + first,
            end: n.end + first,
            ..n.clone()
        }));
    }
}

/// A word, number or mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Part of speech in the model's own fine tags (Penn Treebank for English): `NNP`, `VBD`.
    pub tag: Arc<str>,
    /// Part of speech in Universal Dependencies: `PROPN`, `VERB`.
    pub pos: Arc<str>,
    /// Dictionary form.
    pub lemma: Arc<str>,
    /// Index of the token that it depends on; its own for the root of a sentence.
    pub head: u32,
    /// Name of the dependency: `nsubj`, `dobj`.
    pub dep: Arc<str>,
}

/// A sentence, as the parser parts the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Index of its first token.
    pub first: u32,
    /// One past the index of its last token.
    pub end: u32,
}

/// A name in the text, as the language model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEntity {
    /// Where it stands.
    pub span: Span,
    /// The model's own type: `PERSON`, `GPE`, `ORG`, `DATE`.
    pub entity_type: Arc<str>,
    /// Index of its first token.
    pub first: u32,
    /// One past the index of its last token.
    pub end: u32,
}
