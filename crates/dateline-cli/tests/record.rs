//! The main job by the real binary: a record is the same however it came to be, goes on where it was
//! stopped, and loses what is to be forgotten.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::Path;
use std::process::Output;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

mod program;

use program::{command, file, folder, path};

#[test]
fn built_at_once_in_parts_or_on_many_threads_it_is_the_same() {
    let folder = folder("record-same");
    let mut lines = pile(12);
    // Two texts of one name, in two parts of the pile.
    let other = "Rebels released six engineers near Orsk on Monday, their company said.";
    lines.push(json!({"id": "report-003", "published": "2019-03-12", "text": other}).to_string());
    let all = file(&folder, "all.jsonl", &lines);
    let once = folder.join("once.dateline");
    let first = summary(&build(&[&all], &once, &["--threads", "2"]));
    assert_eq!((&first["read"], &first["known"], &first["articles"]), (&json!(13), &json!(0), &json!(13)));
    let expected = export(&once, "jsonl");
    assert!(expected.lines().count() >= 3, "the pile tells of events: {expected}");

    let again = summary(&build(&[&all], &once, &[]));
    assert_eq!((&again["read"], &again["known"]), (&json!(0), &json!(13)));
    assert_eq!(export(&once, "jsonl"), expected, "built twice");
    assert!(expected.contains("\"report-003#"), "two texts of one name are told apart");

    let parts = folder.join("parts.dateline");
    for (number, part) in lines.chunks(5).enumerate().rev() {
        let part = file(&folder, &format!("part-{number}.jsonl"), part);
        build(&[&part], &parts, &["--threads", "1"]);
    }
    assert_eq!(export(&parts, "jsonl"), expected, "built in parts, last part first");

    let many = folder.join("many.dateline");
    build(&[&all], &many, &["--threads", "8", "--no-captures"]);
    assert_eq!(export(&many, "jsonl"), expected, "built on eight threads");
    let told = text(&dateline(&["diff", path(&once), path(&many)]).stdout);
    assert!(told.starts_with("both hold the same"), "{told}");
}

#[test]
fn what_is_new_is_compared_with_what_is_near() {
    let folder = folder("record-nearby");
    let lines = pile(40);
    let all = file(&folder, "all.jsonl", &lines);
    let (once, grown) = (folder.join("once.dateline"), folder.join("grown.dateline"));
    build(&[&all], &once, &[]);
    let expected = export(&once, "jsonl");

    let first = file(&folder, "first.jsonl", &lines[..36]);
    build(&[&first], &grown, &[]);
    let before = export(&grown, "jsonl");
    let second = file(&folder, "second.jsonl", &lines[36..]);
    let told = text(&dateline(&["build", "--as-is", path(&second), "-o", path(&grown), "--nearby"]).stderr);
    assert!(told.contains("4 reports compared with those nearby alone"), "{told}");
    assert!(text(&dateline(&["show", path(&grown)]).stdout).contains("nearby alone"));
    let nearby = export(&grown, "jsonl");
    for line in before.lines() {
        // Each event of before is there still, as it was or with more accounts.
        let event: Value = serde_json::from_str(line).unwrap();
        assert!(nearby.contains(event["event"].as_str().unwrap()), "{}", event["event"]);
    }
    assert!(nearby.contains("report-039"), "what is new is told");
    assert!(dateline(&["check", path(&grown)]).status.success());

    // Nothing new: nothing is compared. Without the flag all are.
    let again = dateline(&["build", "--as-is", path(&second), "-o", path(&grown), "--nearby"]);
    assert!(text(&again.stderr).contains("nearby alone"));
    assert!(!text(&dateline(&["build", "-o", path(&grown)]).stderr).contains("nearby alone"));
    assert_eq!(export(&grown, "jsonl"), expected, "compared whole it is what it would have been at once");
}

