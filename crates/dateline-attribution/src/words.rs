//! A run of tokens, by their places in the text.

use dateline_model::{AnnotatedText, Span};

/// Tokens `first` to `end`, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Words {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

impl Words {
    pub(crate) fn new(first: usize, end: usize) -> Self {
        Self { first, end: end.max(first) }
    }

    /// One token.
    pub(crate) fn one(at: usize) -> Self {
        Self { first: at, end: at + 1 }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.first >= self.end
    }

    pub(crate) fn len(self) -> usize {
        self.end - self.first
    }

    pub(crate) fn holds(self, at: usize) -> bool {
        self.first <= at && at < self.end
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.first < other.end && other.first < self.end
    }

    /// The least run that holds both.
    pub(crate) fn join(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), end: self.end.max(other.end) }
    }

    /// What is left on either side of `other`.
    pub(crate) fn without(self, other: Self) -> [Self; 2] {
        if !self.meets(other) {
            return [self, Self::new(self.end, self.end)];
        }
        [Self::new(self.first, other.first.max(self.first)), Self::new(other.end.min(self.end), self.end)]
    }

    /// Where the run stands in the text; none for an empty run.
    pub(crate) fn span(self, annotated: &AnnotatedText) -> Option<Span> {
        let first = annotated.tokens.get(self.first)?;
        let last = annotated.tokens.get(self.end.checked_sub(1)?)?;
        (first.span.start < last.span.end).then(|| Span::new(first.span.start, last.span.end))
    }
}
