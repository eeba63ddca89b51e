//! A list of words or parts of words to be found in short texts, many at once.

use serde::Deserialize;

/// Terms sorted by their first byte, so that a place in a text is compared with few of them.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Terms(Vec<Vec<String>>);

impl From<Vec<String>> for Terms {
    fn from(terms: Vec<String>) -> Self {
        let mut by_first = vec![Vec::new(); 256];
        for term in terms {
            if let Some(first) = term.bytes().next() {
                by_first[usize::from(first)].push(term);
            }
        }
        Self(by_first)
    }
}

impl Terms {
    /// Does `text` hold one of the terms, anywhere?
    pub(crate) fn within(&self, text: &str) -> bool {
        (0..text.len()).any(|at| self.starting_at(text, at).next().is_some())
    }

    /// Does `text` hold one of the terms as a word of its own? (Scripts without spaces have no word ends.)
    pub(crate) fn as_word_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let open = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric());
        (0..text.len())
            .filter(|at| *at == 0 || open(bytes.get(at - 1)))
            .any(|at| self.starting_at(text, at).any(|term| open(bytes.get(at + term.len()))))
    }

    /// The terms that open `text`.
    pub(crate) fn opening<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'s String> {
        self.starting_at(text, 0)
    }

    fn starting_at<'s>(&'s self, text: &'s str, at: usize) -> impl Iterator<Item = &'s String> {
        let rest = &text.as_bytes()[at..];
        let sharing = rest.first().map(|first| &self.0[usize::from(*first)]);
        sharing.into_iter().flatten().filter(move |term| rest.starts_with(term.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_words() {
        let terms = Terms::from(vec!["date".to_owned(), "更新".to_owned()]);
        for (text, within, word) in [
            ("entry-date x", true, true),
            ("updated", true, false),
            ("最終更新日", true, true),
            ("dat", false, false),
            ("", false, false),
        ] {
            assert_eq!((terms.within(text), terms.as_word_in(text)), (within, word), "{text}");
        }
    }
}
