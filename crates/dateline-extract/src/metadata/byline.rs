//! The author or authors: out of the structured data, meta elements, and the line that prints them.

use std::ops::Range;

use dateline_model::{Basis, ByteSpan, Evidence, MappedText};
use serde::Deserialize;

use super::headline::key;
use super::site::Site;
use crate::html::{Document, NodeId, NodeKind, Tag};
use crate::structured::Thing;
use crate::structured::declared::Declared;

/// The words and names of `data/extract/bylines.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct BylineWords {
    metas: Vec<String>,
    marks: Vec<String>,
    not_marks: Vec<String>,
    paths: Vec<String>,
    leads: Vec<String>,
    joiners: Vec<String>,
    posts: Vec<String>,
    nobody: Vec<String>,
}

impl BylineWords {
    /// Reads the data file that is compiled in.
    pub(crate) fn new() -> Self {
        toml::from_str(include_str!("../../../../data/extract/bylines.toml"))
            .expect("bylines.toml is checked by a test")
    }
}

/// What a page's byline is looked for in.
pub(crate) struct BylinePage<'p, 'd> {
    pub(crate) words: &'p BylineWords,
    pub(crate) page: &'p Document<'d>,
    pub(crate) declared: &'p Declared<'d>,
    pub(crate) article: Option<Thing>,
    pub(crate) headline: Option<NodeId>,
    pub(crate) site: &'p Site,
}

/// One place that names authors, each with its bytes.
struct Named {
    names: Vec<(String, Option<ByteSpan>)>,
    quote: String,
    basis: Basis,
}

impl BylinePage<'_, '_> {
    /// The authors' names, joined with a comma. Somebody's name is better than the site's own.
    pub(crate) fn byline(&self) -> Option<Evidence> {
        let places: [fn(&Self) -> Option<Named>; 5] =
            [Self::structured, Self::linked, Self::marked, Self::meta, Self::printed];
        let mut sites_own = None;
        for named in places.iter().filter_map(|place| place(self)).filter(|named| !named.names.is_empty()) {
            if !named.names.iter().all(|(name, _)| self.site.is_called(name)) {
                return Some(evidence(&named));
            }
            sites_own.get_or_insert(named);
        }
        sites_own.as_ref().map(evidence)
    }

    fn structured(&self) -> Option<Named> {
        let article = self.article?;
        let mut told = self.declared.graph.names(article, "author");
        if told.is_empty() {
            told = self.declared.graph.names(article, "creator");
        }
        let source = self.page.source();
        let texts: Vec<MappedText> = told.iter().map(|t| t.mapped(source)).collect();
        Some(self.named(&texts, Basis::Metadata))
    }

    fn meta(&self) -> Option<Named> {
        let name = self.words.metas.iter().find(|name| {
            self.declared.metas(name).any(|meta| !self.people(meta.content.mapped().as_str()).is_empty())
        })?;
        let texts: Vec<MappedText> = self.declared.metas(name).map(|meta| meta.content.mapped()).collect();
        Some(self.named(&texts, Basis::Metadata))
    }

    /// Links to authors close to the headline, and those that stand beside the first of them.
    fn linked(&self) -> Option<Named> {
        let linked: Vec<NodeId> = self.near_headline().filter(|id| self.is_author_link(*id)).collect();
        let somebody =
            |id: &NodeId| self.line(*id).is_some_and(|text| !self.people(text.as_str()).is_empty());
        let first = linked.iter().position(somebody)?;
        let beside = |id: &&NodeId| id.index() - linked[first].index() <= BESIDE;
        let texts: Vec<MappedText> =
            linked[first..].iter().take_while(beside).filter_map(|id| self.line(*id)).collect();
        Some(self.named(&texts, Basis::Printed))
    }

    /// Elements whose class or id says byline or author, close to the headline.
    fn marked(&self) -> Option<Named> {
        let marked = self.near_headline().filter(|id| self.is_marked(*id)).map(|id| self.page.text_of(id));
        let mut found = marked.filter(|t| t.len() <= LONGEST_LINE).map(|t| self.named(&[t], Basis::Printed));
        found.find(|named| !named.names.is_empty())
    }

