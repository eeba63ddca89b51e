//! What does the page say of itself in its structured data (JSON-LD)?
//!
//! A page often describes many things: the report, the site, the people, a list of other reports. A
//! [`Graph`] holds them all; [`Graph::article`] is the one that speaks for the page.

pub(crate) mod declared;
pub(crate) mod json;

use std::borrow::Cow;
use std::ops::Range;

use dateline_model::MappedText;
use serde::Deserialize;

use crate::html::{ReferencePlace, reference};
use json::{Json, JsonField, JsonValue, unescaped};

/// Which types and keys mean what, from `data/extract/structured.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct Vocabulary {
    articles: Vec<String>,
    pages: Vec<String>,
    media: Vec<String>,
    foreign: Vec<String>,
}

impl Vocabulary {
    /// Reads the data file that is compiled in.
    pub(crate) fn new() -> Self {
        toml::from_str(include_str!("../../../../data/extract/structured.toml"))
            .expect("structured.toml is checked by a test")
    }
}

/// Everything that a page's scripts of structured data describe.
#[derive(Debug)]
pub(crate) struct Graph<'t> {
    text: &'t str,
    things: Vec<Thing>,
    parts: Vec<Json>,
}

/// One described thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    part: usize,
    object: usize,
    /// What it is.
    pub(crate) kind: ThingKind,
    /// Whose it is.
    pub(crate) standing: Standing,
}

/// What a thing is, for our purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ThingKind {
    /// A report.
    Article,
    /// The page around it.
    Page,
    /// A film, sound or picture.
    Media,
    /// Anything else.
    Other,
}

/// Whose a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// The page's own.
    Own,
    /// A part of something, or another page's.
    Foreign,
}

/// A string value and where it stands, quotes not included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told<'t> {
    /// The string with its escapes resolved.
    pub(crate) value: Cow<'t, str>,
    /// Where it stands in the page's text.
    pub(crate) span: Range<usize>,
}

impl Told<'_> {
    /// The string with its bytes. Character references, which do not belong in JSON but are written
    /// there, are read.
    pub(crate) fn mapped(&self, source: &MappedText) -> MappedText {
        if matches!(self.value, Cow::Borrowed(_)) && !self.value.contains('&') {
            return source.part(self.span.clone()).trimmed();
        }
        let mut text = MappedText::new();
        if let Some(bytes) = source.bytes_of(self.span.clone()) {
            text.push_decoded(without_references(&self.value).trim(), bytes);
        }
        text
    }
}

impl<'t> Graph<'t> {
    /// A page that describes nothing.
    pub(crate) fn empty() -> Self {
        Self { text: "", things: Vec::new(), parts: Vec::new() }
    }

    /// Reads the stretches of `text` that hold JSON-LD.
    pub(crate) fn read(
        vocabulary: &Vocabulary,
        text: &'t str,
        scripts: impl Iterator<Item = Range<usize>>,
    ) -> Self {
        let parts: Vec<Json> = scripts.map(|range| Json::read(text, range)).collect();
        let mut graph = Self { text, things: Vec::new(), parts };
        for part in 0..graph.parts.len() {
            graph.sort_things(vocabulary, part);
        }
        graph
    }

    /// All things, in the page's order.
    pub(crate) fn things(&self) -> &[Thing] {
        &self.things
    }

    /// The thing that speaks for the page: the article whose address is one of `addresses`, else the
    /// first article of the page's own, else its page.
    pub(crate) fn article(&self, addresses: &[&str]) -> Option<Thing> {
        let own =
            |kind| self.things.iter().copied().filter(move |t| t.kind == kind && t.standing == Standing::Own);
        let named = |t: &Thing| addresses.iter().any(|address| self.is_at(*t, address));
        own(ThingKind::Article)
            .find(named)
            .or_else(|| own(ThingKind::Article).next())
            .or_else(|| self.things.iter().copied().find(|t| t.kind == ThingKind::Article && named(t)))
            .or_else(|| own(ThingKind::Page).next())
    }

