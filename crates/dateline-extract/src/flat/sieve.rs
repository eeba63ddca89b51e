//! What is surely not in a set is told by one bit: most words of a page are in no table and need no look-up.

/// Sixty-four bits for each of `WORDS`: one is set for each key that was added, and for all that share it.
#[derive(Clone, Debug)]
pub(crate) struct Sieve<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Default for Sieve<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl<const WORDS: usize> Sieve<WORDS> {
    /// Lets what has this key through from now on. Of a key the lowest bits count.
    pub(crate) fn add(&mut self, key: u64) {
        self.0[Self::word(key)] |= 1 << (key % 64);
    }

    /// May something with this key have been added?
    pub(crate) fn may_hold(&self, key: u64) -> bool {
        self.0[Self::word(key)] >> (key % 64) & 1 == 1
    }

    fn word(key: u64) -> usize {
        (key / 64) as usize % WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_passes() {
        let mut sieve = Sieve::<2>::default();
        [0, 63, 64, 127 + 128].into_iter().for_each(|key| sieve.add(key));
        let passed: Vec<u64> = (0..128).filter(|key| sieve.may_hold(*key)).collect();
        assert_eq!(passed, [0, 63, 64, 127]);
    }
}
