//! Reads dates as pages print them, and keeps where they stand: `Friday 23 December 2016 - 23:02`,
//! `12/23/2016`, `2016-12-23T23:02Z`, `23. prosince 2016`, `2016年12月23日`.
//!
//! Every date holds a digit, so the reader runs from digit to digit and looks around; text without
//! digits costs one pass over its bytes.

use std::ops::Range;

use dateline_model::Moment;
use jiff::civil::Date;

use super::calendar::Calendar;
use super::clock::{Clock, clock, clock_after};
use super::glyph::{Number, blank, next_digit, next_digit_by, number, skip, skip_back, word, word_before};
use crate::flat::kinds::Kinds;

/// A full date, with day, month and year, as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// Where it stands, weekday and time included.
    pub(crate) span: Range<usize>,
    /// The day.
    pub(crate) day: Date,
    /// The day that the same figures give with the month first: `03/04/2016`. None where only one
    /// reading is a date, or the form leaves no doubt.
    pub(crate) month_first: Option<Date>,
    /// How it is written.
    pub(crate) style: Style,
    /// The time printed with it.
    pub(crate) clock: Option<Clock>,
    /// Does the weekday printed with it fall on this day?
    pub(crate) weekday: Weekday,
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Year first, in figures.
    YearFirst,
    /// In figures, and only the order day, month, year makes a date of them (or full stops part them).
    DayFirst,
    /// In figures, and only the order month, day, year makes a date of them.
    MonthFirst,
    /// In figures that two orders make a date of.
    EitherFirst,
    /// With the month's name.
    Named,
}

/// What a weekday printed with a date says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weekday {
    /// There is none.
    Absent,
    /// It falls on that day.
    Agrees,
    /// It does not.
    Contradicts,
}

impl WrittenDate {
    /// The moment, for one reading of its day.
    pub(crate) fn moment(&self, day: Date) -> Moment {
        match self.clock {
            None => Moment::Day(day),
            Some(c) => Moment::Time { at: day.at(c.hour, c.minute, c.second, 0), offset: c.offset },
        }
    }
}

/// All dates in `text`, in order.
pub(crate) fn written_dates(calendar: &Calendar, text: &str) -> Vec<WrittenDate> {
    dates_at(calendar, text, |at| next_digit(text, at))
}

/// The same, in a text of which the kinds are known.
pub(crate) fn written_dates_by(calendar: &Calendar, kinds: &Kinds, text: &str) -> Vec<WrittenDate> {
    dates_at(calendar, text, |at| next_digit_by(kinds, text, at))
}

fn dates_at(calendar: &Calendar, text: &str, next: impl Fn(usize) -> Option<usize>) -> Vec<WrittenDate> {
    let mut dates: Vec<WrittenDate> = Vec::new();
    let mut at = 0;
    while let Some(start) = next(at) {
        let Some(first) = number(text, start) else { break };
        at = first.end;
        if let Some(core) = core(calendar, text, first) {
            let floor = dates.last().map_or(0, |d| d.span.end);
            let date = widen(calendar, text, floor, &core);
            at = date.span.end.max(at);
            dates.push(date);
        }
    }
    dates
}

/// Day, month and year alone.
struct Core {
    span: Range<usize>,
    day: Date,
    month_first: Option<Date>,
    style: Style,
    clock: Option<Clock>,
}

/// The date whose first figure is `first`.
fn core(calendar: &Calendar, text: &str, first: Number) -> Option<Core> {
    match first.digits {
        4 => year_first(calendar, text, first),
        1 | 2 => figures(text, first)
            .or_else(|| day_then_name(calendar, text, first))
            .or_else(|| name_then_day(calendar, text, first)),
        _ => None,
    }
}

// ---- figures only