#[test]
fn every_citation_stands_at_its_place() {
    let folder = folder("record-cited");
    let all = file(&folder, "all.jsonl", &pile(8));
    let record = folder.join("r.dateline");
    build(&[&all], &record, &[]);
    let extracted = text(&dateline(&["extract", "--as-is", path(&all)]).stdout);
    let texts: Vec<Value> = extracted.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text_of = |id: &str| texts.iter().find(|text| text["id"] == id).unwrap()["text"].as_str().unwrap();
    let mut checked = 0;
    for event in export(&record, "jsonl").lines() {
        let (event, mut citations): (Value, _) = (serde_json::from_str(event).unwrap(), Vec::new());
        gather(&event, &mut citations);
        for citation in citations {
            let (Some(start), Some(end)) = (citation["start"].as_u64(), citation["end"].as_u64()) else {
                continue;
            };
            let words = text_of(citation["id"].as_str().unwrap()).chars();
            let words: String = words.skip(start as usize).take((end - start) as usize).collect();
            assert_eq!(citation["quote"], words.as_str(), "{citation}");
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} citations");
}

#[test]
fn a_killed_build_goes_on() {
    let folder = folder("record-killed");
    let all = file(&folder, "all.jsonl", &pile(200));
    let record = folder.join("r.dateline");
    let call = ["build", "--as-is", "--threads", "1", "--quiet", "-o", path(&record), path(&all)];
    let mut running = command(&call).spawn().unwrap();
    // As soon as a batch is committed the file shows reports; then it is killed.
    let ended = loop {
        if let Some(ended) = running.try_wait().unwrap() {
            break ended;
        }
        if text(&dateline(&["show", path(&record)]).stdout).starts_with(|c: char| ('1'..='9').contains(&c)) {
            running.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(20));
    };
    assert!(!ended.success(), "the build was over before it could be killed");
    let shown = dateline(&["show", path(&record)]);
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    let second = summary(&build(&[&all], &record, &[]));
    assert!(second["known"].as_u64().unwrap() >= 64, "{second}");
    assert!(second["read"].as_u64().unwrap() > 0, "{second}");
    assert_eq!(second["articles"], 200);
    let whole = folder.join("whole.dateline");
    build(&[&all], &whole, &[]);
    assert_eq!(export(&record, "jsonl"), export(&whole, "jsonl"));
}

#[test]
fn what_is_forgotten_is_as_if_it_never_was() {
    let folder = folder("record-forget");
    let lines = pile(8);
    let (all, less) = (file(&folder, "all.jsonl", &lines), file(&folder, "less.jsonl", &lines[1..]));
    let (record, never) = (folder.join("r.dateline"), folder.join("never.dateline"));
    build(&[&all], &record, &[]);
    build(&[&less], &never, &[]);
    let wrong = dateline(&["forget", path(&record), "no-such-report"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("no-such-report"), "{}", text(&wrong.stderr));
    let done = dateline(&["forget", path(&record), "report-000"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(export(&record, "jsonl"), export(&never, "jsonl"));
    // The town of the first report stands in no other.
    let bytes = fs::read(&record).unwrap().to_ascii_lowercase();
    assert!(!bytes.windows(8).any(|part| part == b"quillond"), "a word of the report is left in the file");
}

#[test]
fn every_form_of_export_is_of_its_form() {
    let folder = folder("record-forms");
    let all = file(&folder, "all.jsonl", &pile(8));
    let record = folder.join("r.dateline");
    build(&[&all], &record, &[]);
    let columns = |form: &str, mark: char| {
        let table = export(&record, form);
        table.lines().map(|row| row.split(mark).count()).collect::<Vec<_>>()
    };
    assert!(columns("gdelt", '\t').iter().all(|n| *n == 61));
    assert!(columns("plover", '\t').iter().all(|n| *n == 40));
    for form in ["jsonld", "annotation"] {
        let graph: Value = serde_json::from_str(&export(&record, form)).unwrap();
        assert!(graph["@context"].is_string() || graph["@context"].is_object(), "{form}");
    }
    for line in export(&record, "ftm").lines() {
        let entity: Value = serde_json::from_str(line).unwrap();
        assert!(entity["id"].is_string() && entity["schema"].is_string() && entity["properties"].is_object());
    }
    let page = export(&record, "html");
    assert!(page.starts_with("<!doctype html>") && !page.contains("<script") && !page.contains("http://"));
    for form in ["csv", "eventreport"] {
        assert!(export(&record, form).lines().count() > 3, "{form}");
    }
    let tables = folder.join("tables");
    assert!(dateline(&["export", path(&record), "--format", "csv", "-o", path(&tables)]).status.success());
    for name in ["events.csv", "accounts.csv", "statements.csv"] {
        assert!(tables.join(name).is_file(), "{name}");
    }
}

#[test]
fn what_cannot_be_done_is_told() {
    let folder = folder("record-told");
    let notes = folder.join("notes.txt");
    fs::write(&notes, "These are notes.\n".repeat(100)).unwrap();
    for call in [
        vec!["show", path(&notes)],
        vec!["export", path(&notes), "--format", "jsonl"],
        vec!["build", path(&notes), "-o", path(&notes)],
        vec!["forget", path(&notes), "a"],
        vec!["search", path(&notes), "words"],
    ] {
        let output = dateline(&call);
        assert_eq!(output.status.code(), Some(1), "{call:?}");
        assert!(text(&output.stderr).contains("notes.txt: is not a record"), "{}", text(&output.stderr));
    }
    assert_eq!(fs::read_to_string(&notes).unwrap(), "These are notes.\n".repeat(100));
}

/// So many short reports of seven happenings, by three outlets, each happening told by several.
fn pile(reports: usize) -> Vec<String> {
    let told = [
        "Masked men kidnapped the mayor of Quillondale on Monday, his deputy said.",
        "A car bomb killed at least 12 people in Merin on Tuesday, police said. The market was full of buyers.",
        "President Ada Brenn phoned Prime Minister Karl Ost on Wednesday. They spoke about the gas pipeline.",
        "Some 4,000 farmers marched through Velin on Thursday against the price of seed, the union said.",
        "Police arrested nine smugglers in Karnapur on Friday. \"We had watched them for weeks,\" Captain Ida Lund said.",
        "Foreign Minister Olga Rask visited Saren Hill on Saturday and met King Tarek. Rask praised the harvest.",
        "Artillery fire wounded 30 soldiers near Dobrin on Sunday, the Defence Ministry said in a statement.",
    ];
    let outlets = ["Karna Daily", "Gulf Ledger", "Velinsk Post"];
    let report = |n: usize| {
        // The first happening has one report, the others have pairs of them, week after week.
        let happening = if n == 0 { 0 } else { 1 + n / 2 % 6 };
        let published = format!("2019-{:02}-{:02}", 3 + n / 48 % 9, 4 + happening + 7 * (n / 12 % 3));
        let text = format!("{}\n\nThis is report number {n}.", told[happening]);
        json!({"id": format!("report-{n:03}"), "publisher": outlets[n % 3], "published": published, "text": text})
            .to_string()
    };
    (0..reports).map(report).collect()
}

fn build(inputs: &[&Path], record: &Path, flags: &[&str]) -> Output {
    let mut call = vec!["build", "--as-is", "--json", "-o", path(record)];
    call.extend(flags);
    call.extend(inputs.iter().map(|input| path(input)));
    let output = dateline(&call);
    assert!(output.status.success(), "{call:?}\n{}", text(&output.stderr));
    output
}

fn summary(output: &Output) -> Value {
    serde_json::from_str(text(&output.stderr).lines().last().unwrap()).unwrap()
}

fn export(record: &Path, form: &str) -> String {
    let output = dateline(&["export", path(record), "--format", form]);
    assert!(output.status.success(), "{form}\n{}", text(&output.stderr));
    text(&output.stdout)
}

fn gather<'a>(value: &'a Value, citations: &mut Vec<&'a Value>) {
    match value {
        Value::Object(parts) if parts.contains_key("quote") => citations.push(value),
        Value::Object(parts) => parts.values().for_each(|part| gather(part, citations)),
        Value::Array(items) => items.iter().for_each(|item| gather(item, citations)),
        _ => {}
    }
}

fn dateline(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
