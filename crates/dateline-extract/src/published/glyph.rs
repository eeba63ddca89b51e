//! The smallest steps of reading a date: a number, a word, a run of separators.

use std::ops::Range;

use crate::flat::fold::any;
use crate::flat::kinds::Kinds;

/// A run of decimal digits, ASCII, Arabic or Persian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its value; meaningless where there are more than nine digits.
    pub(crate) value: u32,
    /// How many digits.
    pub(crate) digits: usize,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

impl Number {
    /// The value, if the number has so many digits and lies between the bounds.
    pub(crate) fn within(self, digits: Range<usize>, values: Range<u32>) -> Option<u32> {
        (digits.contains(&self.digits) && values.contains(&self.value)).then_some(self.value)
    }
}

/// The next digit at or after `at`.
pub(crate) fn next_digit(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        at = next_such(bytes, at, |byte| byte.is_ascii_digit() | (byte == 0xD9) | (byte == 0xDB))?;
        if digit(bytes, at).is_some() {
            return Some(at);
        }
        at += 1;
    }
}

/// The same, in a text of which the kinds are known.
pub(crate) fn next_digit_by(kinds: &Kinds, text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = kinds.next_digit(at, bytes.len());
    while at < bytes.len() && digit(bytes, at).is_none() {
        at = kinds.next_digit(at + 1, bytes.len());
    }
    (at < bytes.len()).then_some(at)
}

/// The next byte that is such. Stretches without one are passed over whole.
fn next_such(bytes: &[u8], mut at: usize, is_such: impl Fn(u8) -> bool) -> Option<usize> {
    const STRETCH: usize = 32;
    while let Some(stretch) = bytes.get(at..)?.first_chunk::<STRETCH>() {
        if any(stretch, &is_such) {
            break;
        }
        at += STRETCH;
    }
    Some(at + bytes[at..].iter().position(|byte| is_such(*byte))?)
}

/// The number that starts at `at`.
pub(crate) fn number(text: &str, at: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    let mut number = Number { value: 0, digits: 0, start: at, end: at };
    while let Some((value, width)) = digit(bytes, number.end) {
        number.value = number.value.wrapping_mul(10).wrapping_add(value);
        number.digits += 1;
        number.end += width;
    }
    (number.digits > 0).then_some(number)
}

/// The value and width of the digit at `at`.
fn digit(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    match *bytes.get(at)? {
        b @ b'0'..=b'9' => Some((u32::from(b - b'0'), 1)),
        0xD9 => match *bytes.get(at + 1)? {
            b @ 0xA0..=0xA9 => Some((u32::from(b - 0xA0), 2)),
            _ => None,
        },
        0xDB => match *bytes.get(at + 1)? {
            b @ 0xB0..=0xB9 => Some((u32::from(b - 0xB0), 2)),
            _ => None,
        },
        _ => None,
    }
}

/// The word that starts at `at`, empty if none does. At most [`LONGEST`] letters are read.
pub(crate) fn word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let length: usize = rest.chars().take(LONGEST).take_while(|c| in_word(*c)).map(char::len_utf8).sum();
    &rest[..length]
}

/// The word that ends at `at`, empty if none does.
pub(crate) fn word_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or_default();
    let length: usize =
        head.chars().rev().take(LONGEST).take_while(|c| in_word(*c)).map(char::len_utf8).sum();
    &head[at - length..]
}

/// No month or weekday is longer, and a line of a million letters is not to be read twice.
const LONGEST: usize = 24;

fn in_word(c: char) -> bool {
    c.is_alphabetic()
}

/// One past the characters at `at` that `accepted` takes, at most `most` of them.
pub(crate) fn skip(text: &str, at: usize, most: usize, accepted: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.chars().take(most).take_while(|c| accepted(*c)).map(char::len_utf8).sum::<usize>()
}

/// The first of the characters that end at `at` and that `accepted` takes, at most `most` of them.
pub(crate) fn skip_back(text: &str, at: usize, most: usize, accepted: impl Fn(char) -> bool) -> usize {
    let head = text.get(..at).unwrap_or_default();
    at - head.chars().rev().take(most).take_while(|c| accepted(*c)).map(char::len_utf8).sum::<usize>()
}

/// A space of any kind but a line break.
pub(crate) fn blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_three_scripts() {
        for (text, value) in [("2016.", 2016), ("۲۰۱۶", 2016), ("٢٣", 23)] {
            assert_eq!(number(text, 0).map(|n| n.value), Some(value), "{text}");
        }
        assert_eq!(number("x", 0), None);
        for (text, at) in [("سلام ۵", Some("سلام ".len())), ("né 5", Some(4)), ("né", None)] {
            assert_eq!(next_digit(text, 0), at, "{text}");
            assert_eq!(next_digit_by(&Kinds::of(text), text, 0), at, "{text}");
        }
    }

    #[test]
    fn words_forth_and_back() {
        assert_eq!(word("März 2016", 0), "März");
        assert_eq!(word_before("im März", "im März".len()), "März");
        assert_eq!(word("", 0), "");
        assert_eq!(word("x", 9), "");
    }
}
