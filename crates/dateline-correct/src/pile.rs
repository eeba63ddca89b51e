//! The reports of a pile, and which event each of their accounts is of by now.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{
    Account, AccountAnchor, Citation, CitedText, Dossier, EventAnchor, Prominence, QuotedIn, QuotedWords,
    Selection, Words,
};
use dateline_pile::DossierPile;

/// An account: index of its dossier, and its own in it.
pub(crate) type Place = (usize, usize);

/// The pile while it is corrected.
pub(crate) struct Pile<'a> {
    pub(crate) dossiers: &'a mut DossierPile,
    /// Of which event each account is; a rejected one is of none.
    labels: BTreeMap<Place, usize>,
    next: usize,
}

impl<'a> Pile<'a> {
    /// No account was moved yet.
    pub(crate) fn of(dossiers: &'a mut DossierPile, clusters: &[Vec<Place>]) -> Self {
        let all = clusters.iter().enumerate();
        let labels = all.flat_map(|(label, places)| places.iter().map(move |place| (*place, label)));
        Self { labels: labels.collect(), next: clusters.len(), dossiers }
    }

    /// The accounts of each event, by their first.
    pub(crate) fn clusters(&self) -> Vec<(usize, Vec<Place>)> {
        let mut by_label: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
        for (place, label) in &self.labels {
            by_label.entry(*label).or_default().push(*place);
        }
        let mut clusters: Vec<_> = by_label.into_iter().collect();
        clusters.sort_by(|a, b| a.1.cmp(&b.1));
        clusters
    }

    pub(crate) fn label(&self, place: Place) -> Option<usize> {
        self.labels.get(&place).copied()
    }

    /// All accounts of one event are of another from now on.
    pub(crate) fn relabel(&mut self, from: &BTreeSet<usize>, to: usize) {
        for label in self.labels.values_mut().filter(|label| from.contains(label)) {
            *label = to;
        }
    }

    /// These accounts are an event of their own.
    pub(crate) fn set_apart(&mut self, places: &[Place]) -> usize {
        let label = self.next;
        self.next += 1;
        self.labels.extend(places.iter().map(|place| (*place, label)));
        label
    }

    pub(crate) fn remove(&mut self, place: Place) -> Option<usize> {
        self.labels.remove(&place)
    }

    /// A report tells of an event in words that only a person found.
    pub(crate) fn add(&mut self, report: usize, label: usize, words: Words) {
        let mut dossier = self.dossiers.dossier(report).into_owned();
        self.labels.insert((report, dossier.accounts.len()), label);
        dossier.accounts.push(Account {
            acts: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            parties: Vec::new(),
            counts: Vec::new(),
            sources: Vec::new(),
            prominence: Prominence::Body,
            telling: vec![words],
        });
        self.dossiers.change(report, dossier);
    }

    /// Does a report tell of the event?
    pub(crate) fn tells(&self, report: usize, label: usize) -> bool {
        self.labels.range((report, 0)..(report + 1, 0)).any(|(_, own)| *own == label)
    }

    pub(crate) fn report(&self, id: &str) -> Option<usize> {
        self.dossiers.place(id)
    }

    /// The event is where the account is that gave it its name; where that is gone, the one of which all
    /// its other accounts are.
    pub(crate) fn event(&self, anchor: &EventAnchor) -> Result<usize, String> {
        let labels = |account: &AccountAnchor| -> BTreeSet<usize> {
            let places = self.accounts(account).unwrap_or_default();
            places.into_iter().filter_map(|place| self.label(place)).collect()
        };
        let mut accounts = anchor.accounts.iter();
        let named = accounts.next().map(labels).unwrap_or_default();
        if let Some(label) = named.first() {
            return Ok(*label);
        }
        let others: BTreeSet<usize> = accounts.flat_map(labels).collect();
        match (others.len(), others.first()) {
            (1, Some(label)) => Ok(*label),
            (0, _) if anchor.accounts.iter().any(|account| self.accounts(account).is_ok()) => {
                Err(format!("all that told of {} is rejected", anchor.name))
            }
            (0, _) => Err(format!("no report tells of {} by now in the words that did", anchor.name)),
            (several, _) => Err(format!(
                "the account that gave {} its name is gone, and its others are of {several} events",
                anchor.name
            )),
        }
    }

