//! One report prepared for reading statements: its tokens, dependencies and quotations together.

use std::collections::BTreeMap;

use dateline_model::{Report, Token};

use crate::lexicon::{Lexicon, Verb};
use crate::media::Media;
use crate::quotation::{Closing, Quotation, quotations};
use crate::tree::Tree;
use crate::words::Words;

/// How many words of a part are looked through for its sentence's edge.
const REACH: usize = 500;

/// What all readers of statements look at.
pub(crate) struct Reading<'a> {
    pub(crate) report: &'a Report,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tree: Tree,
    /// Quotations as runs of tokens, in the text's order.
    pub(crate) quotes: Vec<Quote>,
    /// Number of the quotation that each token stands in.
    quote_of: Vec<Option<u32>>,
    /// Subjects that an outer statement hands to verbs whose parse lost them.
    handed: BTreeMap<usize, usize>,
    /// Is each token part of a person's or body's name?
    named: Vec<bool>,
    /// Is each token part of a day or time?
    dated: Vec<bool>,
    /// The line of the text that each token begins on.
    lines: Vec<u32>,
}

/// A quotation in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quote {
    /// From the opening mark to the closing one.
    pub(crate) words: Words,
    /// How it ends.
    pub(crate) closing: Closing,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(report: &'a Report, lexicon: &'a Lexicon) -> Self {
        let tree = Tree::new(&report.annotated);
        let quotes = in_tokens(&report.annotated.tokens, quotations(&report.text));
        let mut quote_of = vec![None; tree.len()];
        for (number, quote) in (0..).zip(&quotes) {
            quote_of[quote.words.first..quote.words.end].fill(Some(number));
        }
        let named = marked(report, &["PERSON", "PER", "ORG", "NORP", "GPE"]);
        let dated = marked(report, &["DATE", "TIME"]);
        Self {
            report,
            lexicon,
            tree,
            quotes,
            quote_of,
            handed: BTreeMap::new(),
            named,
            dated,
            lines: lines(report),
        }
    }

    /// Notes that `subject` does what `verb` says.
    pub(crate) fn hand(&mut self, verb: usize, subject: usize) {
        self.handed.insert(verb, subject);
    }

    /// The subject that was handed to a verb.
    pub(crate) fn handed(&self, verb: usize) -> Option<usize> {
        self.handed.get(&verb).copied()
    }

    /// Is the token part of a day or time?
    pub(crate) fn is_dated(&self, at: usize) -> bool {
        self.dated.get(at).copied().unwrap_or(false)
    }

    /// Is the token part of the name of somebody who can speak?
    pub(crate) fn is_named(&self, at: usize) -> bool {
        self.named.get(at).copied().unwrap_or(false)
    }

    pub(crate) fn len(&self) -> usize {
        self.tree.len()
    }

    pub(crate) fn media(&self) -> &'a Media {
        self.lexicon.media()
    }

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.report.annotated.tokens.get(at)
    }

    /// The token as the text has it.
    pub(crate) fn text(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| self.report.words(token.span))
    }

    /// The token in lower case.
    pub(crate) fn lower(&self, at: usize) -> String {
        self.text(at).to_lowercase()
    }

    pub(crate) fn is_word(&self, at: usize, word: &str) -> bool {
        self.text(at).eq_ignore_ascii_case(word)
    }

    /// "The force known as the River Guard": a name is given, and nothing said.
    pub(crate) fn names_somebody(&self, at: usize) -> bool {
        self.lexicon.names(&self.lower(at)) && self.is_word(at + 1, "as")
    }

    pub(crate) fn lemma(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| &token.lemma)
    }

    pub(crate) fn tag(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| &token.tag)
    }

    pub(crate) fn is_verb(&self, at: usize) -> bool {
        self.tag(at).starts_with("VB")
    }

    pub(crate) fn is_noun(&self, at: usize) -> bool {
        self.tag(at).starts_with("NN")
    }

    /// The entry of a verb.
    pub(crate) fn verb(&self, at: usize) -> Option<&'a Verb> {
        if self.is_verb(at) { self.lexicon.verb(self.lemma(at)) } else { None }
    }

    /// A mark, not a word.
    pub(crate) fn is_mark(&self, at: usize) -> bool {
        !self.text(at).contains(char::is_alphanumeric)
    }

    /// Number of the quotation that a token stands in.
    pub(crate) fn quote_of(&self, at: usize) -> Option<usize> {
        self.quote_of.get(at).copied().flatten().map(|number| number as usize)
    }

    /// Does a line begin with the token?
    pub(crate) fn breaks_before(&self, at: usize) -> bool {
        at == 0 || at >= self.len() || !self.on_one_line(at - 1, at)
    }

    /// Do two tokens stand on one line of the text?
    pub(crate) fn on_one_line(&self, a: usize, b: usize) -> bool {
        self.lines.get(a) == self.lines.get(b)
    }

    /// Words without the marks at their edges that are no part of what is said: commas, full stops and
    /// the like in front, and behind unless they stand within quotation marks.
    pub(crate) fn trimmed(&self, mut words: Words) -> Words {
        while !words.is_empty() && self.is_edge(words.first, ",.;:—–-!?)") {
            words.first += 1;
        }
        while !words.is_empty() && self.is_edge(words.end - 1, ",.;:—–-(") {
            words.end -= 1;
        }
        words
    }

    fn is_edge(&self, at: usize, marks: &str) -> bool {
        let text = self.text(at);
        let is_space = text.trim().is_empty();
        let edge = is_space || (text.chars().all(|c| marks.contains(c)) && self.quote_of(at).is_none());
        edge && self.token(at).is_some()
    }

    /// A part on one side of `frame`, within the frame's paragraph and sentence, marks trimmed, grown to
    /// whole quotations as far as `frame`.
    pub(crate) fn clipped(&self, part: Words, frame: Words) -> Words {
        if part.first >= frame.end {
            let whole = self.whole_quotes(self.trimmed(self.line_behind(part)));
            Words::new(whole.first.max(frame.end), whole.end)
        } else {
            let whole = self.whole_quotes(self.trimmed(self.sentence_before(part)));
            Words::new(whole.first, whole.end.min(frame.first))
        }
    }

    /// The run as far as its first line's end that is not within quotation marks.
    fn line_behind(&self, part: Words) -> Words {
        let reach = Words::new(part.first, part.end.min(part.first + REACH));
        let cut =
            (reach.first + 1..reach.end).find(|at| self.quote_of(*at).is_none() && self.breaks_before(*at));
        Words::new(part.first, cut.unwrap_or(part.end))
    }

    /// The run behind its last end of a sentence or a line; quotations count as one word.
    fn sentence_before(&self, part: Words) -> Words {
        let mut at = part.end;
        while at > part.first && part.end - at < REACH {
            if let Some(quote) = self.quote_of(at - 1) {
                at = self.quotes[quote].words.first.max(part.first);
                let before = at.checked_sub(1);
                let ends = before.is_some_and(|b| self.ends_sentence(b) || self.quote_of(b).is_some());
                if ends && at > part.first {
                    return Words::new(at, part.end);
                }
            } else if self.ends_sentence(at - 1) && at < part.end {
                return Words::new(at, part.end);
            } else {
                at -= 1;
            }
            if at > part.first && self.breaks_before(at) && at < part.end {
                return Words::new(at, part.end);
            }
        }
        part
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let text = self.text(at);
        matches!(text, "." | "!" | "?")
            || (text.ends_with(['.', '!', '?']) && text.len() > 4 && self.breaks_before(at + 1))
    }

    /// The run grown to hold whole quotations that its edges cut.
    pub(crate) fn whole_quotes(&self, words: Words) -> Words {
        if words.is_empty() {
            return words;
        }
        let edges = [self.quote_of(words.first), self.quote_of(words.end - 1)];
        edges.into_iter().flatten().fold(words, |words, quote| words.join(self.quotes[quote].words))
    }
}

