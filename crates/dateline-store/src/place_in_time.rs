//! Where an event stands among the others: by the first day that any account gives, undated ones last, then by name.

use dateline_model::Days;
use serde_json::Value;

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

    /// The place of the event of that line.
    pub(crate) fn of(event: &str, line: &Value) -> Self {
        let time = &line["time"];
        let claims = time["claims"].as_array().into_iter().flatten().chain([time]);
        let days = claims.filter_map(|claim| claim["value"].as_str()?.parse::<Days>().ok());
        let first = days.map(|days| days.first).min();
        let first_told = first.map_or_else(|| UNDATED.to_owned(), |day| day.to_string());
        Self { first_told, event: event.to_owned() }
    }
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
            let line = serde_json::from_str(&format!(r#"{{"event": "a", "time": {time}}}"#)).unwrap();
            assert_eq!(PlaceInTime::of("a", &line).first_told, expected);
        }
    }
}
