//! Codes pairs from lines of JSON that hold a text's tokens already: quick to run again and again.
//!
//! `cargo run --release -p dateline-coding --example pairs_jsonl TOKENS PAIRS`: the first file is what
//! `dateline annotate --as-is --tokens` prints, the second has `id`, `source` and `target`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::{env, fs::File, io};

use dateline_coding::{CodingLexicon, code_pair};
use dateline_model::{AnnotatedText, NamedEntity, Sentence, Span, Token};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(tokens), Some(pairs)) = (arguments.next(), arguments.next()) else {
        return Err("give the file of tokens and the file of pairs".into());
    };
    let texts: BTreeMap<String, Value> =
        lines(&tokens)?.into_iter().map(|line| (word(&line, "id").to_owned(), line)).collect();
    let lexicon = CodingLexicon::english();
    let mut out = io::stdout().lock();
    for pair in lines(&pairs)? {
        let Some(line) = texts.get(word(&pair, "id")) else { continue };
        let text = word(line, "text");
        let code =
            code_pair(text, &annotated(text, line), word(&pair, "source"), word(&pair, "target"), &lexicon);
        let trigger: Vec<&str> = code.trigger.iter().map(|s| &text[s.range()]).collect();
        let found = json!({"id": pair["id"], "type": code.event_type.name(), "quad": code.event_type.quad(),
            "cameo": &*code.cameo, "trigger": trigger, "pattern": code.pattern.as_deref()});
        writeln!(out, "{found}")?;
    }
    Ok(())
}

fn lines(path: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    BufReader::new(File::open(path)?).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

fn word<'a>(line: &'a Value, field: &str) -> &'a str {
    line[field].as_str().unwrap_or_default()
}

fn annotated(text: &str, line: &Value) -> AnnotatedText {
    let bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let number = |value: &Value| value.as_u64().unwrap_or_default() as usize;
    let span = |start: &Value, end: &Value| Span::new(bytes[number(start)], bytes[number(end)]);
    let tokens: Vec<Token> = line["tokens"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .map(|t| Token {
            span: span(&t["start"], &t["end"]),
            tag: word(t, "tag").into(),
            pos: word(t, "pos").into(),
            lemma: word(t, "lemma").into(),
            head: number(&t["head"]) as u32,
            dep: word(t, "dep").into(),
        })
        .collect();
    let at = |byte: u32| tokens.partition_point(|t| t.span.start < byte) as u32;
    let sentences = line["sentences"].as_array().map_or(&[][..], Vec::as_slice).iter().map(|s| {
        let span = span(&s[0], &s[1]);
        Sentence { span, first: at(span.start), end: at(span.end) }
    });
    let names = line["entities"].as_array().map_or(&[][..], Vec::as_slice).iter().map(|e| {
        let span = span(&e["start"], &e["end"]);
        NamedEntity { span, entity_type: word(e, "type").into(), first: at(span.start), end: at(span.end) }
    });
    AnnotatedText { sentences: sentences.collect(), names: names.collect(), tokens }
}
