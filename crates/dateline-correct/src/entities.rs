//! Who is the same: the keys that persons put together, and the one that stands for all of them.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Account, Change, Correction, Standing};

use crate::correct::Fate;
use crate::pile::Pile;

/// For each key that stands for somebody under another key, that other one: the fullest of all that are
/// put together, in whatever order they were.
pub(crate) fn same_keys(
    pile: &Pile<'_>,
    entries: &[Correction],
    fates: &mut [Option<Fate>],
) -> BTreeMap<String, String> {
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    let mut held: Vec<usize> = Vec::new();
    let wanted = |n: usize| matches!(entries[n].change, Change::SameEntity { .. });
    if !(0..entries.len()).any(|n| wanted(n) && fates[n].is_none()) {
        return BTreeMap::new();
    }
    let spoken = spoken_of(pile, &named_keys(entries));
    for (n, entry) in entries.iter().enumerate() {
        let Change::SameEntity { entities, evidence } = &entry.change else { continue };
        if fates[n].is_some() {
            continue;
        }
        let proved: Result<Vec<_>, String> = evidence.iter().map(|words| pile.selected(words)).collect();
        let known: BTreeSet<String> =
            entities.iter().filter(|key| spoken.contains_key(key.as_str())).cloned().collect();
        let missing = entities.iter().find(|key| !known.contains(*key));
        match (proved, known.len(), missing) {
            (Err(reason), ..) => fates[n] = Some(Fate::of(Standing::SetAside, reason)),
            (_, 0 | 1, Some(key)) => {
                let reason = format!("no account speaks of {key:?}");
                fates[n] = Some(Fate::of(Standing::SetAside, reason));
            }
            _ => {
                held.push(n);
                join(&mut groups, known);
            }
        }
    }
    let keys = fullest(&groups);
    for n in held {
        let Change::SameEntity { entities, .. } = &entries[n].change else { continue };
        let renamed = entities.iter().filter(|key| keys.contains_key(*key));
        let events = renamed.filter_map(|key| spoken.get(key.as_str())).flatten().copied();
        fates[n] = Some(Fate::holds(events));
    }
    keys
}

/// The keys that corrections name.
fn named_keys(entries: &[Correction]) -> BTreeSet<&str> {
    let keys = entries.iter().filter_map(|entry| match &entry.change {
        Change::SameEntity { entities, .. } => Some(entities.iter().map(String::as_str)),
        _ => None,
    });
    keys.flatten().collect()
}

/// Those of these keys that accounts speak of, with the accounts' events.
fn spoken_of(pile: &Pile<'_>, named: &BTreeSet<&str>) -> BTreeMap<String, BTreeSet<usize>> {
    let mut spoken: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (label, cluster) in pile.clusters() {
        for (report, account) in cluster {
            let dossier = pile.dossiers.dossier(report);
            let keys = dossier.accounts.get(account).into_iter().flat_map(Account::keys);
            for key in keys.filter(|key| named.contains(key)) {
                spoken.entry(key.to_owned()).or_default().insert(label);
            }
        }
    }
    spoken
}

fn join(groups: &mut Vec<BTreeSet<String>>, mut keys: BTreeSet<String>) {
    let (touched, apart): (Vec<_>, Vec<_>) =
        std::mem::take(groups).into_iter().partition(|group| !group.is_disjoint(&keys));
    keys.extend(touched.into_iter().flatten());
    *groups = apart;
    groups.push(keys);
}

fn fullest(groups: &[BTreeSet<String>]) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for group in groups {
        let Some(fullest) = group.iter().max_by_key(|key| (key.len(), key.as_str())) else { continue };
        keys.extend(group.iter().filter(|key| *key != fullest).map(|key| (key.clone(), fullest.clone())));
    }
    keys
}
