//! The byline: "By Jane Roe" near the headline or at the end of the report.

use std::ops::Range;

use super::feature::Survey;
use super::paragraph::trimmed;
use super::role::Role;

/// How far from the headline or from the end of the text a byline is looked for, in lines.
const REACH: usize = 12;
/// Words that come before the names, in the languages of the cues.
const LEAD: [&str; 12] = [
    "By ",
    "BY ",
    "by ",
    "Written by ",
    "Von ",
    "Par ",
    "Por ",
    "Di ",
    "Door ",
    "Автор: ",
    "Author: ",
    "Words by ",
];

/// The place of the author's name, without "By", and the line it stands in.
#[must_use]
pub fn byline(text: &str, page: &Survey, roles: &[Role]) -> Option<(usize, Range<usize>)> {
    let body = roles.iter().position(|r| *r == Role::Body)?;
    let end = roles.iter().rposition(|r| *r == Role::Body)?;
    let top = page.titles.anchor().unwrap_or(body).min(body).saturating_sub(4);
    let near = (top..(body + 3).min(roles.len())).chain(end + 1..(end + 1 + REACH).min(roles.len()));
    near.filter(|&i| matches!(roles[i], Role::Aside(_))).find_map(|i| Some((i, names(text, page, i)?)))
}

fn names(text: &str, page: &Survey, index: usize) -> Option<Range<usize>> {
    let line = &page.lines[index];
    let words = line.of(text);
    if matches!(words, "By" | "by" | "BY" | "Von" | "Par" | "Por") {
        let next = page.lines.get(index + 1)?;
        return name_end(next.of(text)).map(|end| next.range.start..next.range.start + end);
    }
    let lead = LEAD.iter().find(|l| words.starts_with(**l))?;
    let start = line.range.start + lead.len();
    let end = name_end(&words[lead.len()..])?;
    Some(trimmed(text, start..start + end))
}

/// How far the names go: capitalised words, "and", commas; up to a number, a bar or a small word.
fn name_end(words: &str) -> Option<usize> {
    let stop = words
        .find(|c: char| {
            c.is_ascii_digit() || matches!(c, '|' | '•' | '·' | '(' | '/' | '@' | ':' | '–' | '—')
        })
        .unwrap_or(words.len());
    let (mut end, mut capitals, mut at) = (0, 0, 0);
    for word in words[..stop].split_inclusive(char::is_whitespace) {
        let core = word.trim();
        at += word.len();
        let joins = matches!(
            core,
            "and"
                | "&"
                | "und"
                | "et"
                | "y"
                | "e"
                | "de"
                | "van"
                | "von"
                | "der"
                | "al"
                | "bin"
                | "la"
                | "di"
                | "da"
        );
        if core.starts_with(char::is_uppercase) {
            let name = core.trim_end_matches([',', ';', '.']);
            let hump = month_run_on(name);
            end = at - word.len() + hump.unwrap_or(name.len());
            capitals += 1;
            if hump.is_some() {
                break;
            }
        } else if !joins {
            break;
        }
    }
    ((1..=16).contains(&capitals) && end >= 3).then_some(end)
}

/// Where a month's name is run on to a person's: "RoeDec".
fn month_run_on(name: &str) -> Option<usize> {
    let starts = name.char_indices().skip(1).filter(|(_, c)| c.is_uppercase());
    let mut before_small = starts.filter(|(i, _)| name[..*i].ends_with(char::is_lowercase));
    before_small.find(|(i, _)| MONTHS.contains(&&name[*i..])).map(|(i, _)| i)
}

const MONTHS: [&str; 24] = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Published",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_they_end() {
        for (words, expected) in [
            ("Jane Roe", "Jane Roe"),
            ("Jane Roe and Li Wei, Staff", "Jane Roe and Li Wei, Staff"),
            ("Jane RoeDec 20, 2023", "Jane Roe"),
            ("Jane Roe | Monday", "Jane Roe"),
            ("the numbers", ""),
        ] {
            assert_eq!(name_end(words).map_or("", |e| &words[..e]), expected, "{words}");
        }
    }
}
