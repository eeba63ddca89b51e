//! Statements made by a colon: "Maret: The bridge will open", as headlines, transcripts and lists have
//! them.

use crate::draft::{Draft, Means};
use crate::reading::Reading;
use crate::words::Words;

/// How many words may name the source before a colon.
const SOURCE: usize = 10;
/// A content of fewer words is a label's value.
const CONTENT: usize = 3;
/// How many words of a line are what is said.
const LINE: usize = 400;

/// The statement of the colon `at`, if a name alone stands before it on its line.
pub(crate) fn statement(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    if reading.text(at) != ":" || reading.breaks_before(at) {
        return None;
    }
    if let Some(draft) = named_behind(reading, at) {
        return Some(draft);
    }
    let first = (at.saturating_sub(SOURCE)..at).rev().find(|first| begins(reading, *first))?;
    let source = Words::new(first, at);
    let head = name(reading, source)?;
    let content = content(reading, at)?;
    Some(draft(at, source, head, content))
}

/// A statement by the colon at `at`.
fn draft(at: usize, source: Words, source_head: usize, content: Words) -> Draft {
    Draft {
        source: Some(source),
        source_head: Some(source_head),
        cue: Words::one(at),
        cue_head: at,
        content: vec![content],
        by: Means::Colon,
        through: Vec::new(),
        holds_others: false,
    }
}

/// "Canal to reopen: Maret": a name alone behind the colon.
fn named_behind(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let end = (at + 1..(at + 6).min(reading.len() + 1))
        .find(|end| *end >= reading.len() || reading.breaks_before(*end))?;
    let source = reading.trimmed(Words::new(at + 1, end));
    let alone = !source.is_empty() && (source.first..source.end).all(|at| reading.is_named(at));
    let first =
        (at.saturating_sub(LINE)..at).rev().find(|first| begins(reading, *first)).filter(|_| alone)?;
    let content = reading.trimmed(Words::new(first, at));
    (content.len() >= CONTENT).then(|| draft(at, source, source.end - 1, content))
}

/// Is there nothing but marks to the line's end?
fn ends_line(reading: &Reading<'_>, at: usize) -> bool {
    (at..at + 2).any(|at| reading.breaks_before(at)) || reading.tag(at) == "."
}

fn begins(reading: &Reading<'_>, at: usize) -> bool {
    reading.breaks_before(at)
        || at.checked_sub(1).is_some_and(|before| matches!(reading.text(before), "-" | "–" | "—"))
}

/// The last name among words that hold no finite verb.
fn name(reading: &Reading<'_>, source: Words) -> Option<usize> {
    let finite = |at: usize| matches!(reading.tag(at), "VBD" | "VBZ" | "VBP" | "MD" | "CD" | "WRB" | "WP");
    let mut words = source.first..source.end;
    if words.any(finite) {
        return None;
    }
    (source.first..source.end).rev().find(|at| reading.is_named(*at))
}

/// The quotation behind the colon, or the line's rest.
fn content(reading: &Reading<'_>, colon: usize) -> Option<Words> {
    let first = (colon + 1..reading.len()).find(|at| !reading.text(*at).trim().is_empty())?;
    if reading.breaks_before(first) && reading.quote_of(first).is_none() {
        return None;
    }
    let words = match reading.quote_of(first) {
        Some(quote) if ends_line(reading, reading.quotes[quote].words.end) => reading.quotes[quote].words,
        _ => {
            let limit = (first + LINE).min(reading.len());
            let end = (first + 1..limit).find(|at| reading.breaks_before(*at)).unwrap_or(limit);
            reading.whole_quotes(reading.trimmed(Words::new(first, end)))
        }
    };
    let count = (words.first..words.end).filter(|at| !reading.is_mark(*at)).count();
    (count >= CONTENT).then_some(words)
}
