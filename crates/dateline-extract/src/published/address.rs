//! Dates in a page's address: `/2016/12/23/`, `-2016-12-23`, `/20161223/`, `/2016/dec/23/`, `/2016/12/`.

use std::ops::Range;

use jiff::civil::Date;

use super::calendar::Calendar;
use super::glyph::{Number, next_digit, number, word};

/// A date in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AddressDate {
    /// Where it stands in the address.
    pub(crate) span: Range<usize>,
    /// The day; the first of the month where the address names no day.
    pub(crate) day: Date,
    /// How much of it is named.
    pub(crate) precision: AddressPrecision,
}

/// How much of a date an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressPrecision {
    /// Year, month and day.
    Day,
    /// Year and month.
    Month,
}

/// The first full date of the address; failing that, its first month.
pub(crate) fn address_date(calendar: &Calendar, address: &str) -> Option<AddressDate> {
    let mut month = None;
    let mut at = path_start(address);
    while let Some(start) = next_digit(address, at) {
        let first = number(address, start)?;
        at = first.end;
        if address[..start].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        if let Some(found) = day_at(calendar, address, first) {
            return Some(found);
        }
        month = month.or_else(|| month_at(address, first));
    }
    month
}

/// Dates stand after the host.
fn path_start(address: &str) -> usize {
    let host = address.find("//").map_or(0, |at| at + 2);
    host + address[host..].find('/').unwrap_or(address.len() - host)
}

fn day_at(calendar: &Calendar, address: &str, first: Number) -> Option<AddressDate> {
    let (day, end) = match first.digits {
        8 => (packed(first)?, first.end),
        4 => year_month_day(calendar, address, first)?,
        2 => day_month_year(address, first)?,
        _ => return None,
    };
    let whole = !address[end..].starts_with(|c: char| c.is_ascii_digit());
    whole.then_some(AddressDate { span: first.start..end, day, precision: AddressPrecision::Day })
}

/// `20161223`.
fn packed(run: Number) -> Option<Date> {
    civil(run.value / 10_000, run.value / 100 % 100, run.value % 100)
}

/// `2016/12/23`, `2016-12-23`, `2016/dec/23`, `2016/12-23`, `2016/1223`.
fn year_month_day(calendar: &Calendar, address: &str, year: Number) -> Option<(Date, usize)> {
    let at = after_mark(address, year.end)?;
    let (month, end) = match number(address, at) {
        Some(both) if both.digits == 4 && address[year.end..].starts_with('/') => {
            return Some((civil(year.value, both.value / 100, both.value % 100)?, both.end));
        }
        Some(month) => (month.within(1..3, 1..13)?, month.end),
        None => {
            let name = word(address, at);
            (u32::from(calendar.month(name)?.unsigned_abs()), at + name.len())
        }
    };
    let day = number(address, after_mark(address, end)?)?;
    Some((civil(year.value, month, day.within(1..3, 1..32)?)?, day.end))
}

/// `23-12-2016`, `23.12.2016`. In an address the month comes first nowhere often enough to count on.
fn day_month_year(address: &str, day: Number) -> Option<(Date, usize)> {
    let month = number(address, after_mark(address, day.end)?)?;
    let year = number(address, after_mark(address, month.end)?)?;
    let (d, m) = (day.within(2..3, 1..32)?, month.within(2..3, 1..13)?);
    Some((civil(year.within(4..5, YEARS)?, m, d)?, year.end))
}

/// `/2016/12/`, `/201612/`, `/2016-12/`.
fn month_at(address: &str, first: Number) -> Option<AddressDate> {
    let (year, month, end) = match first.digits {
        4 => {
            let month = number(address, after_mark(address, first.end)?)?;
            (first.value, month.within(2..3, 1..13)?, month.end)
        }
        6 => (first.value / 100, first.value % 100, first.end),
        _ => return None,
    };
    let parted = address[..first.start].ends_with('/') && address[end..].starts_with('/');
    let day = civil(year, month, 1).filter(|_| parted)?;
    Some(AddressDate { span: first.start..end, day, precision: AddressPrecision::Month })
}

fn after_mark(address: &str, at: usize) -> Option<usize> {
    address[at..].starts_with(['/', '-', '_', '.']).then_some(at + 1)
}

/// The web has had pages since 1993; smaller numbers in addresses are no years.
const YEARS: Range<u32> = 1993..2100;

fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        let got = address_date(&Calendar::new(), address).map_or_else(String::new, |d| match d.precision {
            AddressPrecision::Day => format!("{} {}", &address[d.span], d.day),
            AddressPrecision::Month => format!("{} {:.7}", &address[d.span], d.day.to_string()),
        });
        assert_eq!(got, expected, "{address}");
    }

    #[test]
    fn days() {
        check("https://a.example/news/2016/12/23/story", "2016/12/23 2016-12-23");
        check("https://a.example/world/2016/dec/23/story", "2016/dec/23 2016-12-23");
        check("https://a.example/story-2016-12-23.html", "2016-12-23 2016-12-23");
        check("https://a.example/20161223/story", "20161223 2016-12-23");
        check("https://a.example/2016/1223/c1.html", "2016/1223 2016-12-23");
        check("https://a.example/uploads/2016/12/a-23-12-2016", "23-12-2016 2016-12-23");
    }

    #[test]
    fn months() {
        check("https://a.example/2016/12/story", "2016/12 2016-12");
        check("https://a.example/201612/story", "201612 2016-12");
    }

    #[test]
    fn no_dates() {
        for address in [
            "https://20161223.example/a",
            "https://a.example/a20161223",
            "https://a.example/20169923",
            "",
            "//",
            "/2016/",
        ] {
            check(address, "");
        }
    }
}
