//! Reads a whole report: its place names, and the place that each of them means.

use std::collections::BTreeMap;

use dateline_model::{Entities, Location, Place, PlaceScale, Report};

use super::context::Context;
use super::toponym::{Found, Toponym, key, toponyms};
use super::weigh::{Scale, Settled, Weighed};
use super::words::PlaceWords;
use crate::gazetteer::{Gazetteer, PlaceCandidate, PlaceKind};

/// The place names of a report, each with the place that it means where the report tells enough.
#[must_use]
pub fn find_places(
    report: &Report,
    entities: &Entities,
    gazetteer: &Gazetteer,
    words: &PlaceWords,
) -> Vec<Place> {
    let toponyms = toponyms(report, entities, gazetteer, words);
    let context = Context::of(report, entities, &toponyms, gazetteer);
    let mut candidates: BTreeMap<String, Vec<PlaceCandidate<'_>>> = BTreeMap::new();
    for toponym in &toponyms {
        candidates.entry(key(&toponym.name)).or_insert_with(|| gazetteer.places(&toponym.name));
    }
    let mut reading =
        Reading { toponyms: &toponyms, candidates, context, words, settled: Settled::default() };
    // What is settled by itself helps the rest.
    let first = reading.verdicts();
    reading.settle(&first);
    let verdicts = reading.verdicts();
    let places = toponyms.iter().zip(&verdicts).map(|(toponym, verdict)| reading.place(toponym, verdict));
    places.flatten().collect()
}

/// A name's best place, or why there is none.
type Verdict<'g> = Result<Weighed<'g>, &'static str>;

struct Reading<'a, 'g> {
    toponyms: &'a [Toponym],
    candidates: BTreeMap<String, Vec<PlaceCandidate<'g>>>,
    context: Context,
    words: &'a PlaceWords,
    settled: Settled<'g>,
}

impl<'g> Reading<'_, 'g> {
    /// One verdict for each name; a name that is told more of in one place means the same in others.
    fn verdicts(&self) -> Vec<Verdict<'g>> {
        let single: Vec<_> = self.toponyms.iter().map(|toponym| self.verdict(toponym)).collect();
        let mut best: BTreeMap<(String, bool), &Weighed<'g>> = BTreeMap::new();
        for (toponym, verdict) in self.toponyms.iter().zip(&single) {
            if let Ok(weighed) = verdict {
                let told = best.entry((key(&toponym.name), toponym.wanted.is_some())).or_insert(weighed);
                if weighed.weight > told.weight {
                    *told = weighed;
                }
            }
        }
        let of = |toponym: &Toponym| best.get(&(key(&toponym.name), toponym.wanted.is_some())).copied();
        let verdicts = self.toponyms.iter().zip(&single);
        verdicts.map(|(toponym, verdict)| of(toponym).cloned().map_or_else(|| verdict.clone(), Ok)).collect()
    }

    fn verdict(&self, toponym: &Toponym) -> Verdict<'g> {
        let candidates = self.candidates.get(&key(&toponym.name)).map(Vec::as_slice).unwrap_or_default();
        let within = toponym.within.and_then(|index| self.toponyms.get(index)).and_then(|t| self.outer(t));
        let scale = Scale {
            words: self.words,
            context: &self.context,
            settled: &self.settled,
            namesakes: candidates,
            within,
        };
        let mut weighed: Vec<_> =
            candidates.iter().map(|place| scale.weigh(toponym, place.clone())).collect();
        weighed.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.place.geonames.cmp(&b.place.geonames)));
        let best = weighed.first().ok_or("no place of that name is known")?;
        let weights = &self.words.weights;
        let is_elsewhere = |other: &&Weighed<'_>| {
            other.place.kilometres_to(&best.place) > weights.elsewhere_kilometres
                && other.is_known(self.words)
                && !is_around(&other.place, &best.place)
        };
        let rival = weighed.iter().skip(1).find(is_elsewhere).map_or(0.0, |other| other.weight);
        let can_be_person = !matches!(best.place.kind, PlaceKind::Country | PlaceKind::Region);
        let is_named_so =
            can_be_person && !toponym.name.contains([' ', '-']) && self.context.is_person(&toponym.name);
        if is_named_so && toponym.within.is_none() && toponym.wanted.is_none() {
            Err("the report has a person of that name")
        } else if !best.is_known(self.words) || best.weight < weights.enough {
            Err("the report tells nothing of where it lies")
        } else if best.weight - rival < weights.lead {
            Err("two places of that name are as likely")
        } else {
            Ok(best.clone())
        }
    }

    /// The country or the province that a name says to lie around another.
    fn outer(&self, toponym: &Toponym) -> Option<&PlaceCandidate<'g>> {
        let candidates = self.candidates.get(&key(&toponym.name))?;
        let country = candidates.iter().find(|place| place.kind == PlaceKind::Country);
        country.or_else(|| {
            let provinces = candidates.iter().filter(|place| place.kind == PlaceKind::Province);
            provinces.max_by_key(|place| place.population)
        })
    }

    fn settle(&mut self, verdicts: &[Verdict<'g>]) {
        let mut places: Vec<PlaceCandidate<'g>> = Vec::new();
        for weighed in verdicts.iter().flatten() {
            if !places.iter().any(|place| place.geonames == weighed.place.geonames) {
                places.push(weighed.place.clone());
            }
        }
        places.truncate(MOST_SETTLED);
        self.settled.places = places;
    }

    /// A name that only the gazetteer holds for a place must be settled to count.
    fn place(&self, toponym: &Toponym, verdict: &Verdict<'g>) -> Option<Place> {
        let candidates = self.candidates.get(&key(&toponym.name)).map_or(0, Vec::len);
        let (location, reason) = match verdict {
            Ok(weighed) => (Some(location(&weighed.place)), weighed.reason.clone()),
            Err(_) if toponym.found == Found::AfterLocative => return None,
            Err(reason) => (None, (*reason).to_owned()),
        };
        let candidates = u32::try_from(candidates).unwrap_or(u32::MAX);
        Some(Place { span: toponym.span, location, candidates, reason })
    }
}

/// The state around a city of its name, or one in the country of its name, is no rival.
fn is_around(place: &PlaceCandidate<'_>, best: &PlaceCandidate<'_>) -> bool {
    let code = |place: &PlaceCandidate<'_>| place.country.map(|country| country.alpha3.clone());
    let is_inside = best.kind == PlaceKind::Country && code(place) == code(best);
    is_inside || (place.kind == PlaceKind::Province && place.province == best.province)
}

/// As many settled places are looked at for each candidate: reports that name more are lists.
const MOST_SETTLED: usize = 40;

fn location(place: &PlaceCandidate<'_>) -> Location {
    Location {
        geonames: place.geonames,
        latitude: place.latitude,
        longitude: place.longitude,
        country: place.country.map(|country| country.alpha3.clone()),
        scale: scale(place.kind),
    }
}

fn scale(kind: PlaceKind) -> PlaceScale {
    match kind {
        PlaceKind::Country => PlaceScale::Country,
        PlaceKind::Region => PlaceScale::Region,
        PlaceKind::Province => PlaceScale::Province,
        PlaceKind::District => PlaceScale::District,
        PlaceKind::Capital | PlaceKind::City => PlaceScale::Town,
    }
}
