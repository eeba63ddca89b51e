//! Where does a shared passage begin and end? At a sentence, where most of the sentence is shared.

use dateline_model::Span;

use crate::align::Match;
use crate::words::Words;

/// Words looked at for the end of a sentence. A text without any keeps the edge that was found.
const REACH: usize = 90;
/// Of a sentence at the edge, fewer shared words than this are chance if they are few of the sentence's.
const SPILL_WORDS: usize = 5;
/// "Few" is less than one in so many.
const SPILL_SHARE: usize = 3;
/// So many words are left to a sentence's edge at any rate.
const ALWAYS_TAKEN: usize = 3;

/// The words of both reports that a passage covers, ends not included, and which of them agree.
#[derive(Clone, Debug)]
pub(crate) struct Extent {
    pub(crate) a: (usize, usize),
    pub(crate) b: (usize, usize),
    pub(crate) matches: Vec<Match>,
}

/// Cuts off what agrees by chance at the edges and fills up sentences.
pub(crate) fn finish(mut matches: Vec<Match>, a: &Words, b: &Words) -> Option<Extent> {
    while spilled_after(&matches, a, b) > 0 {
        matches.truncate(matches.len() - spilled_after(&matches, a, b));
    }
    while spilled_before(&matches, a, b) > 0 {
        matches.drain(..spilled_before(&matches, a, b));
    }
    let (first, last) = (*matches.first()?, *matches.last()?);
    let (first, last) = ((first.0 as usize, first.1 as usize), (last.0 as usize, last.1 as usize));
    let mut extent = Extent { a: (first.0, last.0 + 1), b: (first.1, last.1 + 1), matches };
    fill_after(&mut extent, a, b);
    fill_before(&mut extent, a, b);
    Some(extent)
}

/// How many matches at the end stand in a sentence that is hardly shared.
fn spilled_after(matches: &[Match], a: &Words, b: &Words) -> usize {
    let Some((last_a, last_b)) = matches.last() else { return 0 };
    let (start_a, start_b) = (sentence_start(a, *last_a as usize), sentence_start(b, *last_b as usize));
    let (Some(start_a), Some(start_b)) = (start_a, start_b) else { return 0 };
    let inside =
        matches.iter().rev().take_while(|(i, j)| *i as usize >= start_a && *j as usize >= start_b).count();
    let lengths = (sentence_length(a, start_a), sentence_length(b, start_b));
    if is_spill(inside, lengths) { inside } else { 0 }
}

fn spilled_before(matches: &[Match], a: &Words, b: &Words) -> usize {
    let Some((first_a, first_b)) = matches.first() else { return 0 };
    let (start_a, start_b) = (sentence_start(a, *first_a as usize), sentence_start(b, *first_b as usize));
    let (Some(start_a), Some(start_b)) = (start_a, start_b) else { return 0 };
    let lengths = (sentence_length(a, start_a), sentence_length(b, start_b));
    let ends = (start_a + lengths.0, start_b + lengths.1);
    let inside = matches.iter().take_while(|(i, j)| (*i as usize) < ends.0 && (*j as usize) < ends.1).count();
    if is_spill(inside, lengths) { inside } else { 0 }
}

fn is_spill(inside: usize, lengths: (usize, usize)) -> bool {
    inside < SPILL_WORDS && inside * SPILL_SHARE < lengths.0.max(lengths.1)
}

fn fill_after(extent: &mut Extent, a: &Words, b: &Words) {
    let (last_a, last_b) = (extent.a.1 - 1, extent.b.1 - 1);
    let (Some(end_a), Some(end_b)) = (sentence_end(a, last_a), sentence_end(b, last_b)) else { return };
    let starts = (sentence_start(a, last_a), sentence_start(b, last_b));
    let inside = |(i, j): &&Match| {
        starts.0.is_none_or(|start| *i as usize >= start) && starts.1.is_none_or(|start| *j as usize >= start)
    };
    let shared = extent.matches.iter().rev().take_while(inside).count();
    if (end_a - extent.a.1).max(end_b - extent.b.1) <= shared.max(ALWAYS_TAKEN) {
        (extent.a.1, extent.b.1) = (end_a, end_b);
    }
}

