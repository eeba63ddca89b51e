//! Which words of a page stand in its gold text, both read in order?

use std::collections::BTreeMap;

/// How many words make a run that is looked for.
const RUN: usize = 4;
/// A run that recurs more often than this in the gold is looked for only so often.
const MOST_PLACES: usize = 4;
/// Blocks of up to this many words may be found between others, word for word.
const SHORT: usize = 6;

/// By block, the share of its words that stand in `gold`, in order with the other blocks' words.
pub(super) fn shares(blocks: &[&str], gold: &str) -> Vec<f64> {
    let mut page: Vec<&str> = Vec::new();
    let mut starts = vec![0];
    for block in blocks {
        page.extend(words(block));
        starts.push(page.len());
    }
    let gold: Vec<&str> = words(gold).collect();
    let chain = longest_chain(&matches(&page, &gold));
    let mut hit = vec![false; page.len()];
    for (at, _) in &chain {
        hit[*at..at + RUN].iter_mut().for_each(|h| *h = true);
    }
    starts
        .windows(2)
        .map(|w| {
            let (from, to) = (w[0], w[1]);
            let found = hit[from..to].iter().filter(|h| **h).count();
            let all = to - from;
            let between = all <= SHORT && found < all && stands_between(&chain, from, &page[from..to], &gold);
            if between { 1.0 } else { found as f64 / all.max(1) as f64 }
        })
        .collect()
}

/// Words as the scorers cut them: runs of letters, digits and underscores.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty())
}

/// Pairs of places in page and gold that begin the same run, by page, those of one place by falling gold.
fn matches(page: &[&str], gold: &[&str]) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<&[&str], Vec<usize>> = BTreeMap::new();
    for (at, run) in gold.windows(RUN).enumerate() {
        places.entry(run).or_default().push(at);
    }
    let mut pairs = Vec::new();
    for (at, run) in page.windows(RUN).enumerate() {
        let found = places.get(run).into_iter().flatten().take(MOST_PLACES);
        let from = pairs.len();
        pairs.extend(found.map(|place| (at, *place)));
        pairs[from..].reverse();
    }
    pairs
}

/// The longest sequence of pairs that rises in both.
fn longest_chain(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let (mut tails, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (n, (_, place)) in pairs.iter().enumerate() {
        let length = tails.partition_point(|t| pairs[*t].1 < *place);
        before.push(length.checked_sub(1).map(|l| tails[l]));
        if length == tails.len() {
            tails.push(n);
        } else {
            tails[length] = n;
        }
    }
    let mut chain: Vec<_> =
        std::iter::successors(tails.last().copied(), |n| before[*n]).map(|n| pairs[n]).collect();
    chain.reverse();
    chain
}

/// Do the few words of a block that begins at `from` stand in the gold between what stands around them?
fn stands_between(chain: &[(usize, usize)], from: usize, block: &[&str], gold: &[&str]) -> bool {
    let next = chain.partition_point(|(at, _)| *at < from);
    let (Some((_, before)), Some((_, after))) = (next.checked_sub(1).map(|n| chain[n]), chain.get(next))
    else {
        return false;
    };
    let (start, end) = (before + RUN, (after + RUN - 1).min(gold.len()));
    start < end
        && end - start <= block.len() + 12
        && !block.is_empty()
        && gold[start..end].windows(block.len()).any(|w| w == block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_order() {
        let page = [
            "Menu",
            "One two three four five.",
            "Share",
            "Head line",
            "Six seven eight nine ten.",
            "One two",
        ];
        let gold = "One two three four five. Head line Six seven eight nine ten.";
        assert_eq!(shares(&page, gold), [0.0, 1.0, 0.0, 1.0, 1.0, 0.0]);
    }
}
