//! Reports that are copies of one another, and where they come from.

use std::collections::BTreeMap;
use std::io;

use dateline_model::{DisjointSets, Earlier, Relation, ReuseCluster, SharedText, Witness};
use dateline_pile::{Rows, SharedPassage};

use crate::rules::Rules;

/// The clusters that copies make among so many reports, by the first report; `id` tells what a report at a place is
/// called.
///
/// # Errors
/// When a file of passages cannot be read.
pub fn copies<'i>(
    count: usize,
    passages: &Rows<SharedPassage>,
    id: impl Fn(u32) -> &'i str,
) -> io::Result<Vec<ReuseCluster>> {
    let mut groups = DisjointSets::new(count as u32);
    let mut standings = vec![Standing::default(); count];
    each_pair(passages, |pair| {
        let SharedPassage { a, b, relation, earlier, .. } = pair[0];
        if relation == Relation::Copy {
            groups.join(a, b);
            note(&mut standings, (a, b), earlier);
        }
    })?;
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (place, group) in (0..).zip(groups.lowest()) {
        if group != place {
            members.entry(group).or_insert_with(|| vec![group]).push(place);
        }
    }
    Ok(members.into_values().map(|places| cluster(&places, &standings, &id)).collect())
}

/// For each of so many reports, by place, the number of the text that it goes back to: the same for all that are
/// copies or rewrites of one another, directly or through others.
///
/// # Errors
/// When a file of passages cannot be read.
pub fn common_texts(count: usize, passages: &Rows<SharedPassage>, rules: &Rules) -> io::Result<Vec<u32>> {
    let mut groups = DisjointSets::new(count as u32);
    each_pair(passages, |pair| {
        if is_one_text(pair, rules) {
            groups.join(pair[0].a, pair[0].b);
        }
    })?;
    Ok(groups.lowest())
}

fn each_pair(passages: &Rows<SharedPassage>, mut take: impl FnMut(&[SharedPassage])) -> io::Result<()> {
    passages.each_group(SharedPassage::is_of_same_pair, |pair| {
        take(pair);
        Ok(())
    })
}

/// Copies go back to one text; so do rewrites that share more than one loosely rewritten sentence, which two
/// reporters of one happening write by themselves.
fn is_one_text(pair: &[SharedPassage], rules: &Rules) -> bool {
    let prose = || pair.iter().filter(|passage| passage.kind == SharedText::Prose);
    let length: u32 = prose().map(|passage| passage.in_a.end - passage.in_a.start).sum();
    let is_close = prose().any(|passage| passage.similarity >= rules.one_text_similarity);
    match pair[0].relation {
        Relation::Copy => true,
        Relation::Rewrite => is_close || length >= rules.one_text_bytes,
        _ => false,
    }
}

/// Before how many copies something sets a report, and after how many.
#[derive(Clone, Copy, Default)]
struct Standing {
    before: u32,
    after: u32,
}

/// Who is known to have the text from another, and whom something sets before another.
fn note(standings: &mut [Standing], (a, b): (u32, u32), earlier: Earlier) {
    let (first, later) = match earlier {
        Earlier::A => (a, b),
        Earlier::B => (b, a),
        Earlier::Unknown => return,
    };
    standings[first as usize].before += 1;
    standings[later as usize].after += 1;
}

fn cluster<'i>(places: &[u32], standings: &[Standing], id: &impl Fn(u32) -> &'i str) -> ReuseCluster {
    let standing = |place: &u32| standings[*place as usize];
    let untold = places.iter().filter(|place| standing(place).after == 0).count();
    let first = |place: &&u32| standing(place).after == 0 && standing(place).before > 0;
    // One report stands before others and every other one stands after some: it is the origin.
    let origin = places.iter().find(first).filter(|_| untold == 1).map(|place| id(*place).to_owned());
    let witnesses = places.iter().map(|place| Witness { article: id(*place).to_owned(), origin: 0 });
    ReuseCluster { witnesses: witnesses.collect(), origin, independent: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Span;

    const IDS: [&str; 6] = ["a", "b", "c", "d", "x", "y"];

    /// A passage of two reports that are copies.
    fn pair(a: u32, b: u32, earlier: Earlier) -> SharedPassage {
        let (in_a, in_b) = (Span::new(0, 9), Span::new(0, 9));
        let (relation, kind) = (Relation::Copy, SharedText::Prose);
        SharedPassage { a, b, relation, earlier, in_a, in_b, similarity: 1.0, kind }
    }

    /// So many bytes of prose that stand in both of two reports, one of which rewrites the other.
    fn rewrite(a: u32, b: u32, length: u32, similarity: f32) -> SharedPassage {
        let in_a = Span::new(0, length);
        SharedPassage { relation: Relation::Rewrite, in_a, similarity, ..pair(a, b, Earlier::Unknown) }
    }

    fn check(pairs: &[SharedPassage], expected: &[(&[&str], Option<&str>)]) {
        let found = copies(IDS.len(), &Rows::Held(pairs.to_vec()), |place| IDS[place as usize]).unwrap();
        let ids: Vec<Vec<&str>> =
            found.iter().map(|c| c.witnesses.iter().map(|w| w.article.as_str()).collect()).collect();
        let origins: Vec<_> = found.iter().map(|c| c.origin.as_deref()).collect();
        assert_eq!(ids, expected.iter().map(|e| e.0.to_vec()).collect::<Vec<_>>());
        assert_eq!(origins, expected.iter().map(|e| e.1).collect::<Vec<_>>());
    }

    fn texts(count: usize, pairs: Vec<SharedPassage>) -> Vec<u32> {
        common_texts(count, &Rows::Held(pairs), &Rules::built_in()).unwrap()
    }

    #[test]
    fn a_text_has_one_number_through_copies_and_rewrites() {
        let quotation = SharedPassage { relation: Relation::Quotation, ..pair(2, 3, Earlier::Unknown) };
        let pairs = vec![pair(0, 1, Earlier::A), rewrite(1, 2, 400, 0.5), quotation];
        assert_eq!(texts(4, pairs), [0, 0, 0, 3]);
    }

    #[test]
    fn one_sentence_in_other_words_does_not_make_two_reports_one_text() {
        for (passage, expected) in [
            (rewrite(0, 1, 180, 0.5), [0, 1]),
            (rewrite(0, 1, 180, 0.8), [0, 0]),
            (rewrite(0, 1, 400, 0.5), [0, 0]),
            (SharedPassage { kind: SharedText::Stock, ..rewrite(0, 1, 400, 1.0) }, [0, 1]),
        ] {
            assert_eq!(texts(2, vec![passage]), expected);
        }
    }

    #[test]
    fn copies_of_copies_are_one_cluster() {
        check(&[pair(0, 1, Earlier::B), pair(1, 2, Earlier::A)], &[(&["a", "b", "c"], Some("b"))]);
        check(
            &[pair(0, 1, Earlier::Unknown), pair(4, 5, Earlier::A)],
            &[(&["a", "b"], None), (&["x", "y"], Some("x"))],
        );
    }
}
