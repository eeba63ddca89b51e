//! Pages and records that mean harm to who reads them: to a terminal, a spreadsheet, a browser, or Dateline itself.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::json;

mod program;

use program::{command, file, folder, path};

/// Every form of `dateline export` that is one file.
const FORMS: [&str; 9] =
    ["jsonl", "csv", "eventreport", "gdelt", "plover", "annotation", "jsonld", "ftm", "html"];

/// Colours, a window's name, a cleared screen, a C1 control, what turns the direction of writing.
const ORDERS: &str = "\u{1b}[31m\u{1b}]0;owned\u{7}\u{1b}[2J\r\u{9b}1m\u{202e}";

#[test]
fn no_word_is_an_order_to_the_terminal() {
    let folder = folder("hostile-terminal");
    let line = |n: u32| {
        let text = format!(
            "President Ida {ORDERS} Brask phoned Prime Minister Olaf Tern on Wednesday. They spoke about {ORDERS} the canal.\n\n\
             \"We {ORDERS} saw nothing,\" Captain Ada Lind said. At least {n} people were killed in Dorvin on Tuesday, police said."
        );
        let (headline, publisher) = (format!("Brask {ORDERS} phones Tern"), format!("{ORDERS} Post"));
        json!({"id": format!("{n} {ORDERS}"), "publisher": publisher, "published": "2019-03-07", "headline": headline,
            "byline": format!("By {ORDERS}"), "text": text})
        .to_string()
    };
    let pile = file(&folder, "pile.jsonl", &[line(14), line(17), format!("{{\"id\": \"{ORDERS}\"")]);
    let named = folder.join(format!("{ORDERS}.html"));
    fs::write(&named, b"\x89PNG\r\n\x1a\n").unwrap();
    let (record, other) = (folder.join("r.dateline"), folder.join("other.dateline"));
    let build = |record: &Path| said(&["build", "--as-is", "-o", path(record), path(&pile), path(&named)]);
    let mut all = vec![build(&record)];
    let one = file(&folder, "one.jsonl", &[line(3)]);
    all.push(said(&["build", "--as-is", "-o", path(&other), path(&one)]));
    let shown = said(&["show", path(&record)]);
    let event = shown.lines().map(str::trim).find(|line| line.starts_with("2019-") && !line.contains(' '));
    let event = event.unwrap_or_else(|| panic!("no event: {shown}")).to_owned();
    let correct =
        ["correct", path(&record), "reject", &event, "nobody \u{1b}[31m", "--why", ORDERS, "--who", ORDERS];
    for call in [
        vec!["show", path(&record), &event],
        vec!["show", path(&record), ORDERS],
        vec!["search", path(&record), "canal"],
        vec!["search", path(&record), "speaker:lind"],
        vec!["diff", path(&record), path(&other)],
        vec!["check", path(&record)],
        correct.to_vec(),
        vec!["correct", path(&record), "list"],
        vec!["extract", "--readable", "--as-is", path(&pile), path(&named)],
        vec!["annotate", "--readable", "--as-is", path(&pile)],
        vec!["show", &format!("{ORDERS}.dateline")],
    ] {
        all.push(said(&call));
    }
    all.push(shown);
    let told = all.concat();
    assert!(told.contains("Brask") && told.contains('␛') && told.contains("canal"), "{told}");
    let orders =
        |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}');
    let first = told.lines().find(|line| line.contains(orders));
    assert_eq!(first.map(|line| format!("{line:?}")), None);
}

#[test]
fn no_cell_is_a_formula() {
    let folder = folder("hostile-cells");
    let harm = "=HYPERLINK(\"http://x.example\";\"open\")";
    let line = |n: u32| {
        let text = format!(
            "-2+3+cmd|' /C calc'!A0 said that President Ida Brask phoned Prime Minister Olaf Tern on Wednesday.\n\n\
             @SUM(A1) said at least {n} people were killed in Dorvin on Tuesday."
        );
        json!({"id": format!("{harm}{n}"), "publisher": harm, "published": "2019-03-07", "headline": harm, "text": text})
            .to_string()
    };
    let pile = file(&folder, "pile.jsonl", &[line(14), line(17)]);
    let (record, tables) = (folder.join("r.dateline"), folder.join("tables"));
    said(&["build", "--as-is", "--quiet", "-o", path(&record), path(&pile)]);
    said(&["export", path(&record), "--format", "csv", "-o", path(&tables)]);
    let mut texts: Vec<String> = ["eventreport", "gdelt", "plover"]
        .map(|form| said(&["export", path(&record), "--format", form]))
        .into();
    texts.extend(
        fs::read_dir(&tables).unwrap().map(|table| fs::read_to_string(table.unwrap().path()).unwrap()),
    );
    let all = texts.join("\n");
    assert!(all.contains("'=HYPERLINK"), "{all}");
    for begin in ["\n=", ",=", ",\"=", "\t=", "\n@", ",@", ",\"@", "\t@", ",-2+", "\t-2+", "\n\"="] {
        assert!(!all.contains(begin), "{begin:?} in {all}");
    }
}

