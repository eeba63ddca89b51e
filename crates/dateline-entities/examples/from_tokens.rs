//! Reads what `dateline annotate --model-only --tokens` printed and prints its entities: the stage alone.

use std::io::{BufRead, Write};

use dateline_entities::{EntityRules, find_entities};
use dateline_model::{AnnotatedText, NamedEntity, Report, Sentence, Span, Token};
use serde_json::{Value, json};

fn main() {
    let rules = EntityRules::english();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let report = report(&line);
        let found = find_entities(&report, &[], &rules);
        let index: Vec<usize> = report.text.char_indices().map(|(i, _)| i).collect();
        let point = |byte: u32| index.partition_point(|i| *i < byte as usize);
        let rows: Vec<Value> = found
            .mentions
            .iter()
            .map(|m| {
                let entity = m.entity.and_then(|id| found.entity(id));
                json!({"start": point(m.span.start), "end": point(m.span.end), "type": m.entity_type.name(), "kind": m.kind,
                       "text": report.words(m.span), "entity": entity.map(|e| e.key.clone()), "id": m.entity.map(|e| e.0), "reason": &*m.reason,
                       "head": [m.first, m.end, m.head]})
            })
            .collect();
        let names: Vec<&Value> = rows.iter().filter(|r| r["kind"] == "name").collect();
        let others: Vec<&Value> = rows.iter().filter(|r| r["kind"] != "name").collect();
        writeln!(
            out,
            "{}",
            json!({"id": line["id"], "text": line["text"], "entities": names, "mentions": others})
        )
        .unwrap();
    }
}

fn report(line: &Value) -> Report {
    let text = line["text"].as_str().unwrap();
    let mut bytes: Vec<u32> = text.char_indices().map(|(i, _)| i as u32).collect();
    bytes.push(text.len() as u32);
    let span = |v: &Value| {
        Span::new(bytes[v["start"].as_u64().unwrap() as usize], bytes[v["end"].as_u64().unwrap() as usize])
    };
    let word = |v: &Value, k: &str| v[k].as_str().unwrap().into();
    let tokens: Vec<Token> = line["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| Token {
            span: span(t),
            tag: word(t, "tag"),
            pos: word(t, "pos"),
            lemma: word(t, "lemma"),
            head: t["head"].as_u64().unwrap() as u32,
            dep: word(t, "dep"),
        })
        .collect();
    let at = |offset: u32| tokens.partition_point(|t| t.span.start < offset) as u32;
    let names = line["entities"].as_array().unwrap().iter().map(|e| {
        let s = span(e);
        NamedEntity { span: s, entity_type: word(e, "type"), first: at(s.start), end: at(s.end) }
    });
    let sentences = line["sentences"].as_array().unwrap().iter().map(|s| {
        let s = Span::new(bytes[s[0].as_u64().unwrap() as usize], bytes[s[1].as_u64().unwrap() as usize]);
        Sentence { span: s, first: at(s.start), end: at(s.end) }
    });
    let (names, sentences) = (names.collect(), sentences.collect());
    Report::of_text(text, AnnotatedText { tokens, sentences, names })
}
