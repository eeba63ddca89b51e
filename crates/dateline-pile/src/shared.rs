//! Text that two reports of a pile share, by their places: what a record knows of reuse while it is compared.

use std::cmp::Ordering;

use dateline_model::{Alignment, Earlier, Passage, RelatedPair, Relation, SharedText, Span};

use crate::rows::{Row, number};

/// A passage that two reports share, with what is known of the two. Ordered by the reports, then by where it stands.
#[derive(Clone, Copy, Debug)]
pub struct SharedPassage {
    /// The place of one report in its pile.
    pub a: u32,
    /// That of the other, a later one.
    pub b: u32,
    /// How the two are related: the same in all their passages.
    pub relation: Relation,
    /// Which of them had the text first: the same in all their passages.
    pub earlier: Earlier,
    /// Where it stands in the first, in bytes.
    pub in_a: Span,
    /// Where it stands in the other, in bytes.
    pub in_b: Span,
    /// Share of words that stand in both, in order.
    pub similarity: f32,
    /// Prose, quotation or stock.
    pub kind: SharedText,
}

impl SharedPassage {
    /// Are both of the same two reports?
    #[must_use]
    pub fn is_of_same_pair(&self, other: &Self) -> bool {
        (self.a, self.b) == (other.a, other.b)
    }

    fn place(&self) -> (u32, u32, Span, Span, u32) {
        (self.a, self.b, self.in_a, self.in_b, self.similarity.to_bits())
    }
}

/// The pair of reports that these passages are of, by the reports' ids.
#[must_use]
pub fn related_pair<'i>(passages: &[SharedPassage], id: impl Fn(u32) -> &'i str) -> Option<RelatedPair> {
    let SharedPassage { a, b, relation, earlier, .. } = *passages.first()?;
    let passage = |place: u32, span: Span| Passage { article: id(place).to_owned(), span };
    let alignment = |shared: &SharedPassage| Alignment {
        a: passage(a, shared.in_a),
        b: passage(b, shared.in_b),
        similarity: shared.similarity,
        kind: shared.kind,
    };
    let alignments = passages.iter().map(alignment).collect();
    Some(RelatedPair { a: id(a).to_owned(), b: id(b).to_owned(), relation, earlier, alignments })
}

impl Ord for SharedPassage {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for SharedPassage {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SharedPassage {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for SharedPassage {}

impl Row for SharedPassage {
    const BYTES: usize = 31;

    fn write(&self, out: &mut Vec<u8>) {
        let spans = [self.in_a.start, self.in_a.end, self.in_b.start, self.in_b.end];
        let numbers = [self.a, self.b].into_iter().chain(spans).chain([self.similarity.to_bits()]);
        numbers.for_each(|number| out.extend(number.to_le_bytes()));
        out.push(code(&RELATIONS, &self.relation));
        out.push(code(&EARLIER, &self.earlier));
        out.push(code(&KINDS, &self.kind));
    }

    fn read(bytes: &[u8]) -> Self {
        let code = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
        Self {
            a: number(bytes, 0),
            b: number(bytes, 4),
            in_a: Span { start: number(bytes, 8), end: number(bytes, 12) },
            in_b: Span { start: number(bytes, 16), end: number(bytes, 20) },
            similarity: f32::from_bits(number(bytes, 24)),
            relation: RELATIONS.get(code(28)).copied().unwrap_or(Relation::Independent),
            earlier: EARLIER.get(code(29)).copied().unwrap_or(Earlier::Unknown),
            kind: KINDS.get(code(30)).copied().unwrap_or(SharedText::Stock),
        }
    }
}

const RELATIONS: [Relation; 4] =
    [Relation::Copy, Relation::Rewrite, Relation::Quotation, Relation::Independent];
const EARLIER: [Earlier; 3] = [Earlier::A, Earlier::B, Earlier::Unknown];
const KINDS: [SharedText; 3] = [SharedText::Prose, SharedText::Quotation, SharedText::Stock];

/// The number of a value among all of its kind.
fn code<T: PartialEq>(all: &[T], value: &T) -> u8 {
    (0..).zip(all).find(|(_, other)| *other == value).map_or(u8::MAX, |(n, _)| n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_as_it_was() {
        for (relation, earlier) in RELATIONS.into_iter().zip(EARLIER.into_iter().cycle()) {
            for kind in KINDS {
                let (in_a, in_b) = (Span { start: 0, end: 7 }, Span { start: u32::MAX - 1, end: u32::MAX });
                let (a, b, similarity) = (3, 1 << 30, 0.731);
                let row = SharedPassage { a, b, relation, earlier, in_a, in_b, similarity, kind };
                let mut bytes = Vec::new();
                row.write(&mut bytes);
                assert_eq!(bytes.len(), SharedPassage::BYTES);
                let read = SharedPassage::read(&bytes);
                assert_eq!(read, row);
                assert_eq!((read.relation, read.earlier, read.kind), (relation, earlier, kind));
            }
        }
    }

    #[test]
    fn passages_of_two_reports_make_their_pair() {
        let row = |start| SharedPassage {
            a: 0,
            b: 1,
            relation: Relation::Copy,
            earlier: Earlier::B,
            in_a: Span { start, end: start + 5 },
            in_b: Span { start: 0, end: 5 },
            similarity: 1.0,
            kind: SharedText::Prose,
        };
        let pair = related_pair(&[row(0), row(9)], |place| ["x", "y"][place as usize]).unwrap();
        assert_eq!((pair.a.as_str(), pair.b.as_str(), pair.alignments.len()), ("x", "y", 2));
        assert_eq!(pair.alignments[1].a.span.start, 9);
        assert!(related_pair(&[], |_| "").is_none());
    }
}
