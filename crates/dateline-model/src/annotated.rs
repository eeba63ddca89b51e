//! A text with what a language model sees in it: [`Token`]s with tags and heads, sentences, names.

use std::ops::Range;
use std::sync::Arc;

use crate::Span;

/// A label out of a model's own list, such as a tag or the type of a name. [`AnnotatedText::name`] spells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u16);

/// The labels of a model, shared by all texts that it annotated. The first is the empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    spelt: Vec<Box<str>>,
}

impl Default for Names {
    fn default() -> Self {
        Self { spelt: vec!["".into()] }
    }
}

impl Names {
    /// The name that is spelt so; it is added if it is new. Beyond 65,536 names all are the last one.
    pub fn intern(&mut self, spelling: &str) -> Name {
        if let Some(name) = self.find(spelling) {
            return name;
        }
        if self.spelt.len() <= usize::from(u16::MAX) {
            self.spelt.push(spelling.into());
        }
        Name((self.spelt.len() - 1) as u16)
    }

    /// The name that is spelt so.
    #[must_use]
    pub fn find(&self, spelling: &str) -> Option<Name> {
        self.spelt.iter().position(|known| **known == *spelling).map(|index| Name(index as u16))
    }

    /// How a name is spelt.
    #[must_use]
    pub fn spell(&self, name: Name) -> &str {
        self.spelt.get(usize::from(name.0)).map_or("", |spelt| spelt)
    }
}

/// A word, a sign, or white space beyond one space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span,
    /// The fine tag, as in the Penn Treebank.
    pub tag: Name,
    /// The universal part of speech.
    pub pos: Name,
    /// The morphological features, as `Number=Sing|Person=3`.
    pub morph: Name,
    /// The label of the arc to its head.
    pub dep: Name,
    /// Its head's index; a root is its own.
    pub head: u32,
    /// Where its lemma stands among the lemmas of the text.
    pub lemma: Span,
}

/// A sentence: where it stands, and its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token to the end of its last.
    pub span: Span,
    /// Its tokens' indices.
    pub tokens: Range<usize>,
}

/// A name of something, as the model found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityMention {
    /// Where it stands.
    pub span: Span,
    /// Its type, such as `PERSON`.
    pub kind: Name,
    /// Its tokens' indices.
    pub tokens: Range<usize>,
}

/// What a language model sees in one text. Offsets are bytes of that text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotatedText {
    /// The tokens, in order.
    pub tokens: Vec<Token>,
    /// The sentences, in order; together they hold all tokens.
    pub sentences: Vec<Sentence>,
    /// The names, in order; they do not overlap.
    pub entities: Vec<EntityMention>,
    /// The lemmas of all tokens, one after the other.
    pub lemmas: String,
    /// How the labels are spelt.
    pub names: Arc<Names>,
}

impl AnnotatedText {
    /// How a label is spelt.
    #[must_use]
    pub fn name(&self, name: Name) -> &str {
        self.names.spell(name)
    }

    /// A token's lemma.
    #[must_use]
    pub fn lemma(&self, token: &Token) -> &str {
        self.lemmas.get(token.lemma.range()).unwrap_or("")
    }

    /// The tokens of a sentence.
    #[must_use]
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_as_they_were_given() {
        let mut names = Names::default();
        let noun = names.intern("NOUN");
        assert_eq!(names.intern("NOUN"), noun);
        assert_eq!((names.spell(noun), names.spell(Name::default())), ("NOUN", ""));
        assert_eq!(names.find("VERB"), None);
    }
}
