//! Reads lines of JSON (`id`, `text`, `published`) from standard input and prints the times of each text.
//! With `tokens`, as `dateline annotate --tokens` prints them, tense is told from the parse.
//!
//! ```sh
//! echo '{"id": "a", "text": "They met on Wednesday.", "published": "2016-10-20"}' | cargo run --example times_jsonl
//! ```
#![allow(clippy::print_stdout, reason = "it is what the example does")]

use std::io::{BufRead, Write};

use dateline_model::{AnnotatedText, CodePoints, DocumentTime, Moment, Report, Span, TimeExpression, Token};
use dateline_time::{TimeGrammar, find_times};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let grammar = TimeGrammar::english();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let text = line["text"].as_str().unwrap_or_default();
        let published = ["published", "document_time"].iter().find_map(|field| line[*field].as_str());
        let document_time = DocumentTime(published.and_then(|p| p.parse::<Moment>().ok()));
        let report = Report { document_time, ..Report::of_text(text, annotated(&line, text)) };
        let times = find_times(&report, &grammar);
        let places = CodePoints::new(text);
        let times: Vec<_> = times.iter().map(|time| contract(time, text, &places)).collect();
        writeln!(out, "{}", json!({"id": line["id"], "times": times}))?;
    }
    Ok(())
}

/// The tokens of the line, if it has any.
fn annotated(line: &Value, text: &str) -> AnnotatedText {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |value: &Value| {
        let at = value.as_u64().and_then(|at| bytes.get(usize::try_from(at).ok()?));
        at.and_then(|at| u32::try_from(*at).ok()).unwrap_or_default()
    };
    let tokens = line["tokens"].as_array().into_iter().flatten().map(|token| Token {
        span: Span::new(place(&token["start"]), place(&token["end"])),
        tag: token["tag"].as_str().unwrap_or_default().into(),
        pos: token["pos"].as_str().unwrap_or_default().into(),
        lemma: token["lemma"].as_str().unwrap_or_default().into(),
        head: token["head"].as_u64().and_then(|head| u32::try_from(head).ok()).unwrap_or_default(),
        dep: token["dep"].as_str().unwrap_or_default().into(),
    });
    AnnotatedText { tokens: tokens.collect(), ..AnnotatedText::default() }
}

/// An expression as the command line prints it.
fn contract(time: &TimeExpression, text: &str, places: &CodePoints) -> Value {
    let range = time.span.range();
    json!({
        "start": places.of(range.start),
        "end": places.of(range.end),
        "type": time.time_type.name(),
        "value": time.value,
        "mod": time.modifier.map(dateline_model::TimeModifier::name),
        "interval": time.interval.map(|i| [i.first.to_string(), i.last.to_string()]),
        "text": text.get(range),
        "anchor": time.anchor.name(),
    })
}
