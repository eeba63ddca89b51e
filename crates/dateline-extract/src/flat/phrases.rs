//! Many phrases looked for at once, each only where a word can begin.
//!
//! A phrase of the lexicon never begins in the middle of a word, so most places of a text need not be
//! looked at, and at most of the others four bytes tell that no phrase begins there. That is several
//! times as quick as a machine that reads every byte, and costs next to nothing to make.

use std::ops::Range;

/// A set of phrases, numbered in the order in which they were given.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    /// Of each byte, whether it is a letter ([`LETTER`]) and whether a phrase begins with it ([`BEGINS`]).
    bytes: [u8; 256],
    /// All phrases of [`OPENING`] bytes or more, those with the same opening side by side.
    long: Vec<Phrase>,
    /// A table with free places: an opening stands at its own place or soon after it.
    openings: Vec<Opening>,
    /// One bit for the hash of each opening: few places of a page get past it.
    seen: Vec<u64>,
    /// The phrases that are too short to have an opening, by their first byte.
    short: Vec<Vec<Phrase>>,
    /// By first byte, a bit for each second byte that a short phrase can have, or that can follow it.
    short_seen: Vec<[u64; 4]>,
}

const LETTER: u8 = 1;
const BEGINS: u8 = 2;

/// One phrase, its head packed so that most places are told from it by one comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    bytes: Box<[u8]>,
    head: u64,
    /// Which bits of the head count: all, but of phrases of fewer than eight bytes.
    mask: u64,
    number: u32,
}

impl Phrase {
    fn new(bytes: Box<[u8]>, number: u32) -> Self {
        let mask = if bytes.len() < HEAD { (1 << (8 * bytes.len())) - 1 } else { u64::MAX };
        Self { head: head(&bytes), mask, bytes, number }
    }

    /// Does it stand at the beginning of `rest`, whose head is given?
    fn opens(&self, rest: &[u8], head: u64) -> bool {
        head & self.mask == self.head
            && match self.bytes.get(HEAD..) {
                Some(beyond) => rest.get(HEAD..).is_some_and(|rest| rest.starts_with(beyond)),
                None => self.bytes.len() <= rest.len(),
            }
    }
}

/// What phrases begin with.
#[derive(Clone, Debug, Default)]
struct Opening {
    key: u32,
    /// The part of the long phrases that begin so; none in a free place.
    part: Range<u32>,
    /// A bit for each byte that can stand behind it, as far as sixty-four bits can tell.
    next: u64,
}

/// By so many of its first bytes a phrase is looked up.
const OPENING: usize = 4;
/// So many are compared at once.
const HEAD: usize = 8;
/// Bits of the filter for openings: eight times as many as there are phrases, and small enough to stay
/// near the processor.
const SEEN_BITS: u32 = 16;

impl Phrases {
    /// Takes in the phrases; an empty one is never found.
    pub(super) fn new<'p>(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let (mut long, mut short, mut begins) = (Vec::new(), vec![Vec::new(); 256], [false; 256]);
        for (number, phrase) in (0..).zip(phrases) {
            let bytes: Box<[u8]> = phrase.as_bytes().into();
            let Some(&first) = bytes.first() else { continue };
            begins[usize::from(first)] = true;
            let list = if bytes.len() >= OPENING { &mut long } else { &mut short[usize::from(first)] };
            list.push(Phrase::new(bytes, number));
        }
        long.sort();
        let size = (4 * long.len()).next_power_of_two();
        let mut new = Self {
            bytes: std::array::from_fn(|byte| {
                (u8::from(LETTERS[byte]) * LETTER) | (u8::from(begins[byte]) * BEGINS)
            }),
            long,
            openings: vec![Opening::default(); size],
            seen: vec![0; (1 << SEEN_BITS) / 64],
            short_seen: short.iter().map(|phrases| second_bytes(phrases)).collect(),
            short,
        };
        new.enter_openings();
        new
    }

    fn enter_openings(&mut self) {
        let mut from = 0;
        for same in self.long.chunk_by(|a, b| a.bytes[..OPENING] == b.bytes[..OPENING]) {
            let key = opening(same[0].head);
            let to = from + u32::try_from(same.len()).unwrap_or(u32::MAX);
            let place = self.place(key);
            let bit = filter_bit(key);
            self.openings[place] = Opening { key, part: from..to, next: next_bytes(same) };
            self.seen[bit / 64] |= 1 << (bit % 64);
            from = to;
        }
    }

    /// Where an opening stands, or the free place where it would.
    fn place(&self, key: u32) -> usize {
        let last = self.openings.len() - 1;
        let mut at = key.wrapping_mul(0x9E37_79B1) as usize >> 7 & last;
        while self.openings[at].key != key && !self.openings[at].part.is_empty() {
            at = (at + 1) & last;
        }
        at
    }

    /// Calls `found` with the number and place of every phrase that stands in `range` of `text`, its ends
    /// not touched by letters of a longer word.
    pub(super) fn find(&self, text: &[u8], range: Range<usize>, mut found: impl FnMut(u32, Range<usize>)) {
        let (Some(line), start) = (text.get(range.clone()), range.start) else { return };
        let mut found = |number, place: Range<usize>| found(number, start + place.start..start + place.end);
        let mut before = 0;
        for (at, byte) in line.iter().enumerate() {
            let here = self.bytes[usize::from(*byte)];
            // No phrase begins within a word.
            if here >= BEGINS && here & before & LETTER == 0 {
                self.find_at(line, at, &mut found);
            }
            before = here;
        }
    }

    /// The phrases that begin at `at`.
    fn find_at(&self, line: &[u8], at: usize, found: &mut impl FnMut(u32, Range<usize>)) {
        let rest = &line[at..];
        let head = head(rest);
        let (first, second) = (rest[0], rest.get(1).copied().unwrap_or(b' '));
        if self.short_seen[usize::from(first)][usize::from(second / 64)] >> (second % 64) & 1 == 1 {
            compare(&self.short[usize::from(first)], line, at, found);
        }
        let key = opening(head);
        let bit = filter_bit(key);
        if self.seen[bit / 64] >> (bit % 64) & 1 == 1 {
            let Opening { key: of, part, next } = &self.openings[self.place(key)];
            if *of == key && next >> (head >> (8 * OPENING) & 63) & 1 == 1 {
                compare(&self.long[part.start as usize..part.end as usize], line, at, found);
            }
        }
    }
}

