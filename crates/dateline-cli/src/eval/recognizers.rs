//! Our times as the cases of Microsoft's Recognizers-Text write them: calls of an assistant, not TimeML.
//!
//! | by their convention | ours | theirs |
//! |---|---|---|
//! | a stretch has its ends | `P3D`, "the next 3 days" | `(2016-11-08,2016-11-11,P3D)` |
//! | a few are three | `PXW` | `P3W` |
//! | counted to the day | `2016-09`, "two months ago" | `2016-09-07` |
//! | a part of a day leaves the week open | `2016-11-08TMO`, "Tuesday morning" | `XXXX-WXX-2TMO` |
//! | a weekend that comes again is a length | `XXXX-WXX-WE` | `P1WE` |
//! | an end of a range is a day | `PRESENT_REF`, "until now" | `2016-11-07` |
//! | the end of a day is its last second | `2016-11-08` END | `2016-11-08T23:59:59` |
//! | fiscal and school years are marked | `2015` | `FY2015` |
//! | a bare season has no year | `2017-SU` | `SU` |

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use dateline_model::{Moment, Report, TimeExpression, TimeModifier, TimeType};
use jiff::Span;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

/// By which difference a value was rewritten.
pub(crate) type Convention = &'static str;

/// The convention, with its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Recognizers {
    stretch: Stretch,
    offset: Offset,
    part_of_day: PartOfDay,
    range: Range,
    year: Year,
    season: Season,
}

impl Recognizers {
    /// The words of `data/eval/recognizers.toml`.
    pub(crate) fn english() -> Result<Self> {
        toml::from_str(WORDS).context("data/eval/recognizers.toml lists the words of a convention")
    }

    /// Their value of one of our times, and by which of their conventions it differs; none where it does not.
    pub(crate) fn theirs(&self, report: &Report, time: &TimeExpression) -> Option<(Convention, String)> {
        let words = report.words(time.span).to_lowercase();
        let before = report.text.get(..time.span.range().start).unwrap_or_default();
        let before = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        let said = Said { by: self, words: &words, before: &before, time, now: report.document_time.0 };
        let named = |name: Convention| move |value: String| (name, value);
        said.stretch()
            .map(named("a stretch has its ends"))
            .or_else(|| said.few().map(named("a few are three")))
            .or_else(|| said.to_the_day().map(named("counted to the day")))
            .or_else(|| said.part_of_day().map(named("a part of a day leaves the week open")))
            .or_else(|| said.any_weekend().map(named("a weekend that comes again is a length")))
            .or_else(|| said.end_of_range().map(named("an end of a range is a day")))
            .or_else(|| said.last_second().map(named("the end of a day is its last second")))
            .or_else(|| said.marked_year().map(named("fiscal and school years are marked")))
            .or_else(|| said.bare_season().map(named("a bare season has no year")))
    }
}

