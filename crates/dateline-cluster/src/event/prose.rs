//! Which accounts stand in prose that two reports share?

use dateline_model::{Alignment, Dossier, RelatedPair, SharedText, Span};

use crate::event::facts::Facts;
use crate::event::likeness::Prose;

/// The passages of prose that two reports share, by the places of the reports in the pile.
pub(crate) struct SharedProse<'a> {
    /// For each report those after it that share prose with it, sorted.
    after: Vec<Vec<(usize, &'a RelatedPair)>>,
    /// So many bytes may aligned words have been shifted.
    shifted: u64,
}

impl<'a> SharedProse<'a> {
    /// Of dossiers sorted by id.
    pub(crate) fn of(dossiers: &[Dossier], related: &'a [RelatedPair], shifted: u64) -> Self {
        let place = |id: &str| dossiers.binary_search_by(|dossier| dossier.id.as_str().cmp(id)).ok();
        let mut after = vec![Vec::new(); dossiers.len()];
        for pair in related.iter().filter(|pair| prose(pair).next().is_some()) {
            if let Some((a, b)) = place(&pair.a).zip(place(&pair.b)) {
                after[a].push((b, pair));
            }
        }
        after.iter_mut().for_each(|others| others.sort_by_key(|other| other.0));
        Self { after, shifted }
    }

    /// The places of reports that share prose, the lower first.
    pub(crate) fn reports(&self) -> impl Iterator<Item = (usize, usize)> {
        let each = self.after.iter().enumerate();
        each.flat_map(|(a, others)| others.iter().map(move |other| (a, other.0)))
    }

    /// Do two accounts, the first of the report at place `d`, stand in the same prose?
    pub(crate) fn between(&self, d: usize, e: usize, a: &Facts<'_>, b: &Facts<'_>) -> Prose {
        let ((d, e), a, b) = if d <= e { ((d, e), a, b) } else { ((e, d), b, a) };
        let others = self.after.get(d).map_or(&[][..], Vec::as_slice);
        let from = others.partition_point(|other| other.0 < e);
        let pairs = others[from..].iter().take_while(|other| other.0 == e);
        let is_same = |shared: &Alignment| {
            let told =
                |at: &[Span], side: Span| at.iter().filter_map(|t| common(*t, side)).collect::<Vec<_>>();
            let (first, second) = (told(&a.told_at, shared.a.span), told(&b.told_at, shared.b.span));
            first.iter().any(|t| second.iter().any(|u| are_aligned((*t, *u), shared, self.shifted)))
        };
        if pairs.flat_map(|(_, pair)| prose(pair)).any(is_same) { Prose::Shared } else { Prose::Own }
    }
}

fn prose(pair: &RelatedPair) -> impl Iterator<Item = &Alignment> {
    pair.alignments.iter().filter(|alignment| alignment.kind == SharedText::Prose)
}

/// What two stretches have in common.
fn common(a: Span, b: Span) -> Option<Span> {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    (start < end).then(|| Span::new(start, end))
}

/// Does the prose that tells the one tell the other? Two happenings that one text tells are not one because the
/// whole text is a copy. What was added or cut shifts the words a little.
fn are_aligned((a, b): (Span, Span), shared: &Alignment, shifted: u64) -> bool {
    let (from, to) = (shared.a.span, shared.b.span);
    let (long, other) = (u64::from(from.end - from.start).max(1), u64::from(to.end - to.start));
    let there = |at: u32| u64::from(to.start) + u64::from(at - from.start) * other / long;
    there(a.start) < u64::from(b.end) + shifted && u64::from(b.start) < there(a.end) + shifted
}
