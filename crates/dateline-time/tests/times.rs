//! What is read in small reports, class by class, and what must hold of any text whatever.

use std::sync::{Arc, LazyLock};

use dateline_model::{
    AnnotatedText, DocumentTime, Report, Sentence, Span, TimeExpression, TimeModifier, Token,
};
use dateline_time::{TimeGrammar, find_times};

static GRAMMAR: LazyLock<TimeGrammar> = LazyLock::new(TimeGrammar::english);

/// A Thursday.
const THURSDAY: &str = "2016-10-20";

fn times(text: &str, published: &str) -> Vec<TimeExpression> {
    find_times(&report(text, AnnotatedText::default(), published), &GRAMMAR)
}

fn report(text: &str, annotated: AnnotatedText, published: &str) -> Report {
    let document_time = DocumentTime(published.parse().ok());
    Report { document_time, ..Report::of_text(text, annotated) }
}

/// The brackets mark the expressions of the text; `expected` are their values.
#[track_caller]
fn check(published: &str, marked: &str, expected: &[&str]) {
    let text = marked.replace(['[', ']'], "");
    let found = times(&text, published);
    let words: Vec<_> = found.iter().map(|t| &text[t.span.range()]).collect();
    let marks: Vec<_> =
        marked.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|part| part.0).collect();
    let values: Vec<_> = found.iter().map(|t| t.value.as_str()).collect();
    assert_eq!((words, values), (marks, expected.to_vec()), "{text}");
}

#[test]
fn the_weekday_rule_of_news() {
    check(THURSDAY, "The envoys met on [Wednesday] in Minsk.", &["2016-10-19"]);
    check(THURSDAY, "The envoys met on [Thursday] in Minsk.", &["2016-10-20"]);
    check(THURSDAY, "The envoys will meet on [Friday] in Minsk.", &["2016-10-21"]);
    check(THURSDAY, "The envoys met on [Friday] in Minsk.", &["2016-10-14"]);
    check(THURSDAY, "A second round is to be held on [Monday].", &["2016-10-24"]);
    check(THURSDAY, "The truce was extended until [Sunday].", &["2016-10-23"]);
}

#[test]
fn the_expression_before() {
    check(
        THURSDAY,
        "He landed on [3 May 2015], spoke [the next day] and left [two days later].",
        &["2015-05-03", "2015-05-04", "2015-05-06"],
    );
    check(THURSDAY, "She won in [1994] and lost [the following year].", &["1994", "1995"]);
    check(THURSDAY, "In [May 2015] the dam was filled; [later that year] it broke.", &["2015-05", "2015"]);
}

#[test]
fn without_a_document_time() {
    check("", "They met on [Wednesday].", &["XXXX-WXX-3"]);
    check("", "They met on [19 October].", &["XXXX-10-19"]);
    check("", "They met in [October].", &["XXXX-10"]);
    check("", "They met [last week].", &["XXXX-WXX"]);
    check("", "They met at [7 p.m.]", &["T19:00"]);
    assert!(times("They met yesterday.", "").is_empty(), "no day can be told");
}

#[test]
fn stretches_and_how_often() {
    check(THURSDAY, "It rained for [three days], then for [two nights].", &["P3D", "P2D"]);
    check(
        THURSDAY,
        "The council sits [every two weeks], and [daily] in [March].",
        &["P2W", "P1D", "2016-03"],
    );
    check(THURSDAY, "in [the 1990s] and [the 19th century]", &["199", "18"]);
    check(THURSDAY, "from [1994] to [1997]", &["1994", "1997"]);
}

