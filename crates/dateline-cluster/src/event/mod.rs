//! Which accounts of different reports tell of one happening?
//!
//! Accounts are found by the rare words of their telling sentences, or by prose that two reports
//! share. Day, place, figures and parties are then laid beside each other, and the accounts are
//! joined by average linkage, as stories are.

mod config;
mod facts;
mod likeness;

use std::collections::BTreeMap;

use dateline_model::{Account, Alignment, Dossier, RelatedPair, SharedText, Span, Words};

pub use config::EventConfig;

use crate::account::AccountConfig;
use crate::config::StoryConfig;
use crate::event::facts::Facts;
use crate::event::likeness::{NameCounts, Prose, likeness};
use crate::story::ambience::Ambience;
use crate::story::digest::StoryDigest;
use crate::story::index::{ReportIndex, WordCounts};
use crate::story::linkage::{Pair, average_linkage};

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
    let pile = Pile::of(dossiers, rules);
    let pairs = pile.likenesses(&SharedProse::of(dossiers, related), rules);
    let labels = average_linkage(pile.places.len() as u32, &pairs, rules.events.threshold);
    let mut clusters: BTreeMap<u32, EventCluster> = BTreeMap::new();
    for (place, label) in pile.places.iter().zip(labels) {
        clusters.entry(label).or_default().push(*place);
    }
    clusters.into_values().collect()
}

/// All accounts, side by side.
struct Pile<'a> {
    dossiers: &'a [Dossier],
    places: Vec<(usize, usize)>,
    facts: Vec<Facts<'a>>,
}

impl<'a> Pile<'a> {
    fn of(dossiers: &'a [Dossier], rules: &EventRules) -> Self {
        let (mut places, mut facts) = (Vec::new(), Vec::new());
        for (d, dossier) in dossiers.iter().enumerate() {
            for (a, account) in dossier.accounts.iter().enumerate() {
                let Some(act) = account.acts.first() else { continue };
                places.push((d, a));
                let family = rules.accounts.family(act.event_type, &act.cameo);
                facts.push(Facts::of(account, dossier, family));
            }
        }
        Self { dossiers, places, facts }
    }

    /// Every pair that may be one event, with its likeness; what speaks against a pair counts too.
    fn likenesses(&self, prose: &SharedProse<'_>, rules: &EventRules) -> Vec<Pair> {
        let names = NameCounts::of(&self.facts);
        let mut pairs = Vec::new();
        for ((a, b), words) in self.candidates(prose, rules) {
            let (x, y) = (&self.facts[a as usize], &self.facts[b as usize]);
            let told = prose.between(
                self.places[a as usize].0,
                self.places[b as usize].0,
                (x, y),
                rules.events.shifted,
            );
            pairs.push((a, b, likeness((x, y), (words, told), &names, &rules.events)));
        }
        pairs.extend(self.told_apart(rules.events.told_in_one).map(|(a, b)| (a, b, rules.events.told_apart)));
        pairs
    }

    /// What one report tells as two happenings, of one family; each is held against so many next ones.
    fn told_apart(&self, most: usize) -> impl Iterator<Item = (u32, u32)> {
        let of_one = |a: usize, b: usize| self.places[a].0 == self.places[b].0;
        let others = move |a: usize| (a + 1..self.places.len()).take_while(move |b| of_one(a, *b)).take(most);
        let pairs = (0..self.places.len()).flat_map(move |a| others(a).map(move |b| (a, b)));
        pairs
            .filter(|(a, b)| self.facts[*a].family == self.facts[*b].family)
            .map(|(a, b)| (a as u32, b as u32))
    }

