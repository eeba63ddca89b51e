//! Sentences that the flattening ran together: "…in Aleppo.The army…".
//!
//! A blank is put between them where it is certain that one is missing: a word in small letters ends
//! with a full stop, and a capitalised word of plain letters begins right behind it. Addresses, names
//! such as "Node.js", abbreviations and numbers are left alone. Words run into one another without a
//! mark ("towardtrying") stay as printed: no rule tells them from compounds without error.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

/// The words of `data/extract/joints.toml`.
#[derive(Deserialize)]
pub(super) struct JointWords {
    not_after_a_stop: Vec<String>,
    /// The shortcodes that frame a picture or film.
    pub(super) shortcodes: Vec<String>,
}

pub(super) static WORDS: LazyLock<JointWords> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/extract/joints.toml"))
        .expect("data/extract/joints.toml is part of the build and tested")
});

/// Where in `range` of `text` a blank is missing between two sentences.
pub(super) fn joints(text: &str, range: Range<usize>) -> Vec<usize> {
    let bytes = text.as_bytes();
    let Some(line) = bytes.get(range.clone()) else { return Vec::new() };
    let stops = memchr::memchr3_iter(b'.', b'?', b'!', line).map(|at| range.start + at);
    stops.filter(|&stop| is_joint(text, &range, stop)).map(|stop| stop + 1).collect()
}

fn is_joint(text: &str, range: &Range<usize>, stop: usize) -> bool {
    let bytes = text.as_bytes();
    let small = |at: Option<usize>| at.is_some_and(|at| at >= range.start && bytes[at].is_ascii_lowercase());
    let capital = bytes.get(stop + 1).is_some_and(u8::is_ascii_uppercase);
    if !(capital && small(stop.checked_sub(1)) && small(stop.checked_sub(2))) {
        return false;
    }
    let before = text[range.start..stop].rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = text[stop + 1..range.end].split(char::is_whitespace).next().unwrap_or_default();
    is_word(before) && is_first_word(after)
}

/// Letters, and marks that stand in or before words: no part of an address.
fn is_word(token: &str) -> bool {
    token.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '“' | '"' | '(' | '‘'))
}

/// A word that can open a sentence, with the marks that may follow it.
fn is_first_word(token: &str) -> bool {
    let word = token.trim_end_matches([',', ':', ';', '.', '!', '?', ')', '"', '”', '’']);
    let small = |c: char| c.is_lowercase() || matches!(c, '\'' | '’' | '-');
    let mut rest = word.chars();
    rest.next().is_some_and(char::is_uppercase)
        && rest.all(small)
        && (word.len() > 1 || matches!(word, "A" | "I"))
        && !WORDS.not_after_a_stop.iter().any(|ending| ending == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_missing_between_sentences_only() {
        for (line, expected) in [
            ("They left Aleppo.The army stayed.", "They left Aleppo.|The army stayed."),
            ("Was it closed?Nobody knew.He left.", "Was it closed?|Nobody knew.|He left."),
            ("He works for Booking.Com and Node.Js.", "He works for Booking.Com and Node.Js."),
            ("See www.example.Org or a.b.The", "See www.example.Org or a.b.The"),
            ("The U.S.The 3.5.The p.m.Then e.g.This", "The U.S.The 3.5.The p.m.Then e.g.This"),
            ("file.README of iPhone and McDonald", "file.README of iPhone and McDonald"),
            ("She said so.I agree.", "She said so.|I agree."),
            ("“It is over.”He left, and towardtrying.", "“It is over.”He left, and towardtrying."),
            ("Ende der Straße.Über uns", "Ende der Straße.Über uns"),
            ("", ""),
        ] {
            let mut shown = line.to_owned();
            joints(line, 0..line.len()).into_iter().rev().for_each(|at| shown.insert(at, '|'));
            assert_eq!(shown, expected);
        }
    }
}
