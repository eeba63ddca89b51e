//! A person corrects a record: what is asked for becomes an entry of the log, can be tried out, and is made.
//!
//! The whole of it for a caller (the command line, the page):
//! [`resolve_correction`] makes a correction of a request or refuses it, [`preview_corrections`] says what it would
//! change, [`make_corrections`] adds it to the log and brings the record up to date, [`corrections`] lists the log
//! with what became of each entry. Reports are not read again, nor compared.

use std::collections::{BTreeMap, BTreeSet};

use dateline_correct::{Known, KnownEvent, KnownReport, Refusal, Request, Signature};
use dateline_export::record_anchor;
use dateline_model::{Account, Correction, CorrectionLog, Outcome};
use dateline_store::{Store, StoreError, StoreWriter};
use thiserror::Error;

use crate::comparing::{COMPARE_MEMORY, VERSION, compare_reports, read_dossier};
use crate::touched::{PrintedEvents, TouchedEvents};

/// Why a correction was not made.
#[derive(Debug, Error)]
pub enum CorrectError {
    /// What it names is not there or not clear.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The record cannot be read or written.
    #[error(transparent)]
    Record(#[from] StoreError),
    /// Reports were added and not compared yet.
    #[error("reports were added and not yet compared: run `dateline build` again to finish, then correct")]
    Unfinished,
}

/// What corrections change in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// What becomes of each entry that is added, in their order.
    pub outcomes: Vec<Outcome>,
    /// The events that are not what they were, by name.
    pub events: Vec<EventChange>,
}

/// An event before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventChange {
    /// Its name.
    pub name: String,
    /// Its line of JSON and title; none where there was no such event.
    pub before: Option<(String, String)>,
    /// The same afterwards; none where there is no such event any more.
    pub after: Option<(String, String)>,
}

/// The correction that a request makes in a record.
///
/// # Errors
/// When what it names is not there or not clear; the message says what there is.
pub fn resolve_correction(
    record: &Store,
    request: &Request,
    by: &Signature,
) -> Result<Correction, CorrectError> {
    request.resolve(by, &InRecord(record))
}

/// What these entries would change, were they added to the log. Nothing is written.
///
/// # Errors
/// When the record cannot be read, or its reports are not compared yet.
pub fn preview_corrections(record: &Store, added: &[Correction]) -> Result<Changed, CorrectError> {
    let log = corrected_log(record, added)?;
    let events = TouchedEvents::of_last(record, &log, added.len())?;
    changed_by(record, &events, &events.printed()?, added.len())
}

/// Adds entries to the end of the log and brings the record up to date.
///
/// # Errors
/// When the record cannot be read or written.
pub fn make_corrections(record: &mut StoreWriter, added: &[Correction]) -> Result<Changed, CorrectError> {
    bring_up_to_date(record)?;
    let log = corrected_log(record.store(), added)?;
    let events = TouchedEvents::of_last(record.store(), &log, added.len())?;
    let printed = events.printed()?;
    let changed = changed_by(record.store(), &events, &printed, added.len())?;
    record.append_corrections(added)?;
    record.change_events(&events.former, events.rows(&printed))?;
    Ok(changed)
}

/// The log as it will be.
fn corrected_log(record: &Store, added: &[Correction]) -> Result<CorrectionLog, CorrectError> {
    if !record.is_compared_by(VERSION)? {
        return Err(CorrectError::Unfinished);
    }
    Ok(added.iter().cloned().fold(record.corrections()?, CorrectionLog::and))
}

