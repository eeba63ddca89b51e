//! A page as a tree of elements and texts, kept in one list in the order of the page, each with its place.
//!
//! A node's descendants are the nodes that follow it up to its `end`, so that every walk is a walk
//! over a list: nothing recurses, however deep a page nests.

use std::borrow::Cow;
use std::ops::Range;

use dateline_model::{MappedText, Span};

use super::inline::Inline;
use super::reference::{ReferencePlace, reference};
use super::tag::Tag;
use super::tokenizer::{AttributeSpan, TextCoding, TextToken};
use super::tree;

/// The tree of one page. Places (`Span`) count UTF-8 bytes of the decoded text that it was read from.
///
/// ```
/// use dateline_extract::decode;
/// use dateline_extract::html::{Document, Tag};
/// let text = decode(b"<title>Talks &amp; tea</title><p id=lead>They <b>met</b>.", "utf-8");
/// let page = Document::parse(&text);
/// let p = page.elements(Tag::P).next().unwrap();
/// assert_eq!(page.attribute(p, "id").unwrap().value(), "lead");
/// assert_eq!(page.text_of(p).as_str(), "They met.");
/// ```
#[derive(Clone, Debug)]
pub struct Document<'a> {
    pub(super) source: &'a MappedText,
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<AttributeSpan>,
}

/// A node's number; nodes are numbered in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// One element or text.
#[derive(Clone, Debug)]
pub struct Node {
    /// The element that it stands in; the root is its own parent.
    pub parent: NodeId,
    /// One past its last descendant.
    pub end: NodeId,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// The whole page.
    Root,
    /// An element.
    Element(Element),
    /// Text between tags, or the content of a raw element.
    Text(TextToken),
}

/// An element's start tag.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name, if the standard has it.
    pub tag: Tag,
    /// Where its name stands.
    pub name: Span,
    /// Where its start tag stands.
    pub range: Span,
    pub(super) attributes: Range<u32>,
    /// A later node goes on with this element: it was closed only because an inline element around it was.
    pub(super) goes_on: bool,
    /// An earlier node began this element.
    pub(super) continues: bool,
}

/// An attribute and its place.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'a> {
    source: &'a MappedText,
    /// Where its name and value stand.
    pub span: AttributeSpan,
}

impl<'a> Attribute<'a> {
    /// Its name as printed.
    #[must_use]
    pub fn name(&self) -> &'a str {
        &self.source.as_str()[self.span.name.range()]
    }

    /// Its value as printed, character references and all.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        &self.source.as_str()[self.span.value.range()]
    }

    /// Its value with character references read.
    #[must_use]
    pub fn value(&self) -> Cow<'a, str> {
        if self.raw().contains('&') { Cow::Owned(decoded(self.raw())) } else { Cow::Borrowed(self.raw()) }
    }

    /// Its value with character references read and white space folded, with its bytes.
    #[must_use]
    pub fn mapped(&self) -> MappedText {
        let mut inline = Inline::new(self.source);
        inline.push(self.span.value.range(), ReferencePlace::Attribute);
        inline.finish()
    }
}

impl NodeId {
    /// The page itself.
    pub const ROOT: Self = Self(0);

    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl<'a> Document<'a> {
    /// Reads a page. Never fails: broken pages are read as browsers read them, more or less.
    #[must_use]
    pub fn parse(source: &'a MappedText) -> Self {
        tree::build(source)
    }

    /// The text that the page was read from, with its bytes.
    #[must_use]
    pub fn source(&self) -> &'a MappedText {
        self.source
    }

