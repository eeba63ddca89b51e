//! One row for each report of each event, with what that report says: as the R package `eventreport`
//! reads it (Cook and Weidmann 2019), to be aggregated by `event_id`.

use serde_json::Value;

use crate::csv::number;
use crate::delimited::{csv_row, or_empty};
use crate::event_view::{AccountView, CitationView, EventView, FieldView};

const HEADER: [&str; 29] = [
    "id",
    "event_id",
    "event_type",
    "event_mode",
    "cameo",
    "date_start",
    "date_end",
    "date_precision",
    "country",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "actor1",
    "actor1_code",
    "actor2",
    "actor2_code",
    "deaths_best",
    "deaths_low",
    "deaths_high",
    "injured_best",
    "injured_low",
    "injured_high",
    "source",
    "source_date",
    "origin_group",
    "span_start",
    "span_end",
    "quote",
];

/// The table.
#[must_use]
pub fn eventreport_csv(events: &[(EventView, String)]) -> String {
    let mut table = csv_row(&HEADER.map(str::to_owned));
    for (event, _) in events {
        table.extend(event.accounts.iter().map(|account| csv_row(&row(event, account))));
    }
    table
}

fn row(event: &EventView, account: &AccountView) -> Vec<String> {
    let of = |name: &str| event.field(name).and_then(|field| told_by(&field, &account.id).cloned());
    let words = |name: &str| of(name).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let time = account.time.as_ref().and_then(|time| time.value.as_deref()).unwrap_or_default();
    let (first, last) = time.split_once('/').unwrap_or((time, time));
    let mut row = vec![
        account.id.clone(),
        event.event.clone(),
        words("type"),
        words("mode"),
        words("cameo"),
        first.to_owned(),
        last.to_owned(),
        precision(time).to_owned(),
    ];
    row.extend(place(event, account));
    row.extend(actors(event, account));
    row.extend(figure(of("killed").as_ref()));
    row.extend(figure(of("wounded").as_ref()));
    let quote = account.quotes.iter().find(|quote| quote.id == account.id && quote.of.is_none());
    let quote = quote.or(account.quotes.first());
    row.extend([
        or_empty(account.publisher.as_ref()),
        or_empty(account.published.as_ref()),
        account.origin.to_string(),
        number(quote.filter(|quote| quote.of.is_none()).and_then(|quote| quote.start)),
        number(quote.filter(|quote| quote.of.is_none()).and_then(|quote| quote.end)),
        quote.map(|quote| quote.quote.clone()).unwrap_or_default(),
    ]);
    row
}

/// The value that a report gives to a field: that of the first claim it stands for.
pub(crate) fn told_by<'a>(field: &'a FieldView, report: &str) -> Option<&'a Value> {
    let cites = |citations: &[CitationView]| citations.iter().any(|citation| citation.id == report);
    match field.claims.iter().find(|claim| cites(&claim.citations)) {
        Some(claim) => Some(&claim.value),
        None => (field.claims.is_empty() && cites(&field.citations)).then_some(&field.value),
    }
}

/// Country, name, latitude, longitude and precision of the place, where the report names one.
fn place(event: &EventView, account: &AccountView) -> [String; 5] {
    let Some(place) = &event.place else { return Default::default() };
    let Some(name) = told_by(place, &account.id).and_then(Value::as_str) else { return Default::default() };
    // Where the place is on the map is known of the one that the event has.
    let known = place.text() == Some(name);
    let on_map = |part: String| if known { part } else { String::new() };
    let precision = if known && place.lat.is_some() { "1" } else { "" };
    [
        on_map(or_empty(place.country.as_ref())),
        name.to_owned(),
        on_map(number(place.lat)),
        on_map(number(place.lon)),
        precision.to_owned(),
    ]
}

/// Who does it and to whom, by the report's own words: names and codes.
fn actors(event: &EventView, account: &AccountView) -> [String; 4] {
    let told = |role: &'static str| {
        let named = event.in_role(role).filter(|who| told_by(who, &account.id).is_some());
        named.map(|who| (who.shown(), or_empty(who.code.as_ref()))).collect::<Vec<_>>()
    };
    let (actors, recipients) = (told("actor"), told("recipient"));
    let first = actors.first().cloned().unwrap_or_default();
    let second = recipients.first().or(actors.get(1)).cloned().unwrap_or_default();
    [first.0, first.1, second.0, second.1]
}

/// Best, low and high. The best is given only where the report gives one number or its least.
fn figure(value: Option<&Value>) -> [String; 3] {
    let Some(value) = value else { return Default::default() };
    let (min, max) = (value["min"].as_u64(), value["max"].as_u64());
    [number(min.or(max)), number(min), number(max)]
}

/// How exact a time is, coarser upwards, as in other event data: 1 a day, 2 a stretch of days or a
/// month, 3 a year; empty where there is none.
fn precision(time: &str) -> &'static str {
    match (time.contains('/'), time.len()) {
        (_, 0) => "",
        (true, _) | (false, 7) => "2",
        (false, 4) => "3",
        (false, _) => "1",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_stands_for_its_own_figure() {
        let cite = |id: &str| serde_json::json!([{"id": id, "start": 0, "end": 2, "quote": "12"}]);
        let line = serde_json::json!({"event": "e", "type": "ASSAULT", "mode": null, "cameo": "190", "time": null,
            "place": null, "participants": [], "independent_accounts": 2,
            "fields": {"killed": {"value": null, "agreement": "disputed", "claims": [
                {"value": {"min": 12, "max": 12, "counted": "all"}, "by": null, "citations": cite("a")},
                {"value": {"min": 17, "max": null, "counted": "all"}, "by": null, "citations": cite("b")}]}},
            "accounts": [{"id": "a", "origin": 0, "quotes": cite("a")}, {"id": "b", "origin": 1, "quotes": cite("b")}]});
        let event = EventView::of_line(&line.to_string()).unwrap();
        let table = eventreport_csv(&[(event, String::new())]);
        let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split(',').collect()).collect();
        assert!(rows.iter().all(|row| row.len() == HEADER.len()), "{table}");
        assert_eq!(rows[1][17..20], ["12", "12", "12"]);
        assert_eq!(rows[2][17..20], ["17", "17", ""]);
    }

    #[test]
    fn a_time_is_as_exact_as_it_is() {
        for (time, expected) in
            [("2016-10-19", "1"), ("2016-10", "2"), ("2016-10-01/2016-10-03", "2"), ("2016", "3"), ("", "")]
        {
            assert_eq!(precision(time), expected, "{time}");
        }
    }
}
