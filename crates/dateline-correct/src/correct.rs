//! The corrections of a log, held against a pile as it was clustered.
//!
//! First which account is of which event, in the order of the log; then what persons read in the fields;
//! then who is the same and which reports are one. What does not hold is set aside with its reason.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{
    AccountAnchor, Change, Correction, CorrectionLog, CorrectionNote, EventAnchor, Outcome, Standing,
};

use dateline_pile::DossierPile;

use crate::entities::same_keys;
use crate::fields::{Changes, FieldChange, Fields};
use crate::pile::{Pile, Place};

/// A pile's events as corrections leave them, for reconciling.
#[derive(Clone, Debug, Default)]
pub struct Corrected {
    /// The accounts of each event: index of the dossier, and of the account in it. By their first account.
    pub clusters: Vec<Vec<(usize, usize)>>,
    /// What persons read in fields of the events, by index of the event; unset before set.
    pub fields: Vec<(usize, FieldChange)>,
    /// Keys that stand for somebody under another key.
    pub keys: BTreeMap<String, String>,
    /// Groups of reports that go back to one origin.
    pub dependent: Vec<Vec<String>>,
    /// What became of each entry of the log, in its order.
    pub fates: Vec<Fate>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Whether it holds.
    pub standing: Standing,
    /// Why not; empty where it holds.
    pub reason: String,
    /// Indexes of the events that it changed.
    pub events: BTreeSet<usize>,
}

impl Fate {
    pub(crate) fn of(standing: Standing, reason: impl Into<String>) -> Self {
        Self { standing, reason: reason.into(), events: BTreeSet::new() }
    }

    pub(crate) fn holds(events: impl IntoIterator<Item = usize>) -> Self {
        Self { standing: Standing::Holds, reason: String::new(), events: events.into_iter().collect() }
    }

    /// The outcome, once the events have their names.
    #[must_use]
    pub fn outcome(&self, correction: &Correction, names: &[Option<String>]) -> Outcome {
        let named = self.events.iter().filter_map(|n| names.get(*n).cloned().flatten());
        let mut events: Vec<String> = named.collect();
        events.sort_unstable();
        Outcome {
            correction: correction.id.clone(),
            standing: self.standing,
            reason: self.reason.clone(),
            events,
        }
    }
}

/// What an event says of a correction that changed it.
#[must_use]
pub fn note(correction: &Correction) -> CorrectionNote {
    let field = correction.change.field();
    let of_several = matches!(field, Some(dateline_model::EventField::Participant(_)));
    let entity = match &correction.change {
        Change::Set { value, .. } if of_several => Some(value.trim().to_lowercase()),
        _ => None,
    };
    CorrectionNote {
        id: correction.id.clone(),
        does: correction.change.name().to_owned(),
        field,
        entity,
        who: correction.who.clone(),
        when: correction.when.clone(),
        why: correction.why.clone(),
    }
}

/// Holds the log against a pile. `clusters` are its accounts by event. A
/// report that a person cites for an event that it had no account of gets one.
#[must_use]
pub fn correct(
    dossiers: &mut DossierPile,
    clusters: &[Vec<(usize, usize)>],
    log: &CorrectionLog,
) -> Corrected {
    let mut pile = Pile::of(dossiers, clusters);
    let undone = log.undone();
    let entries = log.entries();
    let mut fates: Vec<Option<Fate>> =
        entries.iter().map(|entry| standing_by_log(entry, log, undone.get(entry.id.as_str()))).collect();
    let open = |fates: &[Option<Fate>], n: usize| fates[n].is_none();
    for (n, entry) in entries.iter().enumerate() {
        if open(&fates, n) {
            fates[n] = structure(&mut pile, &entry.change);
        }
    }
    let mut fields = Fields::default();
    for (n, entry) in entries.iter().enumerate() {
        if open(&fates, n) {
            fates[n] = fields.take(&pile, n, entry);
        }
    }
    let (changes, replaced) = fields.finish(&mut pile, entries);
    for (n, by) in replaced {
        let reason = format!("{}, a later one of {}, stands", entries[by].id, entries[n].who);
        fates[n] = Some(Fate::of(Standing::Idle, reason));
    }
    let keys = same_keys(&pile, entries, &mut fates);
    let dependent = dependent(&pile, entries, &mut fates);
    finished(&pile, Parts { changes, keys, dependent, fates })
}

/// What the log alone tells of an entry: it is undone, it undoes, it is forgotten.
fn standing_by_log(entry: &Correction, log: &CorrectionLog, undone_by: Option<&&str>) -> Option<Fate> {
    match (&entry.change, undone_by) {
        (_, Some(by)) => Some(Fate::of(Standing::Undone, format!("by {by}"))),
        (Change::Forgotten { .. }, _) => {
            Some(Fate::of(Standing::Forgotten, "a report that it rested on was taken out"))
        }
        (Change::Undo { correction }, _) => Some(match log.entry(correction) {
            Some(_) => Fate::holds([]),
            None => Fate::of(Standing::SetAside, format!("no correction is named {correction}")),
        }),
        _ => None,
    }
}

