//! What the sample reports share, found by the real binary, against what a careful reader finds.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files should say so loudly")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports")
}

fn run(arguments: &[&str]) -> Vec<Value> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_dateline")).args(arguments).arg(samples()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn expected(list: &str) -> Vec<Value> {
    let all: Value =
        serde_json::from_slice(&std::fs::read(samples().join("expected.json")).unwrap()).unwrap();
    all[list].as_array().unwrap().clone()
}

/// Two ids, the lesser first.
fn ends(row: &Value) -> (String, String) {
    let id = |end: &Value| end["id"].as_str().or(end.as_str()).unwrap().to_owned();
    let (a, b) = (id(&row["a"]), id(&row["b"]));
    if a < b { (a, b) } else { (b, a) }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn pairs_are_related_as_a_careful_reader_says() {
    let found: BTreeMap<_, _> =
        run(&["reuse", "--pairs"]).iter().map(|row| (ends(row), row["relation"].clone())).collect();
    for pair in expected("relations") {
        let relation = found.get(&ends(&pair)).cloned().unwrap_or("independent".into());
        assert_eq!(relation, pair["relation"], "{pair}");
    }
}

#[test]
fn shared_prose_is_found_and_shared_speech_is_not() {
    let texts: BTreeMap<String, String> = run(&["extract"])
        .iter()
        .map(|row| (row["id"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned()))
        .collect();
    let passages = run(&["reuse"]);
    let quotes = |ends_of: &(String, String)| -> Vec<String> {
        let of_pair = passages.iter().filter(|row| ends(row) == *ends_of);
        of_pair.flat_map(|row| [quote(&row["a"], &texts), quote(&row["b"], &texts)]).collect()
    };
    for shared in expected("shared_passages") {
        let text = folded(shared["text"].as_str().unwrap());
        let found = quotes(&ends(&shared));
        assert_eq!(found.iter().filter(|quote| quote.contains(&text)).count(), 2, "{shared}\n{found:#?}");
    }
    for spoken in expected("shared_quotations") {
        let text = folded(spoken["text"].as_str().unwrap());
        assert!(!quotes(&ends(&spoken)).iter().any(|quote| quote.contains(&text)), "{spoken}");
    }
}

fn quote(end: &Value, texts: &BTreeMap<String, String>) -> String {
    let place = |name: &str| usize::try_from(end[name].as_u64().unwrap()).unwrap();
    let (start, stop) = (place("start"), place("end"));
    folded(&texts[end["id"].as_str().unwrap()].chars().skip(start).take(stop - start).collect::<String>())
}

#[test]
fn threads_and_order_change_no_byte() {
    let files: Vec<String> = std::fs::read_dir(samples())
        .unwrap()
        .map(|file| file.unwrap().path().display().to_string())
        .filter(|name| !name.ends_with("expected.json") && !name.ends_with("README.md"))
        .collect();
    let printed = |threads: &str, files: &[String]| {
        let call = ["reuse", "--quiet", "--pairs", "--threads", threads];
        Command::new(env!("CARGO_BIN_EXE_dateline")).args(call).args(files).output().unwrap().stdout
    };
    let reversed: Vec<String> = files.iter().rev().cloned().collect();
    assert!(!printed("1", &files).is_empty());
    assert_eq!(printed("1", &files), printed("4", &reversed));
}