/// `2016-12-23`, `2016/12/23`, `2016年12月23日`, `2016. december 23`.
fn year_first(calendar: &Calendar, text: &str, year: Number) -> Option<Core> {
    let y = year.within(4..5, YEARS)?;
    if continues_before(text, year.start) {
        return None;
    }
    let (mark, at) = separator(text, year.end)?;
    let Some(month) = number(text, at) else { return year_then_name(calendar, text, year) };
    let (second, at) = separator(text, month.end)?;
    let matching = second == mark || matches!((mark, second), ('年', '月') | ('년', '월'));
    let day = number(text, at).filter(|_| matching)?;
    let date = date(y, month.within(1..3, MONTHS)?, day.within(1..3, DAYS)?)?;
    let end = skip(text, day.end, 2, |c| matches!(c, '日' | '일'));
    (!continues_after(text, day.end)).then(|| Core::plain(year.start..end, date, Style::YearFirst))
}

/// `23.12.2016`, `12/23/2016`, `23-12-2016`, `23.12.16`.
fn figures(text: &str, first: Number) -> Option<Core> {
    let (mark, at) = separator(text, first.end)?;
    let second = number(text, at)?;
    let (other, at) = separator(text, second.end)?;
    let third = number(text, at).filter(|_| mark == other && matches!(mark, '.' | '/' | '-'))?;
    if continues_before(text, first.start) || continues_after(text, third.end) {
        return None;
    }
    let year = full_year(third, first.digits == 2 && second.digits == 2 || mark == '/', mark)?;
    let (a, b) = (first.within(1..3, DAYS)?, second.within(1..3, DAYS)?);
    let span = first.start..third.end;
    match (date(year, b, a), date(year, a, b).filter(|_| mark != '.')) {
        (Some(day), None) => Some(Core::plain(span, day, Style::DayFirst)),
        (None, Some(day)) => Some(Core::plain(span, day, Style::MonthFirst)),
        (Some(day), Some(swapped)) if day == swapped => Some(Core::plain(span, day, Style::DayFirst)),
        (Some(day), swapped) => {
            Some(Core { month_first: swapped, ..Core::plain(span, day, Style::EitherFirst) })
        }
        (None, None) => None,
    }
}

/// The year of a date in figures; two digits count only in a date that is clearly one.
fn full_year(year: Number, clear: bool, mark: char) -> Option<u32> {
    match year.digits {
        4 => year.within(4..5, YEARS),
        2 if clear && mark != '-' => Some(century(year.value)),
        _ => None,
    }
}

fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// The mark between two figures, blanks around it read over.
fn separator(text: &str, at: usize) -> Option<(char, usize)> {
    let start = skip(text, at, 1, blank);
    let mark = text[start..].chars().next()?;
    let end = skip(text, start + mark.len_utf8(), 1, blank);
    match mark {
        '-' | '/' | '年' | '月' | '년' | '월' | '.' => Some((mark, end)),
        _ if start > at => Some((' ', start)),
        _ => None,
    }
}

/// Is the figure at `start` the tail of something longer (`1.23.12.2016`, `v2-23`)?
fn continues_before(text: &str, start: usize) -> bool {
    let mut head = text[..start].chars().rev();
    let before = head.next();
    matches!(before, Some('.' | '/' | '-' | '_' | ':')) && head.next().is_some_and(char::is_alphanumeric)
        || matches!(before, Some('$' | '€' | '£' | '#'))
}

/// Is the figure that ends at `end` the head of something longer?
fn continues_after(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    matches!(rest.next(), Some('.' | '/' | '-' | '_')) && rest.next().is_some_and(|c| c.is_ascii_digit())
}

// ---- with the month's name

/// `23 December 2016`, `23rd of December, 2016`, `23. Dezember 2016`, `23 de diciembre de 2016`, `23-Dec-16`.
fn day_then_name(calendar: &Calendar, text: &str, first: Number) -> Option<Core> {
    let day = first.within(1..3, DAYS)?;
    let name_at = over_joiners(calendar, text, first.end);
    let name = word(text, name_at);
    let month = calendar.month(name)?;
    let (year, end) = named_year(calendar, text, name_at + name.len())?;
    Some(Core::plain(first.start..end, date(year, month_number(month), day)?, Style::Named))
}

