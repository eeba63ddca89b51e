//! One actor: what it did, what it said, with whom, and under which names.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use dateline_export::EventView;
use dateline_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::Named;
use crate::failure::{Failure, Trouble};
use crate::memory::{Memory, SlowPart};
use crate::readers::Readers;
use crate::shapes::{Count, EventInList, most};

/// One actor.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActorPage {
    /// The same for all spellings.
    key: String,
    /// The name that stands most often.
    name: String,
    /// Wikidata's id.
    link: Option<String>,
    /// CAMEO's or PLOVER's code.
    code: Option<String>,
    /// In how many events.
    total: usize,
    /// The events, by time, with the part taken in each; at most 200.
    events: Vec<Part>,
    /// With whom, and in how many events.
    meets: Vec<Count>,
    /// How many statements.
    statements: u32,
    /// What the outlets call it.
    names: Vec<Name>,
}

/// An event, and the part taken in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Part {
    /// `actor`, `recipient` or `attendee`.
    role: Option<String>,
    /// The event.
    event: EventInList,
}

/// What an outlet calls somebody.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Name {
    /// The words.
    text: String,
    /// The outlets that use them, each with how often.
    publishers: Vec<Count>,
}

/// One actor with events, statements and company. Who only speaks has no events.
#[utoipa::path(get, path = "/api/actors/{key}", params(("key" = String, Path, description = "Key")), responses(
    (status = 200, body = ActorPage), (status = 404, body = Trouble), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn actor(
    State(readers): State<Readers>,
    Named(key): Named<String>,
) -> Result<Json<ActorPage>, Failure> {
    readers
        .ask_with_part(SlowPart::Speakers, move |store, memory| ActorPage::read(store, memory, &key))
        .await
        .map(Json)
}

/// So many events are told, and looked through for names.
const EVENTS: usize = 200;
/// So many others are told.
const COMPANY: usize = 40;

impl ActorPage {
    fn read(store: &Store, memory: &Memory, key: &str) -> Result<Self, Failure> {
        let statements = memory.speakers(store)?.statements_of(key);
        let Some(index) = memory.actor(key) else {
            return Self::who_only_speaks(key, statements);
        };
        let actor = &memory.actors[index];
        let mut names = Names::default();
        for event in actor.events.iter().take(EVENTS) {
            let name = &memory.events[*event].row.event;
            if let Some((line, _)) = store.event(name)? {
                names.take(&EventView::of_line(&line)?, key);
            }
        }
        Ok(Self {
            key: key.to_owned(),
            name: actor.name().to_owned(),
            link: names.link.take(),
            code: names.code.take(),
            total: actor.events.len(),
            events: actor.events.iter().take(EVENTS).map(|event| part(memory, index, *event)).collect(),
            meets: meets(memory, index),
            statements,
            names: names.listed(),
        })
    }

    fn who_only_speaks(key: &str, statements: u32) -> Result<Self, Failure> {
        if statements == 0 {
            return Err(Failure::Missing(format!("nobody has the key {key:?}")));
        }
        Ok(Self {
            key: key.to_owned(),
            name: key.to_owned(),
            link: None,
            code: None,
            total: 0,
            events: Vec::new(),
            meets: Vec::new(),
            statements,
            names: Vec::new(),
        })
    }
}

fn part(memory: &Memory, actor: usize, event: usize) -> Part {
    let told = &memory.events[event];
    let role = told.actors.iter().find(|(other, _)| *other == actor).and_then(|(_, role)| role.clone());
    Part { role, event: EventInList::of(told) }
}

fn meets(memory: &Memory, actor: usize) -> Vec<Count> {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for event in &memory.actors[actor].events {
        let mut others: Vec<usize> = memory.events[*event].actors.iter().map(|(other, _)| *other).collect();
        others.sort_unstable();
        others.dedup();
        others.iter().filter(|other| **other != actor).for_each(|o| *counts.entry(*o).or_default() += 1);
    }
    most(&counts, COMPANY).into_iter().filter_map(|(other, n)| Count::of_actor(memory, other, n)).collect()
}

/// What is gathered from an actor's events.
#[derive(Default)]
struct Names {
    link: Option<String>,
    code: Option<String>,
    /// By words, then outlet.
    terms: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Names {
    fn take(&mut self, event: &EventView, key: &str) {
        let own = event.participants.iter().filter(|who| who.entity.as_deref() == Some(key));
        for who in own {
            self.link = self.link.take().or_else(|| who.link.clone());
            self.code = self.code.take().or_else(|| who.code.clone());
        }
        let publisher = |report: &str| {
            let account = event.accounts.iter().find(|account| account.id == report);
            account.and_then(|account| account.publisher.clone()).unwrap_or_else(|| "not told".to_owned())
        };
        let own = event.wording.iter().filter(|w| w.of == "participant" && w.entity.as_deref() == Some(key));
        for term in own.flat_map(|wording| &wording.terms) {
            let outlets = self.terms.entry(term.text.clone()).or_default();
            *outlets.entry(publisher(&term.report)).or_default() += 1;
        }
    }

    fn listed(self) -> Vec<Name> {
        let listed = self.terms.into_iter().map(|(text, outlets)| {
            let publishers = most(&outlets, COMPANY).into_iter().map(|(name, n)| Count::new(&name, n));
            Name { text, publishers: publishers.collect() }
        });
        listed.collect()
    }
}
