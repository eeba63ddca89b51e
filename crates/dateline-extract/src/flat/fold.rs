//! A page as the cues are looked for in it: small letters, one space between words, `#` for a number.

use std::ops::Range;

use super::line::Line;

/// The lines of a page, folded, one after another in one text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    lines: Vec<Range<usize>>,
}

impl Folded {
    /// Folds the lines of `text`, of long ones the beginning.
    #[must_use]
    pub fn new(text: &str, lines: &[Line]) -> Self {
        Self::of(lines.iter().map(|line| line.of(text)))
    }

    /// Folds texts that are one line each.
    #[must_use]
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut folded = Self::default();
        for line in lines {
            let start = folded.text.len();
            fold_into(&mut folded.text, head(line));
            folded.lines.push(start..folded.text.len());
            folded.text.push('\n');
        }
        folded
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
        let mut keep = keep.iter();
        self.lines.retain(|_| keep.next().copied().unwrap_or_default());
        self
    }

    /// A line, folded.
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        self.lines.get(index).and_then(|r| self.text.get(r.clone())).unwrap_or_default()
    }
}

/// Cues stand at the beginning of a line if they are to mean anything, and no two long lines begin
/// alike by chance.
const HEAD: usize = 256;

fn head(line: &str) -> &str {
    let mut end = line.len().min(HEAD);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

/// How often each line stands in the page.
#[must_use]
pub fn counts(page: &Folded) -> Vec<usize> {
    let mut order: Vec<(u64, usize)> = (0..page.lines.len()).map(|i| (hash(page.line(i)), i)).collect();
    order.sort_unstable();
    let mut counts = vec![1; order.len()];
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        same.iter().for_each(|&(_, index)| counts[index] = same.len());
    }
    counts
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
    fold_into(&mut folded, phrase);
    folded
}

fn fold_into(out: &mut String, line: &str) {
    if is_plain(line.as_bytes()) {
        push_small_ascii(out, line);
    } else {
        fold_words_into(out, line);
    }
}

/// ASCII without digits, with no white space but single spaces between words: folding makes its letters
/// small, no more.
fn is_plain(line: &[u8]) -> bool {
    let odd = |byte: u8| !byte.is_ascii() | (byte < b' ') | byte.is_ascii_digit();
    !any(line, odd) && is_single_spaced(line)
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

/// Goes from word to word: what folding only makes small goes over whole, the rest character by character.
fn fold_words_into(out: &mut String, line: &str) {
    let (mut in_number, mut gap, mut rest) = (false, false, line);
    while let Some(c) = rest.chars().next() {
        let word = rest.bytes().position(|byte| !WORDLY[usize::from(byte)]).unwrap_or(rest.len());
        let read = word.max(c.len_utf8());
        if word > 0 {
            in_number = false;
            flush(out, &mut gap);
            push_small_ascii(out, &rest[..word]);
        } else if c.is_ascii_digit() {
            if !in_number {
                flush(out, &mut gap);
                out.push('#');
            }
            in_number = true;
        } else if c.is_whitespace() {
            (gap, in_number) = (true, false);
        } else if in_number && matches!(c, ',' | '.') {
            // "1,204" is one number; a full stop after it is lost, which no phrase minds.
        } else {
            in_number = false;
            flush(out, &mut gap);
            push_small(out, c);
        }
        rest = &rest[read..];
    }
}

/// The ASCII characters that are printed, and are no digits nor marks within numbers.
const WORDLY: [bool; 256] = {
    let mut wordly = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        wordly[byte as usize] = byte.is_ascii_graphic() && !matches!(byte, b'0'..=b'9' | b',' | b'.');
        byte += 1;
    }
    wordly
};

fn push_small_ascii(out: &mut String, ascii: &str) {
    let start = out.len();
    out.push_str(ascii);
    out[start..].make_ascii_lowercase();
}

fn flush(out: &mut String, gap: &mut bool) {
    if std::mem::take(gap) {
        out.push(' ');
    }
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
        ] {
            assert_eq!(fold(phrase), expected, "{phrase}");
        }
    }
}