#[test]
fn what_only_looks_like_a_time() {
    for text in [
        "You may march now and then fall.",
        "The index closed at 2082.1, down from 1,998 points.",
        "Sales of $1990 were made by 1,015 people.",
        "Call 138-2010-2015 and ask for the second man.",
        "A third of them, about a quarter of the voters, agreed.",
    ] {
        let found: Vec<_> = times(text, THURSDAY)
            .into_iter()
            .filter(|t| !t.value.ends_with("_REF"))
            .map(|t| t.value)
            .collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn anchors_modifiers_and_intervals_are_told() {
    let shown = |text: &str| {
        let time = times(text, THURSDAY).pop().unwrap();
        let days = time.interval.map(|i| format!("{}/{}", i.first, i.last));
        (time.anchor.name(), time.modifier.map(TimeModifier::name), days.unwrap_or_default())
    };
    assert_eq!(shown("on 3 May 2015"), ("none", None, "2015-05-03/2015-05-03".to_owned()));
    assert_eq!(shown("early this month"), ("document", Some("START"), "2016-10-01/2016-10-31".to_owned()));
    assert_eq!(shown("for three days"), ("none", None, String::new()));
    assert_eq!(shown("on 3 May 2015, and the next day").0, "previous");
    assert_eq!(shown("at 7 p.m. yesterday").2, "2016-10-19T19:00/2016-10-19T19:00");
}

#[test]
fn the_headline_is_read_for_itself() {
    let mut told = report("He landed on 3 May 2015.", AnnotatedText::default(), THURSDAY);
    told.push_headline("He left the next day", &AnnotatedText::default());
    let found = find_times(&told, &GRAMMAR);
    let values: Vec<_> = found.iter().map(|t| (t.value.as_str(), t.anchor.name())).collect();
    assert_eq!(values, [("2015-05-03", "none"), ("2016-10-21", "document")]);
}

#[test]
fn a_parse_tells_the_tense() {
    // "met" is far from "Friday", and a plan stands between them; the parse knows what belongs together.
    let text = "They met those who will vote Friday";
    let word = |word: &str, tag: &str, pos: &str, head: u32, dep: &str| {
        let start = u32::try_from(text.find(word).unwrap()).unwrap();
        let span = Span::new(start, start + u32::try_from(word.len()).unwrap());
        let [tag, pos, lemma, dep] = [tag, pos, word, dep].map(Arc::from);
        Token { span, tag, pos, lemma, head, dep }
    };
    let value = |head: u32| {
        let tokens = vec![
            word("met", "VBD", "VERB", 0, "ROOT"),
            word("will", "MD", "AUX", 2, "aux"),
            word("vote", "VB", "VERB", 0, "relcl"),
            word("Friday", "NNP", "PROPN", head, "npadvmod"),
        ];
        let sentences = vec![Sentence { span: Span::new(0, 35), first: 0, end: 4 }];
        let annotated = AnnotatedText { tokens, sentences, names: Vec::new() };
        find_times(&report(text, annotated, THURSDAY), &GRAMMAR).remove(0).value
    };
    assert_eq!(value(2), "2016-10-21");
    assert_eq!(value(0), "2016-10-14");
}

#[test]
fn any_text_is_read_to_its_end() {
    let hostile = [
        String::new(),
        "\0\u{feff}’é–“”".to_owned(),
        "9".repeat(300),
        "1,".repeat(300),
        "the ".repeat(300),
        "twenty-".repeat(300),
        "99999999999 centuries ago and 999999 years later".to_owned(),
        "on 31/31/9999, 30 February 2016, week 53 of 2999, the 5th Monday of February 2015".to_owned(),
        "9999 years before 1 January 1000, 999999 business days ago, 999,999 millennia ago".to_owned(),
        "30 Esfand 5999, 30 Adar 1200, 31 Safar 6000".to_owned(),
        "Friday\n\nmorning".to_owned(),
    ];
    for text in &hostile {
        for published in ["", "2016-02-29", "9999-12-31", "-9999-01-01", "2016-10-20T23:59"] {
            let mut end = 0;
            for time in times(text, published) {
                assert!(time.span.start >= end && text.get(time.span.range()).is_some(), "{text}");
                end = time.span.end;
            }
        }
    }
}
