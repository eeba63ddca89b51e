//! Manifests: the stages form a star, lints apply everywhere, and each outside library says why it is here.

use toml::{Table, Value};

use super::Fault;
use super::tree::Tree;

/// The nouns that every stage may use.
const MODEL: &str = "dateline-model";

/// What holds a pile that does not fit into memory, for any stage.
const PILE: &str = "dateline-pile";

/// Crates that bring stages together; every other crate of ours depends on the model and the pile only.
const HUBS: [&str; 7] = [
    "dateline-cli",
    "dateline-pipeline",
    "dateline-server",
    "dateline",
    "dateline-fuzz",
    "dateline-python",
    "xtask",
];

/// Libraries that only one crate knows: the record's file, and HTTP.
const KNOWN_TO: [(&str, &str); 3] =
    [("rusqlite", "dateline-store"), ("axum", "dateline-server"), ("hyper", "dateline-server")];

/// The tables of a manifest that name libraries.
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// All rules on manifests.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts("", "Cargo.toml") {
        faults.extend(unexplained(path, text));
        match text.parse::<Table>() {
            Ok(manifest) => {
                faults.extend(star(path, &manifest).into_iter().chain(lints(path, &manifest)));
                faults.extend(known_to_one(path, &manifest));
            }
            Err(error) => faults.push(Fault::of(path, format!("is not TOML: {}", error.message()))),
        }
    }
    faults
}

/// A stage knows no other stage. Its tests and examples may: they read pages as users have them.
fn star(path: &str, manifest: &Table) -> Vec<Fault> {
    let Some(name) = package(manifest).filter(|name| !HUBS.contains(name)) else { return Vec::new() };
    let used = ["dependencies", "build-dependencies"].into_iter();
    let used = used.filter_map(|table| manifest.get(table)?.as_table()).flat_map(Table::keys);
    // The model knows nobody, the pile the model, a stage both.
    let may_use =
        |used: &str| (used == MODEL && name != MODEL) || (used == PILE && ![MODEL, PILE].contains(&name));
    used.filter(|used| used.starts_with("dateline") && !may_use(used))
        .map(|used| {
            Fault::of(path, format!("{name} depends on {used}; what two stages share belongs in {MODEL}"))
        })
        .collect()
}

/// Only the store speaks to SQLite, and only the server speaks HTTP.
fn known_to_one(path: &str, manifest: &Table) -> Vec<Fault> {
    let Some(name) = package(manifest) else { return Vec::new() };
    let uses = |library: &str, table: &str| {
        manifest.get(table).and_then(|libraries| libraries.get(library)).is_some()
    };
    let strange = KNOWN_TO
        .iter()
        .filter(|(library, owner)| name != *owner && TABLES.iter().any(|table| uses(library, table)));
    strange
        .map(|(library, owner)| Fault::of(path, format!("{name} depends on {library}; only {owner} does")))
        .collect()
}

/// The workspace's lints apply. A manifest that is a workspace of its own has none to take.
fn lints(path: &str, manifest: &Table) -> Option<Fault> {
    let inherited =
        manifest.get("lints").and_then(|lints| lints.get("workspace")) == Some(&Value::Boolean(true));
    let member = package(manifest).is_some() && !manifest.contains_key("workspace");
    (member && !inherited)
        .then(|| Fault::of(path, "does not take the workspace's lints: `[lints] workspace = true`"))
}

fn package(manifest: &Table) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

/// Outside libraries without a comment on their line.
fn unexplained(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(table) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            inside = TABLES.iter().any(|name| table == *name || table.ends_with(&format!(".{name}")));
        } else if let Some(library) = library(line).filter(|_| inside && !line.contains('#')) {
            faults.push(Fault::at(path, number + 1, format!("{library}: say in a comment why it is needed")));
        }
    }
    faults
}

/// The outside library that a line of a dependency table names.
fn library(line: &str) -> Option<&str> {
    let (key, value) = line.split_once('=')?;
    let ours = key.contains(".workspace") || value.contains("workspace = true") || value.contains("path =");
    let name = key.trim();
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (!ours && is_name && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_star(text: &str, expected: usize) {
        let manifest: Table = text.parse().unwrap();
        assert_eq!(star("Cargo.toml", &manifest).len(), expected, "{text}");
    }

    #[test]
    fn stages_depend_on_the_model_only() {
        let stage = "[package]\nname = \"dateline-extract\"\n[dependencies]\n";
        check_star(&format!("{stage}dateline-model.workspace = true\nserde.workspace = true"), 0);
        check_star(&format!("{stage}dateline-pile.workspace = true"), 0);
        check_star(&format!("{stage}dateline-ingest.workspace = true"), 1);
        let centre = "[package]\nname = \"dateline-pile\"\n[dependencies]\n";
        check_star(&format!("{centre}dateline-model.workspace = true"), 0);
        check_star(&format!("{centre}dateline-ingest.workspace = true"), 1);
        let model = "[package]\nname = \"dateline-model\"\n[dependencies]\n";
        check_star(&format!("{model}dateline-pile.workspace = true"), 1);
        check_star(&format!("{stage}[dev-dependencies]\ndateline-ingest.workspace = true"), 0);
        check_star("[package]\nname = \"dateline-cli\"\n[dependencies]\ndateline-ingest.workspace = true", 0);
    }

    #[test]
    fn only_one_crate_knows() {
        for (name, library, faults) in [
            ("dateline-store", "rusqlite", 0),
            ("dateline-cli", "rusqlite", 1),
            ("dateline-export", "rusqlite", 1),
            ("dateline-server", "axum", 0),
            ("dateline-cli", "axum", 1),
        ] {
            let text =
                format!("[package]\nname = \"{name}\"\n[dev-dependencies]\n{library}.workspace = true");
            let found = known_to_one("Cargo.toml", &text.parse().unwrap());
            assert_eq!(found.len(), faults, "{name} {library}");
        }
    }

    #[test]
    fn an_outside_library_says_why() {
        let manifest =
            "[workspace.dependencies]\na = \"1\"  # why\nb = \"1\"\nc = { path = \"c\" }\n[lints]\nd = 1\n";
        let lines: Vec<_> = unexplained("Cargo.toml", manifest).iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [Some(3)]);
    }
}
