//! The publisher: the site's own name, never the agency whose report it carries.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use dateline_model::{Basis, Evidence, MappedText};
use serde::Deserialize;

use super::agency::{Agencies, Kind};
use super::dateline::Prefix;
use super::feature::Survey;
use super::fold::fold;
use super::headline::letters;
use super::paragraph::trimmed;

/// The words of `data/extract/publishers.toml`.
#[derive(Deserialize)]
pub(crate) struct PublisherWords {
    /// Meta elements that name the site.
    pub(crate) metas: Vec<String>,
    bars: Bars,
    /// What parts a page's own title from the site's name, or from its sections.
    pub(crate) separators: Vec<String>,
    /// What parts the titles that a page's elements and metadata give.
    pub(crate) head_bars: Vec<String>,
    nobody: Vec<String>,
    host_leads: Vec<String>,
    host_ends: Vec<String>,
    phrase: Vec<Phrase>,
}

/// Marks that part a title.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct Bars {
    marks: Vec<String>,
    /// Of each byte, whether one begins with it.
    begin: [bool; 256],
}

impl From<Vec<String>> for Bars {
    fn from(marks: Vec<String>) -> Self {
        let mut begin = [false; 256];
        marks.iter().filter_map(|mark| mark.bytes().next()).for_each(|byte| begin[usize::from(byte)] = true);
        Self { marks, begin }
    }
}

impl Bars {
    /// The lengths of the marks that stand at `at`.
    fn at(&self, title: &[u8], at: usize) -> impl Iterator<Item = usize> {
        // Most bytes begin none.
        let rest =
            title.get(at..).filter(|rest| rest.first().is_some_and(|byte| self.begin[usize::from(*byte)]));
        let stands = move |mark: &&String| rest.is_some_and(|rest| rest.starts_with(mark.as_bytes()));
        let marks: &[String] = if rest.is_some() { &self.marks } else { &[] };
        marks.iter().filter(stands).map(String::len)
    }
}

/// What stands around a site's name, how far the name goes, and what that weighs.
#[derive(Deserialize)]
struct Phrase {
    before: Telling,
    #[serde(default)]
    after: Vec<Telling>,
    weight: u32,
    /// Does it claim the rights?
    #[serde(default)]
    imprint: bool,
}

impl Phrase {
    /// May it stand in a text that has these bytes?
    fn may_stand_in(&self, bytes: Bytes) -> bool {
        let opens = !self.before.words.is_empty();
        bytes.hold(self.before.bytes) && (opens || self.after.iter().any(|after| bytes.hold(after.bytes)))
    }
}

/// Words before or after a name.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Telling {
    words: String,
    bytes: Bytes,
}

impl From<String> for Telling {
    fn from(words: String) -> Self {
        Self { bytes: Bytes::of(&words), words }
    }
}

pub(crate) static WORDS: LazyLock<PublisherWords> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/extract/publishers.toml"))
        .expect("data/extract/publishers.toml is part of the build and tested")
});

/// The first and the last of the marks that part a title, with their lengths.
pub(super) fn title_bars(title: &str) -> Option<[(usize, usize); 2]> {
    let lengths = |at: usize| WORDS.bars.at(title.as_bytes(), at).map(move |length| (at, length));
    let first = (0..title.len()).find_map(|at| lengths(at).min())?;
    let last = (0..title.len()).rev().find_map(|at| lengths(at).max())?;
    Some([first, last])
}

/// What the search for the publisher looks at.
#[derive(Clone, Copy, Debug)]
pub struct Signs<'p> {
    /// The page's text with its bytes.
    pub decoded: &'p MappedText,
    /// Its lines.
    pub page: &'p Survey,
    /// Its address, if known.
    pub uri: Option<&'p str>,
    /// The dateline of its report.
    pub prefix: Option<&'p Prefix>,
    /// The names of agencies.
    pub agencies: &'p Agencies,
}

/// The name with the most evidence; of equals, the first in the page.
#[must_use]
pub fn publisher(signs: &Signs<'_>) -> Option<Evidence> {
    let mut names = Names { signs, by_letters: BTreeMap::new() };
    names.title_ends();
    names.lines();
    names.outlet_of_the_dateline();
    names.best().or_else(|| signs.host())
}

/// Candidate names by their letters, with their weight and first place.
struct Names<'s, 'p> {
    signs: &'s Signs<'p>,
    by_letters: BTreeMap<String, (u32, Range<usize>)>,
}

impl Names<'_, '_> {
    fn add(&mut self, range: Range<usize>, weight: u32) {
        let name = &self.signs.decoded.as_str()[range.clone()];
        let count = name.split_whitespace().count();
        let key = letters(&fold(name));
        if key.is_empty()
            || count > 6
            || name.len() > 60
            || self.signs.agencies.kind(name) == Some(Kind::Wire)
        {
            return;
        }
        self.by_letters.entry(key).or_insert((0, range)).0 += weight;
    }

    /// What stands behind or before the headline in the page's title.
    fn title_ends(&mut self) {
        let title = self.signs.page.lines.first().filter(|_| self.signs.page.titles.first_is_title);
        let Some(line) = title else { return };
        let text = self.signs.decoded.as_str();
        let title = line.of(text);
        if let Some([(first, _), (last, length)]) = title_bars(title) {
            self.add(trimmed(text, line.range.start + last + length..line.range.end), 3);
            self.add(trimmed(text, line.range.start..line.range.start + first), 1);
        }
    }

