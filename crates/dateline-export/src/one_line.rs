//! One object, one line: also for readers that take more than a line feed for a line's end.
//!
//! U+0085, U+2028 and U+2029 end a line for Python's `splitlines`, for editors and for old JavaScript.
//! JSON lets them stand in strings as they are; pages hold them. They are written as escapes here.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter};

/// The value as one line of JSON, without the line feed.
pub(crate) fn one_line(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut line = Vec::with_capacity(1 << 12);
    value.serialize(&mut Serializer::with_formatter(&mut line, OneLine(CompactFormatter)))?;
    String::from_utf8(line).map_err(serde::ser::Error::custom)
}

struct OneLine(CompactFormatter);

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() {
            return self.0.write_string_fragment(out, fragment);
        }
        let mut rest = fragment;
        while let Some(at) = line_end(rest) {
            let (before, from) = rest.split_at(at);
            let mut characters = from.chars();
            let end = characters.next().map_or(0, u32::from);
            self.0.write_string_fragment(out, before)?;
            write!(out, "\\u{end:04x}")?;
            rest = characters.as_str();
        }
        self.0.write_string_fragment(out, rest)
    }
}

/// Where the first of the three stands. Their last bytes alone are looked for, and those before them then.
fn line_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(0x85, 0xA8, 0xA9, bytes).find_map(|last| match bytes[..=last] {
        [.., 0xC2, 0x85] => Some(last - 1),
        [.., 0xE2, 0x80, 0xA8 | 0xA9] => Some(last - 2),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_line_elsewhere_is_escaped() {
        for (text, expected) in [
            ("caf\u{e9}\n", r#""café\n""#),
            ("a\u{2028}b\u{2029}", r#""a\u2028b\u2029""#),
            ("\u{c5}\u{2168}\u{e8}", "\"\u{c5}\u{2168}\u{e8}\""),
            ("\u{85}\u{85}\"", r#""\u0085\u0085\"""#),
        ] {
            let line = one_line(&text).unwrap();
            assert_eq!(line, expected);
            assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
    }
}