    fn near_headline(&self) -> impl Iterator<Item = NodeId> {
        let at = self.headline.map_or(usize::MAX, NodeId::index);
        let nodes = self.page.nodes().map(|(id, _)| id);
        nodes.skip(at.saturating_sub(NEAR + 1)).take_while(move |id| id.index() <= at.saturating_add(NEAR))
    }

    /// The text of an element, if it is no longer than a line; its nodes show beforehand if it may be.
    fn line(&self, id: NodeId) -> Option<MappedText> {
        let mut printed = 0;
        for (at, node) in self.page.descendants(id) {
            if let NodeKind::Text(text) = &node.kind {
                printed += text.range.range().len();
            }
            if printed > LONGEST_SOURCE || at.index() - id.index() > LARGEST_BYLINE {
                return None;
            }
        }
        Some(self.page.text_of(id)).filter(|text| text.len() <= LONGEST_LINE)
    }

    fn is_author_link(&self, id: NodeId) -> bool {
        let value =
            |name: &str| self.page.attribute(id, name).map(|a| a.raw().to_lowercase()).unwrap_or_default();
        let link = self.page.tag(id) == Some(Tag::A);
        let to_author = |href: String| self.words.paths.iter().any(|path| href.contains(path.as_str()));
        link && (value("rel").split_whitespace().any(|rel| rel == "author") || to_author(value("href")))
    }

    fn is_marked(&self, id: NodeId) -> bool {
        if matches!(self.page.tag(id), None | Some(Tag::Meta | Tag::Script | Tag::Img | Tag::Link)) {
            return false;
        }
        let mut names = String::new();
        for name in ["class", "id", "itemprop"] {
            names.extend(self.page.attribute(id, name).map(|a| a.raw().to_lowercase() + " "));
        }
        let any = |marks: &[String]| marks.iter().any(|mark| names.contains(mark.as_str()));
        any(&self.words.marks) && !any(&self.words.not_marks)
    }

    /// A short line just after the headline that opens with "By".
    fn printed(&self) -> Option<Named> {
        let headline = self.headline?;
        let after = self.page.node(headline).end.index();
        let texts =
            self.page.nodes().map(|(id, _)| id).filter(|id| (after..after + NEAR).contains(&id.index()));
        let blocks = texts.filter(|id| {
            matches!(self.page.tag(*id), Some(Tag::P | Tag::Div | Tag::Span | Tag::Li | Tag::Address))
        });
        let lines = blocks.map(|id| self.page.text_of(id)).filter(|t| t.len() <= LONGEST_LINE);
        let mut led =
            lines.filter(|t| self.after_lead(t.as_str()) > 0).map(|t| self.named(&[t], Basis::Printed));
        led.find(|named| !named.names.is_empty())
    }

    fn named(&self, texts: &[MappedText], basis: Basis) -> Named {
        let mut names: Vec<(String, Option<ByteSpan>)> = Vec::new();
        for text in texts {
            for range in self.people(text.as_str()) {
                let name = text.as_str()[range.clone()].to_owned();
                if !names.iter().any(|(other, _)| key(other) == key(&name)) {
                    names.push((name, text.bytes_of(range)));
                }
            }
        }
        let quote = texts.iter().map(MappedText::as_str).collect::<Vec<_>>().join(", ");
        Named { names, quote, basis }
    }

    /// Where the names stand in a byline: without "By", posts, dates and addresses.
    fn people(&self, line: &str) -> Vec<Range<usize>> {
        let start = self.after_lead(line);
        let end = line[start..].find(STOPS).map_or(line.len(), |at| start + at);
        let pieces: Vec<Range<usize>> = self
            .pieces(line, start..end)
            .into_iter()
            .filter(|piece| self.is_name(&line[piece.clone()]))
            .collect();
        let is_post = |piece: &Range<usize>| {
            let words = line[piece.clone()].to_lowercase();
            words.split_whitespace().any(|w| self.words.posts.iter().any(|p| p == w.trim_end_matches('.')))
        };
        let people: Vec<Range<usize>> = pieces.iter().filter(|piece| !is_post(piece)).cloned().collect();
        if people.is_empty() { pieces } else { people }
    }

