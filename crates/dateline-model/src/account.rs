//! One report's telling of one event: its acts, times, places, parties and figures, each with the
//! words that carry it.
//!
//! An account is made of one report alone. What several accounts tell together is an
//! [`EventRecord`](crate::EventRecord).

use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::claim::{Citation, CitedText};
use crate::event::{CountKind, EventType, Nearness};
use crate::figure::Figure;
use crate::place::PlaceScale;

/// Words of a report, and where they stand in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Words {
    /// In which of the report's texts, and where.
    pub of: CitedText,
    /// The words, exactly as they stand there.
    pub quote: String,
}

impl Words {
    /// The words as a proof, once it is said whose they are.
    #[must_use]
    pub fn cite(&self, article: &str) -> Citation {
        Citation { article: article.to_owned(), of: self.of, quote: self.quote.clone() }
    }
}

/// One report's telling of one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// What is done, in the order in which it is told; never empty. The first is what the event is.
    pub acts: Vec<Act>,
    /// When, the surest first.
    pub times: Vec<ToldTime>,
    /// Where, the surest first.
    pub places: Vec<ToldPlace>,
    /// Who takes part.
    pub parties: Vec<ToldParty>,
    /// How many were killed, hurt, arrested: of each kind the figure that the report puts first comes
    /// first.
    pub counts: Vec<ToldCount>,
    /// The bodies that the account rests on: monitors, ministries, agencies, by key.
    pub sources: Vec<ToldSource>,
    /// How much the report makes of it.
    pub prominence: Prominence,
    /// The sentences that tell it.
    pub telling: Vec<Words>,
}

impl Account {
    /// Keys of all whom it speaks of: who takes part, who gives figures, on whom it rests.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let parties = self.parties.iter().map(|party| party.key.as_str());
        let givers = self.counts.iter().filter_map(|count| count.by.as_deref());
        parties.chain(givers).chain(self.sources.iter().map(|source| source.key.as_str()))
    }

    /// Puts the surest times and places first: what says which day before what says about when, and then what stands
    /// nearer to the event's own words; what is local before what is not, then what its own sentence names, then what
    /// is on the map; of equals what is told first.
    pub fn sort(&mut self) {
        self.times.sort_by_key(|time| (time.precision, time.nearness));
        let is_context = |place: &ToldPlace| place.nearness == Nearness::Context;
        self.places.sort_by_key(|place| (!place.is_local(), is_context(place), place.at.is_none()));
    }
}

/// How much a report makes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Prominence {
    /// It is told further down.
    Body,
    /// It is told in the opening sentences.
    Lead,
    /// It is told in the headline.
    Headline,
}

/// One act, as one sentence tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// PLOVER's type.
    pub event_type: EventType,
    /// PLOVER's mode within the type.
    pub mode: Option<String>,
    /// CAMEO's code.
    pub cameo: String,
    /// The words that tell of it.
    pub words: Words,
}

/// A time that a report gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldTime {
    /// TIMEX3's value, with `X` for what is not known.
    pub value: String,
    /// The days that it covers; none where they are not known.
    pub days: Option<Days>,
    /// How much it says of the day.
    pub precision: TimePrecision,
    /// How near to the event's own words it stands.
    pub nearness: Nearness,
    /// The words.
    pub words: Words,
}

impl ToldTime {
    /// The weekday of a value of no known week, such as `XXXX-WXX-3`.
    #[must_use]
    pub fn weekday(&self) -> Option<Weekday> {
        let number = self.value.strip_prefix("XXXX-WXX-")?.get(..1)?.parse().ok()?;
        Weekday::from_monday_one_offset(number).ok()
    }

    /// The days, where they say which day it was.
    #[must_use]
    pub fn exact_days(&self) -> Option<Days> {
        self.days.filter(|_| self.precision == TimePrecision::Day)
    }
}

/// How much a time says of the day, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimePrecision {
    /// A day, or few.
    Day,
    /// A weekday of no known week.
    Weekday,
    /// A month, a year.
    Stretch,
    /// Nothing that the calendar knows.
    Open,
}

/// A stretch of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Days {
    /// A single day.
    #[must_use]
    pub fn one(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// What both cover; none where they exclude each other.
    #[must_use]
    pub fn common(self, other: Self) -> Option<Self> {
        let common = Self { first: self.first.max(other.first), last: self.last.min(other.last) };
        (common.first <= common.last).then_some(common)
    }

    /// How many days.
    #[must_use]
    pub fn count(self) -> i32 {
        Self::apart(self.first, self.last) + 1
    }

    /// How many days lie between the nearest ends of two stretches; 0 where they touch or overlap by
    /// a day.
    #[must_use]
    pub fn distance(self, other: Self) -> i32 {
        Self::apart(self.last, other.first).max(Self::apart(other.last, self.first)).max(0)
    }

    fn apart(from: Date, to: Date) -> i32 {
        i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
    }
}

/// A text that is no day, month, year or stretch of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysError(pub String);

impl std::fmt::Display for DaysError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:?} is no day, month or year (2016-10-19, 2016-10, 2016), nor a stretch A/B of them",
            self.0
        )
    }
}

impl std::error::Error for DaysError {}

impl FromStr for Days {
    type Err = DaysError;

    /// Reads what [`Days`] prints, and moments, of which the day counts. A stretch that ends before it begins
    /// is none.
    fn from_str(value: &str) -> Result<Self, DaysError> {
        let (first, last) = value.split_once('/').unwrap_or((value, value));
        let stretch = || Some(Self { first: calendar(first)?.first, last: calendar(last)?.last });
        stretch().filter(|days| days.first <= days.last).ok_or_else(|| DaysError(value.to_owned()))
    }
}

