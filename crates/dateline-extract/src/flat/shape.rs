//! What can be counted in a line, word by word.
//!
//! Most words of most pages are ASCII: these are counted as bits, sixty-four characters at a time. The
//! others are counted character by character.

use std::ops::Range;

use super::kinds::{Kinds, WIDTH, Window};
use super::letter::is_letter;
use super::line::ends_a_sentence;
use super::vocabulary::{Vocabulary, WordKind};

/// What can be counted in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Words: of scripts that do not part them, every two characters count as one.
    pub words: usize,
    /// Words that begin with a capital.
    pub capitals: usize,
    /// Words in capitals only, of two letters or more.
    pub shouted: usize,
    /// Words that begin with a letter.
    pub lettered: usize,
    /// Words such as "the", "of", "und".
    pub function: usize,
    /// Words that speak to the reader: "your", "Ihre".
    pub reader: usize,
    /// Digits.
    pub digits: usize,
    /// Characters without white space.
    pub chars: usize,
    /// Commas.
    pub commas: usize,
    /// Quotation marks.
    pub quotes: usize,
    /// Bars, bullets and arrows between words.
    pub bars: usize,
    /// Places where a sentence ends within the line and another begins.
    pub breaks: usize,
    /// A small letter right before a capital: words run together, as in "HomeNews".
    pub humps: usize,
    /// The marks that stand in it.
    pub marks: Marks,
}

impl Shape {
    fn count_kind(&mut self, kind: WordKind) {
        match kind {
            WordKind::Function => self.function += 1,
            WordKind::Reader => {
                self.function += 1;
                self.reader += 1;
            }
            WordKind::Other => {}
        }
    }
}

/// Which of some telling marks stand in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Any character beyond ASCII.
    pub const BEYOND: Self = Self(1);
    /// `@`
    pub const AT: Self = Self(1 << 1);
    /// `$`
    pub const DOLLAR: Self = Self(1 << 2);
    /// `/`
    pub const SLASH: Self = Self(1 << 3);
    /// `:`
    pub const COLON: Self = Self(1 << 4);
    /// `-`
    pub const HYPHEN: Self = Self(1 << 5);
    /// `.`
    pub const STOP: Self = Self(1 << 6);

    /// Does one of `marks` stand there?
    #[must_use]
    pub fn hold(self, marks: Self) -> bool {
        self.0 & marks.0 != 0
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    fn add(&mut self, byte: u8) {
        *self = self.and(OF_BYTES[usize::from(byte)]);
    }
}

/// The mark that each byte is.
const OF_BYTES: [Marks; 256] = {
    let mut marks = [Marks(0); 256];
    marks[b'@' as usize] = Marks::AT;
    marks[b'$' as usize] = Marks::DOLLAR;
    marks[b'/' as usize] = Marks::SLASH;
    marks[b':' as usize] = Marks::COLON;
    marks[b'-' as usize] = Marks::HYPHEN;
    marks[b'.' as usize] = Marks::STOP;
    marks
};

/// Reads a line once: a part of `text`, whose kinds are given.
#[must_use]
pub fn shape(text: &str, line: &Range<usize>, kinds: &Kinds, vocabulary: &Vocabulary) -> Shape {
    let mut counter = Counter { shape: Shape::default(), after_stop: false, text, vocabulary };
    let mut at = line.start;
    while at < line.end {
        let ahead = line.end - at;
        let window = kinds.window(at).first(ahead);
        // As many words as lie in the window whole.
        let length = if ahead <= WIDTH { ahead } else { WIDTH - window.spaces.leading_zeros() as usize };
        let end = match length {
            _ if window.controls != 0 => line.end,
            0 => memchr::memchr(b' ', &text.as_bytes()[at..line.end]).map_or(line.end, |space| at + space),
            _ => at + length,
        };
        if window.controls == 0 && length > 0 {
            counter.count_window(at, window.first(length));
        } else {
            counter.count_each(at..end);
        }
        at = end;
    }
    counter.shape
}

/// The shape of a line that stands alone.
#[must_use]
pub fn shape_of(line: &str) -> Shape {
    shape(line, &(0..line.len()), &Kinds::of(line), Vocabulary::built_in())
}

/// Words counted one after another.
struct Counter<'t> {
    shape: Shape,
    /// Did the last word end a sentence?
    after_stop: bool,
    text: &'t str,
    vocabulary: &'t Vocabulary,
}

/// The first and the last places of the words of a window, as bits.
#[derive(Clone, Copy)]
struct Words {
    starts: u64,
    ends: u64,
}

impl Words {
    /// The words that printed places make.
    fn of(printed: u64) -> Self {
        Self { starts: printed & !(printed << 1), ends: printed & !(printed >> 1) }
    }

    /// The last place of the word that begins at `start`.
    fn end_of(self, start: usize) -> usize {
        (self.ends & u64::MAX << start).trailing_zeros() as usize
    }

