//! The record as one page that needs nothing else: the timeline, each event with its fields, and its
//! accounts side by side with the words marked that carry them.

use dateline_model::KeptReport;

use crate::event_view::{AccountView, CitationView, ClaimView, CorrectionView, EventView, FieldView, shown};
use crate::report_view::percent;

/// The page.
#[must_use]
pub fn html_page(events: &[(EventView, String)], reports: &[KeptReport]) -> String {
    let style = include_str!("html.css");
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Dateline</title>\n<style>\n{style}</style>\n\
         <h1>Dateline</h1>\n<p>{}</p>\n",
        escaped(&head(events, reports))
    );
    page.push_str(
        "<nav><h2>Timeline</h2>\n<table>\n<thead><tr><th>when<th>what<th>where<th>reports</thead>\n",
    );
    page.extend(events.iter().map(|(event, title)| row(event, title)));
    page.push_str("</table></nav>\n<main>\n");
    page.extend(events.iter().map(|(event, title)| section(event, title, reports)));
    page.push_str("</main>\n</html>\n");
    page
}

fn head(events: &[(EventView, String)], reports: &[KeptReport]) -> String {
    let publishers: std::collections::BTreeSet<_> =
        reports.iter().filter_map(|r| r.publisher.as_deref()).collect();
    let disputed = events.iter().filter(|(event, _)| !event.disputed().is_empty()).count();
    let one = events.iter().filter(|(event, _)| event.independent_accounts == 1).count();
    format!(
        "{} reports · {} publishers · {} events · {disputed} disputed · {one} rest on one origin",
        reports.len(),
        publishers.len(),
        events.len()
    )
}

fn row(event: &EventView, title: &str) -> String {
    let place = event.place.as_ref().map(FieldView::shown).unwrap_or_default();
    format!(
        "<tr><td>{}<td><a href=\"#{}\">{}</a> <small>{}</small><td>{}<td>{}\n",
        escaped(&when(event)),
        anchor(event),
        escaped(title),
        escaped(&codes(event)),
        escaped(&place),
        escaped(&standing(event))
    )
}

fn when(event: &EventView) -> String {
    match (&event.time, event.time_value()) {
        (Some(time), Some(value)) if time.status.as_deref() == Some("inferred") => {
            format!("{value} (inferred)")
        }
        (_, Some(value)) => value.to_owned(),
        (Some(time), None) if time.is_disputed() => time.shown(),
        _ => "undated".to_owned(),
    }
}

