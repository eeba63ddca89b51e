//! Lines into paragraphs: what the flattening broke is joined, what it left over is cut out.
//!
//! Words are never changed. A paragraph is a list of places in the decoded text, so that its map
//! back to the bytes comes for free.

use std::ops::Range;

use dateline_model::{MappedText, SetAsideReason};

use super::feature::Survey;
use super::fold::{any, is_single_spaced};
use super::joint::{WORDS, joints};
use super::line::{Layout, Line, is_blank};
use super::role::Role;
use super::shape::Shape;
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
    let mut before: Option<usize> = None;
    for index in (0..roles.len()).filter(|&i| roles[i] == Role::Body) {
        let kept = without_shortcodes(text, &page.lines[index], &mut cuts);
        if kept.is_empty() {
            continue;
        }
        let joins = before.is_some_and(|b| b + 1 == index && continues(text, page, index));
        match paragraphs.last_mut().filter(|_| joins) {
            Some(last) => last.extend(kept),
            None => paragraphs.push(kept),
        }
        before = Some(index);
    }
    (paragraphs, cuts)
}

/// Does the line go on with the sentence of the line before it?
fn continues(text: &str, page: &Survey, index: usize) -> bool {
    let line = &page.lines[index];
    if page.layout == Layout::BlankLines && line.blanks > 0 {
        return false;
    }
    let (above, here) = (page.lines[index - 1].of(text), line.of(text));
    is_broken(above, &page.shapes[index - 1], here)
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

/// A shortcode and what it frames are no longer than this, in bytes.
const SHORTCODE: usize = 2000;

/// A shortcode from `at` on, with what stands between its two halves.
fn next_shortcode(line: &str, at: usize) -> Option<Range<usize>> {
    let opens = memchr::memchr_iter(b'[', line.as_bytes().get(at..)?).map(|open| at + open);
    opens.into_iter().find_map(|open| Some(open..shortcode_end(line, open)?))
}

fn shortcode_end(line: &str, open: usize) -> Option<usize> {
    let inside = &line[open + 1..];
    let name = WORDS.shortcodes.iter().find(|name| inside.starts_with(name.as_str()))?;
    if !inside[name.len()..].starts_with([' ', ']']) {
        return None;
    }
    let mut limit = line.len().min(open + SHORTCODE);
    while !line.is_char_boundary(limit) {
        limit -= 1;
    }
    let end = open + line[open..limit].find(']')? + 1;
    let close = format!("[/{name}]");
    Some(line[end..limit].find(&close).map_or(end, |at| end + at + close.len()))
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
    // Most lines need nothing: then the words go over as they are.
    if is_clean(whole) {
        if !whole.is_empty() {
            out.push_part(decoded, range);
        }
        return;
    }
    let (mut from, mut gap) = (range.start, false);
    for (offset, c) in whole.char_indices() {
        let at = range.start + offset;
        let plain = c == ' ' && !gap && !whole[offset + 1..].starts_with(is_blank);
        if plain || !is_blank(c) {
            gap = false;
            continue;
        }
        gap |= c.is_whitespace();
        out.push_part(decoded, from..at);
        if gap && !out.as_str().ends_with(char::is_whitespace) {
            out.push_separator(" ");
        }
        from = at + c.len_utf8();
    }
    out.push_part(decoded, from..range.end);
}

/// Is it all printed characters and single spaces between them?
fn is_clean(text: &str) -> bool {
    let blank_beyond = || !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && is_blank(c));
    !any(text.as_bytes(), |byte| byte < b' ') && is_single_spaced(text.as_bytes()) && !blank_beyond()
}

/// Adds the words of `range`, with a blank where one is missing between two sentences.
fn push_sentences(out: &mut MappedText, decoded: &MappedText, range: Range<usize>) {
    let mut from = range.start;
    for joint in joints(decoded.as_str(), range.clone()) {
        push_clean(out, decoded, from..joint);
        out.push_separator(" ");
        from = joint;
    }
    push_clean(out, decoded, from..range.end);
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
            push_sentences(&mut out, decoded, piece.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn shortcodes_are_cut_with_what_they_frame() {
        for (line, kept, cut) in [
            ("[caption id=\"1\"] A bridge. [/caption] The bridge was closed.", "The bridge was closed.", 1),
            ("The bridge [gallery ids=\"1,2\"] was closed.", "The bridge|was closed.", 1),
            (
                "He [the mayor] closed the [captioned] bridge.",
                "He [the mayor] closed the [captioned] bridge.",
                0,
            ),
            ("[caption The bridge", "[caption The bridge", 0),
        ] {
            let mut cuts = Vec::new();
            let pieces = without_shortcodes(line, &lines(line)[0], &mut cuts);
            let found: Vec<&str> = pieces.into_iter().map(|r| &line[r]).collect();
            assert_eq!((found.join("|").as_str(), cuts.len()), (kept, cut), "{line}");
        }
    }

    #[test]
    fn white_space_is_folded_and_marks_without_width_go() {
        let text = "  so\u{AD}ft \t and\u{A0}\u{200B} hard\n";
        let mut decoded = MappedText::new();
        decoded.push_same(text, 0);
        let mut out = MappedText::new();
        push_clean(&mut out, &decoded, trimmed(text, 0..text.len()));
        assert_eq!(out.as_str(), "soft and hard");
        for stretch in out.map() {
            assert_eq!(&text[stretch.bytes.range()], &out.as_str()[stretch.text.range()]);
        }
    }

    #[test]
    fn sentences_broken_at_a_link() {
        use super::super::shape::shape_of;
        for (above, here, expected) in [
            ("The council met on", "Monday", true),
            ("The council met on Monday", ", the mayor said.", true),
            ("The council met on Monday.", "The mayor said so.", false),
            ("Share", "tweet", false),
            ("Politics", "World", false),
        ] {
            let found = is_broken(above, &shape_of(above), here);
            assert_eq!(found, expected, "{above} / {here}");
        }
    }
}
