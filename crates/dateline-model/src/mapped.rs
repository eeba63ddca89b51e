//! Text that knows where each of its characters stands in the capture.
//!
//! The idea is that of aligned normalisation in tokenizers: the text and its alignment travel
//! together, so that whatever is found in the text can be shown in the page's own bytes.

use std::ops::Range;

use crate::span::{ByteSpan, Span};

/// How a stretch of text relates to its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchKind {
    /// The bytes are the text's own UTF-8.
    Same,
    /// The bytes give the text once decoded: a character reference or another charset.
    Decoded,
}

/// A run of text beside the bytes that carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where in the text.
    pub text: Span,
    /// Where in the capture.
    pub bytes: ByteSpan,
    /// How the two relate.
    pub kind: StretchKind,
}

/// The stretches of one text, in the text's order and without overlap in the text.
///
/// White space that only parts words or paragraphs (a line break printed as a space, the blank line
/// between paragraphs) belongs to no stretch; every other character belongs to exactly one.
pub type TextMap = Vec<Stretch>;

/// A text and its map back to the bytes of the capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    map: TextMap,
}

impl MappedText {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The map, in the text's order.
    #[must_use]
    pub fn map(&self) -> &[Stretch] {
        &self.map
    }

    /// Is there no text?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Length in UTF-8 bytes of the text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds text whose UTF-8 stands in the capture at `start`.
    pub fn push_same(&mut self, text: &str, start: u32) {
        let bytes = ByteSpan::new(start, start + length(text));
        self.push(text, bytes, StretchKind::Same);
    }

    /// Adds text that `bytes` give once decoded.
    pub fn push_decoded(&mut self, text: &str, bytes: ByteSpan) {
        self.push(text, bytes, StretchKind::Decoded);
    }

    /// Adds white space that stands for no bytes of its own: a space or a paragraph break.
    ///
    /// # Panics
    /// If `text` holds anything but white space: every other character needs its bytes.
    pub fn push_separator(&mut self, text: &str) {
        assert!(text.chars().all(char::is_whitespace), "text without bytes: {text:?}");
        self.text.push_str(text);
    }

    /// Adds the part `range` (UTF-8 bytes of `other`) of another text of the same capture.
    pub fn push_part(&mut self, other: &Self, range: Range<usize>) {
        let first = other.map.partition_point(|s| s.text.range().end <= range.start);
        let mut done = range.start;
        for stretch in &other.map[first..] {
            let part = stretch.text.range().start.max(range.start)..stretch.text.range().end.min(range.end);
            if part.start >= part.end {
                break;
            }
            self.text.push_str(&other.text[done..part.start]);
            self.push(&other.text[part.clone()], bytes_within(stretch, &part), stretch.kind);
            done = part.end;
        }
        self.text.push_str(&other.text[done..range.end]);
    }

    /// The part `range` as a text of its own.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let mut part = Self::new();
        part.push_part(self, range);
        part
    }

    /// The text without white space at its ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start..start + self.text.trim().len())
    }

    /// The least stretch of the capture that holds the bytes of `range`; none if it is all separator.
    #[must_use]
    pub fn bytes_of(&self, range: Range<usize>) -> Option<ByteSpan> {
        let first = self.map.partition_point(|s| s.text.range().end <= range.start);
        self.map[first..]
            .iter()
            .take_while(|s| s.text.range().start < range.end)
            .map(|s| {
                bytes_within(s, &(s.text.range().start.max(range.start)..s.text.range().end.min(range.end)))
            })
            .reduce(ByteSpan::cover)
    }

    /// The least stretch of the capture that holds all of the text's bytes.
    #[must_use]
    pub fn bytes(&self) -> Option<ByteSpan> {
        self.bytes_of(0..self.text.len())
    }

    fn push(&mut self, text: &str, bytes: ByteSpan, kind: StretchKind) {
        if text.is_empty() {
            return;
        }
        let start = length(&self.text);
        self.text.push_str(text);
        let span = Span::new(start, length(&self.text));
        match self.map.last_mut() {
            Some(last)
                if last.kind == StretchKind::Same
                    && kind == StretchKind::Same
                    && last.text.end == span.start
                    && last.bytes.end == bytes.start =>
            {
                last.text.end = span.end;
                last.bytes.end = bytes.end;
            }
            _ => self.map.push(Stretch { text: span, bytes, kind }),
        }
    }
}

/// The bytes of `part` of a stretch: exact where text and bytes are the same, the whole stretch's
/// bytes where they are decoded.
fn bytes_within(stretch: &Stretch, part: &Range<usize>) -> ByteSpan {
    match stretch.kind {
        StretchKind::Decoded => stretch.bytes,
        StretchKind::Same => {
            let shift = |at: usize| stretch.bytes.start + offset(at - stretch.text.range().start);
            ByteSpan::new(shift(part.start), shift(part.end))
        }
    }
}

/// Texts are cut at 4 GiB long before they come here, so the conversion never saturates.
fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn length(text: &str) -> u32 {
    offset(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> MappedText {
        let mut t = MappedText::new();
        t.push_same("caf", 10);
        t.push_decoded("é", ByteSpan::new(13, 21));
        t.push_separator(" ");
        t.push_same("noir", 25);
        t
    }

    #[test]
    fn neighbours_join() {
        let mut t = MappedText::new();
        t.push_same("ab", 5);
        t.push_same("cd", 7);
        t.push_same("ef", 20);
        assert_eq!(t.map().len(), 2);
        assert_eq!(t.bytes(), Some(ByteSpan::new(5, 22)));
    }

    #[test]
    fn a_part_keeps_its_bytes() {
        let part = sample().part(2..8);
        assert_eq!(part.as_str(), "fé no");
        assert_eq!(part.bytes_of(0..1), Some(ByteSpan::new(12, 13)));
        assert_eq!(part.bytes_of(1..3), Some(ByteSpan::new(13, 21)));
        assert_eq!(part.bytes_of(3..4), None, "the space was made, not read");
        assert_eq!(part.bytes(), Some(ByteSpan::new(12, 27)));
    }

    #[test]
    fn the_whole_is_its_own_part() {
        let t = sample();
        assert_eq!(t.part(0..t.len()), t);
    }

    #[test]
    #[should_panic(expected = "text without bytes")]
    fn words_need_bytes() {
        MappedText::new().push_separator("word");
    }
}
