//! A bound on complaints: a file with a million bad lines says so a thousand times, and then once more.

use dateline_model::{Diagnostic, Severity};

use crate::ingested::{Ingested, SetAsideInput};
use crate::source::Source;
use crate::tally::{Count, Tally};

/// Passes on all captures, and what was set aside up to a bound; the rest is counted by kind.
pub(crate) struct Bounded<I> {
    pages: I,
    source: Source,
    left: u32,
    withheld: Tally,
}

/// How many single remarks one file may cause.
const MOST: u32 = 1000;

impl<I: Iterator<Item = Ingested>> Bounded<I> {
    pub(crate) fn new(pages: I, source: Source) -> Self {
        Self { pages, source, left: MOST, withheld: Tally::default() }
    }

    fn remark(&self, Count { kind, count, first }: Count) -> Ingested {
        let message = format!("more places set aside ({kind}): {count} in number");
        let remark = Diagnostic::new(&kind, Severity::Warning, message);
        self.source.aside(Some(first).filter(|place| !place.is_empty()), remark)
    }
}

impl<I: Iterator<Item = Ingested>> Iterator for Bounded<I> {
    type Item = Ingested;

    fn next(&mut self) -> Option<Ingested> {
        for ingested in self.pages.by_ref() {
            match ingested {
                Ingested::SetAside(SetAsideInput { origin, diagnostic }) if self.left == 0 => {
                    self.withheld.count(&diagnostic.code, || origin.place.unwrap_or_default());
                }
                Ingested::SetAside(aside) => {
                    self.left -= 1;
                    return Some(Ingested::SetAside(aside));
                }
                capture => return Some(capture),
            }
        }
        self.withheld.take().map(|count| self.remark(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_ends_in_a_count() {
        let source = Source { file: "a".into(), name: "a".into() };
        let bad = |n: u32| source.failed(Some(format!("line {n}")), "bad-json", "no");
        let told: Vec<Ingested> = Bounded::new((1..=5000).map(bad), source.clone()).collect();
        assert_eq!(told.len(), 1001);
        let Some(Ingested::SetAside(last)) = told.last() else { panic!("the count is set aside too") };
        assert_eq!(last.to_string(), "a, line 1001: more places set aside (bad-json): 4000 in number");
    }
}
