//! Reads statements in analysed texts: the JSON Lines of `dateline annotate --model-only --tokens` in,
//! JSON Lines with `id` and `attributions` out. For measuring without running the language model.

use std::error::Error;
use std::io::{BufWriter, Write};

use dateline_attribution::{Lexicon, attribute};
use dateline_model::{
    AnnotatedText, CodePoints, Entities, NamedEntity, Party, Report, Sentence, Span, Token,
};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let lexicon = Lexicon::english();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let report = Report::of_text(text, annotated(text, &row));
        let points = CodePoints::new(text);
        let pairs = |spans: &[Span]| -> Vec<(u32, u32)> {
            spans.iter().map(|s| (points.of(s.start as usize), points.of(s.end as usize))).collect()
        };
        let found: Vec<Value> = attribute(&report, &Entities::default(), &lexicon)
            .iter()
            .map(|a| {
                let names = |parties: &[Party]| parties.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
                json!({
                    "source": pairs(&a.source), "cue": pairs(&a.cue), "content": pairs(&a.content),
                    "kind": a.kind, "within": a.within, "reason": a.reason,
                    "speaker": names(a.speaker.as_slice()).first(), "reported_by": names(&a.reported_by),
                    "medium": a.medium, "occasion": pairs(&a.occasion),
                    "addressee": names(a.addressee.as_slice()).first(),
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "attributions": found}))?;
    }
    Ok(out.flush()?)
}

/// Tokens and sentences as they were printed, offsets back in bytes.
fn annotated(text: &str, row: &Value) -> AnnotatedText {
    let mut bytes: Vec<u32> = text.char_indices().filter_map(|(at, _)| u32::try_from(at).ok()).collect();
    bytes.extend(u32::try_from(text.len()));
    let place = |value: &Value| bytes.get(value.as_u64().unwrap_or(0) as usize).copied().unwrap_or(0);
    let list = |name: &str| row[name].as_array().cloned().unwrap_or_default();
    let name = |value: &Value| value.as_str().unwrap_or_default().into();
    let tokens: Vec<Token> = list("tokens")
        .iter()
        .map(|t| Token {
            span: Span::new(place(&t["start"]), place(&t["end"])),
            tag: name(&t["tag"]),
            pos: name(&t["pos"]),
            lemma: name(&t["lemma"]),
            head: t["head"].as_u64().unwrap_or(0) as u32,
            dep: name(&t["dep"]),
        })
        .collect();
    let sentences = list("sentences")
        .iter()
        .map(|s| {
            let span = Span::new(place(&s[0]), place(&s[1]));
            let before = |at: u32| tokens.partition_point(|t| t.span.start < at) as u32;
            Sentence { span, first: before(span.start), end: before(span.end) }
        })
        .collect();
    let names = list("entities")
        .iter()
        .map(|e| {
            let span = Span::new(place(&e["start"]), place(&e["end"]));
            let before = |at: u32| tokens.partition_point(|t: &Token| t.span.start < at) as u32;
            NamedEntity {
                span,
                entity_type: name(&e["type"]),
                first: before(span.start),
                end: before(span.end),
            }
        })
        .collect();
    AnnotatedText { tokens, sentences, names }
}
