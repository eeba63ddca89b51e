//! The real binary, called as a user calls it: exit codes, help, pipes, threads and offsets.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

#[test]
fn exit_codes_tell_done_from_nothing_done_from_a_call_that_is_off() {
    let folder = pile("exit-codes");
    let good = folder.join("a.txt");
    fs::create_dir(folder.join("empty")).unwrap();
    for (call, expected) in [
        (vec!["extract", path(&good)], 0),
        (vec!["extract", path(&good), "nowhere.txt"], 0),
        (vec!["extract", "nowhere.txt"], 1),
        (vec!["extract", path(&folder.join("empty"))], 1),
        (vec!["extract"], 2),
        (vec!["extract", "--no-such-flag", path(&good)], 2),
        (vec!["extract", "--threads", "none", path(&good)], 2),
        (vec!["no-such-command"], 2),
        (vec![], 2),
        (vec!["--help"], 0),
        (vec!["--version"], 0),
    ] {
        let output = dateline(&call);
        assert_eq!(output.status.code(), Some(expected), "dateline {call:?}\n{}", text(&output.stderr));
    }
}

#[test]
fn help_names_every_command_and_every_flag_has_a_sentence() {
    let help = text(&dateline(&["--help"]).stdout);
    let commands = help.split_once("Commands:\n").unwrap().1.split("\n\n").next().unwrap();
    assert!(commands.contains("extract"), "{help}");
    for command in
        commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help")
    {
        let help = text(&dateline(&[command, "--help"]).stdout);
        assert!(help.contains("Usage: dateline"), "dateline {command} --help\n{help}");
        assert!(help.contains("--threads") && help.contains("--quiet"), "dateline {command} --help\n{help}");
    }
    for flag in ["--map", "--as-is"] {
        assert!(text(&dateline(&["extract", "--help"]).stdout).contains(flag), "{flag}");
    }
}

#[test]
fn a_missing_file_is_named_and_the_rest_goes_on() {
    let folder = pile("missing");
    let output = dateline(&["extract", path(&folder.join("nowhere.txt")), path(&folder.join("a.txt"))]);
    assert!(text(&output.stderr).contains("nowhere.txt"), "{}", text(&output.stderr));
    assert_eq!(ids(&output), ["a.txt"]);
}

#[test]
fn an_empty_folder_is_named() {
    let folder = fresh_folder("empty-folder");
    let output = dateline(&["extract", path(&folder)]);
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains("empty-folder"), "{}", text(&output.stderr));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let folder = pile("threads");
    let run = |threads: &str| dateline(&["extract", "--map", "--threads", threads, path(&folder)]).stdout;
    let one = run("1");
    assert_eq!(text(&one).lines().count(), PILE, "{}", text(&one));
    for threads in ["2", "7"] {
        assert!(run(threads) == one, "{threads} threads print otherwise than one");
    }
}

#[test]
fn neither_kernel_nor_batch_nor_threads_change_a_byte_of_what_is_read() {
    let reports = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports"));
    let names = ["gulfledger-geneva-signing.txt", "radiodravenia-12mars.html", "velinskpost-second-call.txt"];
    let files = names.map(|name| reports.join(name));
    let run = |kernel: &str, threads: &str, files: &[PathBuf]| {
        let options = ["annotate", "--tokens", "--kernel", kernel, "--threads", threads];
        let files = files.iter().map(|file| path(file));
        dateline(&options.into_iter().chain(files).collect::<Vec<_>>())
    };
    let alone: Vec<u8> =
        files.iter().flat_map(|file| run("auto", "1", std::slice::from_ref(file)).stdout).collect();
    assert_eq!(text(&alone).lines().count(), names.len());
    for kernel in ["scalar", "avx2", "avx512", "neon"] {
        for threads in ["1", "3"] {
            let together = run(kernel, threads, &files);
            if text(&together.stderr).contains("this processor has no such kernel") {
                continue;
            }
            assert!(together.stdout == alone, "{kernel}, {threads} threads: another output");
        }
    }
}

