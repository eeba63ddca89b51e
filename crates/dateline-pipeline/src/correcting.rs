//! The events of a pile as reports tell them and as persons corrected them.
//!
//! This is the one place where corrections come in, between clustering and the record: first which account
//! is of which event, and which reports are one; then each event is reconciled; then what persons read in
//! its fields. The events of a large pile are made some at a time.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use dateline_cluster::EventCluster;
use dateline_correct::{Corrected, Fate, FieldChange, correct, note};
use dateline_model::{CorrectionLog, CorrectionNote, Dossier, EventRecord, FieldValue, Outcome, Standing};
use dateline_pile::DossierPile;
use dateline_reconcile::{Telling, Texts, UnsetError, reconcile_event, set_field, unset_field};
use rayon::prelude::*;

use crate::naming::{Heading, Named, first_told};
use crate::recording::Comparison;

/// A pile's events while they are made, by their clusters as corrections leave them.
pub(crate) struct Correcting<'a> {
    pile: &'a DossierPile,
    texts: &'a [Option<u32>],
    log: &'a CorrectionLog,
    corrected: Corrected,
    /// Events in whose fields persons read something.
    changed: BTreeMap<usize, MadeEvent>,
    /// The corrections that made each event what it is.
    notes: BTreeMap<usize, Vec<CorrectionNote>>,
}

/// An event, and what puts it among others.
#[derive(Clone, Debug)]
pub(crate) struct MadeEvent {
    /// Its name is still to be told from others.
    pub(crate) record: EventRecord,
    pub(crate) heading: Heading,
}

impl<'a> Correcting<'a> {
    /// Holds the log against a pile as it was clustered.
    pub(crate) fn of(pile: &'a mut DossierPile, found: &'a Comparison, log: &'a CorrectionLog) -> Self {
        let corrected = correct(pile, &found.events, log);
        let texts = &found.texts;
        let (changed, notes) = (BTreeMap::new(), BTreeMap::new());
        let mut own = Self { pile, texts, log, corrected, changed, notes };
        own.change_fields();
        own.note_corrections();
        own
    }

    /// The pile that they are of.
    pub(crate) fn pile(&self) -> &'a DossierPile {
        self.pile
    }

    /// How many clusters there are.
    pub(crate) fn count(&self) -> usize {
        self.corrected.clusters.len()
    }

    /// The accounts of each event, index of the dossier and of the account in it.
    pub(crate) fn clusters(&self) -> &[EventCluster] {
        &self.corrected.clusters
    }

    /// The events of some clusters; none where reports give no event.
    pub(crate) fn events(&self, clusters: Range<usize>) -> Vec<Option<MadeEvent>> {
        let read = ReadReports::of(self.pile, &self.corrected.clusters[clusters.clone()]);
        let texts = self.texts_of(&read.places);
        let event = |n: usize| {
            let changed = self.changed.get(&n).cloned();
            let mut made = changed.or_else(|| self.reconciled(n, &read, &texts))?;
            made.record.corrections.extend(self.notes.get(&n).into_iter().flatten().cloned());
            Some(made)
        };
        clusters.into_par_iter().map(event).collect()
    }

    /// What became of each entry of the log; `names` are those of the events.
    pub(crate) fn outcomes(&self, names: &[Option<String>]) -> Vec<Outcome> {
        let fates = self.log.entries().iter().zip(&self.corrected.fates);
        fates.map(|(entry, fate)| fate.outcome(entry, names)).collect()
    }

    fn change_fields(&mut self) {
        for (n, change) in std::mem::take(&mut self.corrected.fields) {
            let Some(mut made) = self.changed.remove(&n).or_else(|| self.alone(n)) else { continue };
            change_field(&mut made.record, &change, &mut self.corrected.fates);
            made.heading.first_told = first_told(&made.record);
            self.changed.insert(n, made);
        }
    }

    fn note_corrections(&mut self) {
        for (entry, fate) in self.log.entries().iter().zip(&self.corrected.fates) {
            for n in &fate.events {
                self.notes.entry(*n).or_default().push(note(entry));
            }
        }
    }

    /// The event of one cluster.
    fn alone(&self, n: usize) -> Option<MadeEvent> {
        let read = ReadReports::of(self.pile, self.corrected.clusters.get(n..=n)?);
        self.reconciled(n, &read, &self.texts_of(&read.places))
    }

    /// The texts that these reports go back to, with those that a person took for one.
    fn texts_of(&self, places: &[usize]) -> Texts {
        let by_hand = self.corrected.dependent.iter().flatten().filter_map(|id| self.pile.place(id));
        let number = |place| Some((self.pile.id(place).to_owned(), self.texts.get(place).copied()??));
        let numbers: BTreeMap<String, u32> =
            places.iter().copied().chain(by_hand).filter_map(number).collect();
        let mut texts = Texts::from(numbers);
        self.corrected.dependent.iter().for_each(|reports| texts.join(reports));
        texts
    }

    /// The record of one cluster, its accounts laid together by report. It keeps the name that it has without
    /// knowing who is the same as whom: links hang on it.
    fn reconciled(&self, n: usize, read: &ReadReports<'_>, texts: &Texts) -> Option<MadeEvent> {
        let mut by_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (report, account) in &self.corrected.clusters[n] {
            by_report.entry(*report).or_default().push(*account);
        }
        let telling = |(report, accounts): (&usize, &Vec<usize>)| Telling::of(read.at(*report)?, accounts);
        let tellings: Vec<Telling<'_>> = by_report.iter().filter_map(telling).collect();
        let event = reconcile_event(&tellings, texts)?;
        let keys = &self.corrected.keys;
        if keys.is_empty() || tellings.iter().all(|telling| telling.with_keys(keys).is_none()) {
            return Some(MadeEvent::of(event));
        }
        let renamed: Vec<Telling<'_>> = tellings
            .iter()
            .map(|telling| telling.with_keys(keys).unwrap_or_else(|| telling.clone()))
            .collect();
        let name = event.name;
        reconcile_event(&renamed, texts).map(|event| MadeEvent::of(EventRecord { name, ..event }))
    }
}

