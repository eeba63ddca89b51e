//! Feeds: each entry of an RSS or Atom file that brings text is a page.
//!
//! What the feed says of an entry (title, address, author, day) is supplied, not found in the page.
//! A damaged feed is read entry by entry, so that one bad entry costs no other.

use std::io::Read;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dateline_model::{Capture, Charset, CharsetBasis, Diagnostic, Moment, Severity, Supplied};
use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::{Builder, ParseFeedError};
use memchr::memmem;
use serde::Deserialize;

use crate::config::Config;
use crate::day::moment;
use crate::ingested::Ingested;
use crate::page::Kind;
use crate::source::{Page, Source};
use crate::tally::Tally;
use crate::title::plain;
use crate::unpack::{Damage, Unpacked};

/// Every entry of a feed.
pub(crate) fn entries(stream: Unpacked, source: &Source, config: &Config) -> Vec<Ingested> {
    let mut bytes = Vec::new();
    let limit = RULES.max_bytes.min(config.limit());
    let damage = stream.take(limit as u64 + 1).read_to_end(&mut bytes).err().map(|error| Damage::of(&error));
    let mut reading =
        Reading { source, config, found: Vec::new(), without_text: Tally::default(), number: 0 };
    match bytes.trim_ascii_start().first() {
        _ if bytes.len() > limit => reading.fail("too-large", format!("a feed of more than {limit} bytes")),
        None if damage.is_none() => reading.fail("empty", "holds nothing".to_owned()),
        _ => reading.feed(&bytes),
    }
    if let Some(damage) = damage {
        let remark = Diagnostic::new(damage.code, Severity::Warning, damage.message);
        reading.found.push(source.aside(None, remark));
    }
    reading.finish()
}

struct Reading<'a> {
    source: &'a Source,
    config: &'a Config,
    found: Vec<Ingested>,
    without_text: Tally,
    number: u64,
}

impl Reading<'_> {
    fn feed(&mut self, bytes: &[u8]) {
        match parse(bytes) {
            Ok(feed) => self.add(feed),
            Err(error) => match Pieces::of(bytes) {
                Some(pieces) => self.piecewise(&pieces, &error),
                None => self.fail("not-a-feed", format!("not a feed that can be read: {error}")),
            },
        }
    }

    /// Reads a damaged feed one entry at a time.
    fn piecewise(&mut self, pieces: &Pieces<'_>, error: &ParseFeedError) {
        let remark = format!("the feed is damaged ({error}); it was read entry by entry");
        let remark = Diagnostic::new("damaged-feed", Severity::Warning, remark);
        self.found.push(self.source.aside(None, remark));
        for entry in pieces.entries() {
            match parse(&[pieces.opening, entry, pieces.kind.close.as_bytes()].concat()) {
                Ok(feed) => self.add(feed),
                Err(error) => {
                    self.number += 1;
                    let place = Some(format!("entry {}", self.number));
                    self.found.push(self.source.failed(
                        place,
                        "bad-entry",
                        format!("cannot be read: {error}"),
                    ));
                }
            }
        }
    }

    fn add(&mut self, Parsed { mut feed, moments }: Parsed) {
        for entry in std::mem::take(&mut feed.entries) {
            self.number += 1;
            let place = format!("entry {}", self.number);
            match self.capture(&feed, entry, &moments, &place) {
                Some(capture) => self.found.push(Ingested::Capture(capture)),
                None => self.without_text.count("entries", || place),
            }
        }
    }

    fn capture(&self, feed: &Feed, mut entry: Entry, moments: &[Moment], place: &str) -> Option<Capture> {
        let (text, kind) = body(&mut entry)?;
        let (published, remark) = day(&entry, moments);
        let link = entry.links.iter().find(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
        let link = link.or(entry.links.first()).map(|link| link.href.trim().to_owned());
        let named = Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty()).or_else(|| link.clone());
        let page = Page {
            bytes: text.into_bytes(),
            media_type: kind.media_type(self.config),
            charset: Charset { name: "UTF-8", basis: CharsetBasis::Defined },
            diagnostics: remark.into_iter().collect(),
        };
        let id = named.unwrap_or_else(|| format!("{}:{place}", self.source.name));
        let mut capture = self.source.capture(id, Some(place.to_owned()), page);
        capture.uri = link;
        capture.supplied = Supplied {
            headline: entry.title.as_ref().and_then(headline),
            publisher: feed.title.as_ref().and_then(headline),
            byline: byline(&entry),
            published,
            language: entry.language.as_deref().or(feed.language.as_deref()).and_then(language),
        };
        Some(capture)
    }

    fn fail(&mut self, code: &str, message: String) {
        self.found.push(self.source.failed(None, code, message));
    }

    fn finish(mut self) -> Vec<Ingested> {
        while let Some(without) = self.without_text.take() {
            let message = format!("{} entries bring no text", without.count);
            let remark = Diagnostic::new("no-page", Severity::Note, message);
            self.found.push(self.source.aside(Some(format!("first {}", without.first)), remark));
        }
        self.found
    }
}

