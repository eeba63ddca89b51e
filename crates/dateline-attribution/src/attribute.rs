//! The way from a report to its statements: read, give quotations, select, name the speakers.

use dateline_model::{Attribution, AttributionKind, Entities, Medium, Party, Report, Span};

use crate::draft::{Draft, Means};
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::select::{Kept, select};
use crate::speaker::{Speakers, taken_up};
use crate::words::Words;
use crate::{chain, colon, nominal, occasion, phrase, quoted, relay, verbal};

/// How many statements back a speaker may be taken up.
const RECENT: usize = 6;
/// How many words may part a statement from the document that tells it.
const GAP_WORDS: usize = 30;
/// How many bytes may part two statements of one unnamed speaker.
const GAP: u32 = 400;

/// Finds who is said to have said what in `report`.
#[must_use]
pub fn attribute(report: &Report, entities: &Entities, lexicon: &Lexicon) -> Vec<Attribution> {
    let mut reading = Reading::new(report, lexicon);
    let mut drafts: Vec<Draft> = (0..reading.len()).filter_map(|at| statement(&mut reading, at)).collect();
    quoted::give_quotations(&reading, &mut drafts);
    relay::join_relays(&reading, &mut drafts);
    let kept = select(&reading, drafts);
    let speakers = Speakers::new(entities, reading.len());
    let mut found: Vec<Attribution> = Vec::with_capacity(kept.len());
    for (number, one) in kept.iter().enumerate() {
        let mut next = attribution(&reading, &speakers, one, &kept, &found);
        let last = number.checked_sub(1).map(|last| (&kept[last], &found[last]));
        if let Some((_, last)) =
            last.filter(|(kept, last)| next.reported_by.is_empty() && told_on(&reading, kept, last, one))
        {
            next.reported_by.extend(last.speaker.clone());
        }
        chain::leave_out_own(&mut next);
        found.push(next);
    }
    found
}

/// The statement that a token makes.
fn statement(reading: &mut Reading<'_>, at: usize) -> Option<Draft> {
    if reading.quote_of(at).is_some() {
        return None;
    }
    phrase::statement(reading, at)
        .or_else(|| nominal::adjective_statement(reading, at))
        .or_else(|| verbal::statement(reading, at))
        .or_else(|| nominal::noun_statement(reading, at))
        .or_else(|| colon::statement(reading, at))
}

fn attribution(
    reading: &Reading<'_>,
    speakers: &Speakers<'_>,
    one: &Kept,
    kept: &[Kept],
    before: &[Attribution],
) -> Attribution {
    let draft = &one.draft;
    let spans = |words: &[Words]| -> Vec<Span> {
        words.iter().filter_map(|w| w.span(&reading.report.annotated)).collect()
    };
    let occasion = occasion::occasion(reading, draft);
    let addressee = occasion::addressee(reading, draft);
    let (speaker, reason) = speaker(reading, speakers, one, before);
    let party = |head: usize| speakers.party(reading, head, reading.phrase(head));
    let addressee =
        addressee.and_then(|(head, words)| speakers.party(reading, head, words).map(|p| (head, p)));
    let told = addressee.as_ref().filter(|(head, party)| speakers.is_outlet(reading, *head, party));
    let mut reported_by: Vec<Party> = told.map(|(_, party)| party.clone()).into_iter().collect();
    reported_by.extend(chain::relays(reading, draft, &occasion).into_iter().filter_map(party));
    let mut attribution = Attribution {
        source: spans(draft.source.as_slice()),
        cue: spans(&[draft.cue]),
        content: spans(&draft.content),
        kind: kind(reading, draft),
        speaker,
        reason,
        reported_by: Vec::new(),
        medium: occasion.medium,
        occasion: spans(&occasion.words),
        addressee: addressee.map(|(_, party)| party),
        within: one.within.and_then(|outer| u32::try_from(outer).ok()),
    };
    if let Some(cited) = chain::cited(reading, draft).and_then(party) {
        reported_by.extend(attribution.speaker.replace(cited));
        "cited by the source".clone_into(&mut attribution.reason);
    }
    let turned_down =
        one.within.and_then(|outer| kept.get(outer)).is_some_and(|outer| denies(reading, outer));
    if let Some(outer) = one.within.and_then(|outer| before.get(outer)) {
        reported_by.extend(outer.speaker.clone().filter(|_| !turned_down));
        reported_by.extend(outer.reported_by.iter().cloned());
    } else if let Some(last) =
        before.last().filter(|last| reported_by.is_empty() && goes_on(speakers, last, &attribution))
    {
        reported_by.clone_from(&last.reported_by);
    }
    attribution.reported_by = reported_by;
    attribution
}

