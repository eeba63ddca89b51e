//! A number of people as reports give it and as people write it: `12`, `11 or more civilians`, `about 40`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number of people as a report gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Figure {
    /// At least so many.
    pub min: Option<u32>,
    /// At most so many.
    pub max: Option<u32>,
    /// "About": the number itself is not to be held to the unit.
    pub approximate: bool,
    /// Words in place of a number: `dozens`.
    pub vague: Option<String>,
    /// Who is counted: `all`, `civilians`, `children`.
    pub counted: String,
}

impl Figure {
    /// The number that is named: 12 in "12 or more", 80 in "up to 80"; none in words such as "dozens".
    #[must_use]
    pub fn named(&self) -> Option<u32> {
        self.min.or(self.max)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.approximate {
            f.write_str("about ")?;
        }
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "{min}")?,
            (Some(min), Some(max)) => write!(f, "{min} to {max}")?,
            (Some(min), None) => write!(f, "{min} or more")?,
            (None, Some(max)) => write!(f, "up to {max}")?,
            (None, None) => f.write_str(self.vague.as_deref().unwrap_or("some"))?,
        }
        if self.counted == "all" { Ok(()) } else { write!(f, " {}", self.counted) }
    }
}

/// A text that gives no number of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureError(pub String);

impl fmt::Display for FigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no figure (12, 12 or more, up to 80, 40 to 50, about 40; 12 civilians)", self.0)
    }
}

impl std::error::Error for FigureError {}

impl FromStr for Figure {
    type Err = FigureError;

    /// Reads what [`Figure`] prints where it has a number, and the usual other ways to write it.
    fn from_str(written: &str) -> Result<Self, FigureError> {
        let error = || FigureError(written.to_owned());
        let words: Vec<String> = written.split_whitespace().map(str::to_lowercase).collect();
        let mut words = words.iter().map(String::as_str).collect::<Vec<_>>();
        let approximate = matches!(words.first(), Some(&("about" | "some" | "around")));
        if approximate {
            words.remove(0);
        }
        let (range, rest) = range(&words).ok_or_else(error)?;
        let (min, max) = range;
        if matches!((min, max), (Some(min), Some(max)) if min > max) {
            return Err(error());
        }
        let counted = if rest.is_empty() { "all".to_owned() } else { rest.join(" ") };
        Ok(Self { min, max, approximate, vague: None, counted })
    }
}

type Range = (Option<u32>, Option<u32>);

/// The numbers at the beginning, and the words after them.
fn range<'w, 's>(words: &'w [&'s str]) -> Option<(Range, &'w [&'s str])> {
    match words {
        ["at", "least", n, rest @ ..] | [n, "or", "more", rest @ ..] => {
            Some(((Some(number(n)?), None), rest))
        }
        ["at", "most", n, rest @ ..] | ["up", "to", n, rest @ ..] => Some(((None, Some(number(n)?)), rest)),
        [n, "to", m, rest @ ..] => Some(((Some(number(n)?), Some(number(m)?)), rest)),
        [n, rest @ ..] => Some((one(n)?, rest)),
        [] => None,
    }
}

/// `12`, `12+` or `40-50`.
fn one(word: &str) -> Option<Range> {
    if let Some(n) = word.strip_suffix('+') {
        return Some((Some(number(n)?), None));
    }
    match word.split_once(['-', '–']) {
        Some((n, m)) => Some((Some(number(n)?), Some(number(m)?))),
        None => Some((Some(number(word)?), Some(number(word)?))),
    }
}

/// A number, with commas between its thousands or without.
fn number(word: &str) -> Option<u32> {
    let digits: String = word.chars().filter(|c| *c != ',').collect();
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_are_written() {
        for (written, expected) in [
            ("12", Some("12")),
            ("12+", Some("12 or more")),
            ("at least 12 civilians", Some("12 or more civilians")),
            ("12 or more Civilians", Some("12 or more civilians")),
            ("40-50", Some("40 to 50")),
            ("40 to 50 soldiers", Some("40 to 50 soldiers")),
            ("up to 80", Some("up to 80")),
            ("about 4,000", Some("about 4000")),
            ("50 to 40", None),
            ("dozens", None),
            ("-3", None),
            ("99999999999", None),
            ("", None),
        ] {
            let read = written.parse::<Figure>().ok().map(|figure| figure.to_string());
            assert_eq!(read.as_deref(), expected, "{written}");
            if let Some(read) = read {
                assert_eq!(read.parse::<Figure>().unwrap().to_string(), read);
            }
        }
    }
}
