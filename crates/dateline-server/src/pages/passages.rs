//! The passages of a report around the words that an event cites: enough to read them in.

use serde::Serialize;
use utoipa::ToSchema;

/// A stretch of a report's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Passage {
    /// First code point.
    start: u32,
    /// One past the last.
    end: u32,
    /// The words.
    text: String,
    /// Does it begin in the middle of a paragraph?
    is_cut_before: bool,
    /// Does it end in the middle of one?
    is_cut_after: bool,
}

/// At most so many code points are shown on each side of cited words.
const AROUND: usize = 300;

/// The passages around `cited`, in order; where they touch, they are one.
pub(crate) fn passages(text: &str, cited: &[(u32, u32)]) -> Vec<Passage> {
    let letters: Vec<char> = text.chars().collect();
    let mut around: Vec<(usize, usize)> = cited
        .iter()
        .map(|(start, end)| (*start as usize, *end as usize))
        .filter(|(start, end)| start < end && *end <= letters.len())
        .map(|(start, end)| (before(&letters, start), after(&letters, end)))
        .collect();
    around.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (start, end) in around {
        match merged.last_mut() {
            // Only white space between them: one passage.
            Some(last) if letters[last.1.min(start)..start].iter().all(|c| c.is_whitespace()) => {
                last.1 = last.1.max(end);
            }
            _ => merged.push((start, end)),
        }
    }
    merged.into_iter().map(|(start, end)| passage(&letters, start, end)).collect()
}

fn passage(letters: &[char], start: usize, end: usize) -> Passage {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let opens = letters[..start].last().is_none_or(|c| *c == '\n');
    let closes = letters.get(end).is_none_or(|c| *c == '\n');
    Passage {
        start: count(start),
        end: count(end),
        text: letters[start..end].iter().collect(),
        is_cut_before: !opens,
        is_cut_after: !closes,
    }
}

/// The paragraph's beginning, or a word's not too far before.
fn before(letters: &[char], at: usize) -> usize {
    let least = at.saturating_sub(AROUND);
    match letters[least..at].iter().rposition(|c| *c == '\n') {
        Some(line) => least + line + 1,
        None if least == 0 => 0,
        None => {
            letters[least..at].iter().position(|c| c.is_whitespace()).map_or(at, |space| least + space + 1)
        }
    }
}

/// The paragraph's end, or a word's not too far behind.
fn after(letters: &[char], at: usize) -> usize {
    let most = (at + AROUND).min(letters.len());
    match letters[at..most].iter().position(|c| *c == '\n') {
        Some(line) => at + line,
        None if most == letters.len() => most,
        None => letters[at..most].iter().rposition(|c| c.is_whitespace()).map_or(at, |space| at + space),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, cited: &[(u32, u32)], expected: &[&str]) {
        let found = passages(text, cited);
        let texts: Vec<_> = found.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(texts, expected, "{cited:?}");
        for passage in found {
            let words: String = text
                .chars()
                .skip(passage.start as usize)
                .take((passage.end - passage.start) as usize)
                .collect();
            assert_eq!(words, passage.text);
        }
    }

    #[test]
    fn paragraphs_around_cited_words() {
        let text = "Première.\n\nThe ferry sank.\n\nThird.\n\nFourth.";
        check(text, &[], &[]);
        check(text, &[(15, 20)], &["The ferry sank."]);
        check(text, &[(15, 20), (21, 25), (36, 40)], &["The ferry sank.", "Fourth."]);
        check(text, &[(15, 20), (28, 30)], &["The ferry sank.\n\nThird."]);
        check(text, &[(15, 9_000)], &[]);
    }

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let text = "word ".repeat(1_000);
        let [passage] = &passages(&text, &[(2_500, 2_504)])[..] else { panic!("one passage") };
        assert!(passage.is_cut_before && passage.is_cut_after);
        assert!(passage.text.starts_with("word ") && passage.text.ends_with("word"), "{}", passage.text);
        assert!(passage.text.len() <= 2 * AROUND + 4);
    }
}
