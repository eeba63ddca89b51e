//! One day out of all candidates: each kind of place that names a day adds its weight to it.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{DateCandidate, Moment, Published};
use jiff::ToSpan;
use jiff::civil::Date;

use super::candidate::Candidate;
use super::clue::{Clue, Clues};

/// What else is known when a day is chosen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bounds {
    /// The day on which the page was fetched.
    pub(crate) retrieved: Option<Date>,
}

/// The day of publication, if any is told well enough, and all candidates with their weights.
pub(crate) fn choose(
    clues: &Clues,
    candidates: &[Candidate],
    bounds: Bounds,
) -> (Option<Published>, Vec<DateCandidate>) {
    let days = weigh_days(clues, candidates, bounds);
    let listed = candidates.iter().map(|c| listed(clues, c)).collect();
    // Of two days with one weight the earlier was published first.
    let best = days.iter().max_by_key(|(day, weight)| (**weight, std::cmp::Reverse(**day)));
    let published = best.filter(|(_, weight)| **weight >= clues.least).and_then(|(day, _)| {
        let carriers = candidates.iter().filter(|c| !c.is_month() && c.day() == *day);
        carriers
            .max_by_key(|c| (clues.weight(c.clue).first, precision(c.moment)))
            .map(|c| published(clues, c))
    });
    (published, listed)
}

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
    for candidate in candidates.iter().filter(|c| !c.is_month() && plausible(c.day())) {
        let rank = match *first.entry(candidate.clue).or_insert(candidate.day()) == candidate.day() {
            true => Rank::First,
            false => Rank::Later,
        };
        days.entry(candidate.day()).or_default().insert((candidate.clue, rank));
    }
    add_months(&mut days, candidates);
    add_other_zones(&mut days, candidates);
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

/// What is told in universal time was another day where the page was written, perhaps: 2016-12-24T02:00Z
/// was the evening of the 23rd in New York.
fn add_other_zones(days: &mut BTreeMap<Date, BTreeSet<(Clue, Rank)>>, candidates: &[Candidate]) {
    for candidate in candidates.iter().filter(|c| c.clue.speaks()) {
        let Moment::Time { at, offset: Some(0) } = candidate.moment else { continue };
        for neighbour in [at.saturating_add(WEST.hours()).date(), at.saturating_add(EAST.hours()).date()] {
            let told = days.get_mut(&neighbour).filter(|_| neighbour != candidate.day());
            told.into_iter().for_each(|evidence| {
                evidence.insert((Clue::OtherZone, Rank::First));
            });
        }
    }
}

/// The hours of the inhabited zones farthest from universal time.
const WEST: i64 = -10;
const EAST: i64 = 13;

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

fn published(clues: &Clues, candidate: &Candidate) -> Published {
    Published {
        value: candidate.moment,
        basis: candidate.basis,
        quote: candidate.quote.clone(),
        bytes: candidate.bytes,
        reason: clues.weight(candidate.clue).reason.clone(),
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