/// "The army disputes the office's claim": who turns a statement down does not pass it on.
fn denies(reading: &Reading<'_>, outer: &Kept) -> bool {
    reading.media().denies(reading.lemma(outer.draft.cue_head))
}

/// "According to a statement by the office, Maret thanked him. He said …": the statement tells the next
/// sentence too.
fn told_on(reading: &Reading<'_>, last: &Kept, found: &Attribution, next: &Kept) -> bool {
    let document = matches!(found.medium, Some(Medium::Statement | Medium::Document));
    let pronoun =
        next.draft.source_head.is_some_and(|head| matches!(&*reading.lower(head), "he" | "she" | "they"));
    let gap = next.draft.frame().first.saturating_sub(last.draft.frame().end);
    last.draft.by == Means::Phrase && document && pronoun && next.within.is_none() && gap <= GAP_WORDS
}

/// Does an unnamed speaker go on right behind a statement that came through others?
fn goes_on(speakers: &Speakers<'_>, last: &Attribution, next: &Attribution) -> bool {
    let end = |a: &Attribution| a.content.last().map_or(0, |span| span.end);
    let start = next.content.first().map_or(0, |span| span.start);
    let unnamed =
        |a: &Attribution| a.speaker.as_ref().filter(|p| !speakers.is_named(p)).map(|p| p.name.clone());
    let same = unnamed(last).is_some_and(|name| unnamed(next).is_some_and(|other| name == other));
    same && start >= end(last) && start - end(last) <= GAP
}

/// The speaker with the reason, or the reason why there is none.
fn speaker(
    reading: &Reading<'_>,
    speakers: &Speakers<'_>,
    one: &Kept,
    before: &[Attribution],
) -> (Option<Party>, String) {
    let draft = &one.draft;
    let Some((head, words)) = draft.source_head.zip(draft.source) else {
        return match draft.by {
            Means::Marks => in_force(before),
            Means::Hearsay => (None, "hearsay: the text names nobody".to_owned()),
            _ => (None, "the text leaves open who says it".to_owned()),
        };
    };
    if let Some(author) = chain::author(reading, head) {
        let party = speakers.party(reading, author, reading.phrase(author));
        return (party, "the author of the document that is the source".to_owned());
    }
    let party = speakers.party(reading, head, words);
    let resolved = |p: &Party| speakers.is_named(p) || p.entity.is_some() && reading.tag(head) == "PRP";
    let unknown = party.as_ref().is_some_and(|p| !resolved(p));
    let outer = one.within.and_then(|outer| before.get(outer));
    let earlier =
        before.iter().rev().take(RECENT).filter(|a| unknown && outer.is_none_or(|o| !std::ptr::eq(*a, o)));
    let taken =
        earlier.filter_map(|a| Some((taken_up(reading, speakers, head, a)?, a.speaker.as_ref()?))).next();
    match (taken, &party) {
        (Some((reason, meant)), Some(party)) => {
            (Some(Party { span: party.span, ..meant.clone() }), reason.to_owned())
        }
        _ => (party, speakers.reason(reading, draft)),
    }
}

/// For quoted words without a cue: who spoke last in quotation marks, if just before.
fn in_force(before: &[Attribution]) -> (Option<Party>, String) {
    let last = before.last().filter(|a| a.kind != AttributionKind::Indirect);
    match last.and_then(|a| a.speaker.clone()) {
        Some(party) => (Some(party), "no cue stands by the quoted words; the speaker in force".to_owned()),
        None => (None, "no cue stands by the quoted words, and nobody was being quoted".to_owned()),
    }
}

/// Quoted, told, or both.
fn kind(reading: &Reading<'_>, draft: &Draft) -> AttributionKind {
    let words =
        || draft.content.iter().flat_map(|piece| piece.first..piece.end).filter(|at| !reading.is_mark(*at));
    let quoted = words().filter(|at| reading.quote_of(*at).is_some()).count();
    match quoted {
        0 => AttributionKind::Indirect,
        n if n == words().count() => AttributionKind::Direct,
        _ => AttributionKind::Mixed,
    }
}
