//! Against which day is a report read?
//!
//! Its day of publication. Where the input alone gave that day, and the report opens with another one
//! in full ("Tuesday 20 Sep 2016 …"), the report's own word is better: lists of articles often hold
//! the day of an update, of the crawl, or day and month swapped.

use dateline_model::{
    Basis, Diagnostic, Moment, Published, Report, Severity, TimeAnchor, TimeExpression, TimeType,
};
use jiff::civil::Date;

/// A day printed so near to the beginning of a body, in bytes, is that of the report.
const HEAD: u32 = 200;
/// A report may be printed a day after it was written, and the other way round.
const TOLERATED_DAYS: i32 = 1;

/// The day that the report prints at its head, where the input gave another.
pub(crate) fn printed_day(published: &Published, report: &Report, times: &[TimeExpression]) -> Option<Date> {
    let supplied = published.value.day();
    let at_head = times.iter().take_while(|time| time.span.start < HEAD && !report.is_in_headline(time.span));
    let printed = at_head.filter_map(|time| full_day(report, time)).next()?;
    let nearest = readings_of(printed).min_by_key(|day| apart(*day, supplied))?;
    let differs = published.basis == Basis::Supplied && apart(nearest, supplied) > TOLERATED_DAYS;
    differs.then_some(nearest)
}

/// Said to the user, since all weekdays are read anew.
pub(crate) fn remark(supplied: Moment, printed: Date) -> Diagnostic {
    let message = format!(
        "the input gives {supplied} as the day of publication, the report prints {printed}: days are read against the printed one"
    );
    Diagnostic::new("day-differs", Severity::Note, message)
        .hinting("check the day of publication in the input")
}

/// A day of the calendar, printed with its year.
fn full_day(report: &Report, time: &TimeExpression) -> Option<(Date, bool)> {
    let words = report.words(time.span);
    let has_year = words.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    let is_day = matches!(time.time_type, TimeType::Date | TimeType::Time) && time.anchor == TimeAnchor::None;
    let day = time.value.get(..10)?.parse().ok().filter(|_| has_year && is_day)?;
    Some((day, !words.contains(char::is_alphabetic)))
}

/// "09-07-2016" is the ninth of July or the seventh of September.
fn readings_of((day, in_figures): (Date, bool)) -> impl Iterator<Item = Date> {
    let swapped = Date::new(day.year(), day.day(), day.month()).ok().filter(|_| in_figures);
    [Some(day), swapped].into_iter().flatten()
}

fn apart(a: Date, b: Date) -> i32 {
    i32::try_from(a.duration_since(b).as_hours() / 24).unwrap_or(i32::MAX).abs()
}
