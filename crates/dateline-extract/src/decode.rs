//! The capture's bytes as text that still knows its bytes.

use dateline_model::{ByteSpan, MappedText};
use encoding_rs::{CoderResult, Encoding, UTF_8};

/// Decodes `bytes` by the charset named (a WHATWG label; an unknown one counts as UTF-8).
///
/// What cannot be decoded becomes U+FFFD and keeps its bytes. A byte order mark is dropped.
///
/// ```
/// let text = dateline_extract::decode(b"caf\xe9", "windows-1252");
/// assert_eq!(text.as_str(), "café");
/// assert_eq!(text.bytes_of(3..5).map(|b| b.range()), Some(3..4));
/// ```
#[must_use]
pub fn decode(bytes: &[u8], charset: &str) -> MappedText {
    let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(UTF_8);
    let mark = match Encoding::for_bom(bytes) {
        Some((of_mark, length)) if of_mark == encoding => length,
        _ => 0,
    };
    if encoding == UTF_8 { decode_utf8(bytes, mark) } else { decode_legacy(bytes, mark, encoding) }
}

/// The text of a string that was given as such, in UTF-8: what looks like a byte order mark is a character of it.
pub(crate) fn decode_string(bytes: &[u8]) -> MappedText {
    decode_utf8(bytes, 0)
}

fn decode_utf8(bytes: &[u8], mark: usize) -> MappedText {
    let mut text = MappedText::new();
    let mut at = mark;
    if let Ok(sound) = std::str::from_utf8(&bytes[mark..]) {
        text.push_same(sound, offset(mark));
        return text;
    }
    for chunk in bytes[mark..].utf8_chunks() {
        text.push_same(chunk.valid(), offset(at));
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            let end = at + chunk.invalid().len();
            text.push_decoded("\u{FFFD}", ByteSpan::new(offset(at), offset(end)));
            at = end;
        }
    }
    text
}

/// Feeds a legacy decoder a byte at a time, so that each character's bytes are known.
fn decode_legacy(bytes: &[u8], mark: usize, encoding: &'static Encoding) -> MappedText {
    let mut text = MappedText::new();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut at, mut pending) = (mark, mark);
    while at < bytes.len() {
        if pending == at && encoding.is_ascii_compatible() {
            let run = ascii_run(&bytes[at..]);
            if !run.is_empty() {
                text.push_same(run, offset(at));
                at += run.len();
                pending = at;
                continue;
            }
        }
        let last = at + 1 == bytes.len();
        let mut out = String::with_capacity(16);
        let (result, _, _) = decoder.decode_to_string(&bytes[at..=at], &mut out, last);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        at += 1;
        if !out.is_empty() {
            text.push_decoded(&out, ByteSpan::new(offset(pending), offset(at)));
            pending = at;
        }
    }
    text
}

fn ascii_run(bytes: &[u8]) -> &str {
    let length = bytes.iter().position(|b| !b.is_ascii() || *b == 0x1B).unwrap_or(bytes.len());
    std::str::from_utf8(&bytes[..length]).unwrap_or_default()
}

/// Ingest sets aside captures of 4 GiB and more, so the conversion never saturates.
fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character, decoded alone from its own bytes, is itself.
    fn check(bytes: &[u8], charset: &str, expected: &str) {
        let text = decode(bytes, charset);
        assert_eq!(text.as_str(), expected, "{charset}");
        let encoding = Encoding::for_label(charset.as_bytes()).unwrap();
        for stretch in text.map() {
            let (alone, _) = encoding.decode_without_bom_handling(&bytes[stretch.bytes.range()]);
            assert_eq!(alone, text.as_str()[stretch.text.range()], "{charset} {stretch:?}");
        }
    }

    #[test]
    fn charsets_keep_their_bytes() {
        check("né à Paris".as_bytes(), "utf-8", "né à Paris");
        check(b"\xEF\xBB\xBFmark", "utf-8", "mark");
        check(b"bad \xFF\xC3 end", "utf-8", "bad \u{FFFD}\u{FFFD} end");
        check(b"\xCC\xEE\xF1\xEA\xE2\xE0, 5", "windows-1251", "Москва, 5");
        check(b"\xB1\xB1\xBE\xA9 GBK", "gbk", "北京 GBK");
        check(b"\x83\x5C\x83\x7D", "shift_jis", "ソマ");
        check(b"\xFF\xFEa\0\xE9\0", "utf-16le", "aé");
        check(b"", "utf-8", "");
    }

    #[test]
    fn a_string_has_no_byte_order_mark() {
        assert_eq!(decode_string("\u{FEFF}mark".as_bytes()).as_str(), "\u{FEFF}mark");
    }

    #[test]
    fn a_cut_character_at_the_end_is_kept_as_damage() {
        check(b"ab\xE5", "gbk", "ab\u{FFFD}");
    }
}
