//! The log of corrections in the file: it only grows, it outlives builds and earlier forms of the file, and
//! what is forgotten goes out of it too.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use dateline_model::{
    AccountAnchor, Change, Correction, EventAnchor, Outcome, QuotedIn, QuotedWords, Selection, Standing,
};
use dateline_store::{Corpus, EventEntry, Events, Store, StoreError, StoreWriter};

/// A record as the first version of the file had it: three reports, two events; packed with zstd.
const VERSION_1: &[u8] = include_bytes!("frozen/version-1.dateline.zst");

fn frozen(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corrections-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("r.dateline");
    fs::write(&path, zstd::decode_all(VERSION_1).unwrap()).unwrap();
    path
}

fn words(start: u32, quote: &str) -> QuotedWords {
    let end = start + quote.chars().count() as u32;
    QuotedWords { of: QuotedIn::Text, start, end, quote: quote.to_owned() }
}

/// The word "phoned" of report a, "took" of report b.
fn call() -> EventAnchor {
    let account = |report: &str, words| AccountAnchor { report: report.to_owned(), acts: vec![words] };
    let accounts = vec![account("a", words(20, "phoned")), account("b", words(9, "took"))];
    EventAnchor { name: "2019-03-06-consult-phone-ada-brenn-karl-ost".to_owned(), accounts }
}

fn entry(id: &str, change: Change) -> Correction {
    let (who, when) = ("Ada Lund".to_owned(), "2020-01-01".to_owned());
    Correction { id: id.to_owned(), who, when, why: "so says Quillonbrack".to_owned(), change }
}

fn set(id: &str, evidence: Vec<Selection>) -> Correction {
    let (field, value) = ("place".parse().unwrap(), "Orsk".to_owned());
    entry(id, Change::Set { event: call(), field, value, evidence })
}

fn selected(report: &str, start: u32, quote: &str) -> Selection {
    Selection { report: report.to_owned(), words: words(start, quote) }
}

#[test]
fn a_file_of_the_first_version_is_read_and_brought_up() {
    let path = frozen("version");
    let old = Store::open(&path).unwrap();
    let (events, articles) = (old.events().unwrap(), old.report_ids().unwrap());
    assert_eq!(articles, ["a", "b", "c"]);
    assert!(!events.is_empty() && old.corrections().unwrap().entries().is_empty());
    assert!(old.outcomes().unwrap().is_empty() && !old.is_compared_by("1").unwrap());
    drop(old);

    let mut record = StoreWriter::open(&path).unwrap();
    assert_eq!(record.store().events().unwrap(), events, "nothing is lost");
    assert!(record.store().is_stale().unwrap(), "but it is to be made anew");
    record.append_corrections(&[set("x", vec![selected("a", 20, "phoned")])]).unwrap();
    drop(record);
    assert_eq!(Store::open(&path).unwrap().corrections().unwrap().entries().len(), 1);
}

#[test]
fn the_log_grows_and_each_entry_stands_once() {
    let path = frozen("log");
    let mut record = StoreWriter::open(&path).unwrap();
    let entries = [
        set("x", vec![selected("a", 20, "phoned")]),
        entry("y", Change::Undo { correction: "x".to_owned() }),
    ];
    record.append_corrections(&entries).unwrap();
    assert!(record.append_corrections(&entries[..1]).is_err(), "an id stands once");
    assert_eq!(record.store().corrections().unwrap().entries(), entries);

    // What a build makes of it stands beside it, and is replaced by the next one.
    let line = serde_json::json!({
        "event": "e", "participants": [], "accounts": [], "independent_accounts": 1,
        "fields": {"type": {"value": "CONSULT", "agreement": "single", "citations": [],
                            "set_by": [{"correction": "x"}]}},
        "corrections": [{"correction": "x", "does": "set", "field": "place"}]
    });
    let event = EventEntry { line: line.to_string(), title: "Talk".to_owned() };
    let outcome = |id: &str, standing, reason: &str, events: &[&str]| Outcome {
        correction: id.to_owned(),
        standing,
        reason: reason.to_owned(),
        events: events.iter().map(|event| (*event).to_owned()).collect(),
    };
    let outcomes = [outcome("x", Standing::Undone, "by y", &["e"]), outcome("y", Standing::Holds, "", &[])];
    let events = Events {
        entries: &[event],
        told: &[],
        outcomes: &outcomes,
        shown: ToString::to_string,
        version: "1",
    };
    let corpus = Corpus { stories: &[], pairs: &[], clusters: &[], texts: &[], events };
    record.replace_record(corpus).unwrap();
    assert_eq!(record.store().outcomes().unwrap(), outcomes);
    assert!(record.store().is_compared_by("1").unwrap());
    let events = Events { entries: &[], outcomes: &outcomes[1..], ..events };
    record.replace_record(Corpus { stories: &[], pairs: &[], clusters: &[], texts: &[], events }).unwrap();
    assert_eq!(record.store().outcomes().unwrap(), outcomes[1..]);
    assert_eq!(record.store().corrections().unwrap().entries().len(), 2, "the log stays");
}

