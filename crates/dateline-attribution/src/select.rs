//! Which of the statements read stay: the outermost, and of those within them what others are said to
//! have said.

use std::cmp::Reverse;

use crate::draft::{Draft, Means};
use crate::lexicon::{Class, Frame};
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// How deep statements are kept within statements.
const DEPTH: u8 = 3;

/// A statement that stays.
pub(crate) struct Kept {
    pub(crate) draft: Draft,
    /// Place, among those kept, of the statement whose content holds it.
    pub(crate) within: Option<usize>,
    depth: u8,
}

impl Kept {
    /// First word of source, cue or content.
    fn first(&self) -> usize {
        let content = self.draft.content.first().map_or(self.draft.cue.first, |piece| piece.first);
        content.min(self.draft.frame().first)
    }
}

/// Statements in the text's order.
pub(crate) fn select(reading: &Reading<'_>, mut drafts: Vec<Draft>) -> Vec<Kept> {
    drafts.retain(|draft| !draft.content.is_empty());
    drafts.sort_by_key(|draft| (Reverse(draft.content_len()), draft.cue.first));
    let mut kept: Vec<Kept> = Vec::new();
    // For each token the innermost statement kept so far, by its place plus one.
    let mut owners = vec![0_usize; reading.len()];
    for draft in drafts {
        let Some(owner) = owner(&owners, &draft) else { continue };
        let within = owner.checked_sub(1);
        let depth = within.map_or(0, |outer| kept[outer].depth + 1);
        if within.is_some_and(|outer| depth > DEPTH || !passes_on(reading, &kept[outer].draft, &draft)) {
            continue;
        }
        kept.push(Kept { within, depth, draft });
        let number = kept.len();
        let draft = &kept[number - 1].draft;
        for words in draft.content.iter().chain([&draft.cue]) {
            owners[words.first..words.end].fill(number);
        }
    }
    in_order(kept)
}

/// The one statement that holds all of the draft, 0 for none; no answer where it lies across an edge.
fn owner(owners: &[usize], draft: &Draft) -> Option<usize> {
    let of = |words: Words| Some((*owners.get(words.first)?, *owners.get(words.end.checked_sub(1)?)?));
    let probe = if draft.cue.is_empty() { *draft.content.first()? } else { draft.cue };
    let (owner, last) = of(probe)?;
    if owner != last {
        return None;
    }
    let inside = |words: Words| of(words).is_some_and(|(first, end)| first == owner && end == owner);
    let whole = owner == 0 || draft.content.iter().all(|piece| inside(*piece));
    whole.then_some(owner)
}

/// Does the outer statement pass on that somebody else said something?
fn passes_on(reading: &Reading<'_>, outer: &Draft, inner: &Draft) -> bool {
    let outer_speaks = match outer.by {
        Means::Phrase => true,
        Means::Verb => reading.media().passes_on(reading.lemma(outer.cue_head)),
        _ => false,
    };
    let owned =
        inner.by == Means::Noun && inner.source_head.is_some_and(|s| reading.tree.dep(s) == Dep::Possessive);
    let told = inner.by == Means::Passive && inner.source.is_some();
    let inner_speaks = owned
        || told
        || matches!(inner.by, Means::Verb | Means::Phrase)
            && (inner.by == Means::Phrase
                || reading.verb(inner.cue_head).is_some_and(|v| v.is(Class::Say) && v.takes(Frame::Quote)));
    let Some(source) = inner.source_head else { return false };
    let named = !matches!(reading.tag(source), "PRP" | "WP" | "WDT" | "PRP$");
    let kept_anyway = outer.holds_others || outer.by == Means::Phrase;
    inner_speaks && (kept_anyway || outer_speaks && named)
}

/// Sorted by their first words, the outer one first, with `within` renumbered.
fn in_order(kept: Vec<Kept>) -> Vec<Kept> {
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.sort_by_key(|number| (kept[*number].first(), kept[*number].depth, *number));
    let mut place = vec![0; kept.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let mut numbered: Vec<(usize, Kept)> = kept
        .into_iter()
        .enumerate()
        .map(|(old, mut one)| {
            one.within = one.within.map(|outer| place[outer]);
            (place[old], one)
        })
        .collect();
    numbered.sort_by_key(|(new, _)| *new);
    numbered.into_iter().map(|(_, one)| one).collect()
}
