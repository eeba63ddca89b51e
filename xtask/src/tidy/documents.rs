//! Documents that keep their word: what they point at is there.

use super::Fault;
use super::tree::Tree;

/// The endings that make a word in backticks a path, even without `/`.
const ENDINGS: [&str; 7] = [".md", ".rs", ".toml", ".json", ".tsv", ".jsonl", ".txt"];

/// Documents that speak of the code, each path in backticks.
const NAMING: [&str; 3] = ["ARCHITECTURE.md", "docs/supply-chain.md", "docs/threat-model.md"];

/// Paths, tests and links that documents name are there; the changelog takes new lines.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts("", ".md").filter(|(path, _)| !path.contains('/')) {
        faults.extend(links(tree, path, text));
    }
    faults.extend(NAMING.into_iter().flat_map(|document| named(tree, document)));
    faults.extend(changelog(tree));
    faults
}

/// Every path in backticks is there; behind `::`, a test of that name in it.
fn named(tree: &Tree, document: &str) -> Vec<Fault> {
    let Some(text) = tree.text(document) else { return vec![Fault::of(document, "is missing")] };
    let fault = |(line, word): (usize, &str)| {
        let message = missing(tree, word)?;
        Some(Fault::at(document, line, message))
    };
    backticked(text).into_iter().filter(|(_, word)| is_path(word)).filter_map(fault).collect()
}

/// What is wrong with the path, if anything.
fn missing(tree: &Tree, word: &str) -> Option<String> {
    let (path, test) = word.split_once("::").map_or((word, None), |(path, test)| (path, Some(test)));
    match test {
        _ if !tree.has(path) => Some(format!("`{path}` does not exist")),
        Some(test) if !tree.text(path)?.contains(&format!("fn {test}(")) => {
            Some(format!("`{path}` has no test `{test}`"))
        }
        _ => None,
    }
}

/// Words in backticks outside fenced blocks, with their lines.
fn backticked(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            words.extend(line.split('`').skip(1).step_by(2).map(|word| (number + 1, word)));
        }
    }
    words
}

fn is_path(word: &str) -> bool {
    let path = word.split("::").next().unwrap_or(word);
    let written_so = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    written_so && (path.contains('/') || ENDINGS.iter().any(|ending| path.ends_with(ending)))
}

/// Links into the repository lead somewhere.
fn links(tree: &Tree, document: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.map(|target| target.split('#').next().unwrap_or_default()) {
            if !target.is_empty() && !target.contains("://") && !tree.has(target) {
                faults.push(Fault::at(document, number + 1, format!("the link to {target} leads nowhere")));
            }
        }
    }
    faults
}

/// The changelog has a place for what comes next.
fn changelog(tree: &Tree) -> Option<Fault> {
    let open = tree.text("CHANGELOG.md").is_some_and(|text| text.lines().any(|line| line == "## Unreleased"));
    (!open).then(|| Fault::of("CHANGELOG.md", "has no part `## Unreleased`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_path() {
        for word in ["crates/dateline-model", ".ci/run", "GUIDE.md", "a/b.rs::test_name"] {
            assert!(is_path(word), "{word}");
        }
        for word in ["Article", "cargo test", "crates/*/src", "--map", "model::Span"] {
            assert!(!is_path(word), "{word}");
        }
    }

    #[test]
    fn fenced_blocks_are_not_read() {
        assert_eq!(backticked("a `b` c\n```\n`d`\n```\n`e`"), [(1, "b"), (5, "e")]);
    }
}
