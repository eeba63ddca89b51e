//! New reports are compared with those near them alone and take their place beside what is known: seconds, however
//! large the record. What was found before stays: no event is joined with another or parted, and no story; that is
//! left to the next comparing of all.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use dateline_cluster::{
    EventCluster, EventRules, StoryConfig, StoryReport, event_clusters_beside, stories_beside,
};
use dateline_model::{Dossier, ReuseCluster};
use dateline_pile::{Rows, Scratch, SharedPassage};
use dateline_reuse::{Rules, common_texts, copies, shared_passages};
use dateline_store::{Events, Growth, Store, StoreError, StoreWriter, ToldAccount};

use crate::comparing::{VERSION, compare_reports, pair_entries, scratch};
use crate::neighbourhood::{NearbyConfig, Reports, neighbourhood};
use crate::origins::TextNumbers;
use crate::reach::Reach;
use crate::recording::CompareStep;
use crate::touched::TouchedEvents;

/// With what new reports are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareWith {
    /// With those near them; with all where too many are new, or the others were not compared by this version.
    Nearby,
    /// With all. So are those that were compared with reports near them alone.
    All,
}

/// Compares what is still to be compared, and puts what is found into the record. `tell` hears of each step before it
/// is done.
///
/// # Errors
/// When the record cannot be read or written.
pub fn compare_added(
    record: &mut StoreWriter,
    with: CompareWith,
    memory: usize,
    tell: impl FnMut(CompareStep) + Send,
) -> Result<(), StoreError> {
    let is_current = record.store().is_current(VERSION)?;
    match with {
        CompareWith::Nearby if !is_current => compare_nearby(record, memory, tell),
        CompareWith::All if !is_current || record.store().compared_nearby()? > 0 => {
            compare_reports(record, memory, tell)
        }
        _ => Ok(()),
    }
}

fn compare_nearby(
    record: &mut StoreWriter,
    memory: usize,
    mut tell: impl FnMut(CompareStep) + Send,
) -> Result<(), StoreError> {
    let config = NearbyConfig::built_in();
    let new = record.store().not_compared()?;
    let are_few = config.are_few(new.len(), record.store().article_count()?);
    if new.is_empty() || !are_few || !record.store().is_compared_by(VERSION)? {
        return compare_reports(record, memory, tell);
    }
    tell(CompareStep::Loading);
    let near = neighbourhood(record.store(), &new, &config)?;
    let reports = Reports::read(record.store(), &near)?;
    let found = Found::of(record.store(), &reports, &new, &scratch(record.store(), memory), &mut tell)?;
    tell(CompareStep::Fields);
    let log = record.store().corrections()?;
    let texts = TextNumbers::of(record.store(), &found.texts);
    let reach = Reach::of_new(record.store(), &log, &found.told, &texts)?;
    let events = TouchedEvents::of(record.store(), reach, &texts)?;
    tell(CompareStep::Writing);
    let of_events = events.printed()?;
    record.grow_record(Growth {
        stories: &found.stories,
        pairs: &pair_entries(&reports.pile, &found.shared),
        clusters: &found.clusters,
        texts: &found.texts,
        former: &events.former,
        // What became of corrections is told when all are compared.
        events: Events { outcomes: &[], ..events.rows(&of_events) },
    })
}

/// What is found of new reports beside those near them.
struct Found {
    stories: Vec<(String, String)>,
    /// What new reports share with others.
    shared: Vec<SharedPassage>,
    clusters: Vec<ReuseCluster>,
    texts: Vec<(i64, u32)>,
    /// The accounts of new reports, each with the number of what it tells of.
    told: Vec<ToldAccount>,
}

impl Found {
    fn of(
        record: &Store,
        reports: &Reports,
        new: &[i64],
        scratch: &Scratch,
        tell: &mut (impl FnMut(CompareStep) + Send),
    ) -> Result<Self, StoreError> {
        let new: BTreeSet<i64> = new.iter().copied().collect();
        let known = Known::of(record, reports)?;
        let rules = Rules::built_in();
        let (stories, found) = rayon::join(
            || stories(reports, &known),
            || {
                tell(CompareStep::SharedText);
                let shared = shared_passages(&reports.pile, &rules, scratch)?;
                tell(CompareStep::Events);
                let found = |report, account| known.found.get(&(report, account)).copied();
                let rules = EventRules::english();
                let events = event_clusters_beside(&reports.pile, &shared, found, &rules, scratch)?;
                let clusters = copies(reports.pile.count(), &shared, |n| reports.pile.id(n as usize))?;
                let groups = common_texts(reports.pile.count(), &shared, &Rules::built_in())?;
                Ok::<_, std::io::Error>((shared, events, clusters, groups))
            },
        );
        let failed = |source| StoreError::Io { path: scratch.folder.clone(), source };
        let (shared, events, clusters, groups) = found.map_err(failed)?;
        let (free_found, free_text) = record.free_numbers()?;
        let texts = texts(reports, &known, &groups, free_text);
        let ids: BTreeSet<&str> = ids(reports, &new).collect();
        let is_new = |id: &String| ids.contains(id.as_str());
        Ok(Self {
            stories: stories.into_iter().filter(|(id, _)| is_new(id)).collect(),
            shared: of_new(&shared, reports, &new).map_err(failed)?,
            clusters: clusters
                .into_iter()
                .filter(|c| c.witnesses.iter().any(|w| is_new(&w.article)))
                .collect(),
            texts: texts.into_iter().filter(|(number, _)| new.contains(number)).collect(),
            told: told(reports, &known, &events, free_found),
        })
    }
}

