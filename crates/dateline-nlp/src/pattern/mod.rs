//! Python regular expressions, as far as packages use them, matched with Python's results.
//!
//! A package's tokenizer is a handful of very wide alternations: hundreds of signs, currencies, units
//! and character classes, some with a look at what stands before or after. Each alternative becomes a
//! small program; which of them can match at a place is read off a table by the character that stands
//! there, so that most places cost one look-up.

mod compile;
mod parse;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use program::Program;

use crate::unicode::CharSet;

/// What of a pattern this engine does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the pattern has {what} at character {at}, which is not supported")]
pub(crate) struct Unsupported {
    pub(crate) what: &'static str,
    pub(crate) at: usize,
}

/// A pattern ready to search with.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The alternatives, forwards and backwards.
    forward: Vec<Program>,
    backward: Vec<Program>,
    by_first: Dispatch,
    by_last: Dispatch,
    /// Do all alternatives begin with `^`; do all end with `$`?
    anchored_start: bool,
    anchored_end: bool,
    /// Bytes that every match holds, where there are any.
    required: Vec<u8>,
}

impl Pattern {
    /// Reads a pattern.
    pub(crate) fn new(source: &str) -> Result<Self, Unsupported> {
        let node = parse::parse(source)?;
        let alternatives = node.alternatives();
        Ok(Self {
            forward: alternatives.iter().map(|a| compile::forward(a)).collect(),
            backward: alternatives.iter().map(|a| compile::backward(a)).collect(),
            by_first: Dispatch::new(alternatives.iter().map(|a| a.first(compile::Direction::Forward))),
            by_last: Dispatch::new(alternatives.iter().map(|a| a.first(compile::Direction::Backward))),
            anchored_start: alternatives.iter().all(|a| a.begins_with_start()),
            anchored_end: alternatives.iter().all(|a| a.ends_with_end()),
            required: node.required(),
        })
    }

    /// `re.search`: the first place where the pattern matches.
    pub(crate) fn search(&self, text: &str) -> Option<Range<usize>> {
        if !self.anchored_start && self.anchored_end {
            return self.search_from_end(text);
        }
        if self.anchored_start {
            return self.match_at(text, 0).map(|end| 0..end);
        }
        self.search_from(text, 0)
    }

    /// Is there a match that begins where the text begins (`re.match`)?
    pub(crate) fn matches_start(&self, text: &str) -> bool {
        self.required.iter().all(|&byte| text.as_bytes().contains(&byte)) && self.match_at(text, 0).is_some()
    }

    /// `re.finditer`: all matches that do not overlap, from left to right.
    pub(crate) fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        let (mut matches, mut at) = (Vec::new(), 0);
        while let Some(found) = self.search_from(text, at) {
            at = found.end;
            if found.is_empty() {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
            matches.push(found);
            if at > text.len() {
                break;
            }
        }
        matches
    }

    fn search_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let places = text[from..].char_indices().map(|(at, _)| from + at).chain([text.len()]);
        places.into_iter().find_map(|at| self.match_at(text, at).map(|end| at..end))
    }

    /// The end of the match at `at` that Python would prefer: that of the first alternative that matches.
    fn match_at(&self, text: &str, at: usize) -> Option<usize> {
        let next = text[at..].chars().next();
        self.by_first.candidates(next).iter().find_map(|&n| self.forward.get(usize::from(n))?.run(text, at))
    }

    /// Every match ends at the text's end, so the first is the longest, and it is sought from there.
    fn search_from_end(&self, text: &str) -> Option<Range<usize>> {
        let last = text.chars().next_back();
        let candidates = self.by_last.candidates(last).iter();
        let starts =
            candidates.filter_map(|&n| self.backward.get(usize::from(n))?.run_longest(text, text.len()));
        starts.min().map(|start| start..text.len())
    }
}

/// Which alternatives can match where a given character stands.
#[derive(Debug)]
struct Dispatch {
    /// The first character of each stretch in which the candidates are the same, and their list.
    stretches: Vec<(u32, u16)>,
    ascii: [u16; 128],
    lists: Vec<Vec<u16>>,
}

