//! All accounts of a pile, held against each other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use dateline_model::{Account, Dossier, EventType, Prominence};
use dateline_pile::{DossierPile, Failure, Rows, Scratch, SharedPassage, Sorter, Spool};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::StoryConfig;
use crate::event::facts::Facts;
use crate::event::likeness::{NameCounts, likeness};
use crate::event::names::Names;
use crate::event::prose::SharedProse;
use crate::event::{EventCluster, EventRules};
use crate::story::alike::Alike;
use crate::story::ambience::Ambience;
use crate::story::digest::StoryDigest;
use crate::story::index::{ReportIndex, WordCounts};
use crate::story::term::hash;

/// All accounts, by the day of which they tell.
pub(crate) struct Pile {
    told: Vec<Told>,
    names: Names,
    /// Headline and telling sentences of each account, in the order in which they were read.
    words: Spool,
    /// Bytes of all telling sentences.
    bytes: usize,
    failure: Failure,
}

/// An account, and where its words are.
struct Told {
    /// The place of its dossier, and its own in that.
    place: (u32, u32),
    /// Which of all in the order in which they were read.
    read: u32,
    /// A number for what its report says.
    report: u64,
    facts: Facts,
}

impl Told {
    /// Of one day by what the report says: what it happens to be called makes no difference, unless two say the same.
    fn order(&self) -> (bool, Option<Date>, u64, u32, u32) {
        let day = self.facts.told_on();
        (day.is_none(), day, self.report, self.place.1, self.place.0)
    }
}

impl Pile {
    pub(crate) fn of(pile: &DossierPile, rules: &EventRules, scratch: &Scratch) -> io::Result<Self> {
        let (told, names, words) = (Vec::new(), Names::default(), Spool::new(scratch));
        let mut own = Self { told, names, words, bytes: 0, failure: Failure::default() };
        for first in (0..pile.count()).step_by(DOSSIERS_AT_ONCE) {
            let last = pile.count().min(first + DOSSIERS_AT_ONCE);
            let read = |place| {
                let dossier = pile.dossier(place);
                (hash(&dossier.text), dossier)
            };
            let dossiers: Vec<(u64, Cow<'_, Dossier>)> = (first..last).into_par_iter().map(read).collect();
            for (place, (report, dossier)) in (first as u32..).zip(&dossiers) {
                own.take((place, *report), dossier, rules)?;
            }
        }
        own.told.shrink_to_fit();
        own.told.par_sort_unstable_by_key(Told::order);
        Ok(own)
    }

    /// Takes in a report's accounts.
    fn take(&mut self, (place, report): (u32, u64), dossier: &Dossier, rules: &EventRules) -> io::Result<()> {
        for (n, account) in (0..).zip(&dossier.accounts) {
            let Some(act) = account.acts.first() else { continue };
            let family = rules.accounts.family(act.event_type, &act.cameo);
            let facts = Facts::of(account, dossier, family, &mut self.names);
            self.words.push(headline(dossier, account).as_bytes())?;
            self.words.push(telling(account).as_bytes())?;
            self.bytes += account.telling.iter().map(|words| words.quote.len()).sum::<usize>();
            self.told.push(Told { place: (place, n), read: self.told.len() as u32, report, facts });
        }
        Ok(())
    }

    /// How many accounts there are.
    pub(crate) fn count(&self) -> u32 {
        self.told.len() as u32
    }

    /// Of each the place of its dossier and its own in that.
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        self.told.iter().map(|told| (told.place.0 as usize, told.place.1 as usize))
    }

    /// The clusters of these labels, one for each account.
    pub(crate) fn clusters(&self, labels: &[u32]) -> Vec<EventCluster> {
        let mut clusters: BTreeMap<u32, EventCluster> = BTreeMap::new();
        for (place, label) in self.places().zip(labels) {
            clusters.entry(*label).or_default().push(place);
        }
        let mut clusters: Vec<EventCluster> = clusters.into_values().collect();
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        clusters.sort_unstable();
        clusters
    }

    /// Every pair that may be one event, with its likeness; what speaks against a pair counts too.
    pub(crate) fn likenesses(
        &self,
        shared: &Rows<SharedPassage>,
        rules: &EventRules,
        scratch: &Scratch,
    ) -> io::Result<Rows<Alike>> {
        let prose = SharedProse::of(shared, rules.events.shifted)?;
        let names = NameCounts::of(self.told.iter().map(|told| &told.facts), &self.names);
        let of_reports = OfReports::of(&self.told);
        let (candidates, ambience) = self.candidates(&prose, &of_reports, rules, scratch)?;
        let likeness = |pair: &mut Alike| {
            let words = ambience.scaled(pair.a, pair.b, pair.likeness, &rules.words);
            let words = words.min(rules.events.most_words);
            let (x, y) = (&self.told[pair.a as usize], &self.told[pair.b as usize]);
            let told = prose.between(x.place.0, y.place.0, &x.facts, &y.facts);
            pair.likeness = likeness((&x.facts, &y.facts), (words, told), &names, &rules.events);
        };
        let mut pairs = Sorter::new(scratch);
        let mut waiting: Vec<Alike> = Vec::new();
        let mut weigh = |waiting: &mut Vec<Alike>| {
            waiting.par_iter_mut().for_each(likeness);
            waiting.drain(..).try_for_each(|pair| pairs.push(pair))
        };
        candidates.each_group(Alike::is_of_same_pair, |group| {
            // A pair that shares words as well comes with these first.
            waiting.extend(group.first());
            if waiting.len() >= PAIRS_AT_ONCE { weigh(&mut waiting) } else { Ok(()) }
        })?;
        weigh(&mut waiting)?;
        self.told_apart(&of_reports, rules.events.told_in_one, |a, b| {
            pairs.push(Alike::new(a, b, rules.events.told_apart))
        })?;
        pairs.all_sorted()
    }

