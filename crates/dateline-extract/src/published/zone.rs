//! On which day was a moment in universal time where the page was written?
//!
//! Publishing systems write 2016-12-24T02:00Z of what their page dates, rightly, to the evening of
//! the 23rd. The page's own words decide: a time printed in its zone, or a printed day beside it.

use std::collections::BTreeSet;

use dateline_model::Moment;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::candidate::Candidate;
use super::clue::Clue;

/// For each candidate, the day that it speaks for.
pub(crate) fn local_days(candidates: &[Candidate]) -> Vec<Date> {
    let local = Local::of(candidates);
    candidates.iter().map(|c| universal(c).and_then(|at| local.day_of(at)).unwrap_or(c.day())).collect()
}

/// What the page says in its own zone.
struct Local {
    times: Vec<DateTime>,
    days: BTreeSet<Date>,
}

impl Local {
    fn of(candidates: &[Candidate]) -> Self {
        let local = || candidates.iter().filter(|c| universal(c).is_none() && !c.is_month());
        let times = local().filter(|c| c.clue != Clue::InComment).filter_map(|c| match c.moment {
            Moment::Time { at, .. } => Some(at),
            Moment::Day(_) => None,
        });
        Self {
            times: times.collect(),
            days: local().filter(|c| c.clue.speaks()).map(Candidate::day).collect(),
        }
    }

    /// The local day of a moment in universal time, if the page tells one.
    fn day_of(&self, at: DateTime) -> Option<Date> {
        let same = self.times.iter().find(|local| is_same_moment(**local, at)).map(|local| local.date());
        same.or_else(|| self.neighbour(at))
    }

    /// The only day on the page that the moment could be in an inhabited zone, if it is not its own.
    fn neighbour(&self, at: DateTime) -> Option<Date> {
        if self.days.contains(&at.date()) {
            return None;
        }
        let possible = [WEST, EAST].map(|hours| at.saturating_add(hours.hours()).date());
        let mut told = possible.into_iter().filter(|day| *day != at.date() && self.days.contains(day));
        told.next().filter(|_| told.next().is_none())
    }
}

/// The moment of a candidate that is told in universal time.
fn universal(candidate: &Candidate) -> Option<DateTime> {
    match candidate.moment {
        // Midnight is a day without a time, in whatever zone it was stored.
        Moment::Time { at, offset: Some(0) } => Some(at),
        _ => None,
    }
}

/// Do the two differ by the whole quarters of an hour that a zone makes?
fn is_same_moment(local: DateTime, universal: DateTime) -> bool {
    let Ok(span) = universal.until((jiff::Unit::Minute, local)) else { return false };
    let minutes = span.get_minutes();
    minutes != 0 && minutes % 15 == 0 && (WEST * 60..=EAST * 60).contains(&minutes)
}

/// The hours of the inhabited zones farthest from universal time.
const WEST: i64 = -10;
const EAST: i64 = 13;

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Basis;

    fn check(told: &str, page: &[(&str, Clue)], expected: &str) {
        let all = std::iter::once((told, Clue::ArticlePublished)).chain(page.iter().copied());
        let all: Vec<Candidate> = all
            .map(|(moment, clue)| Candidate {
                moment: moment.parse().unwrap(),
                month_first: None,
                clue,
                basis: Basis::Metadata,
                quote: String::new(),
                bytes: None,
            })
            .collect();
        assert_eq!(local_days(&all)[0].to_string(), expected, "{told} {page:?}");
    }

    #[test]
    fn the_page_knows_its_zone() {
        check("2016-12-24T02:00Z", &[("2016-12-23T21:00", Clue::InRelated)], "2016-12-23");
        check("2016-12-24T02:00Z", &[("2016-12-23", Clue::AddressDay)], "2016-12-23");
        check("2016-12-23T23:30Z", &[("2016-12-24", Clue::NearHeadline)], "2016-12-24");
        check(
            "2016-12-24T02:00Z",
            &[("2016-12-24", Clue::NearHeadline), ("2016-12-23", Clue::AddressDay)],
            "2016-12-24",
        );
        check("2016-12-24T18:00Z", &[("2016-12-23", Clue::AddressDay)], "2016-12-24");
        check("2016-12-24T02:00+01:00", &[("2016-12-23", Clue::AddressDay)], "2016-12-24");
    }
}
