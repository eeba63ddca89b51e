//! How far corrections reach: the accounts that they name, all that belongs together with these, and the other entries
//! of the log that reach there too. What lies beyond stays as it is when these are held against the record anew.

use std::collections::{BTreeMap, BTreeSet};

use dateline_correct::accounts_named;
use dateline_model::{Account, Change, Correction, CorrectionLog, Dossier};
use dateline_store::{Store, StoreError, ToldAccount};

use crate::comparing::read_dossier;
use crate::origins::{Origins, TextNumbers};

/// What corrections or new accounts reach.
#[derive(Debug)]
pub(crate) struct Reach {
    /// The entries that belong together, in the order of the log.
    pub(crate) log: CorrectionLog,
    /// The accounts, new ones among them.
    pub(crate) told: Vec<ToldAccount>,
    /// The names of their events.
    pub(crate) events: Vec<String>,
    /// Numbers of the reports of these accounts, and of those that the entries name besides.
    pub(crate) reports: BTreeSet<i64>,
}

impl Reach {
    /// What the last entries of the log reach, so many of them, and what belongs together with these events.
    pub(crate) fn of_last(
        record: &Store,
        log: &CorrectionLog,
        last: usize,
        events: BTreeSet<String>,
        texts: &TextNumbers<'_>,
    ) -> Result<Self, StoreError> {
        let all = log.entries().len();
        let mut reaching = Reaching::of(record, log, texts)?;
        reaching.events = events;
        reaching.enter(all.saturating_sub(last)..all)?;
        reaching.finish()
    }

    /// What accounts reach that the record does not hold yet.
    pub(crate) fn of_new(
        record: &Store,
        log: &CorrectionLog,
        new: &[ToldAccount],
        texts: &TextNumbers<'_>,
    ) -> Result<Self, StoreError> {
        let mut reaching = Reaching::of(record, log, texts)?;
        reaching.take_new(new);
        reaching.finish()
    }
}

/// An account: the number of its report, and its own in it.
type Place = (i64, u32);

/// What is reached so far.
struct Reaching<'a> {
    record: &'a Store,
    entries: Vec<Entry<'a>>,
    origins: Origins<'a>,
    /// Of the entries, those that are reached.
    within: BTreeSet<usize>,
    accounts: BTreeMap<Place, ToldAccount>,
    /// Numbers of what accounts were found to tell of.
    found: BTreeSet<u32>,
    /// Names of events.
    events: BTreeSet<String>,
    /// Reports that entries within name.
    named: BTreeSet<i64>,
    /// Reports that entries within take for one, with their copies.
    dependent: BTreeSet<i64>,
    /// Reports that the record did not compare yet.
    new: BTreeSet<i64>,
    dossiers: BTreeMap<i64, Dossier>,
}

impl<'a> Reaching<'a> {
    fn of(record: &'a Store, log: &'a CorrectionLog, texts: &'a TextNumbers<'a>) -> Result<Self, StoreError> {
        let entries = entries(record, log)?;
        let origins = Origins::of(entries.iter().map(|entry| &entry.dependent), texts)?;
        Ok(Self {
            record,
            entries,
            origins,
            within: BTreeSet::new(),
            accounts: BTreeMap::new(),
            found: BTreeSet::new(),
            events: BTreeSet::new(),
            named: BTreeSet::new(),
            dependent: BTreeSet::new(),
            new: texts.new_reports(),
            dossiers: BTreeMap::new(),
        })
    }

    fn take_new(&mut self, new: &[ToldAccount]) {
        self.found.extend(new.iter().map(|told| told.found));
        self.accounts.extend(new.iter().map(|told| ((told.article, told.account), told.clone())));
    }

    fn finish(mut self) -> Result<Reach, StoreError> {
        loop {
            self.take_together()?;
            let joining = self.joining()?;
            if joining.is_empty() {
                break;
            }
            self.enter(joining)?;
        }
        let reports = self.reports();
        let log = self.within.iter().map(|n| self.entries[*n].correction.clone()).collect();
        Ok(Reach {
            log: CorrectionLog::of(log),
            told: self.accounts.into_values().collect(),
            events: self.events.into_iter().collect(),
            reports,
        })
    }

