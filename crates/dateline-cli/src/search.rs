//! `dateline search`: where something stands in a record.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use dateline_store::{FOUND, Hit, Query, Store};

use crate::arguments::Search;
use crate::plain::plain;

/// Prints what was found: events, statements, articles. Exit code 1 when nothing was.
pub(crate) fn run(options: &Search) -> Result<ExitCode> {
    let query = Query::parse(&joined(&options.query))?;
    if query.is_empty() {
        bail!("nothing to look for: give words, or a field such as speaker:putin or date:2016-10");
    }
    let hits = Store::open(&options.record)?.search(&query, options.limit)?;
    let marks = if io::stdout().is_terminal() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[", "]") };
    let mut out = io::stdout().lock();
    let kinds = [("events", &hits.events), ("statements", &hits.statements), ("articles", &hits.articles)];
    for (kind, hits) in kinds.into_iter().filter(|(_, hits)| !hits.is_empty()) {
        writeln!(out, "{kind}")?;
        hits.hits.iter().try_for_each(|hit| print(&mut out, kind, hit, marks))?;
    }
    let found = kinds.iter().any(|(_, hits)| !hits.is_empty());
    if !found {
        writeln!(io::stderr(), "dateline: nothing found")?;
    }
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One argument is a query as it stands; of several, those with spaces are phrases, as the shell took
/// their quotation marks away.
fn joined(arguments: &[String]) -> String {
    let phrase = |argument: &String| match argument.split_once(':') {
        _ if !argument.contains(char::is_whitespace) || argument.contains('"') => argument.clone(),
        Some((field, value)) => format!("{field}:\"{value}\""),
        None => format!("\"{argument}\""),
    };
    match arguments {
        [query] => query.clone(),
        several => several.iter().map(phrase).collect::<Vec<_>>().join(" "),
    }
}

fn print(out: &mut impl Write, kind: &str, hit: &Hit, marks: (&str, &str)) -> Result<()> {
    let time = hit.time.as_deref().map_or("undated", |time| time.get(..10).unwrap_or(time));
    let who = hit.who.as_deref().unwrap_or(if kind == "statements" { "speaker not told" } else { "" });
    let title = hit.title.as_deref().unwrap_or_default();
    let (first, second) = if kind == "events" { (title, who) } else { (who, title) };
    let parts: Vec<_> = [time, first, second].into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(out, "{}", plain(&format!("  {}  ({})", parts.join("  "), hit.id)))?;
    if !hit.snippet.is_empty() {
        let words: Vec<_> = hit.snippet.split_whitespace().collect();
        writeln!(out, "      {}", marked(&words.join(" "), marks))?;
    }
    Ok(())
}

/// The snippet, what was found between the marks.
fn marked(snippet: &str, marks: (&str, &str)) -> String {
    let piece = |piece: &str| match piece.strip_suffix(FOUND.0) {
        Some(before) => plain(before).into_owned() + marks.0,
        None => match piece.strip_suffix(FOUND.1) {
            Some(before) => plain(before).into_owned() + marks.1,
            None => plain(piece).into_owned(),
        },
    };
    snippet.split_inclusive([FOUND.0, FOUND.1]).map(piece).collect()
}
