//! The headline: the line above the report that says what the page's title says.
//!
//! A text dump begins with the page's title, which often carries the site's name and often words the
//! headline differently. The printed line is preferred; the title serves where none is found.

use std::ops::Range;

use super::cue::{Cues, Place};
use super::fold::{Folded, hash};
use super::line::{Line, ends_a_sentence};
use super::shape::Shape;

/// Which lines say what the title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headlines {
    /// The line that is the headline.
    pub headline: Option<usize>,
    /// Is it the page's first line that gives it, for want of a printed one?
    pub from_title: bool,
    /// Is the page's first line its title, as far as can be seen?
    pub first_is_title: bool,
    /// Does the line repeat the headline, or the title without the site's name?
    title: Vec<bool>,
}

impl Headlines {
    /// Does the line repeat the headline, or the page's title with or without the site's name?
    #[must_use]
    pub fn is_title(&self, index: usize) -> bool {
        self.title.get(index).copied().unwrap_or_default()
    }

    /// The headline's line, if it is printed above the report.
    #[must_use]
    pub fn anchor(&self) -> Option<usize> {
        self.headline.filter(|_| !self.from_title)
    }
}

/// What the search for the headline looks at.
#[derive(Clone, Copy, Debug)]
pub struct Above<'p> {
    /// The page's text.
    pub text: &'p str,
    /// Its lines.
    pub lines: &'p [Line],
    /// The same, folded.
    pub folded: &'p Folded,
    /// Counts by line.
    pub shapes: &'p [Shape],
    /// Cues by line.
    pub cues: &'p [Cues],
    /// Where the running text stands.
    pub run: &'p Range<usize>,
    /// Does the line stand in the page more than once? By line.
    pub repeated: &'p [bool],
    /// The headline that the input supplied, folded: only a line that says the same is one.
    pub supplied: Option<&'p str>,
}

/// A line further down than this after the run's first cannot be the headline.
const BELOW_RUN_START: usize = 4;
/// Fewest and most words of a headline.
const WORDS: Range<usize> = 2..40;
/// Least likeness to the title, in percent.
const LIKE: usize = 34;
/// Bytes of punctuation that a line may have beyond the title's.
const SLACK: usize = 8;
/// How far above the running text a headline unlike the title is looked for.
const REACH: usize = 14;

/// A line as like the title as this, in percent, is its repetition even if it reads like a sentence.
const SAME: usize = 75;
/// Fewest words of a line that can be taken for a sentence of the report.
const SENTENCE: usize = 8;

/// Looks for the headline.
#[must_use]
pub fn headlines(page: &Above<'_>) -> Headlines {
    if let Some(supplied) = page.supplied {
        return as_supplied(page, &letters(supplied));
    }
    let title = TitleWords::of(page.folded.line(0));
    let like = like_the_title(page, &title);
    let printed = like.or_else(|| nearest_above(page));
    let headline = printed.or((!page.lines.is_empty() && !is_sentence(page, 0)).then_some(0));
    let letters_of_it = headline.map(|h| letters(page.folded.line(h))).unwrap_or_default();
    let first = letters(page.folded.line(0));
    let most = SLACK + page.folded.line(0).len().max(headline.map_or(0, |h| page.folded.line(h).len()));
    let says = |i: usize| {
        let line = page.folded.line(i);
        let least = letters_of_it.len().min(first.len());
        let plausible = 2 * line.len() >= least && line.len() <= most;
        let alike = || may_share_an_end(line, &first) || may_share_an_end(line, &letters_of_it);
        let of_title = || i > 0 && page.shapes[i].words >= 3 && is_part(line, &first);
        plausible && page.shapes[i].words >= 2 && alike() && (has_letters(line, &letters_of_it) || of_title())
    };
    let title = (0..page.lines.len()).map(says).collect();
    Headlines {
        headline,
        from_title: printed.is_none() && headline.is_some(),
        first_is_title: like.is_some() || printed.is_none() && headline.is_some(),
        title,
    }
}

/// The headline is known; the lines that repeat it are no text.
fn as_supplied(page: &Above<'_>, supplied: &str) -> Headlines {
    let says = |i: usize| has_letters(page.folded.line(i), supplied);
    let title: Vec<bool> = (0..page.lines.len()).map(says).collect();
    let headline = title.iter().position(|says| *says);
    Headlines { headline, from_title: false, first_is_title: false, title }
}

/// Does the line read like a sentence of a report? Headlines end without a full stop.
fn is_sentence(page: &Above<'_>, index: usize) -> bool {
    let line = page.lines[index].of(page.text).trim_end_matches(['"', '”', '»', '\'', '’', ')']);
    line.ends_with(['.', '。', '…']) && page.shapes[index].words >= SENTENCE
}

