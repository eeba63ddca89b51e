//! The article's text out of a JSON string in a script, each character with its bytes: some pages
//! print their report nowhere else.

use std::ops::Range;

use dateline_model::MappedText;

/// Reads the content of a JSON string that stands at `range`: line feeds part paragraphs, other white space folds.
pub(super) fn json_text(source: &MappedText, range: Range<usize>) -> MappedText {
    let mut out = Writer { source, text: MappedText::new(), gap: Gap::None };
    let (mut start, mut at) = (range.start, range.start);
    let whole = source.as_str();
    while let Some(c) = whole.get(at..range.end).and_then(|rest| rest.chars().next()) {
        let length = if c == '\\' { escape_length(&whole[at..range.end]) } else { c.len_utf8() };
        if c == '\\' || c.is_whitespace() {
            out.same(start..at);
            match meaning(&whole[at..at + length]) {
                Some(c) if !c.is_whitespace() => out.decoded(c, at..at + length),
                Some('\n' | '\r') => out.gap = Gap::Paragraph,
                _ => out.gap = out.gap.max(Gap::Word),
            }
            start = at + length;
        }
        at += length;
    }
    out.same(start..range.end);
    out.text
}

/// White space met since the last character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Word,
    Paragraph,
}

struct Writer<'a> {
    source: &'a MappedText,
    text: MappedText,
    gap: Gap,
}

impl Writer<'_> {
    fn same(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.end_gap();
            self.text.push_part(self.source, range);
        }
    }

    fn decoded(&mut self, c: char, range: Range<usize>) {
        self.end_gap();
        if let Some(bytes) = self.source.bytes_of(range) {
            self.text.push_decoded(c.encode_utf8(&mut [0; 4]), bytes);
        }
    }

    fn end_gap(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if !self.text.is_empty() {
            self.text.push_separator(match gap {
                Gap::None => "",
                Gap::Word => " ",
                Gap::Paragraph => "\n\n",
            });
        }
    }
}

/// Bytes of the escape with which `text` begins: `\n` has two, `\u00e9` six, a surrogate pair twelve.
fn escape_length(text: &str) -> usize {
    let unit = |text: &str| text.starts_with("\\u") && text.len() >= 6 && text.is_char_boundary(6);
    match text.as_bytes().get(1) {
        Some(b'u') if unit(text) => {
            let high = matches!(code(text), Some(0xD800..=0xDBFF));
            let pair = high && unit(&text[6..]) && matches!(code(&text[6..]), Some(0xDC00..=0xDFFF));
            if pair { 12 } else { 6 }
        }
        Some(byte) if byte.is_ascii() => 2,
        _ => 1,
    }
}

fn code(escape: &str) -> Option<u32> {
    u32::from_str_radix(escape.get(2..6)?, 16).ok()
}

/// The character that a piece stands for: an escape or white space.
fn meaning(piece: &str) -> Option<char> {
    let Some(escaped) = piece.strip_prefix('\\') else { return piece.chars().next() };
    match escaped.chars().next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' | 'b' | 'f' => Some(' '),
        'u' if piece.len() == 12 => {
            let (high, low) = (code(piece)?, code(&piece[6..])?);
            char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        }
        'u' if piece.len() == 6 => {
            Some(code(piece).and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
        }
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    fn check(json: &str, expected: &str) {
        let source = decode(json.as_bytes(), "utf-8");
        assert_eq!(json_text(&source, 0..json.len()).as_str(), expected, "{json}");
    }

    #[test]
    fn escapes_are_read() {
        check(r#"They \"met\".\n\nThey left  early."#, "They \"met\".\n\nThey left early.");
        check(r"caf\u00e9 \ud83d\ude00 \ud83d x\/y", "café 😀 \u{FFFD} x/y");
        check(r"broken \u12", "broken u12");
        check("ends in \\", "ends in");
        check("é\\é", "é é");
    }
}
