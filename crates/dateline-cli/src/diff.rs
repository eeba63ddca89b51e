//! `dateline diff`: what two records hold differently.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use dateline_export::{Difference, EventView, differences};
use dateline_store::{Store, StoreError};

use crate::arguments::Diff;
use crate::plain::words;

/// Prints reports and events that one record lacks, and fields that differ.
pub(crate) fn run(options: &Diff) -> Result<ExitCode> {
    let (a, b) = (Side::read(&options.a)?, Side::read(&options.b)?);
    let mut out = words();
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
    for Difference { field, before, after } in &differing {
        writeln!(out, "    {field}: {before} → {after}")?;
    }
    Ok(differing.len())
}
