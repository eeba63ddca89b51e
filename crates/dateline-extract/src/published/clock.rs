//! The time of day beside a printed date, with its zone: ` - 23:02`, `at 1:52 p.m. ET`, `T23:02:10+03:30`.

use super::calendar::Calendar;
use super::glyph::{Number, blank, number, skip, word};

/// A printed time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Hour, from 0 to 23.
    pub(crate) hour: i8,
    /// Minute.
    pub(crate) minute: i8,
    /// Second, 0 where none is printed.
    pub(crate) second: i8,
    /// Minutes from UTC, if the zone is printed and says so.
    pub(crate) offset: Option<i16>,
}

/// The time that follows a date which ends at `at`, and where it ends.
pub(crate) fn clock_after(calendar: &Calendar, text: &str, at: usize) -> Option<(Clock, usize)> {
    let mut at = skip(text, at, 8, separates);
    for _ in 0..2 {
        let lead = word(text, at);
        if lead == "T" || lead == "t" || calendar.leads_time(lead) {
            at = skip(text, at + lead.len(), 4, separates);
        }
    }
    clock(calendar, text, at)
}

/// The time that starts at `at`, and where it ends.
pub(crate) fn clock(calendar: &Calendar, text: &str, at: usize) -> Option<(Clock, usize)> {
    let hour = number(text, at)?;
    let (mut clock, end) = hour_and_minute(calendar, text, hour)?;
    let end = match zone(calendar, text, end) {
        Some((offset, end)) => {
            clock.offset = offset;
            end
        }
        None => end,
    };
    Some((clock, end))
}

fn separates(c: char) -> bool {
    blank(c) || matches!(c, ',' | '|' | '-' | '–' | '—' | '•' | '·' | '/' | '@' | '(' | ':' | '.' | '؛' | '،')
}

/// `23:02`, `23:02:10.5`, `23.02 Uhr`, `14h30`, `6:6PM`, `2pm`.
fn hour_and_minute(calendar: &Calendar, text: &str, hour: Number) -> Option<(Clock, usize)> {
    let h = hour.within(1..3, 0..24)?;
    let mark = text[hour.end..].chars().next()?;
    let minute =
        if matches!(mark, ':' | '.' | 'h' | 'H') { number(text, hour.end + mark.len_utf8()) } else { None };
    let Some(minute) = minute.filter(|m| m.within(1..3, 0..60).is_some()) else {
        let (pm, end) = half_of_day(text, hour.end)?;
        return Some((half_day_clock(h, 0, pm)?, end));
    };
    let (second, end) = if mark == ':' { seconds(text, minute.end) } else { (0, minute.end) };
    if let Some((pm, end)) = half_of_day(text, end).filter(|_| h <= 12) {
        return Some((half_day_clock(h, minute.value, pm)?, end));
    }
    let (follower, after) = follower(calendar, text, end);
    let doubtful = mark == '.' && (continues(text, end) || !follower && hour.digits < 2);
    (minute.digits == 2 && !doubtful).then(|| (civil(h, minute.value, second), after))
}

/// Does a number go on after `at`, so that "12.30" was the head of "12.30.2"?
fn continues(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    matches!(rest.next(), Some('.' | '/' | '-')) && rest.next().is_some_and(|c| c.is_ascii_digit())
}

fn follower(calendar: &Calendar, text: &str, end: usize) -> (bool, usize) {
    let start = skip(text, end, 2, blank);
    let next = word(text, start);
    if calendar.follows_time(next) { (true, start + next.len()) } else { (false, end) }
}