/// Moves accounts between events; none for changes of another kind. Events are told by their labels.
fn structure(pile: &mut Pile<'_>, change: &Change) -> Option<Fate> {
    let done = match change {
        Change::Merge { events } => merge(pile, events),
        Change::Split { event, accounts } => split(pile, event, accounts),
        Change::Reject { account, .. } => reject(pile, account),
        _ => return None,
    };
    Some(done.unwrap_or_else(|reason| Fate::of(Standing::SetAside, reason)))
}

fn merge(pile: &mut Pile<'_>, events: &[EventAnchor]) -> Result<Fate, String> {
    let labels: BTreeSet<usize> = events.iter().map(|event| pile.event(event)).collect::<Result<_, _>>()?;
    match (labels.len(), labels.first().copied()) {
        (0, _) => Err("it names no event".to_owned()),
        (1, _) => Ok(Fate::of(Standing::Idle, "they are one event already")),
        (_, Some(to)) => {
            pile.relabel(&labels, to);
            Ok(Fate::holds([to]))
        }
        (_, None) => Err("it names no event".to_owned()),
    }
}

fn split(pile: &mut Pile<'_>, event: &EventAnchor, accounts: &[AccountAnchor]) -> Result<Fate, String> {
    let mut off = Vec::new();
    for account in accounts {
        off.extend(pile.accounts(account)?);
    }
    let rest = event.accounts.iter().filter(|account| !accounts.contains(account));
    let rest: BTreeSet<usize> = rest
        .filter_map(|account| pile.accounts(account).ok())
        .flatten()
        .filter_map(|place| pile.label(place))
        .collect();
    let moved: Vec<Place> = off
        .into_iter()
        .filter(|place| pile.label(*place).is_some_and(|label| rest.contains(&label)))
        .collect();
    let from: BTreeSet<usize> = moved.iter().filter_map(|place| pile.label(*place)).collect();
    if moved.is_empty() {
        return Ok(Fate::of(Standing::Idle, "they are apart already"));
    }
    let own = pile.set_apart(&moved);
    Ok(Fate::holds(from.into_iter().chain([own])))
}

fn reject(pile: &mut Pile<'_>, account: &AccountAnchor) -> Result<Fate, String> {
    let places = pile.accounts(account)?;
    let left: BTreeSet<usize> = places.into_iter().filter_map(|place| pile.remove(place)).collect();
    if left.is_empty() {
        Ok(Fate::of(Standing::Idle, "it is rejected already"))
    } else {
        Ok(Fate::holds(left))
    }
}

/// The groups of reports that persons take for one.
fn dependent(pile: &Pile<'_>, entries: &[Correction], fates: &mut [Option<Fate>]) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    for (entry, fate) in entries.iter().zip(fates) {
        let (Change::Dependent { reports, evidence }, None) = (&entry.change, &fate) else { continue };
        let proved: Result<Vec<_>, String> = evidence.iter().map(|words| pile.selected(words)).collect();
        let found =
            reports.iter().map(|id| pile.report(id).ok_or_else(|| format!("no report is named {id}")));
        *fate = Some(match proved.and(found.collect()) {
            Err(reason) => Fate::of(Standing::SetAside, reason),
            Ok(places) => {
                groups.push(reports.clone());
                told_together(pile, &places)
            }
        });
    }
    groups
}

/// The events that two or more of the reports tell of.
fn told_together(pile: &Pile<'_>, reports: &BTreeSet<usize>) -> Fate {
    let tells = |cluster: &[Place]| {
        let own: BTreeSet<usize> =
            cluster.iter().map(|place| place.0).filter(|n| reports.contains(n)).collect();
        own.len() > 1
    };
    let clusters = pile.clusters().into_iter().filter(|(_, cluster)| tells(cluster));
    let events: Vec<usize> = clusters.map(|(label, _)| label).collect();
    if events.is_empty() {
        Fate::of(Standing::Idle, "no event is told by two of them")
    } else {
        Fate::holds(events)
    }
}

struct Parts {
    changes: Changes,
    keys: BTreeMap<String, String>,
    dependent: Vec<Vec<String>>,
    fates: Vec<Option<Fate>>,
}

/// Labels become indexes of the events in their order.
fn finished(pile: &Pile<'_>, parts: Parts) -> Corrected {
    let clusters = pile.clusters();
    let index: BTreeMap<usize, usize> =
        clusters.iter().enumerate().map(|(n, (label, _))| (*label, n)).collect();
    let fates = parts.fates.into_iter().map(|fate| {
        let mut fate = fate.unwrap_or_else(|| Fate::of(Standing::SetAside, "it is of no known kind"));
        fate.events = fate.events.iter().filter_map(|label| index.get(label).copied()).collect();
        fate
    });
    let fates = fates.collect();
    let changes = parts.changes.into_iter();
    let fields = changes.filter_map(|(label, change)| Some((*index.get(&label)?, change))).collect();
    Corrected {
        clusters: clusters.into_iter().map(|(_, cluster)| cluster).collect(),
        fields,
        keys: parts.keys,
        dependent: parts.dependent,
        fates,
    }
}