/// Which of the phrases stand at `at`?
fn compare(phrases: &[Phrase], line: &[u8], at: usize, found: &mut impl FnMut(u32, Range<usize>)) {
    let rest = &line[at..];
    let head = head(rest);
    for phrase in phrases.iter().filter(|phrase| phrase.opens(rest, head)) {
        let end = at + phrase.bytes.len();
        if parted(line, end) {
            found(phrase.number, at..end);
        }
    }
}

/// The bytes behind the opening of phrases that begin alike; behind a phrase that is over, what ends a word.
fn next_bytes(phrases: &[Phrase]) -> u64 {
    let bit = |byte: u8| 1 << (byte & 63);
    let ends: u64 = (0..=u8::MAX).filter(|byte| !is_letter(*byte)).map(bit).fold(0, |bits, bit| bits | bit);
    let next = |phrase: &Phrase| match phrase.bytes.get(OPENING) {
        Some(byte) => bit(*byte),
        // A phrase that ends with a mark may stand right before letters.
        None if phrase.bytes.last().is_some_and(|last| is_letter(*last)) => ends,
        None => u64::MAX,
    };
    phrases.iter().map(next).fold(0, |bits, next| bits | next)
}

/// The second bytes of phrases that begin alike; any byte, where a phrase has but one.
fn second_bytes(phrases: &[Phrase]) -> [u64; 4] {
    let mut seen = [0; 4];
    for phrase in phrases {
        match phrase.bytes.get(1) {
            Some(byte) => seen[usize::from(byte / 64)] |= 1 << (byte % 64),
            None => seen = [u64::MAX; 4],
        }
    }
    seen
}

/// The first bytes as one number; behind the end stand zeros.
fn head(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<HEAD>() {
        Some(head) => u64::from_le_bytes(*head),
        None => bytes.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

/// The first bytes of a head.
fn opening(head: u64) -> u32 {
    (head & u64::from(u32::MAX)) as u32
}

fn filter_bit(opening: u32) -> usize {
    (opening.wrapping_mul(0x85EB_CA6B) >> (32 - SEEN_BITS)) as usize
}

/// Does the word end at `end`?
fn parted(line: &[u8], end: usize) -> bool {
    let inside = |at: usize| line.get(at).copied().is_some_and(is_letter);
    !(inside(end) && inside(end - 1))
}

/// ASCII letters and every byte of a longer character: quotation marks beside a phrase are rare
/// enough, and counting them as letters costs less than decoding.
fn is_letter(byte: u8) -> bool {
    LETTERS[usize::from(byte)]
}

const LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        letters[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphabetic();
        byte += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrases: &[&str], text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        Phrases::new(phrases.iter().copied())
            .find(text.as_bytes(), 0..text.len(), |number, range| found.push((number, range)));
        let words: Vec<&str> = found.iter().map(|(_, range)| &text[range.clone()]).collect();
        assert_eq!(words, expected, "{text}");
        assert!(found.iter().all(|(number, range)| phrases[*number as usize] == &text[range.clone()]));
    }

    #[test]
    fn phrases_are_found_where_words_begin_and_end() {
        check(&["share", "share this"], "share this share", &["share", "share this", "share"]);
        check(&["art", "x"], "part arty art x", &["art", "x"]);
        check(&["(photo", "#"], "(photo #", &["(photo", "#"]);
        check(&["/ap", "ap"], "via/ap photos", &["/ap", "ap"]);
        check(&["ещё", "ещ"], "ещё еще", &["ещё"]);
        check(&["photo "], "photo of photo", &["photo "]);
        check(&["", "a"], "", &[]);
    }

    #[test]
    fn nothing_is_found_beyond_the_range() {
        let mut found = 0;
        Phrases::new(["b c", "c"]).find(b"a b c", 0..3, |_, _| found += 1);
        assert_eq!(found, 0);
    }
}
