//! Reads articles as JSON Lines (`id`, `text`, and optionally `publisher`, `published`) from standard
//! input and prints what they share as pairs: ids, relation, and the shared words of each passage.

use std::io::{self, BufRead, Write};

use dateline_model::Moment;
use dateline_reuse::{Entry, Rules, Stamp, detect_reuse};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    publisher: Option<String>,
    published: Option<String>,
}

fn main() -> io::Result<()> {
    let mut pile = Vec::new();
    for line in io::stdin().lock().lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let published = line.published.and_then(|day| day.parse::<Moment>().ok()).map(Stamp::of);
        let (id, text, publisher) = (line.id, line.text, line.publisher);
        pile.push(Entry { id, text, publisher, published, ..Entry::default() });
    }
    let reuse = detect_reuse(&pile, &Rules::built_in());
    let mut out = io::stdout().lock();
    for pair in &reuse.pairs {
        writeln!(out, "{} {} {:?} earlier {:?}", pair.a, pair.b, pair.relation, pair.earlier)?;
        for alignment in &pair.alignments {
            let text = pile.iter().find(|e| e.id == pair.a).map_or("", |e| &e.text[alignment.a.span.range()]);
            writeln!(out, "  {:?} {:.2} {text}", alignment.kind, alignment.similarity)?;
        }
    }
    Ok(())
}
