//! The site's own names, and how to take them off a title.

use std::ops::Range;

use dateline_model::MappedText;

use super::headline::key;
use crate::flat::publisher::WORDS;
use crate::structured::bare_address;

/// What a site may be called.
#[derive(Debug, Default)]
pub(crate) struct Site {
    /// Names as keys: letters and digits in lower case.
    keys: Vec<String>,
    /// The host without `www` and the last part: `theguardian`, `newsbbcco`.
    host: Option<String>,
}

impl Site {
    /// A site by its names and one of its addresses.
    pub(crate) fn new<'n>(names: impl Iterator<Item = &'n str>, address: Option<&str>) -> Self {
        let mut keys: Vec<String> = names.map(key).filter(|k| !k.is_empty()).collect();
        keys.sort();
        keys.dedup();
        Self { keys, host: address.and_then(host_key) }
    }

    /// Is `text` one of the names that the page gives its site?
    pub(crate) fn is_named(&self, text: &str) -> bool {
        self.keys.binary_search(&key(text)).is_ok()
    }

    /// Is `text` a name of the site, or much like its host?
    pub(crate) fn is_called(&self, text: &str) -> bool {
        let key = key(text);
        let like = |host: &String| {
            let (short, long) = if key.len() < host.len() { (&key, host) } else { (host, &key) };
            short.len() >= 3 && short.len() * 2 >= long.len() && long.contains(short.as_str())
        };
        self.keys.binary_search(&key).is_ok() || self.host.as_ref().is_some_and(like)
    }
}

fn host_key(address: &str) -> Option<String> {
    let bare = bare_address(address);
    let host = bare.split('/').next()?;
    let name = host.rsplit_once('.').map_or(host, |(name, _)| name);
    Some(key(name)).filter(|k| k.len() >= 3)
}

/// The title without the site's name before or after it: `Talks go on | The Post`. After an upright
/// bar stands a name or a section, whatever it is.
pub(crate) fn without_site(title: &MappedText, site: &Site) -> MappedText {
    let mut range = 0..title.len();
    for _ in 0..MOST_PARTS {
        let text = &title.as_str()[range.clone()];
        let Some(rest) = shorter(text, site).filter(|rest| key(&text[rest.clone()]).len() >= SHORTEST) else {
            break;
        };
        range = range.start + rest.start..range.start + rest.end;
    }
    title.part(range).trimmed()
}

/// Titles name section, site and slogan, and no more.
const MOST_PARTS: usize = 4;
/// Nothing shorter is a headline with a name beside it.
const SHORTEST: usize = 8;

/// What is left of `text` without the name at its end or beginning.
fn shorter(text: &str, site: &Site) -> Option<Range<usize>> {
    let marks = WORDS.separators.iter().flat_map(|mark| text.match_indices(mark.as_str()));
    let marks: Vec<(usize, &str)> = marks.collect();
    let (last, mark) = *marks.iter().max_by_key(|(at, _)| *at)?;
    let name = &text[last + mark.len()..];
    let section = mark.contains('|') && name.split_whitespace().count() <= 4;
    if section || site.is_called(name) {
        return Some(0..last);
    }
    let (first, mark) = *marks.iter().min_by_key(|(at, _)| *at)?;
    let name = &text[..first];
    // A headline may open with a word of the host: "Report: …" in bleacherreport.
    let called = if mark == ": " { site.is_named(name) } else { site.is_called(name) };
    called.then_some(first + mark.len()..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn names_come_off() {
        let site = Site::new(["The Post"].into_iter(), Some("https://www.hill-news.example/a"));
        for (title, expected) in [
            ("Talks go on | The Post", "Talks go on"),
            ("The Post: Talks - again", "Talks - again"),
            ("Talks – World – Hill News", "Talks – World"),
            ("Talks | Other", "Talks | Other"),
            ("The Post", "The Post"),
        ] {
            let text = decode(title.as_bytes(), "utf-8");
            assert_eq!(without_site(&text, &site).as_str(), expected, "{title}");
        }
    }
}
