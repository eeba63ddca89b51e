//! The log of corrections: who put what right, when and why, whether it still holds, and where persons
//! differ.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dateline_correct::{Agreement, Compared, Disagreement, compare};
use dateline_export::change_sentence;
use dateline_model::{Correction, CorrectionLog, Outcome, QuotedIn, Selection};
use dateline_pipeline::corrections as log_of;
use dateline_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

use super::timeline::Stretch;
use crate::asked::{Asked, limit, offset};
use crate::failure::{Failure, Trouble};
use crate::memory::Memory;
use crate::readers::Readers;

/// The log of corrections.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Corrections {
    /// How many there are.
    total: usize,
    /// A stretch of them, the newest first.
    corrections: Vec<Entry>,
    /// Questions that persons answer differently.
    disagreements: Vec<Differing>,
    /// How far persons agree, question by question.
    agreement: Vec<Alike>,
}

/// An entry of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entry {
    /// Its id.
    correction: String,
    /// What it does: `set`, `unset`, `merge`, `split`, `reject`, `same-entity`, `dependent`, `undo`.
    does: String,
    /// The field that it is about.
    field: Option<String>,
    /// The same as a sentence.
    says: String,
    /// Who made it.
    who: String,
    /// Day or moment.
    when: String,
    /// Why.
    why: String,
    /// The words that it rests on.
    evidence: Vec<EvidenceWords>,
    /// `holds`, `idle`, `set-aside`, `undone` or `forgotten`; null while the record is not up to date.
    standing: Option<String>,
    /// Why it does not hold; empty where it does.
    reason: String,
    /// The events that it changed.
    events: Vec<NamedEvent>,
}

/// Words that a correction rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceWords {
    /// The report.
    report: String,
    /// `text` or `headline`: where the offsets count.
    of: &'static str,
    /// First code point.
    start: u32,
    /// One past the last.
    end: u32,
    /// The words.
    quote: String,
}

/// An event by its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedEvent {
    /// Its name.
    event: String,
    /// Who did what to whom.
    title: String,
}

/// A question that persons answer differently.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Differing {
    /// What it is asked of.
    of: String,
    /// The answers.
    answers: Vec<Answer>,
}

/// What somebody answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Answer {
    /// Who.
    who: String,
    /// The answer.
    value: String,
    /// Id of the correction.
    correction: String,
}

/// How far persons agree on one question.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Alike {
    /// The question: a field's name, `events`, `accounts`, `entities`, `origins`.
    question: String,
    /// So many times two or more answered it.
    units: usize,
    /// Of them, so many times alike.
    alike: usize,
    /// Krippendorff's alpha, nominal; null where all answers are alike.
    alpha: Option<f64>,
}

/// What was corrected, by whom and why, and whether it still holds.
#[utoipa::path(get, path = "/api/corrections", params(Stretch), responses(
    (status = 200, body = Corrections), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn corrections(
    State(readers): State<Readers>,
    Asked(stretch): Asked<Stretch>,
) -> Result<Json<Corrections>, Failure> {
    let (offset, limit) = (offset(stretch.offset)? as usize, limit(stretch.limit)? as usize);
    let read = move |store: &Store, memory: &Memory| Corrections::read(store, memory, (offset, limit));
    readers.ask_with_memory(read).await.map(Json)
}

/// The log as `dateline correct FILE log` prints it, to be combined with another one.
#[utoipa::path(get, path = "/api/corrections/log", responses(
    (status = 200, body = String, content_type = "application/x-ndjson"),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn log(State(readers): State<Readers>) -> Result<Response, Failure> {
    let read = |store: &Store| {
        let mut lines = String::new();
        for entry in store.corrections()?.entries() {
            lines.push_str(&serde_json::to_string(entry)?);
            lines.push('\n');
        }
        Ok(lines)
    };
    let lines = readers.ask(read).await?;
    let attached = "attachment; filename=\"corrections.jsonl\"";
    let headers = [(header::CONTENT_TYPE, "application/x-ndjson"), (header::CONTENT_DISPOSITION, attached)];
    Ok((headers, lines).into_response())
}

impl Corrections {
    fn read(store: &Store, memory: &Memory, (offset, limit): (usize, usize)) -> Result<Self, Failure> {
        let log = log_of(store)?;
        let shown = log.iter().rev().skip(offset).take(limit);
        let corrections = shown.map(|(entry, outcome)| Entry::of(entry, outcome.as_ref(), memory)).collect();
        let total = log.len();
        let Compared { disagreements, agreement } = compare(&by_person(log));
        Ok(Self {
            total,
            corrections,
            disagreements: disagreements.into_iter().map(Differing::from).collect(),
            agreement: agreement.into_iter().map(Alike::from).collect(),
        })
    }
}

/// What each person says by now: what is undone, by whomever, is said no more.
fn by_person(log: Vec<(Correction, Option<Outcome>)>) -> Vec<CorrectionLog> {
    let whole = CorrectionLog::of(log.into_iter().map(|(entry, _)| entry).collect());
    let mut persons: BTreeMap<&str, Vec<Correction>> = BTreeMap::new();
    for entry in whole.in_force() {
        persons.entry(&entry.who).or_default().push(entry.clone());
    }
    persons.into_values().map(CorrectionLog::of).collect()
}

impl Entry {
    pub(crate) fn of(entry: &Correction, outcome: Option<&Outcome>, memory: &Memory) -> Self {
        let standing = outcome.and_then(|outcome| serde_json::to_value(outcome.standing).ok());
        let events = outcome.into_iter().flat_map(|outcome| &outcome.events);
        Self {
            correction: entry.id.clone(),
            does: entry.change.name().to_owned(),
            field: entry.change.field().map(|field| field.name().to_owned()),
            says: change_sentence(&entry.change),
            who: entry.who.clone(),
            when: entry.when.clone(),
            why: entry.why.clone(),
            evidence: entry.change.evidence().iter().map(EvidenceWords::from).collect(),
            standing: standing.and_then(|standing| standing.as_str().map(str::to_owned)),
            reason: outcome.map(|outcome| outcome.reason.clone()).unwrap_or_default(),
            events: events.map(|event| NamedEvent::of(event, memory)).collect(),
        }
    }
}

impl NamedEvent {
    fn of(event: &str, memory: &Memory) -> Self {
        let told = memory.event(event).and_then(|n| memory.events.get(n));
        let title = told.map_or(event, |told| &told.row.title).to_owned();
        Self { event: event.to_owned(), title }
    }
}

impl From<&Selection> for EvidenceWords {
    fn from(selection: &Selection) -> Self {
        let words = &selection.words;
        let of = match words.of {
            QuotedIn::Text => "text",
            QuotedIn::Headline => "headline",
        };
        Self {
            report: selection.report.clone(),
            of,
            start: words.start,
            end: words.end,
            quote: words.quote.clone(),
        }
    }
}

impl From<Disagreement> for Differing {
    fn from(found: Disagreement) -> Self {
        let answers = found.voices.into_iter().map(|voice| Answer {
            who: voice.who,
            value: voice.value,
            correction: voice.correction,
        });
        Self { of: found.of, answers: answers.collect() }
    }
}

impl From<Agreement> for Alike {
    fn from(found: Agreement) -> Self {
        let Agreement { variable, units, alike, alpha } = found;
        Self { question: variable, units, alike, alpha }
    }
}
