//! What a record withstands: a full disk, a folder that may not be written, two writers, a file cut short, bits
//! that flip. It opens or says what is wrong; nothing that was committed is lost.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::json;

mod program;

use program::{command, file, folder, path};

#[test]
fn flipped_bits_are_found_or_change_nothing() {
    let folder = folder("trust-flipped");
    let record = built(&folder, 12);
    let (bytes, expected) = (fs::read(&record).unwrap(), exported(&record));
    assert!(dateline(&["check", path(&record)]).status.success());
    let flipped = folder.join("flipped.dateline");
    let mut found = 0;
    // A prime step, so that places in pages differ.
    for at in (0..bytes.len()).step_by((bytes.len() / 60) | 1) {
        let mut copy = bytes.clone();
        copy[at] ^= 1 << (at % 8);
        fs::write(&flipped, copy).unwrap();
        let checked = dateline(&["check", path(&flipped)]);
        match checked.status.code() {
            Some(0) => assert_eq!(exported(&flipped), expected, "byte {at} is another, and nobody says so"),
            Some(1) => {
                found += 1;
                assert!(!checked.stdout.is_empty() || text(&checked.stderr).contains("flipped"), "byte {at}");
            }
            code => panic!("byte {at}: {code:?} {}", text(&checked.stderr)),
        }
        for call in [vec!["show"], vec!["export", "--format", "jsonl"], vec!["search", "bomb"]] {
            let output = dateline(&[&call[..1], &[path(&flipped)], &call[1..]].concat());
            assert!(
                matches!(output.status.code(), Some(0 | 1)),
                "byte {at}: {call:?} {}",
                text(&output.stderr)
            );
        }
    }
    // Much of a small record is room that nothing fills yet.
    assert!(found > 5, "{found} found");
}

#[test]
fn a_file_cut_short_is_told() {
    let folder = folder("trust-cut");
    let record = built(&folder, 6);
    let bytes = fs::read(&record).unwrap();
    for length in [bytes.len() - 1, bytes.len() / 2, 4096, 100, 50] {
        let cut = folder.join("cut.dateline");
        fs::write(&cut, &bytes[..length]).unwrap();
        for call in ["check", "show"] {
            let output = dateline(&[call, path(&cut)]);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{call} of {length} bytes: {said}");
            assert!(said.contains("cut.dateline: is "), "{call} of {length} bytes: {said}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let folder = folder("trust-full");
    let all = file(&folder, "all.jsonl", &pile(150));
    let whole = folder.join("whole.dateline");
    assert!(dateline(&["build", "--as-is", "--quiet", "-o", path(&whole), path(&all)]).status.success());
    let record = folder.join("r.dateline");
    // A limit on the size of files ends as a full disk does: the write fails.
    let room = fs::metadata(&whole).unwrap().len() / 1024 / 2;
    let line = format!(
        "trap '' XFSZ; ulimit -f {room}; exec '{}' build --as-is --quiet -o '{}' '{}'",
        env!("CARGO_BIN_EXE_dateline"),
        path(&record),
        path(&all)
    );
    let output = std::process::Command::new("bash").args(["-c", &line]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("make room"), "{}", text(&output.stderr));
    let checked = dateline(&["check", path(&record)]);
    assert!(checked.status.success(), "{}{}", text(&checked.stdout), text(&checked.stderr));
    assert!(dateline(&["build", "--as-is", "--quiet", "-o", path(&record), path(&all)]).status.success());
    assert_eq!(exported(&record), exported(&whole));
}

#[test]
fn two_writers_do_not_meet() {
    let folder = folder("trust-two");
    let record = built(&folder, 4);
    let more = file(&folder, "more.jsonl", &pile(90));
    let call = ["build", "--as-is", "--quiet", "-o", path(&record), path(&more)];
    let (mut first, mut second) = (command(&call).spawn().unwrap(), command(&call).spawn().unwrap());
    let ended = [first.wait().unwrap().code(), second.wait().unwrap().code()];
    // The second waited until the first was done, or was told who writes.
    assert!(ended.contains(&Some(0)) && ended.iter().all(|code| matches!(code, Some(0 | 1))), "{ended:?}");
    assert!(dateline(&["check", path(&record)]).status.success());
    let alone = folder.join("alone.dateline");
    assert!(dateline(&["build", "--as-is", "--quiet", "-o", path(&alone), path(&more)]).status.success());
    assert_eq!(exported(&record), exported(&alone));
}

/// So many reports of a few happenings.
fn pile(reports: usize) -> Vec<String> {
    let told = [
        "A car bomb killed at least 14 people in Dorvin on Tuesday, police said. The market was full of buyers.",
        "President Ida Brask phoned Prime Minister Olaf Tern on Wednesday. They spoke about the canal.",
        "Some 3,000 bakers marched through Selma Hill on Thursday against the price of flour, their union said.",
        "Police arrested six smugglers in Tarnapur on Friday. \"We had watched them,\" Captain Ada Lind said.",
    ];
    let report = |n: usize| {
        let published = format!("2019-{:02}-{:02}", 3 + n / 48 % 9, 4 + n % 4 + 7 * (n / 12 % 3));
        let text = format!("{}\n\nThis is report number {n}.", told[n % 4]);
        json!({"id": format!("report-{n:03}"), "publisher": "Gulf Ledger", "published": published, "text": text})
            .to_string()
    };
    (0..reports).map(report).collect()
}

fn built(folder: &Path, reports: usize) -> std::path::PathBuf {
    let all = file(folder, "all.jsonl", &pile(reports));
    let record = folder.join("r.dateline");
    let output = dateline(&["build", "--as-is", "--quiet", "-o", path(&record), path(&all)]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    record
}

fn exported(record: &Path) -> String {
    let output = dateline(&["export", path(record), "--format", "jsonl"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn dateline(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
