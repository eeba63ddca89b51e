//! Three tables for spreadsheets and data frames: events, the accounts of each, and statements.

use dateline_model::{Column, CountKind, KeptReport, KeptStatement, Kind, Table};

use crate::delimited::{csv_row, or_empty};
use crate::event_view::{AccountView, EventView, FieldView};

/// A table as comma-separated values (RFC 4180), the columns' names first.
#[must_use]
pub fn csv(table: &Table) -> String {
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    std::iter::once(&names).chain(&table.rows).map(|row| csv_row(row)).collect()
}

/// One row for each event.
#[must_use]
pub fn events_table(events: &[(EventView, String)]) -> Table {
    let mut columns = Column::texts(&["event", "title", "type", "mode", "cameo", "time", "time_status"]);
    columns.extend(Column::texts(&["time_agreement", "place", "place_agreement"]));
    columns.push(Column::new("geonames", Kind::Whole));
    columns.extend(["latitude", "longitude"].map(|name| Column::new(name, Kind::Real)));
    columns.extend(Column::texts(&["country", "actors", "actor_codes", "recipients", "recipient_codes"]));
    columns.push(Column::new("initiator", Kind::Text));
    for count in CountKind::ALL.map(CountKind::name) {
        columns.extend(Column::texts(&[count, &format!("{count}_agreement")]));
    }
    columns.extend(["accounts", "independent_accounts"].map(|name| Column::new(name, Kind::Whole)));
    columns.extend(Column::texts(&["disputed", "reports"]));
    Table {
        name: "events",
        columns,
        rows: events.iter().map(|(event, title)| event_row(event, title)).collect(),
    }
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
pub fn accounts_table(events: &[(EventView, String)]) -> Table {
    let mut columns = Column::texts(&["event", "report", "publisher", "published"]);
    columns.push(Column::new("origin", Kind::Whole));
    columns.extend(Column::texts(&["time_as_written", "time", "time_status", "quotes"]));
    let row = |event: &EventView, account: &AccountView| {
        let time = account.time.as_ref();
        let quotes: Vec<_> = account.quotes.iter().map(|quote| quote.quote.as_str()).collect();
        vec![
            event.event.clone(),
            account.id.clone(),
            or_empty(account.publisher.as_ref()),
            or_empty(account.published.as_ref()),
            account.origin.to_string(),
            or_empty(time.and_then(|time| time.as_written.as_ref())),
            or_empty(time.and_then(|time| time.value.as_ref())),
            or_empty(time.and_then(|time| time.status.as_ref())),
            quotes.join(" | "),
        ]
    };
    let rows = events.iter().flat_map(|(event, _)| event.accounts.iter().map(move |a| row(event, a)));
    Table { name: "accounts", columns, rows: rows.collect() }
}

/// One row for each statement.
#[must_use]
pub fn statements_table(statements: &[KeptStatement], reports: &[KeptReport]) -> Table {
    let mut columns =
        Column::texts(&["report", "publisher", "published", "speaker", "source", "content", "kind"]);
    columns.extend(Column::texts(&["reported_by", "medium", "addressee", "of"]));
    columns.extend(["start", "end"].map(|name| Column::new(name, Kind::Whole)));
    let row = |said: &KeptStatement| {
        let report = reports.binary_search_by(|report| report.id.cmp(&said.report)).ok();
        let report = report.and_then(|n| reports.get(n));
        vec![
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
        ]
    };
    Table { name: "statements", columns, rows: statements.iter().map(row).collect() }
}

/// A number, or nothing.
pub(crate) fn number(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
