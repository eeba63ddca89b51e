//! The record in schema.org's words: NewsArticle, Event and Quotation, as one graph of JSON-LD.

use dateline_model::{KeptReport, KeptStatement};
use serde_json::{Map, Value, json};

use crate::event_view::{EventView, FieldView};
use crate::one_line::one_line;
use crate::report_view::{address, percent, urn};

/// The graph, one node a line.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn json_ld(
    events: &[(EventView, String)],
    reports: &[KeptReport],
    statements: &[KeptStatement],
) -> Result<String, serde_json::Error> {
    let mut lines = Vec::new();
    for report in reports {
        lines.push(one_line(&article(report))?);
    }
    for (event, title) in events {
        lines.push(one_line(&happening(event, title, reports))?);
    }
    for (number, statement) in statements.iter().enumerate() {
        lines.push(one_line(&quotation(number, statement, reports))?);
    }
    Ok(format!(
        "{{\"@context\":{{\"@vocab\":\"https://schema.org/\"}},\"@graph\":[\n{}\n]}}\n",
        lines.join(",\n")
    ))
}

fn article(report: &KeptReport) -> Value {
    let organisation = |name: &String| json!({"@type": "Organization", "name": name});
    let mut node = node("NewsArticle", &address(report));
    put(&mut node, "identifier", Some(json!(report.id)));
    put(&mut node, "headline", report.headline.as_ref().map(|words| json!(words)));
    put(&mut node, "publisher", report.publisher.as_ref().map(organisation));
    put(&mut node, "author", report.byline.as_ref().map(|name| json!({"@type": "Person", "name": name})));
    put(&mut node, "datePublished", report.published.as_ref().map(|day| json!(day)));
    put(&mut node, "inLanguage", report.language.as_ref().map(|code| json!(code)));
    put(&mut node, "url", report.uri.as_ref().map(|uri| json!(uri)));
    put(&mut node, "creditText", (!report.credits.is_empty()).then(|| json!(report.credits.join(", "))));
    Value::Object(node)
}

fn happening(event: &EventView, title: &str, reports: &[KeptReport]) -> Value {
    let mut node = node("Event", &format!("urn:dateline:event:{}", percent(&event.event)));
    put(&mut node, "identifier", Some(json!(event.event)));
    put(&mut node, "name", Some(json!(title)));
    if let Some(time) = event.time_value() {
        let (first, last) = time.split_once('/').unwrap_or((time, time));
        put(&mut node, "startDate", Some(json!(first)));
        put(&mut node, "endDate", Some(json!(last)));
    }
    put(&mut node, "location", event.place.as_ref().and_then(place));
    let role = |role| {
        let all: Vec<_> = event.in_role(role).map(participant).collect();
        (!all.is_empty()).then_some(Value::Array(all))
    };
    // Who does it, and to whom: schema.org's Event has no words of its own for conflict.
    put(&mut node, "performer", role("actor"));
    put(&mut node, "attendee", role("recipient").or_else(|| role("attendee")));
    let code = ["type", "mode", "cameo"].into_iter().zip([&event.event_type, &event.mode, &event.cameo]);
    let codes = code.filter_map(|(name, code)| {
        Some(json!({"@type": "PropertyValue", "propertyID": name, "value": code.as_ref()?}))
    });
    let mut properties: Vec<_> = codes.collect();
    for (name, field) in event.other_fields().filter(|(name, _)| !["type", "mode", "cameo"].contains(name)) {
        let agreement = field.agreement.clone();
        properties.push(json!({"@type": "PropertyValue", "propertyID": name, "value": field.shown(), "description": agreement}));
    }
    let independent = event.independent_accounts;
    properties
        .push(json!({"@type": "PropertyValue", "propertyID": "independent_accounts", "value": independent}));
    put(&mut node, "additionalProperty", Some(Value::Array(properties)));
    let subject = event.accounts.iter().map(|account| json!({"@id": address_of(&account.id, reports)}));
    put(&mut node, "subjectOf", Some(subject.collect()));
    Value::Object(node)
}

fn place(place: &FieldView) -> Option<Value> {
    let mut node = Map::new();
    put(&mut node, "@type", Some(json!("Place")));
    put(&mut node, "name", Some(json!(place.text()?)));
    if let Some((latitude, longitude)) = place.lat.zip(place.lon) {
        let at = json!({"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude});
        put(&mut node, "geo", Some(at));
    }
    put(
        &mut node,
        "sameAs",
        place.geonames.map(|number| json!(format!("https://sws.geonames.org/{number}/"))),
    );
    Some(Value::Object(node))
}

fn participant(who: &FieldView) -> Value {
    let mut node = Map::new();
    put(&mut node, "@type", Some(json!("Thing")));
    put(&mut node, "name", Some(json!(who.shown())));
    put(&mut node, "identifier", who.code.as_ref().map(|code| json!(code)));
    let link = who.link.as_ref().map(|link| json!(format!("http://www.wikidata.org/entity/{link}")));
    put(&mut node, "sameAs", link);
    Value::Object(node)
}

fn quotation(number: usize, said: &KeptStatement, reports: &[KeptReport]) -> Value {
    let mut node = node("Quotation", &format!("urn:dateline:statement:{}:{number}", percent(&said.report)));
    put(&mut node, "text", Some(json!(said.content)));
    let speaker = said.speaker.as_ref().map(|name| json!({"@type": "Thing", "name": name}));
    put(&mut node, "spokenByCharacter", speaker);
    put(&mut node, "isPartOf", Some(json!({"@id": address_of(&said.report, reports)})));
    let chain =
        said.reported_by.iter().map(|name| json!({"@type": "Thing", "name": name})).collect::<Vec<_>>();
    put(&mut node, "isBasedOn", (!chain.is_empty()).then_some(Value::Array(chain)));
    Value::Object(node)
}

fn address_of(id: &str, reports: &[KeptReport]) -> String {
    let report =
        reports.binary_search_by(|report| report.id.as_str().cmp(id)).ok().and_then(|n| reports.get(n));
    report.map_or_else(|| urn(id), address)
}

fn node(of: &str, id: &str) -> Map<String, Value> {
    let mut node = Map::new();
    put(&mut node, "@type", Some(json!(of)));
    put(&mut node, "@id", Some(json!(id)));
    node
}

/// What is not known is left out.
fn put(node: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        node.insert(name.to_owned(), value);
    }
}
