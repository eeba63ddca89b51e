//! "At least 11 people", "between 12 and 15", "dozens": a number of somebody, with how exact it is.

use dateline_model::Span;

use crate::counting::CountWords;
use crate::lexicon::WordId;
use crate::tree::{Dep, Tree};

/// A number of somebody, as the text gives it.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    pub(crate) min: Option<u32>,
    pub(crate) max: Option<u32>,
    pub(crate) approximate: bool,
    pub(crate) vague: Option<WordId>,
    /// The number's last word.
    pub(crate) number: usize,
    /// The word for those counted; the number's own where there is none.
    pub(crate) counted: usize,
    /// First word of the phrase.
    pub(crate) first: usize,
    /// "A child": one, told by the article alone.
    pub(crate) article: bool,
}

/// Words from a number to those counted among which another phrase is looked for.
const PHRASE: usize = 12;

/// What stands before a number and makes it open on one side.
enum Bound {
    Exact,
    AtLeast,
    AtMost,
    About,
}

/// The quantities of a sentence, in its order.
pub(crate) fn quantities(text: &str, tree: &Tree<'_>, words: &CountWords) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let Some((value, end)) = number(text, tree, words, at) else {
            at += 1;
            continue;
        };
        let mut quantity = bounded(tree, words, at, end, value);
        quantity.counted = counted(tree, words, quantity.number);
        at = end;
        // "Between 12 and 15", "20 to 30": the second number closes the first.
        if let Some(before) = found.last_mut().filter(|b| joins(tree, words, b, &quantity)) {
            before.max = quantity.max;
            if before.counted == before.number || quantity.counted != quantity.number {
                before.counted = quantity.counted;
            }
            before.number = quantity.number;
            continue;
        }
        found.push(quantity);
    }
    found
}

/// A number that starts at `at`: its value, none where it is vague; and where it ends.
fn number(text: &str, tree: &Tree<'_>, words: &CountWords, at: usize) -> Option<(Option<u32>, usize)> {
    if words.article.iter().any(|a| tree.is(at, *a)) {
        return article(tree, words, at);
    }
    if words.vague.contains(&tree.word(at)) {
        return Some((None, at + 1));
    }
    let mut value = figure(text, tree, words, at)?;
    let mut end = at + 1;
    let in_words = words.figure(tree.word(at)).is_some();
    // "Thirty-five" is three words to the language model.
    let hyphen = |place: usize| place + 1 < tree.len() && words.range.iter().any(|w| tree.is(place, *w));
    if in_words
        && value >= 20
        && value.is_multiple_of(10)
        && hyphen(end)
        && let Some(unit) = words.figure(tree.word(end + 1)).filter(|unit| *unit < 10)
    {
        value += unit;
        end += 2;
    }
    while let Some(times) = (end < tree.len()).then(|| words.multiplier(tree.word(end))).flatten() {
        value = value.saturating_mul(times);
        end += 1;
    }
    Some((Some(value), end))
}

/// "A dozen", "a hundred"; "a child".
fn article(tree: &Tree<'_>, words: &CountWords, at: usize) -> Option<(Option<u32>, usize)> {
    if let Some(times) =
        tree.len().checked_sub(at + 1).filter(|n| *n > 0).and_then(|_| words.multiplier(tree.word(at + 1)))
    {
        return Some((Some(times), at + 2));
    }
    let noun = tree.head(at);
    let one = tree.dep(at) == Dep::Determiner
        && words.person(tree.lemma(noun))
        && noun > at
        && tree.tag(noun) != "NNS";
    one.then_some((Some(1), at + 1))
}

