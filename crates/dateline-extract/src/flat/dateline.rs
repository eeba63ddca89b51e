//! The dateline: place, agency and day before a report's first sentence, as in "LAGOS (Agency) –".

use std::ops::Range;

use dateline_model::{Dateline, Evidence};

use super::agency::Agencies;
use super::paragraph::trimmed;

/// What stands before the first sentence. All ranges are places in the decoded text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefix {
    /// All of it, the dash included.
    pub whole: Range<usize>,
    /// The place, as printed.
    pub place: Option<Range<usize>>,
    /// The agency or outlet.
    pub agency: Option<Range<usize>>,
    /// The day, as printed.
    pub date: Option<Range<usize>>,
}

/// A dateline is no longer than this, in bytes.
const LONGEST: usize = 110;

/// Reads the dateline at the head of `paragraph`.
#[must_use]
pub fn prefix(text: &str, paragraph: Range<usize>, agencies: &Agencies) -> Option<Prefix> {
    let line = text.get(paragraph.clone())?;
    let mut limit = LONGEST.min(line.len());
    while !line.is_char_boundary(limit) {
        limit -= 1;
    }
    for (at, mark) in line[..limit].char_indices().filter(|(_, c)| is_mark(*c)) {
        let head = &line[..at];
        let after = &line[at + mark.len_utf8()..];
        if !parts(head, mark, after) {
            continue;
        }
        let found = read_head(text, paragraph.start, head, mark, agencies);
        if let Some(mut prefix) = found {
            let rest = after.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c));
            prefix.whole = paragraph.start..paragraph.end - rest.len();
            return (rest.len() > 20).then_some(prefix);
        }
    }
    None
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '~' | ':' | '―')
}

/// A dash within a word or a number is none of those that end a dateline.
fn parts(head: &str, mark: char, after: &str) -> bool {
    let spaced = head.ends_with([' ', '\u{A0}', ')']) || after.starts_with([' ', '\u{A0}']);
    !head.trim().is_empty() && (spaced || mark == '—' && !head.contains(char::is_lowercase))
}

fn read_head(text: &str, start: usize, head: &str, mark: char, agencies: &Agencies) -> Option<Prefix> {
    let (outside, inside) = bracketed(head)?;
    let mut prefix = Prefix::default();
    let mut firm = false;
    if let Some(inside) = inside {
        for part in comma_parts(text, start + inside.start..start + inside.end) {
            firm |= take(text, part, &mut prefix, agencies, Bracket::Inside);
        }
        if !firm {
            return None;
        }
    }
    let parts: Vec<Range<usize>> = comma_parts(text, start + outside.start..start + outside.end).collect();
    for part in &parts {
        firm |= take(text, part.clone(), &mut prefix, agencies, Bracket::Outside);
    }
    let place = place_of(text, &parts, &prefix, agencies);
    let bare_agency = parts.len() == 1 && place.is_none() && prefix.agency.is_some();
    let shouted = place.clone().is_some_and(|p| is_shouted(&text[p]));
    if !parts.is_empty() && place.is_none() && prefix.agency.is_none() && prefix.date.is_none() {
        return None;
    }
    prefix.place = place;
    let certain = shouted || mark != ':' && (firm || bare_agency);
    certain.then_some(prefix)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Inside,
    Outside,
}

/// Takes a part of the head for an agency or a day; true if it is surely one of them.
fn take(text: &str, part: Range<usize>, prefix: &mut Prefix, agencies: &Agencies, bracket: Bracket) -> bool {
    let words = &text[part.clone()];
    if is_day(words) {
        prefix.date = Some(part);
        return true;
    }
    let known = agencies.kind_by_form(words).is_some();
    let named = bracket == Bracket::Inside
        && words.chars().count() <= 40
        && words.split_whitespace().count() <= 5
        && words.starts_with(char::is_uppercase);
    if known || named {
        prefix.agency = prefix.agency.take().or(Some(part));
        return true;
    }
    false
}

/// What of the head is neither agency nor day, if it can be a place.
fn place_of(
    text: &str,
    parts: &[Range<usize>],
    prefix: &Prefix,
    agencies: &Agencies,
) -> Option<Range<usize>> {
    let taken = |p: &&Range<usize>| Some(*p) != prefix.agency.as_ref() && Some(*p) != prefix.date.as_ref();
    let free: Vec<&Range<usize>> = parts.iter().filter(taken).collect();
    let first = (*free.first()?).clone();
    let words = &text[first.clone()];
    let plausible = |words: &str| {
        let count = words.split_whitespace().count();
        let capital = |w: &str| {
            w.starts_with(|c: char| c.is_uppercase() || c == '\'' || !c.is_lowercase() && c.is_alphabetic())
        };
        count <= 4 && words.split_whitespace().all(|w| capital(w) || agencies.stands_in_places(w))
    };
    let all = free.len() <= 2 && free.iter().all(|p| plausible(&text[(*p).clone()]));
    (all && !agencies.is_no_place(words) && words.chars().filter(|c| c.is_alphabetic()).count() >= 3)
        .then_some(first)
}

