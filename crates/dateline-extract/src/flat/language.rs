//! The language of a text, from its first words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dateline_model::{Basis, Language};
use serde::Deserialize;

use super::vocabulary::pack;

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
    let words: Vec<Option<u64>> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(pack).collect();
    // A report with a long quotation is of two languages at sight.
    let mut seen = LANGUAGES.telling.iter().filter(|language| language.is_of(&words));
    seen.next().filter(|_| seen.next().is_none()).map(|language| language.code.as_str())
}

/// What is known of languages.
struct Languages {
    telling: Vec<Telling>,
    /// Of a code with three letters, the one with two.
    codes: BTreeMap<String, String>,
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/extract/languages.toml"))
        .expect("data/extract/languages.toml is part of the build and tested");
    Languages { telling: file.language.iter().map(Telling::of).collect(), codes: file.codes }
});

#[derive(Deserialize)]
struct File {
    language: Vec<Row>,
    codes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    sure: Vec<String>,
    words: Vec<String>,
    share: usize,
}

/// The words of one language, packed.
struct Telling {
    code: String,
    sure: Vec<u64>,
    words: Vec<u64>,
    share: usize,
}

impl Telling {
    fn of(row: &Row) -> Self {
        let packed = |words: &[String]| words.iter().filter_map(|word| pack(word)).collect();
        Self { code: row.code.clone(), sure: packed(&row.sure), words: packed(&row.words), share: row.share }
    }

    fn is_of(&self, text: &[Option<u64>]) -> bool {
        let count = |words: &[u64]| text.iter().flatten().filter(|word| words.contains(word)).count();
        let (sure, telling) = (count(&self.sure), count(&self.words));
        text.len() >= ENOUGH_WORDS && sure >= SURE && telling * 100 >= text.len() * self.share
    }
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
