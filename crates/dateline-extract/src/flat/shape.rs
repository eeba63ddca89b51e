//! What can be counted in a line, word by word.
//!
//! Most words of most pages are ASCII: these are counted as bits, sixty-four characters at a time. The
//! others are counted character by character.

use std::ops::Range;

use super::kinds::{Kinds, WIDTH, Window};
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
        *self = self.and(match byte {
            b'@' => Self::AT,
            b'$' => Self::DOLLAR,
            b'/' => Self::SLASH,
            b':' => Self::COLON,
            b'-' => Self::HYPHEN,
            b'.' => Self::STOP,
            _ => Self::default(),
        });
    }
}

/// Reads a line once: a part of `text`, whose kinds are given.
#[must_use]
pub fn shape(text: &str, line: &Range<usize>, kinds: &Kinds, vocabulary: &Vocabulary) -> Shape {
    let mut counter = Counter { shape: Shape::default(), after_stop: false, vocabulary };
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
        let words = text.get(at..end).unwrap_or_default();
        if window.controls == 0 && length > 0 {
            counter.count_window(words, window.first(length));
        } else {
            counter.count_each(words);
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
struct Counter<'v> {
    shape: Shape,
    /// Did the last word end a sentence?
    after_stop: bool,
    vocabulary: &'v Vocabulary,
}

/// One word of a window: its first and last place, and the places between as bits.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    last: usize,
    bits: u64,
}

/// The words of a window, from their first places and their last ones.
fn words_of(mut starts: u64, mut ends: u64) -> impl Iterator<Item = Word> {
    std::iter::from_fn(move || {
        if starts == 0 {
            return None;
        }
        let (start, last) = (starts.trailing_zeros(), ends.trailing_zeros());
        starts &= starts - 1;
        ends &= ends.wrapping_sub(1);
        let bits = u64::MAX << start & u64::MAX >> (u64::BITS - 1 - last);
        Some(Word { start: start as usize, last: last as usize, bits })
    })
}

impl Counter<'_> {
    /// Counts words that lie in a window whole, without control characters.
    fn count_window(&mut self, words: &str, window: Window) {
        let printed = !window.spaces;
        let (starts, ends) = (printed & !(printed << 1), printed & !(printed >> 1));
        let mut plain = printed;
        for word in words_of(starts, ends) {
            if window.beyond & word.bits == 0 {
                self.count_ascii(words, word, &window);
            } else {
                plain &= !word.bits;
                self.count_each(words.get(word.start..=word.last).unwrap_or_default());
            }
        }
        self.count_characters_of(words.as_bytes(), plain, &window, starts & ends);
    }

    /// Counts what needs no word: the places of a window in words of ASCII.
    fn count_characters_of(&mut self, bytes: &[u8], plain: u64, window: &Window, alone: u64) {
        let shape = &mut self.shape;
        let small = window.letters & !window.capitals;
        let count = |bits: u64| (bits & plain).count_ones() as usize;
        shape.chars += count(plain);
        shape.digits += count(window.digits);
        shape.humps += count(window.capitals & small << 1);
        let mut marks = plain & !(window.letters | window.digits);
        while marks != 0 {
            let at = marks.trailing_zeros() as usize;
            marks &= marks - 1;
            let byte = bytes.get(at).copied().unwrap_or_default();
            shape.marks.add(byte);
            match byte {
                b',' => shape.commas += 1,
                b'"' => shape.quotes += 1,
                b'|' | b'/' | b'>' => shape.bars += (alone >> at & 1) as usize,
                _ => {}
            }
        }
    }

    fn count_ascii(&mut self, words: &str, word: Word, window: &Window) {
        let Word { start, last, bits } = word;
        self.shape.words += 1;
        let (letters, upper) = (window.letters & bits, window.capitals & bits);
        let sound = letters | window.digits & bits;
        if letters != 0 {
            let capital = upper & (letters & letters.wrapping_neg()) != 0;
            let core = sound.trailing_zeros() as usize..WIDTH - sound.leading_zeros() as usize;
            let kind = self.vocabulary.kind_of_core(words.as_bytes(), core);
            let shouted = letters == upper && letters & (letters - 1) != 0;
            self.count_lettered(kind, Lettered { capital, shouted, opens: self.after_stop && capital });
        }
        self.after_stop = sound >> last & 1 == 0
            && last - start >= 2
            && words.get(start..=last).is_some_and(ends_a_sentence);
    }

    /// Counts the words of a text character by character.
    fn count_each(&mut self, text: &str) {
        for word in text.split_whitespace() {
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
            if c.is_alphabetic() {
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
        match kind {
            WordKind::Function => shape.function += 1,
            WordKind::Reader => {
                shape.function += 1;
                shape.reader += 1;
            }
            WordKind::Other => {}
        }
    }
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
        ] {
            let fast = shape_of(line);
            let mut counter =
                Counter { shape: Shape::default(), after_stop: false, vocabulary: Vocabulary::built_in() };
            counter.count_each(line);
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
