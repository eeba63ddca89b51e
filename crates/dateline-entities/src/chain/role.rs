//! The title before a name: "Russian President", "Lieutenant-General", "Mr".

use crate::text::Text;
use crate::words::Kinds;

/// A title: where it stands, and the word that tells what it is.
#[derive(Debug)]
pub(crate) struct Title {
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The title's own word, in small letters: "president", "minister".
    pub(crate) head: String,
    /// Does it tell an office, more than how one is addressed?
    pub(crate) is_office: bool,
}

/// Longest title in tokens.
const LONGEST: usize = 7;

/// The title that ends where a name begins.
pub(crate) fn title_before(text: &Text<'_>, name: usize) -> Option<Title> {
    let at = name.checked_sub(1)?;
    let at = if text.word(at)?.text == "," { at.checked_sub(1)? } else { at };
    let head = text.word(at).filter(|w| w.is(Kinds::TITLE))?;
    let sentence = text.sentence(at)?.first as usize;
    let mut first = at;
    while first > sentence
        && at - first < LONGEST
        && text.word(first - 1).is_some_and(|w| belongs(w.tag(), w.has_letter()))
    {
        first -= 1;
    }
    Some(Title { first, end: at + 1, head: head.lower.to_string(), is_office: !head.is(Kinds::ADDRESS) })
}

/// Nouns and adjectives before the title's own word belong to it.
fn belongs(tag: &str, has_letter: bool) -> bool {
    has_letter && matches!(tag, "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "JJR" | "JJS")
}
