//! Runs of shared words, joined into chains across edits: where one report goes on, so does the other.

use crate::index::Seed;
use crate::rules::Rules;
use crate::words::RUN;

/// Runs before a run that it may follow. Reports have a few dozen; the limit is for hostile pages.
const LOOK_BACK: usize = 48;
/// Chains of one pair that are looked at.
const MOST_CHAINS: usize = 64;

/// The same words in two reports: from word `a` of one and word `b` of the other, `length` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) length: u32,
}

/// The runs that the seeds of one pair make, in the order of the first report.
pub(crate) fn runs(seeds: &[Seed]) -> Vec<Run> {
    let mut places: Vec<_> = seeds.iter().map(|seed| seed.at).collect();
    places.sort_unstable_by_key(|(a, b)| (i64::from(*b) - i64::from(*a), *a));
    let mut runs: Vec<Run> = Vec::new();
    for (a, b) in places {
        match runs.last_mut() {
            Some(run) if continues(run, a, b) => run.length = a - run.a + RUN as u32,
            _ => runs.push(Run { a, b, length: RUN as u32 }),
        }
    }
    runs.sort_unstable();
    runs
}

fn continues(run: &Run, a: u32, b: u32) -> bool {
    a >= run.a && b >= run.b && a - run.a == b - run.b && a <= run.a + run.length
}

/// Chains of runs, the best first; no run stands in two.
pub(crate) fn chains(runs: &[Run], rules: &Rules) -> Vec<Vec<Run>> {
    let links = links(runs, rules);
    let mut order: Vec<usize> = (0..runs.len()).collect();
    // A lone phrase that any two reports may have in common is not worth a closer look.
    order.retain(|n| links[*n].score >= rules.chain_least as f32);
    order.sort_by(|x, y| links[*y].score.total_cmp(&links[*x].score).then(x.cmp(y)));
    let mut used = vec![false; runs.len()];
    let mut chains = Vec::new();
    for last in order {
        if chains.len() == MOST_CHAINS {
            break;
        }
        let chain = unused(runs, &links, last, &mut used);
        if !chain.is_empty() {
            chains.push(chain);
        }
    }
    chains
}

/// The best chain that ends in a run.
#[derive(Clone, Copy)]
struct Link {
    score: f32,
    before: Option<usize>,
}

fn links(runs: &[Run], rules: &Rules) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::with_capacity(runs.len());
    for (n, run) in runs.iter().enumerate() {
        let mut best = Link { score: run.length as f32, before: None };
        for before in (n.saturating_sub(LOOK_BACK)..n).rev() {
            if let Some(gain) = gain(&runs[before], run, rules)
                && links[before].score + gain > best.score
            {
                best = Link { score: links[before].score + gain, before: Some(before) };
            }
        }
        links.push(best);
    }
    links
}

/// What a run adds to a chain that ends in `before`: its own words, less what the gap costs.
fn gain(before: &Run, run: &Run, rules: &Rules) -> Option<f32> {
    let gap = |end: u32, start: u32| i64::from(start) - i64::from(end);
    let (a, b) = (gap(before.a + before.length, run.a), gap(before.b + before.length, run.b));
    let overlap = (-a).max(-b).max(0);
    let (short, long) = (a.min(b).max(0), a.max(b).max(0));
    let fits = overlap < i64::from(run.length) && short <= i64::from(rules.gap_short);
    let cost = 0.2 * short as f32 + 0.1 * (long - short) as f32;
    (fits && long <= i64::from(rules.gap_long)).then_some(run.length as f32 - overlap as f32 - cost)
}

/// The chain that ends in `last`, back to the first run that another chain has.
fn unused(runs: &[Run], links: &[Link], last: usize, used: &mut [bool]) -> Vec<Run> {
    let mut chain = Vec::new();
    let mut next = Some(last);
    while let Some(n) = next.filter(|n| !used[*n]) {
        used[n] = true;
        chain.push(runs[n]);
        next = links[n].before;
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds(places: &[(u32, u32)]) -> Vec<Seed> {
        places.iter().map(|at| Seed { pair: (0, 1), at: *at }).collect()
    }

    #[test]
    fn seeds_in_a_row_are_one_run() {
        assert_eq!(runs(&seeds(&[(0, 3), (1, 4), (2, 5)])), [Run { a: 0, b: 3, length: 7 }]);
        assert_eq!(runs(&seeds(&[(0, 3), (30, 4)])).len(), 2);
    }

    #[test]
    fn an_edit_does_not_break_a_chain_and_another_order_does() {
        let rules = Rules::built_in();
        let edited = runs(&seeds(&[(0, 0), (1, 1), (2, 2), (9, 10)]));
        assert_eq!(chains(&edited, &rules).len(), 1);
        let rows = |a: u32, b: u32| (0..3).map(move |n| (a + n, b + n));
        let reordered: Vec<_> = rows(0, 50).chain(rows(50, 0)).collect();
        assert_eq!(chains(&runs(&seeds(&reordered)), &rules).len(), 2);
        let phrase = runs(&seeds(&[(0, 0)]));
        assert!(chains(&phrase, &rules).is_empty());
    }
}
