//! The record as entities of FollowTheMoney, as Aleph and OpenSanctions read them: Article, Event, and
//! those who take part. One entity a line.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use dateline_model::KeptReport;

use crate::event_view::{EventView, FieldView};
use crate::one_line::one_line;
use crate::report_view::percent;

/// ISO 3166 codes of three letters to those of two.
static COUNTRIES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let table = include_str!("../../../data/gazetteer/countries.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
    rows.filter_map(|mut row| row.next().zip(row.next())).map(|(two, three)| (three, two)).collect()
});

/// The entities.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn ftm_lines(
    events: &[(EventView, String)],
    reports: &[KeptReport],
) -> Result<String, serde_json::Error> {
    let mut entities: Vec<Value> = reports.iter().map(article).collect();
    let parties: BTreeMap<String, &FieldView> =
        events.iter().flat_map(|(event, _)| &event.participants).map(|who| (party_id(who), who)).collect();
    entities.extend(parties.iter().map(|(id, who)| party(id, who)));
    entities.extend(events.iter().map(|(event, title)| happening(event, title, reports)));
    let mut lines = String::new();
    for entity in &entities {
        lines.push_str(&one_line(entity)?);
        lines.push('\n');
    }
    Ok(lines)
}

fn article(report: &KeptReport) -> Value {
    let mut properties = Map::new();
    put(&mut properties, "title", report.headline.iter().cloned());
    put(&mut properties, "author", report.byline.iter().cloned());
    put(&mut properties, "publisher", report.publisher.iter().cloned());
    put(&mut properties, "publishedAt", report.published.iter().map(|moment| seconds(moment)));
    put(&mut properties, "sourceUrl", report.uri.iter().filter(|uri| uri.starts_with("http")).cloned());
    put(&mut properties, "fileName", [report.id.clone()]);
    put(&mut properties, "bodyText", [report.text.clone()]);
    entity(&article_id(&report.id), "Article", &properties)
}

fn happening(event: &EventView, title: &str, reports: &[KeptReport]) -> Value {
    let mut properties = Map::new();
    put(&mut properties, "name", [title.to_owned()]);
    put(&mut properties, "recordId", [event.event.clone()]);
    if let Some(time) = event.time_value() {
        let (first, last) = time.split_once('/').unwrap_or((time, time));
        if first == last {
            put(&mut properties, "date", [first.to_owned()]);
        } else {
            put(&mut properties, "startDate", [first.to_owned()]);
            put(&mut properties, "endDate", [last.to_owned()]);
        }
    }
    let place = event.place.as_ref();
    put(&mut properties, "location", place.and_then(FieldView::text).map(str::to_owned));
    let country =
        place.and_then(|place| COUNTRIES.get(place.country.as_deref()?)).map(|code| code.to_lowercase());
    put(&mut properties, "country", country);
    let role = |role| event.in_role(role).map(party_id).collect::<Vec<_>>();
    put(&mut properties, "organizer", role("actor"));
    put(&mut properties, "involved", role("recipient").into_iter().chain(role("attendee")));
    let known = |id: &str| reports.binary_search_by(|report| report.id.as_str().cmp(id)).is_ok();
    let proof =
        event.accounts.iter().filter(|account| known(&account.id)).map(|account| article_id(&account.id));
    put(&mut properties, "proof", proof);
    put(&mut properties, "publisher", event.accounts.iter().filter_map(|account| account.publisher.clone()));
    put(&mut properties, "summary", [summary(event)]);
    entity(&format!("dateline-event-{}", percent(&event.event)), "Event", &properties)
}

/// What FollowTheMoney has no property for, in a sentence.
fn summary(event: &EventView) -> String {
    let codes =
        [&event.event_type, &event.mode, &event.cameo].into_iter().flatten().cloned().collect::<Vec<_>>();
    let mut parts = vec![codes.join(" ")];
    for (name, field) in event.other_fields().filter(|(name, _)| !["type", "mode", "cameo"].contains(name)) {
        let agreement = field.agreement.as_deref().unwrap_or("not compared");
        parts.push(format!("{name}: {} ({agreement})", field.shown()));
    }
    let (accounts, independent) = (event.accounts.len(), event.independent_accounts);
    parts.push(format!("accounts: {accounts}, independent: {independent}"));
    parts.join("; ")
}

fn party(id: &str, who: &FieldView) -> Value {
    let mut properties = Map::new();
    put(&mut properties, "name", [who.shown()]);
    put(&mut properties, "wikidataId", who.link.iter().cloned());
    put(&mut properties, "notes", who.code.iter().map(|code| format!("CAMEO code {code}")));
    entity(id, "LegalEntity", &properties)
}

fn party_id(who: &FieldView) -> String {
    format!("dateline-party-{}", percent(who.entity.as_deref().unwrap_or(&who.shown().to_lowercase())))
}

fn article_id(id: &str) -> String {
    format!("dateline-report-{}", percent(id))
}

fn entity(id: &str, schema: &str, properties: &Map<String, Value>) -> Value {
    json!({"id": id, "schema": schema, "properties": properties})
}

/// A moment without its zone: FollowTheMoney's dates have none.
fn seconds(moment: &str) -> String {
    moment.chars().take(19).collect::<String>().trim_end_matches(['Z', '+']).to_owned()
}

/// Every property is a list; each value stands once.
fn put(properties: &mut Map<String, Value>, name: &str, values: impl IntoIterator<Item = String>) {
    let mut values: Vec<_> = values.into_iter().filter(|value| !value.is_empty()).collect();
    values.sort_unstable();
    values.dedup();
    if !values.is_empty() {
        properties.insert(name.to_owned(), json!(values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_its_code_of_two_letters() {
        for (three, two) in [("RUS", Some("RU")), ("SYR", Some("SY")), ("XYZ", None)] {
            assert_eq!(COUNTRIES.get(three).copied(), two);
        }
    }
}