/// A feed, with its moments as they were written.
struct Parsed {
    feed: Feed,
    moments: Vec<Moment>,
}

/// Parses without inventing ids, and without losing the zone of a moment: the parser hands on instants
/// in UTC, so each moment goes into a list and its number there stands in for it.
fn parse(bytes: &[u8]) -> Result<Parsed, ParseFeedError> {
    if bytes.trim_ascii_start().first() == Some(&b'{') {
        return Err(ParseFeedError::ParseError(feed_rs::parser::ParseErrorKind::NoFeedRoot));
    }
    let moments = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&moments);
    let note = move |written: &str| {
        let mut moments = noted.lock().unwrap_or_else(PoisonError::into_inner);
        moments.push(moment(written)?);
        DateTime::<Utc>::from_timestamp(i64::try_from(moments.len() - 1).ok()?, 0)
    };
    let parser =
        Builder::new().sanitize_content(false).id_generator(|_, _, _| String::new()).timestamp_parser(note);
    let feed = parser.build().parse(bytes)?;
    let moments = std::mem::take(&mut *moments.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Parsed { feed, moments })
}

/// The entry's text: its content, else its summary.
fn body(entry: &mut Entry) -> Option<(String, Kind)> {
    let content =
        entry.content.take().and_then(|content| Some((content.body?, content.content_type.to_string())));
    let summary = entry.summary.take().map(|summary| (summary.content, summary.content_type.to_string()));
    let (text, content_type) = content.filter(|(text, _)| !text.trim().is_empty()).or(summary)?;
    if text.trim().is_empty() {
        return None;
    }
    // Most feeds call every text HTML; one without a tag or a reference reads better as it is.
    let is_html = content_type.contains("html") && has_markup(&text);
    Some((text, if is_html { Kind::Html } else { Kind::Text }))
}

fn has_markup(text: &str) -> bool {
    text.match_indices(['<', '&']).any(|(at, _)| {
        let next = text[at + 1..].bytes().next();
        next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'#'))
    })
}

/// The day of publication. Where an Atom feed gives only the day of update, that is said.
fn day(entry: &Entry, moments: &[Moment]) -> (Option<Moment>, Option<Diagnostic>) {
    let noted = |stands_in: DateTime<Utc>| moments.get(usize::try_from(stands_in.timestamp()).ok()?).copied();
    match (entry.published.and_then(noted), entry.updated.and_then(noted)) {
        (Some(published), _) => (Some(published), None),
        (None, Some(updated)) => {
            let message = "the feed gives no day of publication; the entry's last update stands for it";
            (Some(updated), Some(Diagnostic::new("updated-for-published", Severity::Note, message)))
        }
        (None, None) => (None, None),
    }
}

fn headline(text: &Text) -> Option<String> {
    Some(plain(&text.content, &RULES.characters)).filter(|words| !words.is_empty())
}

/// The names of the authors; an address of mail is none.
fn byline(entry: &Entry) -> Option<String> {
    let names = entry.authors.iter().filter_map(|author| author.name.as_deref()).map(str::trim);
    let names: Vec<&str> = names.filter(|name| !name.is_empty() && !name.contains('@')).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// `en` of `en-GB`.
fn language(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    (matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// A feed cut at its entries.
struct Pieces<'a> {
    opening: &'a [u8],
    rest: &'a [u8],
    kind: &'static FeedKind,
}

impl<'a> Pieces<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let head = &bytes[..bytes.len().min(RULES.max_opening)];
        let rooted = |kind: &&FeedKind| memmem::find(head, kind.root.as_bytes()).is_some();
        let kind = RULES.kind.iter().find(rooted)?;
        let begin = kind.begin.iter().filter_map(|begin| memmem::find(head, begin.as_bytes())).min()?;
        let (opening, rest) = bytes.split_at(begin);
        Some(Self { opening, rest, kind })
    }

    /// Each entry with what stands between it and the one before.
    fn entries(&self) -> impl Iterator<Item = &'a [u8]> {
        let end = self.kind.end.as_bytes();
        let (rest, mut from) = (self.rest, 0);
        memmem::find_iter(rest, end).map(move |at| {
            let entry = &rest[from..at + end.len()];
            from = at + end.len();
            entry
        })
    }
}

#[derive(Deserialize)]
struct Rules {
    max_bytes: usize,
    max_opening: usize,
    kind: Vec<FeedKind>,
    characters: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct FeedKind {
    root: String,
    begin: Vec<String>,
    end: String,
    close: String,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/ingest/feed.toml"))
        .expect("data/ingest/feed.toml is read by every test")
});
