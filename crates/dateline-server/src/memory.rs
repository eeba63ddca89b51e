//! What is remembered of the record as a whole: its events without their claims, who takes part in
//! them, and which outlet printed each report when.
//!
//! A timeline is drawn, filtered and counted anew with every stroke of a reader; from memory that takes
//! no time, and the file is read once for each state of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use dateline_store::{EventRow, FlowRow, OutletRow, Printed, Store, StoreError, Tally};

use crate::choice::Choice;
use crate::kept::Kept;
use crate::pages::search::Words;
use crate::pages::timeline::Drawn;

/// The record as a whole.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) tally: Tally,
    /// With which version of Dateline the events were made.
    pub(crate) made_with: Option<String>,
    /// Were reports added or taken out since?
    pub(crate) is_stale: bool,
    /// Reports that were compared with those nearby alone.
    pub(crate) compared_nearby: u64,
    /// By time, those without one last.
    pub(crate) events: Vec<Told>,
    pub(crate) actors: Vec<Actor>,
    actor_by_key: BTreeMap<String, usize>,
    event_by_name: BTreeMap<String, usize>,
    pub(crate) publishers: Vec<String>,
    printed: OnceLock<Arc<Printed>>,
    flows: OnceLock<Arc<Vec<FlowRow>>>,
    outlets: OnceLock<Arc<Vec<OutletRow>>>,
    speakers: OnceLock<Arc<Speakers>>,
    /// Timelines by their choice.
    pub(crate) timelines: Kept<Choice, Drawn>,
    /// What was found by its words, as JSON.
    pub(crate) searches: Kept<Words, String>,
}

/// What of the memory takes long to be read, and is read when it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlowPart {
    /// Outlet and day of all reports.
    Printed,
    /// How much each speaker says.
    Speakers,
    /// Which outlets carry text of which.
    Flows,
    /// The outlets.
    Outlets,
}

impl SlowPart {
    pub(crate) const ALL: [Self; 4] = [Self::Printed, Self::Speakers, Self::Flows, Self::Outlets];
}

/// An event, and who is in it.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) row: EventRow,
    /// Indices into `actors`, with their role.
    pub(crate) actors: Vec<(usize, Option<String>)>,
    /// Indices into `publishers`.
    pub(crate) publishers: Vec<usize>,
}

/// Somebody who takes part in events.
#[derive(Debug, Default)]
pub(crate) struct Actor {
    pub(crate) key: String,
    /// Under which names, each with how often.
    pub(crate) names: BTreeMap<String, u32>,
    /// Indices into `events`, in their order.
    pub(crate) events: Vec<usize>,
}

impl Told {
    pub(crate) fn is_disputed(&self) -> bool {
        !self.row.disputed.is_empty()
    }

    pub(crate) fn is_of_one_origin(&self) -> bool {
        self.row.independent_accounts == 1
    }
}

impl Actor {
    /// The name that stands most often; of several, the longest.
    pub(crate) fn name(&self) -> &str {
        let best = self.names.iter().max_by_key(|(name, times)| (**times, name.len()));
        best.map_or(&self.key, |(name, _)| name)
    }
}

impl Memory {
    /// Reads all of it.
    pub(crate) fn read(store: &Store) -> Result<Self, StoreError> {
        let events = store.timeline()?;
        let mut memory = Self {
            tally: store.tally()?,
            made_with: store.made_with()?,
            is_stale: store.is_stale()?,
            compared_nearby: store.compared_nearby()?,
            event_by_name: events.iter().enumerate().map(|(n, row)| (row.event.clone(), n)).collect(),
            events: events
                .into_iter()
                .map(|row| Told { row, actors: Vec::new(), publishers: Vec::new() })
                .collect(),
            actors: Vec::new(),
            actor_by_key: BTreeMap::new(),
            publishers: Vec::new(),
            printed: OnceLock::new(),
            flows: OnceLock::new(),
            outlets: OnceLock::new(),
            speakers: OnceLock::new(),
            timelines: Kept::default(),
            searches: Kept::default(),
        };
        memory.take_actors(store)?;
        memory.take_publishers(store)?;
        Ok(memory)
    }

    /// With what was read of the same reports before: corrections change none of it.
    pub(crate) fn with_parts_of(self, before: &Self) -> Self {
        let same =
            |tally: &Tally| (tally.articles, tally.statements, tally.publishers, tally.published.clone());
        if same(&self.tally) != same(&before.tally) {
            return self;
        }
        let Self { printed, speakers, outlets, .. } = before;
        // What reports share may be known otherwise by now.
        Self { printed: printed.clone(), speakers: speakers.clone(), outlets: outlets.clone(), ..self }
    }

    /// Is a part read already?
    pub(crate) fn holds(&self, part: SlowPart) -> bool {
        match part {
            SlowPart::Printed => self.printed.get().is_some(),
            SlowPart::Speakers => self.speakers.get().is_some(),
            SlowPart::Flows => self.flows.get().is_some(),
            SlowPart::Outlets => self.outlets.get().is_some(),
        }
    }

