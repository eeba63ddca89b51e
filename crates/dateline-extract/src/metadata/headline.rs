//! The heading that prints the report's headline.

use std::collections::BTreeSet;

use crate::html::{Document, NodeId, Tag};
use crate::structured::declared::Declared;

/// The heading that shares most words with what the page calls itself; the first of the first level
/// where none shares any.
pub(crate) fn heading(page: &Document<'_>, declared: &Declared<'_>) -> Option<NodeId> {
    let title = declared.title.map(|title| page.text_of(title).as_str().to_owned());
    let social = declared.metas("og:title").next().map(|meta| meta.content.value().into_owned());
    let wanted: Vec<BTreeSet<String>> = [social, title].into_iter().flatten().map(|t| words(&t)).collect();
    let mut best = None;
    for id in &declared.headings {
        let own = words(page.text_of(*id).as_str());
        let shared = wanted.iter().map(|w| alike(&own, w)).max().unwrap_or(0);
        let first_level = page.tag(*id) == Some(Tag::H1);
        let rank = (shared, first_level);
        if !own.is_empty() && best.is_none_or(|(other, _)| rank > other) {
            best = Some((rank, *id));
        }
    }
    best.map(|(_, id)| id)
}

/// Shared words, in hundredths of all.
fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    let all = a.union(b).count().max(1);
    a.intersection(b).count() * 100 / all
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}
