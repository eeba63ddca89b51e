//! What can be counted in a line, in one walk over its bytes.
//!
//! Most words of most pages are ASCII: these are counted byte by byte from a table. The others are
//! counted character by character.

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
}

/// Reads a line once.
#[must_use]
pub fn shape(line: &str, vocabulary: &Vocabulary) -> Shape {
    let mut counter = Counter { shape: Shape::default(), after_stop: false, vocabulary };
    let (bytes, mut start) = (line.as_bytes(), 0);
    while start < bytes.len() {
        let run = Run::of(&bytes[start..]);
        let mut end = start + run.length;
        if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
            end = bytes[end..].iter().position(|byte| is_ascii_blank(*byte)).map_or(bytes.len(), |n| end + n);
            line[start..end].split_whitespace().for_each(|word| counter.add(word));
        } else if run.length > 0 {
            counter.add_run(&line[start..end], &run);
        }
        start = end + 1;
    }
    counter.shape
}

/// The ASCII characters that [`char::is_whitespace`] holds of.
const fn is_ascii_blank(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// ASCII characters that no blank parts, counted.
#[derive(Default)]
struct Run {
    length: usize,
    lanes: u64,
    humps: u64,
}

impl Run {
    /// The run that `bytes` begin with.
    fn of(bytes: &[u8]) -> Self {
        let mut run = Self::default();
        let mut before_small = 0;
        for &byte in bytes {
            let lane = Lanes::OF[usize::from(byte)];
            if lane == Lanes::END {
                break;
            }
            let (large, letter) = (lane >> Lanes::UPPER & 1, lane & 1);
            run.humps += large & before_small;
            before_small = letter & !large;
            run.lanes = run.lanes.wrapping_add(lane);
            run.length += 1;
        }
        run
    }

    fn count(&self, lane: u32) -> usize {
        (self.lanes >> lane) as usize & (Lanes::FULL - 1)
    }
}

/// Counts of several kinds of characters in one number, twelve bits each, so that one addition counts all.
struct Lanes;

impl Lanes {
    const LETTERS: u32 = 0;
    const UPPER: u32 = 12;
    const DIGITS: u32 = 24;
    const COMMAS: u32 = 36;
    const QUOTES: u32 = 48;
    /// So many characters overflow a count.
    const FULL: usize = 1 << 12;
    /// A blank, or a byte beyond ASCII: it ends a run.
    const END: u64 = u64::MAX;

    /// What each byte adds.
    const OF: [u64; 256] = {
        let mut of = [Self::END; 256];
        let mut byte: u8 = 0;
        while byte < 128 {
            of[byte as usize] = match byte {
                b'a'..=b'z' => 1 << Self::LETTERS,
                b'A'..=b'Z' => 1 << Self::LETTERS | 1 << Self::UPPER,
                b'0'..=b'9' => 1 << Self::DIGITS,
                b',' => 1 << Self::COMMAS,
                b'"' => 1 << Self::QUOTES,
                blank if is_ascii_blank(blank) => Self::END,
                _ => 0,
            };
            byte += 1;
        }
        of
    };
}

/// Words counted one after another.
struct Counter<'v> {
    shape: Shape,
    /// Did the last word end a sentence?
    after_stop: bool,
    vocabulary: &'v Vocabulary,
}

impl Counter<'_> {
    fn add(&mut self, word: &str) {
        if word.is_ascii() {
            self.add_run(word, &Run::of(word.as_bytes()));
        } else {
            self.count_characters(word);
            self.after_stop = ends_a_sentence(word) && word.chars().nth(2).is_some();
        }
    }

    fn add_run(&mut self, word: &str, run: &Run) {
        match run.length {
            Lanes::FULL.. => self.count_characters(word),
            _ => self.count_run(word, run),
        }
        self.after_stop = word.len() > 2 && ends_a_sentence(word);
    }

    /// As [`Self::count_characters`], of a word whose bytes are counted.
    fn count_run(&mut self, word: &str, run: &Run) {
        let shape = &mut self.shape;
        let (letters, upper) = (run.count(Lanes::LETTERS), run.count(Lanes::UPPER));
        shape.chars += word.len();
        shape.words += 1;
        if letters < word.len() {
            shape.digits += run.count(Lanes::DIGITS);
            shape.commas += run.count(Lanes::COMMAS);
            shape.quotes += run.count(Lanes::QUOTES);
            shape.bars += usize::from(matches!(word, "|" | "/" | ">"));
        }
        if letters > 0 {
            shape.humps += run.humps as usize;
            let capital = upper > 0 && {
                let first = word.bytes().find(u8::is_ascii_alphabetic);
                first.is_some_and(|byte| byte.is_ascii_uppercase())
            };
            let opens = self.after_stop && capital;
            let kind = self.vocabulary.kind_of_ascii(word.as_bytes());
            self.count_lettered(kind, Lettered { letters, upper, capital, opens });
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
        shape.words += 1 + wide / 2;
        if let Some(first) = first {
            let capital = first.is_uppercase();
            let opens = self.after_stop && (capital || !first.is_lowercase());
            self.count_lettered(self.vocabulary.kind(word), Lettered { letters, upper, capital, opens });
        }
    }

    fn count_lettered(&mut self, kind: WordKind, seen: Lettered) {
        let shape = &mut self.shape;
        shape.lettered += 1;
        shape.capitals += usize::from(seen.capital);
        shape.shouted += usize::from(seen.letters >= 2 && seen.upper == seen.letters);
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
    letters: usize,
    upper: usize,
    capital: bool,
    /// Does it open a sentence within the line?
    opens: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let vocabulary = Vocabulary::built_in();
        let s = shape("The mayor of Ostrava, 51, resigned. He gave no reason.", vocabulary);
        assert_eq!((s.words, s.capitals, s.commas, s.breaks, s.digits), (10, 3, 2, 1, 2));
        assert!(s.function >= 2);
        assert_eq!(shape("HomeNewsSport", vocabulary).humps, 2);
    }

    #[test]
    fn words_count_alike_among_other_scripts() {
        let vocabulary = Vocabulary::built_in();
        let plain = shape("\"Prague, 2016.\" The end | OK homeNews", vocabulary);
        let mixed = shape("\"Prague, 2016.\" The\u{a0}end | OK homeNews né", vocabulary);
        assert_eq!((mixed.words, mixed.lettered), (plain.words + 1, plain.lettered + 1));
        let rest = Shape { words: 0, lettered: 0, chars: 0, ..mixed };
        assert_eq!(rest, Shape { words: 0, lettered: 0, chars: 0, ..plain });
    }
}
