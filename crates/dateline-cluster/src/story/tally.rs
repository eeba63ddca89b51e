//! How often each of many millions of words was seen, in little more memory than words and numbers take.
//!
//! Method: open addressing with linear probing (Knuth, "The Art of Computer Programming", volume 3, 6.4).

use crate::story::term::mixed;

/// Numbers by word.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Each has the words of one range of hashes. One grows at a time, so that what is copied is never the whole.
    parts: Vec<Part>,
}

/// So many parts, by so many bits of a hash.
const PART_BITS: u32 = 8;

impl Default for Tally {
    fn default() -> Self {
        Self { parts: vec![Part::default(); 1 << PART_BITS] }
    }
}

impl Tally {
    /// Counts a word once more.
    pub(crate) fn add(&mut self, word: u64) {
        let mixed = mixed(word);
        self.parts[part(mixed)].add(word, mixed);
    }

    /// How often it was counted.
    pub(crate) fn of(&self, word: u64) -> u32 {
        let mixed = mixed(word);
        self.parts[part(mixed)].of(word, mixed)
    }

    /// Forgets what was counted once, and takes no more memory than the rest needs.
    pub(crate) fn forget_single(&mut self) {
        self.parts.iter_mut().for_each(Part::forget_single);
    }

    /// How many words it has.
    #[cfg(test)]
    pub(crate) fn words(&self) -> usize {
        self.parts.iter().map(|part| part.words).sum()
    }
}

#[derive(Clone, Debug, Default)]
struct Part {
    places: Vec<Place>,
    words: usize,
}

/// Twelve bytes: a number of eight would need sixteen.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// High and low half.
    word: [u32; 2],
    /// 0 where the place is free.
    count: u32,
}

impl Part {
    fn add(&mut self, word: u64, mixed: u64) {
        // Four of five places may be taken.
        if self.words * 5 >= self.places.len() * 4 {
            self.lay_out((self.places.len() * 5 / 4).max(16), |_| true);
        }
        let at = at(&self.places, word, mixed);
        let place = &mut self.places[at];
        self.words += usize::from(place.count == 0);
        place.word = halves(word);
        place.count = place.count.saturating_add(1);
    }

    fn of(&self, word: u64, mixed: u64) -> u32 {
        if self.places.is_empty() { 0 } else { self.places[at(&self.places, word, mixed)].count }
    }

    fn forget_single(&mut self) {
        let is_kept = |place: &Place| place.count > 1;
        self.words = self.places.iter().filter(|place| is_kept(place)).count();
        self.lay_out(self.words * 5 / 4 + 1, is_kept);
    }

    /// Puts those that are kept into so many places, which must be more than they are.
    fn lay_out(&mut self, places: usize, is_kept: impl Fn(&Place) -> bool) {
        let mut laid = vec![Place::default(); places];
        for place in self.places.iter().filter(|place| place.count > 0 && is_kept(place)) {
            let word = u64::from(place.word[0]) << 32 | u64::from(place.word[1]);
            let at = at(&laid, word, mixed(word));
            laid[at] = *place;
        }
        self.places = laid;
    }
}

/// Where a word is, or may be put. Some place must be free.
fn at(places: &[Place], word: u64, mixed: u64) -> usize {
    let word = halves(word);
    let hash = (mixed << PART_BITS) >> 32;
    let mut at = usize::try_from((hash * places.len() as u64) >> 32).unwrap_or_default();
    while places[at].count > 0 && places[at].word != word {
        at = if at + 1 == places.len() { 0 } else { at + 1 };
    }
    at
}

fn halves(word: u64) -> [u32; 2] {
    [(word >> 32) as u32, word as u32]
}

fn part(mixed: u64) -> usize {
    usize::try_from(mixed >> (u64::BITS - PART_BITS)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn words_are_counted_and_singles_forgotten() {
        let (mut tally, mut expected) = (Tally::default(), BTreeMap::<u64, u32>::new());
        assert_eq!(tally.of(7), 0);
        for n in 0..50_000_u64 {
            // Some of one part, some all over; 0 is a word like any other.
            let word = if n % 3 == 0 { n % 977 } else { (n % 20_011).wrapping_mul(0x5851_F42D_4C95_7F2D) };
            tally.add(word);
            *expected.entry(word).or_default() += 1;
        }
        assert!(expected.iter().all(|(word, count)| tally.of(*word) == *count));
        assert_eq!((tally.words(), tally.of(u64::MAX)), (expected.len(), 0));
        tally.forget_single();
        let kept = |count: u32| if count > 1 { count } else { 0 };
        assert!(expected.iter().all(|(word, count)| tally.of(*word) == kept(*count)));
        assert_eq!(tally.words(), expected.values().filter(|count| **count > 1).count());
        tally.add(u64::MAX);
        assert_eq!(tally.of(u64::MAX), 1);
    }
}