const WORDS: &str = include_str!("../../../../data/eval/recognizers.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stretch {
    within: Vec<String>,
    past: Vec<String>,
    ahead: Vec<String>,
    whole: Vec<String>,
    few: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Offset {
    ago: Vec<String>,
    r#in: Vec<String>,
    units: Vec<String>,
    named: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PartOfDay {
    dated: Vec<String>,
    alone: Vec<String>,
    weekday_end: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Range {
    ends: Vec<String>,
    itself: String,
    last_second: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    unit: Vec<String>,
    marks: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Season {
    codes: Vec<String>,
    dated: Vec<String>,
}

/// One time with the words that tell it and the word before them, in small letters.
struct Said<'a> {
    by: &'a Recognizers,
    words: &'a str,
    before: &'a str,
    time: &'a TimeExpression,
    now: Option<Moment>,
}

impl Said<'_> {
    fn has(&self, words: &[String]) -> bool {
        self.words.split(|c: char| !c.is_alphanumeric()).any(|word| words.iter().any(|known| known == word))
    }

    fn follows(&self, words: &[String]) -> bool {
        words.iter().any(|known| known == self.before)
    }

    fn today(&self) -> Option<Date> {
        self.now.map(Moment::day)
    }

    /// "The next 3 days", "within 5 minutes", "the past two quarters".
    fn stretch(&self) -> Option<String> {
        if self.time.time_type != TimeType::Duration || self.time.modifier.is_some() {
            return None;
        }
        let by = &self.by.stretch;
        let within = self.follows(&by.within);
        let past = self.has(&by.past);
        let ahead = within || self.has(&by.ahead);
        if !past && !ahead {
            return None;
        }
        let length = self.few().unwrap_or_else(|| self.time.value.clone());
        if self.has(&by.whole) {
            return self.whole_units(&length, past);
        }
        let span: Span = length.parse().ok()?;
        if length.contains('T') {
            let now = self.minute()?;
            let other = now.checked_add(if past { span.checked_mul(-1).ok()? } else { span }).ok()?;
            let (first, last) = if past { (other, now) } else { (now, other) };
            return Some(format!("({},{},{length})", clock(first), clock(last)));
        }
        let today = self.today()?;
        let first = match (past, within) {
            (true, _) => today.checked_sub(span).ok()?,
            (_, true) => today,
            _ => today.tomorrow().ok()?,
        };
        Some(format!("({first},{},{length})", if past { today } else { first.checked_add(span).ok()? }))
    }

    /// Quarters and decades are counted in whole ones.
    fn whole_units(&self, length: &str, past: bool) -> Option<String> {
        let today = self.today()?;
        let count: i32 = length.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
        let (unit, size) = if length.ends_with('Q') { (3, 3) } else { (12, 120) };
        let months = count.checked_mul(unit)?;
        let at = i32::from(today.year()).checked_mul(12)?.checked_add(i32::from(today.month()) - 1)?;
        let begin = at.div_euclid(size).checked_mul(size)?.checked_add(if past { 0 } else { size })?;
        let first = if past { begin.checked_sub(months)? } else { begin };
        let printed = if size == 3 { format!("P{months}M") } else { length.to_owned() };
        Some(format!("({},{},{printed})", month_begin(first)?, month_begin(first.checked_add(months)?)?))
    }

    fn minute(&self) -> Option<DateTime> {
        match self.now? {
            Moment::Day(day) => Some(day.at(0, 0, 0, 0)),
            Moment::Time { at, .. } => Some(at),
        }
    }

    fn few(&self) -> Option<String> {
        let vague = self.time.time_type == TimeType::Duration && self.has(&self.by.stretch.few);
        (vague && self.time.value.contains('X')).then(|| self.time.value.replace('X', "3"))
    }

    /// "Two months ago" is a month to TimeML.
    fn to_the_day(&self) -> Option<String> {
        let by = &self.by.offset;
        let counted = self.has(&by.ago) || self.follows(&by.r#in) && self.time.time_type == TimeType::Date;
        let unit = self.has(&by.units) && !self.has(&by.named) && self.time.modifier.is_none();
        let value = self.time.value.as_str();
        let today =
            self.today().filter(|_| counted && unit && value.starts_with(|c: char| c.is_ascii_digit()))?;
        match value.len() {
            7 => Some(format!("{value}-{:02}", today.day())),
            4 => Some(format!("{value}-{:02}-{:02}", today.month(), today.day())),
            _ => None,
        }
    }

    /// "Tuesday morning", "Feb 5 AM", "the afternoon".
    fn part_of_day(&self) -> Option<String> {
        let by = &self.by.part_of_day;
        let (day, part) = self.time.value.split_once('T')?;
        let date: Date = day.parse().ok()?;
        if !part.chars().all(char::is_alphabetic) || self.has(&by.dated) {
            return None;
        }
        let mut words = self.words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        if words.all(|word| by.alone.iter().any(|known| known == word)) {
            return Some(format!("T{part}"));
        }
        let figures = self.words.contains(|c: char| c.is_ascii_digit());
        let weekday = self.words.split(|c: char| !c.is_alphabetic()).any(|w| w.ends_with(&by.weekday_end));
        match (weekday, figures) {
            (true, false) => Some(format!("XXXX-WXX-{}T{part}", date.weekday().to_monday_one_offset())),
            (false, true) => Some(format!("XXXX-{}T{part}", day.get(5..)?)),
            _ => None,
        }
    }

    /// "Every weekend".
    fn any_weekend(&self) -> Option<String> {
        (self.time.time_type == TimeType::Set && self.time.value == "XXXX-WXX-WE").then(|| "P1WE".to_owned())
    }

    /// "Until now", "from March to date".
    fn end_of_range(&self) -> Option<String> {
        let after = self.follows(&self.by.range.ends) || self.words == self.by.range.itself;
        (self.time.value == "PRESENT_REF" && after).then_some(())?;
        Some(self.today()?.to_string())
    }

    fn last_second(&self) -> Option<String> {
        let end = self.time.modifier == Some(TimeModifier::End)
            && self.words.contains(self.by.range.last_second.as_str());
        self.time.value.parse::<Date>().ok().filter(|_| end).map(|day| format!("{day}T23:59:59"))
    }

    fn marked_year(&self) -> Option<String> {
        let by = &self.by.year;
        let year = self.time.value.len() == 4 && self.has(&by.unit);
        let (mark, _) = by.marks.iter().find(|(_, words)| year && self.has(words))?;
        Some(format!("{mark}{}", self.time.value))
    }

    fn bare_season(&self) -> Option<String> {
        let by = &self.by.season;
        let (_, season) = self.time.value.split_once('-')?;
        let bare = !self.words.contains(|c: char| c.is_ascii_digit()) && !self.has(&by.dated);
        (bare && by.codes.iter().any(|code| code == season)).then(|| season.to_owned())
    }
}

fn month_begin(months: i32) -> Option<Date> {
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    Date::new(year, i8::try_from(months.rem_euclid(12)).ok()?.checked_add(1)?, 1).ok()
}

fn clock(at: DateTime) -> String {
    format!("{}T{:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second())
}

#[cfg(test)]
mod tests {
    use dateline_model::{AnnotatedText, DocumentTime, TimeAnchor};

    use super::*;

    /// A sentence with its time in brackets, our type and value; theirs.
    fn check(marked: &str, time_type: TimeType, value: &str, expected: Option<&str>) {
        let (before, rest) = marked.split_once('[').unwrap();
        let (words, after) = rest.split_once(']').unwrap();
        let text = format!("{before}{words}{after}");
        let start = u32::try_from(before.len()).unwrap();
        let time = TimeExpression {
            span: dateline_model::Span::new(start, start + u32::try_from(words.len()).unwrap()),
            time_type,
            value: value.to_owned(),
            modifier: words.starts_with("end of").then_some(TimeModifier::End),
            interval: None,
            anchor: TimeAnchor::Document,
            is_of_report: false,
        };
        let monday = DocumentTime("2016-11-07T10:00".parse().ok());
        let report = Report { document_time: monday, ..Report::of_text(&text, AnnotatedText::default()) };
        let found = Recognizers::english().unwrap().theirs(&report, &time);
        assert_eq!(found.map(|(_, value)| value).as_deref(), expected, "{marked}");
    }

    #[test]
    fn times_are_written_by_their_convention() {
        use TimeType::{Date, Duration, Set, Time};
        for (marked, time_type, value, expected) in [
            ("Rain for [the next 3 days]", Duration, "P3D", Some("(2016-11-08,2016-11-11,P3D)")),
            ("Rain in [the past two weeks]", Duration, "P2W", Some("(2016-10-24,2016-11-07,P2W)")),
            (
                "Rain within [20 minutes]",
                Duration,
                "PT20M",
                Some("(2016-11-07T10:00:00,2016-11-07T10:20:00,PT20M)"),
            ),
            ("Sales in [the last two quarters]", Duration, "P2Q", Some("(2016-04-01,2016-10-01,P6M)")),
            ("It took [3 days]", Duration, "P3D", None),
            ("It took [several weeks]", Duration, "PXW", Some("P3W")),
            ("She left [two months ago]", Date, "2016-09", Some("2016-09-07")),
            ("gains in [this school year]", Date, "2016", Some("SY2016")),
            ("He comes on [Tuesday morning]", Time, "2016-11-08TMO", Some("XXXX-WXX-2TMO")),
            ("He comes [tomorrow morning]", Time, "2016-11-08TMO", None),
            ("It rains on [weekends]", Set, "XXXX-WXX-WE", Some("P1WE")),
            ("It rains [every morning]", Set, "TMO", None),
            ("rain until [now]", Date, "PRESENT_REF", Some("2016-11-07")),
            ("He leaves [now]", Date, "PRESENT_REF", None),
            ("by [end of tomorrow]", Date, "2016-11-08", Some("2016-11-08T23:59:59")),
            ("in [the summer]", Date, "2017-SU", Some("SU")),
        ] {
            check(marked, time_type, value, expected);
        }
    }
}
