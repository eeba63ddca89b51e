//! A record that is built from what `annotate` printed is the record that is built from the pages.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};

mod program;

use program::{command, file, folder, path};

#[test]
fn the_record_of_annotations_is_that_of_the_pages() {
    let folder = folder("annotations-same");
    let pile = pile(&folder);
    let expected = built(&folder, "pages.dateline", &[&pile, samples()]);
    assert!(expected.lines().count() > 5, "the pile tells of events: {expected}");
    let annotated = printed(&folder, "all.jsonl", &["--for-build", &pile, samples()]);
    assert_eq!(built(&folder, "annotations.dateline", &["--from-annotations", &annotated]), expected);

    // Of the statements, the words and their places too; and what else the file keeps of a report.
    for table in ["csv", "annotation", "jsonld"] {
        let [a, b] = ["pages.dateline", "annotations.dateline"].map(|name| export(&folder.join(name), table));
        assert_eq!(a, b, "export --format {table}");
    }
    let told = text(&dateline(&[
        "diff",
        path(&folder.join("pages.dateline")),
        path(&folder.join("annotations.dateline")),
    ]));
    assert!(told.starts_with("both hold the same"), "{told}");
}

#[test]
fn annotations_may_come_in_parts_twice_and_beside_pages() {
    let folder = folder("annotations-parts");
    let pile = pile(&folder);
    let expected = built(&folder, "pages.dateline", &[&pile, samples()]);
    let lines = printed(&folder, "pile.jsonl", &["--for-build", &pile]);
    let record = folder.join("parts.dateline");
    let build = |arguments: &[&str]| {
        summary(&dateline(&[&["build", "--json", "-o", path(&record)], arguments].concat()))
    };
    let first = build(&["--from-annotations", &lines]);
    assert_eq!((&first["read"], &first["known"]), (&json!(7), &json!(0)));
    let again = build(&["--from-annotations", &lines]);
    assert_eq!((&again["read"], &again["known"]), (&json!(0), &json!(7)), "the same lines again");
    let pages = build(&[&pile]);
    assert_eq!((&pages["read"], &pages["known"]), (&json!(0), &json!(7)), "the pages of these lines");
    build(&[samples()]);
    assert_eq!(export(&record, "jsonl"), expected, "annotations, then pages");
    let both = built(&folder, "both.dateline", &[samples(), "--from-annotations", &lines]);
    assert_eq!(both, expected, "pages and annotations at once");
}

#[test]
fn plain_annotations_will_do() {
    let folder = folder("annotations-plain");
    let pile = pile(&folder);
    let expected = built(&folder, "pages.dateline", &[&pile]);
    let lines = printed(&folder, "pile.jsonl", &["--tokens", &pile]);
    assert_eq!(built(&folder, "annotations.dateline", &["--from-annotations", &lines]), expected);
}

#[test]
fn what_is_no_annotation_is_set_aside_with_its_reason() {
    let folder = folder("annotations-bad");
    let pile = pile(&folder);
    let annotated = printed(&folder, "pile.jsonl", &["--for-build", &pile]);
    let good = fs::read_to_string(&annotated).unwrap();
    let moved = good.lines().next().unwrap().replacen("\"text\":\"", "\"text\":\"And then: ", 1);
    let extracted = text(&dateline(&["extract", &pile]));
    let lines: Vec<String> = ["{", extracted.lines().next().unwrap(), &moved, good.lines().nth(1).unwrap()]
        .map(str::to_owned)
        .to_vec();
    let lines = file(&folder, "bad.jsonl", &lines);
    let record = folder.join("r.dateline");
    let output = dateline(&[
        "build",
        "--json",
        "--from-annotations",
        path(&lines),
        "absent.jsonl",
        "-o",
        path(&record),
    ]);
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    let summary = summary(&output);
    assert_eq!(
        (&summary["read"], &summary["set_aside"]),
        (&json!(1), &json!({"bad-annotation": 3, "missing-file": 1}))
    );
    for expected in
        ["line 1: no line of annotations", "line 2: has no `accounts`", "does not stand where the line says"]
    {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

/// Reports of two happenings, some copied, with letters of more than one byte, a foreign one, and two of one name.
fn pile(folder: &Path) -> String {
    let prose =
        "Rebels shelled the harbour of Orsk on Monday, killing 12 civilians, the mayor, André Levý, said.";
    let other = "“We shall rebuild it,” Levý told reporters in Orsk on Tuesday. Rebels killed at least 14 people there on Monday.";
    let lines = [
        json!({"id": "a", "published": "2019-03-05", "publisher": "Orsk Ledger", "headline": "Rebels shell Orsk’s harbour, killing 12", "text": prose}),
        json!({"id": "b", "published": "2019-03-06", "publisher": "Día", "text": format!("{prose}\n\nThe port is closed.")}),
        json!({"id": "c", "published": "2019-03-06", "url": "https://ledger.example/2019/03/06/c", "text": other}),
        json!({"id": "d", "published": "2019-03-06", "html": format!("<html><head><title>Orsk &amp; after</title></head><body><h1>Orsk &amp; after</h1><p>{other} It is quiet now &ndash; for once, people in the town say.</p></body></html>")}),
        json!({"id": "e", "published": "2019-03-06", "text": "Les rebelles ont bombardé le port d’Orsk lundi, tuant douze civils, a déclaré le maire de la ville devant la presse étrangère."}),
        json!({"id": "f", "published": "2019-03-12", "text": "Maret telephoned President Veresh on Monday and the two discussed the ceasefire in Karna, a spokesman said."}),
        json!({"id": "f", "published": "2019-03-12", "text": "Veresh and Maret spoke by phone on Monday about the ceasefire, the presidency said."}),
    ];
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    path(&file(folder, "pile.jsonl", &lines)).to_owned()
}

fn samples() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports")
}

/// The lines that `annotate` prints, in a file.
fn printed(folder: &Path, name: &str, arguments: &[&str]) -> String {
    let file = folder.join("annotated").join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, dateline(&[&["annotate"], arguments].concat()).stdout).unwrap();
    path(&file).to_owned()
}

/// What a record that is built so holds.
fn built(folder: &Path, name: &str, arguments: &[&str]) -> String {
    let record: PathBuf = folder.join(name);
    let output = dateline(&[&["build", "-o", path(&record)], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    export(&record, "jsonl")
}

fn export(record: &Path, format: &str) -> String {
    text(&dateline(&["export", path(record), "--format", format]))
}

fn summary(output: &Output) -> Value {
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    serde_json::from_str(told.lines().last().unwrap()).unwrap_or_else(|error| panic!("{error}: {told}"))
}

fn dateline(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}
