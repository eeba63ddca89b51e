//! One event: its line, and beside it each account's words to read them in, what the accounts share,
//! and what only one of them says.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use dateline_export::{CitationView, EventView, FieldView, shown};
use dateline_store::{StatementChoice, StatementRow, Store};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::passages::{Passage, passages};
use crate::asked::Named;
use crate::failure::{Failure, Trouble};
use crate::memory::Memory;
use crate::readers::Readers;
use crate::shapes::EventLine;

/// One event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Event {
    /// Who did what to whom, made from the codes.
    title: String,
    /// All that is said of it, as `dateline export --format jsonl` prints it.
    #[schema(value_type = EventLine)]
    line: Value,
    /// Each account's words, in the order of the line's accounts.
    accounts: Vec<AccountText>,
    /// Passages that two accounts share.
    shared: Vec<Shared>,
    /// What a single account says, where there are several.
    only_here: Vec<OnlyHere>,
    /// What those who take part are said to have said, in these reports.
    said: Vec<Said>,
    /// Name of the event before it in time.
    before: Option<String>,
    /// Name of the event after it.
    after: Option<String>,
}

/// An account's words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountText {
    /// The report.
    report: String,
    /// Its headline.
    headline: Option<String>,
    /// The passages around all that the event cites of it.
    passages: Vec<Passage>,
}

/// A passage that two accounts share.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Shared {
    /// One report.
    a: String,
    /// First code point there.
    a_start: u32,
    /// One past the last.
    a_end: u32,
    /// The other report.
    b: String,
    /// First code point there.
    b_start: u32,
    /// One past the last.
    b_end: u32,
    /// `prose`, `quotation` or `stock`.
    kind: String,
}

/// A value that a single account gives.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct OnlyHere {
    /// The report.
    report: String,
    /// The field.
    field: String,
    /// The value for a reader.
    shown: String,
}

/// A statement of somebody who takes part.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Said {
    /// The report.
    report: String,
    /// Key of who says it.
    speaker: Option<String>,
    /// `direct`, `indirect` or `mixed`.
    kind: String,
    /// The words.
    content: String,
    /// `text` or `headline`: where the offsets count.
    of: String,
    /// First code point.
    start: u32,
    /// One past the last.
    end: u32,
}

/// One event with its accounts. A name that it had in an earlier build leads to it too.
#[utoipa::path(get, path = "/api/events/{event}", params(("event" = String, Path, description = "Its name")), responses(
    (status = 200, body = Event), (status = 404, body = Trouble), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn event(
    State(readers): State<Readers>,
    Named(name): Named<String>,
) -> Result<Json<Event>, Failure> {
    readers.ask_with_memory(move |store, memory| Event::read(store, memory, &name)).await.map(Json)
}

impl Event {
    fn read(store: &Store, memory: &Memory, name: &str) -> Result<Self, Failure> {
        let Some((line, title)) = store.event(name)? else {
            return Err(Failure::Missing(format!("no event is named {name:?}")));
        };
        let view = EventView::of_line(&line)?;
        let at = memory.event(&view.event);
        let neighbour = |n: Option<usize>| Some(memory.events.get(n?)?.row.event.clone());
        let cited = cited(&view);
        Ok(Self {
            title,
            line: serde_json::from_str(&line)?,
            accounts: accounts(store, &view, &cited)?,
            shared: shared(store, &view)?,
            only_here: only_here(&view),
            said: said(store, &view)?,
            before: neighbour(at.and_then(|n| n.checked_sub(1))),
            after: neighbour(at.map(|n| n + 1)),
        })
    }
}

/// Every field with the name that a reader knows it by.
fn fields(view: &EventView) -> Vec<(String, FieldView)> {
    let single = [("time", &view.time), ("place", &view.place)];
    let single = single.into_iter().filter_map(|(name, field)| Some((name.to_owned(), field.clone()?)));
    let who = view.participants.iter();
    let who = who.map(|who| (who.role.clone().unwrap_or_else(|| "participant".to_owned()), who.clone()));
    let others = view.other_fields().map(|(name, field)| (name.to_owned(), field));
    single.chain(who).chain(others).collect()
}

/// Where the words stand that the event cites, by report.
fn cited(view: &EventView) -> BTreeMap<String, Vec<(u32, u32)>> {
    let mut cited: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
    let mut take = |citation: &CitationView| {
        if let (None, Some(span)) = (&citation.of, citation.start.zip(citation.end)) {
            cited.entry(citation.id.clone()).or_default().push(span);
        }
    };
    for (_, field) in fields(view) {
        field.citations.iter().for_each(&mut take);
        field.claims.iter().flat_map(|claim| &claim.citations).for_each(&mut take);
    }
    view.accounts.iter().flat_map(|account| &account.quotes).for_each(&mut take);
    cited
}

