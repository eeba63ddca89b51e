//! Data with a past: every file under `data/` says where it comes from and under which licence.

use toml::Table;

use super::Fault;
use super::tree::{File, Tree};

/// What must be said of each.
const FACTS: [&str; 2] = ["origin", "licence"];

/// The ending of the neighbour that speaks for a file that cannot hold a comment.
const SIDECAR: &str = ".origin.toml";

/// Every data file, the neighbours themselves and READMEs aside.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let speaks_for_itself = |file: &&File| !file.path.ends_with(SIDECAR) && !file.path.ends_with("README.md");
    let data = tree.files.iter().filter(|file| file.path.starts_with("data/")).filter(speaks_for_itself);
    data.flat_map(|file| unsaid(tree, file)).collect()
}

fn unsaid(tree: &Tree, file: &File) -> Vec<Fault> {
    let said = match &file.text {
        Some(text) if takes_comments(&file.path) => commented(text),
        _ => tree.text(&format!("{}{SIDECAR}", file.path)).map(declared).unwrap_or_default(),
    };
    let missing = FACTS.iter().filter(|fact| !said.iter().any(|word| word == *fact));
    missing
        .map(|fact| Fault::of(&file.path, format!("does not say its {fact}: {}", how(&file.path))))
        .collect()
}

fn takes_comments(path: &str) -> bool {
    [".toml", ".tsv", ".txt"].iter().any(|ending| path.ends_with(ending))
}

fn how(path: &str) -> String {
    if takes_comments(path) {
        "open it with `# Origin: …` and `# Licence: …`".to_owned()
    } else {
        format!("put `origin = …` and `licence = …` into {path}{SIDECAR}")
    }
}

/// The facts that the opening comment gives, with something behind their colon.
fn commented(text: &str) -> Vec<String> {
    let opening: Vec<&str> = text.lines().map_while(|line| line.strip_prefix('#')).collect();
    let opening = opening.join(" ").to_lowercase();
    let said = |fact: &&&str| {
        let rest = opening.split_once(&format!("{fact}:")).map(|(_, rest)| rest);
        rest.is_some_and(|rest| !rest.trim().is_empty())
    };
    FACTS.iter().filter(said).map(|fact| (*fact).to_owned()).collect()
}

fn declared(text: &str) -> Vec<String> {
    text.parse::<Table>().map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opening_comment_speaks() {
        assert_eq!(commented("# Words.\n# Origin: ours. Licence: MIT\na = 1"), ["origin", "licence"]);
        assert_eq!(commented("# Origin: ours\na = 1\n# Licence: MIT"), ["origin"]);
        assert_eq!(declared("origin = \"ours\"\nlicence = \"MIT\""), ["licence", "origin"]);
    }
}