    /// Takes entries in, with the accounts that they are about. Whom they name is sought in one go: that reads all
    /// dossiers.
    fn enter(&mut self, entering: impl IntoIterator<Item = usize>) -> Result<(), StoreError> {
        let (mut told, mut keys) = (Vec::new(), BTreeSet::new());
        for n in entering {
            self.within.insert(n);
            keys.extend(self.entries[n].correction.change.keys().iter().map(String::as_str));
            told.extend(self.told_in(n)?);
        }
        told.extend(told_about(self.record, &keys)?);
        self.found.extend(told.iter().map(|told| told.found));
        Ok(())
    }

    /// The accounts that an entry names, and those of reports that it takes for one.
    fn told_in(&mut self, n: usize) -> Result<Vec<ToldAccount>, StoreError> {
        let entry = &self.entries[n];
        self.named.extend(entry.reports());
        let mut told = Vec::new();
        if !entry.dependent.is_empty() {
            let reports = self.origins.with_copies(&entry.dependent)?;
            told.extend(self.record.told_by(&reports.iter().copied().collect::<Vec<_>>())?);
            self.dependent.extend(reports);
        }
        let places = self.places_named(n)?;
        let reports: BTreeSet<i64> = places.iter().map(|(report, _)| *report).collect();
        let by_reports = self.record.told_by(&reports.into_iter().collect::<Vec<_>>())?;
        told.extend(by_reports.into_iter().filter(|told| places.contains(&(told.article, told.account))));
        Ok(told)
    }

    /// Takes in all accounts that are of one event with these or were found to be.
    fn take_together(&mut self) -> Result<(), StoreError> {
        loop {
            let of_events = self.record.told_of(&self.events.iter().cloned().collect::<Vec<_>>())?;
            self.found.extend(of_events.iter().map(|told| told.found));
            let told = self.record.told_together(&self.found.iter().copied().collect::<Vec<_>>())?;
            let known = self.events.len();
            self.events.extend(told.iter().filter_map(|told| told.event.clone()));
            self.accounts.extend(told.into_iter().map(|told| ((told.article, told.account), told)));
            if self.events.len() == known {
                return Ok(());
            }
        }
    }

    /// The reports whose accounts are reached, and those that entries within name.
    fn reports(&self) -> BTreeSet<i64> {
        self.accounts.keys().map(|(report, _)| *report).chain(self.named.iter().copied()).collect()
    }

    /// The entries that are not within yet and belong there.
    fn joining(&mut self) -> Result<Vec<usize>, StoreError> {
        let outside: Vec<usize> = (0..self.entries.len()).filter(|n| !self.within.contains(n)).collect();
        let reports = self.reports();
        let spoken = self.keys_spoken_of(&outside)?;
        let of_origins = self.origins.reached(&reports, &self.within)?;
        let mut joining = Vec::new();
        for n in outside {
            let entry = &self.entries[n];
            let joins = of_origins.contains(&n)
                || self.is_bound_by_undoing(n)
                || entry.reports().any(|report| self.new.contains(&report))
                || entry.evidence.iter().any(|report| self.dependent.contains(report))
                || entry.correction.change.keys().iter().any(|key| spoken.contains(key))
                || self.names_an_account(n, &reports)?;
            joining.extend(joins.then_some(n));
        }
        Ok(joining)
    }

    /// Does it undo an entry that is within, or is it undone by one?
    fn is_bound_by_undoing(&self, n: usize) -> bool {
        let undoes =
            |change: &Change, id: &str| matches!(change, Change::Undo { correction } if correction == id);
        let own = self.entries[n].correction;
        self.within
            .iter()
            .map(|other| self.entries[*other].correction)
            .any(|other| undoes(&own.change, &other.id) || undoes(&other.change, &own.id))
    }

