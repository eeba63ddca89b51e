//! Events as GDELT 2.0 writes them: 61 columns, tab-separated, no header.
//!
//! GDELT has one day and one code for each event; an event without them has no row. What Dateline does
//! not know (tone) stays empty.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dateline_model::KeptReport;

use crate::csv::number;
use crate::delimited::{or_empty, tsv_row};
use crate::event_view::{EventView, FieldView};
use crate::report_view::address;

/// The rows, and how many events have none because they have no day or no code.
#[must_use]
pub fn gdelt_rows(events: &[(EventView, String)], reports: &[KeptReport]) -> (String, usize) {
    let rows: Vec<_> = events.iter().filter_map(|(event, _)| row(event, reports)).collect();
    let left_out = events.len() - rows.len();
    (rows.iter().map(|row| tsv_row(row)).collect(), left_out)
}

fn row(event: &EventView, reports: &[KeptReport]) -> Option<Vec<String>> {
    let day = event.time_value().filter(|time| !time.contains('/')).and_then(|time| time.get(..10))?;
    let cameo = event.cameo.as_deref().filter(|code| code.len() >= 3)?;
    let digits = day.replace('-', "");
    let mut row = vec![
        identifier(&event.event).to_string(),
        digits.clone(),
        digits.get(..6)?.to_owned(),
        digits.get(..4)?.to_owned(),
        fraction(day)?,
    ];
    let (actor, recipient) = (event.in_role("actor").next(), second(event));
    row.extend(actor_columns(actor));
    row.extend(actor_columns(recipient));
    row.extend(["1".to_owned(), cameo.to_owned(), cameo.get(..3)?.to_owned(), cameo.get(..2)?.to_owned()]);
    row.extend([quad(cameo).to_owned(), goldstein(cameo)]);
    let publishers: std::collections::BTreeSet<_> =
        event.accounts.iter().map(|account| account.publisher.as_deref().unwrap_or(&account.id)).collect();
    let mentions: usize = event.accounts.iter().map(|account| account.quotes.len()).sum();
    row.extend([mentions, publishers.len(), event.accounts.len()].map(|n| n.to_string()));
    row.push(String::new());
    row.extend([(); 16].map(|()| String::new()));
    row.extend(geography(event.place.as_ref()));
    let first = event
        .accounts
        .iter()
        .min_by_key(|account| (account.published.is_none(), &account.published, &account.id))?;
    row.push(added(first.published.as_deref().unwrap_or(day)));
    let report =
        reports.binary_search_by(|report| report.id.cmp(&first.id)).ok().and_then(|n| reports.get(n));
    row.push(report.map_or_else(|| first.id.clone(), address));
    Some(row)
}

/// To whom it is done; of those who act alike, the second.
fn second(event: &EventView) -> Option<&FieldView> {
    event.in_role("recipient").next().or_else(|| event.in_role("actor").nth(1))
}

/// A number that is the same for the same name in every build: FNV-1a, cut to what a double holds.
fn identifier(name: &str) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash % 1_000_000_000_000_000
}