#[test]
fn an_exported_page_runs_nothing() {
    let folder = folder("hostile-page");
    let record = built(&folder);
    let page = said(&["export", path(&record), "--format", "html"]);
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
    let stranger = changed(&folder, &record, "\"agreement\":\"single\"", "\"agreement\":\"\\\"<b>x\"");
    let page = said(&["export", path(&stranger), "--format", "html"]);
    assert!(page.contains("&quot;&lt;b&gt;x") && !page.contains("<b>"), "{page}");
}

#[test]
fn the_lines_of_a_stranger_break_nothing() {
    let folder = folder("hostile-lines");
    let record = built(&folder);
    let mut told = 0;
    for (from, to) in [
        ("{\"event\":\"", "[\"event\":\""),
        ("{\"event\":\"", "{\"\u{1b}vent\":\""),
        ("\"start\":1", "\"start\":9"),
        ("\"start\":", "\"stort\":"),
        ("\"end\":1", "\"end\":0"),
        ("\"end\":2", "\"end\":-"),
        ("\"citations\":[{", "\"citations\":{["),
        ("\"citations\":", "\"citatioms\":"),
        ("\"accounts\":[", "\"accountz\":["),
        ("\"participants\":[", "\"participantz\":["),
        ("\"time\":{\"value\":\"2019-", "\"time\":{\"value\":\"9999-"),
        ("\"value\":\"2019-03-", "\"value\":\"2019-99-"),
        ("\"independent_accounts\":1", "\"independent_accounts\":9"),
        ("\"independent_accounts\":1", "\"independent_accounts\":x"),
        ("\"killed\"", "\"\\u0000\""),
        ("\"min\":1", "\"min\":-"),
        ("\"max\":1", "\"mAx\":1"),
        ("\"quote\":\"A", "\"quote\":\"\u{1b}"),
        ("\"id\":\"report-0", "\"id\":\"repart-0"),
        ("\"fields\":{", "\"fields\":["),
    ] {
        let stranger = changed(&folder, &record, from, to);
        told += u32::from(!whole(&stranger));
        let mut calls = vec![
            vec!["show"],
            vec!["show", "2019-"],
            vec!["search", "bomb"],
            vec!["diff", path(&record)],
            vec!["correct", "list"],
            vec!["check"],
        ];
        calls.extend(FORMS.map(|form| vec!["export", "--format", form]));
        for call in calls {
            let call = [&call[..1], &[path(&stranger)], &call[1..]].concat();
            let output = command(&call).output().unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{to}: {call:?}: {error}");
            assert!(!error.contains("panicked"), "{to}: {call:?}: {error}");
        }
    }
    assert_eq!(told, 20, "what was changed in a line is told by `check`");
}

/// A record of a few happenings.
fn built(folder: &Path) -> PathBuf {
    let told = [
        "A car bomb killed at least 14 people in Dorvin on Tuesday, police said. The market was full of buyers.",
        "A car bomb killed 11 people in Dorvin on Tuesday, a doctor said. The market was full of buyers.",
        "President Ida Brask phoned Prime Minister Olaf Tern on Wednesday. They spoke about the canal.",
    ];
    let line = |(n, text): (usize, &&str)| {
        json!({"id": format!("report-{n:03}"), "publisher": "Gulf Ledger", "published": "2019-03-07", "text": text})
            .to_string()
    };
    let pile = file(folder, "pile.jsonl", &told.iter().enumerate().map(line).collect::<Vec<_>>());
    let record = folder.join("r.dateline");
    said(&["build", "--as-is", "--quiet", "-o", path(&record), path(&pile)]);
    assert!(whole(&record));
    record
}

/// A copy of the record in which the words stand otherwise, as a stranger may write them who knows the form of the
/// file: of the same length, so that it is a file as before to SQLite.
fn changed(folder: &Path, record: &Path, from: &str, to: &str) -> PathBuf {
    assert_eq!(from.len(), to.len(), "{from}");
    let mut bytes = fs::read(record).unwrap();
    let places: Vec<usize> = bytes
        .windows(from.len())
        .enumerate()
        .filter(|(_, words)| *words == from.as_bytes())
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty(), "no line holds {from}");
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    let copy = folder.join("stranger.dateline");
    fs::write(&copy, bytes).unwrap();
    copy
}

fn whole(record: &Path) -> bool {
    command(&["check", path(record)]).output().unwrap().status.success()
}

/// What the program says, on both ways out.
fn said(call: &[&str]) -> String {
    let Output { stdout, stderr, status } = command(call).output().unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{call:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap()
}
