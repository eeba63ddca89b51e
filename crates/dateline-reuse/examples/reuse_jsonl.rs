//! Reads articles as JSON Lines (`id`, `text`, and optionally `publisher`, `published`) from standard
//! input and prints what they share as pairs, one object a line. With the name of a file as argument,
//! by the rules in it: so that a threshold can be tried on a pile before it is changed.

use std::io::{self, BufRead, Write};
use std::{env, fs};

use dateline_model::{Alignment, CodePoints, Moment, Passage};
use dateline_reuse::{Entry, Rules, Stamp, detect_reuse};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    publisher: Option<String>,
    published: Option<String>,
}

impl Line {
    fn entry(self) -> Entry<'static> {
        let published = self.published.and_then(|day| day.parse::<Moment>().ok()).map(Stamp::of);
        let (id, text, publisher) = (self.id, self.text, self.publisher);
        Entry { id, text: text.into(), publisher, published, ..Entry::default() }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = match env::args().nth(1) {
        Some(file) => toml::from_str(&fs::read_to_string(file)?)?,
        None => Rules::built_in(),
    };
    let mut pile = Vec::new();
    for line in io::stdin().lock().lines() {
        pile.push(serde_json::from_str::<Line>(&line?)?.entry());
    }
    pile.sort_by(|a, b| a.id.cmp(&b.id));
    let mut out = io::stdout().lock();
    for pair in detect_reuse(&pile, &rules).pairs {
        let passages: Vec<_> = pair.alignments.iter().map(|found| shown(found, &pile)).collect();
        let relation = format!("{:?}", pair.relation).to_lowercase();
        let line = json!({"a": pair.a, "b": pair.b, "relation": relation, "passages": passages});
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn shown(found: &Alignment, pile: &[Entry<'_>]) -> serde_json::Value {
    let kind = format!("{:?}", found.kind).to_lowercase();
    json!({"a": place(&found.a, pile), "b": place(&found.b, pile), "similarity": found.similarity, "kind": kind})
}

fn place(passage: &Passage, pile: &[Entry<'_>]) -> Option<(u32, u32)> {
    let at = pile.binary_search_by(|entry| entry.id.cmp(&passage.article)).ok()?;
    let index = CodePoints::new(&pile[at].text);
    Some((index.of(passage.span.range().start), index.of(passage.span.range().end)))
}
