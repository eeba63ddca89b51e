//! How much speaks for two accounts telling of one happening.

use dateline_model::{Days, EventType, kilometres};

use crate::event::config::EventConfig;
use crate::event::facts::{Facts, Place};
use crate::event::names::{NameId, Names, OfNames};

/// In how many accounts each name takes part: a name that is everywhere tells little.
pub(crate) struct NameCounts<'n> {
    names: &'n Names,
    counts: OfNames<f32>,
}

impl<'n> NameCounts<'n> {
    pub(crate) fn of<'f>(facts: impl Iterator<Item = &'f Facts>, names: &'n Names) -> Self {
        let mut counts = names.each(0.0);
        for name in facts.flat_map(|facts| &facts.named) {
            *counts.of_mut(*name) += 1.0;
        }
        Self { names, counts }
    }

    fn rarity(&self, name: NameId) -> f32 {
        1.0 / self.counts.of(name).sqrt()
    }

    /// The share of the names' weight that both accounts have, measured by the lighter account.
    fn shared(&self, a: &Facts, b: &Facts) -> f32 {
        let weight =
            |names: &mut dyn Iterator<Item = NameId>| -> f32 { names.map(|name| self.rarity(name)).sum() };
        let all = |facts: &Facts| weight(&mut facts.named.iter().copied());
        let lighter = all(a).min(all(b));
        if lighter > 0.0 {
            weight(&mut a.names_shared_with(b, self.names)).min(lighter) / lighter
        } else {
            0.0
        }
    }
}

/// The likeness of two accounts of different reports: `words` is that of their telling sentences,
/// from 0 to 1, `prose` says whether the same prose tells both.
pub(crate) fn likeness(
    (a, b): (&Facts, &Facts),
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
        + meeting(a, b, prose, names.names, config)
}

/// Do two reports tell it in the same prose?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prose {
    /// Yes.
    Shared,
    /// No.
    Own,
}

fn day(a: &Facts, b: &Facts, prose: Prose, config: &EventConfig) -> f32 {
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
    let weekday_of = |facts: &Facts| facts.weekday.or(facts.day.map(|days| days.first.weekday()));
    let by_weekday = match (weekday_of(a), weekday_of(b)) {
        (Some(x), Some(y)) if x == y => config.same_weekday,
        (Some(_), Some(_)) => config.other_weekday,
        _ if prose == Prose::Shared => 0.0,
        _ => config.undated,
    };
    by_weekday + published(a, b, config)
}

/// Does a report tell of the day that it was printed on?
fn is_of_print(facts: &Facts) -> bool {
    facts.published.is_some_and(|published| facts.day.is_some_and(|days| days == Days::one(published)))
}

fn published(a: &Facts, b: &Facts, config: &EventConfig) -> f32 {
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
fn place(a: &Facts, b: &Facts, prose: Prose, config: &EventConfig) -> f32 {
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

fn same_name(a: Place, b: Place) -> bool {
    a.name == b.name
}

fn figures(a: &Facts, b: &Facts, config: &EventConfig) -> f32 {
    let pairs = a.figures.iter().zip(b.figures).filter_map(|(x, y)| Some(((*x)?, y?)));
    pairs.map(|(x, y)| figure(x, y, config)).sum()
}

fn figure(x: u32, y: u32, config: &EventConfig) -> f32 {
    let telling = (x.min(y) as f32 / config.common_figure).min(1.0);
    let apart = x.abs_diff(y) as f32 / x.max(y).max(1) as f32;
    match apart {
        0.0 => config.same_figure * telling,
        near if near <= 0.2 => config.near_figure * telling,
        far if far > 0.5 => config.far_figure,
        _ => 0.0,
    }
}

fn mode(a: &Facts, b: &Facts, config: &EventConfig) -> f32 {
    if matches!((a.mode, b.mode), (Some(x), Some(y)) if x != y) { config.other_mode } else { 0.0 }
}

/// A talk of other people is another talk; so is one of another day, or a call beside a visit. Two talks
/// of which nothing but the people is known may be any of theirs.
fn meeting(a: &Facts, b: &Facts, prose: Prose, names: &Names, config: &EventConfig) -> f32 {
    if a.family != EventType::Consult {
        return 0.0;
    }
    let shared = a.names_shared_with(b, names).count();
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
