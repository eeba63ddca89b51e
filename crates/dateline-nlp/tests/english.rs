//! The English pipeline in the binary: what spaCy sees, on any text, alone or beside others, with any kernel.

#![expect(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::sync::LazyLock;

use dateline_nlp::{AnnotatedText, Kernel, Pipeline, annotate};
use proptest::prelude::*;
use serde_json::{Value, json};

static ENGLISH: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::english().unwrap());

/// What spaCy printed for sentences that were written for this project.
const GOLDEN: &str = include_str!("golden/english.jsonl");

fn golden() -> impl Iterator<Item = Value> {
    GOLDEN.lines().map(|line| serde_json::from_str(line).unwrap())
}

/// An annotation in the form of the golden file.
fn plain(text: &str, annotated: &AnnotatedText) -> Value {
    let tokens = annotated
        .tokens
        .iter()
        .map(|t| json!([&text[t.span.range()], &*t.tag, &*t.pos, &*t.lemma, t.head, &*t.dep]));
    let names = annotated.names.iter().map(|n| json!([&text[n.span.range()], &*n.entity_type]));
    json!({
        "text": text,
        "tokens": tokens.collect::<Vec<_>>(),
        "sentences": annotated.sentences.iter().map(|s| s.first).collect::<Vec<_>>(),
        "names": names.collect::<Vec<_>>(),
    })
}

#[test]
fn the_model_sees_what_spacy_sees() {
    for expected in golden() {
        let text = expected["text"].as_str().unwrap();
        assert_eq!(plain(text, &annotate(&ENGLISH, text)), expected, "{text:?}");
    }
}

#[test]
fn every_kernel_gives_the_same() {
    for kernel in Kernel::available() {
        let pipeline = Pipeline::english_with(kernel).unwrap();
        for expected in golden().step_by(3) {
            let text = expected["text"].as_str().unwrap();
            assert_eq!(plain(text, &annotate(&pipeline, text)), expected, "{kernel:?} {text:?}");
        }
    }
}

#[test]
fn threads_and_other_texts_change_nothing() {
    let annotated: Vec<Vec<Value>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|thread| {
                scope.spawn(move || {
                    let mut texts: Vec<Value> = golden().collect();
                    texts.rotate_left(thread * 7);
                    let again = texts.iter().map(|t| {
                        plain(t["text"].as_str().unwrap(), &annotate(&ENGLISH, t["text"].as_str().unwrap()))
                    });
                    let again: Vec<Value> = again.collect();
                    assert_eq!(again, texts);
                    again
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(annotated.len(), 3);
}

/// Reports that were written for this project, and the beginnings of a page, a feed and a table of articles.
fn reports() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let ends = |path: &std::path::PathBuf, end: &str| path.extension().is_some_and(|found| found == end);
    let plain = paths.iter().filter(|path| ends(path, "txt"));
    let others = ["html", "xml", "jsonl"].map(|end| paths.iter().find(|path| ends(path, end)).unwrap());
    let read =
        |path: &std::path::PathBuf| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let beginning = |path| read(path).chars().take(1500).collect();
    let mut texts: Vec<String> = plain.map(read).chain(others.map(beginning)).collect();
    texts.push(String::new());
    texts.push(texts[..2].join("\n\n"));
    texts
}

#[test]
fn a_text_has_the_same_labels_alone_in_any_batch_on_any_thread_with_any_kernel() {
    let texts = reports();
    let alone: Vec<AnnotatedText> =
        texts.iter().map(|text| annotate(&Pipeline::english().unwrap(), text)).collect();
    assert!(alone.iter().map(|annotated| annotated.tokens.len()).sum::<usize>() > 2_000);
    for kernel in Kernel::available() {
        let pipeline = Pipeline::english_with(kernel).unwrap();
        // Each thread has the texts in another order; the second half meets words that it has met before.
        std::thread::scope(|scope| {
            for thread in 0..2 {
                let (texts, alone, pipeline) = (&texts, &alone, &pipeline);
                scope.spawn(move || {
                    for n in 0..texts.len() {
                        let n = if thread == 0 { n } else { (texts.len() * 2 - n - thread) % texts.len() };
                        assert!(
                            annotate(pipeline, &texts[n]) == alone[n],
                            "{kernel:?}, thread {thread}, text {n}"
                        );
                    }
                });
            }
        });
    }
}

#[test]
fn a_text_longer_than_the_windows_is_annotated_like_its_parts_would_be() {
    // Ten copies of a sentence that ends a paragraph: every copy is read as the one before it.
    let sentence = "Ministers from six countries met in Geneva on Friday.\n\n";
    let annotated = annotate(&ENGLISH, &sentence.repeat(120));
    let per_copy = annotated.tokens.len() / 120;
    let tags = |copy: usize| -> Vec<&str> {
        annotated.tokens[copy * per_copy..(copy + 1) * per_copy].iter().map(|t| &*t.tag).collect()
    };
    assert!((2..119).all(|copy| tags(copy) == tags(1)));
    assert_eq!(annotated.names.iter().filter(|n| &*n.entity_type == "GPE").count(), 120);
}

#[test]
fn hostile_texts_are_annotated_and_lose_nothing() {
    let texts = [
        "a".repeat(100_000),
        "(".repeat(20_000),
        "a:".repeat(20_000) + "@b.com",
        "a.b@".repeat(20_000),
        "-a".repeat(20_000),
        "\0".repeat(5_000),
        "'s".repeat(5_000),
        "\n \n".repeat(5_000),
        "\u{300}é\u{10ffff}".repeat(3_000),
    ];
    for text in &texts {
        check(text, &annotate(&ENGLISH, text));
    }
}

/// Tokens stand in order and hold all that is not one space; heads, sentences and names lie within.
fn check(text: &str, annotated: &AnnotatedText) {
    let mut end = 0;
    for token in &annotated.tokens {
        let between = &text[end..token.span.start as usize];
        assert!(between.is_empty() || between == " ", "{between:?} between tokens");
        end = token.span.end as usize;
        assert!((token.head as usize) < annotated.tokens.len());
        assert!(!text[token.span.range()].is_empty());
    }
    assert!(matches!(&text[end..], "" | " "));
    let mut next = 0;
    for sentence in &annotated.sentences {
        assert_eq!(sentence.first, next);
        assert!(sentence.end > sentence.first);
        next = sentence.end;
    }
    assert_eq!(next as usize, annotated.tokens.len());
    assert!(annotated.names.iter().all(|name| name.first < name.end && name.end <= next));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_annotated(text in any::<String>()) {
        check(&text, &annotate(&ENGLISH, &text));
    }

    #[test]
    fn any_words_and_signs_are_annotated(text in "([a-zA-Z]{1,6}|[0-9.,:$%]{1,4}|['’\"()@/-]|[ \\n\\t]|don't|U\\.S\\.|:\\)){0,40}") {
        check(&text, &annotate(&ENGLISH, &text));
    }
}
