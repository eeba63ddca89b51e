//! The words of a text as numbers, and how often each stands there.

/// A word or a pair of words with a count or a weight.
pub(crate) type Term = (u64, f32);

/// FNV-1a over the word's bytes, the same on every machine.
pub(crate) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The number for two words that follow each other.
pub(crate) fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ second
}

/// A word's number, by the high bits of which a place in a table is told: words differ in their low bits most.
#[inline]
pub(crate) fn mixed(word: u64) -> u64 {
    word.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hashes of the words of `text`: letters and digits in lower case, without a possessive 's.
pub(crate) fn words(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter_map(word)
}

fn word(piece: &str) -> Option<u64> {
    let piece = piece.trim_matches(['\'', '’']);
    let without_s = piece.strip_suffix(['s', 'S']).and_then(|rest| rest.strip_suffix(['\'', '’']));
    let bare = without_s.unwrap_or(piece);
    let mut letters = bare.chars();
    letters.next()?;
    let long = letters.next().is_some() || bare.starts_with(|c: char| c.is_ascii_digit());
    long.then(|| lower_hash(bare))
}

fn lower_hash(word: &str) -> u64 {
    if word.is_ascii() {
        word.bytes().map(|b| b.to_ascii_lowercase()).fold(0xcbf2_9ce4_8422_2325, step)
    } else {
        hash(&word.to_lowercase())
    }
}

/// Adds up the counts of equal terms and sorts.
pub(crate) fn gathered(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_unstable_by_key(|term| term.0);
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        for (text, expected) in [
            ("Assad's call", vec!["assad", "call"]),
            ("the G20, in ’17", vec!["the", "g20", "in", "17"]),
            ("A 7 b", vec!["7"]),
            ("", vec![]),
            ("Élysée—Paris", vec!["élysée", "paris"]),
        ] {
            let expected: Vec<u64> = expected.into_iter().map(hash).collect();
            assert_eq!(words(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn counts_add_up() {
        let terms = gathered(vec![(3, 1.0), (1, 2.0), (3, 0.5)]);
        assert_eq!(terms, [(1, 2.0), (3, 1.5)]);
    }
}