/// The year with the share of it that has passed, as GDELT counts it: in months of 30 days.
fn fraction(day: &str) -> Option<String> {
    let mut parts = day.split('-').map(|part| part.parse::<f64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(format!("{:.4}", year + ((month - 1.0) * 30.0 + day) / 365.0))
}

/// Ten columns of an actor: code, name, country, known group, ethnic group, two religions, three types.
fn actor_columns(actor: Option<&FieldView>) -> [String; 10] {
    let mut columns: [String; 10] = Default::default();
    let Some(actor) = actor else { return columns };
    let code = or_empty(actor.code.as_ref());
    let groups: Vec<&str> = (0..code.len() / 3).filter_map(|n| code.get(n * 3..n * 3 + 3)).collect();
    let (mut religions, mut types) = (5..7, 7..10);
    for group in groups {
        let place = if COUNTRIES.contains_key(group) {
            Some(2)
        } else if RELIGIONS.contains(&group) {
            religions.next()
        } else {
            types.next()
        };
        if let Some(cell) = place.and_then(|place| columns.get_mut(place)) {
            group.clone_into(cell);
        }
    }
    columns[0] = code;
    columns[1] = actor.shown().to_uppercase();
    columns
}

/// CAMEO's groups of three letters for religions.
static RELIGIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/export/religions.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// ISO 3166 to FIPS 10-4.
static COUNTRIES: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../../../data/export/fips.tsv")));

static GOLDSTEIN: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../../../data/export/goldstein.tsv")));

fn pairs(table: &'static str) -> BTreeMap<&'static str, &'static str> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}

/// The value of the longest beginning of the code that has one.
fn goldstein(cameo: &str) -> String {
    let beginnings = (2..=cameo.len()).rev().filter_map(|end| cameo.get(..end));
    beginnings
        .filter_map(|code| GOLDSTEIN.get(code))
        .next()
        .map(|value| (*value).to_owned())
        .unwrap_or_default()
}

/// 1 and 2 words and deeds of cooperation, 3 and 4 words and deeds of conflict.
fn quad(cameo: &str) -> &'static str {
    match cameo.get(..2).and_then(|root| root.parse::<u8>().ok()) {
        Some(0..=5) => "1",
        Some(6..=8) => "2",
        Some(9..=13) => "3",
        Some(_) => "4",
        None => "",
    }
}

/// Eight columns: type, name, country in FIPS, two districts, latitude, longitude, feature.
fn geography(place: Option<&FieldView>) -> [String; 8] {
    let mut columns: [String; 8] = Default::default();
    let Some((place, name)) = place.and_then(|place| Some((place, place.text()?))) else {
        columns[0] = "0".to_owned();
        return columns;
    };
    // 4 is GDELT's "world city"; what is not on the map is 0.
    columns[0] = if place.lat.is_some() { "4" } else { "0" }.to_owned();
    name.clone_into(&mut columns[1]);
    let country = place.country.as_deref().and_then(|country| COUNTRIES.get(country));
    columns[2] = country.map(|fips| (*fips).to_owned()).unwrap_or_default();
    columns[5] = number(place.lat);
    columns[6] = number(place.lon);
    columns[7] = number(place.geonames);
    columns
}

/// When the first report was published, to the second, as 14 digits.
fn added(published: &str) -> String {
    let digits: String = published.chars().take(19).filter(char::is_ascii_digit).collect();
    format!("{digits:0<14}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_sixty_one_columns() {
        let line = serde_json::json!({"event": "e", "type": "CONSULT", "mode": "phone", "cameo": "041",
            "time": {"value": "2016-10-19", "agreement": "single"},
            "place": {"value": "Moscow", "lat": 55.75, "lon": 37.6, "country": "RUS"},
            "participants": [{"value": "A", "role": "actor", "code": "RUSGOV"}, {"value": "B", "role": "actor", "code": "REB"}],
            "accounts": [{"id": "r", "origin": 0, "published": "2016-10-20T09:30"}], "independent_accounts": 1});
        let event = EventView::of_line(&line.to_string()).unwrap();
        let row = row(&event, &[]).unwrap();
        assert_eq!(row.len(), 61);
        assert_eq!(row[1..5], ["20161019", "201610", "2016", "2016.7918"]);
        assert_eq!((row[5].as_str(), row[7].as_str(), row[12].as_str()), ("RUSGOV", "RUS", "GOV"));
        assert_eq!((row[17].as_str(), row[22].as_str()), ("", "REB"));
        assert_eq!(row[25..31], ["1", "041", "041", "04", "1", "1"]);
        assert_eq!((row[52].as_str(), row[53].as_str()), ("Moscow", "RS"));
        assert_eq!((row[59].as_str(), row[60].as_str()), ("20161020093000", "r"));
    }

    #[test]
    fn a_code_has_the_value_of_its_beginning() {
        for (code, expected) in [("0312", "5.2"), ("042", "1.9"), ("1823", "-10"), ("190", "-10"), ("99", "")]
        {
            assert_eq!(goldstein(code), expected, "{code}");
        }
    }
}
