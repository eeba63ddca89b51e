//! One page as it was had: bytes, address, time of retrieval, digest.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::moment::Moment;

/// One page as it was had. Offsets called "bytes" anywhere in Dateline count into [`Capture::bytes`].
#[derive(Clone, Debug)]
pub struct Capture {
    /// The name of the report: a path within the folder given, a WARC record id, a feed entry's guid …
    pub id: String,
    /// The page itself: of an archive, the record's body without transfer and content encoding; of a
    /// line of JSON or a feed's entry, the text or markup that it holds, as UTF-8.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of `bytes`.
    pub sha256: Digest,
    /// What kind of text the bytes are.
    pub media_type: MediaType,
    /// The charset to decode the bytes with, and how it was known.
    pub charset: Charset,
    /// Address of the page, if known.
    pub uri: Option<String>,
    /// When the page was fetched, if known. Never a date of publication.
    pub retrieved: Option<Moment>,
    /// Where in which file it came from.
    pub origin: Origin,
    /// Fields that the input gave outright; they are taken as given and cited as "supplied".
    pub supplied: Supplied,
    /// What ingest had to say of it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What kind of text a capture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A page of HTML.
    Html,
    /// A page flattened into lines by somebody's text dump, or plain text.
    Text,
    /// An article that needs no cleaning: the input says so (`--as-is`, or what `extract` printed).
    Article,
}

impl MediaType {
    /// As printed: `text/html` or `text/plain`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Text | Self::Article => "text/plain",
        }
    }
}

/// A charset by its WHATWG name, with the reason it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset {
    /// Name in the Encoding Standard, such as `UTF-8` or `windows-1251`.
    pub name: &'static str,
    /// What told it.
    pub basis: CharsetBasis,
}

/// What told a charset, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CharsetBasis {
    /// A byte order mark.
    ByteOrderMark,
    /// The HTTP header of the archive's record.
    Header,
    /// The page's own `<meta>`, or the XML declaration.
    Meta,
    /// The bytes are valid in it (UTF-8).
    Valid,
    /// Guessed from the bytes.
    Detected,
    /// The form of the input is defined so (JSON).
    Defined,
}

/// Where in which file a capture came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file as the user named it; `-` for standard input.
    pub file: String,
    /// Where in it, in words a person can follow: `line 12`, `record at byte 8130`, `entry 3`.
    pub place: Option<String>,
}

/// Fields that came with the input (a line of JSON, a feed's entry), each `None` where silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supplied {
    /// The headline.
    pub headline: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The author or authors.
    pub byline: Option<String>,
    /// Day or moment of publication.
    pub published: Option<Moment>,
    /// Language, as an ISO 639 code.
    pub language: Option<String>,
}

/// A SHA-256 digest, printed in lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these 64 hexadecimal digits; none of other text.
    #[must_use]
    pub fn of_digits(digits: &str) -> Option<Self> {
        let mut digest = Self([0; 32]);
        if digits.len() != 64 || !digits.is_ascii() {
            return None;
        }
        for (at, byte) in digest.0.iter_mut().enumerate() {
            *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(digest)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}
