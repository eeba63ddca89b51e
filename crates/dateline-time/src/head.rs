//! Against which day is a report read, where its input and its own words differ?
//!
//! Where the input alone gave the day of publication, and the report opens with another one in full
//! ("Tuesday 20 Sep 2016 …"), the report's own word is better: lists of articles often hold the day of
//! an update, of the crawl, or day and month swapped.

use std::sync::OnceLock;

use dateline_model::{AnnotatedText, Moment, Report, Span, TimeAnchor, TimeExpression, TimeType};
use jiff::civil::Date;
use serde::Deserialize;

use crate::find::find_times;
use crate::grammar::TimeGrammar;
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

/// Where the first sentence of a report begins, in UTF-8 bytes, after the day that the report prints at its head;
/// none where it prints none there, or nothing that begins a sentence follows. Who takes the head for a part of the
/// sentence reads "2016 Five medics were killed" as a number.
#[must_use]
pub fn after_head(text: &str, grammar: &TimeGrammar) -> Option<usize> {
    let mut end = text.len().min(Rules::built_in().bytes as usize * 2);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let report = Report::of_text(&text[..end], AnnotatedText::default());
    let day = find_times(&report, grammar).into_iter().find(|time| time.is_of_report)?;
    let after = day.span.range().end;
    let rest = text.get(after..)?;
    let begins = rest.find(|c: char| c.is_alphanumeric())?;
    let gap = &rest[..begins];
    let is_gap = gap.contains(char::is_whitespace);
    let begins_a_sentence = rest[begins..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let quotes = gap.trim_end_matches(|c: char| !c.is_whitespace()).len();
    (is_gap && begins_a_sentence).then_some(after + quotes)
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
    use dateline_model::DocumentTime;

    #[test]
    fn the_first_sentence_begins_after_the_head() {
        for (text, expected) in [
            ("Published September 21 2016 Five medics were killed.", Some("Five medics were killed.")),
            ("Five dead in Orsk AFP Thursday 6 Mar 2014 At least five died.", Some("At least five died.")),
            ("Mon Jun 20 2016 23 rebels died.", Some("23 rebels died.")),
            ("Jun 20 2016 \"Nobody came,\" he said.", Some("\"Nobody came,\" he said.")),
            ("Friday 10 July 2015 19:14 Orsk is cut off.", Some("Orsk is cut off.")),
            ("On 3 May 2015 The Orsk Post closed.", None),
            ("6 March 2014 was a cold day.", None),
            ("The pier fell on Monday.", None),
            ("", None),
        ] {
            let found = after_head(text, &TimeGrammar::english()).map(|at| &text[at..]);
            assert_eq!(found, expected, "{text}");
        }
    }

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
