//! How many accounts are independent: five reprints are one witness, and so are five reports that lean
//! on one monitor.
//!
//! After copies are folded, it is the largest number of reports that can each be given a source of
//! its own. That is a maximum matching between origins and the sources that they carry (Kuhn's
//! augmenting paths: H. W. Kuhn, "The Hungarian method for the assignment problem", 1955).

use std::collections::{BTreeMap, BTreeSet};

/// Where one account comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Number of the text that it goes back to: the same for a report and its reprints.
    pub text: u32,
    /// The bodies whose figures or accounts it carries; empty for a report that rests on nobody but
    /// its own outlet.
    pub sources: BTreeSet<String>,
}

/// How many of `accounts` are independent, and to which origin each belongs, numbered from 0 in the
/// order of the accounts.
///
/// An account beyond that number shares the origin of the account whose source it leans on.
#[must_use]
pub fn origins(accounts: &[Provenance]) -> (u32, Vec<u32>) {
    let texts = folded(accounts);
    let matching = Matching::of(&texts);
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut origin_of_text = BTreeMap::new();
    for account in accounts {
        origin_of_text.entry(account.text).or_insert_with(|| {
            let next = numbers.len() as u32;
            *numbers.entry(matching.stands_for(account.text, &texts)).or_insert(next)
        });
    }
    let origins = accounts.iter().map(|a| origin_of_text[&a.text]).collect();
    (numbers.len() as u32, origins)
}

/// The sources of each text, over all reports that go back to it. A text that rests on nobody is its
/// own source.
fn folded(accounts: &[Provenance]) -> BTreeMap<u32, BTreeSet<String>> {
    let mut texts: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for account in accounts {
        texts.entry(account.text).or_default().extend(account.sources.iter().cloned());
    }
    for (text, sources) in &mut texts {
        if sources.is_empty() {
            sources.insert(format!("\u{0}text {text}"));
        }
    }
    texts
}

/// Which text each source stands behind.
struct Matching<'a> {
    text_of: BTreeMap<&'a str, u32>,
}

impl<'a> Matching<'a> {
    fn of(texts: &'a BTreeMap<u32, BTreeSet<String>>) -> Self {
        let mut matching = Self { text_of: BTreeMap::new() };
        for text in texts.keys() {
            matching.place(*text, texts, &mut BTreeSet::new());
        }
        matching
    }

    /// Gives `text` a source, moving others to their other sources where that frees one. The depth is
    /// bounded by the number of sources, each tried once.
    fn place(
        &mut self,
        text: u32,
        texts: &'a BTreeMap<u32, BTreeSet<String>>,
        tried: &mut BTreeSet<&'a str>,
    ) -> bool {
        let Some(sources) = texts.get(&text) else { return false };
        for source in sources {
            if !tried.insert(source) {
                continue;
            }
            let free = match self.text_of.get(source.as_str()).copied() {
                None => true,
                Some(holder) => self.place(holder, texts, tried),
            };
            if free {
                self.text_of.insert(source, text);
                return true;
            }
        }
        false
    }

    /// The source that stands for a text: its own, or for a text without one the first that it shares.
    fn stands_for(&self, text: u32, texts: &'a BTreeMap<u32, BTreeSet<String>>) -> &'a str {
        let sources = &texts[&text];
        let own = sources.iter().find(|source| self.text_of.get(source.as_str()) == Some(&text));
        own.or_else(|| sources.first()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: u32, sources: &[&str]) -> Provenance {
        Provenance { text, sources: sources.iter().map(|s| (*s).to_owned()).collect() }
    }

    #[test]
    fn copies_and_shared_sources_count_once() {
        for (name, accounts, expected) in [
            ("nobody", vec![], (0, vec![])),
            ("own reports", vec![account(0, &[]), account(1, &[])], (2, vec![0, 1])),
            ("a reprint", vec![account(0, &[]), account(0, &[])], (1, vec![0, 0])),
            ("one monitor", vec![account(0, &["sohr"]), account(1, &["sohr"])], (1, vec![0, 0])),
            (
                "one has another source besides",
                vec![account(0, &["sohr", "lcc"]), account(1, &["sohr"])],
                (2, vec![0, 1]),
            ),
            (
                "three reports, two sources",
                vec![account(0, &["lcc", "sohr"]), account(1, &["sohr"]), account(2, &["lcc"])],
                (2, vec![0, 1, 0]),
            ),
            (
                "a reprint brings a source",
                vec![account(0, &["a"]), account(1, &["a"]), account(1, &["b"])],
                (2, vec![0, 1, 1]),
            ),
        ] {
            assert_eq!(origins(&accounts), expected, "{name}");
        }
    }

    #[test]
    fn a_duplicate_changes_no_count() {
        let mut accounts = vec![account(0, &["sohr"]), account(1, &["lcc", "sohr"]), account(2, &[])];
        let (before, _) = origins(&accounts);
        accounts.push(accounts[1].clone());
        assert_eq!(origins(&accounts).0, before);
    }
}
