//! `dateline diff`: what two records hold differently.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use dateline_export::{EventView, FieldView};
use dateline_store::{Store, StoreError};

use crate::arguments::Diff;

/// Prints reports and events that one record lacks, and fields that differ.
pub(crate) fn run(options: &Diff) -> Result<ExitCode> {
    let (a, b) = (Side::read(&options.a)?, Side::read(&options.b)?);
    let mut out = io::stdout().lock();
    let mut differences = 0;
    for (side, other, mark) in [(&a, &b, '-'), (&b, &a, '+')] {
        for (id, headline) in side.reports.iter().filter(|(id, _)| !other.reports.contains_key(*id)) {
            writeln!(out, "{mark} report  {id}  {headline}")?;
            differences += 1;
        }
        for (name, event) in side.events.iter().filter(|(name, _)| !other.events.contains_key(*name)) {
            writeln!(
                out,
                "{mark} event   {name}  {}  {}",
                event.0.time_value().unwrap_or("undated"),
                event.1
            )?;
            differences += 1;
        }
    }
    for (name, event) in &a.events {
        let Some(other) = b.events.get(name) else { continue };
        differences += changed(&mut out, name, event, other)?;
    }
    if differences == 0 {
        writeln!(out, "both hold the same {} reports and {} events", a.reports.len(), a.events.len())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What one record holds.
struct Side {
    reports: BTreeMap<String, String>,
    events: BTreeMap<String, (EventView, String)>,
}

impl Side {
    fn read(path: &Path) -> Result<Self> {
        let record = Store::open(path)?;
        let mut reports = BTreeMap::new();
        record.each_article(|article| {
            reports.insert(article.id, article.headline.unwrap_or_default());
            Ok::<_, StoreError>(())
        })?;
        let mut events = BTreeMap::new();
        for (line, title) in record.events()? {
            let event = EventView::of_line(&line)?;
            events.insert(event.event.clone(), (event, title));
        }
        Ok(Self { reports, events })
    }
}

/// Prints the fields of one event that differ, and says how many.
fn changed(
    out: &mut impl Write,
    name: &str,
    a: &(EventView, String),
    b: &(EventView, String),
) -> Result<usize> {
    let differing = differences(&a.0, &b.0);
    if differing.is_empty() {
        return Ok(0);
    }
    writeln!(out, "~ event   {name}  {}  {}", b.0.time_value().unwrap_or("undated"), b.1)?;
    for (field, before, after) in &differing {
        writeln!(out, "    {field}: {before} → {after}")?;
    }
    Ok(differing.len())
}

/// The fields of an event that differ, each as it was and as it is.
pub(crate) fn differences(before: &EventView, after: &EventView) -> Vec<(String, String, String)> {
    let (before, after) = (told(before), told(after));
    let mut fields: Vec<_> = before.keys().chain(after.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.retain(|field| before.get(*field) != after.get(*field));
    let value = |side: &BTreeMap<String, String>, field: &String| {
        side.get(field).map_or("not said", |v| v).to_owned()
    };
    fields.into_iter().map(|field| (field.clone(), value(&before, field), value(&after, field))).collect()
}

/// Every field of an event as a reader would compare it.
fn told(event: &EventView) -> BTreeMap<String, String> {
    let mut told = BTreeMap::new();
    let mut tell = |name: &str, field: &FieldView| {
        let agreement = field.agreement.as_deref().unwrap_or("not compared");
        let set = if field.set_by.is_empty() { "" } else { ", set by a person" };
        told.insert(name.to_owned(), format!("{} ({agreement}{set})", field.shown()));
    };
    for (name, field) in [("time", &event.time), ("place", &event.place)] {
        if let Some(field) = field {
            tell(name, field);
        }
    }
    for participant in &event.participants {
        let role = participant.role.as_deref().unwrap_or("participant");
        tell(&format!("{role} {}", participant.shown()), participant);
    }
    for (name, field) in event.other_fields() {
        tell(name, &field);
    }
    let reports: Vec<_> = event.accounts.iter().map(|account| account.id.as_str()).collect();
    told.insert("reports".to_owned(), reports.join(", "));
    told.insert("independent accounts".to_owned(), event.independent_accounts.to_string());
    told
}