fn fill_before(extent: &mut Extent, a: &Words, b: &Words) {
    let (first_a, first_b) = (extent.a.0, extent.b.0);
    let (Some(start_a), Some(start_b)) = (sentence_start(a, first_a), sentence_start(b, first_b)) else {
        return;
    };
    let ends = (sentence_end(a, first_a), sentence_end(b, first_b));
    let inside = |(i, j): &&Match| {
        ends.0.is_none_or(|end| (*i as usize) < end) && ends.1.is_none_or(|end| (*j as usize) < end)
    };
    let shared = extent.matches.iter().take_while(inside).count();
    if (first_a - start_a).max(first_b - start_b) <= shared.max(ALWAYS_TAKEN) {
        (extent.a.0, extent.b.0) = (start_a, start_b);
    }
}

/// The first word of the sentence that a word stands in.
fn sentence_start(words: &Words, at: usize) -> Option<usize> {
    (at.saturating_sub(REACH)..=at).rev().find(|n| words.is_first(*n))
}

/// One past the last word of the sentence that a word stands in.
fn sentence_end(words: &Words, at: usize) -> Option<usize> {
    (at + 1..=words.len().min(at + REACH)).find(|n| words.is_first(*n))
}

fn sentence_length(words: &Words, start: usize) -> usize {
    sentence_end(words, start).map_or(REACH, |end| end - start)
}

/// The bytes of the words from `first` to before `end`, with the marks that belong to whole sentences.
pub(crate) fn span(text: &str, words: &Words, (first, end): (usize, usize)) -> Span {
    let mut start = words.span(first).range().start;
    let mut stop = words.span(end - 1).range().end;
    if words.is_first(first) {
        let before = text[..start].chars().rev().take_while(|c| is_opening(*c));
        start -= before.map(char::len_utf8).sum::<usize>();
    }
    if words.is_first(end) {
        let after = text[stop..].chars().take_while(|c| is_closing(*c));
        stop += after.map(char::len_utf8).sum::<usize>();
    }
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(stop).unwrap_or(u32::MAX))
}

fn is_opening(character: char) -> bool {
    matches!(character, '“' | '„' | '«' | '"' | '‘' | '\'' | '(' | '[')
}

fn is_closing(character: char) -> bool {
    matches!(
        character,
        '.' | '!' | '?' | ',' | ';' | ':' | '…' | '”' | '»' | '"' | '’' | '\'' | ')' | ']' | '。'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, matches: &[Match], expected: (&str, &str)) {
        let (left, right) = (Words::of(a), Words::of(b));
        let extent = finish(matches.to_vec(), &left, &right).unwrap();
        let found = (&a[span(a, &left, extent.a).range()], &b[span(b, &right, extent.b).range()]);
        assert_eq!(found, expected);
    }

    #[test]
    fn a_shared_sentence_is_shared_whole() {
        let a = "Rain fell. “The ferry sank off the northern cape,” they said. Boats searched.";
        let b = "News: \"The ferry sank off the northern cape,\" Reuters reported. Nothing else.";
        let matches: Vec<_> = (2..9).map(|n| (n, n - 1)).collect();
        check(
            a,
            b,
            &matches,
            (
                "“The ferry sank off the northern cape,” they said.",
                "News: \"The ferry sank off the northern cape,\" Reuters reported.",
            ),
        );
    }

    #[test]
    fn a_few_words_of_the_next_sentence_are_chance() {
        let a = "The ferry sank off the cape at dawn. He said that no boats of any kind were near it.";
        let b = "The ferry sank off the cape at dawn. He said little of what the owners had known before.";
        let matches: Vec<_> = (0..10).map(|n| (n, n)).collect();
        let whole = "The ferry sank off the cape at dawn.";
        check(a, b, &matches, (whole, whole));
    }
}
