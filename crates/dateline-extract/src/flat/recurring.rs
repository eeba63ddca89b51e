//! Lines that recur over pages of one publisher: what a site prints beside every report is no part of any.
//!
//! The lines of many pages are counted before any page is read, and the finished table is passed in. So
//! a page is read by its own words and the table, whatever pages are read beside it. The table is the
//! same in whatever order the pages are counted, and its size is bounded: of a publisher, and of all of
//! them together, no more than so many pages are counted, and which ones their digests decide.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Capture, MediaType};

use super::fold::{Folded, fold, hash};
use super::headline::letters;
use super::kinds::Kinds;
use super::line::lines;
use super::publisher::{host_of, title_bars};
use super::reading::Known;
use crate::decode::decode;

/// Of one publisher so many pages are counted; more would tell nothing new.
const PAGES_OF_ONE: usize = 64;
/// Pages that are counted of all publishers together: some hundred megabytes at the very most.
const PAGES_OF_ALL: usize = 1 << 14;
/// Of one page so many lines are counted.
const LINES_OF_ONE: usize = 1 << 10;
/// A page that has more bytes does not wait for a second one of its publisher.
const WAITING: usize = 1 << 15;
/// A title stands within so many bytes.
const HEAD: usize = 1 << 10;
/// A name of a site is no longer than this, in words.
const NAME_WORDS: usize = 6;

/// Counts lines, page by page. Only flattened pages count: of others the markup tells more.
#[derive(Clone, Debug)]
pub struct LineCounter {
    /// Of each publisher the first page, as long as it is the only one: it is not read in vain.
    alone: BTreeMap<String, Option<Capture>>,
    /// By publisher, its pages by the head of their digest: the pages with the least are kept.
    pages: BTreeMap<String, BTreeMap<u64, CountedPage>>,
    kept: usize,
    /// Pages with greater digests are not counted: lowered when there are too many.
    limit: u64,
}

#[derive(Clone, Debug)]
struct CountedPage {
    /// Two pages with one title are one report, saved twice.
    title: u64,
    lines: Vec<u64>,
}

impl Default for LineCounter {
    fn default() -> Self {
        Self { alone: BTreeMap::new(), pages: BTreeMap::new(), kept: 0, limit: u64::MAX }
    }
}

impl LineCounter {
    /// Counts the lines of a page, if it is a flattened page that tells its publisher.
    pub fn add(&mut self, capture: &Capture) {
        if capture.media_type != MediaType::Text || order(capture) > self.limit {
            return;
        }
        let Some(publisher) = publisher(capture) else { return };
        match self.alone.get_mut(&publisher).map(Option::take) {
            None if capture.bytes.len() <= WAITING => {
                self.alone.insert(publisher, Some(capture.clone()));
                return;
            }
            None => {
                self.alone.insert(publisher.clone(), None);
            }
            Some(None) => {}
            Some(Some(first)) => self.count(publisher.clone(), &first),
        }
        self.count(publisher, capture);
    }

    fn count(&mut self, publisher: String, capture: &Capture) {
        let decoded = decode(&capture.bytes, capture.charset.name);
        let text = decoded.as_str();
        let folded = Folded::new(text, &Kinds::of(text), &lines(text));
        let page = CountedPage { title: hash(folded.line(0)), lines: distinct(&folded) };
        self.keep(publisher, order(capture), page);
    }

    fn keep(&mut self, publisher: String, order: u64, page: CountedPage) {
        if order > self.limit {
            return;
        }
        let of_one = self.pages.entry(publisher).or_default();
        if of_one.insert(order, page).is_none() {
            self.kept += 1;
        }
        if of_one.len() > PAGES_OF_ONE {
            of_one.pop_last();
            self.kept -= 1;
        }
        // For any limit, the pages kept depend on the pages seen and not on their order, and more pages
        // seen are never fewer kept: so the limit that all of them come to is always the same.
        while self.kept > PAGES_OF_ALL {
            self.limit /= 2;
            self.drop_beyond_limit();
        }
    }

    fn drop_beyond_limit(&mut self) {
        let limit = self.limit;
        self.pages.values_mut().for_each(|of_one| of_one.retain(|order, _| *order <= limit));
        self.pages.retain(|_, of_one| !of_one.is_empty());
        self.kept = self.pages.values().map(BTreeMap::len).sum();
    }

    /// The table of all lines that stand in more than one page of their publisher.
    #[must_use]
    pub fn finish(self) -> RecurringLines {
        let tables = self.pages.into_iter().map(|(publisher, pages)| (publisher, recurring(pages)));
        RecurringLines { by_publisher: tables.filter(|(_, lines)| !lines.is_empty()).collect() }
    }
}

/// By this the pages to be counted are chosen: it is the page's own, and as good as drawn by lot.
fn order(capture: &Capture) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = capture.sha256.0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// Who publishes a page, as far as can be told without reading more than its first line.
fn publisher(capture: &Capture) -> Option<String> {
    let head = decode(&capture.bytes[..capture.bytes.len().min(HEAD)], capture.charset.name);
    let lines = lines(head.as_str());
    let title = lines.first().map_or("", |line| line.of(head.as_str()));
    key(capture.supplied.publisher.as_deref(), capture.uri.as_deref(), title)
}

