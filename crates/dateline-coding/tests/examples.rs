//! Every example of every pattern, read through the language model inside the program.

use std::sync::LazyLock;

use dateline_coding::{CodingLexicon, Known, code_events, code_pair};
use dateline_model::{Entities, EventMention, Report};
use dateline_nlp::{Pipeline, annotate};

static LANGUAGE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::english().unwrap_or_else(|fault| panic!("{fault}")));
static LEXICON: LazyLock<CodingLexicon> = LazyLock::new(CodingLexicon::english);

/// `[actor] … {recipient} … => TYPE`: the text, the two, the type.
fn parts(example: &str) -> (String, String, String, &str) {
    let (marked, expected) = example.split_once("=>").unwrap_or_else(|| panic!("{example:?} has no =>"));
    let between = |open: char, close: char| {
        let inside = marked.split_once(open).and_then(|(_, rest)| rest.split_once(close));
        inside.map_or(String::new(), |(words, _)| words.to_owned())
    };
    (
        marked.replace(['[', ']', '{', '}'], "").trim().to_owned(),
        between('[', ']'),
        between('{', '}'),
        expected.trim(),
    )
}

#[test]
fn every_example_is_read_as_its_pattern_says() {
    let mut wrong = Vec::new();
    for (pattern, examples) in LEXICON.examples() {
        for example in examples {
            let (text, source, target, expected) = parts(example);
            let code = code_pair(&text, &annotate(&LANGUAGE, &text), &source, &target, &LEXICON);
            if code.event_type.name() != expected {
                let fired = code.pattern.as_deref().unwrap_or("none").to_owned();
                wrong.push(format!("{pattern}: {example}: {} by {fired}", code.event_type.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples are read wrongly:\n{}", wrong.len(), wrong.join("\n"));
}

fn events(text: &str) -> (Report, Vec<EventMention>) {
    let report = Report::of_text(text, annotate(&LANGUAGE, text));
    let known = Known { entities: &Entities::default(), times: &[], places: &[], attributions: &[] };
    let events = code_events(&report, known, &LEXICON);
    (report, events)
}

#[test]
fn any_text_is_read() {
    for text in [
        "",
        ".",
        "\n\n",
        "killed",
        "12",
        "and and and",
        "the of the of",
        &"(".repeat(500),
        &"was killed by ".repeat(800),
    ] {
        let (report, events) = events(text);
        for event in &events {
            for span in event.trigger.iter().chain(event.counts.iter().map(|c| &c.span)) {
                assert!(report.text.get(span.range()).is_some(), "{text:?}: {span:?}");
            }
        }
    }
}
