//! What an element is for, as far as its tag, role and class tell: an article's body, a menu, comments …
//!
//! The words stand in `data/extract/html.toml`; each of its tables is one sign.

use std::collections::BTreeMap;

use dateline_model::SetAsideReason;
use serde::Deserialize;

use crate::flat::cue::REASONS;

use super::document::{Document, NodeId};
use super::tag::Tag;

const TABLE: &str = include_str!("../../../../data/extract/html.toml");

/// A set of signs, one bit each, in the order of [`SignTable::names`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(pub(super) u32);

impl Signs {
    /// Both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Is one of `other` among them?
    #[must_use]
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The numbers of the signs in the set.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        (0..u32::BITS as usize).filter(move |n| self.0 >> n & 1 == 1)
    }
}

/// The table of signs, read once.
#[derive(Clone, Debug)]
pub struct SignTable {
    names: Vec<String>,
    by_tag: [Signs; Tag::COUNT],
    by_role: BTreeMap<String, Signs>,
    /// Words and phrases, sorted; the first word of each phrase stands here too, and says so.
    by_words: Vec<(String, Meaning)>,
    /// By sign, why text that bears it is set aside.
    reasons: Vec<Option<SetAsideReason>>,
}

/// What a word or phrase stands for.
#[derive(Clone, Copy, Debug, Default)]
struct Meaning {
    signs: Signs,
    /// Does a longer phrase begin with it?
    goes_on: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    reason: Option<String>,
    tags: Vec<String>,
    roles: Vec<String>,
    words: Vec<String>,
}

/// Attributes whose words count. Their values are written by the page's makers for themselves.
const NAMING: [&str; 6] = ["class", "id", "itemprop", "data-testid", "data-component", "data-type"];
/// Words of one attribute that are read; longer ones are generated.
const MOST_WORDS: usize = 48;
/// Longest phrase in the table, in words.
const LONGEST_PHRASE: usize = 3;

impl SignTable {
    /// The built-in table.
    ///
    /// # Panics
    /// If the table that is built in is not well formed, which its test forbids.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the table is part of the program")]
    pub fn built_in() -> Self {
        let rows: toml::Table = toml::from_str(TABLE).expect("data/extract/html.toml is well formed");
        let mut table = Self {
            names: Vec::new(),
            by_tag: [Signs::default(); Tag::COUNT],
            by_role: BTreeMap::new(),
            by_words: Vec::new(),
            reasons: Vec::new(),
        };
        for (name, row) in rows {
            table.add(name, row.try_into().expect("each sign has tags, roles and words"));
        }
        table.by_words.sort_by(|a, b| a.0.cmp(&b.0));
        table.by_words.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1.signs = first.1.signs.and(later.1.signs);
                first.1.goes_on |= later.1.goes_on;
            }
            same
        });
        table
    }

    fn add(&mut self, name: String, row: Row) {
        let sign = Signs(1 << self.names.len());
        self.names.push(name);
        self.reasons.push(row.reason.and_then(|r| REASONS.iter().find(|(n, _)| *n == r)).map(|r| r.1));
        for tag in row.tags {
            let of_tag = &mut self.by_tag[Tag::named(&tag) as usize];
            *of_tag = of_tag.and(sign);
        }
        for role in row.roles {
            let of_role = self.by_role.entry(role).or_default();
            *of_role = of_role.and(sign);
        }
        for words in row.words {
            if let Some((first, _)) = words.split_once(' ') {
                self.by_words.push((first.to_owned(), Meaning { signs: Signs::default(), goes_on: true }));
            }
            self.by_words.push((words, Meaning { signs: sign, goes_on: false }));
        }
    }

    /// The names of the signs.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The sign called `name`; the empty set if there is none.
    #[must_use]
    pub fn named(&self, name: &str) -> Signs {
        self.names.iter().position(|n| n == name).map_or(Signs::default(), |n| Signs(1 << n))
    }

    /// Why text that bears `signs` is set aside; of several reasons that of the sign named first.
    #[must_use]
    pub fn reason(&self, signs: Signs) -> Option<SetAsideReason> {
        signs.numbers().find_map(|n| self.reasons.get(n).copied().flatten())
    }

    fn meaning(&self, phrase: &str) -> Meaning {
        let found = self.by_words.binary_search_by(|(words, _)| words.as_str().cmp(phrase));
        found.map_or(Meaning::default(), |n| self.by_words[n].1)
    }

    /// The signs of a naming value such as a class.
    #[must_use]
    pub fn of_value(&self, value: &str) -> Signs {
        let (text, ends) = cut_into_words(value);
        let start = |n: usize| if n == 0 { 0 } else { ends[n - 1] + 1 };
        let mut signs = Signs::default();
        for (first, end) in ends.iter().enumerate() {
            let word = self.meaning(&text[start(first)..*end]);
            signs = signs.and(word.signs);
            let longer = if word.goes_on { LONGEST_PHRASE - 1 } else { 0 };
            for end in ends.iter().skip(first + 1).take(longer) {
                signs = signs.and(self.meaning(&text[start(first)..*end]).signs);
            }
        }
        signs
    }
}

