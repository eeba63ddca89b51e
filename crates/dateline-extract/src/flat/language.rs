//! The language of a text, from its first words.

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
    static TELLING: LazyLock<Vec<Telling>> = LazyLock::new(|| {
        toml::from_str::<File>(include_str!("../../../../data/extract/languages.toml"))
            .map(|file| file.language.iter().map(Telling::of).collect())
            .expect("data/extract/languages.toml is part of the build and tested")
    });
    let words: Vec<Option<u64>> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(pack).collect();
    // A report with a long quotation is of two languages at sight.
    let mut seen = TELLING.iter().filter(|language| language.is_of(&words));
    seen.next().filter(|_| seen.next().is_none()).map(|language| language.code.as_str())
}

#[derive(Deserialize)]
struct File {
    language: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    sure: String,
    words: Vec<String>,
    share: usize,
}

/// The words of one language, packed.
struct Telling {
    code: String,
    sure: Option<u64>,
    words: Vec<u64>,
    share: usize,
}

impl Telling {
    fn of(row: &Row) -> Self {
        Self {
            code: row.code.clone(),
            sure: pack(&row.sure),
            words: row.words.iter().filter_map(|word| pack(word)).collect(),
            share: row.share,
        }
    }

    fn is_of(&self, text: &[Option<u64>]) -> bool {
        let sure = text.iter().filter(|word| **word == self.sure).count();
        let telling = text.iter().flatten().filter(|word| self.words.contains(word)).count();
        text.len() >= ENOUGH_WORDS && sure >= SURE && telling * 100 >= text.len() * self.share
    }
}

/// Fewer words may be a title that is quoted in another language.
const ENOUGH_WORDS: usize = 40;
/// How often the surest word must stand in the text: once may be a name.
const SURE: usize = 2;

/// Two letters where ISO 639-1 has them.
fn code(lang: whatlang::Lang) -> &'static str {
    let three = lang.code();
    CODES.binary_search_by_key(&three, |c| c.0).map_or(three, |at| CODES[at].1)
}

/// ISO 639-3 and 639-1, by the former.
const CODES: [(&str, &str); 69] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("zul", "zu"),
];

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
        assert!(CODES.is_sorted());
    }

    #[test]
    fn a_title_is_no_text() {
        let title = "„The Man of the Year“ und „The Day of the Dog“ laufen am Abend";
        assert_eq!(at_sight(title), None);
        let report = "The head of the council said on Monday that the bridge was closed. ".repeat(4);
        assert_eq!(at_sight(&report), Some("en"));
    }
}