    /// Does it name one of the accounts? They are of these reports.
    fn names_an_account(&mut self, n: usize, reports: &BTreeSet<i64>) -> Result<bool, StoreError> {
        if !self.entries[n].accounts.iter().flatten().any(|report| reports.contains(report)) {
            return Ok(false);
        }
        let places = self.places_named(n)?;
        Ok(places.iter().any(|place| self.accounts.contains_key(place)))
    }

    /// The accounts that an entry names by their words.
    fn places_named(&mut self, n: usize) -> Result<BTreeSet<Place>, StoreError> {
        let mut places = BTreeSet::new();
        let entry = &self.entries[n];
        let numbers: BTreeSet<i64> = entry.accounts.iter().flatten().copied().collect();
        self.read(&numbers)?;
        let entry = &self.entries[n];
        for (anchor, reports) in entry.correction.change.accounts().zip(&entry.accounts) {
            for report in reports {
                let named = self.dossiers.get(report).map(|dossier| accounts_named(dossier, anchor));
                places.extend(named.into_iter().flatten().map(|account| (*report, account as u32)));
            }
        }
        Ok(places)
    }

    /// Those keys that accounts within speak of and these entries put together with others.
    fn keys_spoken_of(&mut self, entries: &[usize]) -> Result<BTreeSet<String>, StoreError> {
        if entries.iter().all(|n| self.entries[*n].correction.change.keys().is_empty()) {
            return Ok(BTreeSet::new());
        }
        self.read(&self.accounts.keys().map(|(report, _)| *report).collect())?;
        let account = |(report, n): &Place| self.dossiers.get(report)?.accounts.get(*n as usize);
        let keys = self.accounts.keys().filter_map(account).flat_map(Account::keys);
        Ok(keys.map(str::to_owned).collect())
    }

    fn read(&mut self, reports: &BTreeSet<i64>) -> Result<(), StoreError> {
        let missing = reports.iter().copied().filter(|report| !self.dossiers.contains_key(report));
        let missing: Vec<i64> = missing.collect();
        self.record.dossiers_of(&missing, |number, id, text, json| {
            self.dossiers.insert(number, read_dossier(id, text, json)?);
            Ok::<_, StoreError>(())
        })
    }
}

/// An entry of the log with the numbers of the reports that it names. An id may be that of several by now.
struct Entry<'a> {
    correction: &'a Correction,
    /// Of each account that it names.
    accounts: Vec<Vec<i64>>,
    /// Of the words that it rests on.
    evidence: BTreeSet<i64>,
    /// Of those that it takes for one.
    dependent: BTreeSet<i64>,
}

impl Entry<'_> {
    fn reports(&self) -> impl Iterator<Item = i64> {
        self.accounts.iter().flatten().chain(&self.evidence).chain(&self.dependent).copied()
    }
}

fn entries<'a>(record: &Store, log: &'a CorrectionLog) -> Result<Vec<Entry<'a>>, StoreError> {
    let mut known: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let mut numbers = |id: &'a str| -> Result<Vec<i64>, StoreError> {
        if let Some(numbers) = known.get(id) {
            return Ok(numbers.clone());
        }
        let numbers = record.numbers_of(id)?;
        known.insert(id, numbers.clone());
        Ok(numbers)
    };
    let mut entry = |correction: &'a Correction| {
        let change = &correction.change;
        let accounts = change.accounts().map(|account| numbers(&account.report)).collect::<Result<_, _>>()?;
        let mut all = |ids: Vec<&'a str>| -> Result<BTreeSet<i64>, StoreError> {
            Ok(ids
                .into_iter()
                .map(&mut numbers)
                .collect::<Result<Vec<_>, _>>()?
                .concat()
                .into_iter()
                .collect())
        };
        let evidence = all(change.evidence().iter().map(|words| words.report.as_str()).collect())?;
        let dependent = all(change.dependent().iter().map(String::as_str).collect())?;
        Ok(Entry { correction, accounts, evidence, dependent })
    };
    log.entries().iter().map(&mut entry).collect()
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