    /// Pairs of different reports and one family that share rare words or prose, with the likeness of
    /// their words.
    fn candidates(&self, prose: &SharedProse<'_>, rules: &EventRules) -> BTreeMap<(u32, u32), f32> {
        let digests = || self.places.iter().map(|&place| self.digest(place, &rules.words));
        let counts = WordCounts::of_pile(self.terms(), digests);
        let (mut index, mut ambience) = (ReportIndex::default(), Ambience::default());
        let mut found: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        for (b, digest) in (0..).zip(digests()) {
            let weighed = counts.weigh(&digest, &rules.words);
            let neighbours = index.neighbours(&weighed, &rules.words);
            ambience.push(&neighbours, &rules.words);
            let possible = neighbours.into_iter().filter(|(a, _)| self.may_be_one(*a, b));
            found.extend(possible.map(|(a, words)| ((a, b), words)));
            index.push(weighed, &counts, &rules.words);
        }
        for ((a, b), words) in &mut found {
            *words = ambience.scaled(*a, *b, *words, &rules.words).min(rules.events.most_words);
        }
        for pair in self.sharing_prose(prose) {
            found.entry(pair).or_insert(0.0);
        }
        found
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
        let mut of_report: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (n, place) in (0..).zip(&self.places) {
            of_report.entry(place.0).or_default().push(n);
        }
        let of = |report: &usize| of_report.get(report).map_or(&[][..], Vec::as_slice);
        let mut pairs = Vec::new();
        for (x, y) in prose.0.keys() {
            let all = of(x).iter().flat_map(|a| of(y).iter().map(move |b| (*a, *b)));
            pairs.extend(all.filter(|&(a, b)| self.may_be_one(a, b)));
        }
        pairs
    }

    fn digest(&self, (d, a): (usize, usize), words: &StoryConfig) -> StoryDigest {
        let (dossier, account) = (&self.dossiers[d], &self.dossiers[d].accounts[a]);
        StoryDigest::new(&dossier.id, headline(dossier, account), &telling(account), None, words)
    }
}

/// The headline, for an account that it tells.
fn headline<'a>(dossier: &'a Dossier, account: &Account) -> &'a str {
    if account.prominence == dateline_model::Prominence::Headline { &dossier.headline } else { "" }
}

fn telling(account: &Account) -> String {
    let quotes: Vec<&str> = account.telling.iter().map(|words| words.quote.as_str()).collect();
    quotes.join("\n")
}

/// The passages of prose that two reports share, by the places of the reports in the pile.
struct SharedProse<'a>(BTreeMap<(usize, usize), Vec<&'a Alignment>>);

impl<'a> SharedProse<'a> {
    fn of(dossiers: &[Dossier], related: &'a [RelatedPair]) -> Self {
        let place = |id: &str| dossiers.binary_search_by(|dossier| dossier.id.as_str().cmp(id)).ok();
        let mut shared: BTreeMap<(usize, usize), Vec<&Alignment>> = BTreeMap::new();
        for pair in related {
            let Some(places) = place(&pair.a).zip(place(&pair.b)) else { continue };
            let prose = pair.alignments.iter().filter(|alignment| alignment.kind == SharedText::Prose);
            shared.entry(places).or_default().extend(prose);
        }
        shared.retain(|_, alignments| !alignments.is_empty());
        Self(shared)
    }

    /// Do two accounts, the first of the report at place `d`, stand in the same prose?
    fn between(&self, d: usize, e: usize, (a, b): (&Facts<'_>, &Facts<'_>), shifted: u64) -> Prose {
        let (key, a, b) = if d <= e { ((d, e), a, b) } else { ((e, d), b, a) };
        let alignments = self.0.get(&key).map_or(&[][..], Vec::as_slice);
        let is_same = |shared: &Alignment| {
            let told =
                |at: &[Span], side: Span| at.iter().filter_map(|t| common(*t, side)).collect::<Vec<_>>();
            let (first, second) = (told(&a.told_at, shared.a.span), told(&b.told_at, shared.b.span));
            first.iter().any(|t| second.iter().any(|u| are_aligned((*t, *u), shared, shifted)))
        };
        if alignments.iter().any(|alignment| is_same(alignment)) { Prose::Shared } else { Prose::Own }
    }
}

/// What two stretches have in common.
fn common(a: Span, b: Span) -> Option<Span> {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    (start < end).then(|| Span::new(start, end))
}

/// Does the prose that tells the one tell the other? Two happenings that one text tells are not one because the
/// whole text is a copy. What was added or cut shifts the words a little.
fn are_aligned((a, b): (Span, Span), shared: &Alignment, shifted: u64) -> bool {
    let (from, to) = (shared.a.span, shared.b.span);
    let (long, other) = (u64::from(from.end - from.start).max(1), u64::from(to.end - to.start));
    let there = |at: u32| u64::from(to.start) + u64::from(at - from.start) * other / long;
    there(a.start) < u64::from(b.end) + shifted && u64::from(b.start) < there(a.end) + shifted
}
