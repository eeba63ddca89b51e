//! Decides of what type each candidate is, with the evidence of all its occurrences in the report.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::EntityType;

use crate::name::Name;
use crate::name::candidate::{Candidate, is_measure};
use crate::name::evidence::{Scores, TYPES, weigh};
use crate::rules::Known;
use crate::text::Text;
use crate::words::Kinds;

/// How far the report's other occurrences count beside the one at hand.
const SHARE_OF_OTHERS: f32 = 0.8;
/// What a surname counts where the report has a person's full name that ends in it.
const SURNAME: f32 = 2.5;
/// What it counts that a name recurs which the model missed, of one who acts.
const RECURS: f32 = 1.1;
/// The weight that a name must have where the model saw none.
const UNSEEN_BY_MODEL: f32 = 1.0;

/// Names out of candidates.
pub(crate) fn decide(text: &Text<'_>, rules: &Known<'_>, candidates: &[Candidate]) -> Vec<Name> {
    let own: Vec<Scores> = candidates.iter().map(|c| weigh(text, rules, *c)).collect();
    let together = together(text, candidates, &own);
    let surnames = surnames(text, candidates, &own);
    let acting = acting(text, rules, candidates);
    let mut names = Vec::with_capacity(candidates.len());
    for (candidate, scores) in candidates.iter().zip(&own) {
        if is_measure(candidate.model) {
            names.extend(measure(*candidate));
            continue;
        }
        let key = text.lower(candidate.first, candidate.end);
        let mut scores = *scores;
        if let Some((sum, count)) = together.get(&key) {
            scores.add_scores(sum, SHARE_OF_OTHERS / (*count as f32));
        }
        let again = together.get(&key).is_some_and(|(_, count)| *count > 1);
        if again && candidate.model.is_none() && acting.contains(&key) && is_no_word(text, *candidate) {
            scores.add(EntityType::Organisation, RECURS, "a name that recurs");
        }
        if candidate.len() == 1 && surnames.contains_key(&key) {
            scores.add(EntityType::Person, SURNAME, "a surname of someone named in full");
        }
        names.extend(verdict(*candidate, &scores));
    }
    names
}

fn measure(c: Candidate) -> Option<Name> {
    Some(Name {
        first: c.first,
        end: c.end,
        entity_type: c.model?,
        reason: "the language model's own".into(),
    })
}

/// The name, if more speaks for one than against it.
fn verdict(candidate: Candidate, scores: &Scores) -> Option<Name> {
    let (index, weight, against) = scores.best();
    let floor = if candidate.model.is_some() { 0.0 } else { UNSEEN_BY_MODEL };
    let entity_type = match TYPES.get(index)? {
        EntityType::Misc => candidate.model.filter(|t| !TYPES.contains(t)).unwrap_or(EntityType::Misc),
        known => *known,
    };
    (weight - against > floor).then(|| Name {
        first: candidate.first,
        end: candidate.end,
        entity_type,
        reason: scores.why().into(),
    })
}

/// For each wording the sum of its scores, and how often it occurs.
fn together(text: &Text<'_>, candidates: &[Candidate], own: &[Scores]) -> BTreeMap<String, (Scores, u32)> {
    let mut sums: BTreeMap<String, (Scores, u32)> = BTreeMap::new();
    for (candidate, scores) in candidates.iter().zip(own) {
        let (sum, count) = sums.entry(text.lower(candidate.first, candidate.end)).or_default();
        sum.add_scores(scores, 1.0);
        *count += 1;
    }
    sums
}

/// Not "the President", "the University": words with a capital that are common ones.
fn is_no_word(text: &Text<'_>, c: Candidate) -> bool {
    let words = text.words.get(c.first..c.end).unwrap_or_default();
    let common = if words.len() > 1 { Kinds::TITLE } else { Kinds::TITLE | Kinds::HEAD };
    words.iter().any(|w| w.text.chars().count() > 1) && !words.iter().any(|w| w.is(common))
}

/// Wordings that are somewhere the subject of a verb that tells more than what is: "the Gulls won".
fn acting(text: &Text<'_>, rules: &Known<'_>, candidates: &[Candidate]) -> BTreeSet<String> {
    let acts = |c: &&Candidate| {
        let subject = text.word(text.head(c.first, c.end)).filter(|w| w.dep() == "nsubj");
        let verb = subject.and_then(|w| text.word(w.token.head as usize));
        let is = |lemma: &str| rules.nouns.being.iter().any(|known| known == lemma);
        verb.is_some_and(|v| v.tag().starts_with("VB") && !is(&v.token.lemma))
    };
    candidates.iter().filter(acts).map(|c| text.lower(c.first, c.end)).collect()
}

/// Last words of the persons whom the report names in full.
fn surnames(text: &Text<'_>, candidates: &[Candidate], own: &[Scores]) -> BTreeMap<String, ()> {
    let full = candidates.iter().zip(own).filter(|(c, s)| {
        let (index, weight, against) = s.best();
        (2..=5).contains(&c.len()) && TYPES.get(index) == Some(&EntityType::Person) && weight > against
    });
    full.map(|(c, _)| (text.lower(c.end - 1, c.end), ())).collect()
}
