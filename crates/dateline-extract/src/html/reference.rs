//! Character references (`&amp;`, `&#8217;`, `&eacute`): how long one is, and the text it stands for.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../../data/extract/entities.tsv");

/// The named references, sorted by name.
static NAMED: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let mut named: Vec<_> = TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect();
    named.sort_unstable();
    named
});

/// No name without a semicolon is longer (`Aacute`, `frac12`).
const LONGEST_LEGACY: usize = 6;
/// No name at all is longer, its semicolon included.
const LONGEST: usize = 32;

/// A character reference found at the head of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Bytes of the reference, from `&` on.
    pub length: usize,
    /// What it stands for; nothing for a control character.
    pub text: ReferenceText,
}

/// What a reference stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceText {
    /// A number's character, or none where the number names a control character.
    Numbered(Option<char>),
    /// A name's characters, one or two.
    Named(&'static str),
}

impl ReferenceText {
    /// The text, written into `buffer` where it is a single character.
    pub fn as_str<'a>(&'a self, buffer: &'a mut [u8; 4]) -> &'a str {
        match self {
            Self::Numbered(None) => "",
            Self::Numbered(Some(c)) => c.encode_utf8(buffer),
            Self::Named(text) => text,
        }
    }
}

/// Where a reference stands: in an attribute, `&copy=` and `&copyx` are no references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferencePlace {
    /// In the text of the page.
    Text,
    /// In an attribute's value.
    Attribute,
}

/// The reference with which `text` begins, if it does.
///
/// ```
/// use dateline_extract::html::{ReferencePlace, reference};
/// let found = reference("&eacute;t&eacute;", ReferencePlace::Text).unwrap();
/// assert_eq!((found.length, found.text.as_str(&mut [0; 4])), (8, "é"));
/// ```
#[must_use]
pub fn reference(text: &str, place: ReferencePlace) -> Option<Reference> {
    let after = text.strip_prefix('&')?;
    match after.strip_prefix('#') {
        Some(number) => numbered(number),
        None => named(after, place),
    }
}

fn numbered(number: &str) -> Option<Reference> {
    let (digits, radix, before) = match number.as_bytes().first()? {
        b'x' | b'X' => (&number[1..], 16, 3),
        _ => (number, 10, 2),
    };
    let count = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if count == 0 {
        return None;
    }
    let value = digits[..count].bytes().fold(0u32, |value, b| {
        value.saturating_mul(radix).saturating_add(char::from(b).to_digit(radix).unwrap_or(0))
    });
    let semicolon = usize::from(digits.as_bytes().get(count) == Some(&b';'));
    Some(Reference {
        length: before + count + semicolon,
        text: ReferenceText::Numbered(numbered_char(value)),
    })
}

/// The standard reads 0x80..0x9F as windows-1252, since so many pages mean that. Control characters
/// and noncharacters are nothing a reader sees.
fn numbered_char(value: u32) -> Option<char> {
    match value {
        0x80..=0x9F => windows_1252(value),
        0 | 0xD800..=0xDFFF | 0x11_0000.. => Some(char::REPLACEMENT_CHARACTER),
        0x9 | 0xA | 0xC | 0xD => char::from_u32(value),
        0x1..=0x1F | 0x7F | 0xFDD0..=0xFDEF => None,
        _ if value & 0xFFFE == 0xFFFE => None,
        _ => char::from_u32(value),
    }
}

fn windows_1252(value: u32) -> Option<char> {
    let byte = [u8::try_from(value).ok()?];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().filter(|c| !c.is_control())
}

fn named(after: &str, place: ReferencePlace) -> Option<Reference> {
    let run = after.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    if after.as_bytes().get(run) == Some(&b';')
        && let Some(text) = lookup(&after[..=run])
    {
        return Some(Reference { length: run + 2, text: ReferenceText::Named(text) });
    }
    let length = (2..=run.min(LONGEST_LEGACY)).rev().find(|n| lookup(&after[..*n]).is_some())?;
    let next = after.as_bytes().get(length);
    if place == ReferencePlace::Attribute && next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric()) {
        return None;
    }
    lookup(&after[..length]).map(|text| Reference { length: length + 1, text: ReferenceText::Named(text) })
}

fn lookup(name: &str) -> Option<&'static str> {
    let named: &'static [(&str, String)] = &NAMED;
    let found = named.binary_search_by(|(n, _)| (*n).cmp(name)).ok()?;
    named.get(found).map(|(_, text)| text.as_str())
}

fn row(line: &'static str) -> Option<(&'static str, String)> {
    let (name, points) = line.split_once('\t')?;
    let text = points.split(' ').filter_map(|p| char::from_u32(u32::from_str_radix(p, 16).ok()?)).collect();
    Some((name, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, place: ReferencePlace, expected: Option<(usize, &str)>) {
        let found = reference(text, place);
        let mut buffer = [0; 4];
        let found = found.as_ref().map(|r| (r.length, r.text.as_str(&mut buffer)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_and_numbers() {
        use ReferencePlace::{Attribute, Text};
        check("&amp;x", Text, Some((5, "&")));
        check("&ampx", Text, Some((4, "&")));
        check("&notit;", Text, Some((4, "¬")));
        check("&notin;", Text, Some((7, "∉")));
        check("&NotEqualTilde;", Text, Some((15, "≂\u{338}")));
        check("&CounterClockwiseContourIntegral;", Text, Some((33, "∳")));
        check("&unknown;", Text, None);
        check("& b", Text, None);
        check("&#8217;s", Text, Some((7, "’")));
        check("&#x2019s", Text, Some((7, "’")));
        check("&#146;", Text, Some((6, "’")));
        check("&#0;", Text, Some((4, "\u{FFFD}")));
        check("&#99999999999;", Text, Some((14, "\u{FFFD}")));
        check("&#1;", Text, Some((4, "")));
        check("&#;", Text, None);
        check("&#x;", Text, None);
        check("&copy=1", Attribute, None);
        check("&copy=1", Text, Some((5, "©")));
        check("&copy;=1", Attribute, Some((6, "©")));
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(NAMED.len(), 2231);
        assert!(NAMED.iter().all(|(name, text)| !text.is_empty() && name.len() <= LONGEST));
        assert!(NAMED.iter().all(|(name, _)| name.ends_with(';') || name.len() <= LONGEST_LEGACY));
    }
}
