//! Through whom words came: outlets that quote, statements that are carried, sources that are cited.

use crate::draft::Draft;
use crate::occasion::Occasion;
use crate::reading::Reading;
use crate::tree::Dep;

/// How many words of a cue's sentence are searched for a relay.
const REACH: usize = 60;

/// The heads of those who passed a statement on, from the speaker outwards, as far as the statement's
/// own sentence tells.
pub(crate) fn relays(reading: &Reading<'_>, draft: &Draft, occasion: &Occasion) -> Vec<usize> {
    let mut found = Vec::new();
    found.extend(occasion.noun.and_then(|noun| carrier(reading, noun)));
    found.extend(carrier(reading, draft.cue_head).filter(|_| !reading.is_passive(draft.cue_head)));
    found.extend(as_quoted(reading, draft));
    found.dedup();
    found
}

/// "Remarks carried by SANA": who carried it.
fn carrier(reading: &Reading<'_>, noun: usize) -> Option<usize> {
    let tree = &reading.tree;
    let mut clauses = tree.children_of(noun, &[Dep::NounClause, Dep::AdverbClause]);
    clauses.find_map(|clause| {
        let carried = reading.is_verb(clause) && reading.media().is_carried(reading.lemma(clause));
        let by = tree
            .children_of(clause, &[Dep::Agent, Dep::Preposition])
            .find(|by| reading.is_word(*by, "by"))?;
        carried.then(|| tree.child(by, &[Dep::PrepositionObject])).flatten()
    })
}

/// "…, as quoted by RT": behind the statement, in its sentence.
fn as_quoted(reading: &Reading<'_>, draft: &Draft) -> Option<usize> {
    let sentence = reading.tree.sentence(draft.cue_head);
    let from = draft.cue.first.saturating_sub(REACH).max(sentence.first);
    let to = (draft.cue.end + REACH).min(sentence.end);
    (from..to).filter(|at| reading.is_word(*at, "as") && reading.quote_of(*at).is_none()).find_map(|at| {
        let quoted = at + 1;
        let fits = reading.is_verb(quoted) && reading.media().is_carried(reading.lemma(quoted));
        let by = reading.is_word(at + 2, "by").then_some(at + 2)?;
        fits.then(|| reading.tree.child(by, &[Dep::PrepositionObject])).flatten()
    })
}

/// "The agency reported, citing an official": who is cited.
pub(crate) fn cited(reading: &Reading<'_>, draft: &Draft) -> Option<usize> {
    let tree = &reading.tree;
    let clause = tree
        .children_of(draft.cue_head, &[Dep::AdverbClause, Dep::Preposition])
        .find(|clause| reading.tag(*clause) == "VBG" && reading.media().quotes(reading.lemma(*clause)))?;
    tree.child(clause, &[Dep::Object, Dep::PrepositionObject])
}
