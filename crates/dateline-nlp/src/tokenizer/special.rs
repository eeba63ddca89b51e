//! Special cases: texts that fall into given tokens, as a chunk of their own or across the tokens of a text.

use super::{Piece, RawToken};
use crate::lexeme::{Lexicon, Vocabulary};
use crate::package::{PackageError, SpecialCase};
use crate::strings::Symbols;

/// The special cases of a tokenizer.
#[derive(Debug, Default)]
#[expect(
    clippy::disallowed_types,
    reason = "looked up only, never walked: a look-up for every word of a text"
)]
pub(super) struct Specials {
    /// A text, and its tokens: length and norm.
    cases: std::collections::HashMap<String, Vec<(usize, Option<u64>)>>,
    longest: usize,
    /// Sequences of tokens that may spell a special case, by their first token.
    sequences: std::collections::HashMap<String, Vec<Vec<String>>>,
}

/// A stretch of tokens that spells a special case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    length: usize,
    /// Counted down, so that of two equally long matches the leftmost is the greater.
    from_end: usize,
    start: usize,
}

impl Specials {
    pub(super) fn new(exceptions: &[SpecialCase]) -> Result<Self, PackageError> {
        let symbols = Symbols::new();
        let mut specials = Self::default();
        for (text, tokens) in exceptions {
            if tokens.iter().map(|(orth, _)| orth.as_str()).collect::<String>() != *text {
                let what = format!("the special case {text:?} does not spell its tokens");
                return Err(PackageError::damaged(what).in_file("tokenizer"));
            }
            let norm = |norm: &Option<String>| norm.as_deref().map(|norm| symbols.id(norm));
            let tokens = tokens.iter().map(|(orth, n)| (orth.len(), norm(n))).collect();
            specials.longest = specials.longest.max(text.len());
            specials.cases.insert(text.clone(), tokens);
        }
        Ok(specials)
    }

    /// Seeks these sequences of tokens, too.
    pub(super) fn seek(&mut self, sequences: Vec<Vec<String>>) {
        for sequence in sequences {
            if let Some(first) = sequence.first() {
                self.sequences.entry(first.clone()).or_default().push(sequence);
            }
        }
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        text.len() <= self.longest && self.cases.contains_key(text)
    }

    /// Is there a sequence that begins with this token?
    pub(super) fn may_begin(&self, token: &str) -> bool {
        token.len() <= self.longest && self.sequences.contains_key(token)
    }

    /// If `text`, which begins at `start` of its chunk, is a special case: its tokens.
    pub(super) fn emit(&self, text: &str, start: usize, out: &mut Vec<Piece>) -> bool {
        if text.len() > self.longest {
            return false;
        }
        let Some(tokens) = self.cases.get(text) else { return false };
        let mut at = start;
        for &(length, norm) in tokens {
            out.push(Piece { start: at, end: at + length, norm });
            at += length;
        }
        true
    }

    /// Replaces the tokens that spell a special case by that case's own.
    pub(super) fn apply(
        &self,
        text: &str,
        tokens: Vec<RawToken>,
        vocabulary: &Vocabulary,
        lexicon: &mut Lexicon,
    ) -> Vec<RawToken> {
        let matches = self.chosen(text, &tokens);
        if matches.is_empty() {
            return tokens;
        }
        let (mut out, mut done) = (Vec::with_capacity(tokens.len()), 0);
        for (start, length) in matches {
            out.extend_from_slice(&tokens[done..start]);
            let span = &tokens[start..start + length];
            let (first, last) = (span[0], span[length - 1]);
            let spelt = &text[first.start as usize..last.end as usize];
            let mut pieces = Vec::new();
            if self.emit(spelt, 0, &mut pieces) {
                for piece in &pieces {
                    let lexeme = lexicon.intern(&spelt[piece.start..piece.end], piece.norm, vocabulary);
                    let (start, end) = (first.start + piece.start as u32, first.start + piece.end as u32);
                    out.push(RawToken { lexeme, start, end, spacy: false });
                }
                if let Some(token) = out.last_mut() {
                    token.spacy = last.spacy;
                }
            } else {
                out.extend_from_slice(span);
            }
            done = start + length;
        }
        out.extend_from_slice(&tokens[done..]);
        out
    }

    /// The matches that are acted on, from left to right: longer before shorter, then left before right.
    /// A match that gave way still keeps its tokens from later ones.
    fn chosen(&self, text: &str, tokens: &[RawToken]) -> Vec<(usize, usize)> {
        let mut matches = Vec::new();
        for start in 0..tokens.len() {
            self.matches_at(text, tokens, start, &mut matches);
        }
        matches.sort_unstable();
        let mut taken = vec![false; tokens.len()];
        let mut chosen = Vec::new();
        for found in matches.into_iter().rev() {
            let (start, end) = (found.start, found.start + found.length);
            if !taken[start] && !taken[end - 1] {
                chosen.push((start, found.length));
            }
            taken[start..end].fill(true);
        }
        chosen.sort_unstable();
        chosen
    }

    fn matches_at(&self, text: &str, tokens: &[RawToken], start: usize, out: &mut Vec<Match>) {
        let spelt = |token: &RawToken| &text[token.start as usize..token.end as usize];
        let first = spelt(&tokens[start]);
        let sequences = if first.len() <= self.longest { self.sequences.get(first) } else { None };
        for sequence in sequences.into_iter().flatten() {
            let window = tokens.get(start..start + sequence.len());
            if window.is_some_and(|window| {
                window.iter().zip(sequence).all(|(token, wanted)| spelt(token) == wanted)
            }) {
                out.push(Match { length: sequence.len(), from_end: tokens.len() - start, start });
            }
        }
    }
}
