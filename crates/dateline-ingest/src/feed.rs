//! Feeds: each entry of an RSS or Atom file that brings text is a page.
//!
//! What the feed says of an entry (title, address, author, day) is supplied, not found in the page.
//! A damaged feed is read some entries at a time, so that one bad entry costs no other.

use std::collections::{BTreeMap, VecDeque};
use std::io::Read;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dateline_model::{Capture, Charset, CharsetBasis, Diagnostic, Moment, Severity, Supplied};
use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::{Builder, ParseErrorKind, ParseFeedError};
use serde::Deserialize;

use crate::config::Config;
use crate::damage::Damage;
use crate::day::moment;
use crate::ingested::Ingested;
use crate::page::Kind;
use crate::pieces::{FeedKind, Pieces};
use crate::source::{Page, Source};
use crate::tally::Tally;
use crate::title::plain;
use crate::unpack::Unpacked;

/// Reads the entries of a feed.
pub(crate) struct Entries {
    source: Source,
    config: Config,
    outlet: Outlet,
    /// What was read and not yet handed on.
    ready: VecDeque<Ingested>,
    /// What is still to be read, where the feed is read in pieces.
    pieces: Option<Pieces>,
    patience: u32,
    number: u64,
    without_text: Tally,
}

/// What the feed says of itself, and so of each entry.
#[derive(Default)]
struct Outlet {
    title: Option<String>,
    language: Option<String>,
}

impl Entries {
    pub(crate) fn new(stream: Unpacked, source: Source, config: Config) -> Self {
        let mut entries = Self {
            source,
            config,
            outlet: Outlet::default(),
            ready: VecDeque::new(),
            pieces: None,
            patience: RULES.patience,
            number: 0,
            without_text: Tally::default(),
        };
        entries.open(stream);
        entries
    }

    fn open(&mut self, stream: Unpacked) {
        let limit = RULES.max_bytes.min(self.config.limit());
        let mut bytes = Vec::new();
        let damage =
            stream.take(limit as u64 + 1).read_to_end(&mut bytes).err().map(|error| Damage::of(&error));
        match bytes.trim_ascii_start().first() {
            _ if bytes.len() > limit => self.fail("too-large", format!("a feed of more than {limit} bytes")),
            None if damage.is_none() => self.fail("empty", "holds nothing".to_owned()),
            _ => self.feed(bytes),
        }
        if let Some(damage) = damage {
            self.remark(None, Diagnostic::new(damage.code, Severity::Warning, damage.message));
        }
    }

    fn feed(&mut self, bytes: Vec<u8>) {
        let error = match parse(&bytes) {
            Ok(parsed) => return self.add(parsed),
            Err(error) => error,
        };
        let Some(pieces) = Pieces::of(bytes, &RULES.kind, RULES.max_root) else {
            return self.fail("not-a-feed", format!("not a feed that can be read: {error}"));
        };
        if let Refusal::Unreadable(error) = error {
            let message = format!("the feed is damaged ({error}); it was read entry by entry");
            self.remark(None, Diagnostic::new("damaged-feed", Severity::Warning, message));
        }
        if let Ok(opening) = parse(&pieces.opening()) {
            self.outlet = Outlet::of(&opening.feed);
        }
        self.pieces = Some(pieces);
    }

    /// Reads the next pieces together; where that fails, one by one.
    fn read_pieces(&mut self) {
        let Some(pieces) = &mut self.pieces else { return };
        let batch = pieces.take(RULES.batch_entries, RULES.batch_bytes);
        if batch.is_empty() {
            self.pieces = None;
            if self.number == 0 {
                self.fail("not-a-feed", "holds no entry that can be read".to_owned());
            }
            return;
        }
        if let Ok(parsed) = parse(&pieces.framed(&batch)) {
            return self.entries(parsed);
        }
        for piece in batch {
            let framed = self.pieces.as_ref().map(|pieces| pieces.framed(&[piece]));
            match parse(&framed.unwrap_or_default()) {
                Ok(parsed) => self.entries(parsed),
                Err(error) => self.bad_entry(&error),
            }
        }
    }

    fn bad_entry(&mut self, error: &Refusal) {
        self.number += 1;
        let place = Some(format!("entry {}", self.number));
        self.remark(place, Diagnostic::new("bad-entry", Severity::Error, format!("cannot be read: {error}")));
        self.patience = self.patience.saturating_sub(1);
        if self.patience == 0 && self.pieces.take().is_some() {
            self.fail("damaged-feed", "too many entries cannot be read; the rest is given up".to_owned());
        }
    }

