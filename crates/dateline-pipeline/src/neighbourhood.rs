//! Which reports of a record are near new ones? Those that share rare words with them or tell of what these tell of,
//! the newest of their outlets, and some from all over, by which words and names are known as rare.

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, BTreeSet};

use dateline_model::Dossier;
use dateline_pile::DossierPile;
use dateline_store::{Store, StoreError};
use serde::Deserialize;

use crate::comparing::read_dossier;

/// The figures. Each is explained in `data/cluster/nearby.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NearbyConfig {
    words: usize,
    word_letters: usize,
    newest: usize,
    nearest: usize,
    spread: usize,
    members: usize,
    of_outlet: usize,
    most: usize,
    one_in: usize,
}

impl NearbyConfig {
    /// The figures that are part of the program.
    ///
    /// # Panics
    /// Never: the file is part of the build and tested.
    pub(crate) fn built_in() -> Self {
        toml::from_str(include_str!("../../../data/cluster/nearby.toml"))
            .expect("data/cluster/nearby.toml is part of the build and tested")
    }

    /// Are so many new ones of so many few enough?
    pub(crate) fn are_few(&self, new: usize, all: usize) -> bool {
        new <= self.most && new * self.one_in <= all
    }
}

/// Reports by their numbers in the record, sorted by id.
pub(crate) struct Reports {
    pub(crate) numbers: Vec<i64>,
    pub(crate) pile: DossierPile,
}

impl Reports {
    /// Those of these numbers.
    pub(crate) fn read(record: &Store, numbers: &BTreeSet<i64>) -> Result<Self, StoreError> {
        let numbers: Vec<i64> = numbers.iter().copied().collect();
        let mut reports = Vec::new();
        record.dossiers_of(&numbers, |number, id, text, json| {
            reports.push((number, read_dossier(id, text, json)?));
            Ok::<_, StoreError>(())
        })?;
        reports.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
        let (numbers, dossiers) = reports.into_iter().unzip();
        Ok(Self { numbers, pile: DossierPile::of(dossiers) })
    }

    /// Their dossiers, with their numbers.
    pub(crate) fn dossiers(&self) -> impl Iterator<Item = (i64, Cow<'_, Dossier>)> {
        self.numbers.iter().enumerate().map(|(place, number)| (*number, self.pile.dossier(place)))
    }

    /// Where each stands, by its number.
    pub(crate) fn places(&self) -> BTreeMap<i64, usize> {
        self.numbers.iter().copied().zip(0..).collect()
    }
}

/// Numbers of the new reports and of those near them.
pub(crate) fn neighbourhood(
    record: &Store,
    new: &[i64],
    config: &NearbyConfig,
) -> Result<BTreeSet<i64>, StoreError> {
    let spread: BTreeSet<i64> = record.spread(config.spread)?.into_iter().collect();
    let frequencies = Frequencies::of(Reports::read(record, &spread)?.dossiers().map(|(_, dossier)| dossier));
    let reports = Reports::read(record, &new.iter().copied().collect())?;
    let mut near = BTreeSet::new();
    for (number, dossier) in reports.dossiers() {
        near.extend(nearest(record, (number, &dossier), &frequencies, config)?);
    }
    near.extend(members(record, &near, config)?);
    let outlets: BTreeSet<&str> =
        reports.pile.heads().iter().filter_map(|head| head.publisher.as_deref()).collect();
    for outlet in outlets {
        near.extend(record.newest_of(outlet, config.of_outlet)?);
    }
    near.extend(spread);
    near.extend(new);
    Ok(near)
}

/// In how many reports each word stands.
struct Frequencies(BTreeMap<String, u32>);

impl Frequencies {
    fn of<D: Borrow<Dossier>>(dossiers: impl IntoIterator<Item = D>) -> Self {
        let mut frequencies = BTreeMap::new();
        for word in dossiers.into_iter().flat_map(|dossier| words(dossier.borrow(), 1)) {
            *frequencies.entry(word).or_default() += 1;
        }
        Self(frequencies)
    }

    /// The rarest words of a report; of equals the longest.
    fn rarest(&self, dossier: &Dossier, config: &NearbyConfig) -> Vec<String> {
        let mut words: Vec<String> = words(dossier, config.word_letters).into_iter().collect();
        let reports = |word: &String| self.0.get(word).copied().unwrap_or(0);
        words.sort_by_cached_key(|word| (reports(word), std::cmp::Reverse(word.len()), word.clone()));
        words.truncate(config.words);
        words
    }
}

/// The words of a report that have so many letters, each once, in small letters.
fn words(dossier: &Dossier, letters: usize) -> BTreeSet<String> {
    let texts = [dossier.headline.as_str(), dossier.text.as_str()];
    let words = texts.into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.chars().count() >= letters).map(str::to_lowercase).collect()
}

/// The reports that share most of a report's rare words, by number.
fn nearest(
    record: &Store,
    (own, dossier): (i64, &Dossier),
    frequencies: &Frequencies,
    config: &NearbyConfig,
) -> Result<Vec<i64>, StoreError> {
    let mut shared: BTreeMap<i64, f64> = BTreeMap::new();
    for word in frequencies.rarest(dossier, config) {
        let holders = record.newest_with(&word, config.newest)?;
        let weight = (1.0 + config.newest as f64 / holders.len().max(1) as f64).ln();
        for holder in holders {
            *shared.entry(holder).or_default() += weight;
        }
    }
    shared.remove(&own);
    let mut nearest: Vec<(i64, f64)> = shared.into_iter().collect();
    nearest.sort_by(|(m, a), (n, b)| b.total_cmp(a).then(n.cmp(m)));
    Ok(nearest.into_iter().take(config.nearest).map(|(number, _)| number).collect())
}

/// The newest reports of all that these tell of.
fn members(record: &Store, near: &BTreeSet<i64>, config: &NearbyConfig) -> Result<Vec<i64>, StoreError> {
    let near: Vec<i64> = near.iter().copied().collect();
    let mut found: Vec<u32> = record.told_by(&near)?.iter().map(|told| told.found).collect();
    found.sort_unstable();
    found.dedup();
    let mut members = Vec::new();
    for found in found {
        let together = record.told_together(&[found])?;
        members.extend(together.iter().rev().take(config.members).map(|told| told.article));
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_words_are_those_of_few_reports() {
        let report = |text: &str| Dossier { text: text.to_owned(), ..Dossier::default() };
        let others = [report("The ferry left the quay."), report("The ferry came back.")];
        let frequencies = Frequencies::of(&others);
        let config = NearbyConfig { words: 3, ..NearbyConfig::built_in() };
        let rarest = frequencies.rarest(&report("The ferry struck the quay of Orsk at dawn"), &config);
        assert_eq!(rarest, ["struck", "dawn", "orsk"]);
        assert!(config.are_few(100, 10_000) && !config.are_few(100, 300));
    }
}