/// `December 23, 2016`, `Dec. 23rd 2016`, `Dec 23 23:02:10 +0000 2016`.
fn name_then_day(calendar: &Calendar, text: &str, first: Number) -> Option<Core> {
    let day = first.within(1..3, DAYS)?;
    let name_end = skip_back(text, first.start, 3, |c| blank(c) || matches!(c, '.' | ',' | '-' | '/'));
    let name = word_before(text, name_end);
    let month = month_number(calendar.month(name)?);
    let start = name_end - name.len();
    if let Some((year, end)) = named_year(calendar, text, first.end) {
        return Some(Core::plain(start..end, date(year, month, day)?, Style::Named));
    }
    let (time, end) = clock(calendar, text, skip(text, first.end, 2, |c| blank(c) || c == ','))?;
    let year = number(text, skip(text, end, 2, blank)).filter(|_| time.minute >= 0)?;
    let date = date(year.within(4..5, YEARS)?, month, day)?;
    Some(Core { clock: Some(time), ..Core::plain(start..year.end, date, Style::Named) })
}

/// `2016. december 23.`, `2016 Dec 23`.
fn year_then_name(calendar: &Calendar, text: &str, year: Number) -> Option<Core> {
    let name_at = over_joiners(calendar, text, year.end);
    let name = word(text, name_at);
    let month = month_number(calendar.month(name)?);
    let day = number(text, over_joiners(calendar, text, name_at + name.len()))?;
    let date = date(year.within(4..5, YEARS)?, month, day.within(1..3, DAYS)?)?;
    Some(Core::plain(year.start..day.end, date, Style::Named))
}

/// The year after a month's name or a day: `, 2016`, ` de 2016`, `-16`, ` '16`.
fn named_year(calendar: &Calendar, text: &str, at: usize) -> Option<(u32, usize)> {
    let start = over_joiners(calendar, text, at);
    let year = number(text, start)?;
    let value = match year.digits {
        4 => year.within(4..5, YEARS)?,
        2 if text[at..start].ends_with(['-', '\'', '’']) && !continues_after(text, year.end) => {
            century(year.value)
        }
        _ => return None,
    };
    (start > at && !text[year.end..].starts_with(':')).then_some((value, year.end))
}

/// Past blanks, marks and up to two joining words.
fn over_joiners(calendar: &Calendar, text: &str, at: usize) -> usize {
    let mark = |c: char| {
        blank(c) || matches!(c, '.' | ',' | '-' | '–' | '/' | '\'' | '’' | 'º' | 'ª' | '°' | '،' | '\u{200f}')
    };
    let mut at = skip(text, at, 4, mark);
    for _ in 0..2 {
        let joiner = word(text, at);
        if joiner.is_empty() || !calendar.joins_date(joiner) || calendar.month(joiner).is_some() {
            break;
        }
        at = skip(text, at + joiner.len(), 4, mark);
    }
    at
}

// ---- what stands around it

/// Adds the weekday and the time printed beside the date. Nothing before `floor` is read.
fn widen(calendar: &Calendar, text: &str, floor: usize, core: &Core) -> WrittenDate {
    let (start, weekday) = match weekday_before(calendar, text, core.span.start) {
        Some((start, number)) if start >= floor => (start, Some(number)),
        _ => (core.span.start, None),
    };
    let after = core.clock.map(|clock| (clock, core.span.end));
    let after = after.or_else(|| clock_after(calendar, text, core.span.end));
    let (clock, span) = match after {
        Some((clock, end)) => (Some(clock), start..end),
        None => match clock_before(calendar, text, floor, start) {
            Some((clock, start)) => (Some(clock), start..core.span.end),
            None => (None, start..core.span.end),
        },
    };
    let (day, month_first, style) = by_weekday(core, weekday);
    let agrees = weekday.map(|w| w == day.weekday().to_monday_one_offset());
    let weekday = match agrees {
        None => Weekday::Absent,
        Some(true) => Weekday::Agrees,
        Some(false) => Weekday::Contradicts,
    };
    WrittenDate { span, day, month_first, style, clock, weekday }
}

