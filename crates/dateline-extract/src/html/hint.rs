//! What the page says of its article outside the text: its title, its description, and the body that
//! some pages repeat for search engines.

use dateline_model::Span;

use super::document::{Document, NodeId};
use super::form::key;
use super::tag::Tag;
use crate::flat::publisher::WORDS;

/// The page's own hints.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    /// Keys of titles, whole and without what follows a bar or dash.
    titles: Vec<u64>,
    descriptions: Vec<u64>,
    /// Keys of runs of [`RUN`] words of `articleBody`, sorted.
    runs: Vec<u64>,
    /// The longest `articleBody`.
    body: Option<Span>,
}

/// How many words make a run that hardly recurs by chance.
const RUN: usize = 4;
/// Titles and descriptions that are kept; a page has a handful.
const MOST_TITLES: usize = 64;
/// A body in the structured data is read up to here.
const MOST_RUNS: usize = 1 << 17;

impl Hints {
    pub(super) fn read(page: &Document<'_>) -> Self {
        let mut hints = Self::default();
        for id in page.elements(Tag::Title) {
            hints.add_title(page.text_of(id).as_str());
        }
        for id in page.elements(Tag::Meta) {
            hints.read_meta(page, id);
        }
        for id in page.elements(Tag::Script) {
            hints.read_script(page, id);
        }
        hints.runs.sort_unstable();
        hints.runs.dedup();
        hints
    }

    fn read_meta(&mut self, page: &Document<'_>, id: NodeId) {
        let name = page.attribute(id, "property").or_else(|| page.attribute(id, "name"));
        let (Some(name), Some(content)) = (name, page.attribute(id, "content")) else { return };
        let name = name.raw().to_ascii_lowercase();
        if name.ends_with("title") {
            self.add_title(&content.value());
        } else if name.ends_with("description") && self.descriptions.len() < MOST_TITLES {
            self.descriptions.push(key(&content.value()));
        }
    }

    fn add_title(&mut self, title: &str) {
        if self.titles.len() >= MOST_TITLES {
            return;
        }
        self.titles.push(key(title));
        for bar in &WORDS.head_bars {
            if let Some((before, _)) = title.rsplit_once(bar.as_str()) {
                self.titles.push(key(before));
            }
            if let Some((before, _)) = title.split_once(bar.as_str()) {
                self.titles.push(key(before));
            }
        }
    }

    fn read_script(&mut self, page: &Document<'_>, id: NodeId) {
        let Some(span) = page.raw_text(id) else { return };
        for body in article_bodies(page.slice(span)) {
            let place = Span::new(span.start + body.start, span.start + body.end);
            if self.body.is_none_or(|b| b.range().len() < place.range().len()) {
                self.body = Some(place);
            }
            let text = unescaped(&page.slice(span)[body.range()]);
            let words: Vec<u64> = words(&text).map(key).collect();
            let room = MOST_RUNS.saturating_sub(self.runs.len());
            self.runs.extend(words.windows(RUN).take(room).map(run_key));
        }
    }

    /// Is this the key of a title of the page?
    pub(super) fn is_title(&self, key: u64) -> bool {
        self.titles.contains(&key)
    }

    /// Is this the key of the page's description?
    pub(super) fn is_description(&self, key: u64) -> bool {
        self.descriptions.contains(&key)
    }

    /// Does the structured data hold the article's body?
    pub(super) fn has_body(&self) -> bool {
        self.runs.len() > 40
    }

    /// Where the longest body in the structured data stands.
    pub(super) fn body(&self) -> Option<Span> {
        self.body
    }

    /// Of a text's runs of words, how many in a hundred stand in the structured data's body. None for less than a run.
    pub(super) fn share_in_body(&self, text: &str) -> Option<usize> {
        let words: Vec<u64> = words(text).map(key).collect();
        let runs = words.len().checked_sub(RUN)? + 1;
        let found = words.windows(RUN).filter(|w| self.runs.binary_search(&run_key(w)).is_ok()).count();
        Some(found * 100 / runs)
    }
}

fn run_key(words: &[u64]) -> u64 {
    words.iter().fold(0, |key, word| (key ^ word).wrapping_mul(0x100_0000_01B3).rotate_left(5))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Where the strings called `articleBody` stand in a script, quotes excluded.
pub(super) fn article_bodies(script: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(n) = memchr::memmem::find(&script.as_bytes()[at..], b"\"articleBody\"") {
        at += n + "\"articleBody\"".len();
        let rest = &script[at..];
        let value =
            rest.trim_start().strip_prefix(':').map(str::trim_start).and_then(|v| v.strip_prefix('"'));
        if let Some(value) = value {
            let start = at + rest.len() - value.len();
            let end = start + string_end(value);
            found.push(Span::new(offset(start), offset(end)));
            at = end;
        }
    }
    found
}

/// Length of a JSON string's content up to its closing quote.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// A JSON string's content, roughly: enough to compare words.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('u') => {
                let code = chars.by_ref().take(4).fold(0, |n, c| n * 16 + c.to_digit(16).unwrap_or(0));
                out.push(char::from_u32(code).unwrap_or(' '));
            }
            Some('n' | 'r' | 't') | None => out.push(' '),
            Some(c) => out.push(c),
        }
    }
    out
}

fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
