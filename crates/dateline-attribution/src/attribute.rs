//! The way from a report to its statements: read, give quotations, select, name the speakers.

use dateline_model::{Attribution, AttributionKind, Entities, Party, Report, Span};

use crate::draft::{Draft, Means};
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::select::{Kept, select};
use crate::speaker::{Speakers, taken_up};
use crate::words::Words;
use crate::{chain, colon, nominal, occasion, phrase, quoted, verbal};

/// Finds who is said to have said what in `report`.
#[must_use]
pub fn attribute(report: &Report, entities: &Entities, lexicon: &Lexicon) -> Vec<Attribution> {
    let mut reading = Reading::new(report, lexicon);
    let mut drafts: Vec<Draft> = (0..reading.len()).filter_map(|at| statement(&mut reading, at)).collect();
    quoted::give_quotations(&reading, &mut drafts);
    let kept = select(&reading, drafts);
    let speakers = Speakers::new(entities, reading.len());
    let mut found: Vec<Attribution> = Vec::with_capacity(kept.len());
    let mut last = None;
    for one in &kept {
        let attribution = attribution(&reading, &speakers, one, &found, last);
        found.push(attribution);
        last = found.iter().rposition(|a| a.speaker.is_some() && a.within.is_none());
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
    before: &[Attribution],
    last: Option<usize>,
) -> Attribution {
    let draft = &one.draft;
    let spans = |words: &[Words]| -> Vec<Span> {
        words.iter().filter_map(|w| w.span(&reading.report.annotated)).collect()
    };
    let occasion = occasion::occasion(reading, draft);
    let addressee = occasion::addressee(reading, draft);
    let last = last.map(|at| &before[at]);
    let (speaker, reason) = speaker(reading, speakers, draft, last);
    let mut reported_by: Vec<Party> = chain::relays(reading, draft, &occasion)
        .into_iter()
        .filter_map(|head| speakers.party(reading, head, reading.source(head, head)))
        .collect();
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
        addressee: addressee.and_then(|(head, words)| speakers.party(reading, head, words)),
        within: one.within.and_then(|outer| u32::try_from(outer).ok()),
    };
    if let Some(cited) = chain::cited(reading, draft) {
        let relay = attribution.speaker.take();
        attribution.speaker = speakers.party(reading, cited, reading.source(cited, cited));
        "cited by the source".clone_into(&mut attribution.reason);
        reported_by.extend(relay);
    }
    if let Some(outer) = one.within.and_then(|outer| before.get(outer)) {
        reported_by.extend(outer.speaker.clone());
        reported_by.extend(outer.reported_by.iter().cloned());
    }
    attribution.reported_by = reported_by;
    attribution
}

/// The speaker with the reason, or the reason why there is none.
fn speaker(
    reading: &Reading<'_>,
    speakers: &Speakers<'_>,
    draft: &Draft,
    last: Option<&Attribution>,
) -> (Option<Party>, String) {
    let in_force = last.and_then(|a| a.speaker.as_ref());
    let Some((head, words)) = draft.source_head.zip(draft.source) else {
        return match draft.by {
            Means::Marks => {
                (in_force.cloned(), "no cue stands by the quoted words; the speaker in force".to_owned())
            }
            Means::Hearsay => (None, "hearsay: the text names nobody".to_owned()),
            _ => (None, "the text leaves open who says it".to_owned()),
        };
    };
    let party = speakers.party(reading, head, words);
    let unknown = party.as_ref().is_some_and(|p| p.entity.is_none());
    if let (true, Some(last), Some(party)) = (unknown, in_force, &party)
        && let Some(reason) = taken_up(reading, head, last)
    {
        return (Some(Party { span: party.span, ..last.clone() }), reason.to_owned());
    }
    (party, speakers.reason(reading, draft))
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
