//! What the language model read in the texts that came lately: a copy of one is not read again.
//!
//! What it reads in a text depends on the text alone, so that nothing but time tells whether a text was
//! remembered.

use std::collections::{BTreeMap, VecDeque};
use std::mem::size_of;
use std::sync::{Arc, Mutex, PoisonError};

use dateline_model::{AnnotatedText, Token};
use sha2::{Digest, Sha256};

/// Texts that were read, the oldest forgotten first; shared by threads.
pub(crate) struct ReadTexts {
    kept: Mutex<Kept>,
    /// So many bytes are kept at most.
    most: usize,
}

#[derive(Default)]
struct Kept {
    by_digest: BTreeMap<[u8; 32], Arc<AnnotatedText>>,
    order: VecDeque<[u8; 32]>,
    bytes: usize,
}

impl ReadTexts {
    /// Remembers about so many bytes.
    pub(crate) fn of_bytes(most: usize) -> Self {
        Self { kept: Mutex::default(), most }
    }

    /// What `read` reads in `text`, or read in it before.
    pub(crate) fn read(&self, text: &str, read: impl FnOnce(&str) -> AnnotatedText) -> AnnotatedText {
        let digest = Sha256::digest(text.as_bytes()).into();
        let known = self.with(|kept| kept.by_digest.get(&digest).cloned());
        if let Some(known) = known {
            return AnnotatedText::clone(&known);
        }
        let annotated = read(text);
        if size(&annotated) <= self.most {
            let copy = Arc::new(annotated.clone());
            self.with(|kept| kept.insert(digest, copy, self.most));
        }
        annotated
    }

    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        // A thread that fell while it held the lock left a whole table: each step of `insert` leaves one.
        work(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    fn insert(&mut self, digest: [u8; 32], annotated: Arc<AnnotatedText>, most: usize) {
        let bytes = size(&annotated);
        // Two threads may have read the same text at the same time.
        if self.by_digest.insert(digest, annotated).is_some() {
            return;
        }
        self.order.push_back(digest);
        self.bytes += bytes;
        while self.bytes > most {
            let Some(oldest) = self.order.pop_front() else { return };
            let gone = self.by_digest.remove(&oldest);
            self.bytes -= gone.map_or(0, |annotated| size(&annotated));
        }
    }
}

/// Its tokens are nearly all of it; words that several tokens share count for nothing.
fn size(annotated: &AnnotatedText) -> usize {
    annotated.tokens.len() * size_of::<Token>() + SMALL_TALK
}

/// What a text takes besides its tokens.
const SMALL_TALK: usize = 1 << 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_not_read_again_until_it_is_forgotten() {
        let texts = ReadTexts::of_bytes(2 * SMALL_TALK);
        let mut read = Vec::new();
        for text in ["a", "b", "a", "c", "b", "a", "a"] {
            texts.read(text, |text| {
                read.push(text.to_owned());
                AnnotatedText::default()
            });
        }
        assert_eq!(read, ["a", "b", "c", "a"]);
    }
}
