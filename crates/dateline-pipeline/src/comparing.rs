//! From the reports of a record to what is known across them: shared text, stories, events. The whole
//! pile each time, by id, so that it does not matter how the record grew.

use std::path::Path;

use dateline_cluster::EventCluster;
use dateline_export::shown;
use dateline_model::{CodePoints, Dossier};
use dateline_pile::{DossierPile, DossierSpool, Rows, Scratch, SharedPassage};
use dateline_store::{PairEntry, PassageEntry, Replacement, Store, StoreError, StoreWriter, ToldRow};
use rayon::prelude::*;

use crate::correcting::Correcting;
use crate::event_lines::EventLines;
use crate::recording::{CompareStep, Found};

/// Version of the stages that compare: another one makes the events anew.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Compares all reports of the record, holds the log of corrections against them, and puts what is found in
/// the place of what was known. `tell` hears of each step before it is done.
///
/// What does not fit into `memory` bytes goes to files without names beside the record.
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
    let (numbers, mut pile) = dossiers(record.store(), &scratch)?;
    let found = Found::in_pile(&pile, &scratch, &mut tell).map_err(failed)?;
    tell(CompareStep::Fields);
    let correcting = Correcting::of(&mut pile, &found.comparison, &log);
    let lines = EventLines::make(&correcting, &scratch)?;
    tell(CompareStep::Writing);
    let told = told_rows(&numbers, &found.comparison.events, correcting.clusters(), lines.names());
    let pile = correcting.pile();
    let mut written = record.replacing(shown)?;
    written.stories(by_number(&numbers, found.stories.iter().map(|first| pile.id(*first))))?;
    write_pairs(&mut written, pile, &found.shared, &scratch.folder)?;
    written.clusters(&found.clusters)?;
    let texts = numbers.iter().zip(&found.comparison.texts);
    written.texts(texts.filter_map(|(number, text)| Some((*number, (*text)?))))?;
    for entry in lines.entries() {
        written.event(&entry.map_err(failed)?)?;
    }
    written.told(&told)?;
    written.finish(&lines.outcomes, VERSION)
}

/// What is said of each report, in the order of the reports' numbers: that in which they stand in the file.
fn by_number<T>(numbers: &[i64], of_reports: impl Iterator<Item = T>) -> Vec<(i64, T)> {
    let mut by_number: Vec<(i64, T)> = numbers.iter().copied().zip(of_reports).collect();
    by_number.sort_unstable_by_key(|(number, _)| *number);
    by_number
}

/// Writes what reports share, some pairs at a time.
fn write_pairs(
    written: &mut Replacement<'_>,
    pile: &DossierPile,
    shared: &Rows<SharedPassage>,
    folder: &Path,
) -> Result<(), StoreError> {
    let failed = |source| StoreError::Io { path: folder.to_owned(), source };
    for passages in shared.pieces(PASSAGES_AT_ONCE, SharedPassage::is_of_same_pair) {
        written.pairs(&pair_entries(pile, &passages.map_err(failed)?))?;
    }
    pile.check().map_err(failed)
}

/// Passages whose places are counted in code points at one time.
const PASSAGES_AT_ONCE: usize = 1 << 14;

/// Pairs of reports as the record takes them, with places in code points; `passages` are sorted.
pub(crate) fn pair_entries<'a>(pile: &'a DossierPile, passages: &[SharedPassage]) -> Vec<PairEntry<'a>> {
    let mut places: Vec<u32> = passages.iter().flat_map(|passage| [passage.a, passage.b]).collect();
    places.sort_unstable();
    places.dedup();
    let counted = |place: &u32| CodePoints::new(&pile.texts(*place as usize).text);
    let points: Vec<CodePoints> = places.par_iter().map(counted).collect();
    let of = |place: u32, byte: u32| {
        points
            .get(places.partition_point(|other| *other < place))
            .map_or(byte, |points| points.of(byte as usize))
    };
    let passage = |passage: &SharedPassage| PassageEntry {
        a: (of(passage.a, passage.in_a.start), of(passage.a, passage.in_a.end)),
        b: (of(passage.b, passage.in_b.start), of(passage.b, passage.in_b.end)),
        similarity: passage.similarity,
        kind: passage.kind,
    };
    let pair = |passages: &[SharedPassage]| PairEntry {
        a: pile.id(passages[0].a as usize),
        b: pile.id(passages[0].b as usize),
        relation: passages[0].relation,
        earlier: passages[0].earlier,
        passages: passages.iter().map(passage).collect(),
    };
    passages.chunk_by(SharedPassage::is_of_same_pair).map(pair).collect()
}

/// Of which event each account is, by report; `numbers` are those of the reports, `found` what was found before
/// any correction, `clusters` what is after, with the names of the events.
pub(crate) fn told_rows<'a>(
    numbers: &[i64],
    found: &[EventCluster],
    clusters: &[EventCluster],
    names: &'a [Option<String>],
) -> Vec<ToldRow<'a>> {
    let named = clusters.iter().zip(names);
    let named = named.flat_map(|(accounts, name)| accounts.iter().map(|place| (*place, name.as_deref())));
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
pub(crate) fn dossiers(record: &Store, scratch: &Scratch) -> Result<(Vec<i64>, DossierPile), StoreError> {
    let (mut numbers, mut pile) = (Vec::new(), DossierSpool::new(scratch));
    record.each_dossier(|number, id, text, json| {
        numbers.push(number);
        let taken = pile.push(read_dossier(id, text, json)?);
        taken.map_err(|source| StoreError::Io { path: scratch.folder.clone(), source })
    })?;
    Ok((numbers, pile.finish()))
}

/// A dossier as the record keeps it.
pub(crate) fn read_dossier(id: &str, text: &str, json: &str) -> Result<Dossier, StoreError> {
    let dossier: Dossier = serde_json::from_str(json).map_err(|error| {
        StoreError::Part(format!("{id} was read by another version of Dateline; give it again ({error})"))
    })?;
    // The file knows best what the report is called by now, and keeps the text once.
    Ok(Dossier { id: id.to_owned(), text: text.to_owned(), ..dossier })
}
