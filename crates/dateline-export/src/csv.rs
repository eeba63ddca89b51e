//! Three tables for spreadsheets: events, the accounts of each, and statements.

use dateline_model::{CountKind, KeptReport, KeptStatement};

use crate::delimited::{csv_row, or_empty};
use crate::event_view::{EventView, FieldView};

/// One row for each event.
#[must_use]
pub fn events_csv(events: &[(EventView, String)]) -> String {
    let mut header: Vec<_> = [
        "event",
        "title",
        "type",
        "mode",
        "cameo",
        "time",
        "time_status",
        "time_agreement",
        "place",
        "place_agreement",
        "geonames",
        "latitude",
        "longitude",
        "country",
        "actors",
        "actor_codes",
        "recipients",
        "recipient_codes",
        "initiator",
    ]
    .map(str::to_owned)
    .to_vec();
    for count in CountKind::ALL.map(CountKind::name) {
        header.extend([count.to_owned(), format!("{count}_agreement")]);
    }
    header.extend(["accounts", "independent_accounts", "disputed", "reports"].map(str::to_owned));
    let mut table = csv_row(&header);
    table.extend(events.iter().map(|(event, title)| csv_row(&event_row(event, title))));
    table
}

fn event_row(event: &EventView, title: &str) -> Vec<String> {
    let (time, place) = (event.time.clone().unwrap_or_default(), event.place.clone().unwrap_or_default());
    let joined = |role: &str, part: fn(&FieldView) -> String| {
        event.in_role(role).map(part).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    };
    let code = |who: &FieldView| or_empty(who.code.as_ref());
    let mut row = vec![
        event.event.clone(),
        title.to_owned(),
        or_empty(event.event_type.as_ref()),
        or_empty(event.mode.as_ref()),
        or_empty(event.cameo.as_ref()),
        time.shown(),
        or_empty(time.status.as_ref()),
        or_empty(time.agreement.as_ref()),
        place.shown(),
        or_empty(place.agreement.as_ref()),
        number(place.geonames),
        number(place.lat),
        number(place.lon),
        or_empty(place.country.as_ref()),
        joined("actor", FieldView::shown),
        joined("actor", code),
        joined("recipient", FieldView::shown),
        joined("recipient", code),
        event.field("initiator").unwrap_or_default().shown(),
    ];
    for count in CountKind::ALL.map(CountKind::name) {
        let field = event.field(count).unwrap_or_default();
        row.extend([field.shown(), or_empty(field.agreement.as_ref())]);
    }
    let reports: Vec<_> = event.accounts.iter().map(|account| account.id.as_str()).collect();
    row.extend([
        event.accounts.len().to_string(),
        event.independent_accounts.to_string(),
        event.disputed().join("; "),
        reports.join("; "),
    ]);
    row
}

/// One row for each report's account of each event.
#[must_use]
pub fn accounts_csv(events: &[(EventView, String)]) -> String {
    let header = [
        "event",
        "report",
        "publisher",
        "published",
        "origin",
        "time_as_written",
        "time",
        "time_status",
        "quotes",
    ];
    let mut table = csv_row(&header.map(str::to_owned));
    for (event, _) in events {
        for account in &event.accounts {
            let time = account.time.as_ref();
            let quotes: Vec<_> = account.quotes.iter().map(|quote| quote.quote.as_str()).collect();
            table.push_str(&csv_row(&[
                event.event.clone(),
                account.id.clone(),
                or_empty(account.publisher.as_ref()),
                or_empty(account.published.as_ref()),
                account.origin.to_string(),
                or_empty(time.and_then(|time| time.as_written.as_ref())),
                or_empty(time.and_then(|time| time.value.as_ref())),
                or_empty(time.and_then(|time| time.status.as_ref())),
                quotes.join(" | "),
            ]));
        }
    }
    table
}

/// One row for each statement.
#[must_use]
pub fn statements_csv(statements: &[KeptStatement], reports: &[KeptReport]) -> String {
    let header = [
        "report",
        "publisher",
        "published",
        "speaker",
        "source",
        "content",
        "kind",
        "reported_by",
        "medium",
        "addressee",
        "of",
        "start",
        "end",
    ];
    let mut table = csv_row(&header.map(str::to_owned));
    for said in statements {
        let report =
            reports.binary_search_by(|report| report.id.cmp(&said.report)).ok().and_then(|n| reports.get(n));
        table.push_str(&csv_row(&[
            said.report.clone(),
            or_empty(report.and_then(|report| report.publisher.as_ref())),
            or_empty(report.and_then(|report| report.published.as_ref())),
            or_empty(said.speaker.as_ref()),
            or_empty(said.source.as_ref()),
            said.content.clone(),
            said.kind.clone(),
            said.reported_by.join("; "),
            or_empty(said.medium.as_ref()),
            or_empty(said.addressee.as_ref()),
            said.of.clone(),
            said.start.to_string(),
            said.end.to_string(),
        ]));
    }
    table
}

/// A number, or nothing.
pub(crate) fn number(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
