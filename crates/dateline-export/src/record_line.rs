//! One event of the record as one line of JSON: what `dateline export --format jsonl` prints.

use dateline_model::{
    AccountOfEvent, AccountTime, Citation, CitedText, Claim, CorrectionNote, Days, EventField, EventRecord,
    Field, Figure, Named, Participant, PlaceName, Resolution, Term, TimeStatus, Wording,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::one_line::one_line;
use crate::reuse_line::TextOffsets;

/// The line for one event, without its line break. `texts` turns the places of citations in the
/// reports' bodies into code points, `headlines` those in their headlines.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn record_line(
    event: &EventRecord,
    texts: &TextOffsets,
    headlines: &TextOffsets,
) -> Result<String, serde_json::Error> {
    one_line(&Printer { texts, headlines }.event(event))
}

/// The line of an event with another name: it may be printed before all events have theirs.
///
/// # Errors
/// When it is no line of an event.
pub fn with_name(line: String, name: &str) -> Result<String, serde_json::Error> {
    let no_line = || serde::de::Error::custom("an event's line begins with its name");
    let rest = line.strip_prefix(BEFORE_NAME).ok_or_else(no_line)?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let printed = values.next().ok_or_else(no_line)??;
    if printed == name {
        return Ok(line);
    }
    Ok([BEFORE_NAME, &one_line(&name)?, rest.get(values.byte_offset()..).unwrap_or_default()].concat())
}

const BEFORE_NAME: &str = "{\"event\":";

/// Prints citations, and with them everything that has some.
struct Printer<'a> {
    texts: &'a TextOffsets,
    headlines: &'a TextOffsets,
}

#[derive(Serialize)]
struct EventLine<'a> {
    /// The first: see [`with_name`].
    event: &'a str,
    #[serde(rename = "type")]
    event_type: &'static str,
    mode: Option<&'a str>,
    cameo: Option<&'a str>,
    time: Option<Value>,
    place: Option<Value>,
    participants: Vec<Value>,
    fields: Map<String, Value>,
    accounts: Vec<Value>,
    independent_accounts: u32,
    independence: &'a str,
    wording: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Value>,
}

