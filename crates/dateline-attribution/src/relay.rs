//! Statements that pass on other statements of their sentence: "…, he said, the agency reported",
//! "Maret, the agency reported, said …", "the agency quoted him as saying".

use crate::chain;
use crate::draft::{Draft, Means};
use crate::lexicon::{Class, Frame};
use crate::reading::Reading;
use crate::subject;
use crate::tree::Dep;
use crate::verbal;
use crate::words::Words;

/// How many statements of a sentence are looked at for one that is passed on.
const NEAR: usize = 12;
/// How many words may follow a cue that stands behind what is said.
const LATE: usize = 14;
/// What is said has at least so many words there.
const LEAST: usize = 5;
/// And at least so many where a verb of quoting stands by.
const FEWEST: usize = 3;

/// Joins those who pass on with what they pass on.
pub(crate) fn join_relays(reading: &Reading<'_>, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| draft.cue.first);
    drafts.iter_mut().for_each(|draft| fill(reading, draft));
    for number in 0..drafts.len() {
        if quote_as(reading, drafts, number) {
            continue;
        }
        match place(reading, &drafts[number]) {
            Some(Place::Tail) => hold(reading, drafts, number),
            Some(Place::Aside) => pass(reading, drafts, number),
            None => {
                leave_out_citing(reading, &mut drafts[number]);
                take_from_citing(reading, drafts, number);
            }
        }
    }
    drafts.retain(|draft| !draft.content.is_empty());
}

/// "Reported, citing an official, that …": the aside is no part of what is reported.
fn leave_out_citing(reading: &Reading<'_>, draft: &mut Draft) {
    if let Some((aside, _)) = chain::fronted(reading, draft) {
        leave_out_fronted(reading, draft, aside);
        return;
    }
    let Some(object) = chain::cited(reading, draft) else { return };
    let aside = Words::new(draft.cue.end, reading.tree.extent(object).end);
    for piece in &mut draft.content {
        if aside.holds(piece.first) && aside.end < piece.end {
            *piece = reading.trimmed(Words::new(aside.end, piece.end));
        }
    }
}

/// "The army said, quoting the pilot, that the engine had failed": the clause behind the aside is what
/// the army said, whatever verb the parse gives it to.
fn take_from_citing(reading: &Reading<'_>, drafts: &mut [Draft], number: usize) {
    let draft = &drafts[number];
    let Some(citing) = chain::citing(reading, draft).filter(|citing| *citing > draft.cue_head) else {
        return;
    };
    let Some(object) = chain::cited(reading, draft) else { return };
    let end = reading.tree.extent(object).end;
    let aside = [draft.cue.end, end].iter().all(|at| reading.text(*at) == ",");
    if !aside || !reading.is_word(end + 1, "that") {
        return;
    }
    let sentence = reading.tree.sentence(draft.cue_head);
    let clause = reading.clipped(Words::new(end + 1, sentence.end.max(end + 1)), draft.frame());
    drafts[number].content = vec![clause];
    let near = number..(number + NEAR).min(drafts.len());
    for other in near.filter(|other| *other != number) {
        if drafts[other].cue_head == citing {
            drafts[other].content.clear();
        }
    }
}

/// "Citing a diplomat, the Herald said the talks had failed": source and content without the aside.
fn leave_out_fronted(reading: &Reading<'_>, draft: &mut Draft, aside: Words) {
    let apart = |words: Words| reading.trimmed(words.without(aside)[1]);
    if let (Some(source), Some(head)) = (draft.source, draft.source_head) {
        let source =
            if source.first < aside.end { subject::phrase(reading, draft.cue.first) } else { Some(source) };
        draft.source = source.or(Some(Words::one(head)));
        draft.source_head = source.filter(|s| !s.holds(head)).map_or(Some(head), |s| Some(s.end - 1));
    }
    draft.content =
        draft.content.iter().map(|piece| apart(*piece)).filter(|piece| !piece.is_empty()).collect();
    if draft.content.is_empty() {
        let sentence = reading.tree.sentence(draft.cue_head);
        draft.add(reading.clipped(Words::new(draft.frame().end, sentence.end), draft.frame()));
    }
}

