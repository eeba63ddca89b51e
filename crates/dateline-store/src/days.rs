//! The first and the last day of a time as it is printed, for comparing times in SQL.

use jiff::civil::{Date, date};

/// First and last day of `2016`, `2016-10`, `2016-10-19`, `2016-10-19T14:05` or of a stretch `A/B`.
pub(crate) fn days(value: &str) -> Option<(String, String)> {
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    Some((bounds(first)?.0.to_string(), bounds(last)?.1.to_string()))
}

/// A day, month or year, from its first day to its last.
pub(crate) fn bounds(value: &str) -> Option<(Date, Date)> {
    let mut parts = value.get(..value.len().min(10))?.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok().filter(|year| (1..=9999).contains(year))?;
    let Some(month) = parts.next() else { return Some((date(year, 1, 1), date(year, 12, 31))) };
    let first = Date::new(year, month.parse().ok()?, 1).ok()?;
    match parts.next() {
        None => Some((first, first.last_of_month())),
        Some(day) => {
            let day = Date::new(year, first.month(), day.parse().ok()?).ok()?;
            Some((day, day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_first_and_a_last_day() {
        for (value, expected) in [
            ("2016-10-19", Some(("2016-10-19", "2016-10-19"))),
            ("2016-10-19T14:05+03:00", Some(("2016-10-19", "2016-10-19"))),
            ("2016-02", Some(("2016-02-01", "2016-02-29"))),
            ("2016", Some(("2016-01-01", "2016-12-31"))),
            ("2016-07-09/2016-08", Some(("2016-07-09", "2016-08-31"))),
            ("2016-13", None),
            ("soon", None),
            ("", None),
        ] {
            let expected = expected.map(|(first, last)| (first.to_owned(), last.to_owned()));
            assert_eq!(days(value), expected, "{value}");
        }
    }
}