    /// The accounts that these words of a report tell.
    pub(crate) fn accounts(&self, anchor: &AccountAnchor) -> Result<Vec<Place>, String> {
        let first = anchor.acts.first();
        let report = self.report_with(&anchor.report, first)?;
        let named = accounts_named(&self.dossiers.dossier(report), anchor);
        let places: Vec<Place> = named.into_iter().map(|n| (report, n)).collect();
        if places.is_empty() {
            let quote = first.map_or("", |words| words.quote.as_str());
            return Err(format!("{} no longer tells of an event in the words “{quote}”", anchor.report));
        }
        Ok(places)
    }

    /// The words that a person selected, as a proof, with the index of their report.
    pub(crate) fn selected(&self, selection: &Selection) -> Result<(usize, Citation), String> {
        let report = self.report_with(&selection.report, Some(&selection.words))?;
        let dossier = self.dossiers.dossier(report);
        let words = standing(&dossier, &selection.words);
        let words = words.ok_or_else(|| moved(&dossier, &selection.words))?;
        Ok((report, words.cite(&dossier.id)))
    }

    /// The report of that id. Where an id is borne by several texts by now, or no longer by several, it is
    /// the only one of them in which the words stand at their place.
    fn report_with(&self, id: &str, words: Option<&QuotedWords>) -> Result<usize, String> {
        if let Some(report) = self.report(id) {
            return Ok(report);
        }
        let gone = || format!("no report is named {id}");
        let words = words.ok_or_else(gone)?;
        let own = stem(id);
        let heads = self.dossiers.heads();
        let first = heads.partition_point(|head| head.id.as_str() < own);
        let alike = (first..heads.len()).take_while(|n| heads[*n].id.starts_with(own));
        let holds = |n: usize| standing(&self.dossiers.dossier(n), words).is_some();
        let mut holding = alike.filter(|n| stem(&heads[*n].id) == own && holds(*n));
        match (holding.next(), holding.next()) {
            (Some(report), None) => Ok(report),
            _ => Err(gone()),
        }
    }
}

/// Which of a report's accounts these words tell, from 0.
#[must_use]
pub fn accounts_named(report: &Dossier, anchor: &AccountAnchor) -> Vec<usize> {
    let acts: BTreeSet<Words> = anchor.acts.iter().filter_map(|words| standing(report, words)).collect();
    let told = |account: &Account| account.acts.first().is_some_and(|act| acts.contains(&act.words));
    (0..report.accounts.len()).filter(|n| told(&report.accounts[*n])).collect()
}

/// An id without the digits by which texts of one id are told apart.
fn stem(id: &str) -> &str {
    match id.rsplit_once('#') {
        Some((stem, digits)) if digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_hexdigit()) => stem,
        _ => id,
    }
}

/// The words as the report has them, if they stand at their place.
fn standing(dossier: &Dossier, words: &QuotedWords) -> Option<Words> {
    let of = match words.of {
        QuotedIn::Text => CitedText::Body(words.bytes_in(&dossier.text)?),
        QuotedIn::Headline => CitedText::Headline(words.bytes_in(&dossier.headline)?),
    };
    Some(Words { of, quote: words.quote.clone() })
}

/// Why words do not match, and where they stand now: for a person to decide, never for the program.
fn moved(dossier: &Dossier, words: &QuotedWords) -> String {
    let text = match words.of {
        QuotedIn::Text => &dossier.text,
        QuotedIn::Headline => &dossier.headline,
    };
    let place = |(byte, _): (usize, &str)| text[..byte].chars().count();
    let now = text.match_indices(words.quote.as_str()).next().map(place);
    let now = now.map_or("nowhere in it".to_owned(), |at| format!("at {at}"));
    format!("“{}” no longer stands at {} of {}, but {now}", words.quote, words.start, dossier.id)
}
