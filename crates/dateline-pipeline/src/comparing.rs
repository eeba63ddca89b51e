//! From the reports of a record to what is known across them: shared text, stories, events. The whole
//! pile each time, by id, so that it does not matter how the record grew.

use std::collections::BTreeMap;

use dateline_cluster::EventCluster;
use dateline_export::{EventView, TextOffsets, event_title, record_line, shown};
use dateline_model::{Dossier, EventRecord};
use dateline_pile::Scratch;
use dateline_store::{Corpus, EventEntry, Events, Store, StoreError, StoreWriter, ToldRow};
use rayon::prelude::*;

use crate::recording::{CompareStep, Comparison, build_telling};

/// Version of the stages that compare: another one makes the events anew.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Compares all reports of the record, holds the log of corrections against them, and puts what is found in
/// the place of what was known. `tell` hears of each step before it is done.
///
/// Of shared text, what does not fit into `memory` bytes goes to files without names beside the record.
///
/// # Errors
/// When the record cannot be read or written.
pub fn compare_reports(
    record: &mut StoreWriter,
    memory: usize,
    mut tell: impl FnMut(CompareStep) + Send,
) -> Result<(), StoreError> {
    let log = record.store().corrections()?;
    tell(CompareStep::Loading);
    let scratch = scratch(record.store(), memory);
    let failed = |source| StoreError::Io { path: scratch.folder.clone(), source };
    let (numbers, dossiers) = dossiers(record.store())?;
    let (dossiers, mut found) = build_telling(dossiers, &log, &scratch, &mut tell).map_err(failed)?;
    tell(CompareStep::Writing);
    let entries = printed(&dossiers, std::mem::take(&mut found.events))?;
    let ids = dossiers.iter().map(|dossier| dossier.id.clone());
    let stories: Vec<_> = ids.zip(found.stories).collect();
    let text = |(number, dossier): (&i64, &Dossier)| Some((*number, *found.found.texts.get(&dossier.id)?));
    let texts: Vec<_> = numbers.iter().zip(&dossiers).filter_map(text).collect();
    drop(dossiers);
    let told = told_rows(&numbers, &found.found.events, &found.told);
    record.replace_record(Corpus {
        stories: &stories,
        pairs: &found.pairs,
        clusters: &found.clusters,
        texts: &texts,
        events: Events { entries: &entries, told: &told, outcomes: &found.outcomes, shown, version: VERSION },
    })
}

/// Of which event each account is, by report; `numbers` are those of the reports, `found` what was found before
/// any correction.
pub(crate) fn told_rows<'a>(
    numbers: &[i64],
    found: &[EventCluster],
    told: &'a [(EventCluster, Option<String>)],
) -> Vec<ToldRow<'a>> {
    let named =
        told.iter().flat_map(|(accounts, name)| accounts.iter().map(|place| (*place, name.as_deref())));
    let mut named: Vec<((usize, usize), Option<&str>)> = named.collect();
    named.sort_unstable();
    let event =
        |place| named.binary_search_by_key(&place, |(other, _)| *other).ok().and_then(|at| named[at].1);
    let of_cluster = |(found, accounts): (u32, &'_ EventCluster)| {
        let row = |&(report, account): &(usize, usize)| ToldRow {
            article: numbers[report],
            account: account as u32,
            found,
            event: event((report, account)),
        };
        accounts.iter().map(row).collect::<Vec<_>>()
    };
    let mut rows: Vec<ToldRow<'_>> = (0..).zip(found).flat_map(of_cluster).collect();
    rows.sort_unstable_by_key(|row| (row.article, row.account));
    rows
}

/// Where and from when on shared text waits in files.
pub(crate) fn scratch(record: &Store, memory: usize) -> Scratch {
    Scratch { folder: record.folder(), memory: (memory / SHARES).max(LEAST) }
}

/// So much memory is used to compare reports where nobody says how much.
pub const COMPARE_MEMORY: usize = 1 << 29;