    /// The characters that stand at `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a str {
        &self.source.as_str()[span.range()]
    }

    /// Number of nodes, the root included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Does the page hold nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// All nodes after the root, in the order of the page.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = (NodeId, &Node)> {
        self.numbered(NodeId(1), self.node(NodeId::ROOT).end)
    }

    /// The nodes inside `id`, in the order of the page, without `id` itself.
    pub fn descendants(&self, id: NodeId) -> impl DoubleEndedIterator<Item = (NodeId, &Node)> {
        self.numbered(NodeId(id.0 + 1), self.node(id).end)
    }

    /// The nodes directly inside `id`.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.node(id).end;
        let first = NodeId(id.0 + 1);
        std::iter::successors(Some(first), |n| Some(self.node(*n).end)).take_while(move |n| *n < end)
    }

    /// The elements around `id`, innermost first, without `id` itself.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Element)> {
        std::iter::successors(Some(self.node(id).parent), |n| Some(self.node(*n).parent))
            .map_while(|n| self.element(n).map(|e| (n, e)))
    }

    /// Does `inner` stand in `outer`?
    #[must_use]
    pub fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer < inner && inner < self.node(outer).end
    }

    /// The elements called `tag`, in the order of the page.
    pub fn elements(&self, tag: Tag) -> impl DoubleEndedIterator<Item = NodeId> {
        self.nodes().filter(move |(id, _)| self.tag(*id) == Some(tag)).map(|(id, _)| id)
    }

    /// The element that `id` is, if it is one.
    #[must_use]
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).kind {
            NodeKind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The tag of the element that `id` is.
    #[must_use]
    pub fn tag(&self, id: NodeId) -> Option<Tag> {
        self.element(id).map(|e| e.tag)
    }

    /// The name of an element as printed, which tells elements apart that the standard does not know.
    #[must_use]
    pub fn name(&self, element: &Element) -> &'a str {
        self.slice(element.name)
    }

    /// The attributes of an element, in order; nothing for a text.
    pub fn attributes(&self, id: NodeId) -> impl Iterator<Item = Attribute<'a>> {
        let range = self.element(id).map_or(0..0, |e| e.attributes.start as usize..e.attributes.end as usize);
        self.attributes[range].iter().map(|span| Attribute { source: self.source, span: *span })
    }

    /// The first attribute of `id` called `name`, in whatever case.
    #[must_use]
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<Attribute<'a>> {
        self.attributes(id).find(|a| a.name().eq_ignore_ascii_case(name))
    }

    /// The text inside `id` as a reader sees it: character references read, white space folded, without
    /// scripts and styles. Blocks and line breaks part words.
    #[must_use]
    pub fn text_of(&self, id: NodeId) -> MappedText {
        let mut inline = Inline::new(self.source);
        if let NodeKind::Text(text) = self.node(id).kind {
            inline.push_text(text);
        }
        let mut block_ends: Vec<NodeId> = Vec::new();
        for (at, node) in self.descendants(id) {
            while block_ends.pop_if(|end| *end <= at).is_some() {
                inline.part_words();
            }
            match &node.kind {
                NodeKind::Text(text) if text.coding == TextCoding::References => inline.push_text(*text),
                NodeKind::Element(e) if e.tag == Tag::Br || e.tag.is_block() => {
                    if !e.continues {
                        inline.part_words();
                    }
                    if !e.goes_on {
                        block_ends.push(node.end);
                    }
                }
                _ => {}
            }
        }
        inline.finish()
    }

    /// Where the literal content of a raw element (a script, a style) stands.
    #[must_use]
    pub fn raw_text(&self, id: NodeId) -> Option<Span> {
        self.descendants(id).find_map(|(_, node)| match node.kind {
            NodeKind::Text(text) if text.coding == TextCoding::Literal => Some(text.range),
            _ => None,
        })
    }

    fn numbered(&self, from: NodeId, to: NodeId) -> impl DoubleEndedIterator<Item = (NodeId, &Node)> {
        (from.0..to.0.max(from.0)).map(|n| (NodeId(n), &self.nodes[n as usize]))
    }
}

fn decoded(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match reference(rest, ReferencePlace::Attribute) {
            Some(found) => {
                out.push_str(found.text.as_str(&mut [0; 4]));
                found.length
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn a_node_knows_its_place_in_the_tree() {
        let text = decode(b"<div><p>a<b>c</b></p><p>d</p></div><p>e", "utf-8");
        let page = Document::parse(&text);
        let paragraphs: Vec<_> = page.elements(Tag::P).collect();
        let div = page.elements(Tag::Div).next().unwrap();
        assert_eq!(page.children(div).collect::<Vec<_>>(), paragraphs[..2]);
        assert!(page.contains(div, paragraphs[1]) && !page.contains(div, paragraphs[2]));
        let b = page.elements(Tag::B).next().unwrap();
        assert_eq!(page.ancestors(b).map(|(_, e)| e.tag).collect::<Vec<_>>(), [Tag::P, Tag::Div]);
    }

    #[test]
    fn attributes_are_read() {
        let source = b"<a HREF='?a=1&amp;b=2&copy=3' title=' two\n words ' href=later>x</a>";
        let text = decode(source, "utf-8");
        let page = Document::parse(&text);
        let a = page.elements(Tag::A).next().unwrap();
        assert_eq!(page.attribute(a, "href").unwrap().value(), "?a=1&b=2&copy=3");
        let title = page.attribute(a, "title").unwrap().mapped();
        assert_eq!(title.as_str(), "two words");
        assert_eq!(&source[title.bytes().unwrap().range()], b"two\n words");
        assert!(page.attribute(a, "rel").is_none());
    }

    #[test]
    fn the_text_of_a_node() {
        let text = decode(
            b"<div>a<br>b<script>var x</script><div>c&nbsp;<i>d</i>e<p>f</p></div><ul><li>g<li>h</ul>i<p><b>j<p>k</b>l</div>",
            "utf-8",
        );
        let page = Document::parse(&text);
        let div = page.elements(Tag::Div).next().unwrap();
        assert_eq!(page.text_of(div).as_str(), "a b c de f g h i j kl");
        let script = page.elements(Tag::Script).next().unwrap();
        assert_eq!(page.slice(page.raw_text(script).unwrap()), "var x");
    }
}
