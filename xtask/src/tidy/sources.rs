//! Sources: modules that introduce themselves, nothing left for later, and no printing outside the command line.

use super::Fault;
use super::rust::Source;
use super::tree::Tree;

/// Folders whose programs talk to a person.
const MAY_PRINT: [&str; 3] = ["crates/dateline-cli/", "xtask/", "fuzz/"];

/// Ways to print.
const PRINTS: [&str; 7] = ["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout()", "stderr()"];

/// Promises instead of code.
const LATER: [&str; 2] = ["todo!", "unimplemented!"];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 5] = ["utils", "util", "common", "helpers", "misc"];

/// Places on somebody's machine; put together here, so that this file does not name one itself.
const MACHINE: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

/// All rules on sources and on text in general.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts("", ".rs") {
        let source = Source::new(path, text);
        faults.extend(opening(path, text).into_iter().chain(empty_name(path)));
        faults.extend(left_for_later(path, &source));
        faults.extend(prints(path, &source));
        faults.extend(prefixed(path, &source));
    }
    for (path, text) in tree.texts("", "") {
        faults.extend(machine_paths(path, text));
        faults.extend(half_merged(path, text));
    }
    faults
}

/// A module opens with a sentence on what it is.
fn opening(path: &str, text: &str) -> Option<Fault> {
    let first = text.lines().next().unwrap_or_default();
    let said = first.strip_prefix("//!").is_some_and(|sentence| !sentence.trim().is_empty());
    (!said).then(|| Fault::at(path, 1, "does not open with `//!` and a sentence on what it is"))
}

/// A file or folder has a name that says what is inside.
fn empty_name(path: &str) -> Option<Fault> {
    let name =
        path.split('/').map(|part| part.trim_end_matches(".rs")).find(|part| EMPTY_NAMES.contains(part))?;
    Some(Fault::of(path, format!("`{name}` says nothing of what is inside")))
}

fn left_for_later(path: &str, source: &Source<'_>) -> Vec<Fault> {
    let places = LATER.iter().flat_map(|word| source.places(word).map(move |at| (word, at)));
    places.map(|(word, at)| Fault::at(path, source.line_of(at), format!("`{word}` promises code"))).collect()
}

fn prints(path: &str, source: &Source<'_>) -> Vec<Fault> {
    if MAY_PRINT.iter().any(|folder| path.starts_with(folder)) {
        return Vec::new();
    }
    let places = PRINTS.iter().flat_map(|word| source.places(word).map(move |at| (word, at)));
    places
        .filter(|(_, at)| !source.is_test(*at))
        .map(|(word, at)| {
            Fault::at(path, source.line_of(at), format!("`{word}`: only the command line prints"))
        })
        .collect()
}

fn prefixed(path: &str, source: &Source<'_>) -> Vec<Fault> {
    let functions = source.functions();
    let named = functions.iter().filter(|function| function.name.starts_with("get_"));
    named
        .map(|function| {
            Fault::at(path, function.line, format!("`{}`: say what it gives, without `get_`", function.name))
        })
        .collect()
}

/// A merge was left in the middle.
fn half_merged(path: &str, text: &str) -> Option<Fault> {
    let number =
        text.lines().position(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))?;
    Some(Fault::at(path, number + 1, "a merge was left half done here"))
}

fn machine_paths(path: &str, text: &str) -> Vec<Fault> {
    let lines = text.lines().enumerate().filter(|(_, line)| MACHINE.iter().any(|place| line.contains(place)));
    lines.map(|(number, _)| Fault::at(path, number + 1, "names a place on somebody's machine")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: &[&str]) {
        let source = Source::new(path, text);
        let faults =
            [opening(path, text).into_iter().collect(), left_for_later(path, &source), prints(path, &source)];
        let messages: Vec<_> = faults.iter().flatten().map(|fault| fault.message.as_str()).collect();
        assert_eq!(messages, expected, "{text}");
    }

    #[test]
    fn what_is_out_of_order_in_a_source() {
        let stage = "crates/dateline-extract/src/a.rs";
        check(stage, "//! A noun.\nfn f() {}\n", &[]);
        check(stage, "fn f() {}\n", &["does not open with `//!` and a sentence on what it is"]);
        check(stage, "//! A.\nfn f() { todo!() }\n", &["`todo!` promises code"]);
        check(stage, "//! A.\nfn f() { println!() }\n", &["`println!`: only the command line prints"]);
        check(stage, "//! A.\n// println! is not for us\nconst A: &str = \"todo!\";\n", &[]);
        check("crates/dateline-cli/src/a.rs", "//! A.\nfn f() { println!() }\n", &[]);
    }

    #[test]
    fn names_say_what_is_inside() {
        assert!(empty_name("crates/dateline-extract/src/utils.rs").is_some());
        assert!(empty_name("crates/dateline-extract/src/headline.rs").is_none());
    }
}
