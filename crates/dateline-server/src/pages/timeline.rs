//! The timeline: how dense the events lie, what they can be narrowed to, and a stretch of the list.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use dateline_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Asked, limit, offset};
use crate::choice::{Choice, Chosen, Part};
use crate::failure::{Failure, Trouble};
use crate::memory::{Memory, Told};
use crate::readers::Readers;
use crate::shapes::{Count, EventInList, most};

/// Which stretch of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Stretch {
    /// How many to pass over.
    #[param(maximum = 100_000_000)]
    pub(crate) offset: Option<u32>,
    /// How many at most; 50 unless said.
    #[param(minimum = 1, maximum = 500)]
    pub(crate) limit: Option<u32>,
}

/// The events of a choice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// How many there are.
    total: usize,
    /// Of them, how many of unknown time.
    undated: usize,
    /// How they lie in time, the time of the choice left aside.
    overview: Density,
    /// The same for the time that was asked for, in finer steps.
    detail: Option<Density>,
    /// To what the choice can be narrowed.
    facets: Facets,
    /// A stretch of the events, by time, those without one last.
    events: Vec<EventInList>,
}

/// How many events begin in each step of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Density {
    /// `day`, `month` or `year`.
    unit: &'static str,
    /// The steps that hold something, in order.
    steps: Vec<Step>,
}

/// A step of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Step {
    /// The day, month or year.
    at: String,
    /// Events of the choice.
    events: u32,
    /// Of them, those on which accounts differ.
    disputed: u32,
}

/// To what a choice can be narrowed, each with the number of events.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Facets {
    types: Vec<Count>,
    actors: Vec<Count>,
    places: Vec<Count>,
    publishers: Vec<Count>,
}

/// The events of a choice, by time.
#[utoipa::path(get, path = "/api/timeline", params(Choice, Stretch), responses(
    (status = 200, body = Timeline), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn timeline(
    State(readers): State<Readers>,
    Asked(choice): Asked<Choice>,
    Asked(stretch): Asked<Stretch>,
) -> Result<Json<Timeline>, Failure> {
    let (offset, limit) = (offset(stretch.offset)? as usize, limit(stretch.limit)? as usize);
    let read = move |_: &Store, memory: &Memory| {
        let drawn = memory.timelines.or_else(choice, |choice| Drawn::of(memory, choice))?;
        Ok(drawn.stretch(memory, offset, limit))
    };
    readers.ask_with_memory(read).await.map(Json)
}

/// What a choice leaves, and all that is counted of it.
#[derive(Debug)]
pub(crate) struct Drawn {
    /// Indices of the events, in their order.
    events: Vec<usize>,
    undated: usize,
    overview: Density,
    detail: Option<Density>,
    facets: Facets,
}

impl Drawn {
    fn of(memory: &Memory, choice: &Choice) -> Result<Self, Failure> {
        let chosen = choice.ready(memory)?;
        let numbered = memory.events.iter().enumerate();
        let own: Vec<(usize, &Told)> = numbered.filter(|(_, told)| chosen.has(told)).collect();
        let in_any_time = memory.events.iter().filter(|told| chosen.has_but(told, Part::Time));
        let narrowed = choice.from.is_some() || choice.to.is_some();
        Ok(Self {
            undated: own.iter().filter(|(_, told)| told.row.first.is_none()).count(),
            overview: density(in_any_time),
            detail: narrowed.then(|| density(own.iter().map(|(_, told)| *told))),
            facets: facets(memory, &chosen),
            events: own.into_iter().map(|(n, _)| n).collect(),
        })
    }

    fn stretch(&self, memory: &Memory, offset: usize, limit: usize) -> Timeline {
        let shown = self.events.iter().skip(offset).take(limit);
        Timeline {
            total: self.events.len(),
            undated: self.undated,
            overview: self.overview.clone(),
            detail: self.detail.clone(),
            facets: self.facets.clone(),
            events: shown.filter_map(|n| memory.events.get(*n)).map(EventInList::of).collect(),
        }
    }
}

/// More days than this are counted by the month.
const DAYS: i64 = 130;
/// More months than this are counted by the year.
const MONTHS: i64 = 300;

