//! Which accounts of different reports tell of one happening?
//!
//! Accounts are taken by the day of which they tell. Each is held against those near in time that have rare
//! words of its telling sentences, and against those whose report shares prose with its own. Day, place, figures
//! and parties are then laid beside each other, and the accounts are joined by average linkage, as stories are.

mod config;
mod facts;
mod likeness;
mod prose;

use std::collections::BTreeMap;
use std::io;

use dateline_model::{Account, Dossier, RelatedPair, Words};
use dateline_pile::{Rows, Scratch, Sorter};
use rayon::prelude::*;

pub use config::EventConfig;

use crate::account::AccountConfig;
use crate::config::StoryConfig;
use crate::event::facts::Facts;
use crate::event::likeness::{NameCounts, likeness};
use crate::event::prose::SharedProse;
use crate::story::alike::Alike;
use crate::story::ambience::Ambience;
use crate::story::digest::StoryDigest;
use crate::story::index::{ReportIndex, WordCounts};
use crate::story::linkage::{average_linkage_within, linkage_beside};
use crate::story::term::hash;

/// The figures that event clusters are made by.
#[derive(Clone, Debug)]
pub struct EventRules {
    /// What speaks for two accounts telling of one happening.
    pub events: EventConfig,
    /// Which types are told as one.
    pub accounts: AccountConfig,
    /// How words are weighed.
    pub words: StoryConfig,
}

impl EventRules {
    /// The figures that are part of the program.
    #[must_use]
    pub fn english() -> Self {
        let events = EventConfig::built_in();
        let words = StoryConfig::english().with_least_ambience(events.least_ambience);
        Self { events, accounts: AccountConfig::built_in(), words }
    }
}

/// The mentions of one happening: index of the dossier, and of the account in it.
pub type EventCluster = Vec<(usize, usize)>;

/// The event clusters of a pile of dossiers that is sorted by id. `related` are the pairs of reports
/// that share text. Every account is in exactly one cluster; clusters come by their first account.
#[must_use]
pub fn event_clusters(
    dossiers: &[Dossier],
    related: &[RelatedPair],
    rules: &EventRules,
) -> Vec<EventCluster> {
    // Where all is held in memory no file can fail.
    event_clusters_within(dossiers, related, rules, &Scratch::unneeded()).unwrap_or_default()
}

/// The same, while pairs of accounts that may be one event are held in so much memory as `scratch` gives.
///
/// # Errors
/// When what does not fit into memory cannot be written to a file.
pub fn event_clusters_within(
    dossiers: &[Dossier],
    related: &[RelatedPair],
    rules: &EventRules,
    scratch: &Scratch,
) -> io::Result<Vec<EventCluster>> {
    let pile = Pile::of(dossiers, rules);
    let pairs = pile.likenesses(related, rules, scratch)?;
    let labels = average_linkage_within(pile.places.len() as u32, &pairs, rules.events.threshold, scratch)?;
    Ok(pile.clusters(&labels))
}

/// The same beside clusters that stand: `known` says of accounts in which they are. Those are not joined with each
/// other, nor parted; other accounts join them, or each other. `dossiers` are some of a pile: those near the
/// new ones, and enough others to tell which words and names are common.
#[must_use]
pub fn event_clusters_beside(
    dossiers: &[Dossier],
    related: &[RelatedPair],
    known: impl Fn(usize, usize) -> Option<u32>,
    rules: &EventRules,
) -> Vec<EventCluster> {
    let pile = Pile::of(dossiers, rules);
    // Where all is held in memory no file can fail.
    let pairs =
        pile.likenesses(related, rules, &Scratch::unneeded()).and_then(Rows::held).unwrap_or_default();
    let known: Vec<Option<u32>> = pile.places.iter().map(|(d, a)| known(*d, *a)).collect();
    pile.clusters(&linkage_beside(&known, &pairs, rules.events.threshold))
}

/// All accounts, by the day of which they tell.
struct Pile<'a> {
    dossiers: &'a [Dossier],
    places: Vec<(usize, usize)>,
    facts: Vec<Facts<'a>>,
}

impl<'a> Pile<'a> {
    fn of(dossiers: &'a [Dossier], rules: &EventRules) -> Self {
        let mut told = Vec::new();
        for (d, dossier) in dossiers.iter().enumerate() {
            for (a, account) in dossier.accounts.iter().enumerate() {
                let Some(act) = account.acts.first() else { continue };
                let family = rules.accounts.family(act.event_type, &act.cameo);
                told.push(((d, a), Facts::of(account, dossier, family)));
            }
        }
        // Of one day by what the report says: what it happens to be called makes no difference, unless two say the same.
        told.sort_by_cached_key(|((d, a), facts)| {
            let day = facts.told_on();
            (day.is_none(), day, hash(&dossiers[*d].text), *a, *d)
        });
        let (places, facts) = told.into_iter().unzip();
        Self { dossiers, places, facts }
    }

    /// The clusters of these labels, one for each account.
    fn clusters(&self, labels: &[u32]) -> Vec<EventCluster> {
        let mut clusters: BTreeMap<u32, EventCluster> = BTreeMap::new();
        for (place, label) in self.places.iter().zip(labels) {
            clusters.entry(*label).or_default().push(*place);
        }
        let mut clusters: Vec<EventCluster> = clusters.into_values().collect();
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        clusters.sort_unstable();
        clusters
    }

