//! The lines of all events of a pile: made some at a time, waiting in files, handed on in the order of the record.

use std::io;

use dateline_export::{EventView, TextOffsets, event_title, record_line, with_name};
use dateline_model::{EventRecord, Outcome};
use dateline_pile::{DossierPile, Scratch, Spool, Texts};
use dateline_store::{EventEntry, StoreError};
use rayon::prelude::*;

use crate::correcting::Correcting;
use crate::naming::Named;

/// What the record says of its events.
pub(crate) struct EventLines {
    /// Line and title of each event, as they were made.
    printed: Spool,
    /// Which of these is of each cluster.
    places: Vec<Option<usize>>,
    named: Named,
    /// What became of each correction of the log.
    pub(crate) outcomes: Vec<Outcome>,
}

impl EventLines {
    /// Makes all events.
    ///
    /// # Errors
    /// When a file fails.
    pub(crate) fn make(correcting: &Correcting<'_>, scratch: &Scratch) -> Result<Self, StoreError> {
        let pile = correcting.pile();
        let failed = |source| StoreError::Io { path: scratch.folder.clone(), source };
        let (mut printed, mut places, mut headings) = (Spool::new(scratch), Vec::new(), Vec::new());
        for first in (0..correcting.count()).step_by(AT_ONCE) {
            let made = correcting.events(first..correcting.count().min(first + AT_ONCE));
            let records: Vec<&EventRecord> = made.iter().flatten().map(|made| &made.record).collect();
            let mut entries = entries(pile, &records)?.into_iter();
            for made in made {
                let entry = made.as_ref().and_then(|_| entries.next());
                places.push(entry.is_some().then(|| printed.count()));
                headings.push(made.map(|made| made.heading));
                entry.map_or(Ok(()), |entry| push(&mut printed, &entry)).map_err(failed)?;
            }
        }
        pile.check().map_err(failed)?;
        let named = Named::of(headings, |_| false);
        let outcomes = correcting.outcomes(&named.names);
        Ok(Self { printed, places, named, outcomes })
    }

    /// The name of each cluster's event.
    pub(crate) fn names(&self) -> &[Option<String>] {
        &self.named.names
    }

    /// The events in their order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = io::Result<EventEntry>> {
        self.named.order.iter().filter_map(|n| {
            let (at, name) = ((*self.places.get(*n)?)?, self.named.names.get(*n)?.as_ref()?);
            Some(self.entry(at, name))
        })
    }

    fn entry(&self, at: usize, name: &str) -> io::Result<EventEntry> {
        let text = |n| {
            let bytes = self.printed.read(n)?.into_owned();
            String::from_utf8(bytes).map_err(io::Error::other)
        };
        let (line, title) = (text(at)?, text(at + 1)?);
        Ok(EventEntry { line: with_name(line, name).map_err(io::Error::other)?, title })
    }
}

fn push(printed: &mut Spool, entry: &EventEntry) -> io::Result<()> {
    printed.push(entry.line.as_bytes())?;
    printed.push(entry.title.as_bytes())
}

/// Events that are made and printed at one time.
const AT_ONCE: usize = 1024;

/// Events as they are printed, each with its title.
pub(crate) fn entries(pile: &DossierPile, events: &[&EventRecord]) -> Result<Vec<EventEntry>, StoreError> {
    let told = events.iter().flat_map(|event| &event.accounts);
    let mut reports: Vec<&str> = told.map(|account| account.article.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    let read = |id: &&str| pile.place(id).map(|place| (pile.id(place), pile.texts(place)));
    let cited: Vec<(&str, Texts<'_>)> = reports.par_iter().filter_map(read).collect();
    let texts = TextOffsets::new(cited.iter().map(|(id, texts)| (*id, &*texts.text)));
    let headlines = TextOffsets::new(cited.iter().map(|(id, texts)| (*id, &*texts.headline)));
    let entry = |event: &&EventRecord| {
        let line = record_line(event, &texts, &headlines)?;
        let title = event_title(&EventView::of_line(&line)?);
        Ok(EventEntry { line, title })
    };
    let entries: Result<_, serde_json::Error> = events.par_iter().map(entry).collect();
    entries.map_err(|error| StoreError::Part(error.to_string()))
}