    /// Hands on what one report tells as two happenings, of one family; each is held against `most` next ones.
    fn told_apart(
        &self,
        of_reports: &OfReports,
        most: usize,
        mut take: impl FnMut(u32, u32) -> io::Result<()>,
    ) -> io::Result<()> {
        for own in of_reports.each() {
            for (n, a) in own.iter().enumerate() {
                let others = own[n + 1..].iter().take(most);
                let mut alike = others.filter(|b| self.family(*a) == self.family(**b));
                alike.try_for_each(|b| take(*a.min(b), *a.max(b)))?;
            }
        }
        Ok(())
    }

    /// Pairs of different reports and one family that share rare words or prose, with the likeness of
    /// their words as it is, and what it is to be measured against.
    fn candidates(
        &self,
        prose: &SharedProse,
        of_reports: &OfReports,
        rules: &EventRules,
        scratch: &Scratch,
    ) -> io::Result<(Rows<Alike>, Ambience)> {
        let digests = || self.told.iter().map(|told| self.digest(told, &rules.words));
        let counts = WordCounts::of_pile(self.bytes / BYTES_PER_TERM, digests);
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
        self.failure.check()?;
        self.sharing_prose(prose, of_reports, |a, b| found.push(Alike::new(a, b, 0.0)))?;
        Ok((found.all_sorted()?, ambience))
    }

    fn family(&self, n: u32) -> EventType {
        self.told[n as usize].facts.family
    }

    fn may_be_one(&self, a: u32, b: u32) -> bool {
        let place = |n: u32| self.told[n as usize].place.0;
        place(a) != place(b) && self.family(a) == self.family(b)
    }

    fn sharing_prose(
        &self,
        prose: &SharedProse,
        of_reports: &OfReports,
        mut take: impl FnMut(u32, u32) -> io::Result<()>,
    ) -> io::Result<()> {
        for (x, y) in prose.reports() {
            for a in of_reports.of_report(x) {
                let mut possible = of_reports.of_report(y).iter().filter(|b| self.may_be_one(*a, **b));
                possible.try_for_each(|b| take(*a.min(b), *a.max(b)))?;
            }
        }
        Ok(())
    }

    fn digest(&self, told: &Told, words: &StoryConfig) -> StoryDigest {
        let text = |n: usize| String::from_utf8(self.failure.or_default(self.words.read(n)).into_owned());
        let at = 2 * told.read as usize;
        let (headline, telling) = (text(at).unwrap_or_default(), text(at + 1).unwrap_or_default());
        StoryDigest::new("", &headline, &telling, None, words)
    }
}

/// The accounts of each report, in its order.
struct OfReports {
    /// By report.
    accounts: Vec<u32>,
    /// For each report, where its accounts begin, and at last where they end.
    starts: Vec<u32>,
}

impl OfReports {
    fn of(told: &[Told]) -> Self {
        let mut accounts: Vec<u32> = (0..told.len() as u32).collect();
        let place = |n: &u32| told[*n as usize].place;
        accounts.sort_unstable_by_key(place);
        let reports = accounts.last().map_or(0, |n| place(n).0 + 1);
        let mut starts = Vec::with_capacity(reports as usize + 1);
        let mut at = 0;
        for report in 0..=reports {
            at += accounts[at..].iter().take_while(|n| place(n).0 < report).count();
            starts.push(at as u32);
        }
        Self { accounts, starts }
    }

    fn of_report(&self, report: u32) -> &[u32] {
        let start = |n: u32| self.starts.get(n as usize).map_or(self.accounts.len(), |at| *at as usize);
        &self.accounts[start(report)..start(report + 1)]
    }

    fn each(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.starts.len() as u32).map(|report| self.of_report(report))
    }
}

/// Dossiers that are read at one time, on all threads.
const DOSSIERS_AT_ONCE: usize = 1024;

/// Pairs that are weighed at one time, on all threads.
const PAIRS_AT_ONCE: usize = 1 << 16;

/// Bytes of a text that give a word, or a pair of words.
const BYTES_PER_TERM: usize = 4;

/// The headline, for an account that it tells.
fn headline<'a>(dossier: &'a Dossier, account: &Account) -> &'a str {
    if account.prominence == Prominence::Headline { &dossier.headline } else { "" }
}

fn telling(account: &Account) -> String {
    let quotes: Vec<&str> = account.telling.iter().map(|words| words.quote.as_str()).collect();
    quotes.join("\n")
}
