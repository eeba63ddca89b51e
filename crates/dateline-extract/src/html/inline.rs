//! Running text as a reader sees it, white space folded, each character with its bytes.

use std::ops::Range;

use dateline_model::MappedText;

use super::reference::{ReferencePlace, reference};
use super::tokenizer::{TextCoding, TextToken};

/// Gathers pieces of a page into one run of text.
///
/// White space folds to a single space: to one that stands in the page where there is one, else to
/// a separator. Soft hyphens and zero-width marks, which no reader sees, are left out.
#[derive(Clone, Debug)]
pub(super) struct Inline<'a> {
    source: &'a MappedText,
    text: MappedText,
    space: Space,
    white_space: WhiteSpace,
}

/// What to do with white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhiteSpace {
    /// Fold each run into a space.
    Fold,
    /// Keep line breaks, as `<pre>` does.
    KeepLines,
}

/// White space met since the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    None,
    /// A space or line break that stands in the page here.
    Printed(usize),
    /// White space that is not a plain space.
    Made,
    MadeLine,
}

impl<'a> Inline<'a> {
    pub(super) fn new(source: &'a MappedText) -> Self {
        Self { source, text: MappedText::new(), space: Space::None, white_space: WhiteSpace::Fold }
    }

    pub(super) fn set_white_space(&mut self, white_space: WhiteSpace) {
        self.white_space = white_space;
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text so far, without white space at its ends.
    pub(super) fn finish(&mut self) -> MappedText {
        self.space = Space::None;
        std::mem::take(&mut self.text)
    }

    /// What follows is another word, whatever stands between.
    pub(super) fn part_words(&mut self) {
        if self.space == Space::None {
            self.space = Space::Made;
        }
    }

    /// What follows stands on a new line.
    pub(super) fn part_lines(&mut self) {
        self.space = Space::MadeLine;
    }

    pub(super) fn push_text(&mut self, text: TextToken) {
        match text.coding {
            TextCoding::References => self.push(text.range.range(), ReferencePlace::Text),
            TextCoding::Literal => self.push_literal(text.range.range()),
        }
    }

    /// Adds the stretch `range` of the page, reading its character references.
    pub(super) fn push(&mut self, range: Range<usize>, place: ReferencePlace) {
        let mut at = range.start;
        while let Some(n) = memchr::memchr(b'&', &self.source.as_str().as_bytes()[at..range.end]) {
            self.push_literal(at..at + n);
            at += n;
            at += match reference(&self.source.as_str()[at..range.end], place) {
                Some(found) => {
                    self.push_reference(at..at + found.length, found.text.as_str(&mut [0; 4]));
                    found.length
                }
                None => {
                    self.push_words(at..at + 1);
                    1
                }
            };
        }
        self.push_literal(at..range.end);
    }

    /// Adds a stretch without references: cuts it at white space that is not a single plain space.
    fn push_literal(&mut self, range: Range<usize>) {
        let bytes = self.source.as_str().as_bytes();
        let (mut start, mut at) = (range.start, range.start);
        while at < range.end {
            let byte = bytes[at];
            if byte > b' ' && byte < 0x80 {
                at += 1;
            } else if byte == b' '
                && at > start
                && at + 1 < range.end
                && (b'!'..0x80).contains(&bytes[at + 1])
            {
                at += 2;
            } else {
                let (length, unseen) = self.unseen(at);
                match unseen {
                    Unseen::No => at += length,
                    Unseen::Space | Unseen::Nothing => {
                        self.push_words(start..at);
                        if unseen == Unseen::Space {
                            self.see_space(at, byte);
                        }
                        at += length;
                        start = at;
                    }
                }
            }
        }
        self.push_words(start..range.end);
    }

    /// Is the character at `at`, which is `length` bytes long, one that a reader does not see?
    fn unseen(&self, at: usize) -> (usize, Unseen) {
        let c = self.source.as_str()[at..].chars().next().unwrap_or(' ');
        (c.len_utf8(), Unseen::of(c))
    }

    fn see_space(&mut self, at: usize, byte: u8) {
        let line = byte == b'\n' && self.white_space == WhiteSpace::KeepLines;
        match (self.space, byte) {
            (_, _) if line => self.space = Space::Printed(at),
            (Space::None | Space::Made, b' ') => self.space = Space::Printed(at),
            (Space::None, _) => self.space = Space::Made,
            _ => {}
        }
    }

    fn push_reference(&mut self, range: Range<usize>, text: &str) {
        if text.chars().all(|c| Unseen::of(c) != Unseen::No) {
            if text.chars().any(|c| Unseen::of(c) == Unseen::Space) {
                self.part_words();
            }
            return;
        }
        self.end_space();
        if let Some(bytes) = self.source.bytes_of(range) {
            self.text.push_decoded(text, bytes);
        }
    }

    fn push_words(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.end_space();
            self.text.push_part(self.source, range);
        }
    }

    /// Writes the white space met, unless the text has not begun.
    fn end_space(&mut self) {
        let space = std::mem::replace(&mut self.space, Space::None);
        if self.text.is_empty() {
            return;
        }
        match space {
            Space::None => {}
            Space::Printed(at) => self.text.push_part(self.source, at..at + 1),
            Space::Made => self.text.push_separator(" "),
            Space::MadeLine => self.text.push_separator("\n"),
        }
    }
}

/// How a character that leaves no ink counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unseen {
    /// It does leave ink.
    No,
    /// It parts words.
    Space,
    /// It is as if it were not there.
    Nothing,
}

impl Unseen {
    fn of(c: char) -> Self {
        match c {
            // Soft hyphen, zero-width space, direction marks, word joiner, byte order mark.
            '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' => Self::Nothing,
            c if c.is_whitespace() => Self::Space,
            '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => Self::Nothing,
            c if c.is_control() => Self::Nothing,
            _ => Self::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    /// Folds `text`; the map's stretches are shown in brackets, those of decoded bytes with the bytes.
    fn check(text: &str, expected: &str) {
        let source = decode(text.as_bytes(), "utf-8");
        let mut inline = Inline::new(&source);
        inline.push(0..source.len(), ReferencePlace::Text);
        let folded = inline.finish();
        let (mut shown, mut done) = (String::new(), 0);
        for stretch in folded.map() {
            shown += &folded.as_str()[done..stretch.text.range().start];
            shown += &format!("[{}", &folded.as_str()[stretch.text.range()]);
            if folded.as_str()[stretch.text.range()] != text[stretch.bytes.range()] {
                shown += &format!("={}", &text[stretch.bytes.range()]);
            }
            shown += "]";
            done = stretch.text.range().end;
        }
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn white_space_folds() {
        check("one two three", "[one two three]");
        check("  one  two \n three  ", "[one ][two ][three]");
        check("one\n\ttwo", "[one] [two]");
        check("a\u{A0}b&nbsp;c &nbsp; d", "[a] [b] [c ][d]");
    }

    #[test]
    fn references_keep_their_bytes() {
        check("R&amp;D", "[R][&=&amp;][D]");
        check("AT&T & co", "[AT&T & co]");
        check("caf&eacute; noir", "[caf][é=&eacute;][ noir]");
    }

    #[test]
    fn what_no_reader_sees_is_left_out() {
        check("so\u{AD}ft&shy;ly", "[so][ft][ly]");
        check("a\u{200B}b\u{7}c", "[a][b][c]");
    }
}
