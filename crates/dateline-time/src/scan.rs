//! A text as rules see it: words in lower case, runs of digits, single marks.

use crate::lexicon::{Lexicon, WordId};

/// A word, a run of digits or a mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The word in the grammar's vocabulary, or [`WordId::OTHER`].
    pub(crate) word: WordId,
    /// What stands between the token before and this one.
    pub(crate) gap: Gap,
    pub(crate) shape: Shape,
}

/// What stands between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// An empty line: no expression reaches over it.
    Break,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters, the first one small.
    Lower,
    /// Letters, the first one a capital.
    Capital,
    /// Digits: how many, and their value where it fits.
    Digits { count: u8, value: i32 },
    /// Anything else.
    Mark,
}

/// Cuts `text` into tokens, in one pass.
pub(crate) fn scan(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let (mut at, mut gap, mut lower) = (0, Gap::Break, String::new());
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if first.is_whitespace() {
            let length = span_of(text, at, char::is_whitespace);
            gap = gap_of(&text[at..at + length]);
            at += length;
            continue;
        }
        let (length, shape) = token_at(text, at, first);
        let (Ok(start), Ok(end)) = (u32::try_from(at), u32::try_from(at + length)) else { break };
        let word = word_of(&text[at..at + length], shape, lexicon, &mut lower);
        tokens.push(Token { start, end, word, gap, shape });
        at += length;
        gap = Gap::None;
    }
    tokens
}

fn token_at(text: &str, at: usize, first: char) -> (usize, Shape) {
    if first.is_ascii_digit() {
        let length = span_of(text, at, |c| c.is_ascii_digit());
        let value = text[at..at + length].parse().unwrap_or(i32::MAX);
        (length, Shape::Digits { count: u8::try_from(length).unwrap_or(u8::MAX), value })
    } else if first.is_alphabetic() {
        let shape = if first.is_uppercase() { Shape::Capital } else { Shape::Lower };
        (span_of(text, at, char::is_alphabetic), shape)
    } else {
        (first.len_utf8(), Shape::Mark)
    }
}

fn span_of(text: &str, at: usize, belongs: impl Fn(char) -> bool) -> usize {
    let rest = &text[at..];
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

fn gap_of(space: &str) -> Gap {
    if space.bytes().filter(|b| *b == b'\n').count() > 1 { Gap::Break } else { Gap::Space }
}

fn word_of(token: &str, shape: Shape, lexicon: &Lexicon, lower: &mut String) -> WordId {
    match shape {
        Shape::Lower | Shape::Capital if token.len() <= Lexicon::LONGEST_WORD => {
            lower.clear();
            lower.extend(token.chars().flat_map(char::to_lowercase));
            lexicon.word(lower)
        }
        Shape::Lower | Shape::Capital => WordId::OTHER,
        Shape::Digits { .. } => WordId::DIGITS,
        // Typographic forms of one mark are one mark to the rules.
        Shape::Mark => match token {
            "’" | "‘" | "`" => lexicon.word("'"),
            "–" | "‐" | "‑" => lexicon.word("-"),
            _ => lexicon.word(token),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_and_marks() {
        let lexicon = Lexicon::empty();
        let text = "On 7pm, café’s\n\n10-year";
        let tokens = scan(text, &lexicon);
        let words: Vec<_> = tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(words, ["On", "7", "pm", ",", "café", "’", "s", "10", "-", "year"]);
        assert_eq!(tokens[2].gap, Gap::None);
        assert_eq!(tokens[7].gap, Gap::Break);
    }
}