    /// Names in lines that speak of the site: "© 2017 NAME", "Follow NAME on …", "staff of NAME".
    fn lines(&mut self) {
        let text = self.signs.decoded.as_str();
        let hosts = self.signs.host_labels();
        for (index, line) in self.signs.page.lines.iter().enumerate() {
            let folded = self.signs.page.folded.line(index);
            if !hosts.is_empty() && self.signs.page.shapes[index].words <= 5 {
                let key = letters(folded);
                if hosts.iter().any(|h| same_name(h, &key)) {
                    self.add(line.range.clone(), 6);
                }
            }
            let folded_cues = self.signs.page.cues[index];
            if folded_cues.is_empty() && self.signs.page.shapes[index].words > 6 {
                continue;
            }
            let words = Bytes::of(line.of(text));
            for phrase in WORDS.phrase.iter().filter(|phrase| phrase.may_stand_in(words)) {
                if let Some(range) = between(text, &line.range, phrase) {
                    self.add(range, phrase.weight);
                }
            }
        }
    }

    fn outlet_of_the_dateline(&mut self) {
        let Some(agency) = self.signs.prefix.and_then(|p| p.agency.clone().filter(|_| p.place.is_some()))
        else {
            return;
        };
        self.add(agency, 1);
    }

    fn best(&self) -> Option<Evidence> {
        let best =
            self.by_letters.values().max_by_key(|(weight, range)| (*weight, usize::MAX - range.start))?;
        (best.0 >= 1).then(|| self.signs.printed(best.1.clone()))
    }
}

/// Which bytes stand in a text, as far as sixty-four bits can tell: it rules most phrases out.
#[derive(Clone, Copy)]
struct Bytes(u64);

impl Bytes {
    fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |bits, byte| bits | 1 << (byte % 64)))
    }

    /// May the other's text stand in this one?
    fn hold(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

/// The name in a line that claims the rights: "© 2017 NAME. All rights reserved".
#[must_use]
pub(crate) fn imprint(line: &str) -> Option<Range<usize>> {
    let mut claims = WORDS.phrase.iter().filter(|phrase| phrase.imprint);
    claims.find_map(|phrase| between(line, &(0..line.len()), phrase))
}

/// The capitalised words after `before`, up to one of `after` or the line's end.
fn between(text: &str, line: &Range<usize>, phrase: &Phrase) -> Option<Range<usize>> {
    let (before, after) = (phrase.before.words.as_str(), &phrase.after);
    let words = &text[line.clone()];
    if words.len() > 4000 || before.is_empty() && words.len() > 60 {
        return None;
    }
    if before.is_empty() {
        let name = after.iter().find_map(|a| words.strip_suffix(a.words.as_str()))?;
        return is_site_name(name).then(|| trimmed(text, line.start..line.start + name.len()));
    }
    // The first byte alone is found quickest, and most lines do not hold it.
    let first = *before.as_bytes().first()?;
    let mut places = memchr::memchr_iter(first, words.as_bytes());
    let from = places.find(|&at| words[at..].starts_with(before))? + before.len();
    let rest = words[from..].trim_start_matches(|c: char| !c.is_alphabetic());
    let start = words.len() - rest.len();
    let stop = after.iter().filter_map(|a| rest.find(a.words.as_str())).min();
    let name = rest[..stop.unwrap_or(rest.len())].trim();
    is_site_name(name).then(|| trimmed(text, line.start + start..line.start + start + name.len()))
}

fn is_site_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && name.split_whitespace().count() <= 5
        && !WORDS.nobody.iter().any(|nobody| nobody == name)
}

impl Signs<'_> {
    fn printed(&self, range: Range<usize>) -> Evidence {
        let quote = self.decoded.as_str()[range.clone()].to_owned();
        Evidence { value: quote.clone(), quote, basis: Basis::Printed, bytes: self.decoded.bytes_of(range) }
    }

    /// For want of a name, the host of the page's address, or of the one address printed alone.
    fn host(&self) -> Option<Evidence> {
        if let Some(host) = self.uri.and_then(host_of) {
            let (value, quote) = (host.to_owned(), self.uri.unwrap_or_default().to_owned());
            return Some(Evidence { value, quote, basis: Basis::Url, bytes: None });
        }
        let text = self.decoded.as_str();
        let line = self.page.lines.iter().find(|l| is_address(l.of(text)))?;
        let host = host_of(line.of(text))?;
        let at = line.range.start + line.of(text).find(host)?;
        Some(self.printed(at..at + host.len()))
    }

    /// The letters of the hosts that the page is known or seen to stand on, without endings.
    fn host_labels(&self) -> Vec<String> {
        let text = self.decoded.as_str();
        let printed = self.page.lines.iter().map(|l| l.of(text)).filter(|l| is_address(l)).take(3);
        let hosts = self.uri.into_iter().chain(printed).filter_map(host_of);
        hosts
            .map(|h| letters(&fold(h.split('.').next().unwrap_or_default())))
            .filter(|l| l.len() >= 2)
            .collect()
    }
}

/// A line that is an address and nothing else.
fn is_address(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(char::is_whitespace)
}

/// A host's label and a printed name are the same if their letters are, words such as "the" and "news" aside.
fn same_name(label: &str, name: &str) -> bool {
    !name.is_empty() && (label == name || core_of(label) == core_of(name) && core_of(name).len() >= 3)
}

/// A host's label without the words that many have.
fn core_of(label: &str) -> &str {
    let begun = WORDS.host_leads.iter().fold(label, |rest, lead| rest.trim_start_matches(lead.as_str()));
    WORDS.host_ends.iter().fold(begun, |rest, end| rest.trim_end_matches(end.as_str()))
}

/// The host of an address, without "www.".
pub(super) fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map(|p| p.1)?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.is_empty()).then_some(host)
}
