//! Joins names that the model split, and takes in proper nouns beside a name that belong to it.

use dateline_model::EntityType;

use crate::name::candidate::{Candidate, is_measure};
use crate::rules::Known;
use crate::text::Text;
use crate::words::Kinds;

/// Longest name in tokens; longer runs are lists or noise.
const LONGEST: usize = 14;

/// Candidates side by side become one where together they read as one name.
pub(crate) fn join_and_extend(text: &Text<'_>, _rules: &Known<'_>, candidates: &mut Vec<Candidate>) {
    let mut joined: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for next in candidates.drain(..) {
        match joined.last_mut() {
            Some(last) if last.len() + next.len() <= LONGEST && is_one(text, *last, next) => {
                last.model = of_both(text, *last, next);
                last.end = next.end;
            }
            _ => joined.push(next),
        }
    }
    *candidates = joined;
}

/// Do two neighbours make one name?
fn is_one(text: &Text<'_>, a: Candidate, b: Candidate) -> bool {
    // The headline follows the body without a word between: no name goes over from one into the other.
    let in_headline = |c: Candidate| text.report.is_in_headline(text.span(c.first, c.end));
    if is_measure(a.model) || is_measure(b.model) || in_headline(a) != in_headline(b) {
        return false;
    }
    let Some(last) = text.word(b.end - 1) else { return false };
    let head = last.is(Kinds::HEAD) && last.has_capital() && !last.is(Kinds::TITLE);
    if a.end == b.first {
        let (before, after) = (kind(text, a), kind(text, b));
        return head
            || (before.any(Kinds::GIVEN)
                && !after.any(Kinds::HEAD)
                && a.len() == 1
                && b.len() <= 2
                && is_personal(b.model))
            || (b.model.is_none()
                && is_personal(a.model)
                && a.model.is_some()
                && b.len() == 1
                && a.len() == 1
                && !after.any(Kinds::NO_NAME | Kinds::TITLE));
    }
    // "Islamic State of Iraq" and "the Levant"; "Bank" of "England".
    let between = text.words.get(a.end..b.first).unwrap_or_default();
    let of = matches!(between.first().map(|w| &*w.lower), Some("of"))
        && between.len() <= 2
        && between.last().is_some_and(|w| matches!(&*w.lower, "of" | "the"));
    of && text.word(a.end - 1).is_some_and(|w| w.has_capital() && w.is(Kinds::ORGANISATION | Kinds::POLITY))
}

fn is_personal(model: Option<EntityType>) -> bool {
    matches!(model, None | Some(EntityType::Person | EntityType::Polity | EntityType::Organisation))
}

fn kind(text: &Text<'_>, c: Candidate) -> Kinds {
    text.word(c.end - 1).map(|w| w.kinds).unwrap_or_default()
}

/// The type of the joined name: that of a head word's side, else the first's.
fn of_both(text: &Text<'_>, a: Candidate, b: Candidate) -> Option<EntityType> {
    if kind(text, b).any(Kinds::HEAD) { b.model.or(a.model) } else { a.model.or(b.model) }
}