/// Reads the signs of a page's elements; classes that recur are looked up once.
pub(super) struct SignReader<'t, 'a> {
    table: &'t SignTable,
    seen: BTreeMap<&'a str, Signs>,
}

/// How many different values are remembered; a page has some hundreds.
const MOST_SEEN: usize = 1 << 14;

impl<'t, 'a> SignReader<'t, 'a> {
    pub(super) fn new(table: &'t SignTable) -> Self {
        Self { table, seen: BTreeMap::new() }
    }

    /// The signs of one element by itself. Classes of `<html>` and `<body>` speak of the site, not of a part of the page.
    pub(super) fn of(&mut self, page: &Document<'a>, id: NodeId) -> Signs {
        let Some(tag) = page.tag(id) else { return Signs::default() };
        if matches!(tag, Tag::Html | Tag::Body) {
            return Signs::default();
        }
        let mut signs = self.table.by_tag[tag as usize];
        for attribute in page.attributes(id) {
            let name = attribute.name();
            if NAMING.iter().any(|n| n.eq_ignore_ascii_case(name)) {
                signs = signs.and(self.of_value(attribute.raw()));
            } else if name.eq_ignore_ascii_case("role") {
                signs =
                    signs.and(self.table.by_role.get(attribute.raw().trim()).copied().unwrap_or_default());
            } else if hides(name, attribute.raw()) {
                signs = signs.and(self.table.named("hidden"));
            }
        }
        signs
    }

    fn of_value(&mut self, value: &'a str) -> Signs {
        if let Some(signs) = self.seen.get(value) {
            return *signs;
        }
        let signs = self.table.of_value(value);
        if self.seen.len() < MOST_SEEN {
            self.seen.insert(value, signs);
        }
        signs
    }
}

/// Does this attribute keep an element from being shown?
fn hides(name: &str, value: &str) -> bool {
    if name.eq_ignore_ascii_case("hidden") {
        return true;
    }
    if name.eq_ignore_ascii_case("aria-hidden") {
        return value.eq_ignore_ascii_case("true");
    }
    name.eq_ignore_ascii_case("style")
        && value.len() < 4096
        && value.split(';').any(|rule| {
            rule.split_once(':').is_some_and(|(property, value)| {
                let (property, value) = (property.trim(), value.trim());
                property.eq_ignore_ascii_case("display") && value.to_ascii_lowercase().starts_with("none")
            })
        })
}

/// The words of a class in lower case, parted by single spaces, and where each ends.
fn cut_into_words(value: &str) -> (String, Vec<usize>) {
    let (mut text, mut ends) = (String::new(), Vec::new());
    let mut last = ' ';
    for c in value.chars().take(1024) {
        let parts = !c.is_alphabetic() || (c.is_uppercase() && last.is_lowercase());
        if parts && !text.is_empty() && text.len() > ends.last().map_or(0, |e: &usize| e + 1) {
            ends.push(text.len());
            text.push(' ');
        }
        if ends.len() >= MOST_WORDS {
            return (text, ends);
        }
        if c.is_alphabetic() {
            text.extend(c.to_lowercase());
        }
        last = c;
    }
    if text.len() > ends.last().map_or(0, |e| e + 1) {
        ends.push(text.len());
    }
    (text, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(class: &str, expected: &[&str]) {
        let table = SignTable::built_in();
        let found: Vec<_> = table.of_value(class).numbers().map(|n| table.names()[n].as_str()).collect();
        assert_eq!(found, expected, "{class}");
    }

    #[test]
    fn classes_are_read_as_words() {
        check("c-articleBody__text", &["body"]);
        check("related-posts js-12", &["related"]);
        check("header navBar", &["header", "navigation"]);
        check("entry-content", &["body"]);
        check("adjacent sharepoint", &[]);
        check("", &[]);
    }

    #[test]
    fn the_table_fits_its_set() {
        let table = SignTable::built_in();
        assert!(table.names().len() <= u32::BITS as usize);
        assert!(
            table
                .by_words
                .iter()
                .all(|(w, _)| w.split(' ').count() <= LONGEST_PHRASE && *w == w.to_lowercase())
        );
        assert!(hides("style", "color:red; DISPLAY : none!important") && !hides("style", "display:block"));
    }
}
