//! Events as POLECAT writes them in PLOVER's codes: 40 columns, tab-separated, with a header.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dateline_model::{EventType, Quad};

use dateline_model::KeptReport;

use crate::csv::number;
use crate::delimited::{or_empty, tsv_row};
use crate::event_view::{EventView, FieldView};

const HEADER: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The table, and how many events have no row because they have no day.
#[must_use]
pub fn plover_rows(events: &[(EventView, String)], reports: &[KeptReport]) -> (String, usize) {
    let rows: Vec<_> = events.iter().filter_map(|(event, _)| row(event, reports)).collect();
    let left_out = events.len() - rows.len();
    let mut table = tsv_row(&HEADER.map(str::to_owned));
    table.extend(rows.iter().map(|row| tsv_row(row)));
    (table, left_out)
}

fn row(event: &EventView, reports: &[KeptReport]) -> Option<Vec<String>> {
    let day = event.time_value().filter(|time| !time.contains('/')).and_then(|time| time.get(..10))?;
    let event_type = event.event_type.as_deref()?;
    let first = event
        .accounts
        .iter()
        .min_by_key(|account| (account.published.is_none(), &account.published, &account.id))?;
    let report =
        reports.binary_search_by(|report| report.id.cmp(&first.id)).ok().and_then(|n| reports.get(n));
    let place = event.place.clone().unwrap_or_default();
    let mut row = vec![
        event.event.clone(),
        day.to_owned(),
        event_type.to_owned(),
        or_empty(event.mode.as_ref()),
        String::new(),
        quad(event_type).to_owned(),
        String::new(),
    ];
    row.extend(party(&event.in_role("actor").collect::<Vec<_>>()));
    row.extend(party(&event.in_role("recipient").collect::<Vec<_>>()));
    row.extend([
        place.shown(),
        String::new(),
        String::new(),
        String::new(),
        or_empty(place.country.as_ref()),
        number(place.lat),
        number(place.lon),
        number(place.geonames),
        place.citations.first().map(|citation| citation.quote.clone()).unwrap_or_default(),
        String::new(),
        or_empty(first.publisher.as_ref()),
        first.published.as_deref().and_then(|day| day.get(..10)).unwrap_or_default().to_owned(),
        String::new(),
        String::new(),
        String::new(),
        report.map(|report| or_empty(report.language.as_ref())).unwrap_or_default(),
        format!("dateline {}", env!("CARGO_PKG_VERSION")),
    ]);
    Some(row)
}

/// Eight columns of a side; several who act together are parted by `;`.
fn party(side: &[&FieldView]) -> [String; 8] {
    let joined = |part: &dyn Fn(&FieldView) -> String| {
        let parts: Vec<_> = side.iter().map(|who| part(who)).filter(|part| !part.is_empty()).collect();
        parts.join(";")
    };
    let code = |who: &FieldView| Code::of(who.code.as_deref().unwrap_or_default());
    let sectors = side.iter().flat_map(|who| code(who).sectors).collect::<Vec<_>>();
    [
        joined(&FieldView::shown),
        joined(&|who| code(who).country),
        joined(&|who| STATES.get(code(who).country.as_str()).map(|n| (*n).to_owned()).unwrap_or_default()),
        sectors.first().cloned().unwrap_or_default(),
        sectors.join(";"),
        String::new(),
        joined(&|who| who.citations.first().map(|citation| citation.quote.clone()).unwrap_or_default()),
        joined(&|who| or_empty(who.link.as_ref())),
    ]
}

/// An actor's code taken apart.
struct Code {
    country: String,
    sectors: Vec<String>,
}

impl Code {
    fn of(code: &str) -> Self {
        let mut groups = (0..code.len() / 3).filter_map(|n| code.get(n * 3..n * 3 + 3)).map(str::to_owned);
        let first = groups.next().unwrap_or_default();
        if STATES.contains_key(first.as_str()) {
            return Self { country: first, sectors: groups.collect() };
        }
        let sectors = std::iter::once(first).chain(groups).filter(|group| !group.is_empty()).collect();
        Self { country: String::new(), sectors }
    }
}

/// Numbers in the Correlates of War list of states by ISO 3166 code; empty for those that are not in it.
static STATES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let table = include_str!("../../../data/gazetteer/demonyms.tsv");
    let rows =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter_map(|row| Some((*row.first()?, *row.get(2)?))).collect()
});

/// PLOVER's quads as POLECAT writes them.
fn quad(event_type: &str) -> &'static str {
    match EventType::named(event_type).map(EventType::quad) {
        Some(Quad::VerbalCooperation) => "V-COOP",
        Some(Quad::MaterialCooperation) => "M-COOP",
        Some(Quad::VerbalConflict) => "V-CONF",
        Some(Quad::MaterialConflict) => "M-CONF",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_forty_columns() {
        let line = serde_json::json!({"event": "e", "type": "CONSULT", "mode": "phone", "cameo": "041",
            "time": {"value": "2016-10-19"}, "place": null,
            "participants": [{"value": "A", "role": "actor", "code": "RUSGOV"}, {"value": "B", "role": "recipient", "code": "REB"}],
            "accounts": [{"id": "r", "origin": 0}], "independent_accounts": 1});
        let event = EventView::of_line(&line.to_string()).unwrap();
        let row = row(&event, &[]).unwrap();
        assert_eq!(row.len(), 40);
        assert_eq!((row[8].as_str(), row[9].as_str(), row[10].as_str()), ("RUS", "365", "GOV"));
        assert_eq!((row[16].as_str(), row[18].as_str()), ("", "REB"));
    }
}