/// Seconds and their fraction, the latter read over.
fn seconds(text: &str, end: usize) -> (u32, usize) {
    let Some(second) = text[end..].strip_prefix(':').and_then(|_| number(text, end + 1)) else {
        return (0, end);
    };
    if second.within(2..3, 0..61).is_none() {
        return (0, end);
    }
    let fraction = text[second.end..].strip_prefix(['.', ',']).and_then(|_| number(text, second.end + 1));
    (second.value.min(59), fraction.map_or(second.end, |f| f.end))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HalfDay {
    Morning,
    Afternoon,
}

/// `am`, `p.m.`, ` PM`.
fn half_of_day(text: &str, at: usize) -> Option<(HalfDay, usize)> {
    let start = skip(text, at, 2, blank);
    let half = match text[start..].chars().next()? {
        'a' | 'A' => HalfDay::Morning,
        'p' | 'P' => HalfDay::Afternoon,
        _ => return None,
    };
    let stop = usize::from(text[start + 1..].starts_with('.'));
    text[start + 1 + stop..].strip_prefix(['m', 'M'])?;
    let end = start + 2 + stop;
    let end = end + usize::from(stop == 1 && text[end..].starts_with('.'));
    (!text[end..].starts_with(char::is_alphabetic)).then_some((half, end))
}

fn half_day_clock(hour: u32, minute: u32, half: HalfDay) -> Option<Clock> {
    let hour = match (hour, half) {
        (1..=11, HalfDay::Morning) | (12, HalfDay::Afternoon) => hour,
        (12, HalfDay::Morning) => 0,
        (1..=11, HalfDay::Afternoon) => hour + 12,
        _ => return None,
    };
    Some(civil(hour, minute, 0))
}

fn civil(hour: u32, minute: u32, second: u32) -> Clock {
    let small = |n: u32| i8::try_from(n).unwrap_or(0);
    Clock { hour: small(hour), minute: small(minute), second: small(second), offset: None }
}

/// The zone after a time: `Z`, `+0100`, ` (GMT+1)`, ` ET`.
fn zone(calendar: &Calendar, text: &str, at: usize) -> Option<(Option<i16>, usize)> {
    if let Some(signed) = signed_offset(text, at) {
        return Some((Some(signed.0), signed.1));
    }
    let start = skip(text, at, 3, |c| blank(c) || matches!(c, '(' | ','));
    if let Some(signed) = signed_offset(text, start) {
        return Some((Some(signed.0), signed.1));
    }
    let name = word(text, start);
    // "at 6:10 pt" would be odd; "6:10 Et maintenant" is not: zones are written in capitals.
    let offset = calendar.zone(name).filter(|_| name.chars().next().is_some_and(char::is_uppercase))?;
    let end = start + name.len();
    match signed_offset(text, skip(text, end, 1, blank)).filter(|_| offset == Some(0)) {
        Some((shift, end)) => Some((Some(shift), end)),
        None => Some((offset, end)),
    }
}

/// `+01:00`, `-0500`, `+3`.
fn signed_offset(text: &str, at: usize) -> Option<(i16, usize)> {
    let sign = match text[at..].chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let hours = number(text, at + 1)?;
    let (hour, minute, end) = match hours.digits {
        4 => (hours.value / 100, hours.value % 100, hours.end),
        1 | 2 => match text[hours.end..].strip_prefix(':').and_then(|_| number(text, hours.end + 1)) {
            Some(minutes) if minutes.digits == 2 => (hours.value, minutes.value, minutes.end),
            _ => (hours.value, 0, hours.end),
        },
        _ => return None,
    };
    let minutes = i16::try_from(hour * 60 + minute).ok().filter(|m| *m <= 14 * 60 && minute < 60)?;
    Some((sign * minutes, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let calendar = Calendar::new();
        let got = clock_after(&calendar, input, 0).map(|(clock, end)| {
            let offset = clock.offset.map_or(String::new(), |m| format!("{m:+}"));
            format!("{:02}:{:02}:{:02}{offset}|{}", clock.hour, clock.minute, clock.second, &input[end..])
        });
        assert_eq!(got.as_deref().unwrap_or("none"), expected, "{input}");
    }

    #[test]
    fn times_as_pages_print_them() {
        check(" - 23:02", "23:02:00|");
        check(" 6:6PM", "18:06:00|");
        check(" at 1:52 p.m. ET today", "13:52:00| today");
        check(", 13:52 GMT+1", "13:52:00+60|");
        check("T23:02:10.123+03:30\"", "23:02:10+210|\"");
        check(" 23:02:10 -0500", "23:02:10-300|");
        check(" um 14.30 Uhr, Berlin", "14:30:00|, Berlin");
        check(" à 14h30", "14:30:00|");
        check(", 2pm.", "14:00:00|.");
        check(" 12:05 a.m.", "00:05:00|");
        check("T10:00:00Z", "10:00:00+0|");
    }

    #[test]
    fn what_is_no_time_is_left() {
        check(" 25:00", "none");
        check(" 3.5 million", "none");
        check(", 12 people", "none");
        check(" 12.30.2", "none");
        check(" 2 pmx", "none");
        check("", "none");
    }
}