fn is_shouted(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && words.chars().any(char::is_uppercase)
}

/// A number beside the name of a month, or a day of the week: in any language, digits and letters.
fn is_day(words: &str) -> bool {
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let count = words.split_whitespace().count();
    (1..=8).contains(&digits)
        && count <= 5
        && words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '/' | '-' | '\u{A0}'))
        && words
            .split_whitespace()
            .any(|w| w.trim_end_matches('.').chars().all(|c| c.is_ascii_digit()) || w.contains('/'))
}

/// The head outside its brackets, and what stands in them.
fn bracketed(head: &str) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let Some(open) = head.find('(') else {
        return (head.len() <= 70).then_some((0..head.len(), None));
    };
    let close = open + head[open..].find(')')?;
    let rest = head[close + 1..].trim();
    (rest.is_empty() || rest.len() <= 2).then_some((0..open, Some(open + 1..close)))
}

const PART_ENDS: [char; 3] = [',', '،', ';'];

fn comma_parts(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range]
        .split_inclusive(PART_ENDS)
        .map(move |part| {
            let from = at;
            at += part.len();
            trimmed(text, from..from + part.trim_end_matches(PART_ENDS).len())
        })
        .filter(|p| !p.is_empty())
}

/// "NEW YORK" in ordinary letters.
#[must_use]
pub fn ordinary_letters(place: &str) -> String {
    if !is_shouted(place) || place.chars().count() <= 2 {
        return place.to_owned();
    }
    let mut out = String::with_capacity(place.len());
    let mut inside = false;
    for c in place.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic() || c == '\'';
    }
    out
}

/// The fields that a dateline gives; `printed` cites a stretch of its text.
pub(crate) fn dateline(prefix: &Prefix, printed: impl Fn(Range<usize>) -> Evidence) -> Option<Dateline> {
    let place = prefix.place.clone().map(|range| {
        let printed = printed(range);
        Evidence { value: ordinary_letters(&printed.value), ..printed }
    });
    let date = prefix.date.clone().map(printed);
    (place.is_some() || date.is_some()).then_some(Dateline { place, date })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, agency and day of a dateline, and the first word after it.
    fn check(line: &str, expected: Option<(&str, &str, &str)>) {
        let found = prefix(line, 0..line.len(), Agencies::built_in());
        let part = |r: &Option<Range<usize>>| r.clone().map_or("", |r| &line[r]).to_owned();
        let parts = found.as_ref().map(|p| (part(&p.place), part(&p.agency), part(&p.date)));
        let expected = expected.map(|e| (e.0.to_owned(), e.1.to_owned(), e.2.to_owned()));
        assert_eq!(parts, expected, "{line}");
        if let Some(p) = found {
            assert!(line[p.whole.end..].starts_with("The "), "{line}: {p:?}");
        }
    }

    #[test]
    fn datelines() {
        check("LAGOS (Reuters) - The port was closed on Monday.", Some(("LAGOS", "Reuters", "")));
        check("ACCRA, Ghana (AP) — The port was closed on Monday.", Some(("ACCRA", "AP", "")));
        check(
            "NEW DELHI, March 3 (ANI): The port was closed on Monday.",
            Some(("NEW DELHI", "ANI", "March 3")),
        );
        check(
            "NEW DELHI, March 3 (ANI) – The port was closed on Monday.",
            Some(("NEW DELHI", "ANI", "March 3")),
        );
        check(
            "(National Courier, 3 May 2011) ~ The port was closed on Monday.",
            Some(("", "National Courier", "3 May 2011")),
        );
        check("Press TV- The port was closed on Monday.", Some(("", "Press TV", "")));
        check("Baltic Wire- The port was closed on Monday.", Some(("", "Baltic Wire", "")));
        check("Baltic Wire: The port was closed on Monday.", None);
        check("KARACHI: The port was closed on Monday.", Some(("KARACHI", "", "")));
        check("BREAKING: The port was closed on Monday.", None);
        check("Jane Roe - The mayor of the city was elected on Monday.", None);
        check("The port – closed since Monday – will open again.", None);
        check("The port (which was closed) – will open again soon, it said.", None);
    }

    #[test]
    fn places_in_ordinary_letters() {
        for (place, expected) in
            [("TEHRAN", "Tehran"), ("NEW YORK", "New York"), ("Sochi", "Sochi"), ("UK", "UK")]
        {
            assert_eq!(ordinary_letters(place), expected);
        }
    }
}
