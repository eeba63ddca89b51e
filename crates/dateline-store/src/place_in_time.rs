//! Where an event stands among the others: by the first day that any account gives, undated ones last, then by name.

use dateline_model::Days;
use serde::Deserialize;

use crate::error::StoreError;
use crate::record::EventEntry;

/// Where an event stands among the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PlaceInTime {
    /// The first day that any account gives, or [`UNDATED`].
    pub(crate) first_told: String,
    /// The event's name.
    pub(crate) event: String,
}

/// In place of a day: behind all days.
pub(crate) const UNDATED: &str = "~";

/// From one event's number to the next one's.
pub(crate) const ROOM: i64 = 1 << 20;

/// Numbers of undated events begin here, so that there always is room behind the last day.
pub(crate) const LEAST_UNDATED: i64 = 1 << 50;

impl PlaceInTime {
    /// All numbers of events like this are greater.
    pub(crate) fn least_number(&self) -> i64 {
        if self.first_told == UNDATED { LEAST_UNDATED } else { 0 }
    }
}

#[derive(Deserialize)]
struct Line {
    event: String,
    time: Option<Time>,
}

#[derive(Deserialize)]
struct Time {
    value: Option<String>,
    #[serde(default)]
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    value: Option<String>,
}

/// The place of an event, by its line.
pub(crate) fn place_in_time(entry: &EventEntry) -> Result<PlaceInTime, StoreError> {
    let line: Line =
        serde_json::from_str(&entry.line).map_err(|error| StoreError::Part(error.to_string()))?;
    let time = line.time.map(|time| [Claim { value: time.value }].into_iter().chain(time.claims));
    let days = time.into_iter().flatten().filter_map(|claim| claim.value?.parse::<Days>().ok());
    let first = days.map(|days| days.first).min();
    let first_told = first.map_or_else(|| UNDATED.to_owned(), |day| day.to_string());
    Ok(PlaceInTime { first_told, event: line.event })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_day_that_is_told_counts() {
        for (time, expected) in [
            (r#"{"value": "2016-10", "citations": []}"#, "2016-10-01"),
            (
                r#"{"value": null, "claims": [{"value": "2016-10-20"}, {"value": "2016-10-19"}]}"#,
                "2016-10-19",
            ),
            ("null", UNDATED),
        ] {
            let line = format!(r#"{{"event": "a", "time": {time}}}"#);
            let place = place_in_time(&EventEntry { line, title: String::new() }).unwrap();
            assert_eq!(place.first_told, expected);
        }
    }
}