    /// Every pair that may be one event, with its likeness; what speaks against a pair counts too.
    fn likenesses(
        &self,
        related: &[RelatedPair],
        rules: &EventRules,
        scratch: &Scratch,
    ) -> io::Result<Rows<Alike>> {
        let prose = SharedProse::of(self.dossiers, related, rules.events.shifted);
        let names = NameCounts::of(&self.facts);
        let (candidates, ambience) = self.candidates(&prose, rules, scratch)?;
        let likeness = |pair: &mut Alike| {
            let (a, b) = (pair.a as usize, pair.b as usize);
            let words = ambience.scaled(pair.a, pair.b, pair.likeness, &rules.words);
            let words = words.min(rules.events.most_words);
            let (x, y) = (&self.facts[a], &self.facts[b]);
            let told = prose.between(self.places[a].0, self.places[b].0, x, y);
            pair.likeness = likeness((x, y), (words, told), &names, &rules.events);
        };
        let mut pairs = Sorter::new(scratch);
        let mut waiting: Vec<Alike> = Vec::new();
        let mut weigh = |waiting: &mut Vec<Alike>| {
            waiting.par_iter_mut().for_each(likeness);
            waiting.drain(..).try_for_each(|pair| pairs.push(pair))
        };
        candidates.each_group(is_same_pair, |group| {
            // A pair that shares words as well comes with these first.
            waiting.extend(group.first());
            if waiting.len() >= AT_ONCE { weigh(&mut waiting) } else { Ok(()) }
        })?;
        weigh(&mut waiting)?;
        for (a, b) in self.told_apart(rules.events.told_in_one) {
            pairs.push(Alike::new(a, b, rules.events.told_apart))?;
        }
        pairs.all_sorted()
    }

    /// The accounts of each report, in its order.
    fn of_reports(&self) -> Vec<Vec<u32>> {
        let mut of_reports = vec![Vec::new(); self.dossiers.len()];
        for (n, place) in (0..).zip(&self.places) {
            of_reports[place.0].push(n);
        }
        of_reports.iter_mut().for_each(|own| own.sort_by_key(|n: &u32| self.places[*n as usize]));
        of_reports
    }

    /// What one report tells as two happenings, of one family; each is held against `most` next ones.
    fn told_apart(&self, most: usize) -> Vec<(u32, u32)> {
        let mut apart = Vec::new();
        for own in self.of_reports() {
            for (n, a) in own.iter().enumerate() {
                let others = own[n + 1..].iter().take(most);
                let alike =
                    others.filter(|b| self.facts[*a as usize].family == self.facts[**b as usize].family);
                apart.extend(alike.map(|b| (*a.min(b), *a.max(b))));
            }
        }
        apart
    }

    /// Pairs of different reports and one family that share rare words or prose, with the likeness of
    /// their words as it is, and what it is to be measured against.
    fn candidates(
        &self,
        prose: &SharedProse<'_>,
        rules: &EventRules,
        scratch: &Scratch,
    ) -> io::Result<(Rows<Alike>, Ambience)> {
        let digests = || self.places.iter().map(|&place| self.digest(place, &rules.words));
        let counts = WordCounts::of_pile(self.terms(), digests);
        let (mut index, mut ambience) = (ReportIndex::default(), Ambience::default());
        let mut found = Sorter::new(scratch);
        for (b, digest) in (0..).zip(digests()) {
            let weighed = counts.weigh(&digest, &rules.words);
            let neighbours = index.neighbours(&weighed, &rules.words);
            ambience.push(&neighbours, &rules.words);
            let mut possible = neighbours.into_iter().filter(|(a, _)| self.may_be_one(*a, b));
            possible.try_for_each(|(a, words)| found.push(Alike::new(a, b, words)))?;
            index.push(&weighed, &counts, &rules.words);
        }
        for (a, b) in self.sharing_prose(prose) {
            found.push(Alike::new(a, b, 0.0))?;
        }
        Ok((found.all_sorted()?, ambience))
    }

    /// About how many words and pairs of words all tellings have.
    fn terms(&self) -> usize {
        let bytes = |words: &Words| words.quote.len();
        let telling = |(d, a): &(usize, usize)| -> usize {
            self.dossiers[*d].accounts[*a].telling.iter().map(bytes).sum()
        };
        self.places.iter().map(telling).sum::<usize>() / 4
    }

    fn may_be_one(&self, a: u32, b: u32) -> bool {
        let (a, b) = (a as usize, b as usize);
        self.places[a].0 != self.places[b].0 && self.facts[a].family == self.facts[b].family
    }

    fn sharing_prose(&self, prose: &SharedProse<'_>) -> Vec<(u32, u32)> {
        let of_reports = self.of_reports();
        let mut pairs = Vec::new();
        for (x, y) in prose.reports() {
            let all = of_reports[x].iter().flat_map(|a| of_reports[y].iter().map(move |b| (*a, *b)));
            let possible = all.filter(|&(a, b)| self.may_be_one(a, b));
            pairs.extend(possible.map(|(a, b)| (a.min(b), a.max(b))));
        }
        pairs
    }

    fn digest(&self, (d, a): (usize, usize), words: &StoryConfig) -> StoryDigest {
        let (dossier, account) = (&self.dossiers[d], &self.dossiers[d].accounts[a]);
        StoryDigest::new(&dossier.id, headline(dossier, account), &telling(account), None, words)
    }
}

fn is_same_pair(x: &Alike, y: &Alike) -> bool {
    (x.a, x.b) == (y.a, y.b)
}

/// Pairs that are weighed at one time, on all threads.
const AT_ONCE: usize = 1 << 16;

/// The headline, for an account that it tells.
fn headline<'a>(dossier: &'a Dossier, account: &Account) -> &'a str {
    if account.prominence == dateline_model::Prominence::Headline { &dossier.headline } else { "" }
}

fn telling(account: &Account) -> String {
    let quotes: Vec<&str> = account.telling.iter().map(|words| words.quote.as_str()).collect();
    quotes.join("\n")
}