impl Dispatch {
    fn new(firsts: impl Iterator<Item = Option<CharSet>>) -> Self {
        let mut events: BTreeMap<u32, Vec<(Edge, u16)>> = BTreeMap::from([(0, Vec::new())]);
        let mut always = BTreeSet::new();
        for (number, first) in (0..).zip(firsts) {
            match first {
                None => always.extend([number]),
                Some(set) => {
                    for &(from, to) in set.ranges() {
                        events.entry(from).or_default().push((Edge::Begins, number));
                        events.entry(to + 1).or_default().push((Edge::Ends, number));
                    }
                }
            }
        }
        let mut dispatch = Self { stretches: Vec::new(), ascii: [0; 128], lists: Vec::new() };
        let mut known = BTreeMap::new();
        dispatch.list(&mut known, always.iter().copied().collect());
        let mut active = always;
        for (at, changes) in events {
            for (edge, number) in changes {
                match edge {
                    Edge::Begins => active.insert(number),
                    Edge::Ends => active.remove(&number),
                };
            }
            let list = dispatch.list(&mut known, active.iter().copied().collect());
            dispatch.stretches.push((at, list));
        }
        for c in 0..128_u8 {
            let list = dispatch.stretch(u32::from(c));
            dispatch.ascii[usize::from(c)] = list;
        }
        dispatch
    }

    /// The number of a list; the list of those that match before anything, or nothing, is number 0.
    fn list(&mut self, known: &mut BTreeMap<Vec<u16>, u16>, list: Vec<u16>) -> u16 {
        if let Some(&number) = known.get(&list) {
            return number;
        }
        let number = u16::try_from(self.lists.len()).unwrap_or(u16::MAX);
        self.lists.push(list.clone());
        known.insert(list, number);
        number
    }

    fn stretch(&self, c: u32) -> u16 {
        let after = self.stretches.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).and_then(|i| self.stretches.get(i)).map_or(0, |&(_, list)| list)
    }

    #[inline]
    fn candidates(&self, c: Option<char>) -> &[u16] {
        let list = match c {
            None => 0,
            Some(c) if c.is_ascii() => self.ascii[c as usize & 127],
            Some(c) => self.stretch(u32::from(c)),
        };
        self.lists.get(usize::from(list)).map_or(&[], Vec::as_slice)
    }
}

/// Does a range of characters begin here, or has it ended?
#[derive(Clone, Copy)]
enum Edge {
    Begins,
    Ends,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, text: &str, expected: &[&str]) {
        let found = Pattern::new(pattern).unwrap().find_all(text);
        let found: Vec<_> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{pattern:?} in {text:?}");
    }

    #[test]
    fn matches_are_pythons() {
        check(r"\.\.+|…", "a..b...c.d…", &["..", "...", "…"]);
        check(r"(?<=[0-9])[+\-*^](?=[0-9-])", "1+2 x-3 4--5", &["+", "-"]);
        check(r"(?<=[a-z])(?:-|--|---)(?=[a-z])", "a-b c--d -e", &["-", "--"]);
        check(r"\+(?![0-9])", "+1 +a +", &["+", "+"]);
        check(r"\w+", "naïve ⅷ_1", &["naïve", "ⅷ_1"]);
        check(r"x{2,3}", "x xx xxxx", &["xx", "xxx"]);
        check(r"a|ab", "ab", &["a"]);
        check(r"a*?b", "aab", &["aab"]);
        check(r"[^\W\d]+", "ab1c", &["ab", "c"]);
        check(r"(?:a|b)*", "ab", &["ab", ""]);
    }

    #[test]
    fn a_pattern_bound_to_the_end_takes_the_longest() {
        let pattern = Pattern::new(r"(?<=[0-9])(?:km|m)$|\.\.+$|'s$").unwrap();
        for (text, expected) in
            [("5km", "km"), ("5m", "m"), ("km", ""), ("a...", "..."), ("it's", "'s"), ("s", "")]
        {
            assert_eq!(pattern.search(text).map_or("", |range| &text[range]), expected, "{text:?}");
        }
    }

    #[test]
    fn a_pattern_bound_to_the_start_matches_there_only() {
        let pattern = Pattern::new(r"^\(|^\.\.+|^US\$").unwrap();
        for (text, expected) in [("(a", "("), ("a(", ""), ("..a", ".."), ("US$5", "US$"), ("", "")] {
            assert_eq!(pattern.search(text).map_or("", |range| &text[range]), expected, "{text:?}");
        }
    }

    #[test]
    fn nested_repetition_takes_linear_time() {
        let pattern = Pattern::new(r"^(?:a*)*(?:a|aa)+b$").unwrap();
        assert!(!pattern.matches_start(&"a".repeat(20_000)));
    }

    #[test]
    fn what_is_not_known_is_said() {
        for pattern in [r"(a)\1", r"(?i)a", r"a(", "[b", r"(?P<x>a)(?P=x)"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern:?}");
        }
    }
}
