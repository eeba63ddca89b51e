//! A record where nothing may be written: it is read all the same, and whoever writes is told why that cannot be.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::json;

mod program;

use program::{command, file, folder, path};

/// The program as somebody whom rights bind. Root is bound by none, so that it gives them up.
fn bound(arguments: &[&str]) -> Command {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    if id.trim_ascii() != b"0" {
        return command(arguments);
    }
    let mut bound = Command::new("setpriv");
    bound.args(["--reuid=65534", "--regid=65534", "--clear-groups", env!("CARGO_BIN_EXE_dateline")]);
    bound.args(arguments).stdin(std::process::Stdio::null()).env_remove("DATELINE_WHO");
    bound
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_record_is_read_where_nothing_may_be_written() {
    let there = folder("read-only");
    let pile = file(&there, "pile.jsonl", &[line(14), line(17)]);
    let record = there.join("r.dateline");
    let built = command(&["build", "--as-is", "--quiet", "-o", path(&record), path(&pile)]).status().unwrap();
    assert!(built.success());
    allow(&record, 0o444);
    allow(&there, 0o555);
    if !bound(&["check", path(&record)]).status().is_ok_and(|status| status.success()) {
        println!("nobody else can reach {}, or there is no setpriv: not tried", there.display());
        return allow(&there, 0o755);
    }
    let told = |call: &[&str]| {
        let output = bound(call).output().unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code(), said)
    };
    for call in [
        vec!["show", path(&record)],
        vec!["search", path(&record), "market"],
        vec!["export", path(&record), "--format", "jsonl"],
        vec!["diff", path(&record), path(&record)],
        vec!["correct", path(&record), "list"],
    ] {
        let (code, said) = told(&call);
        assert_eq!(code, Some(0), "{call:?}: {said}");
    }
    let set = ["correct", path(&record), "undo", "x", "--why", "a trial", "--who", "Ada"];
    let build = ["build", "--as-is", "--quiet", "-o", path(&record), path(&pile)];
    let new = there.join("new.dateline");
    let other = ["build", "--as-is", "--quiet", "-o", path(&new), path(&pile)];
    for call in [&build[..], &set, &["forget", path(&record), "14"], &other] {
        let (code, said) = told(call);
        assert_eq!(code, Some(1), "{call:?}: {said}");
        assert!(said.contains("may not be written"), "{call:?}: {said}");
    }
    // The same where the folder may be written, and the file may not.
    allow(&there, 0o777);
    let more = file(&there, "more.jsonl", &[line(20)]);
    let (code, said) = told(&["build", "--as-is", "--quiet", "-o", path(&record), path(&more)]);
    assert!(code == Some(1) && said.contains("may not be written"), "{said}");
    assert!(command(&["check", path(&record)]).status().unwrap().success());
    allow(&there, 0o755);
}

fn line(n: u32) -> String {
    let text = format!(
        "A car bomb killed at least {n} people in Dorvin on Tuesday, police said. The market was full."
    );
    json!({"id": n, "publisher": "Gulf Ledger", "published": "2019-03-07", "text": text}).to_string()
}
