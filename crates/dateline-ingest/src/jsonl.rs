//! JSON Lines: one article a line, with the fields that the line gives.
//!
//! A line that cannot be read is set aside with its number; the others go on. What `extract` and
//! `annotate` print is read back: `published` may be their object, and an object that carries their
//! list of what was set aside holds an article, not a page.

use dateline_model::{Charset, CharsetBasis, Diagnostic, MediaType, Moment, Severity, Supplied};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::config::{Config, Treatment};
use crate::form;
use crate::ingested::Ingested;
use crate::lines::{Line, Lines};
use crate::page::Kind;
use crate::source::{Page, Source};
use crate::unpack::Unpacked;

/// Reads captures line by line.
pub(crate) struct JsonLines {
    lines: Lines,
    source: Source,
    config: Config,
    state: State,
}

impl JsonLines {
    pub(crate) fn new(stream: Unpacked, source: Source, config: Config) -> Self {
        let lines = Lines::new(stream, config.limit());
        Self { lines, source, config, state: State::Unopened }
    }

    fn line(&mut self, place: Option<String>, bytes: &[u8]) -> Ingested {
        match article(bytes, &self.config) {
            Ok(article) => {
                let id = article.id.unwrap_or_else(|| format!("{}:{}", self.source.name, self.lines.number));
                let mut capture = self.source.capture(id, place, article.page);
                capture.uri = article.uri;
                capture.retrieved = article.retrieved;
                capture.supplied = article.supplied;
                Ingested::Capture(capture)
            }
            Err(reason) => self.source.aside(place, reason),
        }
    }
}

impl Iterator for JsonLines {
    type Item = Ingested;

    fn next(&mut self) -> Option<Ingested> {
        if self.state == State::Unopened {
            self.state = State::Open;
            if let Some(what) = not_lines(self.lines.head()) {
                self.state = State::Finished;
                return Some(self.source.aside(None, what));
            }
        }
        while self.state == State::Open {
            let line = self.lines.next()?;
            let place = Some(format!("line {}", self.lines.number));
            match line {
                Line::Damaged(damage) => return Some(self.source.failed(place, damage.code, damage.message)),
                Line::TooLong { length } => {
                    let message =
                        format!("a line of {length} bytes; at most {} are read", self.config.limit());
                    return Some(self.source.failed(place, "too-large", message));
                }
                Line::Whole(bytes) => {
                    let bytes = without_mark(&bytes, self.lines.number);
                    if !bytes.iter().all(u8::is_ascii_whitespace) {
                        return Some(self.line(place, bytes));
                    }
                }
            }
        }
        None
    }
}

#[derive(PartialEq, Eq)]
enum State {
    Unopened,
    Open,
    Finished,
}

/// A byte order mark may open the file.
fn without_mark(line: &[u8], number: u64) -> &[u8] {
    if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line }
}

/// Why a file that begins so holds no JSON Lines at all.
fn not_lines(head: &[u8]) -> Option<Diagnostic> {
    let aside = |code, message: String, hint: &str| {
        Some(Diagnostic::new(code, Severity::Error, message).hinting(hint))
    };
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return aside("not-utf8", "is in UTF-16".into(), "save it as UTF-8");
    }
    if let Some(what) = form::binary(head) {
        return aside("binary", format!("holds no JSON Lines but {what}"), "is its name right?");
    }
    if head.trim_ascii_start().starts_with(b"[\n") {
        return aside("bad-json", "is one JSON array".into(), "write one object a line, without the array");
    }
    None
}

/// What one line gives.
struct Article {
    id: Option<String>,
    page: Page,
    uri: Option<String>,
    retrieved: Option<Moment>,
    supplied: Supplied,
}

