//! From the reports of a record to what is known across them: shared text, stories, events. The whole
//! pile each time, by id, so that it does not matter how the record grew.

use dateline_export::{EventView, TextOffsets, event_title, record_line, shown};
use dateline_model::{Dossier, EventRecord};
use dateline_reuse::Scratch;
use dateline_store::{Corpus, EventEntry, Events, Store, StoreError, StoreWriter};
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
    let scratch = Scratch { folder: record.store().folder(), memory: (memory / SHARES).max(LEAST) };
    let failed = |source| StoreError::Io { path: scratch.folder.clone(), source };
    let built = build_telling(dossiers(record.store())?, &log, &scratch, &mut tell);
    let (dossiers, found) = built.map_err(failed)?;
    tell(CompareStep::Writing);
    let entries = entries(&dossiers, &found.events)?;
    let ids = dossiers.iter().map(|dossier| dossier.id.clone());
    let stories: Vec<_> = ids.zip(found.stories).collect();
    drop(dossiers);
    record.replace_record(Corpus {
        stories: &stories,
        pairs: &found.pairs,
        clusters: &found.clusters,
        events: Events { entries: &entries, outcomes: &found.outcomes, shown, version: VERSION },
        comparison: &kept(&found.found)?,
    })
}

/// So much memory is used to compare reports where nobody says how much.
pub const COMPARE_MEMORY: usize = 1 << 29;

/// Rows that are sorted while those sorted before are read, and their table of bits.
const SHARES: usize = 4;

/// With less, more files would be open at one time than a system allows.
const LEAST: usize = 64 << 20;

/// All dossiers of the record, by id.
pub(crate) fn dossiers(record: &Store) -> Result<Vec<Dossier>, StoreError> {
    let mut dossiers = Vec::new();
    record.each_dossier(|id, text, json| {
        let mut dossier: Dossier = serde_json::from_str(json).map_err(|error| {
            StoreError::Part(format!("{id} was read by another version of Dateline; give it again ({error})"))
        })?;
        // The file knows best what the report is called by now, and keeps the text once.
        id.clone_into(&mut dossier.id);
        text.clone_into(&mut dossier.text);
        dossiers.push(dossier);
        Ok::<_, StoreError>(())
    })?;
    Ok(dossiers)
}

/// What comparing found, as the record keeps it for those who correct.
fn kept(found: &Comparison) -> Result<String, StoreError> {
    let line = serde_json::to_string(&(VERSION, &found.events, &found.texts));
    line.map_err(|error| StoreError::Part(error.to_string()))
}

/// What comparing found when the record was last built, if that is still so.
pub(crate) fn comparison(record: &Store) -> Result<Option<Comparison>, StoreError> {
    let Some(line) = record.comparison()? else { return Ok(None) };
    let (version, events, texts): (String, _, _) =
        serde_json::from_str(&line).map_err(|error| StoreError::Part(error.to_string()))?;
    Ok((version == VERSION).then_some(Comparison { events, texts }))
}

/// The events as they are printed, each with its title.
pub(crate) fn entries(dossiers: &[Dossier], events: &[EventRecord]) -> Result<Vec<EventEntry>, StoreError> {
    let texts = TextOffsets::new(dossiers.iter().map(|d| (d.id.as_str(), d.text.as_str())));
    let headlines = TextOffsets::new(dossiers.iter().map(|d| (d.id.as_str(), d.headline.as_str())));
    let entry = |event: &EventRecord| {
        let line = record_line(event, &texts, &headlines)?;
        let title = event_title(&EventView::of_line(&line)?);
        Ok(EventEntry { line, title })
    };
    let entries: Result<_, serde_json::Error> = events.par_iter().map(entry).collect();
    entries.map_err(|error| StoreError::Part(error.to_string()))
}