/// Where a source with its cue and nothing else stands between commas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Tail,
    Aside,
}

fn place(reading: &Reading<'_>, draft: &Draft) -> Option<Place> {
    let speaks = reading.verb(draft.cue_head).is_some_and(|verb| verb.takes(Frame::Quote))
        && reading.media().passes_on(reading.lemma(draft.cue_head));
    let source = draft.source.filter(|_| speaks && draft.by == Means::Verb)?;
    let frame = source.join(draft.cue);
    let opened = frame.first.checked_sub(1).is_some_and(|at| matches!(reading.text(at), "," | ";"));
    if !opened || frame.len() > source.len() + draft.cue.len() + 1 {
        return None;
    }
    let sentence = reading.tree.sentence(draft.cue_head);
    let behind = draft.content.iter().any(|piece| piece.first >= frame.end);
    match reading.text(frame.end) {
        "." | "" => Some(Place::Tail),
        _ if frame.end >= sentence.end => Some(Place::Tail),
        "," if !behind && reading.tag(frame.end + 1) == "VBG" => Some(Place::Tail),
        "," => Some(Place::Aside),
        _ if !behind && ends_soon(reading, frame.end, sentence) => Some(Place::Tail),
        _ if !behind && !draft.content.is_empty() => Some(Place::Tail),
        _ => None,
    }
}

/// Only a few words without a verb follow ("on Monday", "in a statement").
fn ends_soon(reading: &Reading<'_>, from: usize, sentence: Words) -> bool {
    let words = Words::new(from, sentence.end);
    words.len() <= LATE && !(words.first..words.end).any(|at| reading.is_verb(at) || reading.text(at) == ",")
}

/// Others of the same sentence before a statement.
fn others(reading: &Reading<'_>, drafts: &[Draft], number: usize) -> Vec<usize> {
    let sentence = reading.tree.sentence(drafts[number].cue_head);
    let frame = drafts[number].frame();
    let near = number.saturating_sub(NEAR)..(number + NEAR).min(drafts.len());
    near.filter(|other| {
        let draft = &drafts[*other];
        let speaks = draft.by == Means::Phrase
            || draft.by == Means::Verb
                && reading.verb(draft.cue_head).is_some_and(|verb| verb.takes(Frame::Quote));
        *other != number
            && speaks
            && draft.source.is_some()
            && sentence.holds(draft.cue_head)
            && !draft.cue.meets(frame)
    })
    .collect()
}

/// The tail holds the sentence before it, statements included.
fn hold(reading: &Reading<'_>, drafts: &mut [Draft], number: usize) {
    let frame = drafts[number].frame();
    let held: Vec<usize> = others(reading, drafts, number)
        .into_iter()
        .filter(|other| drafts[*other].frame().end <= frame.first)
        .collect();
    if held.is_empty() {
        return;
    }
    let mut whole = Words::new(frame.first, frame.first);
    for other in held {
        let draft = &mut drafts[other];
        let end = frame.first - 1;
        draft.content = std::mem::take(&mut draft.content)
            .into_iter()
            .filter(|piece| piece.first < end)
            .map(|piece| reading.trimmed(Words::new(piece.first, piece.end.min(end))))
            .filter(|piece| !piece.is_empty())
            .collect();
        if draft.content.is_empty() {
            let before = Words::new(reading.tree.sentence(draft.cue_head).first, draft.frame().first);
            let before = reading.clipped(before, draft.frame());
            draft.content.extend((!before.is_empty()).then_some(before));
        }
        let draft = &drafts[other];
        let extent = draft.content.iter().copied().fold(draft.frame(), Words::join);
        whole = whole.join(extent);
    }
    let draft = &mut drafts[number];
    draft.content = vec![reading.trimmed(Words::new(whole.first, frame.first))];
    draft.holds_others = true;
}

