//! Through whom words came: outlets that quote, statements that are carried, sources that are cited.

use dateline_model::{Attribution, Party};

use crate::draft::{Draft, Means};
use crate::lexicon::Frame;
use crate::occasion::Occasion;
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// How many words of a cue's sentence are searched for a relay.
const REACH: usize = 60;

/// The heads of those who passed a statement on, from the speaker outwards, as far as the statement's
/// own sentence tells.
pub(crate) fn relays(reading: &Reading<'_>, draft: &Draft, occasion: &Occasion) -> Vec<usize> {
    let mut found = draft.through.clone();
    found.extend(quoted_by(reading, draft.cue_head));
    found.extend(occasion.noun.and_then(|noun| carrier(reading, noun)));
    found.extend(carrier(reading, draft.cue_head).filter(|_| !reading.is_passive(draft.cue_head)));
    found.extend(as_quoted(reading, draft));
    found.extend(draft.source_head.and_then(|head| quoting_source(reading, head)));
    found.dedup();
    found
}

/// "Was quoted by RT as saying": who quotes.
fn quoted_by(reading: &Reading<'_>, saying: usize) -> Option<usize> {
    let tree = &reading.tree;
    let link = tree.head(saying).filter(|_| tree.dep(saying) == Dep::PrepositionComplement)?;
    let verb = tree.head(link).filter(|verb| reading.media().quotes(reading.lemma(*verb)))?;
    let by = |at: usize| tree.child(at, &[Dep::PrepositionObject]);
    let agent = tree.child(verb, &[Dep::Agent]).and_then(by);
    let behind = || {
        let mut phrases = tree.children_of(saying, &[Dep::Preposition, Dep::Agent]);
        phrases.find(|p| reading.is_word(*p, "by") || reading.is_word(*p, "on")).and_then(by)
    };
    agent.or_else(behind)
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

/// "A witness quoted by the Lantern said": who quotes the speaker.
fn quoting_source(reading: &Reading<'_>, source: usize) -> Option<usize> {
    let mut clauses = reading.tree.children_of(source, &[Dep::NounClause]);
    let quoted = clauses.find(|clause| reading.media().quotes(reading.lemma(*clause)))?;
    let mut phrases = reading.tree.children_of(quoted, &[Dep::Agent, Dep::Preposition]);
    let by = phrases.find(|by| reading.is_word(*by, "by"))?;
    reading.tree.child(by, &[Dep::PrepositionObject])
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

/// "The agency reported, citing an official", "the Herald, quoting Interlink, said", "citing two
/// officials, the Herald said": who is cited.
pub(crate) fn cited(reading: &Reading<'_>, draft: &Draft) -> Option<usize> {
    let Some(clause) = citing(reading, draft) else { return fronted(reading, draft).map(|(_, head)| head) };
    reading.tree.child(clause, &[Dep::Object, Dep::PrepositionObject])
}

/// The verb that cites others for a statement that passes on what they said.
pub(crate) fn citing(reading: &Reading<'_>, draft: &Draft) -> Option<usize> {
    let source = draft.source_head.filter(|_| passes_on(reading, draft))?;
    let cites = |at: usize| reading.tag(at) == "VBG" && reading.media().quotes(reading.lemma(at));
    // "According to the Herald, which cited a source".
    let relates = |at: usize| {
        let mut clauses = reading.tree.children_of(at, &[Dep::RelativeClause]);
        clauses.find(|c| reading.media().quotes(reading.lemma(*c)) && !reading.is_passive(*c))
    };
    let of = |at: usize| {
        let kinds = [Dep::AdverbClause, Dep::Preposition, Dep::NounClause, Dep::OpenComplement];
        reading.tree.children(at).iter().copied().find(|c| kinds.contains(&reading.tree.dep(*c)) && cites(*c))
    };
    let next = draft.cue.end + usize::from(reading.text(draft.cue.end) == ",");
    let beside = || Some(next).filter(|next| cites(*next));
    of(draft.cue_head).or_else(|| of(source)).or_else(beside).or_else(|| relates(source))
}

/// "Citing reports from the front, the Herald said": the words of the aside, and the head of those
/// cited. Read off the words, as the parse is often lost here.
pub(crate) fn fronted(reading: &Reading<'_>, draft: &Draft) -> Option<(Words, usize)> {
    let source = draft.source.filter(|_| passes_on(reading, draft))?;
    let first = reading.tree.sentence(draft.cue_head).first;
    let opens = first < source.end && reading.media().opens_citing(&reading.lower(first));
    let ends = |at: usize| matches!(reading.tag(at), "IN" | "," | "WDT" | "WP");
    let end = (first + 1..draft.cue.first.min(first + REACH)).find(|at| ends(*at)).filter(|_| opens)?;
    (end > first + 1).then(|| (Words::new(first, source.first.max(end)), end - 1))
}

fn passes_on(reading: &Reading<'_>, draft: &Draft) -> bool {
    let figure = || reading.verb(draft.cue_head).is_some_and(|verb| verb.takes(Frame::Figure));
    draft.by == Means::Phrase
        || draft.by == Means::Verb && (reading.media().passes_on(reading.lemma(draft.cue_head)) || figure())
}

/// Who made a document: "a statement by the office", "the ministry's report".
pub(crate) fn author(reading: &Reading<'_>, document: usize) -> Option<usize> {
    reading.media().of_noun(&reading.lower(document))?;
    let tree = &reading.tree;
    let owner = tree.child(document, &[Dep::Possessive]);
    owner.or_else(|| {
        let mut phrases = tree.children_of(document, &[Dep::Preposition, Dep::Agent]);
        let by = phrases.find(|p| reading.is_word(*p, "by") || reading.is_word(*p, "from"));
        by.map_or_else(|| carrier(reading, document), |by| tree.child(by, &[Dep::PrepositionObject]))
    })
}

/// Nobody passes on what he says himself, and nobody does so twice on end: "the army said, the army
/// reported".
pub(crate) fn leave_out_own(attribution: &mut Attribution) {
    let mut last = attribution.speaker.clone();
    attribution.reported_by.retain(|relay| {
        let same = last.as_ref().is_some_and(|last| same(last, relay));
        last = Some(relay.clone());
        !same
    });
}

fn same(a: &Party, b: &Party) -> bool {
    match (a.entity, b.entity) {
        (Some(a), Some(b)) => a == b,
        _ => a.name == b.name,
    }
}
