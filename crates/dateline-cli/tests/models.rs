//! Models that are added: copied, found by name, listed; and what cannot be run is named.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An empty map in msgpack.
const EMPTY: &[u8] = &[0x80];

/// The settings of a network that is not of the known kind.
const LSTM: &str = r#"["tok2vec"]
[components.tok2vec]
factory = "tok2vec"
[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"
[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
[components.tok2vec.model.encode]
@architectures = "spacy.TorchBiLSTMEncoder.v1"
"#;

#[test]
fn a_model_that_was_added_is_found_by_its_name() {
    let place = scratch("added");
    let package = package(&place, "1.2.0", "[]");
    let output = dateline(&place, &["model", "add", path(&package)]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("en_tiny 1.2.0 added"), "{}", text(&output.stdout));
    fs::remove_dir_all(&package).unwrap();
    assert!(text(&dateline(&place, &["model", "list"]).stdout).contains("\nen_tiny 1.2.0 (added)\n"));
    for name in ["en_tiny", "en_tiny-1.2.0"] {
        let info = text(&dateline(&place, &["model", "info", name]).stdout);
        assert!(info.starts_with("en_tiny 1.2.0\n") && info.contains("licence     MIT"), "{info}");
    }
    let report = place.join("report.txt");
    fs::write(&report, "Two words.").unwrap();
    let call = ["annotate", "--model", "en_tiny", "--tokens", "--model-only", "--as-is", path(&report)];
    let line = text(&dateline(&place, &call).stdout);
    assert!(line.contains(r#""tokens":[{"start":0,"end":3"#), "{line}");
}

#[test]
fn the_highest_version_is_meant_and_a_second_time_replaces_the_first() {
    let place = scratch("versions");
    for version in ["3.10.0", "3.9.0", "3.9.0"] {
        let package = package(&place, version, "[]");
        assert!(dateline(&place, &["model", "add", path(&package)]).status.success());
    }
    assert!(text(&dateline(&place, &["model", "info", "en_tiny"]).stdout).starts_with("en_tiny 3.10.0\n"));
    assert_eq!(fs::read_dir(place.join("models")).unwrap().count(), 2);
}

#[test]
fn what_cannot_be_run_is_named_and_not_added() {
    let place = scratch("refused");
    let with_textcat = package(&place, "1.0.0", "[\"textcat\"]\n[components.textcat]\nfactory = \"textcat\"");
    let with_transformer =
        package(&place, "1.0.1", "[\"transformer\"]\n[components.transformer]\nfactory = \"transformer\"");
    let with_lstm = package(&place, "1.0.2", LSTM);
    let foreign =
        package(&place, "1.0.3", "[]\n[nlp.tokenizer]\n@tokenizers = \"spacy.ja.JapaneseTokenizer\"");
    let no_package = place.join("nothing");
    fs::create_dir_all(&no_package).unwrap();
    for (package, reason) in [
        (&with_textcat, "textcat: a component made by \"textcat\" cannot be run"),
        (&with_transformer, "transformer: a component made by \"transformer\" cannot be run"),
        (&with_lstm, "tok2vec: @architectures is \"spacy.TorchBiLSTMEncoder.v1\""),
        (&foreign, "tokenizer: \"spacy.ja.JapaneseTokenizer\" cannot be run"),
        (&no_package, "the package has no config.cfg"),
        (&place.join("nowhere.whl"), "nowhere.whl"),
    ] {
        let output = dateline(&place, &["model", "add", path(package)]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(reason), "{}", text(&output.stderr));
    }
    assert!(!place.join("models").exists());
    let output = dateline(&place, &["model", "info", "en_none"]);
    assert!(text(&output.stderr).contains("no model of that name was added"), "{}", text(&output.stderr));
}

/// A package that has a tokenizer without rules, and nothing else.
fn package(place: &Path, version: &str, pipeline: &str) -> PathBuf {
    let package = place.join(format!("en_tiny-{version}"));
    fs::create_dir_all(package.join("vocab")).unwrap();
    fs::write(package.join("config.cfg"), format!("[nlp]\nlang = \"en\"\npipeline = {pipeline}\n")).unwrap();
    let meta = format!(r#"{{"lang":"en","name":"tiny","version":"{version}","license":"MIT"}}"#);
    fs::write(package.join("meta.json"), meta).unwrap();
    fs::write(package.join("tokenizer"), EMPTY).unwrap();
    fs::write(package.join("vocab/lookups.bin"), EMPTY).unwrap();
    package
}

fn dateline(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).env("DATELINE_MODELS", place.join("models")).current_dir(place);
    command.output().unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("models").join(name);
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    place
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