/// The lines of one publisher's pages that stand in several, each with the number of its pages.
fn recurring(pages: BTreeMap<u64, CountedPage>) -> Vec<(u64, u32)> {
    let mut by_title: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for page in pages.into_values() {
        by_title.entry(page.title).or_default().extend(page.lines);
    }
    let mut lines: Vec<u64> = by_title.into_values().flatten().collect();
    lines.sort_unstable();
    let runs = lines.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    runs.map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX))).collect()
}

fn distinct(folded: &Folded) -> Vec<u64> {
    let mut lines: Vec<u64> = folded.hashes().iter().copied().take(LINES_OF_ONE).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Who publishes a page, as far as its address or its title tells without reading it.
fn key(supplied: Option<&str>, address: Option<&str>, title: &str) -> Option<String> {
    if let Some(host) = address.and_then(host_of) {
        return Some(host.to_owned());
    }
    let after_bar = || {
        let [_, (at, bar)] = title_bars(title)?;
        let name = &title[at + bar..];
        (name.split_whitespace().count() <= NAME_WORDS).then_some(name)
    };
    let name = letters(&fold(supplied.or_else(after_bar)?));
    (!name.is_empty()).then_some(name)
}

/// Which lines stand in several pages of their publisher.
///
/// ```
/// use dateline_extract::{LineCounter, RecurringLines};
/// use dateline_extract::flat::{Known, fold::Folded};
///
/// // Nothing was counted, so no line recurs.
/// let table: RecurringLines = LineCounter::default().finish();
/// let page = Folded::of(["Bridge closed | The Courier", "Join the mailing list"]);
/// assert!(table.pages_of(Known::default(), "Bridge closed | The Courier", &page).is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecurringLines {
    by_publisher: BTreeMap<String, Vec<(u64, u32)>>,
}

impl RecurringLines {
    /// Of each line of a page, in how many pages of its publisher it stands; 0 of those that do not recur.
    /// Empty where nothing recurs at all.
    #[must_use]
    pub fn pages_of(&self, known: Known<'_>, title: &str, page: &Folded) -> Vec<u32> {
        if self.by_publisher.is_empty() {
            return Vec::new();
        }
        let table = key(known.publisher, known.address, title).and_then(|key| self.by_publisher.get(&key));
        let pages = |hash: &u64| {
            let table = table?;
            let at = table.binary_search_by_key(hash, |entry| entry.0).ok()?;
            Some(table[at].1)
        };
        page.hashes().iter().map(|hash| pages(hash).unwrap_or_default()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(pages: &[(u64, &str)]) -> RecurringLines {
        let mut counter = LineCounter::default();
        for (order, text) in pages {
            let lines = lines(text);
            let folded = Folded::new(text, &Kinds::of(text), &lines);
            let title = lines.first().map_or("", |line| line.of(text));
            let page = CountedPage { title: hash(folded.line(0)), lines: distinct(&folded) };
            counter.keep(key(None, None, title).unwrap(), *order, page);
        }
        counter.finish()
    }

    const FIRST: (u64, &str) =
        (1, "Bridge closed | The Courier\nJoin our mailing list\nThe bridge is closed.");
    const SECOND: (u64, &str) =
        (2, "Mayor resigns | The Courier\nJoin our mailing list\nThe mayor has resigned.");
    const AGAIN: (u64, &str) = (3, "Bridge closed | The Courier\nThe bridge is closed.\nPrint");
    const OTHER: (u64, &str) =
        (4, "Bridge closed | The Herald\nJoin our mailing list\nThe bridge is closed.");

    #[test]
    fn lines_of_several_reports_recur() {
        let table = count(&[FIRST, SECOND, AGAIN, OTHER]);
        let page = Folded::of(["join our mailing list", "the bridge is closed.", "print"]);
        let elsewhere = Known { address: Some("https://courier.example/1"), ..Known::default() };
        assert_eq!(table.pages_of(Known::default(), "Floods | The Courier", &page), [2, 0, 0]);
        assert_eq!(table.pages_of(Known::default(), "Floods | The Herald", &page), [0, 0, 0]);
        assert_eq!(table.pages_of(elsewhere, "", &page), [0, 0, 0]);
    }

    #[test]
    fn the_order_of_pages_changes_nothing() {
        let pages = [FIRST, SECOND, AGAIN, OTHER];
        let mut turned = pages;
        turned.reverse();
        assert_eq!(count(&pages), count(&turned));
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_same_in_any_order() {
        let page = |n: u64| CountedPage { title: n, lines: vec![n % 7, n] };
        let orders: Vec<u64> = (1..40_000_u64).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
        let count = |orders: &[u64]| {
            let mut counter = LineCounter::default();
            for order in orders {
                if *order <= counter.limit {
                    counter.keep(format!("{}", order % 900), *order, page(*order));
                }
            }
            assert!(counter.kept <= PAGES_OF_ALL);
            counter.finish()
        };
        let mut turned = orders.clone();
        turned.reverse();
        assert_eq!(count(&orders), count(&turned));
    }
}
