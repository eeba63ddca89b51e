//! Characters as Python's `str` methods and `re` module see them, which differs from Rust's view at the edges.

use std::sync::LazyLock;

/// A set of characters: sorted, disjoint ranges, with a bit map for ASCII.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CharSet {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// The set of all characters in the ranges, both ends included.
    pub(crate) fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|&(first, last)| first <= last);
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(previous) if first <= previous.1.saturating_add(1) => previous.1 = previous.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        let mut set = Self { ascii: 0, ranges: merged };
        set.ascii = (0..128).filter(|&c| set.finds(c)).fold(0, |bits, c| bits | 1 << c);
        set
    }

    /// Every character that is not in this set.
    pub(crate) fn complement(&self) -> Self {
        let mut next = 0;
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        for &(first, last) in &self.ranges {
            if first > next {
                ranges.push((next, first - 1));
            }
            next = last + 1;
        }
        ranges.push((next, u32::from(char::MAX)));
        Self::new(ranges)
    }

    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    #[inline]
    pub(crate) fn contains(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> u32::from(c) & 1 == 1 } else { self.finds(u32::from(c)) }
    }

    fn finds(&self, c: u32) -> bool {
        let after = self.ranges.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).and_then(|i| self.ranges.get(i)).is_some_and(|&(_, last)| c <= last)
    }
}

/// The classes of characters that the runtime needs.
pub(crate) struct Classes {
    /// `str.isalpha`.
    pub(crate) alpha: CharSet,
    /// `str.isdigit`.
    pub(crate) digit: CharSet,
    /// `str.isupper`, of single characters.
    pub(crate) upper: CharSet,
    /// `\d`.
    pub(crate) decimal: CharSet,
    /// `\w`.
    pub(crate) word: CharSet,
    /// `\s`, `str.isspace`.
    pub(crate) space: CharSet,
}

/// The classes, read once from `data/nlp/unicode.tsv`.
pub(crate) static CLASSES: LazyLock<Classes> = LazyLock::new(|| {
    let table = include_str!("../../../data/nlp/unicode.tsv");
    let hex = |text: &str| u32::from_str_radix(text, 16).ok();
    let rows: Vec<(&str, u32, u32)> = crate::tables::rows(table)
        .filter_map(|[class, first, last]| Some((class, hex(first)?, hex(last)?)))
        .collect();
    let ranges = |names: &[&str]| -> Vec<_> {
        rows.iter()
            .filter(|(class, ..)| names.contains(class))
            .map(|&(_, first, last)| (first, last))
            .collect()
    };
    let set = |name: &str| CharSet::new(ranges(&[name]));
    let mut word = ranges(&["alpha", "digit", "decimal", "numeric"]);
    word.push((u32::from('_'), u32::from('_')));
    Classes {
        alpha: set("alpha"),
        digit: set("digit"),
        upper: set("upper"),
        decimal: set("decimal"),
        word: CharSet::new(word),
        space: set("space"),
    }
});

/// Is this white space for Python? Its set is Rust's and four separators more.
#[inline]
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// `str.isalpha`: not empty, and letters only.
pub(crate) fn is_alpha(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| CLASSES.alpha.contains(c))
}

/// `str.lower`. Letters younger than the table are left as they are, as Python leaves them.
pub(crate) fn lower(text: &str) -> String {
    let classes = &*CLASSES;
    let known = |c: char| classes.alpha.contains(c) || classes.upper.contains(c);
    if text.chars().all(|c| c.is_ascii() || known(c) || c.to_lowercase().eq([c])) {
        return text.to_lowercase();
    }
    text.chars().flat_map(|c| if known(c) { c.to_lowercase().collect() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_space_table_and_the_function_agree() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_space(c), CLASSES.space.contains(c), "{c:?}");
        }
    }

    #[test]
    fn python_is_narrower_than_rust() {
        for (c, alpha, digit) in
            [('a', true, false), ('ⅷ', false, false), ('²', false, true), ('٣', false, true)]
        {
            assert_eq!((CLASSES.alpha.contains(c), CLASSES.digit.contains(c)), (alpha, digit), "{c:?}");
        }
    }

    #[test]
    fn a_set_and_its_complement_part_all_characters() {
        let set = CharSet::new(vec![(0x41, 0x5a), (0x30, 0x45), (0x4e00, 0x9fff)]);
        let complement = set.complement();
        assert!(('\0'..=char::MAX).all(|c| set.contains(c) != complement.contains(c)));
    }
}