    fn add(&mut self, parsed: Parsed) {
        self.outlet = Outlet::of(&parsed.feed);
        self.entries(parsed);
    }

    fn entries(&mut self, Parsed { feed, moments }: Parsed) {
        for entry in feed.entries {
            self.number += 1;
            let place = format!("entry {}", self.number);
            match self.capture(entry, &moments, &place) {
                Some(capture) => self.ready.push_back(Ingested::Capture(capture)),
                None => self.without_text.count("entries", || place),
            }
        }
    }

    fn capture(&self, mut entry: Entry, moments: &[Moment], place: &str) -> Option<Capture> {
        let (text, kind) = body(&mut entry).filter(|(text, _)| text.len() <= self.config.limit())?;
        let (published, remark) = day(&entry, moments);
        let link = link(&entry);
        let named = Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty()).or_else(|| link.clone());
        let page = Page {
            bytes: text.into_bytes(),
            media_type: kind.media_type(&self.config),
            charset: Charset { name: "UTF-8", basis: CharsetBasis::Defined },
            diagnostics: remark.into_iter().collect(),
        };
        let id = named.unwrap_or_else(|| format!("{}:{place}", self.source.name));
        let mut capture = self.source.capture(id, Some(place.to_owned()), page);
        capture.uri = link;
        capture.supplied = Supplied {
            headline: entry.title.as_ref().and_then(headline),
            publisher: self.outlet.title.clone(),
            byline: byline(&entry),
            published,
            language: entry.language.as_deref().and_then(language).or_else(|| self.outlet.language.clone()),
        };
        Some(capture)
    }

    fn fail(&mut self, code: &str, message: String) {
        self.remark(None, Diagnostic::new(code, Severity::Error, message));
    }

    fn remark(&mut self, place: Option<String>, diagnostic: Diagnostic) {
        self.ready.push_back(self.source.aside(place, diagnostic));
    }
}

impl Iterator for Entries {
    type Item = Ingested;

    fn next(&mut self) -> Option<Ingested> {
        while self.ready.is_empty() && self.pieces.is_some() {
            self.read_pieces();
        }
        self.ready.pop_front().or_else(|| {
            let without = self.without_text.take()?;
            let message = format!("entries without text, {} in number", without.count);
            let remark = Diagnostic::new("no-page", Severity::Note, message);
            Some(self.source.aside(Some(format!("first {}", without.first)), remark))
        })
    }
}

impl Outlet {
    fn of(feed: &Feed) -> Self {
        Self {
            title: feed.title.as_ref().and_then(headline),
            language: feed.language.as_deref().and_then(language),
        }
    }
}

/// A feed, with its moments as they were written.
struct Parsed {
    feed: Feed,
    moments: Vec<Moment>,
}

/// Why a feed or an entry was not parsed.
enum Refusal {
    Unreadable(ParseFeedError),
    TooManyTags,
}

impl From<ParseFeedError> for Refusal {
    fn from(error: ParseFeedError) -> Self {
        Self::Unreadable(error)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::TooManyTags => write!(f, "more than {} tags", RULES.max_tags),
        }
    }
}

/// Parses without inventing ids, and without losing the zone of a moment: the parser hands on instants
/// in UTC, so each moment goes into a list and its number there stands in for it.
fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    if bytes.trim_ascii_start().first() == Some(&b'{') {
        return Err(ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot).into());
    }
    if memchr::memchr_iter(b'<', bytes).count() > RULES.max_tags {
        return Err(Refusal::TooManyTags);
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

/// The address of the page itself, not of the feed or of comments.
fn link(entry: &Entry) -> Option<String> {
    let is_page = |link: &&feed_rs::model::Link| matches!(link.rel.as_deref(), None | Some("alternate"));
    let link = entry.links.iter().find(is_page).or(entry.links.first())?;
    Some(link.href.trim().to_owned()).filter(|href| !href.is_empty())
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

#[derive(Deserialize)]
struct Rules {
    max_bytes: usize,
    max_tags: usize,
    batch_entries: usize,
    batch_bytes: usize,
    max_root: usize,
    patience: u32,
    kind: Vec<FeedKind>,
    characters: BTreeMap<String, String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/ingest/feed.toml"))
        .expect("data/ingest/feed.toml is read by every test")
});