/// Steps so fine that there are not too many of them.
fn density<'a>(events: impl Iterator<Item = &'a Told>) -> Density {
    let dated: Vec<(&str, bool)> =
        events.filter_map(|told| Some((told.row.first.as_deref()?, told.is_disputed()))).collect();
    let first = dated.iter().map(|(day, _)| *day).min().unwrap_or_default();
    let last = dated.iter().map(|(day, _)| *day).max().unwrap_or_default();
    let months = month(last) - month(first);
    let (unit, letters) = match months {
        0..=4 if days(first, last) <= DAYS => ("day", 10),
        months if months <= MONTHS => ("month", 7),
        _ => ("year", 4),
    };
    let mut steps: BTreeMap<&str, Step> = BTreeMap::new();
    for (day, disputed) in dated {
        let at = day.get(..letters).unwrap_or(day);
        let step = steps.entry(at).or_insert_with(|| Step { at: at.to_owned(), ..Step::default() });
        step.events += 1;
        step.disputed += u32::from(disputed);
    }
    Density { unit, steps: steps.into_values().collect() }
}

/// The number of the month that a day is in.
fn month(day: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| day.get(range).and_then(|n| n.parse::<i64>().ok());
    number(0..4).unwrap_or(0) * 12 + number(5..7).unwrap_or(1)
}

fn days(first: &str, last: &str) -> i64 {
    let day = |day: &str| day.parse::<jiff::civil::Date>().ok();
    let apart = || Some(i64::from(day(last)?.since(day(first)?).ok()?.get_days()));
    apart().unwrap_or(0)
}

/// So many values of a facet are told.
const VALUES: usize = 15;

fn facets(memory: &Memory, chosen: &Chosen<'_>) -> Facets {
    let counted = |part: Part, keys: &mut dyn FnMut(&Told, &mut BTreeMap<String, u32>)| {
        let mut counts = BTreeMap::new();
        for told in memory.events.iter().filter(|told| chosen.has_but(told, part)) {
            keys(told, &mut counts);
        }
        most(&counts, VALUES).into_iter().map(|(value, n)| Count::new(&value, n)).collect()
    };
    Facets {
        types: counted(Part::Type, &mut |told, counts| add(counts, told.row.event_type.as_deref())),
        places: counted(Part::Place, &mut |told, counts| add(counts, told.row.place.as_deref())),
        actors: actors(memory, chosen),
        publishers: counted(Part::Publisher, &mut |told, counts| {
            told.publishers.iter().for_each(|p| add(counts, memory.publishers.get(*p).map(String::as_str)));
        }),
    }
}

fn add(counts: &mut BTreeMap<String, u32>, value: Option<&str>) {
    if let Some(value) = value {
        match counts.get_mut(value) {
            Some(count) => *count += 1,
            None => drop(counts.insert(value.to_owned(), 1)),
        }
    }
}

fn actors(memory: &Memory, chosen: &Chosen<'_>) -> Vec<Count> {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for told in memory.events.iter().filter(|told| chosen.has_but(told, Part::Actor)) {
        told.actors.iter().for_each(|(actor, _)| *counts.entry(*actor).or_default() += 1);
    }
    most(&counts, VALUES).into_iter().filter_map(|(actor, n)| Count::of_actor(memory, actor, n)).collect()
}

#[cfg(test)]
mod tests {
    use dateline_store::EventRow;

    use super::*;

    fn check(days: &[&str], unit: &str, steps: &[(&str, u32)]) {
        let told = |day: &&str| Told {
            row: EventRow { first: Some((*day).to_owned()), ..EventRow::default() },
            actors: Vec::new(),
            publishers: Vec::new(),
        };
        let events: Vec<_> = days.iter().map(told).collect();
        let density = density(events.iter());
        let found: Vec<_> = density.steps.iter().map(|step| (step.at.as_str(), step.events)).collect();
        assert_eq!((density.unit, &*found), (unit, steps));
    }

    #[test]
    fn steps_are_as_fine_as_the_time_is_short() {
        check(&[], "day", &[]);
        check(&["2016-10-19", "2016-10-19", "2016-12-01"], "day", &[("2016-10-19", 2), ("2016-12-01", 1)]);
        check(&["2016-10-19", "2018-01-02"], "month", &[("2016-10", 1), ("2018-01", 1)]);
        check(&["1917-10-19", "2018-01-02"], "year", &[("1917", 1), ("2018", 1)]);
    }
}
