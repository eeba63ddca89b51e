//! Corrections for a person, or as JSON: what was changed, the log with what holds of it, where logs differ.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use dateline_correct::Combined;
use dateline_export::{Difference, EventView, correction_sentence, differences};
use dateline_model::{Correction, Outcome, Standing};
use dateline_pipeline::{Changed, EventChange};
use serde_json::{Value, json};
use textwrap::{Options, WordSplitter, fill};

use crate::plain::{lines, words};
use crate::show::{COLUMNS, standing};

/// For whom it is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For a person.
    Words,
    /// For a program: one object a line.
    Json,
}

impl Form {
    /// Where it is printed.
    pub(crate) fn out(self) -> Box<dyn Write> {
        match self {
            Self::Words => Box::new(words()),
            Self::Json => lines(),
        }
    }
}

/// What was changed, or would be.
pub(crate) fn changed(
    out: &mut impl Write,
    entries: &[Correction],
    changed: &Changed,
    (dry_run, form): (bool, Form),
) -> Result<()> {
    if form == Form::Json {
        let line = json!({
            "corrections": entries,
            "outcomes": changed.outcomes,
            "events": changed.events.iter().map(as_json).collect::<Result<Vec<_>>>()?,
            "dry_run": dry_run,
        });
        writeln!(out, "{line}")?;
        return Ok(());
    }
    for (entry, outcome) in entries.iter().zip(&changed.outcomes) {
        writeln!(out, "{}  {}", entry.id, indented(14, &correction_sentence(entry)))?;
        if outcome.standing != Standing::Holds {
            writeln!(out, "              {}: {}", outcome.standing.name(), outcome.reason)?;
        }
    }
    let done = if dry_run { "would change" } else { "changed" };
    writeln!(out, "{done} {}", crate::show::count(changed.events.len() as u64, "event"))?;
    changed.events.iter().try_for_each(|change| event(out, change))
}

fn as_json(change: &EventChange) -> Result<Value> {
    let line = |told: &Option<(String, String)>| -> Result<Value> {
        told.as_ref().map_or(Ok(Value::Null), |(line, _)| Ok(serde_json::from_str(line)?))
    };
    Ok(json!({ "event": change.name, "before": line(&change.before)?, "after": line(&change.after)? }))
}

fn event(out: &mut impl Write, change: &EventChange) -> Result<()> {
    let told = |(line, title): &(String, String)| -> Result<String> {
        let event = EventView::of_line(line)?;
        Ok(format!("{} {title}  [{}]", event.time_value().unwrap_or("undated"), standing(&event)))
    };
    let (mark, name) = (mark(change), &change.name);
    writeln!(out, "{mark} {name}")?;
    if let Some(before) = change.before.as_ref().filter(|_| change.after.is_none()) {
        writeln!(out, "    {}", told(before)?)?;
    }
    if let Some(after) = &change.after {
        writeln!(out, "    {}", told(after)?)?;
    }
    if let (Some(before), Some(after)) = (&change.before, &change.after) {
        let (before, after) = (EventView::of_line(&before.0)?, EventView::of_line(&after.0)?);
        for Difference { field, before, after } in differences(&before, &after) {
            writeln!(out, "    {field}: {before} → {after}")?;
        }
    }
    Ok(())
}

fn mark(change: &EventChange) -> char {
    match (&change.before, &change.after) {
        (None, _) => '+',
        (_, None) => '-',
        _ => '~',
    }
}

/// The log, each entry with what became of it.
pub(crate) fn list(
    out: &mut impl Write,
    entries: &[(Correction, Option<Outcome>)],
    form: Form,
) -> Result<()> {
    if entries.is_empty() && form == Form::Words {
        writeln!(out, "nothing is corrected")?;
    }
    for (entry, outcome) in entries {
        if form == Form::Json {
            writeln!(out, "{}", json!({ "correction": entry, "outcome": outcome }))?;
            continue;
        }
        let told = outcome.as_ref().map_or("not yet applied", |outcome| outcome.standing.name());
        writeln!(out, "{}  {told} · {} · {}", entry.id, entry.who, entry.when)?;
        writeln!(out, "              {}", indented(14, &correction_sentence(entry)))?;
        let Some(outcome) = outcome else { continue };
        if !outcome.reason.is_empty() {
            writeln!(out, "              {}", indented(14, &format!("{told}: {}", outcome.reason)))?;
        }
        if !outcome.events.is_empty() {
            writeln!(out, "              {}", indented(14, &format!("in {}", outcome.events.join(", "))))?;
        }
    }
    Ok(())
}

/// Where logs differ, and how far they agree.
pub(crate) fn combined(
    out: &mut impl Write,
    files: &[PathBuf],
    combined: &Combined,
    form: Form,
) -> Result<()> {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    if form == Form::Json {
        let line = json!({
            "logs": names,
            "entries": combined.log.entries().len(),
            "disagreements": combined.disagreements,
            "agreement": combined.agreement,
        });
        writeln!(out, "{line}")?;
        return Ok(());
    }
    writeln!(out, "{} entries in {} logs", combined.log.entries().len(), files.len())?;
    for differing in &combined.disagreements {
        writeln!(out, "they differ on {}:", differing.of)?;
        for voice in &differing.voices {
            writeln!(out, "    {} ({}, {}): {}", voice.who, names[voice.log], voice.correction, voice.value)?;
        }
    }
    if combined.agreement.is_empty() {
        writeln!(out, "no question is answered in two logs, so there is nothing to compare")?;
        return Ok(());
    }
    writeln!(out, "{:<24}{:>8}{:>8}  alpha", "question", "units", "alike")?;
    for row in &combined.agreement {
        let alpha =
            row.alpha.map_or("not defined: all answers alike".to_owned(), |alpha| format!("{alpha:.3}"));
        writeln!(out, "{:<24}{:>8}{:>8}  {alpha}", row.variable, row.units, row.alike)?;
    }
    writeln!(out, "alpha: Krippendorff's, nominal (Krippendorff 2011), over units that two logs answer")?;
    Ok(())
}

/// Lines after the first stand under its beginning.
fn indented(columns: usize, text: &str) -> String {
    let indent = " ".repeat(columns);
    // Names of events are to be copied, so they are not broken at their hyphens.
    let options = Options::new(COLUMNS - columns).word_splitter(WordSplitter::NoHyphenation);
    fill(text, options).replace('\n', &format!("\n{indent}"))
}