fn accounts(
    store: &Store,
    view: &EventView,
    cited: &BTreeMap<String, Vec<(u32, u32)>>,
) -> Result<Vec<AccountText>, Failure> {
    let read = |id: &String| {
        let (headline, text) = store.texts_of(id)?.unwrap_or_default();
        let spans = cited.get(id).map(Vec::as_slice).unwrap_or_default();
        Ok(AccountText { report: id.clone(), headline, passages: passages(&text, spans) })
    };
    view.accounts.iter().map(|account| read(&account.id)).collect()
}

/// So many accounts are compared with each other; beyond, pairs would be too many to look at.
const COMPARED: usize = 24;

fn shared(store: &Store, view: &EventView) -> Result<Vec<Shared>, Failure> {
    let ids: Vec<&str> = view.accounts.iter().map(|account| account.id.as_str()).take(COMPARED).collect();
    let mut shared = Vec::new();
    for (n, a) in ids.iter().enumerate() {
        for b in ids.iter().skip(n + 1).filter(|b| *b != a) {
            let passages = store.passages_between(a, b)?.into_iter();
            shared.extend(passages.map(|p| Shared {
                a: p.a,
                a_start: p.a_start,
                a_end: p.a_end,
                b: p.b,
                b_start: p.b_start,
                b_end: p.b_end,
                kind: p.kind,
            }));
        }
    }
    Ok(shared)
}

fn only_here(view: &EventView) -> Vec<OnlyHere> {
    let reports: BTreeSet<_> = view.accounts.iter().map(|account| &account.id).collect();
    if reports.len() < 2 {
        return Vec::new();
    }
    let mut only = Vec::new();
    for (name, field) in fields(view) {
        let claims = field.differing_claims();
        let values = claims.iter().map(|claim| (&claim.value, &claim.citations));
        let own = claims.is_empty().then_some((&field.value, &field.citations));
        for (value, citations) in own.into_iter().chain(values) {
            let by: BTreeSet<_> = citations.iter().map(|citation| &citation.id).collect();
            if let (Some(report), 1, false) = (by.first(), by.len(), value.is_null()) {
                only.push(OnlyHere { report: (*report).clone(), field: name.clone(), shown: shown(value) });
            }
        }
    }
    only.sort_by(|a, b| (&a.report, &a.field, &a.shown).cmp(&(&b.report, &b.field, &b.shown)));
    only.dedup();
    only
}

/// So many statements of one person in one report are enough beside an event.
const STATEMENTS: u32 = 4;

fn said(store: &Store, view: &EventView) -> Result<Vec<Said>, Failure> {
    let speakers: BTreeSet<_> = view.participants.iter().filter_map(|who| who.entity.as_ref()).collect();
    let mut said = Vec::new();
    for account in view.accounts.iter().take(COMPARED) {
        for speaker in &speakers {
            let choice = StatementChoice {
                speaker: Some((*speaker).clone()),
                report: Some(account.id.clone()),
                ..StatementChoice::default()
            };
            said.extend(store.first_statements(&choice, STATEMENTS)?.into_iter().map(Said::from));
        }
    }
    Ok(said)
}

impl From<StatementRow> for Said {
    fn from(row: StatementRow) -> Self {
        let StatementRow { report, speaker, kind, content, of, start, end, .. } = row;
        Self { report: report.id, speaker, kind, content, of, start, end }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn view(fields: &Value, accounts: &[&str]) -> EventView {
        let account = |id: &&str| json!({"id": id, "publisher": null, "published": null, "origin": 0, "time": null, "quotes": []});
        let line = json!({"event": "e", "type": null, "mode": null, "cameo": null, "time": null, "place": null,
            "participants": [], "fields": fields, "independent_accounts": 1,
            "accounts": accounts.iter().map(account).collect::<Vec<_>>()});
        EventView::of_line(&line.to_string()).unwrap()
    }

    #[test]
    fn what_a_single_account_says_is_told() {
        let cite = |id: &str| json!({"id": id, "start": 0, "end": 4, "quote": "word"});
        let fields = json!({
            "initiator": {"value": "Brenn", "agreement": "single", "citations": [cite("a"), cite("a")]},
            "mode": {"value": "phone", "agreement": "agreed", "citations": [cite("a"), cite("b")]},
            "killed": {"value": null, "agreement": "disputed", "citations": [], "claims": [
                {"value": {"min": 12, "max": 12, "counted": "all"}, "by": null, "citations": [cite("a")]},
                {"value": {"min": 17, "max": null, "counted": "all"}, "by": null, "citations": [cite("b"), cite("c")]}
            ]}
        });
        let only = only_here(&view(&fields, &["a", "b", "c"]));
        let told: Vec<_> = only.iter().map(|o| format!("{} {} {}", o.report, o.field, o.shown)).collect();
        assert_eq!(told, ["a initiator Brenn", "a killed 12"]);
        assert!(only_here(&view(&fields, &["a"])).is_empty());
    }
}
