//! How much speaks for two accounts telling of one happening.

use std::collections::BTreeMap;

use dateline_model::{Days, EventType, Figure, ToldPlace, kilometres};

use crate::event::config::EventConfig;
use crate::event::facts::Facts;

/// In how many accounts each name takes part: a name that is everywhere tells little.
pub(crate) struct NameCounts<'a>(BTreeMap<&'a str, f32>);

impl<'a> NameCounts<'a> {
    pub(crate) fn of(facts: &[Facts<'a>]) -> Self {
        let mut counts = BTreeMap::new();
        for name in facts.iter().flat_map(|facts| &facts.named) {
            *counts.entry(*name).or_default() += 1.0;
        }
        Self(counts)
    }

    fn rarity(&self, name: &str) -> f32 {
        1.0 / self.0.get(name).copied().unwrap_or(1.0).sqrt()
    }

    /// The share of the names' weight that both accounts have, measured by the lighter account.
    fn shared(&self, a: &Facts<'_>, b: &Facts<'_>) -> f32 {
        let weight =
            |names: &mut dyn Iterator<Item = &&str>| -> f32 { names.map(|name| self.rarity(name)).sum() };
        let lighter = weight(&mut a.named.iter()).min(weight(&mut b.named.iter()));
        if lighter > 0.0 { weight(&mut a.names_shared_with(b)).min(lighter) / lighter } else { 0.0 }
    }
}

/// The likeness of two accounts of different reports: `words` is that of their telling sentences,
/// from 0 to 1, `prose` says whether the same prose tells both.
pub(crate) fn likeness(
    (a, b): (&Facts<'_>, &Facts<'_>),
    (words, prose): (f32, Prose),
    names: &NameCounts<'_>,
    config: &EventConfig,
) -> f32 {
    let shared_prose = if prose == Prose::Shared { config.shared_prose } else { 0.0 };
    config.words * words
        + shared_prose
        + day(a, b, prose, config)
        + place(a, b, prose, config)
        + figures(a, b, config)
        + config.parties * names.shared(a, b)
        + mode(a, b, config)
        + meeting(a, b, prose, config)
}

/// Do two reports tell it in the same prose?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prose {
    /// Yes.
    Shared,
    /// No.
    Own,
}

fn day(a: &Facts<'_>, b: &Facts<'_>, prose: Prose, config: &EventConfig) -> f32 {
    if let (Some(x), Some(y)) = (a.day, b.day) {
        return match x.distance(y) {
            0 => config.same_day,
            // A copy reads "Friday" against its own day of printing: the words are the same all the same.
            _ if prose == Prose::Shared && x.first.weekday() == y.first.weekday() => 0.0,
            1 if is_of_print(a) && is_of_print(b) => config.other_day,
            1 => config.next_day,
            _ => config.other_day,
        };
    }
    let weekday_of = |facts: &Facts<'_>| facts.weekday.or(facts.day.map(|days| days.first.weekday()));
    let by_weekday = match (weekday_of(a), weekday_of(b)) {
        (Some(x), Some(y)) if x == y => config.same_weekday,
        (Some(_), Some(_)) => config.other_weekday,
        _ if prose == Prose::Shared => 0.0,
        _ => config.undated,
    };
    by_weekday + published(a, b, config)
}

/// Does a report tell of the day that it was printed on?
fn is_of_print(facts: &Facts<'_>) -> bool {
    facts.published.is_some_and(|published| facts.day.is_some_and(|days| days == Days::one(published)))
}

fn published(a: &Facts<'_>, b: &Facts<'_>, config: &EventConfig) -> f32 {
    let (Some(x), Some(y)) = (a.told_on(), b.told_on()) else { return 0.0 };
    let apart = i32::try_from(x.duration_since(y).as_hours() / 24).unwrap_or(i32::MAX).abs();
    match apart {
        0 => config.same_in_print,
        near if near <= config.published_near => config.near_in_print,
        far if far > config.published_apart => config.published_far,
        _ => 0.0,
    }
}

/// Sentences that differ in the place alone are two reports in one form of words.
fn place(a: &Facts<'_>, b: &Facts<'_>, prose: Prose, config: &EventConfig) -> f32 {
    let (Some(x), Some(y)) = (a.place, b.place) else { return 0.0 };
    match (same_name(x, y), x.at, y.at) {
        (true, ..) => config.same_place,
        (false, Some(at), Some(other)) if kilometres(at, other) <= config.near_kilometres => {
            config.same_place
        }
        (false, ..) if prose == Prose::Shared => config.other_place_in_shared_prose,
        (false, Some(_), Some(_)) => config.other_place,
        _ => 0.0,
    }
}

fn same_name(a: &ToldPlace, b: &ToldPlace) -> bool {
    a.words.quote.eq_ignore_ascii_case(&b.words.quote)
}

fn figures(a: &Facts<'_>, b: &Facts<'_>, config: &EventConfig) -> f32 {
    let pairs = a.figures.iter().zip(&b.figures).filter_map(|(x, y)| Some(((*x)?, (*y)?)));
    pairs.map(|(x, y)| figure(x, y, config)).sum()
}

fn figure(a: &Figure, b: &Figure, config: &EventConfig) -> f32 {
    let (Some(x), Some(y)) = (a.named(), b.named()) else { return 0.0 };
    let telling = (x.min(y) as f32 / config.common_figure).min(1.0);
    let apart = x.abs_diff(y) as f32 / x.max(y).max(1) as f32;
    match apart {
        0.0 => config.same_figure * telling,
        near if near <= 0.2 => config.near_figure * telling,
        far if far > 0.5 => config.far_figure,
        _ => 0.0,
    }
}

fn mode(a: &Facts<'_>, b: &Facts<'_>, config: &EventConfig) -> f32 {
    if matches!((a.mode, b.mode), (Some(x), Some(y)) if x != y) { config.other_mode } else { 0.0 }
}

/// A talk of other people is another talk; so is one of another day, or a call beside a visit. Two talks
/// of which nothing but the people is known may be any of theirs.
fn meeting(a: &Facts<'_>, b: &Facts<'_>, prose: Prose, config: &EventConfig) -> f32 {
    if a.family != EventType::Consult {
        return 0.0;
    }
    let shared = a.names_shared_with(b).count();
    let of_others = shared < a.named.len().min(b.named.len()).min(2);
    let on_another_day = matches!((a.day, b.day), (Some(x), Some(y)) if x.distance(y) > 1);
    let in_another_mode = matches!((a.mode, b.mode), (Some(x), Some(y)) if x != y);
    let undated = (a.day.is_none() || b.day.is_none()) && prose == Prose::Own;
    let given = |holds: bool, worth: f32| if holds { worth } else { 0.0 };
    given(of_others, config.meeting_of_others)
        + given(on_another_day, config.meeting_on_another_day)
        + given(in_another_mode, config.meeting_in_another_mode)
        + given(undated, config.meeting_undated)
}
