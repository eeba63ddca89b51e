//! Which accounts stand in prose that two reports share?

use std::io;

use dateline_model::{SharedText, Span};
use dateline_pile::{Rows, SharedPassage};

use crate::event::facts::Facts;
use crate::event::likeness::Prose;

/// The passages of prose that two reports share, by the places of the reports in the pile.
pub(crate) struct SharedProse {
    /// Sorted by reports.
    passages: Vec<Passage>,
    /// So many bytes may aligned words have been shifted.
    shifted: u64,
}

/// Where two reports say the same, in bytes of their texts.
#[derive(Clone, Copy)]
struct Passage {
    reports: (u32, u32),
    from: Span,
    to: Span,
}

impl SharedProse {
    /// Of what reports share.
    pub(crate) fn of(shared: &Rows<SharedPassage>, shifted: u64) -> io::Result<Self> {
        let mut passages = Vec::new();
        shared.each(|SharedPassage { a, b, in_a, in_b, kind, .. }| {
            if kind == SharedText::Prose {
                passages.push(Passage { reports: (a, b), from: in_a, to: in_b });
            }
            Ok(())
        })?;
        Ok(Self { passages, shifted })
    }

    /// The places of reports that share prose, the lower first.
    pub(crate) fn reports(&self) -> impl Iterator<Item = (u32, u32)> {
        self.passages.chunk_by(|x, y| x.reports == y.reports).map(|passages| passages[0].reports)
    }

    /// Do two accounts, of the reports at places `d` and `e`, stand in the same prose?
    pub(crate) fn between(&self, d: u32, e: u32, a: &Facts, b: &Facts) -> Prose {
        let (reports, a, b) = if d <= e { ((d, e), a, b) } else { ((e, d), b, a) };
        let from = self.passages.partition_point(|passage| passage.reports < reports);
        let mut own = self.passages[from..].iter().take_while(|passage| passage.reports == reports);
        let is_same = |passage: &Passage| {
            let told =
                |at: &[Span], side: Span| at.iter().filter_map(|t| common(*t, side)).collect::<Vec<_>>();
            let (first, second) = (told(&a.told_at, passage.from), told(&b.told_at, passage.to));
            first.iter().any(|t| second.iter().any(|u| are_aligned((*t, *u), passage, self.shifted)))
        };
        if own.any(is_same) { Prose::Shared } else { Prose::Own }
    }
}

/// What two stretches have in common.
fn common(a: Span, b: Span) -> Option<Span> {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    (start < end).then(|| Span::new(start, end))
}

/// Does the prose that tells the one tell the other? Two happenings that one text tells are not one because the
/// whole text is a copy. What was added or cut shifts the words a little.
fn are_aligned((a, b): (Span, Span), &Passage { from, to, .. }: &Passage, shifted: u64) -> bool {
    let (long, other) = (u64::from(from.end - from.start).max(1), u64::from(to.end - to.start));
    let there = |at: u32| u64::from(to.start) + u64::from(at - from.start) * other / long;
    there(a.start) < u64::from(b.end) + shifted && u64::from(b.start) < there(a.end) + shifted
}
