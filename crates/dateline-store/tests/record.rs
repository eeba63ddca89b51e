//! A record's file from outside: what goes in is found again, goes out without a trace, and files of
//! strangers are told.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

mod pile;

use std::fs;
use std::path::Path;

use dateline_store::{Corpus, EventEntry, Events, Growth, Query, Store, StoreError, StoreWriter, ToldRow};

use crate::pile::{folder, made, report};

fn ids(record: &Store) -> Vec<String> {
    let mut ids = Vec::new();
    let take = |article: dateline_model::KeptReport| {
        ids.push(article.id);
        Ok::<_, StoreError>(())
    };
    record.each_article(take).unwrap();
    ids
}

#[test]
fn a_report_stands_once_by_id_and_text() {
    let path = folder("once").join("r.dateline");
    let (a, b) =
        (report("a", "Karna", "The ferry sank."), report("b", "Karna", "Voters chose a mayor today."));
    let mut record = made(&path, &[a.clone(), b, a.clone()]);
    record.add(&[a], &[], "test").unwrap();
    assert_eq!(ids(record.store()), ["a", "b"]);
    assert_eq!(record.store().known("test").unwrap().len(), 2);
    assert!(record.store().known("another reading").unwrap().is_empty());
    assert_eq!(record.store().capture_bytes("a").unwrap().unwrap(), b"The ferry sank.");
}

#[test]
fn two_texts_of_one_name_are_told_apart_and_one_keeps_it() {
    let path = folder("apart").join("r.dateline");
    let texts = ["The ferry sank.", "Voters chose a mayor today."];
    let mut record = made(&path, &[report("a", "Karna", texts[0])]);
    assert_eq!(ids(record.store()), ["a"]);
    record.add(&[report("a", "Karna", texts[1])], &[], "test").unwrap();
    let apart = ids(record.store());
    assert!(
        apart.iter().all(|id| id.starts_with("a#") && id.len() == 10) && apart[0] != apart[1],
        "{apart:?}"
    );
    assert_eq!(record.forget(&apart[..1]).unwrap(), 1);
    assert_eq!(ids(record.store()), ["a"]);
}