    /// The first place of the word that has `place`.
    fn start_of(self, place: usize) -> usize {
        let before = self.starts & up_to(place);
        (WIDTH - 1).saturating_sub(before.leading_zeros() as usize)
    }
}

/// The places up to one, and that one.
fn up_to(place: usize) -> u64 {
    u64::MAX >> (WIDTH - 1 - place)
}

/// The places of the bits that are set.
fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros() as usize;
        // Of no bits nothing is taken away.
        bits &= bits.wrapping_sub(1);
        (place < WIDTH).then_some(place)
    })
}

impl Counter<'_> {
    /// Counts the words of a window that lie in it whole, without control characters. It begins at `at`.
    fn count_window(&mut self, at: usize, window: Window) {
        let printed = !window.spaces;
        let words = Words::of(printed);
        let (mut rest, mut beyond) = (printed, window.beyond);
        // Words that are not of ASCII are counted apart, each in its turn.
        while beyond != 0 {
            let start = words.start_of(beyond.trailing_zeros() as usize);
            let last = words.end_of(start);
            self.count_ascii(at, &window.only(rest & !(u64::MAX << start)));
            self.count_each(at + start..at + last + 1);
            rest &= !up_to(last);
            beyond &= rest;
        }
        self.count_ascii(at, &window.only(rest));
    }

    /// Counts the words of a window, all of ASCII: what can be told of all of them at once, is.
    fn count_ascii(&mut self, at: usize, window: &Window) {
        let printed = !window.spaces;
        if printed == 0 {
            return;
        }
        let words = Words::of(printed);
        let (lettered, capitals) = self.count_uncommon(words, window);
        let stops = self.stops(at, words, window);
        let opened = printed & window.spaces.wrapping_add(stops << 1);
        let first = if self.after_stop { words.starts & words.starts.wrapping_neg() } else { 0 };
        let shape = &mut self.shape;
        shape.words += count(words.starts);
        shape.lettered += count(lettered);
        shape.capitals += count(capitals);
        shape.breaks += count(capitals & (opened | first));
        self.after_stop = stops.leading_zeros() == words.ends.leading_zeros();
        self.count_characters_of(at, window, words.starts & words.ends);
        self.count_kinds(at, words, window);
    }

    /// By their starts, the words that have a letter, and those whose first one is a capital. Words in
    /// capitals only are counted.
    fn count_uncommon(&mut self, words: Words, window: &Window) -> (u64, u64) {
        let small = window.letters & !window.capitals;
        let mut lettered = words.starts & window.letters;
        let mut capitals = words.starts & window.capitals;
        // A small letter at the beginning, or a capital before one, says all of a word.
        let common = small | window.capitals & small >> 1;
        for start in places(words.starts & !common) {
            let word = u64::MAX << start & up_to(words.end_of(start));
            let (letters, upper) = (window.letters & word, window.capitals & word);
            if letters != 0 {
                lettered |= 1 << start;
                capitals |= u64::from(upper & letters & letters.wrapping_neg() != 0) << start;
                let several = letters & (letters - 1) != 0;
                self.shape.shouted += usize::from(letters == upper && several);
            }
        }
        (lettered, capitals)
    }

    /// By their ends, the words that end a sentence.
    fn stops(&self, at: usize, words: Words, window: &Window) -> u64 {
        let marked = words.ends & !(window.letters | window.digits);
        let is_stop = |last: &usize| {
            let start = words.start_of(*last);
            let word = || self.text.get(at + start..=at + last).unwrap_or_default();
            last - start >= 2 && ends_a_sentence(word())
        };
        places(marked).filter(is_stop).fold(0, |stops, last| stops | 1 << last)
    }

    /// Counts the words that the vocabulary knows.
    fn count_kinds(&mut self, at: usize, words: Words, window: &Window) {
        let sound = window.letters | window.digits;
        // No known word has more than eight letters.
        let four = |bits: u64| bits & bits >> 1 & (bits & bits >> 1) >> 2;
        let nine = four(sound) & four(sound) >> 4 & sound >> 8;
        for start in places(words.starts & !nine) {
            let word = u64::MAX << start & up_to(words.end_of(start));
            let held = sound & word;
            if held == 0 {
                continue;
            }
            let core = held.trailing_zeros() as usize..WIDTH - held.leading_zeros() as usize;
            let kind = self.vocabulary.kind_of_core(self.text.as_bytes(), at + core.start..at + core.end);
            if kind != WordKind::Other && window.letters & word != 0 {
                self.shape.count_kind(kind);
            }
        }
    }

    /// Counts what needs no words but those of one character.
    fn count_characters_of(&mut self, at: usize, window: &Window, alone: u64) {
        let (shape, printed) = (&mut self.shape, !window.spaces);
        let small = window.letters & !window.capitals;
        shape.chars += count(printed);
        shape.digits += count(window.digits);
        shape.humps += count(window.capitals & small << 1);
        let bytes = self.text.as_bytes().get(at..).unwrap_or_default();
        let byte = |place: usize| bytes.get(place).copied().unwrap_or_default();
        let marks = printed & !(window.letters | window.digits);
        for byte in places(marks).map(byte) {
            shape.marks.add(byte);
            shape.commas += usize::from(byte == b',');
            shape.quotes += usize::from(byte == b'"');
        }
        let is_bar = |place: &usize| matches!(byte(*place), b'|' | b'/' | b'>');
        shape.bars += places(marks & alone).filter(is_bar).count();
    }

    /// Counts the words of a text character by character.
    fn count_each(&mut self, part: Range<usize>) {
        for word in self.text.get(part).unwrap_or_default().split_whitespace() {
            self.count_characters(word);
            self.after_stop = ends_a_sentence(word) && word.chars().nth(2).is_some();
        }
    }

    fn count_characters(&mut self, word: &str) {
        let shape = &mut self.shape;
        let (mut letters, mut upper, mut wide) = (0, 0, 0);
        let (mut first, mut before_small) = (None, false);
        for c in word.chars() {
            shape.chars += 1;
            if is_letter(c) {
                first = first.or(Some(c));
                letters += 1;
                let large = c.is_uppercase();
                upper += usize::from(large);
                shape.humps += usize::from(large && before_small);
                before_small = c.is_lowercase();
                wide += usize::from(('\u{2E80}'..'\u{FFEF}').contains(&c));
                continue;
            }
            before_small = false;
            match c {
                '0'..='9' => shape.digits += 1,
                ',' | '،' | '、' | '，' => shape.commas += 1,
                '"' | '“' | '”' | '„' | '«' | '»' => shape.quotes += 1,
                '|' | '•' | '·' | '›' | '→' | '/' | '>' | '■' | '●' | '–' => {
                    shape.bars += usize::from(word.chars().nth(1).is_none());
                }
                _ => {}
            }
        }
        word.bytes().for_each(|byte| shape.marks.add(byte));
        if !word.is_ascii() {
            shape.marks = shape.marks.and(Marks::BEYOND);
        }
        shape.words += 1 + wide / 2;
        if let Some(first) = first {
            let capital = first.is_uppercase();
            let opens = self.after_stop && (capital || !first.is_lowercase());
            let shouted = letters >= 2 && upper == letters;
            self.count_lettered(self.vocabulary.kind(word), Lettered { capital, shouted, opens });
        }
    }

    fn count_lettered(&mut self, kind: WordKind, seen: Lettered) {
        let shape = &mut self.shape;
        shape.lettered += 1;
        shape.capitals += usize::from(seen.capital);
        shape.shouted += usize::from(seen.shouted);
        shape.breaks += usize::from(seen.opens);
        shape.count_kind(kind);
    }
}

