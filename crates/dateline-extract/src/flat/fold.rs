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
        let start = out.len();
        out.push_str(line);
        out[start..].make_ascii_lowercase();
    } else if line.is_ascii() && line.len() <= HEAD {
        fold_ascii_into(out, line.as_bytes());
    } else {
        fold_any_into(out, line);
    }
}

/// ASCII without digits, with no white space but single spaces between words: folding makes its letters
/// small, no more. All bytes are looked at, without a branch, so that the processor looks at many at once.
fn is_plain(line: &[u8]) -> bool {
    let odd = |byte: u8| !byte.is_ascii() | (byte < b' ') | byte.is_ascii_digit();
    let doubled =
        || line.iter().zip(line.iter().skip(1)).fold(false, |any, (a, b)| any | (*a == b' ') & (*b == b' '));
    let ends = [line.first(), line.last()];
    !ends.contains(&Some(&b' ')) && !line.iter().fold(false, |any, byte| any | odd(*byte)) && !doubled()
}

/// As [`fold_any_into`], for the lines that most of a page is made of: none grows by folding.
fn fold_ascii_into(out: &mut String, line: &[u8]) {
    let mut folded = [0; HEAD];
    let (mut length, mut in_number, mut gap) = (0, false, false);
    for &byte in line {
        let small = FOLDED[usize::from(byte)];
        match small {
            b' ' => {
                (gap, in_number) = (true, false);
                continue;
            }
            b'#' if byte != b'#' && in_number => continue,
            b',' | b'.' if in_number => continue,
            _ => {}
        }
        if gap {
            folded[length] = b' ';
            length += 1;
            gap = false;
        }
        folded[length] = small;
        length += 1;
        in_number = byte.is_ascii_digit();
    }
    out.push_str(std::str::from_utf8(&folded[..length]).unwrap_or_default());
}

/// Each ASCII character folded: small letters, `#` for a digit, a space for white space.
const FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        folded[byte] = match byte as u8 {
            b'\t'..=b'\r' => b' ',
            b'0'..=b'9' => b'#',
            other => other.to_ascii_lowercase(),
        };
        byte += 1;
    }
    folded
};

fn fold_any_into(out: &mut String, line: &str) {
    let (mut in_number, mut gap) = (false, false);
    for c in line.chars() {
        if c.is_ascii_digit() {
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
    }
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
            ("so\u{00AD}ft", "soft"),
        ] {
            assert_eq!(fold(phrase), expected, "{phrase}");
        }
    }
}