/// A statement around an aside is passed on by it.
fn pass(reading: &Reading<'_>, drafts: &mut [Draft], number: usize) {
    let frame = drafts[number].frame();
    let Some(head) = drafts[number].source_head else { return };
    let around = others(reading, drafts, number).into_iter().find(|other| {
        let draft = &drafts[*other];
        let before = draft.source.is_some_and(|source| source.end <= frame.first);
        before && (draft.content.is_empty() || draft.content.iter().any(|piece| piece.end > frame.end))
    });
    let Some(around) = around else { return };
    if drafts[around].content.is_empty() {
        drafts[around].content = std::mem::take(&mut drafts[number].content);
    }
    drafts[around].through.push(head);
    let source = drafts[around].source.filter(|source| source.holds(head) || source.end > frame.first);
    if let Some(source) = source {
        drafts[around].source = Some(reading.trimmed(Words::new(source.first, frame.first.min(source.end))));
    }
    drafts[number].content.clear();
}

/// "…," the agency quoted him as saying; the agency quoted him: "…": the words go to him, through the
/// agency.
fn quote_as(reading: &Reading<'_>, drafts: &mut [Draft], number: usize) -> bool {
    let at = drafts[number].cue_head;
    let frame = drafts[number].frame();
    let through = drafts[number].source_head;
    let Some((speaker, saying)) = verbal::quoted_as(reading, at) else {
        let object = reading
            .tree
            .child(at, &[Dep::Object])
            .filter(|o| *o > at && reading.media().quotes(reading.lemma(at)));
        let quoted = drafts[number].content.iter().any(|piece| reading.quote_of(piece.first).is_some());
        if let (Some(speaker), true) = (object.filter(|o| reading.quote_of(*o).is_none()), quoted) {
            let draft = &mut drafts[number];
            draft.content.retain(|piece| !piece.holds(speaker));
            draft.through.extend(through);
            draft.source_head = Some(speaker);
            draft.source = Some(reading.phrase(speaker));
        }
        return false;
    };
    let near = number..(number + NEAR).min(drafts.len());
    let Some(inner) = near.into_iter().find(|other| drafts[*other].cue_head == saying) else { return true };
    let before: Vec<Words> =
        drafts[number].content.iter().copied().filter(|piece| piece.end <= frame.first).collect();
    if drafts[inner].content.iter().all(|piece| piece.first < frame.end) {
        drafts[inner].content = before;
    }
    drafts[inner].source_head = Some(speaker);
    drafts[inner].through.extend(through);
    drafts[number].content.clear();
    true
}

/// "… the agency reported" without a comma and with a parse that lost what was reported: the words of
/// the sentence before its source.
fn fill(reading: &Reading<'_>, draft: &mut Draft) {
    let speaks = draft.by == Means::Verb
        && reading.media().passes_on(reading.lemma(draft.cue_head))
        && reading.verb(draft.cue_head).is_some_and(|verb| verb.takes(Frame::Quote) && verb.is(Class::Say));
    let sentence = reading.tree.sentence(draft.cue_head);
    let frame = draft.frame();
    let late = sentence.end.saturating_sub(frame.end) <= LATE
        && draft.source.is_some_and(|s| s.first < draft.cue.first);
    // "…, he was quoted as saying": there is no doubt that something was said.
    let as_saying = draft.cue.first.checked_sub(1).is_some_and(|at| reading.is_word(at, "as"));
    let least = if as_saying { FEWEST } else { LEAST };
    if speaks && late && draft.content.is_empty() && frame.first >= sentence.first + least {
        let before = reading.clipped(Words::new(sentence.first, frame.first), frame);
        let has_verb = (before.first..before.end).any(|at| reading.is_verb(at));
        draft.content.extend((has_verb && before.len() >= least).then_some(before));
    }
}
