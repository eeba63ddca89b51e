//! Lines into paragraphs: what the flattening broke is joined, what it left over is cut out.
//!
//! Words are never changed. A paragraph is a list of places in the decoded text, so that its map
//! back to the bytes comes for free.

use std::ops::Range;

use dateline_model::{MappedText, SetAsideReason};

use super::feature::Survey;
use super::line::{Layout, Line, Shape, ends_a_sentence, is_blank};
use super::role::Role;
use super::vocabulary::{Vocabulary, WordKind};

/// A stretch cut out of a line, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where in the decoded text.
    pub range: Range<usize>,
    /// Why.
    pub why: SetAsideReason,
}

/// A paragraph: places in the decoded text, one after another.
pub type Paragraph = Vec<Range<usize>>;

/// The paragraphs of the report, and what was cut out of its lines.
#[must_use]
pub fn paragraphs(text: &str, page: &Survey, roles: &[Role]) -> (Vec<Paragraph>, Vec<Cut>) {
    let (mut paragraphs, mut cuts): (Vec<Paragraph>, Vec<Cut>) = (Vec::new(), Vec::new());
    let wrapped = is_wrapped(text, page, roles);
    let mut before: Option<usize> = None;
    for index in (0..roles.len()).filter(|&i| roles[i] == Role::Body) {
        let kept = without_shortcodes(text, &page.lines[index], &mut cuts);
        if kept.is_empty() {
            continue;
        }
        let joins = before.is_some_and(|b| b + 1 == index && continues(text, page, index, wrapped));
        match paragraphs.last_mut().filter(|_| joins) {
            Some(last) => last.extend(kept),
            None => paragraphs.push(kept),
        }
        before = Some(index);
    }
    (paragraphs, cuts)
}

/// Does the line go on with the sentence of the line before it?
fn continues(text: &str, page: &Survey, index: usize, wrapped: Wrapping) -> bool {
    let line = &page.lines[index];
    if page.layout == Layout::BlankLines && line.blanks > 0 {
        return false;
    }
    let (above, here) = (page.lines[index - 1].of(text), line.of(text));
    match wrapped {
        Wrapping::Hard(width) => above.len() + first_word(here).len() >= width || !ends_a_sentence(above),
        Wrapping::None => is_broken(above, &page.shapes[index - 1], here),
    }
}

/// A sentence broken at a link or a line's end: the first half stops in the middle of a phrase, or
/// the second begins with what can begin no line.
#[must_use]
pub fn is_broken(above: &str, above_shape: &Shape, here: &str) -> bool {
    let open = above.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',');
    let hanging = open
        && above_shape.words >= 3
        && above.split_whitespace().next_back().is_some_and(|w| {
            w.chars().all(char::is_lowercase) && Vocabulary::built_in().kind(w) != WordKind::Other
        });
    let mut start = here.chars();
    let mark = match start.next() {
        Some(',' | ';' | ')' | '.' | '”' | '’') => {
            !here.starts_with("..") && above.chars().next_back().is_some_and(char::is_alphanumeric)
        }
        Some(c) => {
            c.is_lowercase()
                && open
                && above_shape.words >= 6
                && above_shape.function >= 2
                && here.len() >= 12
        }
        None => false,
    };
    hanging || mark
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

/// Were the paragraphs cut into lines of one width?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrapping {
    /// At about this many bytes.
    Hard(usize),
    None,
}

/// Lines of text that stop in mid-sentence and go on in the next line, most of them about equally long.
fn is_wrapped(text: &str, page: &Survey, roles: &[Role]) -> Wrapping {
    let (mut pairs, mut open, mut widths) = (0, 0, Vec::new());
    for index in 1..roles.len() {
        if roles[index] != Role::Body || roles[index - 1] != Role::Body || page.lines[index].blanks > 0 {
            continue;
        }
        let (above, here) = (page.lines[index - 1].of(text), page.lines[index].of(text));
        pairs += 1;
        widths.push(above.len());
        open += usize::from(!ends_a_sentence(above) && here.starts_with(char::is_lowercase));
    }
    widths.sort_unstable();
    let (low, high) = (widths.len() / 4, widths.len() * 9 / 10);
    let even = widths.get(high).zip(widths.get(low)).is_some_and(|(h, l)| *h < 120 && *l * 10 >= *h * 8);
    if pairs >= 6 && open * 2 >= pairs && even {
        return Wrapping::Hard(widths[high] * 8 / 10);
    }
    Wrapping::None
}

/// The line without `[caption …]…[/caption]` and its like; what they hold is a caption.
fn without_shortcodes(text: &str, line: &Line, cuts: &mut Vec<Cut>) -> Vec<Range<usize>> {
    let whole = line.of(text);
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(code) = next_shortcode(whole, at) {
        push_trimmed(text, line.range.start + at..line.range.start + code.start, &mut kept);
        let range = line.range.start + code.start..line.range.start + code.end;
        cuts.push(Cut { range, why: SetAsideReason::Caption });
        at = code.end;
    }
    push_trimmed(text, line.range.start + at..line.range.end, &mut kept);
    kept
}

/// A shortcode from `at` on, with what stands between its two halves.
fn next_shortcode(line: &str, at: usize) -> Option<Range<usize>> {
    let rest = line.get(at..)?;
    let start =
        ["[caption", "[gallery", "[embed", "[video", "[audio"].iter().filter_map(|c| rest.find(c)).min()?;
    let name_end = rest[start..].find([' ', ']']).map_or(rest.len(), |e| start + e);
    let open_end = rest[start..].find(']').map_or(rest.len(), |e| start + e + 1);
    let close = format!("[/{}]", &rest[start + 1..name_end]);
    let end =
        rest.get(open_end..).and_then(|r| r.find(&close)).map_or(open_end, |e| open_end + e + close.len());
    Some(at + start..at + end)
}

fn push_trimmed(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let range = trimmed(text, range);
    if !range.is_empty() {
        out.push(range);
    }
}

/// The range without blanks at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = text.get(range.clone()).unwrap_or_default();
    let start = range.start + whole.len() - whole.trim_start_matches(is_blank).len();
    start..start.max(range.start + whole.trim_end_matches(is_blank).len())
}

/// Adds the words of `range`: white space folded, marks without width left out.
pub fn push_clean(out: &mut MappedText, decoded: &MappedText, range: Range<usize>) {
    let text = decoded.as_str();
    let Some(whole) = text.get(range.clone()) else { return };
    let (mut from, mut gap) = (range.start, false);
    for (offset, c) in whole.char_indices() {
        let at = range.start + offset;
        let single = c == ' ' && !gap;
        gap = c.is_whitespace();
        if single && !whole[offset + 1..].starts_with(char::is_whitespace) || !is_blank(c) {
            continue;
        }
        out.push_part(decoded, from..at);
        if gap && !out.as_str().ends_with(char::is_whitespace) {
            out.push_separator(" ");
        }
        from = at + c.len_utf8();
    }
    out.push_part(decoded, from..range.end);
}

/// The report's text: paragraphs parted by a blank line.
#[must_use]
pub fn text_of(decoded: &MappedText, paragraphs: &[Paragraph]) -> MappedText {
    let mut out = MappedText::new();
    for paragraph in paragraphs {
        if !out.is_empty() {
            out.push_separator("\n\n");
        }
        for (number, piece) in paragraph.iter().enumerate() {
            let tight = decoded.as_str()[piece.clone()].starts_with([',', '.', ';', ')', '”', '’', '?', '!']);
            if number > 0 && !tight {
                out.push_separator(" ");
            }
            push_clean(&mut out, decoded, piece.clone());
        }
    }
    out
}
