//! One report's words, ready to be held against those of many others.

use crate::story::term::{Term, mixed};

/// Terms, a table of bits that knows of most other words that they are not among them, and one of their places.
pub(crate) struct Probe<'a> {
    terms: &'a [Term],
    bits: Vec<u64>,
    /// One more than the number of a term, by its hash, or after it where others took that place; 0 where none is.
    /// As many as a power of two.
    numbers: Vec<u32>,
}

/// Places of the table of bits: a report has some hundred words.
const PLACES: usize = 1 << 16;

impl<'a> Probe<'a> {
    /// Of a report's terms, each word once.
    pub(crate) fn of(terms: &'a [Term]) -> Self {
        let mut bits = vec![0; PLACES / 64];
        let mut numbers = vec![0; (terms.len() * 4).next_power_of_two()];
        for (number, (word, _)) in (1..).zip(terms) {
            let (cell, bit) = place(*word);
            bits[cell] |= bit;
            let mut at = first_place(*word, &numbers);
            while numbers[at] != 0 {
                at = (at + 1) & (numbers.len() - 1);
            }
            numbers[at] = number;
        }
        Self { terms, bits, numbers }
    }

    /// The product with other terms: their cosine, where both have length 1.
    pub(crate) fn product(&self, other: &KeptTerms) -> f32 {
        let mut sum = 0.0;
        for (word, weight) in other.words.iter().zip(&other.weights) {
            let (cell, bit) = place(*word);
            if self.bits[cell] & bit != 0
                && let Some(own) = self.weight(*word)
            {
                sum += weight * own;
            }
        }
        sum
    }

    fn weight(&self, word: u64) -> Option<f32> {
        let mut at = first_place(word, &self.numbers);
        // A quarter of the places is taken at most.
        loop {
            let number = self.numbers[at].checked_sub(1)?;
            let (own, weight) = self.terms[number as usize];
            if own == word {
                return Some(weight);
            }
            at = (at + 1) & (self.numbers.len() - 1);
        }
    }
}

fn first_place(word: u64, numbers: &[u32]) -> usize {
    (mixed(word) >> 32) as usize & (numbers.len() - 1)
}

fn place(word: u64) -> (usize, u64) {
    let place = mixed(word) >> 48;
    ((place / 64) as usize, 1 << (place % 64))
}

/// Terms as they are kept, column by column: a pile has millions.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeptTerms {
    words: Vec<u64>,
    weights: Vec<f32>,
}

impl KeptTerms {
    /// Those of sorted terms that are worth being kept.
    pub(crate) fn of(terms: &[Term], is_worth: impl Fn(u64) -> bool) -> Self {
        let kept = || terms.iter().filter(|(word, _)| is_worth(*word));
        Self { words: kept().map(|term| term.0).collect(), weights: kept().map(|term| term.1).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_that_of_the_words_in_common() {
        let terms = [(1, 0.5), (7, 2.0), (9, 1.0)];
        let product = |other: &[Term]| Probe::of(&terms).product(&KeptTerms::of(other, |_| true));
        assert_eq!(product(&[(0, 4.0), (7, 3.0), (9, 1.0)]), 7.0);
        assert_eq!(product(&[(2, 1.0)]), 0.0);
        let kept = KeptTerms::of(&[(7, 3.0), (9, 1.0)], |word| word != 9);
        assert_eq!(Probe::of(&terms).product(&kept), 6.0);
    }
}
