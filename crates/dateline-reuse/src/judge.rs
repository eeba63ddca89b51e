//! What kind of text do two reports share, and how are they related then?

use dateline_model::{Relation, SharedText};

use crate::align::Match;
use crate::finish::Extent;
use crate::rules::Rules;
use crate::words::Words;

/// Words of prose that agree in a row; fewer fall together by chance between edits.
const SHORTEST_STREAK: u32 = 3;

/// Shared words of a passage, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Words of prose.
    pub(crate) prose: u32,
    /// Those of them that are names and numbers.
    pub(crate) names: u32,
    pub(crate) quoted: u32,
    pub(crate) stock: u32,
}

impl Counts {
    pub(crate) fn of(matches: &[Match], a: &Words, b: &Words) -> Self {
        let mut counts = Self::default();
        let mut streak = Streak::default();
        let mut before: Option<Match> = None;
        for (i, j) in matches {
            let (n, m) = (*i as usize, *j as usize);
            let quoted = a.is_quoted(n) || b.is_quoted(m);
            let stock = a.is_stock(n) || b.is_stock(m);
            counts.quoted += u32::from(quoted);
            counts.stock += u32::from(stock && !quoted);
            if quoted || stock || before.is_some_and(|(x, y)| x + 1 != *i || y + 1 != *j) {
                counts.take(&mut streak);
            }
            if !quoted && !stock {
                streak.words += 1;
                streak.names += u32::from(a.is_name(n));
            }
            before = Some((*i, *j));
        }
        counts.take(&mut streak);
        counts
    }

    fn take(&mut self, streak: &mut Streak) {
        if streak.words >= SHORTEST_STREAK {
            self.prose += streak.words;
            self.names += streak.names;
        }
        *streak = Streak::default();
    }

    /// How much prose is shared. Names and numbers belong to what happened, not to who tells it: any two
    /// reports of one event have them in common. They count half.
    fn weight(self) -> u32 {
        self.prose - self.names / 2
    }

    /// The kind of a passage; none if too little is shared.
    pub(crate) fn kind(self, rules: &Rules) -> Option<SharedText> {
        if self.weight() >= rules.prose_least {
            Some(SharedText::Prose)
        } else if self.quoted >= rules.quotation_least && self.quoted >= self.stock {
            Some(SharedText::Quotation)
        } else if self.stock >= rules.stock_least {
            Some(SharedText::Stock)
        } else {
            None
        }
    }
}

/// Words of prose that agree one after another.
#[derive(Default)]
struct Streak {
    words: u32,
    names: u32,
}

/// The share of the words of both passages that agree.
pub(crate) fn similarity(extent: &Extent) -> f32 {
    let words = extent.a.1 - extent.a.0 + extent.b.1 - extent.b.0;
    2.0 * extent.matches.len() as f32 / words.max(1) as f32
}

/// How two reports are related that share these passages. `shorter` is the length of the shorter one.
pub(crate) fn relation(passages: &[(SharedText, Counts)], shorter: usize, rules: &Rules) -> Relation {
    let has = |kind| passages.iter().any(|(k, _)| *k == kind);
    let prose: u32 = passages.iter().map(|(_, counts)| counts.weight()).sum();
    let of_prose = passages.iter().filter(|(kind, _)| *kind == SharedText::Prose);
    let held: u32 = of_prose.map(|(_, counts)| counts.prose + counts.quoted + counts.stock).sum();
    if prose >= rules.rewrite_words && held as f32 >= rules.copy_share * shorter as f32 {
        Relation::Copy
    } else if prose >= rules.rewrite_words && has(SharedText::Prose) {
        Relation::Rewrite
    } else if has(SharedText::Quotation) {
        Relation::Quotation
    } else {
        Relation::Independent
    }
}
