//! Logs of several persons beside each other: what is joined, where they differ, how far they agree.

#![expect(clippy::unwrap_used, reason = "a field that is misspelled should say so loudly")]

use dateline_correct::combine;
use dateline_model::{AccountAnchor, Change, Correction, CorrectionLog, EventAnchor, QuotedIn, QuotedWords};

fn event(reports: &str) -> EventAnchor {
    let words = QuotedWords { of: QuotedIn::Text, start: 0, end: 3, quote: "met".to_owned() };
    let account = |c: char| AccountAnchor { report: c.to_string(), acts: vec![words.clone()] };
    EventAnchor { name: reports.to_owned(), accounts: reports.chars().map(account).collect() }
}

fn entry(id: &str, when: &str, change: Change) -> Correction {
    let (who, why) = (id.chars().take(3).collect(), "a reason".to_owned());
    Correction { id: id.to_owned(), who, when: when.to_owned(), why, change }
}

fn killed(id: &str, of: &str, value: &str) -> Correction {
    let (field, value) = ("killed".parse().unwrap(), value.to_owned());
    entry(id, "2020-01-02", Change::Set { event: event(of), field, value, evidence: Vec::new() })
}

fn ids(log: &CorrectionLog) -> Vec<&str> {
    log.entries().iter().map(|entry| entry.id.as_str()).collect()
}

#[test]
fn logs_are_joined_by_time_and_each_entry_stands_once() {
    let undo = |id: &str| Change::Undo { correction: id.to_owned() };
    let shared = killed("shared", "a", "1");
    let ada = CorrectionLog::of(vec![
        shared.clone(),
        entry("ada1", "2020-03-01", undo("shared")),
        entry("ada2", "2020-01-01", undo("ada1")),
    ]);
    let ben = CorrectionLog::of(vec![entry("ben1", "2020-02-01T23:30-02:00", undo("x")), shared]);
    let joined = combine(&[ada.clone(), ben.clone()]).log;
    assert_eq!(ids(&joined), ids(&combine(&[ben, ada]).log), "whoever is named first");
    // Of one person's entries a later one never comes first, whatever its clock said.
    assert_eq!(ids(&joined), ["shared", "ben1", "ada1", "ada2"]);
}

#[test]
fn what_both_judge_is_compared_and_what_one_judges_is_not() {
    let ada = vec![
        killed("ada1", "a", "12"),
        killed("ada2", "b", "at least 3"),
        killed("ada3", "c", "7"),
        killed("ada4", "d", "1"),
        entry("ada5", "2020-01-03", Change::Merge { events: vec![event("a"), event("b")] }),
    ];
    let ben = vec![
        killed("ben1", "a", "12"),
        killed("ben2", "b", "3 or more"),
        killed("ben3", "c", "8"),
        entry("ben4", "2020-01-03", Change::Split { event: event("ab"), accounts: event("b").accounts }),
    ];
    let combined = combine(&[CorrectionLog::of(ada), CorrectionLog::of(ben)]);
    let rows: Vec<_> =
        combined.agreement.iter().map(|row| (row.variable.as_str(), row.units, row.alike)).collect();
    assert_eq!(rows, [("events", 1, 0), ("killed", 3, 2)]);
    // Six values: 12, 12, 3+, 3+, 7, 8; one unit of three differs: 1 - 5 * 2 / (36 - 4 - 4 - 1 - 1).
    assert!((combined.agreement[1].alpha.unwrap() - (1.0 - 10.0 / 26.0)).abs() < 1e-9);
    let differing: Vec<_> =
        combined.disagreements.iter().map(|d| (d.variable.as_str(), d.of.as_str())).collect();
    assert_eq!(differing, [("events", "a and b"), ("killed", "killed of c")]);
    let voices: Vec<_> =
        combined.disagreements[1].voices.iter().map(|v| (v.who.as_str(), v.value.as_str())).collect();
    assert_eq!(voices, [("ada", "7"), ("ben", "8")]);
}

#[test]
fn what_is_undone_is_not_judged() {
    let undone = vec![
        killed("ada1", "a", "12"),
        entry("ada2", "2020-02-02", Change::Undo { correction: "ada1".to_owned() }),
    ];
    let ben = vec![killed("ben1", "a", "13")];
    let combined = combine(&[CorrectionLog::of(undone), CorrectionLog::of(ben)]);
    assert!(combined.agreement.is_empty() && combined.disagreements.is_empty());
    assert_eq!(combined.log.entries().len(), 3);
}