/// The line that each token begins on; a line's end itself belongs to the line that it ends.
fn lines(report: &Report) -> Vec<u32> {
    let (mut line, mut from) = (0, 0);
    let tokens = report.annotated.tokens.iter();
    tokens
        .map(|token| {
            let gap = report.text.get(from..token.span.start as usize).unwrap_or_default();
            line += u32::from(gap.contains('\n'));
            let own = line;
            line += u32::from(report.words(token.span).contains('\n'));
            from = token.span.end as usize;
            own
        })
        .collect()
}

/// For each token whether it is part of a name of one of the types.
fn marked(report: &Report, types: &[&str]) -> Vec<bool> {
    let mut marked = vec![false; report.annotated.tokens.len()];
    for name in report.annotated.names.iter().filter(|name| types.contains(&&*name.entity_type)) {
        let (first, end) = (name.first as usize, (name.end as usize).min(marked.len()));
        marked[first.min(end)..end].fill(true);
    }
    marked
}

/// Quotations as runs of tokens: all tokens that meet them.
fn in_tokens(tokens: &[Token], quotations: Vec<Quotation>) -> Vec<Quote> {
    let mut at = 0;
    let mut quotes = Vec::with_capacity(quotations.len());
    for paired in quotations {
        while tokens.get(at).is_some_and(|token| token.span.end <= paired.span.start) {
            at += 1;
        }
        let first = at;
        while tokens.get(at).is_some_and(|token| token.span.start < paired.span.end) {
            at += 1;
        }
        if first < at {
            quotes.push(Quote { words: Words::new(first, at), closing: paired.closing });
        }
    }
    quotes
}
