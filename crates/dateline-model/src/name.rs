//! When two names can be of one person or body, however they are spelled.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Letters of a word from which spellings may differ. Shorter words have too little that stays.
const LEAST_LETTERS: usize = 5;

/// Can two keys stand for one person or body? "koldan" and "mira koldan" can, "karsavia's anton veresh"
/// and "anton veresh" too: all words of the shorter stand in the longer, the last of both the same. So can "tareq
/// al-nasrawi" and "tarik nasraoui": letters that transliterations take for each other count as one.
#[must_use]
pub fn may_be_same_name(a: &str, b: &str) -> bool {
    let words = |name: &str| name.split(' ').count();
    let (short, long) = if words(a) <= words(b) { (a, b) } else { (b, a) };
    let stands = |word: &str| long.split(' ').any(|other| is_one_word(word, other));
    a == b
        || (!short.is_empty()
            && is_one_word(last_word(short), last_word(long))
            && short.split(' ').all(stands))
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or_default()
}

/// The same word, or one that another way of writing the same sounds gives.
fn is_one_word(a: &str, b: &str) -> bool {
    let (a, b) = (without_article(a), without_article(b));
    a == b || (a.len().min(b.len()) >= LEAST_LETTERS && spelled(a).eq(spelled(b)))
}

/// "al-nasrawi" and "nasrawi".
fn without_article(word: &str) -> &str {
    word.strip_prefix("al-").unwrap_or(word)
}

/// The word's letters with one for those that transliterations take for each other, none of them twice.
fn spelled(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut letters = word.chars().peekable();
    let mut before = None;
    std::iter::from_fn(move || {
        loop {
            let letter = letters.next()?;
            let pair = letters.peek().and_then(|after| LETTERS.pairs.get(&(letter, *after)));
            if pair.is_some() {
                letters.next();
            }
            let one = pair.or_else(|| LETTERS.single.get(&letter)).copied().unwrap_or(letter);
            if before.replace(one) != Some(one) {
                return Some(one);
            }
        }
    })
}

/// `data/names/letters.tsv`: which letter stands for one, and which for a pair.
struct Letters {
    single: BTreeMap<char, char>,
    pairs: BTreeMap<(char, char), char>,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let (mut single, mut pairs) = (BTreeMap::new(), BTreeMap::new());
    let lines = include_str!("../../../data/names/letters.tsv").lines().filter(|line| !line.starts_with('#'));
    for (written, one) in lines.filter_map(|line| line.split_once('\t')) {
        let Some(one) = one.chars().next() else { continue };
        match written.chars().collect::<Vec<_>>()[..] {
            [letter] => drop(single.insert(letter, one)),
            [first, second] => drop(pairs.insert((first, second), one)),
            _ => {}
        }
    }
    Letters { single, pairs }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_by_several_spellings() {
        for (a, b, expected) in [
            ("koldan", "mira koldan", true),
            ("karsavia's anton veresh", "anton veresh", true),
            ("anton veresh", "ilona maret", false),
            ("mira koldan", "anna koldan", false),
            ("tareq nasrawi", "tarik nasraoui", true),
            ("tariq al-nasrawi", "tareq nasrawi", true),
            ("lee", "li", false),
            ("anton", "antonov", false),
            ("", "veresh", false),
        ] {
            assert_eq!(may_be_same_name(a, b), expected, "{a}, {b}");
            assert_eq!(may_be_same_name(b, a), expected, "{b}, {a}");
        }
    }
}