fn figure(text: &str, tree: &Tree<'_>, words: &CountWords, at: usize) -> Option<u32> {
    if let Some(value) = words.figure(tree.word(at)) {
        return Some(value);
    }
    let word = text.get(tree.tokens[at].span.range())?;
    let digits: String = word.chars().filter(|c| *c != ',').collect();
    let plain = !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn bounded(tree: &Tree<'_>, words: &CountWords, at: usize, end: usize, value: Option<u32>) -> Quantity {
    let (bound, first) = bound(tree, words, at);
    let open = words.or_more.iter().any(|w| end + 1 < tree.len() && tree.is(end + 1, *w));
    let open = open && words.or.iter().any(|w| tree.is(end, *w));
    let (min, max) = match bound {
        _ if open => (value, None),
        Bound::Exact | Bound::About => (value, value),
        Bound::AtLeast => (value, None),
        Bound::AtMost => (None, value),
    };
    let article = words.article.iter().any(|a| tree.is(at, *a)) && end == at + 1;
    let vague = value.is_none().then(|| tree.word(at));
    Quantity {
        min,
        max,
        approximate: matches!(bound, Bound::About),
        vague,
        number: end - 1,
        counted: end - 1,
        first,
        article,
    }
}

/// The words before a number that bound it, and where they begin.
fn bound(tree: &Tree<'_>, words: &CountWords, at: usize) -> (Bound, usize) {
    let is = |place: usize, list: &[WordId]| list.iter().any(|w| tree.is(place, *w));
    let back = |n: usize| at.checked_sub(n);
    let Some(one) = back(1) else { return (Bound::Exact, at) };
    let than = back(2).filter(|_| is(one, &words.than));
    if let Some(two) = than.filter(|two| is(*two, &words.more)) {
        return (Bound::AtLeast, two);
    }
    if let Some(two) = than.filter(|two| is(*two, &words.fewer)) {
        return (Bound::AtMost, two);
    }
    if is(one, &words.least) {
        return (Bound::AtLeast, back(2).unwrap_or(one));
    }
    if is(one, &words.over) {
        return (Bound::AtLeast, one);
    }
    if back(2).is_some_and(|two| is(two, &words.up) && is(one, &words.to)) {
        return (Bound::AtMost, at - 2);
    }
    if back(3)
        .is_some_and(|three| is(three, &words.as_many) && is(one, &words.as_many) && is(at - 2, &words.many))
    {
        return (Bound::AtMost, at - 3);
    }
    if is(one, &words.about) {
        return (Bound::About, one);
    }
    (Bound::Exact, at)
}

/// The word for those counted: "people" of "12 people", of "dozens of people".
fn counted(tree: &Tree<'_>, words: &CountWords, number: usize) -> usize {
    if matches!(tree.dep(number), Dep::Number | Dep::Adjective | Dep::Determiner | Dep::Compound)
        && tree.head(number) > number
        && !has_article_between(tree, words, number, tree.head(number))
    {
        return tree.head(number);
    }
    let of = tree.children_by(number, Dep::Preposition).find(|p| words.of.iter().any(|w| tree.is(*p, *w)));
    of.and_then(|of| tree.children_by(of, Dep::PrepositionObject).next()).unwrap_or(number)
}

/// "Wounded 100 a group said": an article opens another phrase, whatever the tree makes of it.
fn has_article_between(tree: &Tree<'_>, words: &CountWords, number: usize, head: usize) -> bool {
    (number + 1..head.min(number + PHRASE)).any(|at| words.article.iter().any(|a| tree.is(at, *a)))
}

fn joins(tree: &Tree<'_>, words: &CountWords, before: &Quantity, after: &Quantity) -> bool {
    let gap = after.first.saturating_sub(before.number);
    let between = before.first.checked_sub(1).is_some_and(|b| words.between.iter().any(|w| tree.is(b, *w)));
    let link = |list: &[WordId]| gap == 2 && list.iter().any(|w| tree.is(before.number + 1, *w));
    let rising = before.max.zip(after.max).is_some_and(|(a, b)| a < b);
    rising && !after.article && (link(&words.range) || (between && link(&words.and)))
}

impl Quantity {
    /// The words, from what bounds the number to those counted.
    pub(crate) fn span(&self, tree: &Tree<'_>) -> Span {
        let last = self.number.max(self.counted.min(self.number + 12));
        Span::new(tree.tokens[self.first].span.start, tree.tokens[last].span.end)
    }
}
