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

/// What is counted in a sentence: kind, least, most, who.
#[track_caller]
fn check_counts(text: &str, expected: &[(&str, Option<u32>, Option<u32>, &str)]) {
    let (_, events) = events(text);
    let counts = events.iter().flat_map(|e| &e.counts);
    let kind = |c: &dateline_model::EventCount| format!("{:?}", c.kind).to_lowercase();
    let found: Vec<_> = counts.map(|c| (kind(c), c.min, c.max, c.counted.clone())).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(kind, min, max, who)| ((*kind).to_owned(), *min, *max, (*who).to_owned()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn counts_have_their_bounds() {
    check_counts("The blast killed at least 11 people.", &[("killed", Some(11), None, "all")]);
    check_counts(
        "More than twenty soldiers were killed by rebels.",
        &[("killed", Some(20), None, "fighters")],
    );
    check_counts("The bombing killed up to 80 civilians.", &[("killed", None, Some(80), "civilians")]);
    check_counts("The rebels killed about 40 soldiers.", &[("killed", Some(40), Some(40), "fighters")]);
    check_counts("The rebels killed two dozen villagers.", &[("killed", Some(24), Some(24), "civilians")]);
    check_counts("Thirty-five people were killed in the attack.", &[("killed", Some(35), Some(35), "all")]);
    check_counts("Police arrested 14 students.", &[("arrested", Some(14), Some(14), "all")]);
}

#[test]
fn what_is_no_count_of_people() {
    check_counts("The rebels destroyed 12 houses.", &[]);
    check_counts("The army has fought for 12 years.", &[]);
    check_counts("The flood of 1998 was the worst in 40 years.", &[]);
}
