//! Credits: the agencies and outlets that a page names as the origin of its report.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use serde::Deserialize;

use super::agency::{Agencies, Kind};
use super::feature::Survey;
use super::paragraph::{Paragraph, trimmed};
use super::role::Role;

/// The words of `data/extract/credits.toml`.
#[derive(Deserialize)]
struct Words {
    leads: Vec<String>,
    helped: Vec<Sought>,
    closers: Vec<String>,
    no_more: Vec<String>,
    articles: Vec<String>,
}

/// Words that are looked for in many lines.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Sought(memmem::Finder<'static>);

impl From<String> for Sought {
    fn from(words: String) -> Self {
        Self(memmem::Finder::new(words.as_bytes()).into_owned())
    }
}

impl Sought {
    /// Where the words end in `text`, if they stand there.
    fn end_in(&self, text: &str) -> Option<usize> {
        self.0.find(text.as_bytes()).map(|at| at + self.0.needle().len())
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/extract/credits.toml"))
        .expect("data/extract/credits.toml is part of the build and tested")
});

/// Places of the names, in the order of the page; each name once.
#[must_use]
pub fn credits(
    text: &str,
    page: &Survey,
    roles: &[Role],
    paragraphs: &[Paragraph],
    agencies: &Agencies,
) -> Vec<Range<usize>> {
    let body = roles.iter().position(|r| *r == Role::Body).unwrap_or(roles.len());
    let end = roles.iter().rposition(|r| *r == Role::Body).unwrap_or(0);
    let near = |i: usize| i + NEAR >= body && i <= end + NEAR;
    let mut found = Vec::new();
    for (index, _) in roles.iter().enumerate().filter(|(i, r)| near(*i) && matches!(r, Role::Aside(_))) {
        found.extend(of_aside(text, page.lines[index].range.clone(), page.folded.line(index), agencies));
    }
    for (number, paragraph) in paragraphs.iter().enumerate() {
        if let Some(last) = paragraph.last() {
            found.extend(closing(text, last.clone(), agencies));
            if number + 1 == paragraphs.len() {
                found.extend(in_brackets_at_end(text, last.clone(), agencies));
            }
        }
    }
    found.sort_by_key(|r| r.start);
    let mut seen: Vec<&str> = Vec::new();
    found.retain(|r| {
        let name = &text[r.clone()];
        let new = !seen.contains(&name);
        if new {
            seen.push(name);
        }
        new
    });
    found
}

/// No report has more origins than this.
const MOST: usize = 12;
/// How many lines around the text may name its origin.
const NEAR: usize = 12;

/// Names in a line that is no part of the text: "Source: A, B", a sign-off, a name alone.
pub(crate) fn of_aside(
    text: &str,
    line: Range<usize>,
    folded: &str,
    agencies: &Agencies,
) -> Vec<Range<usize>> {
    let words = &text[line.clone()];
    if let Some(colon) = WORDS.leads.iter().find(|l| opens(folded, l)).and_then(|l| lead_end(words, l)) {
        let listed = names_listed(text, line.start + colon..line.end);
        return listed.into_iter().filter(|r| is_name(&text[r.clone()])).collect();
    }
    let parts = |byte: u8| matches!(byte, b',' | b'/' | b'(' | b'|');
    let first = words.bytes().position(parts).unwrap_or(words.len());
    let alone = trimmed(text, line.start..line.start + first);
    let sign_off = agencies.kind(&text[alone.clone()]).is_some() && words.len() <= 80;
    if sign_off {
        return vec![alone];
    }
    let helped = WORDS.helped.iter().find_map(|sought| sought.end_in(folded));
    let Some(rest) = helped.and_then(|end| words.get(end.min(words.len())..)) else { return Vec::new() };
    let start = line.end - rest.len();
    names_listed(text, start..line.end)
        .into_iter()
        .filter(|r| agencies.kind_by_form(&text[r.clone()]).is_some())
        .collect()
}

/// Does the text begin with the lead? Most differ in their first byte.
fn opens(text: &str, lead: &str) -> bool {
    text.as_bytes().first() == lead.as_bytes().first() && text.starts_with(lead)
}

