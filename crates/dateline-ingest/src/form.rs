//! What form a file has, by the end of its name and by its first bytes.
//!
//! The name decides between the forms; the bytes decide whether a file is packed, and whether it is
//! text at all. A gzip file named `.warc` is read, a picture named `.html` is not.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::block::begins_record;

/// The forms of file that ingest reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One page of HTML.
    Html,
    /// One page as plain text.
    Text,
    /// A web archive: WARC or WET.
    Warc,
    /// JSON Lines, one article a line.
    JsonLines,
    /// RSS or Atom.
    Feed,
}

impl Form {
    /// The form that a file's name tells, `page.html.gz` like `page.html`.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let (stem, ending) = name.rsplit_once('.')?;
        let ending = match FORMS.packed.endings.iter().any(|packed| packed == ending) {
            true => stem.rsplit_once('.')?.1,
            false => ending,
        };
        FORMS.endings.iter().find(|(_, endings)| endings.iter().any(|e| e == ending)).map(|(form, _)| *form)
    }

    /// The form that a file's first bytes tell beyond doubt: an archive, or a page of HTML.
    pub(crate) fn of_bytes(head: &[u8]) -> Option<Self> {
        match () {
            () if begins_record(head) => Some(Self::Warc),
            () if begins_html(head) => Some(Self::Html),
            () => None,
        }
    }

    /// The form of a file named so that begins so. The name decides, but for pages and archives that
    /// are plainly something else.
    pub(crate) fn settled(self, head: &[u8]) -> Self {
        match (self, Self::of_bytes(head)) {
            (Self::Text | Self::Feed | Self::Html, Some(form)) => form,
            _ => self,
        }
    }

    /// Can a file of this form and name hold flattened pages?
    pub(crate) fn may_be_flattened(self, name: &str) -> bool {
        match self {
            Self::Text | Self::JsonLines => true,
            Self::Warc => {
                FORMS.flattened.archives.iter().any(|part| name.to_ascii_lowercase().contains(part))
            }
            Self::Html | Self::Feed => false,
        }
    }

    /// The name endings that are read, for messages: `.html .htm …`.
    pub(crate) fn known_endings() -> String {
        let endings: Vec<String> =
            FORMS.endings.values().flatten().map(|ending| format!(".{ending}")).collect();
        endings.join(" ")
    }
}

/// Does a page of HTML begin so?
pub(crate) fn begins_html(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |tag: &String| head.get(..tag.len()).is_some_and(|h| h.eq_ignore_ascii_case(tag.as_bytes()));
    FORMS.begins.html.iter().any(begins)
}

/// Why bytes are no text: the name of the format they belong to, or their control characters.
pub(crate) fn binary(bytes: &[u8]) -> Option<String> {
    if let Some(kind) = FORMS.binary.iter().find(|kind| bytes.starts_with(&kind.magic)) {
        return Some(kind.name.clone());
    }
    let head = &bytes[..bytes.len().min(FORMS.text.window)];
    let control = count(head, is_control);
    let too_many = control as f64 > head.len() as f64 * FORMS.text.control_share;
    too_many.then(|| format!("binary: {control} of its first {} bytes are control characters", head.len()))
}

/// Control characters that no text has; ESC is part of some charsets, and 0x80 and up may be letters.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B)
}

/// How many bytes are such. So few are summed up at a time that a byte holds the sum: then the processor
/// counts many at once.
pub(crate) fn count(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    let few = bytes.chunks(usize::from(u8::MAX));
    few.map(|few| usize::from(few.iter().map(|&byte| u8::from(is_such(byte))).sum::<u8>())).sum()
}

#[derive(Deserialize)]
struct Forms {
    endings: BTreeMap<Form, Vec<String>>,
    packed: Packed,
    flattened: Flattened,
    begins: Begins,
    binary: Vec<Binary>,
    text: Text,
}

#[derive(Deserialize)]
struct Flattened {
    archives: Vec<String>,
}

#[derive(Deserialize)]
struct Packed {
    endings: Vec<String>,
}

#[derive(Deserialize)]
struct Begins {
    html: Vec<String>,
}

#[derive(Deserialize)]
struct Binary {
    name: String,
    #[serde(deserialize_with = "hexadecimal")]
    magic: Vec<u8>,
}

#[derive(Deserialize)]
struct Text {
    window: usize,
    control_share: f64,
}

fn hexadecimal<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let digits = String::deserialize(deserializer)?;
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2).unwrap_or("?"), 16))
        .collect::<Result<_, _>>()
        .map_err(serde::de::Error::custom)
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/ingest/forms.toml"))
        .expect("data/ingest/forms.toml is read by every test")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_form() {
        let cases = [
            ("a.html", Some(Form::Html)),
            ("A.HTM", Some(Form::Html)),
            ("a.b.txt", Some(Form::Text)),
            ("crawl.warc.gz", Some(Form::Warc)),
            ("crawl.wet.zst", Some(Form::Warc)),
            ("a.jsonl.zst", Some(Form::JsonLines)),
            ("feed.xml", Some(Form::Feed)),
            ("page.html.gz", Some(Form::Html)),
            ("a.pdf", None),
            ("a.gz", None),
            ("html", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Form::of_name(name), expected, "{name}");
        }
    }

    #[test]
    fn binary_is_told_from_text() {
        let cases: [(&[u8], bool); 7] = [
            (b"%PDF-1.7 ...", true),
            (b"\0\0\0\0\0\0", true),
            (b"plain words\r\n\twith tabs", false),
            ("слова".as_bytes(), false),
            (b"\x1b$B...\x1b(B", false),
            (b"one stray \0 in a page of many words is no reason", false),
            (b"", false),
        ];
        for (bytes, expected) in cases {
            assert_eq!(binary(bytes).is_some(), expected, "{bytes:?}");
        }
    }
}
