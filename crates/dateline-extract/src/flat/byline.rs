//! The byline: "By Jane Roe" near the headline or at the end of the report.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::feature::Survey;
use super::paragraph::trimmed;
use super::role::Role;

/// How far from the headline or from the end of the text a byline is looked for, in lines.
const REACH: usize = 12;
/// The place of the author's name, without "By", and the line it stands in.
#[must_use]
pub fn byline(text: &str, page: &Survey, roles: &[Role]) -> Option<(usize, Range<usize>)> {
    let body = roles.iter().position(|r| *r == Role::Body)?;
    let end = roles.iter().rposition(|r| *r == Role::Body)?;
    let top = page.titles.anchor().unwrap_or(body).min(body).saturating_sub(4);
    let near = (top..(body + 3).min(roles.len())).chain(end + 1..(end + 1 + REACH).min(roles.len()));
    let named = near.filter(|&i| matches!(roles[i], Role::Aside(_)));
    named.filter_map(|i| Some((i, names(text, page, i)?))).find(|(_, name)| is_somebody(&text[name.clone()]))
}

/// The words of `data/extract/bylines.toml` that are used here.
#[derive(Deserialize)]
struct Words {
    /// A "name" of nothing but posts and desks names nobody.
    posts: Vec<String>,
    nobody: Vec<String>,
    lines: LineWords,
}

#[derive(Deserialize)]
struct LineWords {
    leads: Vec<String>,
    alone: Vec<String>,
    within: Vec<String>,
    run_on: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/extract/bylines.toml"))
        .expect("data/extract/bylines.toml is part of the build and tested")
});

fn is_somebody(name: &str) -> bool {
    let is_post = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        WORDS.posts.contains(&word) || WORDS.nobody.contains(&word)
    };
    !name.split_whitespace().all(is_post)
}

fn names(text: &str, page: &Survey, index: usize) -> Option<Range<usize>> {
    let line = &page.lines[index];
    let words = line.of(text);
    if WORDS.lines.alone.iter().any(|lead| lead == words) {
        let next = page.lines.get(index + 1)?;
        return name_end(next.of(text)).map(|end| next.range.start..next.range.start + end);
    }
    let lead = WORDS.lines.leads.iter().find(|l| words.starts_with(l.as_str()))?;
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
        let joins = WORDS.lines.within.iter().any(|word| word == core);
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
    before_small.find(|(i, _)| WORDS.lines.run_on.iter().any(|word| *word == name[*i..])).map(|(i, _)| i)
}

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