impl Printer<'_> {
    fn event<'a>(&self, event: &'a EventRecord) -> EventLine<'a> {
        EventLine {
            event: &event.name,
            event_type: event.event_type.value.unwrap_or_else(|| event.event_type.most_common()).name(),
            mode: event.mode.as_ref().and_then(|mode| mode.value.as_deref()),
            cameo: event.cameo.value.as_deref(),
            time: event.time.as_ref().map(|time| self.time(time, event)),
            place: event.place.as_ref().map(|place| self.place(place, event)),
            participants: event.participants.iter().map(|p| self.participant(p, event)).collect(),
            fields: self.fields(event),
            accounts: event.accounts.iter().map(|account| self.account(account)).collect(),
            independent_accounts: event.independent_accounts,
            independence: &event.independence,
            wording: event.wording.iter().map(|wording| self.wording(wording)).collect(),
            corrections: event.corrections.iter().map(correction).collect(),
        }
    }

    fn time(&self, time: &Field<Days>, event: &EventRecord) -> Value {
        let mut printed = self.field(time, event, |days| json!(days.to_string()));
        set_by(&mut printed, event, EventField::Time, |_| true);
        printed.insert("status".to_owned(), json!(event.time_status.map(TimeStatus::name)));
        Value::Object(printed)
    }

    fn place(&self, place: &Field<PlaceName>, event: &EventRecord) -> Value {
        let mut printed = self.field(place, event, |place| json!(place.name));
        set_by(&mut printed, event, EventField::Place, |_| true);
        let known = place.value.as_ref();
        printed.insert("geonames".to_owned(), json!(known.and_then(|place| place.geonames)));
        printed.insert("lat".to_owned(), json!(known.and_then(|place| place.at).map(|at| degrees(at.0))));
        printed.insert("lon".to_owned(), json!(known.and_then(|place| place.at).map(|at| degrees(at.1))));
        printed.insert("country".to_owned(), json!(known.and_then(|place| place.country.as_ref())));
        Value::Object(printed)
    }

    fn participant(&self, participant: &Participant, event: &EventRecord) -> Value {
        let who = participant.who.value.as_ref();
        let mut printed = self.field(&participant.who, event, |named| json!(named.name));
        set_by(&mut printed, event, EventField::Participant(participant.role), |note| {
            let is_meant = |named: &Named| {
                note.entity.as_ref().is_some_and(|own| *own == named.key || *own == named.name.to_lowercase())
            };
            who.is_some_and(is_meant) || participant.who.claims.iter().any(|claim| is_meant(&claim.value))
        });
        printed.insert("entity".to_owned(), json!(who.map(|who| &who.key)));
        printed.insert("link".to_owned(), json!(who.and_then(|who| who.link.as_ref())));
        printed.insert("code".to_owned(), json!(who.and_then(|who| who.code.as_ref())));
        printed.insert("role".to_owned(), json!(participant.role.name()));
        Value::Object(printed)
    }

    fn fields(&self, event: &EventRecord) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |name: EventField, mut field: Map<String, Value>| {
            set_by(&mut field, event, name, |_| true);
            fields.insert(name.name().to_owned(), Value::Object(field))
        };
        put(EventField::Type, self.field(&event.event_type, event, |event_type| json!(event_type.name())));
        if let Some(mode) = &event.mode {
            put(EventField::Mode, self.field(mode, event, |mode| json!(mode)));
        }
        put(EventField::Cameo, self.field(&event.cameo, event, |code| json!(code)));
        if let Some(initiator) = &event.initiator {
            put(EventField::Initiator, self.field(initiator, event, |named| json!(named.name)));
        }
        if let Some(actor) = &event.actor {
            put(EventField::Actor, self.field(actor, event, actor_value));
        }
        for (kind, count) in &event.counts {
            put(EventField::Count(*kind), self.field(count, event, figure_value));
        }
        fields
    }

    /// Value, agreement, independent accounts, citations; and the claims, where not all are the same.
    fn field<V: PartialEq>(
        &self,
        field: &Field<V>,
        event: &EventRecord,
        print: impl Fn(&V) -> Value,
    ) -> Map<String, Value> {
        let mut printed = Map::new();
        printed.insert("value".to_owned(), json!(field.value.as_ref().map(&print)));
        printed.insert("agreement".to_owned(), json!(agreement(field.resolution)));
        if let Resolution::Disputed(dispute) = field.resolution {
            printed.insert("relation".to_owned(), json!(dispute.name()));
        }
        printed.insert("independent_accounts".to_owned(), json!(field.independent_accounts));
        let differ =
            field.claims.iter().any(|claim| Some(&claim.value) != field.value.as_ref() || claim.by.is_some());
        if differ {
            printed.insert("claims".to_owned(), json!(self.claims(&field.claims, event, print)));
        }
        let citations = field.claims.iter().flat_map(|claim| claim.citations.as_slice());
        printed.insert("citations".to_owned(), Value::Array(citations.map(|c| self.citation(c)).collect()));
        printed
    }

    /// Each value with all who claim it. What accounts put first stands before what they say besides,
    /// so that the first claim that cites a report is that report's own value.
    fn claims<V: PartialEq>(
        &self,
        claims: &[Claim<V>],
        event: &EventRecord,
        print: impl Fn(&V) -> Value,
    ) -> Vec<Value> {
        let (first, besides) = first_and_besides(claims);
        let groups = [grouped(first), grouped(besides)].concat();
        let group = |group: &Vec<&Claim<V>>| {
            let citations = group.iter().flat_map(|claim| claim.citations.as_slice());
            json!({
                "value": print(&group[0].value),
                "by": group[0].by,
                "independent_accounts": origins(group.iter().map(|claim| claim.account), event),
                "citations": citations.map(|c| self.citation(c)).collect::<Vec<_>>(),
            })
        };
        groups.iter().map(group).collect()
    }

    fn account(&self, account: &AccountOfEvent) -> Value {
        json!({
            "id": account.article,
            "publisher": account.publisher,
            "published": account.published,
            "origin": account.origin,
            "time": account.time.as_ref().map(|time| self.account_time(time)),
            "quotes": self.citations(account.quotes.as_slice()),
            "acts": self.citations(&account.acts),
        })
    }

    fn account_time(&self, time: &AccountTime) -> Value {
        json!({
            "as_written": time.as_written,
            "value": time.days.map(|days| days.to_string()),
            "status": time.status.map(TimeStatus::name),
            "citations": self.citations(time.citations.as_slice()),
        })
    }

    fn wording(&self, wording: &Wording) -> Value {
        let term = |term: &Term| json!({ "report": term.article, "text": term.text, "citations": self.citations(term.citations.as_slice()) });
        json!({
            "of": wording.of.name(),
            "entity": wording.entity,
            "terms": wording.terms.iter().map(term).collect::<Vec<_>>(),
        })
    }

    fn citations(&self, citations: &[Citation]) -> Vec<Value> {
        citations.iter().map(|citation| self.citation(citation)).collect()
    }

    fn citation(&self, citation: &Citation) -> Value {
        let id = &citation.article;
        match citation.of {
            CitedText::Body(span) => {
                let (start, end) = self.texts.of_span(id, span);
                json!({ "id": id, "start": start, "end": end, "quote": citation.quote })
            }
            CitedText::Headline(span) => {
                let (from, to) = self.headlines.of_span(id, span);
                json!({ "id": id, "of": "headline", "from": from, "to": to, "quote": citation.quote })
            }
            CitedText::Published => json!({ "id": id, "of": "published", "quote": citation.quote }),
        }
    }
}