fn codes(event: &EventView) -> String {
    [&event.event_type, &event.mode, &event.cameo]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn standing(event: &EventView) -> String {
    let disputed = event.disputed();
    let mark =
        if disputed.is_empty() { String::new() } else { format!("; ▲ disputed: {}", disputed.join(", ")) };
    let reports = match event.accounts.len() {
        1 => "1 report".to_owned(),
        several => format!("{several} reports, {} independent", event.independent_accounts),
    };
    format!("{reports}{mark}")
}

fn section(event: &EventView, title: &str, reports: &[KeptReport]) -> String {
    let mut section = format!(
        "<section id=\"{}\">\n<h2>{}</h2>\n<p>{} · {} · {}</p>\n",
        anchor(event),
        escaped(title),
        escaped(&when(event)),
        escaped(&codes(event)),
        escaped(&standing(event))
    );
    if let Some(why) = &event.independence {
        section.push_str(&format!("<p>{}</p>\n", escaped(why)));
    }
    section.push_str("<table>\n");
    let single = [("when", event.time.as_ref()), ("where", event.place.as_ref())];
    for (name, field) in single {
        section.push_str(&field.map_or_else(
            || format!("<tr class=\"unknown\"><th>{name}<td>not said<td>\n"),
            |field| field_row(name, field),
        ));
    }
    for who in &event.participants {
        section.push_str(&field_row(who.role.as_deref().unwrap_or("participant"), who));
    }
    for (name, field) in event.other_fields() {
        section.push_str(&field_row(name, &field));
    }
    section.push_str("</table>\n");
    section.extend(event.corrections.iter().filter(|made| made.does != "set").map(corrected));
    section.push_str("<div class=\"accounts\">\n");
    section.extend(event.accounts.iter().map(|told| account(told, event, reports)));
    section.push_str("</div>\n</section>\n");
    section
}

/// A field: its value, its agreement in words and by a mark, and who stands for each value.
fn field_row(name: &str, field: &FieldView) -> String {
    let agreement = escaped(field.agreement.as_deref().unwrap_or("not compared"));
    let mark = match agreement.as_str() {
        "agreed" => "●",
        "disputed" => "▲",
        _ => "○",
    };
    let differing = field.differing_claims();
    let value =
        if differing.is_empty() || !field.value.is_null() { escaped(&field.shown()) } else { String::new() };
    let claims: String = differing.iter().map(claim).collect();
    let origins = field.independent_accounts.map(|n| format!(", {n} independent")).unwrap_or_default();
    format!(
        "<tr class=\"{agreement}\"><th>{}<td>{value}{claims}{}{}<td>{mark} {agreement}{origins}\n",
        escaped(name),
        if differing.is_empty() { proof(&field.citations) } else { String::new() },
        field.set_by.iter().map(corrected).collect::<String>()
    )
}

/// Which correction, by whom, when and why.
fn corrected(made: &CorrectionView) -> String {
    let of = made.field.as_deref().map(|field| format!(" {field}")).unwrap_or_default();
    let told =
        format!("{}{of} by {}, {}: {} ({})", made.does, made.who, made.when, made.why, made.correction);
    format!("<div class=\"corrected\">✎ {}</div>", escaped(&told))
}

fn claim(claim: &ClaimView) -> String {
    let by = claim.by.as_deref().map(|by| format!(", by {}", escaped(by))).unwrap_or_default();
    format!("<div>{}{by}{}</div>", escaped(&shown(&claim.value)), proof(&claim.citations))
}

fn proof(citations: &[CitationView]) -> String {
    let mut citations = citations.to_vec();
    citations.sort_unstable();
    citations.dedup();
    let quote = |citation: &CitationView| {
        format!("<q>{}</q> <cite>{}</cite> ", escaped(&citation.quote), escaped(&citation.id))
    };
    format!(
        "<details><summary>{} cited</summary>{}</details>",
        citations.len(),
        citations.iter().map(quote).collect::<String>()
    )
}

/// One report's telling: its sentences with every cited word marked.
fn account(account: &AccountView, event: &EventView, reports: &[KeptReport]) -> String {
    let report =
        reports.binary_search_by(|report| report.id.cmp(&account.id)).ok().and_then(|n| reports.get(n));
    let headline = report.and_then(|report| report.headline.as_deref()).unwrap_or_default();
    let marks = cited(event, &account.id);
    let quotes =
        account.quotes.iter().map(|quote| format!("<blockquote>{}</blockquote>\n", marked(quote, &marks)));
    format!(
        "<article>\n<h3>{}</h3>\n<p><small>{} · {} · origin {}</small></p>\n<p>{}</p>\n{}</article>\n",
        escaped(account.publisher.as_deref().unwrap_or("publisher not told")),
        escaped(account.published.as_deref().unwrap_or("undated")),
        escaped(&account.id),
        account.origin,
        escaped(headline),
        quotes.collect::<String>()
    )
}

/// Where the words of a report stand that carry a field of the event.
fn cited(event: &EventView, report: &str) -> Vec<(u32, u32)> {
    let others: Vec<FieldView> = event.other_fields().map(|(_, field)| field).collect();
    let single = event.time.iter().chain(&event.place).chain(&event.participants).chain(&others);
    let all =
        single.flat_map(|field| field.citations.iter().chain(field.claims.iter().flat_map(|c| &c.citations)));
    let here = all.filter(|citation| citation.id == report && citation.of.is_none());
    let mut spans: Vec<_> = here.filter_map(|citation| citation.start.zip(citation.end)).collect();
    spans.sort_unstable_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    spans.dedup();
    spans
}

/// The words of a quote, those of `marks` within it marked.
fn marked(quote: &CitationView, marks: &[(u32, u32)]) -> String {
    let (None, Some((from, to))) = (&quote.of, quote.start.zip(quote.end)) else {
        return escaped(&quote.quote);
    };
    let letters: Vec<char> = quote.quote.chars().collect();
    let (mut html, mut at) = (String::new(), 0);
    let words = |range: std::ops::Range<usize>| {
        escaped(&letters.get(range).unwrap_or_default().iter().collect::<String>())
    };
    let inside = |(start, end): &&(u32, u32)| {
        from <= *start && start <= end && *end <= to && (*end - *start) < (to - from)
    };
    for (start, end) in marks.iter().filter(inside) {
        let (start, end) = ((start - from) as usize, (end - from) as usize);
        if start >= at {
            html.push_str(&format!("{}<mark>{}</mark>", words(at..start), words(start..end)));
            at = end;
        }
    }
    html.push_str(&words(at..letters.len()));
    html
}

fn anchor(event: &EventView) -> String {
    percent(&event.event)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cited_words_are_marked_and_signs_are_no_markup() {
        let quote = CitationView {
            id: "a".to_owned(),
            of: None,
            start: Some(10),
            end: Some(27),
            quote: "A & B met <there>".to_owned(),
        };
        for (marks, expected) in [
            (vec![], "A &amp; B met &lt;there&gt;"),
            (vec![(10, 11), (14, 15)], "<mark>A</mark> &amp; <mark>B</mark> met &lt;there&gt;"),
            (vec![(10, 15), (10, 11), (40, 44)], "<mark>A &amp; B</mark> met &lt;there&gt;"),
        ] {
            assert_eq!(marked(&quote, &marks), expected);
        }
    }
}