fn count(bits: u64) -> usize {
    bits.count_ones() as usize
}

/// What was seen of a word that begins with a letter.
#[derive(Clone, Copy)]
struct Lettered {
    capital: bool,
    /// Is it in capitals only?
    shouted: bool,
    /// Does it open a sentence within the line?
    opens: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let s = shape_of("The mayor of Ostrava, 51, resigned. He gave no reason.");
        assert_eq!((s.words, s.capitals, s.commas, s.breaks, s.digits), (10, 3, 2, 1, 2));
        assert!(s.function >= 2);
        assert_eq!(shape_of("HomeNewsSport").humps, 2);
    }

    #[test]
    fn words_count_alike_however_they_are_read() {
        let long = "Xy".repeat(50);
        let wide = "The council of Ostrava, on Monday, voted to close the old bridge. Nobody objected.";
        for line in [
            "\"Prague, 2016.\" The end | OK homeNews - a@b.c $5",
            "",
            "a",
            wide,
            &long,
            "['To']  \"a\" (of).",
            "(1999.) NATO said. U.S. 3.5 a-B 'Tis \"Yes.\" He (or I) left!  Who? 007 x7 7x ... And",
            "A stop at the very end of sixty-four characters, and of the word. Here it goes on",
        ] {
            let fast = shape_of(line);
            let (shape, vocabulary) = (Shape::default(), Vocabulary::built_in());
            let mut counter = Counter { shape, after_stop: false, text: line, vocabulary };
            counter.count_each(0..line.len());
            assert_eq!(fast, counter.shape, "{line}");
        }
    }

    #[test]
    fn words_count_alike_among_other_scripts() {
        let plain = shape_of("\"Prague, 2016.\" The end | OK homeNews");
        let mixed = shape_of("\"Prague, 2016.\" The\u{a0}end | OK homeNews né");
        assert_eq!((mixed.words, mixed.lettered), (plain.words + 1, plain.lettered + 1));
        let rest = Shape { words: 0, lettered: 0, chars: 0, marks: plain.marks, ..mixed };
        assert_eq!(rest, Shape { words: 0, lettered: 0, chars: 0, ..plain });
    }
}
