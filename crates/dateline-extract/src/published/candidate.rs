//! A date that might be the day of publication, before any is chosen.

use dateline_model::{Basis, ByteSpan, Moment};
use jiff::civil::Date;

use super::address::{AddressPrecision, address_date};
use super::calendar::Calendar;
use super::clue::Clue;
use super::glyph::number;
use super::written::{Style, WrittenDate, written_dates};

/// A date, where it was found, and the clue that its place gives.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The moment.
    pub(crate) moment: Moment,
    /// The day that its figures give with the month first, while that is open.
    pub(crate) month_first: Option<Moment>,
    /// The clue.
    pub(crate) clue: Clue,
    /// What told it.
    pub(crate) basis: Basis,
    /// The words.
    pub(crate) quote: String,
    /// Where they stand in the capture.
    pub(crate) bytes: Option<ByteSpan>,
}

impl Candidate {
    /// The day.
    pub(crate) fn day(&self) -> Date {
        self.moment.day()
    }

    /// Does it name a month and no day?
    pub(crate) fn is_month(&self) -> bool {
        matches!(self.clue, Clue::AddressMonth | Clue::ImageMonth)
    }

    /// The day in an address, under one clue, or its month, under another.
    pub(crate) fn of_address(
        calendar: &Calendar,
        address: &str,
        clues: (Clue, Clue),
        bytes: Option<ByteSpan>,
    ) -> Option<Self> {
        let found = address_date(calendar, address)?;
        let clue = match found.precision {
            AddressPrecision::Day => clues.0,
            AddressPrecision::Month => clues.1,
        };
        let (moment, quote) = (Moment::Day(found.day), address[found.span].to_owned());
        Some(Self { moment, month_first: None, clue, basis: Basis::Url, quote, bytes })
    }
}

/// A moment as machines write it: ISO 8601, RFC 2822, or anything that a page would print. The second
/// is the reading with the month first, where figures leave it open.
pub(crate) fn told_moment(calendar: &Calendar, value: &str) -> Option<(Moment, Option<Moment>)> {
    let value = value.trim();
    if value.len() > LONGEST_VALUE {
        return None;
    }
    if let Ok(moment) = value.parse::<Moment>() {
        return Some((moment, None));
    }
    let written = written_dates(calendar, value).into_iter().next();
    written.map(|date| readings(&date)).or_else(|| Some((packed(value).or_else(|| epoch(value))?, None)))
}

/// Both readings of a written date.
pub(crate) fn readings(date: &WrittenDate) -> (Moment, Option<Moment>) {
    let other = date.month_first.filter(|_| date.style == Style::EitherFirst);
    (date.moment(date.day), other.map(|day| date.moment(day)))
}

/// No date is longer; what is longer is a sentence or worse.
const LONGEST_VALUE: usize = 80;

/// `20161223`, `20161223T230200`, `20161223230200`.
fn packed(value: &str) -> Option<Moment> {
    let run = number(value, 0)?;
    let day: Date = match run.digits {
        8 | 12 | 14 => {
            format!("{}-{}-{}", &value.get(..4)?, &value.get(4..6)?, &value.get(6..8)?).parse().ok()?
        }
        _ => return None,
    };
    (1990..2100).contains(&day.year()).then_some(Moment::Day(day))
}

/// Seconds or milliseconds since 1970, as scripts count them.
fn epoch(value: &str) -> Option<Moment> {
    let whole = value.bytes().all(|b| b.is_ascii_digit());
    let seconds: i64 = match value.len() {
        10 if whole => value.parse().ok()?,
        13 if whole => value[..10].parse().ok()?,
        _ => return None,
    };
    let at = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    (1995..2100).contains(&at.year()).then_some(Moment::Time { at, offset: Some(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_as_machines_write_them() {
        let calendar = Calendar::new();
        for (value, expected) in [
            ("2016-12-23T23:02:00+01:00", "2016-12-23T23:02+01:00"),
            ("Fri, 23 Dec 2016 23:02:10 GMT", "2016-12-23T23:02:10Z"),
            ("20161223", "2016-12-23"),
            ("20161223T230200Z", "2016-12-23"),
            ("1482534130", "2016-12-23T23:02:10Z"),
            ("1482534130000", "2016-12-23T23:02:10Z"),
            ("23.12.2016", "2016-12-23"),
            ("soon", ""),
            ("12345678", ""),
        ] {
            let got = told_moment(&calendar, value).map_or_else(String::new, |m| m.0.to_string());
            assert_eq!(got, expected, "{value}");
        }
    }
}
