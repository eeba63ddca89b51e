//! The language of a text, from its first words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dateline_model::{Basis, Language};
use serde::Deserialize;

use super::sieve::Sieve;
use super::vocabulary::{mixed, pack};

/// Enough to tell a language by, in bytes: more costs time and tells nothing new.
const ENOUGH: usize = 600;
/// Too little to tell a language by.
const TOO_LITTLE: usize = 20;

/// The language of `text`; none if there is too little of it.
#[must_use]
pub fn language(text: &str) -> Option<Language> {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if end < TOO_LITTLE {
        return None;
    }
    if let Some(code) = at_sight(&text[..end]) {
        return Some(Language { code: code.to_owned(), confidence: 1.0, basis: Basis::Printed });
    }
    let found = whatlang::detect(&text[..end])?;
    let confidence = found.confidence() as f32;
    Some(Language { code: code(found.lang()).to_owned(), confidence, basis: Basis::Printed })
}

/// The language whose commonest words the text is full of: most texts need no closer look.
fn at_sight(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut count = 0;
    let mut seen = vec![Seen::default(); LANGUAGES.telling.len()];
    for word in words {
        count += 1;
        for telling in pack(word).into_iter().flat_map(|key| LANGUAGES.words.with_key(key)) {
            seen[telling.language].add(telling.rank);
        }
    }
    // A report with a long quotation is of two languages at sight.
    let languages = LANGUAGES.telling.iter().zip(&seen);
    let mut full = languages.filter(|(language, seen)| seen.suffices(count, language.share));
    full.next().filter(|_| full.next().is_none()).map(|(language, _)| language.code.as_str())
}

/// How many words of one language stand in a text.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    sure: usize,
    common: usize,
}

impl Seen {
    fn add(&mut self, rank: Rank) {
        match rank {
            Rank::Sure => self.sure += 1,
            Rank::Common => self.common += 1,
        }
    }

    /// Is a text of so many words full of them?
    fn suffices(self, words: usize, share: usize) -> bool {
        words >= ENOUGH_WORDS && self.sure >= SURE && self.common * 100 >= words * share
    }
}

/// What is known of languages.
struct Languages {
    telling: Vec<Row>,
    words: TellingWords,
    /// Of a code with three letters, the one with two.
    codes: BTreeMap<String, String>,
}

/// The words that tell languages, packed, in the order of their keys.
struct TellingWords {
    sorted: Vec<(u64, Telling)>,
    seen: Sieve<64>,
}

/// What one word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Telling {
    /// Its language's place among all.
    language: usize,
    rank: Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Hardly any other language has it.
    Sure,
    /// A text is full of such.
    Common,
}

impl TellingWords {
    fn of(rows: &[Row]) -> Self {
        let of_row = |(language, row): (usize, &Row)| {
            let lists = [(Rank::Sure, &row.sure), (Rank::Common, &row.words)];
            let words = lists.map(|(rank, words)| words.iter().map(move |word| (rank, word.clone())));
            let packed = words.into_iter().flatten();
            packed
                .filter_map(move |(rank, word)| Some((pack(&word)?, Telling { language, rank })))
                .collect::<Vec<_>>()
        };
        let mut sorted: Vec<_> = rows.iter().enumerate().flat_map(|(n, row)| of_row((n, row))).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut seen = Sieve::default();
        sorted.iter().for_each(|(key, _)| seen.add(mixed(*key)));
        Self { sorted, seen }
    }

    /// What the word tells, of each language.
    fn with_key(&self, key: u64) -> impl Iterator<Item = Telling> {
        let from = if self.seen.may_hold(mixed(key)) {
            self.sorted.partition_point(|entry| entry.0 < key)
        } else {
            self.sorted.len()
        };
        self.sorted[from..].iter().take_while(move |entry| entry.0 == key).map(|entry| entry.1)
    }
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/extract/languages.toml"))
        .expect("data/extract/languages.toml is part of the build and tested");
    Languages { words: TellingWords::of(&file.language), telling: file.language, codes: file.codes }
});

#[derive(Deserialize)]
struct File {
    language: Vec<Row>,
    codes: BTreeMap<String, String>,
}

/// The words of one language.
#[derive(Deserialize)]
struct Row {
    code: String,
    sure: Vec<String>,
    words: Vec<String>,
    share: usize,
}

/// Fewer words may be a title that is quoted in another language.
const ENOUGH_WORDS: usize = 40;
/// How often the surest words must stand in the text: once may be a name.
const SURE: usize = 2;

/// Two letters where ISO 639-1 has them.
fn code(lang: whatlang::Lang) -> &'static str {
    LANGUAGES.codes.get(lang.code()).map_or(lang.code(), String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            ("The council of the city met on Monday to vote on the new bridge over the river.", Some("en")),
            ("Der Rat der Stadt hat am Montag über die neue Brücke über den Fluss abgestimmt.", Some("de")),
            ("Совет города в понедельник проголосовал за новый мост через реку.", Some("ru")),
            ("Short", None),
        ] {
            assert_eq!(language(text).map(|l| l.code).as_deref(), expected, "{text}");
        }
        assert_eq!(code(whatlang::Lang::Eng), "en");
    }

    #[test]
    fn a_title_is_no_text() {
        let title = "„The Man of the Year“ und „The Day of the Dog“ laufen am Abend";
        assert_eq!(at_sight(title), None);
        let report = "The head of the council said on Monday that the bridge was closed. ".repeat(4);
        assert_eq!(at_sight(&report), Some("en"));
    }
}
