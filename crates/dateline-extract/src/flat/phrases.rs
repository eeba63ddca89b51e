//! Many phrases looked for at once, each only where a word can begin.
//!
//! A phrase of the lexicon never begins in the middle of a word, so most places of a text need not be
//! looked at, and at most of the others four bytes tell that no phrase begins there. That is several
//! times as quick as a machine that reads every byte, and costs next to nothing to make.

use std::ops::Range;

use super::kinds::{WIDTH, bits};
use super::sieve::Sieve;

/// A set of phrases, numbered in the order in which they were given.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    /// All phrases of [`OPENING`] bytes or more, those with the same opening side by side.
    long: Vec<Phrase>,
    /// A table with free places: an opening stands at its own place or soon after it.
    openings: Vec<Opening>,
    /// One bit for the hash of each opening: few places of a page get past it.
    seen: Sieve<1024>,
    /// The phrases that are too short to have an opening, by their first byte.
    short: Vec<Vec<Phrase>>,
    /// One bit for each pair of bytes that a short phrase can begin with, alone or with what follows it.
    short_seen: Sieve<1024>,
}

/// One phrase, its head packed so that most places are told from it by one comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    bytes: Box<[u8]>,
    head: u64,
    /// Which bits of the head count: all, but of phrases of fewer than eight bytes.
    mask: u64,
    number: u32,
    /// Did it begin with a space, which is not among its bytes?
    spaced: bool,
}

impl Phrase {
    fn new(phrase: &str, number: u32) -> Self {
        let behind_space = phrase.strip_prefix(' ');
        let bytes: Box<[u8]> = behind_space.unwrap_or(phrase).as_bytes().into();
        let mask = if bytes.len() < HEAD { (1 << (8 * bytes.len())) - 1 } else { u64::MAX };
        Self { head: head(&bytes), mask, bytes, number, spaced: behind_space.is_some() }
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

impl Phrases {
    /// Takes in the phrases; an empty one is never found.
    pub(super) fn new<'p>(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let (mut long, mut short) = (Vec::new(), vec![Vec::new(); 256]);
        for (number, phrase) in (0..).zip(phrases) {
            let phrase = Phrase::new(phrase, number);
            let Some(&first) = phrase.bytes.first() else { continue };
            let list = if phrase.bytes.len() >= OPENING { &mut long } else { &mut short[usize::from(first)] };
            list.push(phrase);
        }
        long.sort();
        let size = (4 * long.len()).next_power_of_two();
        let mut new = Self {
            long,
            openings: vec![Opening::default(); size],
            seen: Sieve::default(),
            short_seen: Sieve::default(),
            short,
        };
        new.enter_openings();
        new.enter_short();
        new
    }

    fn enter_short(&mut self) {
        for phrase in self.short.iter().flatten() {
            let first = phrase.bytes[0];
            match phrase.bytes.get(1) {
                Some(&second) => self.short_seen.add(pair(first, second)),
                None => (0..=u8::MAX).for_each(|any| self.short_seen.add(pair(first, any))),
            }
        }
    }

    fn enter_openings(&mut self) {
        let mut from = 0;
        for same in self.long.chunk_by(|a, b| a.bytes[..OPENING] == b.bytes[..OPENING]) {
            let key = opening(same[0].head);
            let to = from + u32::try_from(same.len()).unwrap_or(u32::MAX);
            let place = self.place(key);
            self.openings[place] = Opening { key, part: from..to, next: next_bytes(same) };
            self.seen.add(mixed(key));
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

    /// Calls `found` with the number and place of every phrase that stands in `text`, in the order of
    /// their places, their ends not touched by letters of a longer word.
    pub(super) fn find(&self, text: &[u8], mut found: impl FnMut(u32, Range<usize>)) {
        let mut letter_before = 0;
        let mut look = |base: usize, window: &[u8; WIDTH]| {
            let mut beginnings = beginnings(window, &mut letter_before);
            while beginnings != 0 {
                let at = base + beginnings.trailing_zeros() as usize;
                beginnings &= beginnings - 1;
                self.find_at(text, at, &mut found);
            }
        };
        let (whole, rest) = text.as_chunks::<WIDTH>();
        whole.iter().zip((0..).step_by(WIDTH)).for_each(|(window, base)| look(base, window));
        let mut last = [b' '; WIDTH];
        last[..rest.len()].copy_from_slice(rest);
        look(text.len() - rest.len(), &last);
    }

    /// The phrases that begin at `at`.
    fn find_at(&self, text: &[u8], at: usize, found: &mut impl FnMut(u32, Range<usize>)) {
        let rest = &text[at..];
        let head = head(rest);
        if self.short_seen.may_hold(head) {
            compare(&self.short[usize::from(rest[0])], text, at, found);
        }
        let key = opening(head);
        if self.seen.may_hold(mixed(key)) {
            let Opening { key: of, part, next } = &self.openings[self.place(key)];
            if *of == key && next >> (head >> (8 * OPENING) & 63) & 1 == 1 {
                compare(&self.long[part.start as usize..part.end as usize], text, at, found);
            }
        }
    }
}

/// The places of a window at which a phrase may begin: at marks, and at letters that follow no letter.
fn beginnings(window: &[u8; WIDTH], letter_before: &mut u64) -> u64 {
    let letters = bits(window, is_letter);
    let printed = bits(window, |byte| byte > b' ');
    let behind_letter = letters << 1 | *letter_before;
    *letter_before = letters >> (WIDTH - 1);
    printed & !(letters & behind_letter)
}

/// Which of the phrases stand at `at`?
fn compare(phrases: &[Phrase], text: &[u8], at: usize, found: &mut impl FnMut(u32, Range<usize>)) {
    let rest = &text[at..];
    let head = head(rest);
    for phrase in phrases.iter().filter(|phrase| phrase.opens(rest, head)) {
        let end = at + phrase.bytes.len();
        if parted(text, end) && (!phrase.spaced || text[..at].ends_with(b" ")) {
            found(phrase.number, at - usize::from(phrase.spaced)..end);
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

/// What an opening is known by in the sieve.
fn mixed(opening: u32) -> u64 {
    u64::from(opening.wrapping_mul(0x85EB_CA6B) >> 16)
}

/// Two bytes as they stand at the beginning of a head.
fn pair(first: u8, second: u8) -> u64 {
    u64::from(u16::from_le_bytes([first, second]))
}

/// Does the word end at `end`?
fn parted(text: &[u8], end: usize) -> bool {
    let inside = |at: usize| text.get(at).copied().is_some_and(is_letter);
    !(inside(end) && inside(end - 1))
}

/// ASCII letters and every byte of a longer character: quotation marks beside a phrase are rare
/// enough, and counting them as letters costs less than decoding.
#[inline]
fn is_letter(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrases: &[&str], text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        Phrases::new(phrases.iter().copied())
            .find(text.as_bytes(), |number, range| found.push((number, range)));
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
        check(&[" utc", " a"], "utc 5 utc (utc) a", &[" utc", " a"]);
        check(&["", "a"], "", &[]);
    }

    #[test]
    fn phrases_are_found_across_windows() {
        for before in 0..2 * WIDTH {
            let text = format!("{} share this", "x".repeat(before));
            check(&["share this", "hare"], &text, &["share this"]);
            let glued = format!("{}share", "x".repeat(before + 1));
            check(&["share"], &glued, &[]);
        }
    }
}
