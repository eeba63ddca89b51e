//! Parses that no sentence has: whatever heads, tags and marks say, every place lies in the text.

use dateline_attribution::{Lexicon, attribute};
use dateline_model::{AnnotatedText, Entities, Report, Sentence, Span, Token};

/// Tokens at the spaces of `text`; tag, dependency and head by the token's number.
fn parsed(text: &str, of: impl Fn(usize, usize) -> (&'static str, &'static str, usize)) -> AnnotatedText {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let place = |word: &str| u32::try_from(word.as_ptr() as usize - text.as_ptr() as usize).unwrap_or(0);
    let tokens: Vec<Token> = words
        .iter()
        .enumerate()
        .map(|(number, word)| {
            let (tag, dep, head) = of(number, words.len());
            let start = place(word);
            Token {
                span: Span::new(start, start + word.len() as u32),
                tag: tag.into(),
                pos: "X".into(),
                lemma: if *word == "said" { "say".into() } else { word.to_lowercase().into() },
                head: head as u32,
                dep: dep.into(),
            }
        })
        .collect();
    let end = tokens.len() as u32;
    let span = Span::new(0, text.len() as u32);
    AnnotatedText { tokens, sentences: vec![Sentence { span, first: 0, end }], names: Vec::new() }
}

fn check(text: &str, of: impl Fn(usize, usize) -> (&'static str, &'static str, usize)) {
    let report = Report::of_text(text, parsed(text, of));
    for found in attribute(&report, &Entities::default(), &Lexicon::english()) {
        for span in found.source.iter().chain(&found.cue).chain(&found.content) {
            assert!(!report.words(*span).is_empty(), "{span:?} in {text:?}");
        }
    }
}

#[test]
fn heads_may_form_a_ring_or_point_nowhere() {
    let text = "he said that she said “ no ” , he said : „ ja “ ' no";
    check(text, |at, size| ("VBD", "ccomp", (at + 1) % size));
    check(text, |at, _| ("VBD", "conj", at));
    check(text, |at, _| ("VBD", "nsubj", at + 1000));
    check(text, |at, size| ("NN", "acl", size - 1 - at));
    check(text, |_, _| ("VBD", "parataxis", 0));
}

#[test]
fn odd_texts_are_read() {
    for text in
        ["", "said", "“", "” said “", ": : :", "said said said", "é said “ é", "\" \" \" said , said ."]
    {
        for dep in ["ROOT", "ccomp", "nsubj", "xcomp", "relcl", "prep", "pobj", "advcl", "acl", "parataxis"] {
            check(text, |at, _| ("VBD", dep, at.saturating_sub(1)));
            check(text, |_, _| ("VBG", dep, 0));
            check(text, |at, size| ("VBZ", dep, (at + 1).min(size - 1)));
        }
    }
}