    /// The first string under `key`.
    pub(crate) fn text(&self, thing: Thing, key: &str) -> Option<Told<'t>> {
        self.fields(thing, key).find_map(|field| match &field.value {
            JsonValue::Text(span) => Some(self.told(span)),
            _ => None,
        })
    }

    /// The names under `key`, given outright, as objects, or by reference to an object elsewhere.
    pub(crate) fn names(&self, thing: Thing, key: &str) -> Vec<Told<'t>> {
        let names = self.fields(thing, key).filter_map(|field| match field.value {
            JsonValue::Text(ref span) => Some(self.told(span)),
            JsonValue::Object(object) => self.name_of(Thing { object, ..thing }),
            JsonValue::Bare => None,
        });
        names.take(MOST_NAMES).collect()
    }

    fn name_of(&self, thing: Thing) -> Option<Told<'t>> {
        self.text(thing, "name").or_else(|| {
            let id = self.text(thing, "@id")?.value;
            let same = |t: &&Thing| self.text(**t, "@id").is_some_and(|other| other.value == id);
            self.things.iter().filter(same).find_map(|t| self.text(*t, "name"))
        })
    }

    /// Does the thing say that it stands at `address`?
    fn is_at(&self, thing: Thing, address: &str) -> bool {
        ["url", "@id", "mainEntityOfPage"].iter().any(|key| {
            let direct = self.text(thing, key);
            let told = direct.or_else(|| {
                self.fields(thing, key).find_map(|field| match field.value {
                    JsonValue::Object(object) => self.text(Thing { object, ..thing }, "@id"),
                    _ => None,
                })
            });
            told.is_some_and(|told| bare_address(&told.value) == bare_address(address))
        })
    }

    fn fields(&self, thing: Thing, key: &str) -> impl Iterator<Item = &JsonField> {
        let text = self.text;
        let key = key.to_owned();
        self.parts[thing.part].fields_of(thing.object).iter().filter(move |f| text[f.key.clone()] == *key)
    }

    fn told(&self, span: &Range<usize>) -> Told<'t> {
        Told { value: unescaped(&self.text[span.clone()]), span: span.clone() }
    }

    fn sort_things(&mut self, vocabulary: &Vocabulary, part: usize) {
        let json = &self.parts[part];
        let mut standings: Vec<Standing> = Vec::with_capacity(json.objects.len());
        for (object, described) in json.objects.iter().enumerate() {
            let standing = match &described.parent {
                None => Standing::Own,
                Some((_, key)) if vocabulary.foreign.iter().any(|f| *f == self.text[key.clone()]) => {
                    Standing::Foreign
                }
                Some((holder, _)) => standings[*holder],
            };
            standings.push(standing);
            let thing = Thing { part, object, kind: ThingKind::Other, standing };
            let kind = self.kind(vocabulary, thing);
            self.things.push(Thing { kind, ..thing });
        }
    }

    fn kind(&self, vocabulary: &Vocabulary, thing: Thing) -> ThingKind {
        let kinds = self.fields(thing, "@type").filter_map(|field| match &field.value {
            JsonValue::Text(span) => Some(kind_of(vocabulary, &self.text[span.clone()])),
            _ => None,
        });
        kinds.min().unwrap_or(ThingKind::Other)
    }
}

/// More authors than this are a list of staff.
const MOST_NAMES: usize = 30;

fn kind_of(vocabulary: &Vocabulary, name: &str) -> ThingKind {
    let name = name.rsplit(['/', ':']).next().unwrap_or(name);
    let among = |names: &[String]| names.iter().any(|n| n == name);
    if among(&vocabulary.articles) {
        ThingKind::Article
    } else if among(&vocabulary.pages) {
        ThingKind::Page
    } else if among(&vocabulary.media) {
        ThingKind::Media
    } else {
        ThingKind::Other
    }
}

/// The string with its character references read.
fn without_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = reference(rest, ReferencePlace::Text).map_or(0, |found| {
            out.push_str(found.text.as_str(&mut [0; 4]));
            found.length
        });
        if length == 0 {
            out.push('&');
        }
        rest = &rest[length.max(1)..];
    }
    out + rest
}

/// An address without scheme, query, fragment and last slash, for comparing.
pub(crate) fn bare_address(address: &str) -> &str {
    let rest = address.trim();
    let rest = rest.split_once("//").map_or(rest, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    rest[..end].trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, address: &str, expected: &str) {
        let vocabulary = Vocabulary::new();
        let graph = Graph::read(&vocabulary, page, std::iter::once(0..page.len()));
        let thing = graph.article(&[address]);
        let date = thing.and_then(|t| graph.text(t, "datePublished")).map(|told| told.value.into_owned());
        let authors = thing.map_or_else(Vec::new, |t| graph.names(t, "author"));
        let authors: Vec<&str> = authors.iter().map(|told| &*told.value).collect();
        assert_eq!(format!("{} {}", date.unwrap_or_default(), authors.join(", ")), expected, "{page}");
    }

    #[test]
    fn the_article_speaks_for_the_page() {
        check(
            r#"{"@graph":[{"@type":"WebPage","datePublished":"2001-01-01"},
                {"@type":["NewsArticle"],"datePublished":"2016-12-23","author":[{"@id":"p"},{"name":"Bo Ek"}]},
                {"@type":"Person","@id":"p","name":"Ada Berg"}]}"#,
            "",
            "2016-12-23 Ada Berg, Bo Ek",
        );
        check(
            r#"[{"@type":"NewsArticle","url":"https://a.example/1","datePublished":"2015-01-01"},
               {"@type":"http://schema.org/NewsArticle","url":"https://a.example/2/","datePublished":"2016-12-23","author":"Ada Berg"}]"#,
            "http://www.a.example/2?x=y",
            "2016-12-23 Ada Berg",
        );
        check(
            r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2015-01-01"}]}"#,
            "",
            " ",
        );
    }
}
