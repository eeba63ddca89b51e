//! Some events of a record with all their accounts, made anew while the others stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use dateline_cluster::EventCluster;
use dateline_export::shown;
use dateline_model::CorrectionLog;
use dateline_reconcile::bases;
use dateline_store::{EventEntry, Events, Store, StoreError, ToldAccount, ToldRow};

use crate::comparing::{VERSION, told_rows};
use crate::correcting::{CorrectedEvents, Correcting};
use crate::event_lines::entries;
use crate::neighbourhood::Reports;
use crate::origins::TextNumbers;
use crate::reach::Reach;
use crate::recording::Comparison;

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
    /// The events that so many last entries of the log reach, as it makes them. An event that they call anew may take
    /// the name of another, or leave it one: these are made anew too, as all are named at once.
    pub(crate) fn of_last(record: &Store, log: &CorrectionLog, last: usize) -> Result<Self, StoreError> {
        let texts = TextNumbers::of(record, &[]);
        let mut also = BTreeSet::new();
        loop {
            let events = Self::of(record, Reach::of_last(record, log, last, also.clone(), &texts)?, &texts)?;
            let known = also.len();
            also.extend(events.namesakes(record)?);
            if also.len() == known {
                return Ok(events);
            }
        }
    }

    /// Other events of the record that are told from these by what is added to a name.
    fn namesakes(&self, record: &Store) -> Result<BTreeSet<String>, StoreError> {
        let former = self.former.iter().flat_map(|name| bases(name));
        let own: BTreeSet<&str> = self.corrected.bases.iter().map(String::as_str).chain(former).collect();
        let mut namesakes = BTreeSet::new();
        for base in own {
            let others = record.events_named_from(base)?.into_iter();
            namesakes.extend(others.filter(|name| bases(name).any(|other| other == base)));
        }
        namesakes.retain(|name| !self.former.contains(name));
        Ok(namesakes)
    }

    /// The events that are reached.
    pub(crate) fn of(record: &Store, reach: Reach, texts: &TextNumbers<'_>) -> Result<Self, StoreError> {
        let Reach { log, told, events: former, reports } = reach;
        let mut reports = Reports::read(record, &reports)?;
        let found = clusters(&told, &reports);
        let texts = reports.numbers.iter().map(|number| texts.text(*number)).collect::<Result<_, _>>()?;
        let events = found.iter().map(|(_, cluster)| cluster.clone()).collect();
        let is_former: BTreeSet<&str> = former.iter().map(String::as_str).collect();
        // A record that cannot be read is found out when it is written.
        let is_taken = |name: &str| !is_former.contains(name) && record.has_event(name).unwrap_or(false);
        let comparison = Comparison { events, texts };
        let corrected = CorrectedEvents::of(Correcting::of(&mut reports.pile, &comparison, &log), is_taken);
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
