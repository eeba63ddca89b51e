//! The report's headline, out of four places that tell it: a heading, the social meta elements, the
//! structured data and the page's title. They differ in what they add or shorten; where two agree, they
//! are right, and where none agree, the heading that readers see is.

use std::collections::BTreeSet;

use dateline_model::{Basis, Headline, MappedText};

use super::site::{Site, without_site};
use crate::html::{Document, NodeId, Tag};
use crate::structured::Thing;
use crate::structured::declared::Declared;

/// The headline, and the heading that prints it.
#[derive(Debug, Default)]
pub(crate) struct Headed {
    /// The headline.
    pub(crate) headline: Option<Headline>,
    /// The element that prints it, if one does.
    pub(crate) node: Option<NodeId>,
}

/// A text that may be the headline.
struct Candidate {
    text: MappedText,
    basis: Basis,
    key: String,
}

/// Finds the headline of a page whose report the structured data describe as `article`.
pub(crate) fn headline(
    page: &Document<'_>,
    declared: &Declared<'_>,
    article: Option<Thing>,
    site: &Site,
) -> Headed {
    let node = heading(page, declared);
    let candidates = candidates(page, declared, article, site, node);
    let first_level = declared.headings.iter().filter(|id| page.tag(**id) == Some(Tag::H1)).count();
    let only = node.is_some_and(|id| page.tag(id) == Some(Tag::H1)) && first_level == 1;
    let chosen = chosen(&candidates, if only { Heading::Only } else { Heading::OneOfMany });
    let headline = chosen.map(|c| Headline { text: c.text.clone(), supplied: None, basis: c.basis });
    Headed { headline, node }
}

/// The heading, if it is the page's only one, begins or ends what the page calls itself elsewhere, or
/// nothing else is agreed on; else what most places say.
fn chosen(candidates: &[Candidate], standing: Heading) -> Option<&Candidate> {
    let agreed = |c: &&Candidate| candidates.iter().filter(|other| other.key == c.key).count();
    let most = candidates.iter().rev().max_by_key(agreed)?;
    let heading = candidates.first().filter(|c| c.basis == Basis::Printed && c.key.len() >= SHORTEST_HEADING);
    let whole = |c: &&Candidate| most.key.starts_with(&c.key) || most.key.ends_with(&c.key);
    heading.filter(|c| standing == Heading::Only || whole(c) || agreed(&most) < 2).or(Some(most))
}

/// Is the heading the only one of the first level?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    Only,
    OneOfMany,
}

/// A heading with fewer letters is a section's.
const SHORTEST_HEADING: usize = 12;

/// In the order in which they are believed.
fn candidates(
    page: &Document<'_>,
    declared: &Declared<'_>,
    article: Option<Thing>,
    site: &Site,
    node: Option<NodeId>,
) -> Vec<Candidate> {
    let printed = node.map(|node| (page.text_of(node), Basis::Printed));
    let structured = article.and_then(|thing| {
        let told = declared.graph.text(thing, "headline").or_else(|| declared.graph.text(thing, "name"))?;
        Some((told.mapped(page.source()), Basis::Metadata))
    });
    let social = ["og:title", "twitter:title"].iter().filter_map(|name| declared.metas(name).next());
    let social = social.map(|meta| (meta.content.mapped(), Basis::Metadata));
    let title = declared.title.map(|title| (page.text_of(title), Basis::Metadata));
    let all = printed.into_iter().chain(structured).chain(social).chain(title);
    all.map(|(text, basis)| (without_site(&text, site), basis))
        .map(|(text, basis)| Candidate { key: key(text.as_str()), text, basis })
        .filter(|c| !c.key.is_empty())
        .collect()
}

/// The heading that shares most words with what the page calls itself; the first of the first level
/// where none shares any.
pub(crate) fn heading(page: &Document<'_>, declared: &Declared<'_>) -> Option<NodeId> {
    let title = declared.title.map(|title| page.text_of(title).as_str().to_owned());
    let social = declared.metas("og:title").next().map(|meta| meta.content.value().into_owned());
    let wanted: Vec<BTreeSet<String>> = [social, title].into_iter().flatten().map(|t| words(&t)).collect();
    let mut best = None;
    for id in declared.headings.iter().take(MOST_HEADINGS) {
        let own = words(page.text_of(*id).as_str());
        let shared = wanted.iter().map(|w| alike(&own, w)).max().unwrap_or(0);
        let rank = (shared, page.tag(*id) == Some(Tag::H1));
        if !own.is_empty() && best.is_none_or(|(other, _)| rank > other) {
            best = Some((rank, *id));
        }
    }
    best.map(|(_, id)| id)
}

/// The report's heading stands among the first.
const MOST_HEADINGS: usize = 40;

/// Shared words, in hundredths of all.
fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    let all = a.union(b).count().max(1);
    a.intersection(b).count() * 100 / all
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Letters and digits in lower case: what two spellings of one headline share.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
