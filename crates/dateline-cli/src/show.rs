//! `dateline show`: the timeline of a record, or one event with everything that is said of it.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use dateline_export::{EventView, FieldView};
use dateline_model::{CountKind, Outcome, Standing};
use dateline_store::{Store, Tally};
use textwrap::{Options, fill};

use crate::arguments::Show;
use crate::plain::words;

mod event;

/// Columns of a line; the width of the terminal plays no part, so that the same record gives the same lines.
pub(crate) const COLUMNS: usize = 110;

/// Prints the timeline, or the event that was asked for.
pub(crate) fn run(options: &Show) -> Result<ExitCode> {
    let record = Store::open(&options.record)?;
    let mut out = BufWriter::new(words());
    match &options.event {
        Some(name) => event::print(&mut out, &record, &found(&record, name)?)?,
        None => timeline(&mut out, &record)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The event of that name, of a former name, or the only one whose name begins so.
fn found(record: &Store, name: &str) -> Result<(EventView, String)> {
    let mut event = record.event(name)?;
    if event.is_none() {
        match record.events_named_like(name)?.as_slice() {
            [only] => event = record.event(only)?,
            [] => bail!("no event is named {name:?}; `dateline show FILE` names all"),
            several => {
                bail!("{} events have names that begin with {name:?}: {}", several.len(), several.join(", "))
            }
        }
    }
    let Some((line, title)) = event else { bail!("no event is named {name:?}") };
    Ok((EventView::of_line(&line)?, title))
}

fn timeline(out: &mut impl Write, record: &Store) -> Result<()> {
    let events = record.events()?;
    writeln!(out, "{}", summary(&record.tally()?))?;
    for note in [corrected(record)?, nearby(record)?].into_iter().flatten() {
        writeln!(out, "{note}")?;
    }
    writeln!(out)?;
    if record.is_stale()? {
        writeln!(
            out,
            "reports or corrections were added and not yet taken in: run `dateline build` again to finish\n"
        )?;
    }
    for (line, title) in &events {
        writeln!(out, "{}", row(&EventView::of_line(line)?, title))?;
    }
    if events.is_empty() {
        writeln!(out, "no events")?;
    }
    Ok(())
}

/// "412 reports · 23 publishers · 2011-07-01 to 2018-03-02 · 187 events · 61 disputed".
fn summary(tally: &Tally) -> String {
    let mut parts = vec![
        count(tally.articles, "report"),
        count(tally.publishers, "publisher"),
        count(tally.statements, "statement"),
        count(tally.events, "event"),
        format!("{} disputed", tally.disputed),
    ];
    if let Some((first, last)) = &tally.published {
        parts.insert(2, format!("{first} to {last}"));
    }
    parts.join(" · ")
}

/// What a user is to know of a record that was built, a line each.
pub(crate) fn notes(record: &Store) -> Result<Vec<String>> {
    let corrected = corrected(record)?.map(|told| format!("corrected   {told}"));
    let nearby = nearby(record)?.map(|told| format!("nearby      {told}"));
    Ok([corrected, nearby].into_iter().flatten().collect())
}

/// How many reports were compared with those near them alone; none where all were compared.
fn nearby(record: &Store) -> Result<Option<String>> {
    let reports = record.compared_nearby()?;
    let told = || {
        let reports = count(reports, "report");
        format!("{reports} compared with those nearby alone: `dateline build -o FILE` compares all")
    };
    Ok((reports > 0).then(told))
}

/// How much a person put right, and how much of that waits for a person; none where nobody did.
fn corrected(record: &Store) -> Result<Option<String>> {
    let outcomes = record.outcomes()?;
    // What undoes another holds too, and changes no event by itself.
    let hold = |outcome: &&Outcome| outcome.standing == Standing::Holds && !outcome.events.is_empty();
    let aside = |outcome: &&Outcome| outcome.standing == Standing::SetAside;
    let (hold, aside) = (outcomes.iter().filter(hold).count() as u64, outcomes.iter().filter(aside).count());
    let told = match (hold, aside) {
        (0, 0) => return Ok(None),
        (_, 0) => format!("{} taken in", count(hold, "correction")),
        _ => format!(
            "{} taken in, {aside} set aside: `dateline correct FILE list` says why",
            count(hold, "correction")
        ),
    };
    Ok(Some(told))
}

/// One event: when, what, where, how many died, and who tells it.
fn row(event: &EventView, title: &str) -> String {
    let disputed = event.time.as_ref().is_some_and(FieldView::is_disputed);
    let when = event.time_value().unwrap_or(if disputed { "time disputed" } else { "undated" });
    let inferred = event.time.as_ref().is_some_and(|time| time.status.as_deref() == Some("inferred"));
    let when = format!("{when}{}", if inferred { "?" } else { "" });
    let mut said = title.to_owned();
    let place = event.place.as_ref().map(FieldView::shown).unwrap_or_default();
    if !place.is_empty() && !title.contains(&place) {
        said = format!("{said}, {place}");
    }
    // How many took part is seen with the event.
    let tolls: Vec<_> = CountKind::ALL
        .iter()
        .filter(|kind| **kind != CountKind::Participants)
        .filter_map(|kind| toll(event, kind.name()))
        .collect();
    if !tolls.is_empty() {
        said = format!("{said} — {}", tolls.join(", "));
    }
    said = format!("{said}  [{} · {}]", code(event), standing(event));
    let first = format!("{when:<22} ");
    let indent = " ".repeat(first.chars().count());
    let options = Options::new(COLUMNS).initial_indent(&first).subsequent_indent(&indent);
    format!("{}\n{indent}{}", fill(&said, options), event.event)
}

fn toll(event: &EventView, name: &str) -> Option<String> {
    let field = event.field(name)?;
    if !field.is_disputed() {
        return Some(format!("{} {name}", field.shown()));
    }
    let shown = field.shown();
    if !field.value.is_null() {
        return Some(format!("{shown} {name} (disputed; set by a person)"));
    }
    let values: Vec<_> = shown.split(" / ").collect();
    let more = if values.len() > VALUES { " / …" } else { "" };
    let first: Vec<_> = values.into_iter().take(VALUES).collect();
    Some(format!("{}{more} {name} (disputed)", first.join(" / ")))
}

/// So many values of a disputed toll stand in the timeline; all of them stand with the event.
const VALUES: usize = 3;

/// `CONSULT phone 041`.
pub(crate) fn code(event: &EventView) -> String {
    [&event.event_type, &event.mode, &event.cameo]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(" ")
}

/// How many tell it, how many are independent, and whether they differ.
pub(crate) fn standing(event: &EventView) -> String {
    let reports = count(event.accounts.len() as u64, "report");
    let mut standing = match (event.accounts.len(), event.independent_accounts) {
        (1, _) => reports,
        (_, 1) => format!("{reports}, one origin"),
        (_, independent) => format!("{reports}, {independent} independent"),
    };
    let disputed = event.disputed();
    if !disputed.is_empty() {
        standing = format!("{standing}; disputed: {}", disputed.join(", "));
    }
    standing
}

pub(crate) fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
