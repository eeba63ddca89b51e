//! Everything that a page says of itself to machines: meta elements, links, structured data, its title.

use std::borrow::Cow;
use std::ops::Range;

use crate::html::{Attribute, Document, NodeId, Tag};

use super::{Graph, Vocabulary};

/// One pass over a page's tree, shared by the readers of dates and of metadata.
#[derive(Debug)]
pub(crate) struct Declared<'d> {
    /// Elements that give a value to a name: `<meta>`, and others with a `content` attribute.
    pub(crate) metas: Vec<Meta<'d>>,
    /// `<link rel=canonical>`.
    pub(crate) canonical: Option<Attribute<'d>>,
    /// The structured data.
    pub(crate) graph: Graph<'d>,
    /// Contents of the other scripts.
    pub(crate) scripts: Vec<Range<usize>>,
    /// `<title>`.
    pub(crate) title: Option<NodeId>,
    /// The `lang` of the page.
    pub(crate) language: Option<Attribute<'d>>,
    /// Headings of the first and second level.
    pub(crate) headings: Vec<NodeId>,
}

/// A name and its value.
#[derive(Clone, Debug)]
pub(crate) struct Meta<'d> {
    /// Name, property or itemprop, in lower case.
    pub(crate) name: String,
    /// The value.
    pub(crate) content: Attribute<'d>,
}

impl<'d> Declared<'d> {
    /// Walks the page once.
    pub(crate) fn read(vocabulary: &Vocabulary, page: &Document<'d>) -> Self {
        let mut found = Self {
            metas: Vec::new(),
            canonical: None,
            graph: Graph::empty(),
            scripts: Vec::new(),
            title: None,
            language: None,
            headings: Vec::new(),
        };
        let mut linked_data = Vec::new();
        for (id, _) in page.nodes() {
            match page.tag(id) {
                Some(Tag::Meta) => found.meta(page, id),
                Some(Tag::Link) => found.link(page, id),
                Some(Tag::Script) => found.script(page, id, &mut linked_data),
                Some(Tag::Title) => found.title = found.title.or(Some(id)),
                Some(Tag::Html) => found.language = found.language.or_else(|| page.attribute(id, "lang")),
                Some(Tag::H1 | Tag::H2) => found.headings.push(id),
                _ => {}
            }
        }
        found.graph = Graph::read(vocabulary, page.source().as_str(), linked_data.into_iter());
        found
    }

    /// The values of the metas called `name`, in the page's order.
    pub(crate) fn metas<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Meta<'d>> {
        self.metas.iter().filter(move |meta| meta.name == name)
    }

    /// The addresses that the page gives as its own.
    pub(crate) fn addresses(&self) -> Vec<Cow<'d, str>> {
        let social = self.metas("og:url").map(|meta| meta.content.value());
        self.canonical.iter().map(Attribute::value).chain(social).collect()
    }

    fn meta(&mut self, page: &Document<'d>, id: NodeId) {
        let Some(content) = page.attribute(id, "content").or_else(|| page.attribute(id, "value")) else {
            return;
        };
        for attribute in page.attributes(id) {
            if ["name", "property", "itemprop", "http-equiv"]
                .iter()
                .any(|n| attribute.name().eq_ignore_ascii_case(n))
            {
                let names = attribute.value();
                let names = names.split_whitespace().map(str::to_ascii_lowercase);
                self.metas.extend(names.map(|name| Meta { name, content }));
            }
        }
    }

    fn link(&mut self, page: &Document<'d>, id: NodeId) {
        let canonical =
            page.attribute(id, "rel").is_some_and(|rel| rel.raw().eq_ignore_ascii_case("canonical"));
        if canonical && self.canonical.is_none() {
            self.canonical = page.attribute(id, "href");
        }
    }

    fn script(&mut self, page: &Document<'d>, id: NodeId, linked_data: &mut Vec<Range<usize>>) {
        let Some(content) = page.raw_text(id) else { return };
        let kind = page.attribute(id, "type").map(|a| a.raw().to_ascii_lowercase());
        if kind.is_some_and(|kind| kind.contains("ld+json")) {
            linked_data.push(content.range());
        } else {
            self.scripts.push(content.range());
        }
    }
}
