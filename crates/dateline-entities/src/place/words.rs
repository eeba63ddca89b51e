//! The words and weights of `place-words.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::gazetteer::PlaceKind;

/// Words by which a report says where a name lies, and what each hint weighs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    province: BTreeSet<String>,
    district: BTreeSet<String>,
    city: BTreeSet<String>,
    region: BTreeSet<String>,
    pub(super) directions: BTreeSet<String>,
    pub(super) locatives: BTreeSet<String>,
    pub(super) weights: Weights,
}

/// What each hint weighs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) country_named: f32,
    pub(super) country_share: f32,
    pub(super) dateline_country: f32,
    pub(super) publisher_country: f32,
    pub(super) follows: f32,
    pub(super) against_follows: f32,
    pub(super) kind_fits: f32,
    pub(super) kind_differs: f32,
    pub(super) province_named: f32,
    pub(super) near: f32,
    pub(super) near_kilometres: f32,
    pub(super) further_name: f32,
    pub(super) capital: f32,
    pub(super) district: f32,
    pub(super) foremost: f32,
    pub(super) foremost_people: u32,
    pub(super) enough: f32,
    pub(super) lead: f32,
    pub(super) elsewhere_kilometres: f32,
    pub(super) people_without_country: u32,
}

/// What a word beside a name says of the kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Province,
    District,
    City,
    Region,
}

impl Wanted {
    /// Is a place of this kind one?
    pub(super) fn fits(self, kind: PlaceKind) -> bool {
        match self {
            Self::Province => matches!(kind, PlaceKind::Province | PlaceKind::Region),
            Self::District => kind == PlaceKind::District,
            Self::City => matches!(kind, PlaceKind::City | PlaceKind::Capital),
            Self::Region => kind == PlaceKind::Region,
        }
    }
}

impl PlaceWords {
    /// The words that are part of the program.
    #[must_use]
    pub fn english() -> Self {
        // The table is part of the program: a test reads it.
        toml::from_str(include_str!("../../../../data/gazetteer/place-words.toml"))
            .unwrap_or_else(|error| unreachable!("place-words.toml: {error}"))
    }

    /// What kind of place `word`, in small letters, speaks of.
    pub(super) fn wanted(&self, word: &str) -> Option<Wanted> {
        [
            (&self.province, Wanted::Province),
            (&self.district, Wanted::District),
            (&self.city, Wanted::City),
            (&self.region, Wanted::Region),
        ]
        .into_iter()
        .find_map(|(words, wanted)| words.contains(word).then_some(wanted))
    }
}
