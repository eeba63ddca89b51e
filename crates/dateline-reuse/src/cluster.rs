//! Reports that are copies of one another, and where they come from.

use std::collections::BTreeMap;

use dateline_model::{DisjointSets, Earlier, RelatedPair, Relation, ReuseCluster, SharedText, Witness};

use crate::rules::Rules;

/// The clusters that copies make, by the first id.
pub(crate) fn clusters(pairs: &[RelatedPair]) -> Vec<ReuseCluster> {
    let copies = || pairs.iter().filter(|pair| pair.relation == Relation::Copy);
    let mut ids: Vec<&str> = copies().flat_map(|pair| [pair.a.as_str(), pair.b.as_str()]).collect();
    ids.sort_unstable();
    ids.dedup();
    let number = |id: &str| ids.binary_search(&id).unwrap_or_default() as u32;
    let mut groups = DisjointSets::new(ids.len() as u32);
    copies().for_each(|pair| groups.join(number(&pair.a), number(&pair.b)));
    let mut members: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (group, id) in groups.lowest().into_iter().zip(&ids) {
        members.entry(group).or_default().push(id);
    }
    let origins = not_first(pairs);
    members.into_values().map(|ids| cluster(&ids, &origins)).collect()
}

/// For each report, given by its id in order, the number of the text that it goes back to: the same for all
/// that are copies or rewrites of one another, directly or through others.
#[must_use]
pub fn common_texts<'a>(
    ids: impl Iterator<Item = &'a str>,
    pairs: &[RelatedPair],
    rules: &Rules,
) -> BTreeMap<String, u32> {
    let ids: Vec<&str> = ids.collect();
    let number = |id: &str| ids.binary_search(&id).ok().map(|place| place as u32);
    let mut groups = DisjointSets::new(ids.len() as u32);
    for pair in pairs.iter().filter(|pair| is_one_text(pair, rules)) {
        if let Some((a, b)) = number(&pair.a).zip(number(&pair.b)) {
            groups.join(a, b);
        }
    }
    ids.iter().map(|id| (*id).to_owned()).zip(groups.lowest()).collect()
}

/// Copies go back to one text; so do rewrites that share more than one loosely rewritten sentence, which two
/// reporters of one happening write by themselves.
fn is_one_text(pair: &RelatedPair, rules: &Rules) -> bool {
    let prose = || pair.alignments.iter().filter(|alignment| alignment.kind == SharedText::Prose);
    let length: u32 = prose().map(|alignment| alignment.a.span.end - alignment.a.span.start).sum();
    let is_close = prose().any(|alignment| alignment.similarity >= rules.one_text_similarity);
    match pair.relation {
        Relation::Copy => true,
        Relation::Rewrite => is_close || length >= rules.one_text_bytes,
        _ => false,
    }
}

/// Who is known to have the text from another, and whom something sets before another.
fn not_first(pairs: &[RelatedPair]) -> BTreeMap<&str, Standing> {
    let mut standings: BTreeMap<&str, Standing> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.relation == Relation::Copy) {
        let (first, later) = match pair.earlier {
            Earlier::A => (&pair.a, &pair.b),
            Earlier::B => (&pair.b, &pair.a),
            Earlier::Unknown => continue,
        };
        standings.entry(first).or_default().before += 1;
        standings.entry(later).or_default().after += 1;
    }
    standings
}

#[derive(Default)]
struct Standing {
    before: u32,
    after: u32,
}

fn cluster(ids: &[&str], standings: &BTreeMap<&str, Standing>) -> ReuseCluster {
    let first = |id: &&&str| standings.get(**id).is_some_and(|s| s.after == 0 && s.before > 0);
    let untold = ids.iter().filter(|id| standings.get(**id).is_none_or(|s| s.after == 0)).count();
    // One report stands before others and every other one stands after some: it is the origin.
    let origin = ids.iter().find(first).filter(|_| untold == 1).map(|id| (*id).to_owned());
    let witnesses = ids.iter().map(|id| Witness { article: (*id).to_owned(), origin: 0 }).collect();
    ReuseCluster { witnesses, origin, independent: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Alignment, Passage, Span};

    fn pair(a: &str, b: &str, earlier: Earlier) -> RelatedPair {
        let (a, b) = (a.to_owned(), b.to_owned());
        RelatedPair { a, b, relation: Relation::Copy, earlier, alignments: Vec::new() }
    }

    fn rewrite(a: &str, b: &str) -> RelatedPair {
        RelatedPair { relation: Relation::Rewrite, ..pair(a, b, Earlier::Unknown) }
    }

    /// So many bytes of prose that stand in both.
    fn prose(length: u32, similarity: f32) -> Alignment {
        let passage = || Passage { article: String::new(), span: Span::new(0, length) };
        Alignment { a: passage(), b: passage(), similarity, kind: SharedText::Prose }
    }

    fn check(pairs: &[RelatedPair], expected: &[(&[&str], Option<&str>)]) {
        let found = clusters(pairs);
        let ids: Vec<Vec<&str>> =
            found.iter().map(|c| c.witnesses.iter().map(|w| w.article.as_str()).collect()).collect();
        let origins: Vec<_> = found.iter().map(|c| c.origin.as_deref()).collect();
        assert_eq!(ids, expected.iter().map(|e| e.0.to_vec()).collect::<Vec<_>>());
        assert_eq!(origins, expected.iter().map(|e| e.1).collect::<Vec<_>>());
    }

    #[test]
    fn a_text_has_one_number_through_copies_and_rewrites() {
        let rewrite = RelatedPair { alignments: vec![prose(400, 0.5)], ..rewrite("b", "c") };
        let quotation = RelatedPair { relation: Relation::Quotation, ..pair("c", "d", Earlier::Unknown) };
        let pairs = [pair("a", "b", Earlier::A), rewrite, quotation];
        let texts = common_texts(["a", "b", "c", "d"].into_iter(), &pairs, &Rules::built_in());
        assert_eq!(texts.values().copied().collect::<Vec<_>>(), [0, 0, 0, 3]);
    }

    #[test]
    fn one_sentence_in_other_words_does_not_make_two_reports_one_text() {
        for (alignment, expected) in [
            (prose(180, 0.5), [0, 1]),
            (prose(180, 0.8), [0, 0]),
            (prose(400, 0.5), [0, 0]),
            (Alignment { kind: SharedText::Stock, ..prose(400, 1.0) }, [0, 1]),
        ] {
            let pairs = [RelatedPair { alignments: vec![alignment], ..rewrite("a", "b") }];
            let texts = common_texts(["a", "b"].into_iter(), &pairs, &Rules::built_in());
            assert_eq!(texts.into_values().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn copies_of_copies_are_one_cluster() {
        check(&[pair("a", "b", Earlier::B), pair("b", "c", Earlier::A)], &[(&["a", "b", "c"], Some("b"))]);
        check(
            &[pair("a", "b", Earlier::Unknown), pair("x", "y", Earlier::A)],
            &[(&["a", "b"], None), (&["x", "y"], Some("x"))],
        );
    }
}
