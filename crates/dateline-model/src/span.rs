//! Places: a [`Span`] in a text, a [`ByteSpan`] in a capture, and the way from bytes to code points.
//!
//! The two kinds of span are different types so that a place in a text can never be taken for a
//! place in the page that the text was read from.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of a derived text. Offsets are UTF-8 bytes of that text, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, the end not included.
    ///
    /// # Panics
    /// If `end` lies before `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The span as a range that slices a `str`.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A stretch of a capture's own bytes, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// A span from `start` to `end`, the end not included.
    ///
    /// # Panics
    /// If `end` lies before `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a byte span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The span as a range that slices the capture's bytes.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Does it hold no byte?
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The least span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Turns UTF-8 byte offsets of one text into code point offsets, as Dateline's JSON counts them.
///
/// Offsets may be asked in any order; ASCII texts cost nothing.
///
/// ```
/// use dateline_model::CodePoints;
/// let index = CodePoints::new("né à Paris");
/// assert_eq!(index.of("né ".len()), 3);
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Code points before each block of [`BLOCK`] bytes; empty for ASCII.
    before: Vec<u32>,
    /// Bit set: is this byte the first of a code point? Kept as the text's continuation bytes.
    starts: Vec<u64>,
}

const BLOCK: usize = 64;

impl CodePoints {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new(), starts: Vec::new() };
        }
        let (mut before, mut starts, mut count) = (Vec::new(), Vec::new(), 0);
        for block in text.as_bytes().chunks(BLOCK) {
            let bits =
                block.iter().enumerate().fold(0, |b, (i, byte)| b | (u64::from(byte & 0xC0 != 0x80) << i));
            before.push(count);
            starts.push(bits);
            count += bits.count_ones();
        }
        before.push(count);
        starts.push(0);
        Self { before, starts }
    }

    /// Code points before byte `offset`, which must not lie beyond the text.
    #[must_use]
    pub fn of(&self, offset: usize) -> u32 {
        if self.before.is_empty() {
            return u32::try_from(offset).unwrap_or(u32::MAX);
        }
        let (block, bit) = (offset / BLOCK, offset % BLOCK);
        self.before[block] + (self.starts[block] & ((1 << bit) - 1)).count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        for text in ["", "plain", "né à Paris", "𝄞 clef", &"ж".repeat(200), &"aж𝄞".repeat(77)] {
            let index = CodePoints::new(text);
            for (n, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(index.of(offset) as usize, n, "{text:?} at {offset}");
            }
            assert_eq!(index.of(text.len()) as usize, text.chars().count());
        }
    }

    #[test]
    #[should_panic(expected = "ends before it starts")]
    fn a_span_never_ends_before_it_starts() {
        let _ = Span::new(2, 1);
    }
}