/// Who set the field, where a person did.
fn set_by(
    printed: &mut Map<String, Value>,
    event: &EventRecord,
    field: EventField,
    is_meant: impl Fn(&CorrectionNote) -> bool,
) {
    let own = |note: &&CorrectionNote| note.does == "set" && note.field == Some(field) && is_meant(note);
    let set: Vec<Value> = event.corrections.iter().filter(own).map(correction).collect();
    if !set.is_empty() {
        printed.insert("set_by".to_owned(), Value::Array(set));
    }
}

fn correction(note: &CorrectionNote) -> Value {
    json!({
        "correction": note.id,
        "does": note.does,
        "field": note.field.map(EventField::name),
        "who": note.who,
        "when": note.when,
        "why": note.why,
    })
}

/// What each account puts first, and what it says besides.
fn first_and_besides<V>(claims: &[Claim<V>]) -> (Vec<&Claim<V>>, Vec<&Claim<V>>) {
    let mut seen = Vec::new();
    claims.iter().partition(|claim| {
        let is_first = !seen.contains(&claim.account);
        seen.push(claim.account);
        is_first
    })
}

/// Claims of one value by one body, together.
fn grouped<V: PartialEq>(claims: Vec<&Claim<V>>) -> Vec<Vec<&Claim<V>>> {
    let mut groups: Vec<Vec<&Claim<V>>> = Vec::new();
    for claim in claims {
        match groups.iter_mut().find(|group| group[0].value == claim.value && group[0].by == claim.by) {
            Some(group) => group.push(claim),
            None => groups.push(vec![claim]),
        }
    }
    groups
}

fn origins(accounts: impl Iterator<Item = u32>, event: &EventRecord) -> usize {
    let mut origins: Vec<u32> =
        accounts.filter_map(|n| event.accounts.get(n as usize)).map(|account| account.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    origins.len()
}

fn agreement(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Single => "single",
        Resolution::Agreed => "agreed",
        Resolution::Disputed(_) => "disputed",
    }
}

fn actor_value(named: &Named) -> Value {
    json!({ "entity": named.key, "code": named.code, "text": named.name })
}

fn figure_value(figure: &Figure) -> Value {
    let mut printed = Map::new();
    printed.insert("min".to_owned(), json!(figure.min));
    printed.insert("max".to_owned(), json!(figure.max));
    printed.insert("counted".to_owned(), json!(figure.counted));
    if figure.approximate {
        printed.insert("approx".to_owned(), json!(true));
    }
    if let Some(vague) = &figure.vague {
        printed.insert("vague".to_owned(), json!(vague));
    }
    Value::Object(printed)
}

/// Five digits: a metre.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 100_000.0).round() / 100_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gets_another_name() {
        let line = |name: &str| format!("{{\"event\":\"{name}\",\"type\":\"assault\"}}");
        for (from, to) in [("a", "a"), ("a", "a-0b1c"), ("a\\u2028b", "\u{e4}")] {
            assert_eq!(with_name(line(from), to).unwrap(), line(to));
        }
        assert!(with_name("{\"type\":\"assault\"}".to_owned(), "a").is_err());
        assert!(with_name("{\"event\":7}".to_owned(), "a").is_err());
    }
}
