//! The proof of every field as Web Annotations (W3C): body says what, target says in which words.
//!
//! A target has three selectors for the same words: the quote with what stands around it, its place in
//! the text in code points, and, where they are known, its bytes in the capture.

use serde_json::{Value, json};

use dateline_model::KeptReport;

use crate::event_view::{CitationView, EventView, FieldView, shown};
use crate::one_line::one_line;
use crate::report_view::{address, bytes, percent, urn};

/// So many code points of the text before and after a quote are given with it.
const AROUND: usize = 32;

/// One collection of annotations as JSON-LD, one annotation a line.
///
/// # Errors
/// Never in practice: every field is plain data. The error is serde's own.
pub fn web_annotations(
    events: &[(EventView, String)],
    reports: &[KeptReport],
) -> Result<String, serde_json::Error> {
    let mut lines = Vec::new();
    for (event, title) in events {
        for (place, (name, value, citation)) in proofs(event).into_iter().enumerate() {
            let about = About { event, title, name, value };
            lines.push(one_line(&about.annotation(place, citation, reports))?);
        }
    }
    let context = json!("http://www.w3.org/ns/anno.jsonld");
    Ok(format!(
        "{{\"@context\":{context},\"id\":\"urn:dateline:annotations\",\"type\":\"AnnotationPage\",\"items\":[\n{}\n]}}\n",
        lines.join(",\n")
    ))
}

/// Every field's name, value and citation; of a field with claims, each claim's.
fn proofs(event: &EventView) -> Vec<(String, String, &CitationView)> {
    let mut proofs = Vec::new();
    let single = [("time", event.time.as_ref()), ("place", event.place.as_ref())];
    for (name, field) in single.into_iter().filter_map(|(name, field)| Some((name, field?))) {
        push(&mut proofs, name, field);
    }
    for who in &event.participants {
        push(&mut proofs, who.role.as_deref().unwrap_or("participant"), who);
    }
    for account in &event.accounts {
        proofs.extend(account.quotes.iter().map(|quote| ("account".to_owned(), String::new(), quote)));
    }
    proofs
}

fn push<'a>(proofs: &mut Vec<(String, String, &'a CitationView)>, name: &str, field: &'a FieldView) {
    if field.claims.is_empty() {
        proofs.extend(field.citations.iter().map(|c| (name.to_owned(), field.shown(), c)));
    }
    for claim in &field.claims {
        proofs.extend(claim.citations.iter().map(|c| (name.to_owned(), shown(&claim.value), c)));
    }
}

/// What an annotation says.
struct About<'a> {
    event: &'a EventView,
    title: &'a str,
    name: String,
    value: String,
}

impl About<'_> {
    fn annotation(&self, place: usize, citation: &CitationView, reports: &[KeptReport]) -> Value {
        let report =
            reports.binary_search_by(|report| report.id.cmp(&citation.id)).ok().and_then(|n| reports.get(n));
        let event = percent(&self.event.event);
        let said = if self.value.is_empty() {
            self.title.to_owned()
        } else {
            format!("{}: {}", self.name, self.value)
        };
        json!({
            "id": format!("urn:dateline:event:{event}:{}:{place}", self.name),
            "type": "Annotation",
            "motivation": if self.value.is_empty() { "linking" } else { "describing" },
            "body": [
                {"type": "TextualBody", "value": said, "format": "text/plain", "language": "en", "purpose": "describing"},
                {"type": "SpecificResource", "source": format!("urn:dateline:event:{event}"), "purpose": "linking"},
            ],
            "target": target(citation, report),
        })
    }
}

fn target(citation: &CitationView, report: Option<&KeptReport>) -> Value {
    let source = report.map_or_else(|| urn(&citation.id), address);
    let mut quote = json!({"type": "TextQuoteSelector", "exact": citation.quote});
    let mut selectors = Vec::new();
    if let (None, Some((start, end)), Some(report)) = (&citation.of, citation.start.zip(citation.end), report)
    {
        let letters =
            |from: usize, count: usize| report.text.chars().skip(from).take(count).collect::<String>();
        let before = (start as usize).min(AROUND);
        quote["prefix"] = json!(letters(start as usize - before, before));
        quote["suffix"] = json!(letters(end as usize, AROUND));
        selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
        if let Some((from, to)) = bytes(report, start, end) {
            selectors.push(json!({"type": "DataPositionSelector", "start": from, "end": to}));
        }
    }
    selectors.insert(0, quote);
    json!({"source": source, "selector": selectors})
}
