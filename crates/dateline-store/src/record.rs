//! What is known across reports goes in: stories, shared text, events. Always the whole of it at once.

use std::collections::BTreeMap;

use dateline_model::{Alignment, CodePoints, Earlier, RelatedPair, Relation, ReuseCluster, SharedText};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::error::StoreError;
use crate::event_rows::insert_event;
use crate::names::{Tellings, keep_former_names};
use crate::store::StoreWriter;

/// What the corpus stages found in all reports of the file.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    /// Each report's id and the id of its story.
    pub stories: &'a [(String, String)],
    /// Reports that share text.
    pub pairs: &'a [RelatedPair],
    /// Reports that are copies of one another.
    pub clusters: &'a [ReuseCluster],
    /// The events, in their order.
    pub events: &'a [EventEntry],
    /// How a value of a field reads: "11 or more civilians".
    pub shown: fn(&Value) -> String,
    /// Version of Dateline.
    pub version: &'a str,
}

/// One event as the file takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventEntry {
    /// The event as one line of JSON.
    pub line: String,
    /// Who did what to whom, for a reader.
    pub title: String,
}

/// One run of a build.
#[derive(Clone, Copy, Debug)]
pub struct BuildRow<'a> {
    /// Version of Dateline.
    pub version: &'a str,
    /// Captures read in this run.
    pub captures: u64,
    /// Inputs that could not be read.
    pub set_aside: u64,
}

impl StoreWriter {
    /// Puts `corpus` in the place of what was known before: all of it or nothing.
    ///
    /// # Errors
    /// When the file cannot be written, or a line is not of the form that `export` prints.
    pub fn replace_record(&mut self, corpus: Corpus<'_>) -> Result<(), StoreError> {
        let db = self.store.db.transaction()?;
        let before = Tellings::read(&db)?;
        clear(&db)?;
        insert_stories(&db, corpus.stories)?;
        insert_pairs(&db, corpus.pairs)?;
        insert_clusters(&db, corpus.clusters)?;
        for (number, event) in corpus.events.iter().enumerate() {
            insert_event(&db, number + 1, event, corpus.shown)?;
        }
        keep_former_names(&db, &before, &Tellings::read(&db)?)?;
        db.execute("INSERT OR REPLACE INTO state VALUES ('record', ?1)", [corpus.version])?;
        Ok(db.commit()?)
    }

    /// Notes that a build has run.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_build(&mut self, build: BuildRow<'_>) -> Result<(), StoreError> {
        let sql = "INSERT INTO builds SELECT NULL, ?1, ?2, ?3, \
                   (SELECT count(*) FROM articles), (SELECT count(*) FROM events)";
        self.store.db.execute(sql, params![build.version, build.captures, build.set_aside])?;
        Ok(())
    }
}

/// Nothing is known across reports any more.
pub(crate) fn clear(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "INSERT INTO events_text (events_text) VALUES ('delete-all');
         DELETE FROM events; DELETE FROM accounts; DELETE FROM claims; DELETE FROM citations;
         DELETE FROM pairs; DELETE FROM passages; DELETE FROM clusters;
         UPDATE articles SET story = NULL WHERE story IS NOT NULL;",
    )?;
    Ok(())
}

fn insert_stories(db: &Connection, stories: &[(String, String)]) -> Result<(), StoreError> {
    let mut update = db.prepare("UPDATE articles SET story = ?2 WHERE id = ?1")?;
    for (id, story) in stories {
        update.execute([id, story])?;
    }
    Ok(())
}

fn insert_pairs(db: &Connection, pairs: &[RelatedPair]) -> Result<(), StoreError> {
    let mut insert = db.prepare("INSERT INTO pairs VALUES (?1, ?2, ?3, ?4)")?;
    let mut passage = db.prepare("INSERT INTO passages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    let mut offsets = Offsets::default();
    for pair in pairs {
        let earlier = match pair.earlier {
            Earlier::A => Some(&pair.a),
            Earlier::B => Some(&pair.b),
            Earlier::Unknown => None,
        };
        insert.execute(params![pair.a, pair.b, relation(pair.relation), earlier])?;
        for Alignment { a, b, similarity, kind } in &pair.alignments {
            let (from, to) = (offsets.pair(db, a)?, offsets.pair(db, b)?);
            let similarity = (f64::from(*similarity) * 1000.0).round() / 1000.0;
            passage.execute(params![
                a.article,
                from.0,
                from.1,
                b.article,
                to.0,
                to.1,
                similarity,
                shared(*kind)
            ])?;
        }
    }
    Ok(())
}

/// Code points of the texts that share something, each text read once.
#[derive(Default)]
struct Offsets(BTreeMap<String, CodePoints>);

impl Offsets {
    fn pair(&mut self, db: &Connection, passage: &dateline_model::Passage) -> Result<(u32, u32), StoreError> {
        if !self.0.contains_key(&passage.article) {
            let mut query = db.prepare_cached("SELECT text FROM articles WHERE id = ?1")?;
            let text: Option<String> = query.query_row([&passage.article], |row| row.get(0)).optional()?;
            self.0.insert(passage.article.clone(), CodePoints::new(&text.unwrap_or_default()));
        }
        let range = passage.span.range();
        let index = self.0.get(&passage.article);
        Ok(index.map_or((passage.span.start, passage.span.end), |i| (i.of(range.start), i.of(range.end))))
    }
}

fn insert_clusters(db: &Connection, clusters: &[ReuseCluster]) -> Result<(), StoreError> {
    let mut insert = db.prepare("INSERT INTO clusters VALUES (?1, ?2, ?3, ?4)")?;
    for (number, cluster) in clusters.iter().enumerate() {
        for witness in &cluster.witnesses {
            insert.execute(params![number, witness.article, witness.origin, cluster.origin])?;
        }
    }
    Ok(())
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Copy => "copy",
        Relation::Rewrite => "rewrite",
        Relation::Quotation => "quotation",
        Relation::Independent => "independent",
    }
}

fn shared(kind: SharedText) -> &'static str {
    match kind {
        SharedText::Prose => "prose",
        SharedText::Quotation => "quotation",
        SharedText::Stock => "stock",
    }
}
