//! One day out of all candidates: each kind of place that names a day adds its weight to it.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{DateCandidate, Moment, Published};
use jiff::civil::Date;

use super::candidate::Candidate;
use super::clue::{Clue, Clues};
use super::zone::local_days;

/// What else is known when a day is chosen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bounds {
    /// The day on which the page was fetched.
    pub(crate) retrieved: Option<Date>,
    /// No day that weighs less is given.
    pub(crate) least: i32,
}

/// The day of publication, if any is told well enough, and all candidates with their weights.
pub(crate) fn choose(
    clues: &Clues,
    candidates: &[Candidate],
    bounds: Bounds,
) -> (Option<Published>, Vec<DateCandidate>) {
    let days = weigh_days(clues, candidates, bounds);
    // Of two days with one weight the earlier was published first.
    let best = days.iter().max_by_key(|(day, weight)| (**weight, std::cmp::Reverse(**day)));
    let best = best.filter(|(_, weight)| **weight >= bounds.least);
    let published = best.and_then(|(day, _)| published(clues, candidates, *day));
    (published, candidates.iter().map(|c| listed(clues, c)).collect())
}

/// The candidate that names the day itself most exactly and weighs most, with what else speaks for it.
fn published(clues: &Clues, candidates: &[Candidate], day: Date) -> Option<Published> {
    let weight = |c: &Candidate| clues.weight(c.clue).first;
    let named = candidates.iter().filter(|c| !c.is_month() && c.day() == day);
    // The day is settled; of the places that name it as that of publication, one may know the hour.
    let knows_hour = |c: &Candidate| precision(c.moment) > 0 && c.clue.speaks();
    let best = named.max_by_key(|c| (knows_hour(c), weight(c), precision(c.moment)))?;
    let local = candidates.iter().zip(local_days(candidates));
    let mut others: Vec<&Candidate> =
        local.filter(|(c, local)| *local == day && !c.is_month()).map(|(c, _)| c).collect();
    others.sort_by_key(|c| (std::cmp::Reverse(weight(c)), c.clue));
    others.dedup_by_key(|c| c.clue);
    let others = others.into_iter().filter(|c| c.clue != best.clue && weight(c) > 0).take(MOST_REASONS);
    let others: Vec<&str> = others.map(|c| clues.weight(c.clue).reason.as_str()).collect();
    let reason = &clues.weight(best.clue).reason;
    let reason =
        if others.is_empty() { reason.clone() } else { format!("{reason}; also {}", others.join(", ")) };
    Some(Published {
        value: best.moment,
        basis: best.basis,
        quote: best.quote.clone(),
        bytes: best.bytes,
        reason,
    })
}

/// More reasons than this beside the first say nothing more.
const MOST_REASONS: usize = 3;

/// The weight of every plausible day.
pub(crate) fn weigh_days(clues: &Clues, candidates: &[Candidate], bounds: Bounds) -> BTreeMap<Date, i32> {
    let mut days = BTreeMap::new();
    for (day, evidence) in evidence(candidates, bounds) {
        let weight = |(clue, rank): &(Clue, Rank)| match rank {
            Rank::First => clues.weight(*clue).first,
            Rank::Later => clues.weight(*clue).later,
        };
        days.insert(day, evidence.iter().map(weight).sum());
    }
    days
}

/// Is it the first day on the page with that clue, or a later one?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    First,
    Later,
}

/// What speaks for each plausible day.
pub(crate) fn evidence(candidates: &[Candidate], bounds: Bounds) -> BTreeMap<Date, BTreeSet<(Clue, Rank)>> {
    let plausible = |day: Date| day.year() >= EARLIEST_YEAR && bounds.retrieved.is_none_or(|r| day <= r);
    let mut days: BTreeMap<Date, BTreeSet<(Clue, Rank)>> = BTreeMap::new();
    let mut first: BTreeMap<Clue, Date> = BTreeMap::new();
    for (candidate, day) in candidates.iter().zip(local_days(candidates)) {
        if candidate.is_month() || !plausible(day) {
            continue;
        }
        let rank = if *first.entry(candidate.clue).or_insert(day) == day { Rank::First } else { Rank::Later };
        days.entry(day).or_default().insert((candidate.clue, rank));
    }
    add_months(&mut days, candidates);
    add_order(&mut days, candidates);
    days
}

/// A month in an address speaks for the days in it.
fn add_months(days: &mut BTreeMap<Date, BTreeSet<(Clue, Rank)>>, candidates: &[Candidate]) {
    for month in candidates.iter().filter(|c| c.is_month()) {
        for (_, evidence) in days.range_mut(month.day()..=month.day().last_of_month()) {
            evidence.insert((month.clue, Rank::First));
        }
    }
}

/// What came first, and what came after the last change.
fn add_order(days: &mut BTreeMap<Date, BTreeSet<(Clue, Rank)>>, candidates: &[Candidate]) {
    let told = |evidence: &BTreeSet<(Clue, Rank)>| evidence.iter().any(|(clue, _)| clue.speaks());
    if let Some((_, evidence)) = days.iter_mut().find(|(_, evidence)| told(evidence)) {
        evidence.insert((Clue::Earliest, Rank::First));
    }
    let changed = candidates.iter().filter(|c| matches!(c.clue, Clue::ArticleModified | Clue::MetaModified));
    if let Some(changed) = changed.map(Candidate::day).max() {
        for (day, evidence) in days.range_mut(changed..) {
            if *day > changed {
                evidence.insert((Clue::AfterChange, Rank::First));
            }
        }
    }
}

/// Pages of the web are no older.
const EARLIEST_YEAR: i16 = 1995;

fn precision(moment: Moment) -> u8 {
    match moment {
        Moment::Day(_) => 0,
        Moment::Time { offset: None, .. } => 1,
        Moment::Time { .. } => 2,
    }
}

fn listed(clues: &Clues, candidate: &Candidate) -> DateCandidate {
    let weight = clues.weight(candidate.clue);
    DateCandidate {
        value: candidate.moment,
        basis: candidate.basis,
        quote: candidate.quote.clone(),
        bytes: candidate.bytes,
        reason: weight.reason.clone(),
        weight: weight.first,
    }
}
