//! Some events of a record with all their accounts, made anew while the others stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use dateline_cluster::EventCluster;
use dateline_export::shown;
use dateline_model::CorrectionLog;
use dateline_store::{EventEntry, Events, Store, StoreError, ToldAccount, ToldRow};

use crate::comparing::{VERSION, read_dossier, told_rows};
use crate::correcting::{CorrectedEvents, Correcting};
use crate::event_lines::entries;
use crate::neighbourhood::Reports;
use crate::recording::Comparison;

/// From where it is sought which events are touched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seeds {
    /// Accounts that the record does not hold yet.
    new: Vec<ToldAccount>,
    /// Numbers of what accounts were found to tell of.
    found: BTreeSet<u32>,
    /// Names of events.
    events: BTreeSet<String>,
}

impl Seeds {
    /// What new accounts tell of. Where persons corrected events these are touched too: what they did may reach the
    /// new accounts.
    pub(crate) fn with_new(
        record: &Store,
        new: &[ToldAccount],
        log: &CorrectionLog,
    ) -> Result<Self, StoreError> {
        let mut seeds = Self::of_log(record, log)?;
        seeds.found.extend(new.iter().map(|told| told.found));
        seeds.new = new.to_vec();
        Ok(seeds)
    }

    /// What the reports tell of that corrections name, what is told about whom they name, and the events that corrections
    /// changed.
    pub(crate) fn of_log(record: &Store, log: &CorrectionLog) -> Result<Self, StoreError> {
        if log.entries().is_empty() {
            return Ok(Self::default());
        }
        let ids: BTreeSet<&str> = log.entries().iter().flat_map(|entry| entry.change.reports()).collect();
        let mut numbers = Vec::new();
        for id in ids {
            numbers.extend(record.numbers_of(id)?);
        }
        let mut told = record.told_by(&numbers)?;
        let keys: BTreeSet<&str> =
            log.entries().iter().flat_map(|entry| entry.change.keys()).map(String::as_str).collect();
        told.extend(told_about(record, &keys)?);
        let events = record.corrected_events()?.into_iter().collect();
        Ok(Self { new: Vec::new(), found: told.iter().map(|told| told.found).collect(), events })
    }

    /// All accounts that belong together with these, and the names of their events.
    fn grown(mut self, record: &Store) -> Result<(Vec<ToldAccount>, Vec<String>), StoreError> {
        loop {
            let of_events = record.told_of(&self.events.iter().cloned().collect::<Vec<_>>())?;
            self.found.extend(of_events.iter().map(|told| told.found));
            let mut told = record.told_together(&self.found.iter().copied().collect::<Vec<_>>())?;
            let known = self.events.len();
            self.events.extend(told.iter().filter_map(|told| told.event.clone()));
            if self.events.len() == known {
                told.extend(self.new);
                return Ok((told, self.events.into_iter().collect()));
            }
        }
    }
}

/// The accounts that speak of somebody under one of these keys.
fn told_about(record: &Store, keys: &BTreeSet<&str>) -> Result<Vec<ToldAccount>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    // Most lines name nobody of them; they need not be taken apart.
    let written: Vec<String> = keys.iter().map(|key| serde_json::Value::from(*key).to_string()).collect();
    let mut speaking = BTreeSet::new();
    record.each_dossier_line(|number, id, json| {
        if written.iter().any(|key| json.contains(key.as_str())) {
            let accounts = read_dossier(id, "", json)?.accounts.into_iter().zip(0..);
            let named = accounts.filter(|(account, _)| account.keys().any(|key| keys.contains(key)));
            speaking.extend(named.map(|(_, place)| (number, place)));
        }
        Ok::<_, StoreError>(())
    })?;
    let numbers: BTreeSet<i64> = speaking.iter().map(|(number, _)| *number).collect();
    let mut told = record.told_by(&numbers.into_iter().collect::<Vec<_>>())?;
    told.retain(|told| speaking.contains(&(told.article, told.account)));
    Ok(told)
}

/// Events that are made anew.
pub(crate) struct TouchedEvents {
    reports: Reports,
    /// The accounts by what they were found to tell of, and its number.
    found: Vec<(u32, EventCluster)>,
    pub(crate) corrected: CorrectedEvents,
    /// What the events were called that these take the place of.
    pub(crate) former: Vec<String>,
}

/// Touched events as the record takes them.
pub(crate) struct PrintedEvents<'a> {
    pub(crate) entries: Vec<EventEntry>,
    told: Vec<ToldRow<'a>>,
}

impl TouchedEvents {
    /// The events of these seeds; `new_texts` are the texts that reports go back to of which the record does not know it.
    pub(crate) fn of(
        record: &Store,
        seeds: Seeds,
        new_texts: &[(i64, u32)],
        log: &CorrectionLog,
    ) -> Result<Self, StoreError> {
        let (told, former) = seeds.grown(record)?;
        let mut reports = Reports::read(record, &told.iter().map(|told| told.article).collect())?;
        let found = clusters(&told, &reports);
        let texts = texts(record, &reports, new_texts)?;
        let events = found.iter().map(|(_, cluster)| cluster.clone()).collect();
        let is_former: BTreeSet<&str> = former.iter().map(String::as_str).collect();
        // A record that cannot be read is found out when it is written.
        let is_taken = |name: &str| !is_former.contains(name) && record.has_event(name).unwrap_or(false);
        let comparison = Comparison { events, texts };
        let corrected = CorrectedEvents::of(Correcting::of(&mut reports.pile, &comparison, log), is_taken);
        Ok(Self { reports, found, corrected, former })
    }

    /// As they are printed.
    pub(crate) fn printed(&self) -> Result<PrintedEvents<'_>, StoreError> {
        let CorrectedEvents { events, clusters, names, .. } = &self.corrected;
        let entries = entries(&self.reports.pile, &events.iter().collect::<Vec<_>>())?;
        let found: Vec<EventCluster> = self.found.iter().map(|(_, cluster)| cluster.clone()).collect();
        let told = told_rows(&self.reports.numbers, &found, clusters, names);
        let numbered = told.into_iter().map(|row| ToldRow { found: self.found[row.found as usize].0, ..row });
        Ok(PrintedEvents { entries, told: numbered.collect() })
    }

    /// The same as the record takes them.
    pub(crate) fn rows<'a>(&'a self, printed: &'a PrintedEvents<'a>) -> Events<'a> {
        let PrintedEvents { entries, told } = printed;
        Events { entries, told, outcomes: &self.corrected.outcomes, shown, version: VERSION }
    }
}

/// The accounts by what they were found to tell of.
fn clusters(told: &[ToldAccount], reports: &Reports) -> Vec<(u32, EventCluster)> {
    let places = reports.places();
    let mut clusters: BTreeMap<u32, EventCluster> = BTreeMap::new();
    for told in told {
        if let Some(report) = places.get(&told.article) {
            clusters.entry(told.found).or_default().push((*report, told.account as usize));
        }
    }
    let mut clusters: Vec<(u32, EventCluster)> = clusters.into_iter().collect();
    clusters.iter_mut().for_each(|(_, cluster)| cluster.sort_unstable());
    clusters.sort_by(|(_, a), (_, b)| a.cmp(b));
    clusters
}

/// The texts that the reports go back to.
fn texts(record: &Store, reports: &Reports, new: &[(i64, u32)]) -> Result<Vec<Option<u32>>, StoreError> {
    let new: BTreeMap<i64, u32> = new.iter().copied().collect();
    let text = |number: &i64| new.get(number).map_or_else(|| record.text_of(*number), |text| Ok(Some(*text)));
    reports.numbers.iter().map(text).collect()
}
