//! What is found in all reports comes in piece by piece: all of it or nothing, and the same as all at once.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

mod pile;

use std::path::Path;

use dateline_model::{Earlier, Outcome, Relation, ReuseCluster, SharedText, Standing, Witness};
use dateline_store::{Corpus, EventEntry, Events, PairEntry, PassageEntry, StoreError, StoreWriter, ToldRow};
use rusqlite::types::Value;

use crate::pile::{folder, made, report};

const TEXTS: [&str; 3] =
    ["Né à Salé: the ferry sank.", "It said the ferry sank.", "Voters chose a mayor today."];

fn record(name: &str) -> StoreWriter {
    let ids = ["a", "b", "c"];
    let reports: Vec<_> = ids.iter().zip(TEXTS).map(|(id, text)| report(id, "Karna", text)).collect();
    made(&folder(name).join("r.dateline"), &reports)
}

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{name}")).join("r.dateline")
}

/// All rows of all tables, in their order.
fn rows(path: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let db = rusqlite::Connection::open(path).unwrap();
    let mut query = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let rows = |table: String| {
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = query.column_count();
        let rows = query.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
        let rows = rows.collect::<Result<_, _>>().unwrap();
        (table, rows)
    };
    tables.map(|table| rows(table.unwrap())).collect()
}

fn event(name: &str, article: &str, start: u32) -> EventEntry {
    let citations = serde_json::json!([{"id": article, "start": start, "end": start + 5, "quote": "ferry"}]);
    let line = serde_json::json!({
        "event": name, "type": "ASSAULT", "participants": [], "fields": {"killed": {"value": 3, "citations": citations}},
        "time": {"value": "2016-10", "agreement": "single", "citations": citations},
        "accounts": [{"id": article, "origin": 0, "quotes": citations}], "independent_accounts": 1
    });
    EventEntry { line: line.to_string(), title: format!("Attack of {name}") }
}

fn told(article: i64, event: &str) -> ToldRow<'_> {
    ToldRow { article, account: 0, found: 0, event: Some(event) }
}

fn clusters() -> [ReuseCluster; 2] {
    let cluster = |ids: [&str; 2]| ReuseCluster {
        witnesses: ids.map(|id| Witness { article: id.to_owned(), origin: 0 }).into(),
        origin: Some(ids[0].to_owned()),
        independent: 1,
    };
    [cluster(["a", "b"]), cluster(["c", "d"])]
}

/// The ferry sank, in code points.
fn pair(other: &str, earlier: Earlier) -> PairEntry<'_> {
    let passage = PassageEntry { a: (14, 24), b: (12, 22), similarity: 0.123_456, kind: SharedText::Prose };
    PairEntry { a: "a", b: other, relation: Relation::Copy, earlier, passages: vec![passage] }
}

fn outcomes() -> [Outcome; 1] {
    let correction = "x".to_owned();
    [Outcome { correction, standing: Standing::Idle, reason: "no such event".to_owned(), events: Vec::new() }]
}

/// All at once.
fn put(record: &mut StoreWriter, entries: &[EventEntry]) {
    let told = [told(1, "old"), told(2, "other")];
    let events =
        Events { entries, told: &told, outcomes: &outcomes(), shown: ToString::to_string, version: "1" };
    let stories = [("a", "a"), ("b", "a"), ("c", "c")].map(|(id, story)| (id.to_owned(), story.to_owned()));
    let (clusters, texts) = (&clusters(), &[(1, 0), (2, 0), (3, 1)]);
    let pairs = &[pair("b", Earlier::B), pair("c", Earlier::Unknown)];
    record.replace_record(Corpus { stories: &stories, pairs, clusters, texts, events }).unwrap();
}

/// The same piece by piece, but for the end.
fn put_in_pieces(record: &mut StoreWriter, entries: &[EventEntry], ends: bool) -> Result<(), StoreError> {
    let mut replacement = record.replacing(ToString::to_string)?;
    replacement.stories([(1, "a")])?;
    replacement.pairs(&[pair("b", Earlier::B)])?;
    replacement.stories([(2, "a"), (3, "c")])?;
    replacement.texts([(1, 0)])?;
    let clusters = clusters();
    clusters.iter().try_for_each(|cluster| replacement.clusters(std::slice::from_ref(cluster)))?;
    for event in entries {
        replacement.event(event)?;
    }
    replacement.told(&[told(1, "old")])?;
    replacement.pairs(&[pair("c", Earlier::Unknown)])?;
    replacement.texts([(2, 0), (3, 1)])?;
    replacement.told(&[told(2, "other")])?;
    if ends { replacement.finish(&outcomes(), "1") } else { Ok(()) }
}

#[test]
fn pieces_are_as_all_at_once() {
    let (mut whole, mut pieces) = (record("whole"), record("pieces"));
    // The first time, and in the place of others, of which a name goes.
    let first = [event("old", "a", 9), event("other", "b", 4)];
    let then = [event("new", "a", 9), event("other", "b", 4), event("third", "c", 1)];
    for entries in [&first[..], &then] {
        put(&mut whole, entries);
        put_in_pieces(&mut pieces, entries, true).unwrap();
        assert_eq!(rows(&path("whole")), rows(&path("pieces")));
    }
    let record = pieces.store();
    assert!(record.is_current("1").unwrap() && record.is_compared_by("1").unwrap());
    assert!(record.event("old").unwrap().is_some_and(|(line, _)| line.contains("new")));
}

#[test]
fn what_is_not_finished_changes_nothing() {
    let mut record = record("unfinished");
    let none = rows(&path("unfinished"));
    put_in_pieces(&mut record, &[event("new", "a", 9)], false).unwrap();
    assert_eq!(rows(&path("unfinished")), none);

    put(&mut record, &[event("old", "a", 9)]);
    let before = rows(&path("unfinished"));
    put_in_pieces(&mut record, &[event("new", "a", 9)], false).unwrap();
    let broken = EventEntry { line: "{".to_owned(), title: String::new() };
    assert!(put_in_pieces(&mut record, &[event("new", "a", 9), broken], true).is_err());
    assert_eq!(rows(&path("unfinished")), before);
    // And nothing is in the way of the next one.
    put_in_pieces(&mut record, &[event("new", "a", 9)], true).unwrap();
    assert!(record.store().event("old").unwrap().is_some_and(|(line, _)| line.contains("new")));
}
