//! What is known across reports is put out, and what is found comes in piece by piece, so that no more of it than a
//! piece is held: all of it or nothing.

use dateline_model::{Outcome, ReuseCluster};
use rusqlite::{Connection, Transaction, params};
use serde_json::Value;

use crate::checking::LinesDigest;
use crate::comparison::{ToldRow, insert_texts, insert_told};
use crate::error::StoreError;
use crate::event_rows::{Shown, insert_event};
use crate::former_names::FormerNames;
use crate::pairs::{PairEntry, insert_pairs};
use crate::record::{Corpus, EventEntry, change_stories, clear_found, finish_events, numbered, set_state};
use crate::store::StoreWriter;

/// What is found in all reports of a record comes in, in the place of what was known. Dropped before it is finished,
/// it leaves the record as it was.
///
/// It is one transaction: who reads the record waits as soon as more was written than the writer holds in memory.
#[derive(Debug)]
pub struct Replacement<'w> {
    db: Transaction<'w>,
    former: FormerNames,
    shown: Shown,
    /// Clusters and events that are in.
    clusters: usize,
    events: i64,
    lines: LinesDigest,
}

impl StoreWriter {
    /// Puts out what is known across reports, but for the reports' stories, and takes in what is found instead.
    /// `shown` is how a value of a field reads: "11 or more civilians".
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn replacing(&mut self, shown: fn(&Value) -> String) -> Result<Replacement<'_>, StoreError> {
        let db = self.store.db.transaction()?;
        let former = FormerNames::keep(&db)?;
        clear_found(&db)?;
        Ok(Replacement { db, former, shown, clusters: 0, events: 0, lines: LinesDigest::default() })
    }

    /// Puts `corpus` in the place of what was known before: all of it or nothing.
    ///
    /// # Errors
    /// When the file cannot be written, or a line is not of the form that `export` prints.
    pub fn replace_record(&mut self, corpus: Corpus<'_>) -> Result<(), StoreError> {
        let events = corpus.events;
        let mut replacement = self.replacing(events.shown)?;
        change_stories(
            &replacement.db,
            corpus.stories.iter().map(|(id, story)| (id.as_str(), story.as_str())),
        )?;
        insert_pairs(&replacement.db, corpus.pairs)?;
        replacement.clusters(corpus.clusters)?;
        replacement.texts(corpus.texts.iter().copied())?;
        events.entries.iter().try_for_each(|event| replacement.event(event))?;
        replacement.told(events.told)?;
        replacement.finish(events.outcomes, events.version)
    }
}

impl Replacement<'_> {
    /// Reports' numbers in the file and the ids of their stories. Only where its story is another is a report written
    /// anew, with all that is in its row: by number, that goes through a large file once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn stories<'s>(
        &mut self,
        stories: impl IntoIterator<Item = (i64, &'s str)>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE articles SET story = ?2 WHERE article = ?1 AND story IS NOT ?2";
        let mut update = self.db.prepare_cached(sql)?;
        for (article, story) in stories {
            update.execute(params![article, story])?;
        }
        Ok(())
    }

    /// Reports that share text. Of two reports there is one pair.
    ///
    /// # Errors
    /// When the file cannot be written, or two pairs are of the same reports.
    pub fn pairs(&mut self, pairs: &[PairEntry<'_>]) -> Result<(), StoreError> {
        insert_pairs(&self.db, pairs)
    }

    /// Reports that are copies of one another.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn clusters(&mut self, clusters: &[ReuseCluster]) -> Result<(), StoreError> {
        for cluster in clusters {
            insert_cluster(&self.db, self.clusters, cluster)?;
            self.clusters += 1;
        }
        Ok(())
    }

    /// Reports' numbers in the file, and those of the texts that they go back to.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn texts(&mut self, texts: impl IntoIterator<Item = (i64, u32)>) -> Result<(), StoreError> {
        insert_texts(&self.db, texts)
    }

    /// The next event: they come in their order.
    ///
    /// # Errors
    /// When the file cannot be written, or the line is not of the form that `export` prints.
    pub fn event(&mut self, event: &EventEntry) -> Result<(), StoreError> {
        self.events += 1;
        self.lines.turn(event.line.as_bytes());
        insert_event(&self.db, event, self.shown, numbered(self.events))
    }

    /// Of which event accounts are.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn told(&mut self, told: &[ToldRow<'_>]) -> Result<(), StoreError> {
        insert_told(&self.db, told)
    }

    /// All is in: what was known before is gone for good. Names that are no longer in use lead to the events of now.
    /// `outcomes` is what became of each correction of the log, `version` that of Dateline.
    ///
    /// # Errors
    /// When the file cannot be written. Then nothing has changed.
    pub fn finish(self, outcomes: &[Outcome], version: &str) -> Result<(), StoreError> {
        finish_events(&self.db, self.former, self.lines, (outcomes, version))?;
        set_state(&self.db, "compared", version)?;
        Ok(self.db.commit()?)
    }
}

fn insert_cluster(db: &Connection, number: usize, cluster: &ReuseCluster) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached("INSERT INTO clusters VALUES (?1, ?2, ?3, ?4)")?;
    for witness in &cluster.witnesses {
        insert.execute(params![number, witness.article, witness.origin, cluster.origin])?;
    }
    Ok(())
}
