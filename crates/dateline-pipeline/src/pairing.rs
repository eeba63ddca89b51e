//! From pairs of parties to what one does to the other, in the order of the pairs.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use dateline_coding::{CodingLexicon, code_pair};
use dateline_model::PairCode;
use dateline_nlp::{Pipeline, annotate};

use crate::ordered::for_each_in_order;

/// A text and two parties in it, by their words.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The text, mostly a sentence.
    pub text: String,
    /// Who acts.
    pub source: String,
    /// On whom.
    pub target: String,
}

/// The stages that code pairs, loaded once and shared by threads.
pub struct PairCoder {
    language: Pipeline,
    lexicon: CodingLexicon,
}

impl PairCoder {
    /// Coding on top of `language`.
    #[must_use]
    pub fn new(language: Pipeline) -> Self {
        Self { language, lexicon: CodingLexicon::english() }
    }

    /// What the source does to the target.
    #[must_use]
    pub fn code(&self, pair: &Pair) -> PairCode {
        let annotated = annotate(&self.language, &pair.text);
        code_pair(&pair.text, &annotated, &pair.source, &pair.target, &self.lexicon)
    }
}

/// Calls `work` on every item on `threads` threads, and `take` on every result, in order.
pub fn code_pairs<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: NonZeroUsize,
    work: impl Fn(T) -> R + Sync,
    take: impl FnMut(R) -> ControlFlow<()>,
) {
    for_each_in_order(items, threads, |_| 0, work, take);
}