    /// Reads a part, unless it is read.
    pub(crate) fn load(&self, part: SlowPart, store: &Store) -> Result<(), StoreError> {
        match part {
            SlowPart::Printed => self.printed(store).map(drop),
            SlowPart::Speakers => self.speakers(store).map(drop),
            SlowPart::Flows => self.flows(store).map(drop),
            SlowPart::Outlets => self.outlets(store).map(drop),
        }
    }

    fn take_actors(&mut self, store: &Store) -> Result<(), StoreError> {
        // Several claims of one event may name one of them alike.
        let (mut of, mut seen) = (None, BTreeSet::new());
        for told in store.participations()? {
            let Some(&event) = self.event_by_name.get(&told.event) else { continue };
            if of.replace(event) != Some(event) {
                seen.clear();
            }
            if !seen.insert((told.entity.clone(), told.name.clone(), told.role.clone())) {
                continue;
            }
            let known = self.actor_by_key.get(&told.entity).copied();
            let index = known.unwrap_or_else(|| {
                self.actor_by_key.insert(told.entity.clone(), self.actors.len());
                self.actors.push(Actor { key: told.entity, ..Actor::default() });
                self.actors.len() - 1
            });
            let actor = &mut self.actors[index];
            *actor.names.entry(told.name).or_default() += 1;
            let events = &mut self.events[event].actors;
            if !events.iter().any(|(other, role)| *other == index && *role == told.role) {
                events.push((index, told.role));
            }
            if actor.events.last() != Some(&event) {
                actor.events.push(event);
            }
        }
        for actor in &mut self.actors {
            actor.events.sort_unstable();
            actor.events.dedup();
        }
        Ok(())
    }

    fn take_publishers(&mut self, store: &Store) -> Result<(), StoreError> {
        let told = store.outlets_of_events()?;
        self.publishers = told.iter().map(|(_, publisher)| publisher.clone()).collect();
        self.publishers.sort_unstable();
        self.publishers.dedup();
        for (event, publisher) in told {
            let index = self.publishers.binary_search(&publisher);
            if let (Some(&event), Ok(index)) = (self.event_by_name.get(&event), index) {
                let publishers = &mut self.events[event].publishers;
                if !publishers.contains(&index) {
                    publishers.push(index);
                }
            }
        }
        self.events.iter_mut().for_each(|told| told.publishers.sort_unstable());
        Ok(())
    }

    /// The event of that name.
    pub(crate) fn event(&self, name: &str) -> Option<usize> {
        self.event_by_name.get(name).copied()
    }

    /// The event of that number in the file.
    pub(crate) fn event_of(&self, number: i64) -> Option<&Told> {
        let at = self.events.binary_search_by_key(&number, |told| told.row.number).ok()?;
        self.events.get(at)
    }

    /// Whoever has that key.
    pub(crate) fn actor(&self, key: &str) -> Option<usize> {
        self.actor_by_key.get(key).copied()
    }

    /// Outlet and day of all reports.
    pub(crate) fn printed(&self, store: &Store) -> Result<&Printed, StoreError> {
        kept(&self.printed, || store.printed()).map(Arc::as_ref)
    }

    /// Which outlets carry text of which.
    pub(crate) fn flows(&self, store: &Store) -> Result<&[FlowRow], StoreError> {
        kept(&self.flows, || store.flows()).map(|flows| flows.as_slice())
    }

    /// The outlets.
    pub(crate) fn outlets(&self, store: &Store) -> Result<&[OutletRow], StoreError> {
        kept(&self.outlets, || store.outlets()).map(|outlets| outlets.as_slice())
    }

    /// How many statements each speaker has.
    pub(crate) fn speakers(&self, store: &Store) -> Result<&Speakers, StoreError> {
        kept(&self.speakers, || Ok(Speakers::of(store.speakers()?))).map(Arc::as_ref)
    }
}

/// How many statements each speaker has.
#[derive(Debug)]
pub(crate) struct Speakers {
    by_key: BTreeMap<String, u32>,
    /// Those who say most, first.
    pub(crate) most: Vec<(String, u32)>,
}

/// So many speakers are named in a list.
const MOST_SPEAKERS: usize = 15;

impl Speakers {
    /// Of speakers sorted by how much they say.
    fn of(speakers: Vec<(String, u32)>) -> Self {
        let most = speakers.iter().take(MOST_SPEAKERS).cloned().collect();
        Self { by_key: speakers.into_iter().collect(), most }
    }

    /// How many statements somebody has.
    pub(crate) fn statements_of(&self, key: &str) -> u32 {
        self.by_key.get(key).copied().unwrap_or(0)
    }
}

/// Read once, when first asked for; two who ask at the same time read the same.
fn kept<T>(
    place: &OnceLock<Arc<T>>,
    read: impl FnOnce() -> Result<T, StoreError>,
) -> Result<&Arc<T>, StoreError> {
    match place.get() {
        Some(known) => Ok(known),
        None => {
            let fresh = Arc::new(read()?);
            Ok(place.get_or_init(|| fresh))
        }
    }
}
