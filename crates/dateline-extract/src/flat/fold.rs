//! A page as the cues are looked for in it: small letters, one space between words, `#` for a number.

use std::ops::Range;

use super::kinds::Kinds;
use super::line::Line;

/// The lines of a page, folded, one after another in one text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    lines: Vec<Range<usize>>,
    /// What tells the lines apart: see [`Repeats`].
    hashes: Vec<u64>,
}

impl Folded {
    /// Folds the lines of `text`, of long ones the beginning.
    #[must_use]
    pub fn new(text: &str, kinds: &Kinds, lines: &[Line]) -> Self {
        let mut folded = Self::default();
        folded.text.reserve(text.len());
        folded.lines.reserve(lines.len());
        lines.iter().for_each(|line| folded.push(text, kinds, &line.range));
        folded
    }

    /// Folds texts that are one line each.
    #[must_use]
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut folded = Self::default();
        for line in lines {
            let head = head(line, &(0..line.len()));
            folded.push(line, &Kinds::of(&line[head.clone()]), &head);
        }
        folded
    }

    fn push(&mut self, text: &str, kinds: &Kinds, line: &Range<usize>) {
        let start = self.text.len();
        fold_into(&mut self.text, text, kinds, head(text, line));
        self.lines.push(start..self.text.len());
        self.hashes.push(hash(&self.text[start..]));
        self.text.push('\n');
    }

    /// All lines, each ended by a line feed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the lines stand in [`Folded::text`].
    #[must_use]
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.lines
    }

    /// The same page without the lines that are not to be kept.
    #[must_use]
    pub fn only(mut self, keep: &[bool]) -> Self {
        retain(&mut self.lines, keep);
        retain(&mut self.hashes, keep);
        self
    }

    /// What tells each line from most others: the same for the same words.
    #[must_use]
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// A line, folded.
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        self.lines.get(index).and_then(|r| self.text.get(r.clone())).unwrap_or_default()
    }
}

/// Keeps the items that are to be kept.
pub(super) fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    items.retain(|_| keep.next().copied().unwrap_or_default());
}

/// Cues stand at the beginning of a line if they are to mean anything, and no two long lines begin
/// alike by chance.
const HEAD: usize = 256;

fn head(text: &str, line: &Range<usize>) -> Range<usize> {
    line.start..text.floor_char_boundary(line.end.min(line.start + HEAD))
}

/// Which lines of a page are the same.
#[derive(Clone, Debug)]
pub struct Repeats {
    /// Of each line, the first that says the same.
    first: Vec<usize>,
}

impl Repeats {
    /// Compares the lines of a page.
    #[must_use]
    pub fn of(page: &Folded) -> Self {
        let mut order: Vec<(u64, usize)> = page.hashes.iter().copied().zip(0..).collect();
        order.sort_unstable();
        let mut first = vec![0; order.len()];
        for same in order.chunk_by(|a, b| a.0 == b.0) {
            same.iter().for_each(|&(_, line)| first[line] = same[0].1);
        }
        Self { first }
    }

    /// Of each line, how often it stands among those that are kept; of the others, nothing.
    #[must_use]
    pub fn counts(&self, is_kept: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut counts = vec![0; self.first.len()];
        let kept = |line: &usize| is_kept(*line);
        (0..self.first.len()).filter(kept).for_each(|line| counts[self.first[line]] += 1);
        (0..self.first.len()).map(|line| if is_kept(line) { counts[self.first[line]] } else { 0 }).collect()
    }
}

/// Eight bytes at a time: two of a page's lines share a hash by chance once in some billion pages.
pub(super) fn hash(line: &str) -> u64 {
    let mix = |hash: u64, word: u64| {
        let mixed = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 29
    };
    let (words, rest) = line.as_bytes().as_chunks::<8>();
    let hash = words.iter().fold(line.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    mix(hash, rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)))
}

/// Folds one phrase, as the lexicon's phrases are.
#[must_use]
pub fn fold(phrase: &str) -> String {
    let mut folded = String::with_capacity(phrase.len());
    fold_into(&mut folded, phrase, &Kinds::of(phrase), 0..phrase.len());
    folded
}

/// No space stands at the ends or beside another.
pub(super) fn is_single_spaced(line: &[u8]) -> bool {
    let ends_spaced = line.first() == Some(&b' ') || line.last() == Some(&b' ');
    let pairs = line.iter().zip(line.get(1..).unwrap_or_default());
    !ends_spaced && !pairs.fold(false, |any, (a, b)| any | (*a == b' ') & (*b == b' '))
}

/// Is one of the bytes such? All are looked at, without a branch: so the processor looks at many at once.
pub(crate) fn any(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, byte| any | is_such(*byte))
}

/// Goes from odd place to odd place: what lies between is made small and goes over whole.
fn fold_into(out: &mut String, text: &str, kinds: &Kinds, line: Range<usize>) {
    let mut at = line.start;
    loop {
        let odd = kinds.next_odd(at, line.end);
        push_small_ascii(out, &text[at..odd]);
        let Some(c) = text[odd..line.end].chars().next() else { break };
        at = match c {
            '0'..='9' => {
                out.push('#');
                past_number(text.as_bytes(), odd, line.end)
            }
            c if c.is_whitespace() => push_gap(out, text, odd..line.end, line.start),
            c => {
                push_small(out, c);
                odd + c.len_utf8()
            }
        };
    }
    // White space at the end folds to nothing.
    if at < line.end && text[at..line.end].ends_with(' ') {
        out.pop();
    }
}

/// Where the number at `at` ends. "1,204" is one; a full stop after it is lost, which no phrase minds.
fn past_number(bytes: &[u8], at: usize, end: usize) -> usize {
    let goes_on = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b',' | b'.');
    bytes[at..end].iter().position(|byte| !goes_on(byte)).map_or(end, |length| at + length)
}

/// One space for all the white space that `rest` begins with and for a space before it; none at the end.
fn push_gap(out: &mut String, text: &str, rest: Range<usize>, start: usize) -> usize {
    let behind = text[rest.clone()].trim_start().len();
    let begun = text[start..rest.start].ends_with(' ');
    match (begun, behind) {
        (true, 0) => _ = out.pop(),
        (false, 1..) => out.push(' '),
        _ => {}
    }
    rest.end - behind
}

fn push_small_ascii(out: &mut String, ascii: &str) {
    let start = out.len();
    out.push_str(ascii);
    out[start..].make_ascii_lowercase();
}

fn push_small(out: &mut String, c: char) {
    match c {
        '’' | '‘' => out.push('\''),
        '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{00AD}' => {}
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        c => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (phrase, expected) in [
            ("Comments  (1,204)", "comments (#)"),
            ("5 Min Read", "# min read"),
            ("Don’t miss", "don't miss"),
            ("ПОДЕЛИТЬСЯ", "поделиться"),
            (" 1.5.2,A  b\t7x8 ,.9, ", " #a b #x# ,.#"),
            ("so\u{00AD}ft", "soft"),
            ("a\u{A0} b \u{A0}\tc \u{A0}", "a b c"),
            ("a \u{200B} b", "a  b"),
            ("  ", ""),
            ("5 ", "#"),
            ("a ", "a"),
        ] {
            assert_eq!(fold(phrase), expected, "{phrase}");
        }
    }
}
