//! How well each place that bears a name fits what the report tells.

use super::context::Context;
use super::toponym::Toponym;
use super::words::{PlaceWords, Wanted};
use crate::gazetteer::{PlaceCandidate, PlaceKind};

/// A place with its weight and the hint that weighed most.
#[derive(Clone, Debug)]
pub(super) struct Weighed<'a> {
    pub(super) place: PlaceCandidate<'a>,
    pub(super) weight: f32,
    pub(super) reason: String,
    /// Does the report tell its country or its province?
    is_told: bool,
}

/// Places that are settled, for those that are not yet.
#[derive(Debug, Default)]
pub(super) struct Settled<'a> {
    pub(super) places: Vec<PlaceCandidate<'a>>,
}

/// What one name is weighed against.
pub(super) struct Scale<'a, 'g> {
    pub(super) words: &'a PlaceWords,
    pub(super) context: &'a Context,
    pub(super) settled: &'a Settled<'g>,
    /// All places of the name.
    pub(super) namesakes: &'a [PlaceCandidate<'g>],
    /// The place that the name is said to lie in.
    pub(super) within: Option<&'a PlaceCandidate<'g>>,
}

impl<'g> Scale<'_, 'g> {
    pub(super) fn weigh(&self, toponym: &Toponym, place: PlaceCandidate<'g>) -> Weighed<'g> {
        let mut weighed =
            Weighed { weight: prior(&place), reason: prior_reason(&place), is_told: false, place };
        let weights = &self.words.weights;
        self.weigh_country(&mut weighed);
        self.weigh_neighbours(&mut weighed);
        if let Some(within) = self.within {
            self.weigh_within(&mut weighed, within);
        }
        if let Some(wanted) = toponym.wanted {
            let fits = wanted.fits(weighed.place.kind);
            // "A Virginia district court" is no district.
            let differs = if wanted == Wanted::District { 0.0 } else { weights.kind_differs };
            weighed.weight += if fits { weights.kind_fits } else { differs };
        }
        weighed.weight += match weighed.place.kind {
            PlaceKind::Capital => weights.capital,
            PlaceKind::District => weights.district,
            _ => 0.0,
        };
        if self.is_foremost(&weighed.place) {
            weighed.weight += weights.foremost;
        }
        if weighed.place.is_further_name {
            weighed.weight += weights.further_name;
        }
        weighed
    }

    /// Is it a large city, far larger than all others of its name? So it needs no word of its country.
    fn is_foremost(&self, place: &PlaceCandidate<'_>) -> bool {
        let is_city = |place: &PlaceCandidate<'_>| matches!(place.kind, PlaceKind::City | PlaceKind::Capital);
        let is_smaller = |other: &PlaceCandidate<'_>| {
            !is_city(other)
                || other.is_further_name
                || other.geonames == place.geonames
                || other.population <= place.population / 5
        };
        is_city(place)
            && !place.is_further_name
            && place.population >= self.words.weights.foremost_people
            && self.namesakes.iter().all(is_smaller)
    }

    fn weigh_country(&self, weighed: &mut Weighed<'_>) {
        let (weights, Some(country)) = (&self.words.weights, weighed.place.country) else { return };
        let standing = self.context.standing(country);
        if standing.share > 0.0 && weighed.place.kind != PlaceKind::Country {
            weighed.weight += weights.country_named + weights.country_share * standing.share;
            weighed.is_told = true;
            weighed.reason = format!("the report names {}", country.name);
        }
        if standing.is_dateline {
            weighed.weight += weights.dateline_country;
            if !weighed.is_told {
                weighed.reason = format!("the report is dated from {}", country.name);
            }
            weighed.is_told = true;
        }
        if standing.is_publisher {
            weighed.weight += weights.publisher_country;
        }
    }

    fn weigh_neighbours(&self, weighed: &mut Weighed<'_>) {
        let weights = &self.words.weights;
        let same_province = |other: &&PlaceCandidate<'_>| {
            other.kind == PlaceKind::Province
                && other.province.is_some()
                && other.province == weighed.place.province
        };
        let is_near = |other: &&PlaceCandidate<'_>| {
            !matches!(other.kind, PlaceKind::Country | PlaceKind::Region)
                && other.kilometres_to(&weighed.place) <= weights.near_kilometres
        };
        let is_province = weighed.place.kind == PlaceKind::Province;
        if !is_province && self.settled.places.iter().any(|other| same_province(&other)) {
            weighed.weight += weights.province_named;
            weighed.is_told = true;
            "its province is named too".clone_into(&mut weighed.reason);
        }
        if self.settled.places.iter().any(|other| is_near(&other)) {
            weighed.weight += weights.near;
            weighed.is_told = true;
        }
    }

    fn weigh_within(&self, weighed: &mut Weighed<'_>, within: &PlaceCandidate<'_>) {
        let weights = &self.words.weights;
        let (Some(outer), Some(inner)) = (within.country, weighed.place.country) else { return };
        // "Canada, Mexico, United States" is a list.
        if within.kind == PlaceKind::Country && self.namesakes.iter().any(|p| p.kind == PlaceKind::Country) {
            return;
        }
        let same_country = outer.alpha3 == inner.alpha3;
        let fits = match within.kind {
            PlaceKind::Country => same_country && weighed.place.kind != PlaceKind::Country,
            PlaceKind::Province => same_country && within.province == weighed.place.province,
            _ => return,
        };
        if fits {
            weighed.weight += weights.follows;
            weighed.is_told = true;
            "the words after it say where it lies".clone_into(&mut weighed.reason);
        } else {
            weighed.weight += weights.against_follows;
        }
    }
}

impl Weighed<'_> {
    /// Is it known without a word of its country?
    pub(super) fn is_known(&self, words: &PlaceWords) -> bool {
        let alone = matches!(self.place.kind, PlaceKind::Country | PlaceKind::Region)
            || (!self.place.is_further_name
                && (self.place.kind == PlaceKind::Capital
                    || self.place.population >= words.weights.people_without_country));
        self.is_told || alone
    }
}

/// What a place weighs before the report tells anything: the logarithm of its people.
fn prior(place: &PlaceCandidate<'_>) -> f32 {
    match place.kind {
        PlaceKind::Country => 10.0,
        PlaceKind::Region => 7.5,
        // A province is read so where the report says so; else its name is mostly its city's.
        PlaceKind::Province => (place.population.max(1000) as f32).log10() - 1.0,
        _ => (place.population.max(100) as f32).log10(),
    }
}

fn prior_reason(place: &PlaceCandidate<'_>) -> String {
    match place.kind {
        PlaceKind::Country => "a country".to_owned(),
        PlaceKind::Region => "a region of one name".to_owned(),
        PlaceKind::Capital => "a capital".to_owned(),
        PlaceKind::Province => "a province".to_owned(),
        PlaceKind::City | PlaceKind::District => "the largest place of that name".to_owned(),
    }
}