/// The weekday settles which of two readings is meant.
fn by_weekday(core: &Core, weekday: Option<i8>) -> (Date, Option<Date>, Style) {
    let falls = |day: Date| weekday == Some(day.weekday().to_monday_one_offset());
    match core.month_first {
        Some(swapped) if falls(swapped) && !falls(core.day) => (swapped, None, Style::MonthFirst),
        Some(_) if falls(core.day) => (core.day, None, Style::DayFirst),
        other => (core.day, other, core.style),
    }
}

fn weekday_before(calendar: &Calendar, text: &str, at: usize) -> Option<(usize, i8)> {
    let mark = |c: char| blank(c) || matches!(c, ',' | '.' | '-' | '|' | '،');
    let mut end = skip_back(text, at, 3, mark);
    for _ in 0..2 {
        let name = word_before(text, end);
        if let Some(number) = calendar.weekday(name) {
            return Some((end - name.len(), number));
        }
        if !(calendar.leads_time(name) || calendar.joins_date(name)) {
            return None;
        }
        end = skip_back(text, end - name.len(), 3, mark);
    }
    None
}

/// A time that leads up to the date: `23:02, 23 December 2016`, `10:30 AM EST, Fri December 22, 2023`.
fn clock_before(calendar: &Calendar, text: &str, floor: usize, start: usize) -> Option<(Clock, usize)> {
    let line = skip_back(text, start, 28, |c| !matches!(c, '\n' | '\r')).max(floor);
    let mut at = line;
    while let Some(first) = next_digit(text, at).filter(|first| *first < start) {
        at = number(text, first)?.end;
        let whole = !continues_before(text, first);
        if let Some((clock, end)) = clock(calendar, text, first).filter(|_| whole) {
            let gap =
                skip(text, end, 6, |c| blank(c) || matches!(c, ',' | '|' | '-' | '–' | '•' | '·' | ')'));
            let gap = gap + word_that_leads(calendar, text, gap);
            if gap == start {
                return Some((clock, first));
            }
        }
    }
    None
}

/// Length of `on `, `am `, ` den ` before the date, blanks included.
fn word_that_leads(calendar: &Calendar, text: &str, at: usize) -> usize {
    let lead = word(text, at);
    if lead.is_empty() || !(calendar.leads_time(lead) || calendar.leads_day(lead)) {
        return 0;
    }
    skip(text, at + lead.len(), 2, blank) - at
}

impl Core {
    fn plain(span: Range<usize>, day: Date, style: Style) -> Self {
        Self { span, day, month_first: None, style, clock: None }
    }
}

const YEARS: Range<u32> = 1900..2100;
const MONTHS: Range<u32> = 1..13;
const DAYS: Range<u32> = 1..32;

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