/// What the new reports share with others.
fn of_new(
    shared: &Rows<SharedPassage>,
    reports: &Reports,
    new: &BTreeSet<i64>,
) -> std::io::Result<Vec<SharedPassage>> {
    let is_new = |place: u32| reports.numbers.get(place as usize).is_some_and(|number| new.contains(number));
    let mut own = Vec::new();
    shared.each(|passage| {
        own.extend((is_new(passage.a) || is_new(passage.b)).then_some(passage));
        Ok(())
    })?;
    Ok(own)
}

/// The ids of the new among the reports.
fn ids<'a>(reports: &'a Reports, new: &'a BTreeSet<i64>) -> impl Iterator<Item = &'a str> {
    let both = reports.numbers.iter().zip(reports.pile.heads());
    both.filter(|(number, _)| new.contains(number)).map(|(_, head)| head.id.as_str())
}

/// What is known of the reports that were compared before.
struct Known {
    stories: Vec<Option<String>>,
    texts: Vec<Option<u32>>,
    /// By report and account.
    found: BTreeMap<(usize, usize), u32>,
}

impl Known {
    fn of(record: &Store, reports: &Reports) -> Result<Self, StoreError> {
        let places = reports.places();
        let told = record.told_by(&reports.numbers)?;
        let found = told.iter().map(|told| ((places[&told.article], told.account as usize), told.found));
        Ok(Self {
            stories: reports.numbers.iter().map(|n| record.story_of(*n)).collect::<Result<_, _>>()?,
            texts: reports.numbers.iter().map(|n| record.text_of(*n)).collect::<Result<_, _>>()?,
            found: found.collect(),
        })
    }
}

/// The story of each report.
fn stories(reports: &Reports, known: &Known) -> Vec<(String, String)> {
    let dossiers: Vec<Cow<'_, Dossier>> = reports.dossiers().map(|(_, dossier)| dossier).collect();
    let told: Vec<_> = dossiers.iter().map(|dossier| story_report(dossier)).collect();
    let known: Vec<Option<&str>> = known.stories.iter().map(Option::as_deref).collect();
    let stories = stories_beside(&told, &known, &StoryConfig::english());
    let ids = reports.pile.heads().iter().map(|head| head.id.clone());
    ids.zip(stories.into_iter().map(str::to_owned)).collect()
}

/// A report as its story is looked for.
fn story_report(dossier: &Dossier) -> StoryReport<'_> {
    let Dossier { id, headline, text, published, .. } = dossier;
    let published = published.as_ref().and_then(|day| day.parse().ok());
    StoryReport { id, headline, text, published }
}

/// The text that each report goes back to: that of a report that shares it, or one of its own.
/// `groups` are numbers of the texts among these reports alone.
fn texts(reports: &Reports, known: &Known, groups: &[u32], free: u32) -> Vec<(i64, u32)> {
    let group = |place: usize| groups.get(place).copied().unwrap_or(0);
    let mut of_groups: BTreeMap<u32, u32> = BTreeMap::new();
    for (place, text) in known.texts.iter().enumerate() {
        if let Some(text) = text {
            let least = of_groups.entry(group(place)).or_insert(*text);
            *least = (*least).min(*text);
        }
    }
    let mut next = free..;
    let mut number = |group| *of_groups.entry(group).or_insert_with(|| next.next().unwrap_or(u32::MAX));
    reports.numbers.iter().enumerate().map(|(place, article)| (*article, number(group(place)))).collect()
}

/// The accounts that are not known, each with the number of what it tells of.
fn told(reports: &Reports, known: &Known, events: &[EventCluster], free: u32) -> Vec<ToldAccount> {
    let mut next = free..;
    let mut told = Vec::new();
    for cluster in events {
        let new: Vec<_> = cluster.iter().filter(|place| !known.found.contains_key(place)).collect();
        if new.is_empty() {
            continue;
        }
        let found = cluster.iter().find_map(|place| known.found.get(place).copied());
        let found = found.unwrap_or_else(|| next.next().unwrap_or(u32::MAX));
        told.extend(new.into_iter().map(|(report, account)| ToldAccount {
            article: reports.numbers[*report],
            account: *account as u32,
            found,
            event: None,
        }));
    }
    told
}