/// The lines below the first that are the page's title, with or without the site's name.
#[must_use]
pub fn title_lines(folded: &Folded, shapes: &[Shape]) -> Vec<usize> {
    let first = letters(folded.line(0));
    let whole = folded.line(0).len();
    let long_enough = |i: &usize| {
        let length = folded.line(*i).len();
        shapes[*i].words >= 3 && 2 * length >= first.len() && length <= whole + SLACK
    };
    let says = |i: &usize| {
        let line = folded.line(*i);
        may_share_an_end(line, &first) && is_part(line, &first)
    };
    (1..shapes.len()).filter(long_enough).filter(says).collect()
}

/// The line above the running text that is most like the page's first line.
fn like_the_title(page: &Above<'_>, title: &TitleWords) -> Option<usize> {
    let last = (page.run.start + BELOW_RUN_START).min(page.lines.len());
    let mut best: Option<(usize, usize)> = None;
    for index in 1..last {
        let shape = &page.shapes[index];
        if !WORDS.contains(&shape.words) {
            continue;
        }
        let mut score = title.likeness(page.folded.line(index));
        let is_text = score < SAME && is_sentence(page, index);
        if score < LIKE || is_text || page.cues[index].any(Place::Head) {
            continue;
        }
        if page.run.start.abs_diff(index) <= REACH {
            score += 12;
        }
        if index > page.run.start && ends_a_sentence(page.lines[index].of(page.text)) {
            score = score.saturating_sub(25);
        }
        if best.is_none_or(|b| score >= b.1) && score >= LIKE {
            best = Some((index, score));
        }
    }
    best.map(|b| b.0)
}

/// The nearest line above the running text that has the form of a headline.
fn nearest_above(page: &Above<'_>) -> Option<usize> {
    let top = page.run.start.saturating_sub(REACH);
    let formed = |index: &usize| {
        let (line, shape) = (page.lines[*index].of(page.text), &page.shapes[*index]);
        (4..30).contains(&shape.words)
            && page.cues[*index].is_empty()
            && !line.ends_with(['.', ',', ':', ';'])
            && shape.lettered * 2 > shape.words
            && shape.digits * 4 < shape.chars
    };
    let mut above = (top..page.run.start).rev().filter(formed);
    let nearest = above.clone().next();
    above.find(|&index| page.repeated[index]).or(nearest)
}

/// The words of the page's first line, told apart by their hashes.
struct TitleWords {
    words: Vec<u64>,
    /// One bit for the first byte of each word: most words of a line are told apart by it.
    begins: [u64; 4],
    /// A number is no word that two lines have in common.
    number: u64,
}

impl TitleWords {
    fn of(folded: &str) -> Self {
        let mut begins = [0; 4];
        for byte in words(folded).filter_map(|word| word.bytes().next()) {
            begins[usize::from(byte) / 64] |= 1 << (byte % 64);
        }
        Self { words: distinct(words(folded).map(hash).collect()), begins, number: hash("#") }
    }

    fn may_know(&self, word: &str) -> bool {
        let seen = |byte: u8| self.begins[usize::from(byte) / 64] >> (byte % 64) & 1 == 1;
        word.bytes().next().is_some_and(seen)
    }

    fn knows(&self, word: u64) -> bool {
        self.words.binary_search(&word).is_ok()
    }

    /// How much of the two is common, in percent: the F measure of their words.
    fn likeness(&self, folded: &str) -> usize {
        let known = |word: &&str| self.may_know(word) && self.knows(hash(word));
        if words(folded).filter(known).nth(1).is_none() {
            return 0;
        }
        let of_line = distinct(words(folded).map(hash).collect());
        let common = of_line.iter().filter(|word| **word != self.number && self.knows(**word)).count();
        if common < 2 { 0 } else { 200 * common / (of_line.len() + self.words.len()).max(1) }
    }
}

fn distinct(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '\'').filter(|w| !w.is_empty())
}

/// Is a folded line the title, or its beginning or end up to the site's name? Of the title the letters are given.
pub(super) fn is_part(folded: &str, title: &str) -> bool {
    let begins = || agree(each_letter(folded), title.chars());
    let ends = || agree(each_letter(folded).rev(), title.chars().rev());
    let length = || each_letter(folded).map(char::len_utf8).sum::<usize>();
    (begins() || ends()) && length() > 0 && 2 * length() >= title.len()
}

/// Has a folded line these letters and no others?
fn has_letters(folded: &str, letters: &str) -> bool {
    each_letter(folded).eq(letters.chars())
}

/// Does the first go on as the second begins?
fn agree(mut line: impl Iterator<Item = char>, mut title: impl Iterator<Item = char>) -> bool {
    line.all(|c| title.next() == Some(c))
}

/// Do the two begin or end with the same letter? A glance that spares most lines a closer look.
fn may_share_an_end(folded: &str, letters: &str) -> bool {
    let begins = each_letter(folded).next();
    begins == letters.chars().next() || each_letter(folded).next_back() == letters.chars().next_back()
}

/// Letters and numbers alone.
pub(super) fn letters(folded: &str) -> String {
    let mut letters = String::with_capacity(folded.len());
    letters.extend(each_letter(folded));
    letters
}

fn each_letter(folded: &str) -> impl DoubleEndedIterator<Item = char> {
    folded.chars().filter(|c| c.is_alphanumeric() || *c == '#')
}