fn month_number(month: i8) -> u32 {
    month.unsigned_abs().into()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    /// Each date found, as `[span] moment`.
    fn found(input: &str) -> Vec<String> {
        static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::new);
        written_dates(&CALENDAR, input)
            .iter()
            .map(|d| {
                let mark = match d.weekday {
                    Weekday::Absent => "",
                    Weekday::Agrees => " +",
                    Weekday::Contradicts => " !",
                };
                let other = d.month_first.map_or(String::new(), |o| format!(" or {o}"));
                format!("[{}] {}{other}{mark}", &input[d.span.clone()], d.moment(d.day))
            })
            .collect()
    }

    fn check(input: &str, expected: &[&str]) {
        assert_eq!(found(input), expected, "{input}");
    }

    #[test]
    fn in_figures() {
        check("am 23.12.2016 in", &["[23.12.2016] 2016-12-23"]);
        check("23. 12. 2016", &["[23. 12. 2016] 2016-12-23"]);
        check("12/23/2016", &["[12/23/2016] 2016-12-23"]);
        check("03/04/2016", &["[03/04/2016] 2016-04-03 or 2016-03-04"]);
        check("2016/12/23", &["[2016/12/23] 2016-12-23"]);
        check("23.12.16, 14:30", &["[23.12.16, 14:30] 2016-12-23T14:30"]);
        check("2016-12-23T23:02:10Z", &["[2016-12-23T23:02:10Z] 2016-12-23T23:02:10Z"]);
        check("2016年12月23日 10:00", &["[2016年12月23日 10:00] 2016-12-23T10:00"]);
        check("2016년 12월 23일", &["[2016년 12월 23일] 2016-12-23"]);
        check("۲۳/۱۲/۲۰۱۶", &["[۲۳/۱۲/۲۰۱۶] 2016-12-23"]);
    }

    #[test]
    fn with_names() {
        check("Friday 23 December 2016 - 23:02", &["[Friday 23 December 2016 - 23:02] 2016-12-23T23:02 +"]);
        check("Wed Oct 19, 2016 6:6PM", &["[Wed Oct 19, 2016 6:6PM] 2016-10-19T18:06 +"]);
        check("Dec. 22, 2023 at 1:52 p.m. ET", &["[Dec. 22, 2023 at 1:52 p.m. ET] 2023-12-22T13:52"]);
        check("22 Dec 2023, 13:52 GMT+1", &["[22 Dec 2023, 13:52 GMT+1] 2023-12-22T13:52+01:00"]);
        check("the 3rd of March, 2016", &["[3rd of March, 2016] 2016-03-03"]);
        check("23. März 2016", &["[23. März 2016] 2016-03-23"]);
        check("23 de diciembre de 2016", &["[23 de diciembre de 2016] 2016-12-23"]);
        check("1er août 2016", &["[1er août 2016] 2016-08-01"]);
        check("2016. december 23.", &["[2016. december 23] 2016-12-23"]);
        check("23-Dec-16", &["[23-Dec-16] 2016-12-23"]);
        check("Comments29 Mar 2024", &["[29 Mar 2024] 2024-03-29"]);
        check("23 декабря 2016 г. в 12:30", &["[23 декабря 2016] 2016-12-23"]);
    }

    #[test]
    fn the_time_may_stand_first() {
        check(
            "Published 10:30 AM EST, Fri December 22, 2023",
            &["[10:30 AM EST, Fri December 22, 2023] 2023-12-22T10:30-05:00 +"],
        );
        check("14:30, 23.12.2016", &["[14:30, 23.12.2016] 2016-12-23T14:30"]);
        check("Fri Dec 23 23:02:10 +0000 2016", &["[Fri Dec 23 23:02:10 +0000 2016] 2016-12-23T23:02:10Z +"]);
    }

    #[test]
    fn the_weekday_is_evidence() {
        check("Monday, 23 December 2016", &["[Monday, 23 December 2016] 2016-12-23 !"]);
        check("Friday 03/04/2016", &["[Friday 03/04/2016] 2016-03-04 +"]);
        check("Sunday 03/04/2016", &["[Sunday 03/04/2016] 2016-04-03 +"]);
    }

    #[test]
    fn one_after_another() {
        check("1 May 2016 2 May 2016", &["[1 May 2016] 2016-05-01", "[2 May 2016] 2016-05-02"]);
        check(
            "Published 1 May 2016 10:00 | Updated 2 May 2016 11:00",
            &["[1 May 2016 10:00] 2016-05-01T10:00", "[2 May 2016 11:00] 2016-05-02T11:00"],
        );
    }

    #[test]
    fn what_is_no_date_is_left() {
        for input in [
            "version 1.12.2016.4",
            "31.02.2016",
            "in 2016 and 12 of 23",
            "May 2016",
            "0800 23 12 2016",
            "10-20-30",
            "99.99.2016",
            "",
            "1",
            "2016-",
            "12/",
        ] {
            check(input, &[]);
        }
    }

    #[test]
    fn no_text_makes_it_panic() {
        let pieces = [
            "1", "23.", "12", "/2016", "Dec", " ", "é", "年", "۱", "T", ":", "+", "pm", "٢", ".", "Fr", "\n",
        ];
        for (i, a) in pieces.iter().enumerate() {
            for (j, b) in pieces.iter().enumerate() {
                for c in pieces {
                    let text = format!("{a}{b}{c}{}{}{b}{a}", pieces[(i + 3) % 17], pieces[(j + 5) % 17]);
                    let _ = found(&text);
                }
            }
        }
    }
}
