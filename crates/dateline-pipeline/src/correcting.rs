//! The events of a pile as reports tell them and as persons corrected them.
//!
//! This is the one place where corrections come in, between clustering and the record: first which account
//! is of which event, and which reports are one; then each event is reconciled; then what persons read in
//! its fields.

use std::collections::BTreeMap;

use dateline_cluster::EventCluster;
use dateline_correct::{Corrected, Fate, FieldChange, correct, note};
use dateline_model::{CorrectionLog, Dossier, EventRecord, FieldValue, Outcome, Standing};
use dateline_reconcile::{Telling, Texts, UnsetError, reconcile_event, set_field, tell_apart, unset_field};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::recording::Comparison;

/// The events as they are after corrections.
#[derive(Clone, Debug, Default)]
pub(crate) struct CorrectedEvents {
    /// By time.
    pub(crate) events: Vec<EventRecord>,
    /// The accounts of each event, index of the dossier and of the account in it, with its name; in no order.
    pub(crate) told: Vec<(EventCluster, Option<String>)>,
    /// What became of each entry of the log.
    pub(crate) outcomes: Vec<Outcome>,
}

/// The events of `dossiers`, sorted by id. `is_taken` knows the names of events beside them.
pub(crate) fn corrected_events(
    dossiers: &mut [Dossier],
    found: &Comparison,
    log: &CorrectionLog,
    is_taken: impl Fn(&str) -> bool,
) -> CorrectedEvents {
    let mut corrected = correct(dossiers, &found.events, log);
    let mut texts = Texts::from(found.texts.clone());
    corrected.dependent.iter().for_each(|reports| texts.join(reports));
    let reconciled = |cluster| reconciled(cluster, dossiers, &texts, &corrected.keys);
    let mut events: Vec<Option<EventRecord>> = corrected.clusters.par_iter().map(reconciled).collect();
    name_apart(&mut events, is_taken);
    for (n, change) in std::mem::take(&mut corrected.fields) {
        if let Some(event) = events.get_mut(n).and_then(Option::as_mut) {
            change_field(event, &change, &mut corrected.fates);
        }
    }
    annotate(&mut events, &corrected, log);
    let (events, names) = in_order(events);
    let fates = log.entries().iter().zip(&corrected.fates);
    let outcomes = fates.map(|(entry, fate)| fate.outcome(entry, &names)).collect();
    CorrectedEvents { events, told: corrected.clusters.into_iter().zip(names).collect(), outcomes }
}

/// The record of one cluster, its accounts laid together by report. It keeps the name that it has without
/// knowing who is the same as whom: links hang on it.
fn reconciled(
    cluster: &Vec<(usize, usize)>,
    dossiers: &[Dossier],
    texts: &Texts,
    keys: &BTreeMap<String, String>,
) -> Option<EventRecord> {
    let mut by_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (report, account) in cluster {
        by_report.entry(*report).or_default().push(*account);
    }
    let tellings: Vec<Telling<'_>> =
        by_report.iter().filter_map(|(report, accounts)| Telling::of(&dossiers[*report], accounts)).collect();
    let event = reconcile_event(&tellings, texts)?;
    if keys.is_empty() || tellings.iter().all(|telling| telling.with_keys(keys).is_none()) {
        return Some(event);
    }
    let renamed: Vec<Telling<'_>> =
        tellings.iter().map(|telling| telling.with_keys(keys).unwrap_or_else(|| telling.clone())).collect();
    let name = event.name;
    reconcile_event(&renamed, texts).map(|event| EventRecord { name, ..event })
}

/// What persons read in a field. What does not hold is told with its correction.
fn change_field(event: &mut EventRecord, change: &FieldChange, fates: &mut [Fate]) {
    match change {
        FieldChange::Set { field, settings, .. } => set_field(event, *field, settings),
        FieldChange::Unset { field, value, correction } => {
            let Err(error) = unset_field(event, *field, value.as_ref()) else { return };
            let Some(fate) = fates.get_mut(*correction) else { return };
            fate.standing = match error {
                UnsetError::NotSaid => Standing::Idle,
                UnsetError::Required => Standing::SetAside,
            };
            fate.reason = match (error, value.as_ref().map(FieldValue::to_string)) {
                (UnsetError::NotSaid, Some(value)) => format!("no report says {value} by now"),
                _ => error.to_string(),
            };
            fate.events.clear();
        }
    }
}

/// Each event names the corrections that made it what it is.
fn annotate(events: &mut [Option<EventRecord>], corrected: &Corrected, log: &CorrectionLog) {
    for (entry, fate) in log.entries().iter().zip(&corrected.fates) {
        for n in &fate.events {
            if let Some(event) = events.get_mut(*n).and_then(Option::as_mut) {
                event.corrections.push(note(entry));
            }
        }
    }
}

/// Names that tell events apart, whatever a person reads in their fields: links hang on names.
fn name_apart(events: &mut [Option<EventRecord>], is_taken: impl Fn(&str) -> bool) {
    let mut events: Vec<&mut EventRecord> = events.iter_mut().flatten().collect();
    events.sort_by(|a, b| by_time(a).cmp(&by_time(b)));
    tell_apart(events, is_taken);
}

/// The events by time; and the name of each in the order given.
fn in_order(events: Vec<Option<EventRecord>>) -> (Vec<EventRecord>, Vec<Option<String>>) {
    let names = events.iter().map(|event| event.as_ref().map(|event| event.name.clone())).collect();
    let mut events: Vec<EventRecord> = events.into_iter().flatten().collect();
    events.sort_by(|a, b| by_time(a).cmp(&by_time(b)));
    (events, names)
}

/// By the first day that an account gives, undated ones last, then by name.
fn by_time(event: &EventRecord) -> (bool, Option<Date>, &str) {
    let first = event.time.as_ref().and_then(|time| time.claims.iter().map(|claim| claim.value.first).min());
    (first.is_none(), first, &event.name)
}
