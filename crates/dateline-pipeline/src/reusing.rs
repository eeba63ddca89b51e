//! From a pile of articles to what they share: gather, name apart, compare.

use dateline_model::Article;
use dateline_reuse::{Entry, Reuse, Rules, detect_reuse};
use sha2::{Digest, Sha256};

/// A pile that grows article by article; only what the comparison needs is kept.
#[derive(Debug, Default)]
pub struct ReusePile {
    entries: Vec<Entry<'static>>,
}

impl ReusePile {
    /// What is kept of one article.
    #[must_use]
    pub fn entry(article: &Article) -> Entry<'static> {
        Entry::of(article)
    }

    /// Takes one in.
    pub fn add(&mut self, entry: Entry<'static>) {
        self.entries.push(entry);
    }

    /// Compares the pile. The order in which it grew does not matter.
    #[must_use]
    pub fn compare(mut self) -> ComparedPile {
        self.entries.sort_unstable();
        self.entries.dedup_by(|x, y| x.id == y.id && x.text == y.text);
        name_apart(&mut self.entries);
        let reuse = detect_reuse(&self.entries, &Rules::built_in());
        ComparedPile { entries: self.entries, reuse }
    }
}

/// A pile with what its reports share.
#[derive(Debug)]
pub struct ComparedPile {
    entries: Vec<Entry<'static>>,
    /// What is shared.
    pub reuse: Reuse,
}

impl ComparedPile {
    /// Each report's id and text, by id.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|entry| (entry.id.as_str(), entry.text.as_ref()))
    }
}

/// Different texts under one id get the beginning of their digest behind it.
fn name_apart(entries: &mut [Entry<'_>]) {
    for same in entries.chunk_by_mut(|x, y| x.id == y.id).filter(|same| same.len() > 1) {
        for entry in same {
            let digest = Sha256::digest(entry.text.as_bytes());
            let digits: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            entry.id = format!("{}#{digits}", entry.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(pile: &[(&str, &str)]) -> Vec<String> {
        let mut reuse = ReusePile::default();
        for (id, text) in pile {
            reuse.add(Entry { id: (*id).to_owned(), text: (*text).to_owned().into(), ..Entry::default() });
        }
        reuse.compare().texts().map(|(id, _)| id.to_owned()).collect()
    }

    #[test]
    fn two_texts_under_one_id_are_told_apart() {
        assert_eq!(ids(&[("a", "x"), ("a", "x"), ("b", "y")]), ["a", "b"]);
        let told = ids(&[("a", "x"), ("a", "y")]);
        assert!(told[0].starts_with("a#") && told[0].len() == 10 && told[0] != told[1], "{told:?}");
        assert_eq!(told, ids(&[("a", "y"), ("a", "x")]));
    }
}