#[test]
fn words_and_fields_are_found() {
    let path = folder("search").join("r.dateline");
    let first = report("a", "Karna Daily", "The ferry sank off the cape.");
    let record = made(&path, &[first, report("b", "Gulf Post", "A ferry was bought. Salé is a port.")]);
    for (query, expected) in [
        ("ferry", vec!["a", "b"]),
        ("FERRY sank", vec!["a"]),
        ("\"ferry was\"", vec!["b"]),
        ("ferry publisher:karna", vec!["a"]),
        ("sale", vec!["b"]),
        ("publisher:\"Gulf Post\"", vec!["b"]),
        ("cape OR", vec![]),
        ("ferry date:2016", vec![]),
    ] {
        let hits = record.store().search(&Query::parse(query).unwrap(), 10).unwrap();
        let mut found: Vec<_> = hits.articles.hits.iter().map(|hit| hit.id.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
}

fn event(name: &str, (start, end): (u32, u32)) -> EventEntry {
    let citations = serde_json::json!([{"id": "a", "start": start, "end": end, "quote": "sank"}]);
    let line = serde_json::json!({
        "event": name, "type": "ASSAULT", "mode": null, "cameo": "190", "place": null, "participants": [],
        "time": {"value": "2016-10", "agreement": "single", "citations": citations}, "fields": {},
        "accounts": [{"id": "a", "origin": 0, "quotes": citations}], "independent_accounts": 1
    });
    EventEntry { line: line.to_string(), title: "Attack".to_owned() }
}

fn put(record: &mut StoreWriter, events: &[EventEntry]) {
    let events =
        Events { entries: events, told: &[], outcomes: &[], shown: ToString::to_string, version: "1" };
    let corpus = Corpus { stories: &[], pairs: &[], clusters: &[], texts: &[], events };
    record.replace_record(corpus).unwrap();
}

#[test]
fn a_former_name_leads_to_the_event_of_today() {
    let path = folder("names").join("r.dateline");
    let mut record = made(&path, &[report("a", "Karna", "The ferry sank.")]);
    put(&mut record, &[event("old", (10, 14)), event("other", (0, 3))]);
    put(&mut record, &[event("new", (10, 14)), event("other", (0, 3))]);
    put(&mut record, &[event("newer", (10, 14))]);
    let store = record.store();
    assert!(store.is_current("1").unwrap() && !store.is_stale().unwrap());
    for (name, found) in [("old", true), ("new", true), ("newer", true), ("other", false)] {
        let line = store.event(name).unwrap().map(|(line, _)| line);
        assert_eq!(line.is_some_and(|line| line.contains("newer")), found, "{name}");
    }
    let query = Query::parse("sank type:ASSAULT date:2016-09..2016-10-01").unwrap();
    assert_eq!(store.search(&query, 5).unwrap().events.hits.len(), 1);
}

fn event_of(name: &str, article: &str, day: Option<&str>) -> EventEntry {
    let citations = serde_json::json!([{"id": article, "start": 10, "end": 14, "quote": "sank"}]);
    let time =
        day.map(|day| serde_json::json!({"value": day, "agreement": "single", "citations": citations}));
    let line = serde_json::json!({
        "event": name, "type": "ASSAULT", "participants": [], "time": time, "fields": {},
        "accounts": [{"id": article, "origin": 0, "quotes": citations}], "independent_accounts": 1
    });
    EventEntry { line: line.to_string(), title: format!("Attack of {name}") }
}

#[test]
fn what_is_found_nearby_takes_its_place_beside_the_rest() {
    let path = folder("growth").join("r.dateline");
    let mut record = made(&path, &[report("a", "Karna", "The ferry sank.")]);
    let told = |article, account, found, event| ToldRow { article, account, found, event };
    let known = [event_of("first", "a", Some("2016-10-01")), event_of("last", "a", None)];
    let events = Events {
        entries: &known,
        told: &[told(1, 0, 0, Some("first")), told(1, 1, 1, Some("last"))],
        outcomes: &[],
        shown: ToString::to_string,
        version: "1",
    };
    let stories = [("a".to_owned(), "a".to_owned())];
    let corpus = Corpus { stories: &stories, pairs: &[], clusters: &[], texts: &[(1, 0)], events };
    record.replace_record(corpus).unwrap();

    record.add(&[report("b", "Post", "The barge sank.")], &[], "test").unwrap();
    let store = record.store();
    assert!(store.is_stale().unwrap() && store.is_compared_by("1").unwrap());
    assert_eq!(store.not_compared().unwrap(), [2]);
    assert_eq!(store.newest_with("barge", 9).unwrap(), [2]);
    let grown = [
        event_of("renamed", "a", Some("2016-10-03")),
        event_of("undated", "b", None),
        event_of("between", "b", Some("2016-10-02")),
    ];
    for round in 0..40 {
        let former = if round == 0 { "first" } else { "renamed" };
        let former = [former, "between", "undated"].map(str::to_owned);
        let told = [told(1, 0, 0, Some("renamed")), told(2, 0, 2, Some("between"))];
        let growth = Growth {
            stories: &[("b".to_owned(), "b".to_owned())],
            pairs: &[],
            clusters: &[],
            texts: &[(2, 1)],
            former: if round == 0 { &former[..1] } else { &former },
            events: Events { entries: &grown, told: &told, ..events },
        };
        record.grow_record(growth).unwrap();
    }
    let store = record.store();
    let order: Vec<String> = store.timeline().unwrap().into_iter().map(|event| event.event).collect();
    assert_eq!(order, ["between", "renamed", "last", "undated"]);
    assert!(store.is_current("1").unwrap() && store.is_compared_by("1").unwrap());
    let (faults, made_up) = (store.check().faults, "captures: ");
    assert!(faults.iter().all(|fault| fault.starts_with(made_up)), "{faults:?}");
    assert_eq!(store.compared_nearby().unwrap(), 40);
    assert!(store.event("first").unwrap().is_some_and(|(line, _)| line.contains("renamed")));
    let hits = store.search(&Query::parse("attack between").unwrap(), 9).unwrap().events.hits;
    assert_eq!(hits.len(), 1);
}

#[test]
fn there_is_room_between_two_events_for_as_many_as_come() {
    let path = folder("room").join("r.dateline");
    let mut record = made(&path, &[report("a", "Karna", "The ferry sank.")]);
    let events = Events { entries: &[], told: &[], outcomes: &[], shown: ToString::to_string, version: "1" };
    let known = [event_of("a", "a", Some("2016-10-01")), event_of("z", "a", Some("2016-10-01"))];
    let corpus = Corpus {
        stories: &[],
        pairs: &[],
        clusters: &[],
        texts: &[],
        events: Events { entries: &known, ..events },
    };
    record.replace_record(corpus).unwrap();
    // Each comes before all that came before it, but the first: the room is halved again and again.
    let names: Vec<String> = (0..60).rev().map(|n| format!("m{n:02}")).collect();
    for name in &names {
        let entries = [event_of(name, "a", Some("2016-10-01"))];
        record.change_events(&[], Events { entries: &entries, ..events }).unwrap();
    }
    let order: Vec<String> =
        record.store().timeline().unwrap().into_iter().map(|event| event.event).collect();
    let between = names.iter().rev().map(String::as_str);
    assert_eq!(order, ["a"].into_iter().chain(between).chain(["z"]).collect::<Vec<_>>());
    let hits = record.store().search(&Query::parse("attack m07").unwrap(), 9).unwrap().events.hits;
    assert_eq!(hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["m07"]);
}

#[test]
fn what_is_forgotten_leaves_no_trace() {
    let path = folder("forget").join("r.dateline");
    let secret = "Quillonbrack saw the lorries leave the depot before dawn.";
    let mut record =
        made(&path, &[report("a", "Karna", "The ferry sank."), report("b", "Brackpost", secret)]);
    put(&mut record, &[event("e", (0, 3))]);
    let trace = |path: &Path| {
        let bytes = fs::read(path).unwrap().to_ascii_lowercase();
        let stands = |word: &&str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
        ["quillonbrack", "brackpost", "lorries"].iter().any(stands)
    };
    assert!(trace(&path));
    assert!(matches!(record.forget(&["c".to_owned()]), Err(StoreError::NoSuchReport { .. })));
    record.forget(&["b".to_owned()]).unwrap();
    put(&mut record, &[event("e", (0, 3))]);
    record.leave_no_trace().unwrap();
    drop(record);
    assert!(!trace(&path));
    assert_eq!(ids(&Store::open(&path).unwrap()), ["a"]);
    let beside = fs::read_dir(path.parent().unwrap()).unwrap();
    let files: Vec<_> = beside.map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["r.dateline"], "nothing else is left beside the record");
}

#[test]
fn a_second_writer_is_told_who_writes() {
    let path = folder("locked").join("r.dateline");
    let first = made(&path, &[report("a", "Karna", "The ferry sank.")]);
    let refused = StoreWriter::open(&path).unwrap_err();
    assert!(matches!(&refused, StoreError::Locked { by, .. } if by.contains("process")), "{refused}");
    // Reading goes on.
    assert_eq!(ids(&Store::open(&path).unwrap()), ["a"]);
    drop(first);
    assert!(StoreWriter::open(&path).is_ok());
}

#[test]
fn files_of_strangers_are_told() {
    let folder = folder("strangers");
    let good = folder.join("good.dateline");
    drop(made(&good, &[report("a", "Karna", &"The ferry sank. ".repeat(2000))]));
    let bytes = fs::read(&good).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let patched = |place: usize, value: u32| {
        let mut bytes = bytes.clone();
        bytes[place..place + 4].copy_from_slice(&value.to_be_bytes());
        bytes
    };
    // Bytes 60 and 68 of an SQLite file hold its user version and its application's mark.
    for (path, told) in [
        (file("notes.txt", &b"These are notes and no record at all.\n".repeat(40)), "is not a record"),
        (file("other.sqlite", &patched(68, 77)), "another program"),
        (file("later.dateline", &patched(60, 99)), "later Dateline"),
        (file("cut.dateline", &bytes[..bytes.len() / 2]), "is damaged"),
    ] {
        for refused in [Store::open(&path).map(|_| ()), StoreWriter::open(&path).map(|_| ())] {
            let message = refused.unwrap_err().to_string();
            assert!(message.contains(told) && message.contains(&path.display().to_string()), "{message}");
        }
    }
    assert!(Store::open(&folder.join("nowhere")).unwrap_err().to_string().contains("no such record"));
    assert!(!folder.join("nowhere").exists());
    // An empty file is a record yet to be written.
    assert!(StoreWriter::open(&file("empty", b"")).is_ok());
}