/// Rows that are sorted while those sorted before are read, and their table of bits.
const SHARES: usize = 4;

/// With less, more files would be open at one time than a system allows.
const LEAST: usize = 64 << 20;

/// All dossiers of the record, by id, with the reports' numbers.
pub(crate) fn dossiers(record: &Store) -> Result<(Vec<i64>, Vec<Dossier>), StoreError> {
    let (mut numbers, mut dossiers) = (Vec::new(), Vec::new());
    record.each_dossier(|number, id, text, json| {
        numbers.push(number);
        dossiers.push(read_dossier(id, text, json)?);
        Ok::<_, StoreError>(())
    })?;
    Ok((numbers, dossiers))
}

/// A dossier as the record keeps it.
pub(crate) fn read_dossier(id: &str, text: &str, json: &str) -> Result<Dossier, StoreError> {
    let dossier: Dossier = serde_json::from_str(json).map_err(|error| {
        StoreError::Part(format!("{id} was read by another version of Dateline; give it again ({error})"))
    })?;
    // The file knows best what the report is called by now, and keeps the text once.
    Ok(Dossier { id: id.to_owned(), text: text.to_owned(), ..dossier })
}

/// What comparing found when the record was last built, if that is still so; `numbers` are those of all reports,
/// `dossiers` their dossiers, by id.
pub(crate) fn comparison(
    record: &Store,
    numbers: &[i64],
    dossiers: &[Dossier],
) -> Result<Option<Comparison>, StoreError> {
    let Some(found) = record.comparison(VERSION)? else { return Ok(None) };
    let places: BTreeMap<i64, usize> = numbers.iter().copied().zip(0..).collect();
    let mut events: BTreeMap<u32, EventCluster> = BTreeMap::new();
    for (article, account, found) in found.told {
        if let Some(place) = places.get(&article) {
            events.entry(found).or_default().push((*place, account as usize));
        }
    }
    let mut events: Vec<EventCluster> = events.into_values().collect();
    events.iter_mut().for_each(|cluster| cluster.sort_unstable());
    events.sort_unstable();
    let texts = found.texts.into_iter();
    let texts = texts.filter_map(|(article, text)| Some((dossiers[*places.get(&article)?].id.clone(), text)));
    Ok(Some(Comparison { events, texts: texts.collect() }))
}

/// The events as they are printed; those that are printed are let go: in a large pile both take much.
fn printed(dossiers: &[Dossier], events: Vec<EventRecord>) -> Result<Vec<EventEntry>, StoreError> {
    let mut printed = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while events.peek().is_some() {
        let some: Vec<EventRecord> = events.by_ref().take(AT_ONCE).collect();
        printed.extend(entries(dossiers, &some)?);
    }
    Ok(printed)
}

/// Events that are printed at one time.
const AT_ONCE: usize = 1024;

/// The events as they are printed, each with its title. `dossiers` are sorted by id.
pub(crate) fn entries(dossiers: &[Dossier], events: &[EventRecord]) -> Result<Vec<EventEntry>, StoreError> {
    let told = events.iter().flat_map(|event| &event.accounts);
    let mut reports: Vec<&str> = told.map(|account| account.article.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    let place = |id: &&str| dossiers.binary_search_by(|dossier| dossier.id.as_str().cmp(id)).ok();
    let cited: Vec<&Dossier> = reports.iter().filter_map(place).map(|place| &dossiers[place]).collect();
    let texts = TextOffsets::new(cited.iter().map(|d| (d.id.as_str(), d.text.as_str())));
    let headlines = TextOffsets::new(cited.iter().map(|d| (d.id.as_str(), d.headline.as_str())));
    let entry = |event: &EventRecord| {
        let line = record_line(event, &texts, &headlines)?;
        let title = event_title(&EventView::of_line(&line)?);
        Ok(EventEntry { line, title })
    };
    let entries: Result<_, serde_json::Error> = events.par_iter().map(entry).collect();
    entries.map_err(|error| StoreError::Part(error.to_string()))
}