fn article(line: &[u8], config: &Config) -> Result<Article, Diagnostic> {
    let line = std::str::from_utf8(line).map_err(|error| {
        bad("not-utf8", format!("no UTF-8 from byte {} of the line on", error.valid_up_to()))
    })?;
    let mut row: Row = serde_json::from_str(line).map_err(|error| bad("bad-json", told(&error)))?;
    let mut diagnostics = Vec::new();
    let published = row.published.take().and_then(|when| moment("published", when.value(), &mut diagnostics));
    let retrieved = row.retrieved.take().and_then(|when| moment("retrieved", when, &mut diagnostics));
    let (text, media_type) = row.body(config)?;
    let charset = Charset { name: "UTF-8", basis: CharsetBasis::Defined };
    Ok(Article {
        id: row.id.map(Id::name).filter(|id| !id.is_empty()),
        page: Page { bytes: text.into_bytes(), media_type, charset, diagnostics },
        uri: row.url.or(row.uri),
        retrieved,
        supplied: Supplied {
            headline: words(row.headline),
            publisher: words(row.publisher),
            byline: words(row.byline),
            published,
            language: words(row.language),
        },
    })
}

/// The fields of a line that are read; others are passed over. A field given twice is an error.
#[derive(Deserialize)]
#[serde(expecting = "an object with `id` and `text` or `html`")]
struct Row {
    id: Option<Id>,
    text: Option<String>,
    html: Option<String>,
    url: Option<String>,
    uri: Option<String>,
    publisher: Option<String>,
    headline: Option<String>,
    byline: Option<String>,
    published: Option<When>,
    retrieved: Option<String>,
    language: Option<String>,
    sha256: Option<IgnoredAny>,
    set_aside: Option<IgnoredAny>,
}

impl Row {
    /// The page and what it is. A line should give one of the two; of both, the text is what is wanted
    /// as it is, and the markup holds more of the page otherwise.
    fn body(&mut self, config: &Config) -> Result<(String, MediaType), Diagnostic> {
        let as_is = config.treatment == Treatment::AsIs || self.is_printed_by_extract();
        let (text, media_type) = match (self.text.take(), self.html.take()) {
            (Some(text), _) if as_is => (text, MediaType::Article),
            (_, Some(html)) => (html, MediaType::Html),
            (Some(text), None) => (text, Kind::Text.media_type(config)),
            (None, None) => return Err(bad("no-text", "has neither `text` nor `html`".into())),
        };
        // What is given as an article is one, whatever is in it: a line in, a line out.
        if media_type != MediaType::Article && text.trim().is_empty() {
            return Err(Diagnostic::new("empty", Severity::Warning, "holds no text"));
        }
        Ok((text, media_type))
    }

    fn is_printed_by_extract(&self) -> bool {
        self.set_aside.is_some() && self.sha256.is_some()
    }
}

/// A name; numbers are taken for theirs.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`id`: a string or a whole number")]
enum Id {
    Name(String),
    Number(u64),
}

impl Id {
    fn name(self) -> String {
        match self {
            Self::Name(name) => name,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// A day or moment, or the object that `extract` prints for one.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`published`: a string in ISO 8601, or an object with such a `value`")]
enum When {
    Plain(String),
    Printed { value: String },
}

impl When {
    fn value(self) -> String {
        match self {
            Self::Plain(value) | Self::Printed { value } => value,
        }
    }
}

fn bad(code: &str, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, message)
}

/// The parser's own words, with the column; the line is named by the place.
fn told(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let what = words.split(" at line ").next().unwrap_or_default();
    format!("not an article in JSON: {what} at column {}", error.column())
}

/// The moment; a date that cannot be read costs the date, not the article.
fn moment(field: &str, value: String, diagnostics: &mut Vec<Diagnostic>) -> Option<Moment> {
    let moment = value.parse();
    if let Err(error) = &moment {
        let remark = Diagnostic::new("bad-date", Severity::Warning, format!("`{field}`: {error}"));
        diagnostics.push(remark.quoting(value));
    }
    moment.ok()
}

fn words(field: Option<String>) -> Option<String> {
    field.filter(|words| !words.trim().is_empty())
}
