//! A day, or a moment of a day, as precise as the page that printed it and no more.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};

/// A day, or a minute or second of a day with its zone if one was given.
///
/// Printed in ISO 8601: `2016-12-23`, `2016-12-23T23:02`, `2016-12-23T23:02:10+03:30`.
///
/// ```
/// use dateline_model::Moment;
/// let m: Moment = "2016-12-23T23:02:00+0330".parse()?;
/// assert_eq!(m.to_string(), "2016-12-23T23:02+03:30");
/// # Ok::<(), dateline_model::MomentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A day.
    Day(Date),
    /// A time of a day, as printed where it was printed.
    Time {
        /// Civil day and time.
        at: DateTime,
        /// Offset from UTC in minutes, if the zone was given.
        offset: Option<i16>,
    },
}

/// A string that is no day or moment in ISO 8601.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentError(pub String);

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no day or moment in ISO 8601 (2016-12-23, 2016-12-23T23:02+01:00)", self.0)
    }
}

impl std::error::Error for MomentError {}

impl Moment {
    /// The day, in the zone in which the moment was given.
    #[must_use]
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Time { at, .. } => at.date(),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Time { at, offset } => {
                write!(f, "{}T{:02}:{:02}", at.date(), at.hour(), at.minute())?;
                if at.second() != 0 {
                    write!(f, ":{:02}", at.second())?;
                }
                match *offset {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(m) => {
                        write!(f, "{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60)
                    }
                }
            }
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    /// Reads ISO 8601 as the web writes it: a `T` or a space between day and time, fractions of a
    /// second (dropped), `Z`, `+01:00`, `+0100` or `+01`.
    fn from_str(s: &str) -> Result<Self, MomentError> {
        parse(s.trim()).ok_or_else(|| MomentError(s.to_owned()))
    }
}

fn parse(s: &str) -> Option<Moment> {
    let day: Date = s.get(..10)?.parse().ok()?;
    let rest = &s[10..];
    if rest.is_empty() {
        return Some(Moment::Day(day));
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let (clock, zone) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => (rest[..at].trim_end(), Some(&rest[at..])),
        None => (rest, None),
    };
    let offset = zone.map(parse_offset);
    let mut parts = clock.split(':');
    let hour = number(parts.next()?)?;
    let minute = number(parts.next()?)?;
    let second = parts.next().map_or(Some(0), |s| number(s.split(['.', ',']).next()?))?;
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let at = day.at(hour, minute, second.min(59), 0);
    match offset {
        None => Some(Moment::Time { at, offset: None }),
        Some(offset) => Some(Moment::Time { at, offset: Some(offset?) }),
    }
}

fn parse_offset(zone: &str) -> Option<i16> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "00"),
        4 => digits.split_at_checked(2)?,
        _ => return None,
    };
    let minutes = i16::from(number(hours)?) * 60 + i16::from(number(minutes)?);
    (minutes <= 18 * 60).then_some(sign * minutes)
}

fn number(s: &str) -> Option<i8> {
    if s.is_empty() || s.len() > 2 || !s.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    s.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_as_the_web_writes_it() {
        let cases = [
            ("2016-12-23", "2016-12-23"),
            ("2016-12-23T23:02", "2016-12-23T23:02"),
            ("2016-12-23 23:02:10", "2016-12-23T23:02:10"),
            ("2016-12-23T23:02:10.123Z", "2016-12-23T23:02:10Z"),
            ("2016-12-23T23:02:00-0500", "2016-12-23T23:02-05:00"),
            ("2016-12-23T23:02:00 +01", "2016-12-23T23:02+01:00"),
        ];
        for (input, expected) in cases {
            assert_eq!(input.parse::<Moment>().map(|m| m.to_string()), Ok(expected.to_owned()));
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for input in [
            "",
            "2016",
            "2016-13-01",
            "2016-02-30",
            "2016-12-23T25:00",
            "2016-12-23T1",
            "23/12/2016",
            "2016-12-2é",
            "2016-12-23T12:30+1é3",
            "2016-12-23T12:30Z\u{FFFD}",
        ] {
            assert!(input.parse::<Moment>().is_err(), "{input}");
        }
    }
}
