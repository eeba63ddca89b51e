//! A report's tokens with what a reader of names asks of each: its letters, its case, its lists.

use std::borrow::Cow;

use dateline_model::{Report, Sentence, Span, Token};

use crate::words::{Kinds, Words};

/// A report's words, looked up once.
pub(crate) struct Text<'a> {
    pub(crate) report: &'a Report,
    pub(crate) words: Vec<Word<'a>>,
    /// For each token the index of its sentence.
    sentence_of: Vec<u32>,
}

/// One token.
#[derive(Clone, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) token: &'a Token,
    pub(crate) text: &'a str,
    pub(crate) lower: Cow<'a, str>,
    pub(crate) kinds: Kinds,
}

impl Word<'_> {
    pub(crate) fn is(&self, kinds: Kinds) -> bool {
        self.kinds.any(kinds)
    }

    /// Does it begin with a capital letter, or hold one ("al-Assad", "iPhone")?
    pub(crate) fn has_capital(&self) -> bool {
        self.text.chars().any(char::is_uppercase)
    }

    /// A small letter first and a capital later, as trade names are written: "iPress".
    pub(crate) fn has_inner_capital(&self) -> bool {
        self.text.starts_with(char::is_lowercase)
            && self.text.chars().all(char::is_alphabetic)
            && self.text.chars().skip(1).any(char::is_uppercase)
            && self.text.len() > 3
    }

    /// Several letters, all of them capitals.
    pub(crate) fn is_all_capitals(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 && self.text.chars().all(|c| !c.is_lowercase())
    }

    pub(crate) fn has_letter(&self) -> bool {
        self.text.chars().any(char::is_alphabetic)
    }

    pub(crate) fn is_proper(&self) -> bool {
        self.tag().starts_with("NNP")
    }

    pub(crate) fn tag(&self) -> &str {
        &self.token.tag
    }

    pub(crate) fn dep(&self) -> &str {
        &self.token.dep
    }

    /// An address of the net, not a name.
    pub(crate) fn is_address(&self) -> bool {
        let t = &*self.lower;
        t.contains('@')
            || t.contains("://")
            || t.starts_with("www.")
            || t.contains(".com")
            || t.contains(".org")
    }
}

impl<'a> Text<'a> {
    pub(crate) fn new(report: &'a Report, lists: &Words) -> Self {
        let words = report.annotated.tokens.iter().map(|token| word(report, token, lists)).collect();
        let mut sentence_of = vec![0; report.annotated.tokens.len()];
        for (index, sentence) in report.annotated.sentences.iter().enumerate() {
            let range = sentence.first as usize..sentence.end as usize;
            sentence_of.get_mut(range).unwrap_or_default().fill(u32::try_from(index).unwrap_or(u32::MAX));
        }
        Self { report, words, sentence_of }
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn word(&self, index: usize) -> Option<&Word<'a>> {
        self.words.get(index)
    }

    /// The word before `index`, none at the text's begin.
    pub(crate) fn before(&self, index: usize) -> Option<&Word<'a>> {
        index.checked_sub(1).and_then(|i| self.words.get(i))
    }

    /// Index of the sentence that holds token `index`.
    pub(crate) fn sentence_of(&self, index: usize) -> usize {
        self.sentence_of.get(index).map_or(0, |s| *s as usize)
    }

    pub(crate) fn sentence(&self, index: usize) -> Option<&'a Sentence> {
        self.report.annotated.sentences.get(self.sentence_of(index))
    }

    /// Is it the first word of its sentence, or the first after an opening mark there?
    pub(crate) fn opens_sentence(&self, index: usize) -> bool {
        let first = self.sentence(index).map_or(0, |s| s.first as usize);
        self.words.get(first..index).is_none_or(|before| before.iter().rev().take(3).all(|w| !w.has_letter()))
            && index.saturating_sub(first) < 4
    }

    /// From the first byte of token `first` to the last of token `end - 1`.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        let start = self.words.get(first).map_or(0, |w| w.token.span.start);
        let stop = end.checked_sub(1).and_then(|i| self.words.get(i)).map_or(start, |w| w.token.span.end);
        Span::new(start, stop.max(start))
    }

    /// The words of a stretch of tokens as they are printed.
    pub(crate) fn printed(&self, first: usize, end: usize) -> &'a str {
        self.report.text.get(self.span(first, end).range()).unwrap_or_default()
    }

    /// The words in small letters, one blank between each two.
    pub(crate) fn lower(&self, first: usize, end: usize) -> String {
        let words = self.words.get(first..end).unwrap_or_default();
        words.iter().map(|w| &*w.lower).collect::<Vec<_>>().join(" ")
    }

    /// The token of the stretch that the others depend on: the first whose head lies outside.
    pub(crate) fn head(&self, first: usize, end: usize) -> usize {
        let outside = |i: &usize| {
            self.words.get(*i).is_some_and(|w| {
                let head = w.token.head as usize;
                head == *i || head < first || head >= end
            })
        };
        (first..end).find(outside).unwrap_or(end.saturating_sub(1))
    }
}

fn word<'a>(report: &'a Report, token: &'a Token, lists: &Words) -> Word<'a> {
    let text = report.text.get(token.span.range()).unwrap_or_default();
    let lower = if text.chars().any(char::is_uppercase) {
        Cow::Owned(text.to_lowercase())
    } else {
        Cow::Borrowed(text)
    };
    let kinds = lists.kinds(&lower);
    Word { token, text, lower, kinds }
}
