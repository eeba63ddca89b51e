//! What one thread needs to annotate texts: what it has met before, and room to work in.

use std::sync::Arc;

use crate::lemmatizer::Lemmatizer;
use crate::lexeme::LexemeId;
use crate::names::{Name, Names};
use crate::network::Tok2VecMemory;
use crate::ruler::{Attributes, Ruler, WordResults};
use crate::tokenizer::ChunkMemory;
use crate::transition::ScorerMemory;
use crate::unicode::lower;

/// The memory of one thread.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) chunks: ChunkMemory,
    /// One for each network.
    pub(crate) networks: Vec<Tok2VecMemory>,
    pub(crate) scorer: ScorerMemory,
    pub(crate) names: Names,
    /// By lexeme: the tests of rules that it passes.
    pub(crate) word_tests: Vec<WordResults>,
    /// By lexeme: its lemmas, by part of speech and features.
    lemmas: Vec<Vec<(Name, Name, Arc<str>)>>,
}

impl Worker {
    pub(crate) fn new(networks: Vec<Tok2VecMemory>, names: &Names) -> Self {
        Self {
            names: names.own_copy(),
            chunks: ChunkMemory::default(),
            networks,
            scorer: ScorerMemory::default(),
            word_tests: Vec::new(),
            lemmas: Vec::new(),
        }
    }

    /// Between two texts: forgets what has grown too large.
    pub(crate) fn rest(&mut self) {
        if self.chunks.is_full() {
            self.chunks = ChunkMemory::default();
            self.networks.iter_mut().for_each(Tok2VecMemory::forget_types);
            self.word_tests.clear();
            self.lemmas.clear();
        }
        self.scorer.rest();
    }

    /// Tests the words of lexemes that are new.
    pub(crate) fn test_words(&mut self, ruler: &Ruler) {
        for id in self.word_tests.len()..self.chunks.lexicon.len() {
            let lexeme = self.chunks.lexicon.lexeme(id as LexemeId);
            self.word_tests.push(ruler.test_word(&lower(&lexeme.text)));
        }
    }

    /// The lemma of a word type with these attributes.
    pub(crate) fn lemma(
        &mut self,
        lexeme: LexemeId,
        attributes: &Attributes,
        lemmatizer: &Lemmatizer,
    ) -> Arc<str> {
        let Attributes { pos, morph, .. } = *attributes;
        if self.lemmas.len() < self.chunks.lexicon.len() {
            self.lemmas.resize(self.chunks.lexicon.len(), Vec::new());
        }
        let lemmas = &mut self.lemmas[lexeme as usize];
        if let Some((.., lemma)) = lemmas.iter().find(|(p, m, _)| (*p, *m) == (pos, morph)) {
            return Arc::clone(lemma);
        }
        let text = &self.chunks.lexicon.lexeme(lexeme).text;
        let lemma: Arc<str> = lemmatizer.lemma(text, self.names.spell(pos), self.names.spell(morph)).into();
        lemmas.push((pos, morph, Arc::clone(&lemma)));
        lemma
    }
}