impl MadeEvent {
    fn of(record: EventRecord) -> Self {
        Self { heading: Heading::of(&record), record }
    }
}

/// The dossiers of the reports that some clusters are of.
struct ReadReports<'a> {
    /// Sorted.
    places: Vec<usize>,
    dossiers: Vec<Cow<'a, Dossier>>,
}

impl<'a> ReadReports<'a> {
    fn of(pile: &'a DossierPile, clusters: &[EventCluster]) -> Self {
        let mut places: Vec<usize> = clusters.iter().flatten().map(|(report, _)| *report).collect();
        places.sort_unstable();
        places.dedup();
        let dossiers = places.par_iter().map(|place| pile.dossier(*place)).collect();
        Self { places, dossiers }
    }

    fn at(&self, place: usize) -> Option<&Dossier> {
        let at = self.places.binary_search(&place).ok()?;
        self.dossiers.get(at).map(Cow::as_ref)
    }
}

/// All events of a small pile as they are after corrections.
#[derive(Clone, Debug, Default)]
pub(crate) struct CorrectedEvents {
    /// By time.
    pub(crate) events: Vec<EventRecord>,
    /// The accounts of each event, index of the dossier and of the account in it.
    pub(crate) clusters: Vec<EventCluster>,
    /// The name of each cluster's event.
    pub(crate) names: Vec<Option<String>>,
    /// What the events would be called if there were no others.
    pub(crate) bases: BTreeSet<String>,
    /// What became of each entry of the log.
    pub(crate) outcomes: Vec<Outcome>,
}

impl CorrectedEvents {
    /// Makes them all. `is_taken` knows the names of events beside them.
    pub(crate) fn of(correcting: Correcting<'_>, is_taken: impl Fn(&str) -> bool) -> Self {
        let mut made = correcting.events(0..correcting.count());
        let headings: Vec<Option<Heading>> =
            made.iter().map(|made| made.as_ref().map(|made| made.heading.clone())).collect();
        let bases = headings.iter().flatten().map(|heading| heading.name().to_owned()).collect();
        let Named { names, order } = Named::of(headings, is_taken);
        let event = |n: usize| {
            let record = made.get_mut(n)?.take()?.record;
            Some(EventRecord { name: names.get(n)?.clone()?, ..record })
        };
        let events = order.into_iter().filter_map(event).collect();
        let outcomes = correcting.outcomes(&names);
        Self { events, clusters: correcting.corrected.clusters, names, bases, outcomes }
    }
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
