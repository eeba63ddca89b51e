//! Where a saved page came from: the address, and the time, that the browser noted as it saved it.

use std::sync::LazyLock;

use dateline_model::Moment;
use memchr::memmem;
use serde::Deserialize;

use crate::day;

/// What the comment of a saved page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Saved {
    pub(crate) uri: Option<String>,
    pub(crate) retrieved: Option<Moment>,
}

impl Saved {
    /// Reads the comment; says nothing where there is none.
    pub(crate) fn of(page: &[u8]) -> Self {
        let head = &page[..page.len().min(RULES.window)];
        RULES.comment.iter().find_map(|form| form.read(head)).unwrap_or_default()
    }
}

#[derive(Deserialize)]
struct Comment {
    mark: String,
    address: String,
    date: Option<String>,
}

impl Comment {
    fn read(&self, head: &[u8]) -> Option<Saved> {
        let start = memmem::find(head, self.mark.as_bytes())? + self.mark.len();
        let end = start + memmem::find(&head[start..], b"-->")?;
        let comment = String::from_utf8_lossy(&head[start..end]);
        let address = comment.split_once(&self.address)?.1.split_whitespace().next()?;
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        let uri = is_web.then(|| address.to_owned())?;
        let date = self.date.as_ref().and_then(|before| comment.split_once(before));
        let retrieved = date.and_then(|(_, written)| time(written.lines().next()?));
        Some(Saved { uri: Some(uri), retrieved })
    }
}

/// The time as scripts write it: `Wed Oct 19 2016 12:30:00 GMT+0200 (Central European Summer Time)`.
fn time(written: &str) -> Option<Moment> {
    let words: Vec<&str> = written.split_whitespace().take(6).collect();
    let [_, month, day, year, clock, zone] = words.as_slice() else { return None };
    let zone = zone.strip_prefix("GMT").filter(|offset| !offset.is_empty()).unwrap_or("GMT");
    day::moment(&format!("{day} {month} {year} {clock} {zone}"))
}

#[derive(Deserialize)]
struct Rules {
    window: usize,
    comment: Vec<Comment>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/ingest/saved.toml"))
        .expect("data/ingest/saved.toml is read by every test")
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, uri: Option<&str>, retrieved: Option<&str>) {
        let saved = Saved::of(page.as_bytes());
        assert_eq!(saved.uri.as_deref(), uri, "{page}");
        assert_eq!(saved.retrieved.map(|m| m.to_string()).as_deref(), retrieved, "{page}");
    }

    #[test]
    fn the_comment_of_a_saved_page_names_its_address() {
        check(
            "<!DOCTYPE html>\n<!-- saved from url=(0031)https://news.example/2016/talks -->\n<html>",
            Some("https://news.example/2016/talks"),
            None,
        );
        check(
            "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://news.example/a \n \
             saved date: Wed Oct 19 2016 12:30:00 GMT+0200 (Central European Summer Time)\n--><head>",
            Some("https://news.example/a"),
            Some("2016-10-19T12:30+02:00"),
        );
        check("<!-- saved from url=(0014)about:internet -->", None, None);
        check("<!-- saved from url=(0031)https://never.closed", None, None);
        check("<p>words", None, None);
    }
}
