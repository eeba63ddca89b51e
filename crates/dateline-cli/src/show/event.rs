//! One event in the terminal: each field with its agreement and its words, then each account.

use std::io::Write;

use anyhow::Result;
use dateline_export::{AccountView, CitationView, EventView, FieldView, shown};
use dateline_store::Store;
use textwrap::{Options, fill};

use super::{COLUMNS, code, standing};

/// Prints the event.
pub(crate) fn print(
    out: &mut impl Write,
    record: &Store,
    (event, title): &(EventView, String),
) -> Result<()> {
    writeln!(out, "{title}")?;
    writeln!(out, "{} · {} · {}", event.event, code(event), standing(event))?;
    if let Some(why) = &event.independence {
        writeln!(out, "{}", wrapped("", why))?;
    }
    writeln!(out)?;
    fields(out, event)?;
    writeln!(out, "accounts")?;
    event.accounts.iter().try_for_each(|told| account(out, record, told))?;
    wording(out, event)?;
    corrections(out, event)
}

/// What persons changed in it, fields apart: these say so themselves.
fn corrections(out: &mut impl Write, event: &EventView) -> Result<()> {
    for made in event.corrections.iter().filter(|made| made.does != "set") {
        let field = made.field.as_deref().map(|field| format!(" {field}")).unwrap_or_default();
        let told = format!(
            "corrected: {}{field}, by {}, {} ({}): {}",
            made.does, made.who, made.when, made.correction, made.why
        );
        writeln!(out, "{}", wrapped("", &told))?;
    }
    Ok(())
}

fn fields(out: &mut impl Write, event: &EventView) -> Result<()> {
    let single = [("time", event.time.as_ref()), ("place", event.place.as_ref())];
    for (name, told) in single {
        match told {
            Some(told) => field(out, name, told)?,
            None => writeln!(out, "{name:<12}not said\n")?,
        }
    }
    for participant in &event.participants {
        field(out, participant.role.as_deref().unwrap_or("participant"), participant)?;
    }
    for (name, told) in event.other_fields() {
        field(out, name, &told)?;
    }
    Ok(())
}

/// The field's value and standing; then each claim, or else the words that carry the value.
fn field(out: &mut impl Write, name: &str, field: &FieldView) -> Result<()> {
    let value = if field.value.is_null() { "—".to_owned() } else { field.shown() };
    let known = [&field.link, &field.code].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let known = if known.is_empty() { known } else { format!(" ({known})") };
    let mut marks: Vec<&str> = Vec::new();
    marks.extend(field.agreement.as_deref());
    marks.extend(field.relation.as_deref());
    marks.extend(field.status.as_deref());
    let origins = field.independent_accounts.map(|n| format!(", {n} independent")).unwrap_or_default();
    writeln!(out, "{name:<12}{value}{known}  [{}{origins}]", marks.join(", "))?;
    for set in &field.set_by {
        let told = format!("set by {}, {} ({}): {}", set.who, set.when, set.correction, set.why);
        writeln!(out, "{}", wrapped("            ", &told))?;
    }
    let claims = field.differing_claims();
    if claims.is_empty() {
        quotes(out, &field.citations)?;
    }
    for claim in &claims {
        let by = claim.by.as_deref().map(|by| format!(", by {by}")).unwrap_or_default();
        writeln!(out, "{:<12}· {}{by}", "", shown(&claim.value))?;
        quotes(out, &claim.citations)?;
    }
    writeln!(out)?;
    Ok(())
}

/// So many quotes of one value are printed; the others are counted.
const QUOTES: usize = 6;

fn quotes(out: &mut impl Write, citations: &[CitationView]) -> Result<()> {
    let mut citations = citations.to_vec();
    citations.sort_unstable();
    citations.dedup();
    for citation in citations.iter().take(QUOTES) {
        let place = match (&citation.of, citation.start) {
            (Some(of), _) => of.clone(),
            (None, Some(start)) => format!("at {start}"),
            (None, None) => "text".to_owned(),
        };
        writeln!(
            out,
            "{}",
            wrapped("              ", &format!("“{}” {}, {place}", one_line(&citation.quote), citation.id))
        )?;
    }
    if citations.len() > QUOTES {
        writeln!(out, "              and {} more", citations.len() - QUOTES)?;
    }
    Ok(())
}

fn account(out: &mut impl Write, record: &Store, account: &AccountView) -> Result<()> {
    let publisher = account.publisher.as_deref().unwrap_or("publisher not told");
    let published = account.published.as_deref().unwrap_or("undated");
    writeln!(out, "  {publisher} · {published} · origin {} · {}", account.origin, account.id)?;
    if let Some(headline) = record.article(&account.id)?.and_then(|article| article.headline) {
        writeln!(out, "{}", wrapped("    ", &headline))?;
    }
    if let Some(time) = &account.time {
        let written = time.as_written.as_deref().unwrap_or_default();
        let value = time.value.as_deref().unwrap_or("no known day");
        let status = time.status.as_deref().map(|status| format!(", {status}")).unwrap_or_default();
        writeln!(out, "    when: “{written}”: {value}{status}")?;
    }
    for quote in &account.quotes {
        writeln!(out, "{}", wrapped("    | ", &one_line(&quote.quote)))?;
    }
    writeln!(out)?;
    Ok(())
}

fn wording(out: &mut impl Write, event: &EventView) -> Result<()> {
    for wording in &event.wording {
        let terms: Vec<_> =
            wording.terms.iter().map(|term| format!("“{}” ({})", term.text, term.report)).collect();
        let of = wording.entity.as_deref().unwrap_or(&wording.of);
        writeln!(out, "{}", wrapped("", &format!("wording of {of}: {}", terms.join(" · "))))?;
    }
    Ok(())
}

fn wrapped(indent: &str, text: &str) -> String {
    fill(text, Options::new(COLUMNS).initial_indent(indent).subsequent_indent(indent))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
