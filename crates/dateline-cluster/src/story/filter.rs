//! Knows of most words that stand alone in a pile that they do, in two bits for each.

/// Two tables of bits: seen, and seen again.
pub(crate) struct Filter {
    once: Vec<u64>,
    again: Vec<u64>,
    mask: u64,
}

impl Filter {
    /// A filter for about so many words.
    pub(crate) fn of(words: usize) -> Self {
        let places = words.saturating_mul(4).next_power_of_two().max(64);
        Self { once: vec![0; places / 64], again: vec![0; places / 64], mask: places as u64 - 1 }
    }

    /// Takes note of a word.
    pub(crate) fn see(&mut self, word: u64) {
        let (cell, bit) = self.place(word);
        self.again[cell] |= self.once[cell] & bit;
        self.once[cell] |= bit;
    }

    /// Was it seen more than once? Certainly not, or probably.
    pub(crate) fn is_repeated(&self, word: u64) -> bool {
        let (cell, bit) = self.place(word);
        self.again[cell] & bit != 0
    }

    fn place(&self, word: u64) -> (usize, u64) {
        // Hashes of words differ in their low bits least.
        let place = (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) & self.mask;
        (usize::try_from(place / 64).unwrap_or_default(), 1 << (place % 64))
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
}
