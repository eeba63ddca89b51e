//! Behaviour told as prose: runs the real binary on every case in the repository's tests/suite.
//!
//! # How a case is written
//!
//! A Markdown file is about one subject, a folder about one stage. `# ` names the subject; each `## `
//! begins a case, and its heading says what the case shows. Prose stands anywhere. Of the fenced
//! blocks, the first word after the language says what the block is; other blocks are prose.
//!
//! | block | meaning |
//! |---|---|
//! | `text input NAME` | a file of the case's own folder, written as it stands; any language word will do |
//! | `text input NAME escaped` | the same, with `\xE9` for a byte, `\0` for a NUL and `\\` for a backslash |
//! | `text input -` | what the program reads on standard input |
//! | `sh first` | a call made before, of which nothing is expected |
//! | `sh command` | the call, one line; without it, `dateline extract` with all inputs in their order |
//! | `json expect` | what must be printed: one object, or several one after another, one for each line |
//! | `text errors` | each line must stand in what the program says on standard error |
//! | `text exit` | the exit code, where it is not 0 |
//! | `text planned` | why the case need not hold yet; when it holds, the block must go |
//!
//! What is expected is the least that must hold. An object may have more fields than expected. A list
//! holds the expected items in their order, with others between them; `[]` expects an empty list.
//! In a string, `…` stands for any text.
//!
//! `SUITE=words cargo test --test suite` runs the cases whose file or heading holds the words.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files should say so loudly")]

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use case::Case;
use serde_json::Value;

mod case;
mod subset;

#[test]
fn the_suite_holds() {
    let wanted = std::env::var("SUITE").unwrap_or_default();
    let cases: Vec<Case> = all_cases().into_iter().filter(|case| case.name.contains(&wanted)).collect();
    let failures: Vec<Failure<'_>> =
        cases.iter().enumerate().filter_map(|(n, case)| failure(n, case)).collect();
    let report: String = failures.iter().map(Failure::to_string).collect();
    assert!(failures.is_empty(), "{} of {} cases do not hold\n{report}", failures.len(), cases.len());
    assert!(!cases.is_empty(), "no case named {wanted:?}");
}

/// A case that does not hold, with all that is needed to see why.
struct Failure<'a> {
    case: &'a Case,
    differences: Vec<String>,
    output: Output,
}

impl fmt::Display for Failure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n== {}\n   dateline {}", self.case.name, self.case.arguments.join(" "))?;
        self.differences.iter().try_for_each(|difference| writeln!(f, "   {difference}"))?;
        writeln!(f, "-- printed\n{}", String::from_utf8_lossy(&self.output.stdout).trim_end())?;
        writeln!(f, "-- on standard error\n{}", String::from_utf8_lossy(&self.output.stderr).trim_end())
    }
}

/// Runs the case in a folder of its own and compares.
fn failure(number: usize, case: &Case) -> Option<Failure<'_>> {
    let folder = fresh_folder(number);
    for (name, bytes) in &case.files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    for call in &case.first {
        run(call, &[], &folder).unwrap();
    }
    let output = run(&case.arguments, &case.stdin, &folder).unwrap();
    let mut differences = differences(case, &output);
    match (&case.planned, differences.is_empty()) {
        (Some(_), true) => differences.push("holds by now: take its `planned` block away".to_owned()),
        (Some(_), false) => differences.clear(),
        (None, _) => {}
    }
    (!differences.is_empty()).then_some(Failure { case, differences, output })
}

fn run(arguments: &[String], stdin: &[u8], folder: &Path) -> io::Result<Output> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // A program that does not read its input closes the pipe; that is no fault of the case.
    let _ = program.stdin.take().map(|mut pipe| pipe.write_all(stdin));
    program.wait_with_output()
}

/// Everything that is not as expected.
fn differences(case: &Case, output: &Output) -> Vec<String> {
    let mut differences = Vec::new();
    if output.status.code() != Some(case.exit) {
        differences.push(format!("exit: expected {}, got {:?}", case.exit, output.status.code()));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let unsaid = case.errors.iter().filter(|line| !subset::holds(&said, line));
    differences.extend(unsaid.map(|line| format!("standard error: expected {line:?}")));
    if let Some(expected) = &case.expected {
        differences.extend(printed_otherwise(expected, &String::from_utf8_lossy(&output.stdout)));
    }
    differences
}

/// Compares what was printed, line by line.
fn printed_otherwise(expected: &[Value], stdout: &str) -> Vec<String> {
    let lines: Vec<&str> = stdout.lines().collect();
    if lines.len() != expected.len() {
        return vec![format!("lines: expected {}, got {}", expected.len(), lines.len())];
    }
    let mut differences = Vec::new();
    for (number, (expected, line)) in expected.iter().zip(lines).enumerate() {
        match serde_json::from_str::<Value>(line) {
            Ok(actual) => {
                subset::compare(&format!("line {}", number + 1), expected, &actual, &mut differences);
            }
            Err(error) => differences.push(format!("line {}: not JSON: {error}", number + 1)),
        }
    }
    differences
}

fn fresh_folder(number: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("suite").join(number.to_string());
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// All cases, in the order of their files.
fn all_cases() -> Vec<Case> {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite");
    let mut files = Vec::new();
    for stage in fs::read_dir(&suite).unwrap() {
        let stage = stage.unwrap().path();
        if stage.is_dir() {
            files.extend(fs::read_dir(stage).unwrap().map(|file| file.unwrap().path()));
        }
    }
    files.sort();
    files.iter().flat_map(|file| cases_of(file.strip_prefix(&suite).unwrap(), file)).collect()
}

fn cases_of(name: &Path, file: &Path) -> Vec<Case> {
    case::read(&name.display().to_string(), &fs::read_to_string(file).unwrap())
}