#[test]
fn the_place_of_the_folder_changes_no_byte() {
    let (here, there) = (pile("place"), pile("another/place/much/deeper"));
    assert!(dateline(&["extract", path(&here)]).stdout == dateline(&["extract", path(&there)]).stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = pile("pipe");
    let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["extract", path(&folder), path(&folder), path(&folder), path(&folder)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(first.starts_with('{'));
    assert!(output.status.success(), "{:?}", output.status);
    let said = text(&output.stderr);
    assert!(!said.contains("panicked") && !said.contains("pipe"), "{said}");
}

#[test]
fn what_was_printed_can_be_given_back() {
    let folder = pile("back");
    let first = dateline(&["extract", path(&folder)]);
    fs::write(folder.join("printed.jsonl"), &first.stdout).unwrap();
    let second = dateline(&["extract", "--as-is", path(&folder.join("printed.jsonl"))]);
    let (before, after) = (articles(&first), articles(&second));
    assert_eq!(before.len(), after.len(), "{}", text(&second.stderr));
    for (before, after) in before.iter().zip(&after) {
        for field in ["id", "text", "headline", "publisher", "byline", "language"] {
            assert_eq!(before[field], after[field], "{}: {field}", before["id"]);
        }
        assert_eq!(before["published"]["value"], after["published"]["value"], "{}", before["id"]);
        assert_eq!(after["set_aside"], Value::Array(Vec::new()), "{}", before["id"]);
    }
}

#[test]
fn findings_can_be_read_by_a_person() {
    let call =
        format!("{}/../../examples/reports/velinskpost-maret-takes-call.txt", env!("CARGO_MANIFEST_DIR"));
    let printed = text(&dateline(&["annotate", "--readable", "--quiet", &call]).stdout);
    for told in [
        "headline  Maret tells Veresh",
        "published  2019-03-05",
        "who  Ilona Maret",
        "said  ",
        "CONSULT phone 041",
    ] {
        assert!(printed.contains(told), "{told:?} is missing in\n{printed}");
    }
}

#[test]
fn the_summary_is_for_programs_too() {
    let folder = pile("summary");
    let output = dateline(&["extract", "--json", path(&folder), "nowhere.txt"]);
    let said = text(&output.stderr);
    let summary: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(summary["articles"], PILE, "{summary}");
    assert!(text(&dateline(&["extract", "--quiet", path(&folder)]).stderr).is_empty());
}

#[test]
fn every_stretch_of_text_stands_in_the_page() {
    let folder = pile("map");
    let output = dateline(&["extract", "--map", path(&folder)]);
    for article in articles(&output) {
        let page = fs::read(folder.join(article["id"].as_str().unwrap())).unwrap();
        proves(&article, &page);
    }
}

#[test]
fn the_samples_are_read_whole() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let output = dateline(&["extract", "--map", path(&samples)]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let articles = articles(&output);
    assert!(articles.len() >= 30, "{} articles", articles.len());
    for article in &articles {
        covered(article);
        let file = samples.join(article["id"].as_str().unwrap());
        if let Ok(page) = fs::read(file) {
            proves(article, &page);
        }
    }
}

/// Every stretch of the map gives its text: the same bytes, or bytes that decode to it.
fn proves(article: &Value, page: &[u8]) {
    covered(article);
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    for stretch in article["map"].as_array().unwrap() {
        let [start, end, from, to] =
            [0, 1, 2, 3].map(|n| usize::try_from(stretch[n].as_u64().unwrap()).unwrap());
        let words: String = text[start..end].iter().collect();
        let bytes = &page[from..to];
        match stretch[4].as_str().unwrap() {
            "same" => assert_eq!(bytes, words.as_bytes(), "{}", article["id"]),
            "decoded" => assert!(!bytes.is_empty(), "{}: {words:?} has no bytes", article["id"]),
            other => panic!("no such kind of stretch: {other}"),
        }
    }
}

/// The map covers every character but white space, in order and without overlap, in code points.
fn covered(article: &Value) {
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let mut at = 0;
    for stretch in article["map"].as_array().unwrap() {
        let [start, end] = [0, 1].map(|n| usize::try_from(stretch[n].as_u64().unwrap()).unwrap());
        assert!(at <= start && start < end && end <= text.len(), "{}: {stretch}", article["id"]);
        assert!(text[at..start].iter().all(|c| c.is_whitespace()), "{}: before {stretch}", article["id"]);
        at = end;
    }
    assert!(text[at..].iter().all(|c| c.is_whitespace()), "{}: the end has no bytes", article["id"]);
}

/// Number of articles in a pile.
const PILE: usize = 24;

/// A folder of small reports in several forms and scripts, written for these tests.
fn pile(name: &str) -> PathBuf {
    let folder = fresh_folder(name);
    fs::write(folder.join("a.txt"), report("Bridge opens to traffic", "Merin")).unwrap();
    fs::write(folder.join("b.html"), page("Caf&eacute; owners protest", "caf&eacute;")).unwrap();
    let cp1252 = page("Cooks protest", "cafe").replace("cafe", "caf\u{1}").into_bytes();
    fs::write(
        folder.join("c.html"),
        cp1252.into_iter().map(|b| if b == 1 { 0xE9 } else { b }).collect::<Vec<_>>(),
    )
    .unwrap();
    fs::create_dir(folder.join("deep")).unwrap();
    for number in 3..PILE {
        let river = ["Лена", "Ōi", "Merin", "Süd", "𐌰 river"][number % 5];
        fs::write(folder.join(format!("deep/{number:02}.txt")), report("Bridge opens to traffic", river))
            .unwrap();
    }
    folder
}

fn report(headline: &str, river: &str) -> String {
    format!(
        "Home\nWorld\n\n{headline}\n\nThe bridge over the {river} opened to traffic on Sunday, two years after the flood that took its predecessor, the road office said.\n\nLorries have to wait until the load tests are finished in June, the office said in a statement on its site.\n\nShare this page\n"
    )
}

fn page(headline: &str, noun: &str) -> String {
    format!(
        "<html><head><title>{headline}</title></head><body><h1>{headline}</h1>\n<p>Some 200 {noun} owners marched through the old town of Port Selva on Saturday, asking for a lower rent, or none at all, as one banner said.</p>\n<p>The town&#8217;s treasurer said that the rent of a {noun} had not been raised in six years, and that he would meet the owners on Monday.</p>\n</body></html>\n"
    )
}

fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command-line").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn dateline(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn articles(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(output: &Output) -> Vec<String> {
    articles(output).iter().map(|article| article["id"].as_str().unwrap().to_owned()).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
