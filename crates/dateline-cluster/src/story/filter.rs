//! Knows of most words that stand alone in a pile that they do, in a few bits for each.
//!
//! Method: Bloom, "Space/time trade-offs in hash coding with allowable errors" (1970), two bits for a word, both in one
//! cell so that a word costs one look into memory.

use crate::story::term::mixed;

/// Two tables of bits: seen, and seen again.
pub(crate) struct Filter {
    once: Vec<u64>,
    again: Vec<u64>,
    mask: u64,
}

/// Cells of a table at most: both take 128 MB then. A million reports of made texts have 13 million words and pairs of
/// words, which leave most bits free. Where there are ten times as many, one in thirteen of those that stand alone is
/// taken for repeated: that costs the place of its count until all are counted, and changes nothing else.
const MOST_CELLS: usize = 1 << 23;

impl Filter {
    /// A filter for about so many words.
    pub(crate) fn of(words: usize) -> Self {
        let cells = (words / 16).clamp(1, MOST_CELLS).next_power_of_two();
        Self { once: vec![0; cells], again: vec![0; cells], mask: cells as u64 - 1 }
    }

    /// Takes note of a word.
    pub(crate) fn see(&mut self, word: u64) {
        let (cell, bits) = self.place(word);
        if self.once[cell] & bits == bits {
            self.again[cell] |= bits;
        }
        self.once[cell] |= bits;
    }

    /// Was it seen more than once? Certainly not, or probably.
    pub(crate) fn is_repeated(&self, word: u64) -> bool {
        let (cell, bits) = self.place(word);
        self.again[cell] & bits == bits
    }

    fn place(&self, word: u64) -> (usize, u64) {
        // The higher a bit of the product, the more of the word's bits are in it.
        let mixed = mixed(word);
        let cell = usize::try_from((mixed >> 20) & self.mask).unwrap_or_default();
        (cell, 1 << (mixed >> 58) | 1 << (mixed >> 52 & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_again_is_never_missed() {
        let mut filter = Filter::of(1000);
        (0..1000).chain(0..100).for_each(|word| filter.see(word));
        assert!((0..100).all(|word| filter.is_repeated(word)));
        let wrong = (100..1000).filter(|word| filter.is_repeated(*word)).count();
        assert!(wrong < 300, "{wrong} of 900 are taken for repeated");
    }

    #[test]
    fn a_filter_takes_no_more_than_it_may() {
        for words in [1 << 40, usize::MAX] {
            let filter = Filter::of(words);
            assert_eq!((filter.once.len() + filter.again.len()) * size_of::<u64>(), 128 << 20);
        }
        assert_eq!(Filter::of(0).once.len(), 1);
    }
}