#[test]
fn what_is_forgotten_goes_out_of_the_log() {
    let path = frozen("forget");
    let mut record = StoreWriter::open(&path).unwrap();
    let both = vec![selected("a", 20, "phoned"), selected("b", 9, "took")];
    let event = call();
    let account = event.accounts[0].clone();
    let dependent = |reports: &[&str]| Change::Dependent {
        reports: reports.iter().map(|id| (*id).to_owned()).collect(),
        evidence: Vec::new(),
    };
    let same = Change::SameEntity {
        entities: vec!["quillonbrack".to_owned(), "karl ost".to_owned()],
        evidence: Vec::new(),
    };
    record
        .append_corrections(&[
            set("rests-on-both", both),
            set("rests-on-it", vec![selected("a", 20, "phoned")]),
            entry("rejects-it", Change::Reject { event, account }),
            entry("of-others", dependent(&["b", "c"])),
            entry("of-it", dependent(&["a", "b"])),
            entry("a-name", same),
        ])
        .unwrap();
    record.forget(&["a".to_owned()]).unwrap();
    let log = record.store().corrections().unwrap();
    let left: Vec<(&str, &str, bool)> = log
        .entries()
        .iter()
        .map(|entry| (entry.id.as_str(), entry.change.name(), entry.why.is_empty()))
        .collect();
    assert_eq!(
        left,
        [
            ("rests-on-both", "set", true),
            ("rests-on-it", "set", true),
            ("rejects-it", "reject", true),
            ("of-others", "dependent", false),
            ("of-it", "dependent", true),
            ("a-name", "same-entity", true),
        ]
    );
    let forgotten = |n: usize| matches!(log.entries()[n].change, Change::Forgotten { .. });
    assert_eq!([0, 1, 2, 3, 4, 5].map(forgotten), [false, true, true, false, true, true]);
    let Change::Set { event, evidence, .. } = &log.entries()[0].change else { panic!("it is still there") };
    assert_eq!((event.name.as_str(), event.accounts.len(), evidence.len()), ("an event", 1, 1));
    assert!(!record.store().is_compared_by("1").unwrap());
}

#[test]
fn no_word_of_it_is_left_in_the_file() {
    let path = frozen("trace");
    let mut record = StoreWriter::open(&path).unwrap();
    let secret = vec![selected("c", 2, "car bomb")];
    let mut entry = set("x", secret);
    entry.why = "Zurbelak's market".to_owned();
    record.append_corrections(&[entry]).unwrap();
    let trace = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        ["car bomb", "Zurbelak"]
            .iter()
            .any(|word| bytes.windows(word.len()).any(|part| part == word.as_bytes()))
    };
    assert!(trace(&path));
    record.forget(&["c".to_owned()]).unwrap();
    record.leave_no_trace().unwrap();
    drop(record);
    assert!(!trace(&path));
}

#[test]
fn a_later_form_is_refused() {
    let path = frozen("later");
    drop(StoreWriter::open(&path).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&path, bytes).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { .. })));
}