    /// Where the names begin after words like "By".
    fn after_lead(&self, line: &str) -> usize {
        let mut start = line.len() - line.trim_start().len();
        for _ in 0..2 {
            let rest = &line[start..];
            let led = self.words.leads.iter().filter_map(|lead| {
                let head = rest.get(..lead.len()).filter(|head| head.to_lowercase() == **lead)?;
                let tail = &rest[head.len()..];
                let skipped = tail.len() - tail.trim_start_matches([':', ' ', '\u{a0}']).len();
                (skipped > 0).then_some(head.len() + skipped)
            });
            match led.max() {
                Some(length) => start += length,
                None => break,
            }
        }
        start
    }

    /// The pieces between commas, bars and words like "and".
    fn pieces(&self, line: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = range.start;
        let mut at = range.start;
        for word in line[range.clone()].split_inclusive([' ', ',', ';', '\u{a0}']) {
            let core = word.trim_end_matches([' ', ',', ';', '\u{a0}']);
            let joins = self.words.joiners.iter().any(|joiner| core == joiner);
            if joins {
                pieces.push(start..at);
                start = at + word.len();
            } else if word.ends_with([',', ';']) {
                pieces.push(start..at + core.len());
                start = at + word.len();
            }
            at += word.len();
        }
        pieces.push(start..range.end);
        pieces.into_iter().map(|p| trimmed(line, p)).filter(|p| !p.is_empty()).collect()
    }

    fn is_name(&self, piece: &str) -> bool {
        let folded = piece.to_lowercase();
        let strange = |c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | '{' | '<' | '=' | '_');
        let words = piece.split_whitespace().count();
        piece.len() <= LONGEST_NAME
            && words <= MOST_WORDS
            && piece.chars().any(char::is_alphabetic)
            && piece.chars().count() > 1
            && !piece.contains(strange)
            && !folded.contains("http")
            && !folded.contains("www.")
            && !self.words.nobody.contains(&folded)
            && !self.words.leads.contains(&folded)
    }
}

/// How many nodes away from the headline a byline may stand.
const NEAR: usize = 250;
/// How many nodes after the first another author's link may stand.
const BESIDE: usize = 12;
/// The same with the white space and scripts that stand in the page's source.
const LONGEST_SOURCE: usize = 1_000;
/// An element with more nodes in it is no byline.
const LARGEST_BYLINE: usize = 60;
/// Bylines are short lines.
const LONGEST_LINE: usize = 160;
const LONGEST_NAME: usize = 60;
const MOST_WORDS: usize = 6;
/// What ends the names on their line.
const STOPS: [char; 10] = ['|', '•', '·', '(', '[', '–', '—', '\n', '►', '»'];

fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let piece = &line[range.clone()];
    let blank = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '.' | '"');
    let start = range.start + piece.len() - piece.trim_start_matches(blank).len();
    let end = range.end - (piece.len() - piece.trim_end_matches(blank).len());
    start..end.max(start)
}

fn evidence(named: &Named) -> Evidence {
    let value = named.names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let bytes = named.names.iter().filter_map(|(_, bytes)| *bytes).reduce(ByteSpan::cover);
    Evidence { value, quote: named.quote.clone(), basis: named.basis, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;
    use crate::metadata::{MetadataReader, PageOrigin};

    fn check(page: &str, expected: &str) {
        let source = decode(page.as_bytes(), "utf-8");
        let metadata = MetadataReader::new().of_page(&Document::parse(&source), PageOrigin::default());
        assert_eq!(metadata.byline.map_or_else(String::new, |b| b.value), expected, "{page}");
    }

    #[test]
    fn bylines_of_pages() {
        check(
            "<h1>Talks go on in town</h1><p class=byline>By Ada Berg and Bo Ek, Senior Reporter</p>",
            "Ada Berg, Bo Ek",
        );
        check("<meta name=author content='Ada Berg'><h1>Talks</h1>", "Ada Berg");
        check(
            "<meta name=author content='https://a.example/ada'><h1>Talks</h1><p>Von Ada Berg | 3.4.2016</p>",
            "Ada Berg",
        );
        check("<meta name=author content=admin><h1>Talks</h1><p>Nothing.</p>", "");
        check(
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[{\"name\":\"Ada Berg\"},{\"name\":\"Bo Ek\"}]}</script><h1>T</h1>",
            "Ada Berg, Bo Ek",
        );
    }
}
