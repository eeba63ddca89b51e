//! The rule lemmatiser: exceptions first, then endings that lead to a known word, then endings that do not.

use std::collections::BTreeMap;

use crate::package::LemmaTables;
use crate::unicode::{is_alpha, lower};

/// The tables, by part of speech in lower case.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    tables: BTreeMap<String, Table>,
}

/// The tables of one part of speech.
#[derive(Debug, Default)]
struct Table {
    rules: Vec<(String, String)>,
    exceptions: BTreeMap<String, Vec<String>>,
    /// Sorted.
    index: Vec<String>,
}

impl Lemmatizer {
    pub(crate) fn new(parts: LemmaTables) -> Self {
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        for (pos, rules) in parts.rules {
            tables.entry(pos).or_default().rules = rules;
        }
        for (pos, exceptions) in parts.exceptions {
            tables.entry(pos).or_default().exceptions = exceptions;
        }
        for (pos, mut index) in parts.index {
            index.sort_unstable();
            tables.entry(pos).or_default().index = index;
        }
        Self { tables }
    }

    /// The lemma of a word with this universal part of speech and these features.
    pub(crate) fn lemma(&self, word: &str, pos: &str, morph: &str) -> String {
        let pos = pos.to_lowercase();
        if matches!(pos.as_str(), "" | "eol" | "space") || is_base_form(&pos, morph) {
            return lower(word);
        }
        match self.tables.get(&pos) {
            Some(table) => table.lemma(word),
            None if pos == "propn" => word.to_owned(),
            None => lower(word),
        }
    }
}

impl Table {
    fn lemma(&self, word: &str) -> String {
        let lower = lower(word);
        let (mut known, mut unknown) = (Vec::<String>::new(), Vec::new());
        for (old, new) in &self.rules {
            let Some(form) = lower.strip_suffix(old.as_str()).map(|stem| format!("{stem}{new}")) else {
                continue;
            };
            if form.is_empty() {
                continue;
            }
            if self.index.binary_search(&form).is_ok() {
                known.insert(0, form);
            } else if is_alpha(&form) {
                unknown.push(form);
            } else {
                known.push(form);
            }
        }
        // Of several exceptions that no rule leads to, the last comes to stand first.
        let exceptions = self.exceptions.get(&lower).map_or(&[][..], Vec::as_slice);
        let exception = exceptions.iter().rev().find(|form| !known.contains(form));
        let found =
            exception.cloned().or_else(|| known.into_iter().next()).or_else(|| unknown.into_iter().next());
        found.unwrap_or_else(|| word.to_owned())
    }
}

/// Is the word its own lemma by its features?
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').find_map(|f| f.strip_prefix(name)?.strip_prefix('='));
    let present =
        feature("VerbForm") == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none();
    (pos == "noun" && feature("Number") == Some("Sing"))
        || (pos == "verb" && present)
        || matches!(feature("VerbForm"), Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_exceptions_and_base_forms() {
        let texts = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let pairs =
            |list: &[(&str, &str)]| list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let by = |pos: &str| pos.to_owned();
        let lemmatizer = Lemmatizer::new(LemmaTables {
            rules: [(by("noun"), pairs(&[("s", ""), ("ies", "y"), ("men", "man")]))].into(),
            exceptions: [(by("noun"), [(by("mice"), texts(&["mouse"]))].into())].into(),
            index: [(by("noun"), texts(&["story", "word"]))].into(),
        });
        for (word, pos, morph, expected) in [
            ("Words", "NOUN", "Number=Plur", "word"),
            ("stories", "NOUN", "Number=Plur", "story"),
            ("Mice", "NOUN", "Number=Plur", "mouse"),
            ("blogs", "NOUN", "Number=Plur", "blog"),
            ("s", "NOUN", "Number=Plur", "s"),
            ("3s", "NOUN", "Number=Plur", "3"),
            ("Boss", "NOUN", "Number=Sing", "boss"),
            ("Ames", "PROPN", "Number=Plur", "Ames"),
            ("The", "DET", "", "the"),
            ("\n", "SPACE", "", "\n"),
        ] {
            assert_eq!(lemmatizer.lemma(word, pos, morph), expected, "{word} {pos} {morph}");
        }
    }
}