fn lead_end(words: &str, lead: &str) -> Option<usize> {
    match lead.chars().next_back() {
        Some(mark) if !mark.is_alphabetic() => words.find(mark).map(|at| at + mark.len_utf8()),
        _ => (lead.len() <= words.len()).then_some(lead.len()),
    }
}

/// Names parted by commas, "and" or slashes, up to what is no name.
fn names_listed(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut at = range.start;
    let mut names = Vec::new();
    for part in text.get(range).unwrap_or_default().split_inclusive([',', '/', ';', '|', '&', '+']) {
        let core = part.trim_end_matches([',', '/', ';', '|', '&', '+', '.']);
        let name = trimmed(text, at..at + core.len());
        at += part.len();
        let words = &text[name.clone()];
        let lower = words.to_lowercase();
        let ends = WORDS.no_more.iter().any(|end| lower.starts_with(end.as_str()));
        if ends || words.split_whitespace().count() > 6 {
            break;
        }
        if !name.is_empty() && names.len() < MOST {
            names.push(name);
        }
    }
    names
}

fn is_name(words: &str) -> bool {
    words.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()) && words.len() <= 60
}

/// "…, Agency reported." at the end of a paragraph.
pub(crate) fn closing(text: &str, piece: Range<usize>, agencies: &Agencies) -> Option<Range<usize>> {
    let line = text[piece.clone()].trim_end_matches(['.', '"', '”', ' ']);
    let before = WORDS.closers.iter().find_map(|c| line.strip_suffix(c.as_str()))?.trim_end();
    let comma = before
        .rfind([',', '”', '"', ';'])
        .map(|at| at + before[at..].chars().next().map_or(1, char::len_utf8))?;
    let name = trimmed(text, piece.start + comma..piece.start + before.len());
    let bare = WORDS.articles.iter().find_map(|article| text[name.clone()].strip_prefix(article.as_str()));
    let cut = bare.map_or(name.start, |rest| name.end - rest.len());
    let name = cut..name.end;
    let known = agencies.kind_by_form(&text[name.clone()]);
    known.is_some_and(|k| matches!(k, Kind::Wire | Kind::Outlet)).then_some(name)
}

/// "(Agency)" or "– Agency" as the last words of the text.
pub(crate) fn in_brackets_at_end(
    text: &str,
    piece: Range<usize>,
    agencies: &Agencies,
) -> Option<Range<usize>> {
    let line = text[piece.clone()].trim_end();
    let inner = match line.strip_suffix(')').or_else(|| line.strip_suffix(']')) {
        Some(inner) => inner,
        None => line,
    };
    let open = inner.rfind(['(', '[', '–', '—', '-', '/'])?;
    let open_end = open + inner[open..].chars().next().map_or(1, char::len_utf8);
    let name = trimmed(text, piece.start + open_end..piece.start + inner.len());
    (name.len() <= 30 && agencies.kind(&text[name.clone()]).is_some()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_lines_beside_the_text() {
        let agencies = Agencies::built_in();
        for (line, expected) in [
            ("Source: News Agencies, Edited by website team", &["News Agencies"][..]),
            ("Source : The Lagos Herald / Reuters", &["The Lagos Herald", "Reuters"]),
            ("SANA, J. Roe/L. Wei", &["SANA"]),
            ("Related stories", &[]),
        ] {
            let folded = super::super::fold::fold(line);
            let found = of_aside(line, 0..line.len(), &folded, agencies);
            let names: Vec<&str> = found.into_iter().map(|r| &line[r]).collect();
            assert_eq!(names, expected, "{line}");
        }
    }

    #[test]
    fn names_at_the_end_of_the_text() {
        let agencies = Agencies::built_in();
        for (line, expected) in [
            ("“The port is closed,” the mayor said, RT reported.", Some("RT")),
            ("The port is closed, the Xinhua news agency reported.", Some("Xinhua")),
            ("The port is closed, the Ostrava Courier reported.", Some("Ostrava Courier")),
            ("The port is closed, the mayor reported.", None),
            ("The port is closed, Jan Novak reported.", None),
        ] {
            assert_eq!(closing(line, 0..line.len(), agencies).map(|r| &line[r]), expected, "{line}");
        }
        let line = "The port is closed. (Reuters)";
        assert_eq!(in_brackets_at_end(line, 0..line.len(), agencies).map(|r| &line[r]), Some("Reuters"));
    }
}
