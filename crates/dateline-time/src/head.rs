//! Against which day is a report read, where its input and its own words differ?
//!
//! Where the input alone gave the day of publication, and the report opens with another one in full
//! ("Tuesday 20 Sep 2016 …"), the report's own word is better: lists of articles often hold the day of
//! an update, of the crawl, or day and month swapped.

use std::sync::OnceLock;

use dateline_model::{Moment, Report, Span, TimeAnchor, TimeExpression, TimeType};
use jiff::civil::Date;
use serde::Deserialize;

use crate::resolve::Resolved;

/// The day that the report prints at its head, where that is another than `supplied`. `times` are the
/// report's, read against any day.
#[must_use]
pub fn printed_day(supplied: Moment, report: &Report, times: &[TimeExpression]) -> Option<Date> {
    let supplied = supplied.day();
    let printed = times.iter().find(|time| time.is_of_report)?;
    let nearest = readings_of(report, printed).min_by_key(|day| apart(*day, supplied))?;
    (apart(nearest, supplied) > Rules::built_in().tolerated_days).then_some(nearest)
}

/// Is a time the report's own day: printed with its year at the head of the body, and told of nothing that
/// happened?
pub(crate) fn is_day_of_report(report: &Report, span: Span, resolved: &Resolved) -> bool {
    let rules = Rules::built_in();
    let words = report.words(span);
    // Four digits, or six in "Jul 282016", which lost its comma.
    let has_year = words.split(|c: char| !c.is_ascii_digit()).any(|digits| (4..=6).contains(&digits.len()));
    let is_day = matches!(resolved.time_type, TimeType::Date | TimeType::Time)
        && resolved.anchor == TimeAnchor::None
        && resolved.value.get(..10).is_some_and(|day| day.parse::<Date>().is_ok());
    span.start < rules.bytes
        && !report.is_in_headline(span)
        && has_year
        && is_day
        && !is_in_a_sentence(report, span)
}

/// Does a word written small stand right before it on its line ("bonds due 3 May 2015"), or one after which
/// something happens ("On 3 May 2015")? A place, a weekday, an agency are neither, and "updated" prints a report's
/// own day.
fn is_in_a_sentence(report: &Report, span: Span) -> bool {
    let before = report.text.get(..span.range().start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let last = line.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
    let rules = Rules::built_in();
    let is = |list: &[String], word: &str| list.iter().any(|known| known == word);
    last.is_some_and(|word| {
        is(&rules.happened, &word.to_lowercase())
            || word.starts_with(char::is_lowercase) && !is(&rules.printing, word)
    })
}

/// The words and figures of `data/time/head.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    bytes: u32,
    happened: Vec<String>,
    printing: Vec<String>,
    tolerated_days: i32,
}

impl Rules {
    fn built_in() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| {
            toml::from_str(include_str!("../../../data/time/head.toml"))
                .expect("data/time/head.toml is part of the build and tested")
        })
    }
}

/// "09-07-2016" is the ninth of July or the seventh of September.
fn readings_of(report: &Report, time: &TimeExpression) -> impl Iterator<Item = Date> {
    let day: Option<Date> = time.value.get(..10).and_then(|day| day.parse().ok());
    // "2016-07-09" can be read in one way only.
    let words = report.words(time.span);
    let is_year_first = words.bytes().take_while(u8::is_ascii_digit).count() >= 4;
    let in_figures = !is_year_first && !words.contains(char::is_alphabetic);
    let swapped = day.filter(|_| in_figures).and_then(|d| Date::new(d.year(), d.day(), d.month()).ok());
    day.into_iter().chain(swapped)
}

fn apart(a: Date, b: Date) -> i32 {
    i32::try_from(a.duration_since(b).as_hours() / 24).unwrap_or(i32::MAX).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TimeGrammar, find_times};
    use dateline_model::{AnnotatedText, DocumentTime};

    #[test]
    fn a_report_that_prints_its_day_is_read_against_it() {
        for (text, supplied, expected) in [
            ("Tuesday 20 Sep 2016 The pier fell on Monday.", "2016-09-05", Some("2016-09-20")),
            ("Tuesday 20 Sep 2016 The pier fell on Monday.", "2016-09-21", None),
            ("Last updated at Sep 202016 The pier fell on Monday.", "2016-09-05", Some("2016-09-20")),
            ("The mayor, who took office on 3 May 2015, resigned.", "2016-10-20", None),
            ("09-07-2016 The pier fell.", "2016-07-09", None),
            ("2016-07-09 The pier fell.", "2016-09-05", Some("2016-07-09")),
            ("The port plans to redeem bonds due 3 May 2015.", "2016-10-20", None),
            ("The pier fell on Monday.", "2016-09-05", None),
        ] {
            let supplied: Moment = supplied.parse().unwrap();
            let document_time = DocumentTime(Some(supplied));
            let report = Report { document_time, ..Report::of_text(text, AnnotatedText::default()) };
            let times = find_times(&report, &TimeGrammar::english());
            let found = printed_day(supplied, &report, &times).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