/// What is changed where these events take the place of others; the last of the outcomes are those of what was added.
fn changed_by(
    record: &Store,
    events: &TouchedEvents,
    printed: &PrintedEvents<'_>,
    added: usize,
) -> Result<Changed, CorrectError> {
    let mut before = Told::new();
    for name in &events.former {
        before.extend(record.event(name)?.map(|told| (name.clone(), told)));
    }
    let names = events.corrected.events.iter().map(|event| event.name.clone());
    let after =
        names.zip(&printed.entries).map(|(name, entry)| (name, (entry.line.clone(), entry.title.clone())));
    let outcomes = &events.corrected.outcomes;
    let own = outcomes.iter().skip(outcomes.len().saturating_sub(added)).cloned().collect();
    Ok(Changed { outcomes: own, events: differing(before, after.collect()) })
}

/// Compares the reports of a record where that is still to be done: it may be a file of an earlier version,
/// or a build was stopped.
///
/// # Errors
/// When the record cannot be read or written.
pub fn bring_up_to_date(record: &mut StoreWriter) -> Result<(), StoreError> {
    let is_compared = record.store().is_compared_by(VERSION)?;
    if record.store().is_current(VERSION)? && is_compared {
        return Ok(());
    }
    compare_reports(record, COMPARE_MEMORY, |_| {})
}

/// The log, each entry with what became of it.
///
/// # Errors
/// When the record cannot be read.
pub fn corrections(record: &Store) -> Result<Vec<(Correction, Option<Outcome>)>, StoreError> {
    let outcomes = record.outcomes()?.into_iter().map(|outcome| (outcome.correction.clone(), outcome));
    let mut outcomes: BTreeMap<String, Outcome> = outcomes.collect();
    let log = record.corrections()?;
    let entries = log.entries().iter().cloned();
    Ok(entries.map(|entry| (entry.clone(), outcomes.remove(&entry.id))).collect())
}

type Told = BTreeMap<String, (String, String)>;

fn differing(mut before: Told, after: Told) -> Vec<EventChange> {
    let mut events: Vec<EventChange> = Vec::new();
    for (name, after) in after {
        let before = before.remove(&name);
        if before.as_ref() != Some(&after) {
            events.push(EventChange { name, before, after: Some(after) });
        }
    }
    events.extend(before.into_iter().map(|(name, told)| EventChange {
        name,
        before: Some(told),
        after: None,
    }));
    events.sort_by(|a, b| a.name.cmp(&b.name));
    events
}

/// A record as requests are held against it.
struct InRecord<'a>(&'a Store);

impl Known for InRecord<'_> {
    type Error = CorrectError;

    fn event(&self, name: &str) -> Result<Option<KnownEvent>, CorrectError> {
        let Some((line, _)) = self.0.event(name)? else { return Ok(None) };
        let anchor = record_anchor(&line).map_err(|error| StoreError::Part(error.to_string()))?;
        let reports = anchor.accounts.iter().map(|account| account.report.clone()).collect();
        let accounts = anchor.accounts.into_iter().filter(|account| !account.acts.is_empty()).collect();
        Ok(Some(KnownEvent { anchor: dateline_model::EventAnchor { name: anchor.name, accounts }, reports }))
    }

    fn event_names(&self) -> Result<Vec<String>, CorrectError> {
        Ok(self.0.events_named_like("")?)
    }

    fn report(&self, id: &str) -> Result<Option<KnownReport>, CorrectError> {
        let report = self.0.article(id)?;
        Ok(report.map(|report| KnownReport {
            id: report.id,
            text: report.text,
            headline: report.headline.unwrap_or_default(),
        }))
    }

    fn report_ids(&self) -> Result<Vec<String>, CorrectError> {
        Ok(self.0.report_ids()?)
    }

    fn entity_keys(&self) -> Result<Vec<String>, CorrectError> {
        let mut keys = BTreeSet::new();
        self.0.each_dossier_line(|_, id, json| {
            let dossier = read_dossier(id, "", json)?;
            keys.extend(dossier.accounts.iter().flat_map(Account::keys).map(str::to_owned));
            Ok::<_, StoreError>(())
        })?;
        Ok(keys.into_iter().collect())
    }

    fn log(&self) -> Result<CorrectionLog, CorrectError> {
        Ok(self.0.corrections()?)
    }
}
