//! The language of a text, from its first words.

use dateline_model::{Basis, Language};

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
    let found = whatlang::detect(&text[..end])?;
    let confidence = found.confidence() as f32;
    Some(Language { code: code(found.lang()).to_owned(), confidence, basis: Basis::Printed })
}

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
}