/// A day, month or year, from its first day to its last.
fn calendar(value: &str) -> Option<Days> {
    let day = value.split_once('T').map_or(value, |(day, _)| day);
    let mut parts = day.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok().filter(|year| (1..=9999).contains(year))?;
    let Some(month) = parts.next() else {
        return Some(Days { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? });
    };
    let first = Date::new(year, month.parse().ok()?, 1).ok()?;
    match parts.next() {
        None => Some(Days { first, last: first.last_of_month() }),
        Some(day) => Some(Days::one(Date::new(year, first.month(), day.parse().ok()?).ok()?)),
    }
}

impl std::fmt::Display for Days {
    /// A day, a month or year (`2016-10`, `2016`), or both ends: `2016-07-09/2016-07-10`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, last) = (self.first, self.last);
        if first == last {
            write!(f, "{first}")
        } else if first == first.first_of_year() && last == first.last_of_year() {
            write!(f, "{:04}", first.year())
        } else if first == first.first_of_month() && last == first.last_of_month() {
            write!(f, "{:04}-{:02}", first.year(), first.month())
        } else {
            write!(f, "{first}/{last}")
        }
    }
}

/// A place that a report names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldPlace {
    /// Number in GeoNames, where the place is known there.
    pub geonames: Option<u32>,
    /// Degrees north and degrees east, where it is known on the map.
    pub at: Option<(f32, f32)>,
    /// ISO 3166 code of the country, three letters.
    pub country: Option<String>,
    /// How large it is, where it is known on the map.
    pub scale: Option<PlaceScale>,
    /// How near to the event's own words it stands.
    pub nearness: Nearness,
    /// The words.
    pub words: Words,
}

impl ToldPlace {
    /// Does it say where within a country? A name that is on no map does.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.scale.is_none_or(|scale| scale < PlaceScale::Region)
    }
}

/// Someone who takes part in an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldParty {
    /// The same for all spellings in all reports, lower case: `bashar al-assad`.
    pub key: String,
    /// The fullest name as the report prints it, or the words where no name is known.
    pub name: String,
    /// Is it known who is meant, by a name in the report?
    pub named: bool,
    /// Wikidata's id, where it is known.
    pub link: Option<String>,
    /// CAMEO's and PLOVER's code.
    pub code: Option<String>,
    /// What part.
    pub role: Role,
    /// Which of the account's acts, by index.
    pub act: u32,
    /// The words.
    pub words: Words,
}

/// What part someone has in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who does it, or takes part on equal terms.
    Actor,
    /// To whom it is done.
    Recipient,
    /// Who is there besides.
    Attendee,
}

impl Role {
    /// As it is printed: `actor`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Attendee => "attendee",
        }
    }
}

/// How many were killed, hurt, arrested, driven out, or took part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldCount {
    /// What became of those counted.
    pub kind: CountKind,
    /// The number.
    pub figure: Figure,
    /// Key of the body that gives it, where the report names one.
    pub by: Option<String>,
    /// The words.
    pub words: Words,
}

/// A body that an account rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ToldSource {
    /// The same for all spellings in all reports.
    pub key: String,
    /// The words that name it.
    pub words: Words,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_printed_as_coarse_as_they_are() {
        for (first, last, expected) in [
            ("2016-10-19", "2016-10-19", "2016-10-19"),
            ("2016-10-01", "2016-10-31", "2016-10"),
            ("2016-01-01", "2016-12-31", "2016"),
            ("2016-07-09", "2016-07-10", "2016-07-09/2016-07-10"),
        ] {
            let days = Days { first: first.parse().unwrap(), last: last.parse().unwrap() };
            assert_eq!(days.to_string(), expected);
        }
    }

    #[test]
    fn days_are_read_as_they_are_printed() {
        for (value, expected) in [
            ("2016-10-19", Some("2016-10-19")),
            ("2016-10-19T14:05+03:00", Some("2016-10-19")),
            ("2016-02", Some("2016-02")),
            ("2016", Some("2016")),
            ("2016-07-09/2016-08", Some("2016-07-09/2016-08-31")),
            ("2016-13", None),
            ("2016-10-199", None),
            ("2016-10-19 or so", None),
            ("2016-10-19/2016-10-12", None),
            ("soon", None),
            ("", None),
        ] {
            let read = value.parse::<Days>().ok().map(|days| days.to_string());
            assert_eq!(read.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn weekdays_are_read_from_open_values() {
        let told = |value: &str| ToldTime {
            value: value.to_owned(),
            days: None,
            precision: TimePrecision::Weekday,
            nearness: Nearness::Clause,
            words: Words { of: CitedText::Published, quote: String::new() },
        };
        assert_eq!(told("XXXX-WXX-3").weekday(), Some(Weekday::Wednesday));
        assert_eq!(told("XXXX-WXX-3TEV").weekday(), Some(Weekday::Wednesday));
        assert_eq!(told("2016-10-19").weekday(), None);
        assert_eq!(told("XXXX-WXX-9").weekday(), None);
    }

    #[test]
    fn days_lie_apart_or_touch() {
        let day = |day: i8| Days::one(Date::constant(2016, 10, day));
        assert_eq!(day(3).distance(day(5)), 2);
        assert_eq!(day(5).distance(day(3)), 2);
        assert_eq!(day(5).distance(day(5)), 0);
        assert_eq!(day(5).common(day(6)), None);
        assert_eq!(Days { first: day(3).first, last: day(5).last }.count(), 3);
    }
}
