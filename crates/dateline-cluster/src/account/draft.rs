//! An account while it grows: which mentions it holds, and whether one more belongs to it.

use std::collections::BTreeSet;

use dateline_model::{CountKind, Days, EventCount, EventType, Prominence, kilometres, may_be_same_name};

use crate::account::config::AccountConfig;
use crate::account::mention::{Seen, Spot};
use crate::account::toll::Number;

/// The mentions of one event so far.
pub(crate) struct Draft<'a> {
    pub(crate) family: EventType,
    pub(crate) seen: Vec<Seen<'a>>,
    pub(crate) prominence: Prominence,
    /// Is it the first account of its kind in the report?
    is_first: bool,
    day: Option<Days>,
    places: Vec<Spot>,
    named: BTreeSet<&'a str>,
    by_name: BTreeSet<&'a str>,
    counts: Vec<(CountKind, Option<Number>)>,
    last_sentence: u32,
}

impl<'a> Draft<'a> {
    /// An account of one mention.
    pub(crate) fn of(seen: Seen<'a>, is_first: bool) -> Self {
        let mut draft = Self {
            family: seen.family,
            prominence: seen.prominence,
            is_first,
            day: None,
            places: Vec::new(),
            named: BTreeSet::new(),
            by_name: BTreeSet::new(),
            counts: Vec::new(),
            last_sentence: 0,
            seen: Vec::new(),
        };
        draft.push(seen);
        draft
    }

    /// Takes a mention in.
    pub(crate) fn push(&mut self, seen: Seen<'a>) {
        self.prominence = self.prominence.max(seen.prominence);
        self.day = self.day.or(seen.day);
        if let Some(spot) = seen.place.as_ref().filter(|spot| !self.places.contains(spot)) {
            self.places.push(spot.clone());
        }
        self.named.extend(&seen.named);
        self.by_name.extend(&seen.by_name);
        self.counts.extend(seen.mention.counts.iter().map(numbers));
        self.last_sentence = seen.mention.sentence;
        self.seen.push(seen);
    }

    /// How much speaks for `seen` being of this event; none where something speaks against it.
    pub(crate) fn points(&self, seen: &Seen<'_>, config: &AccountConfig) -> Option<f32> {
        let of_one_kind = self.family == seen.family || self.folds(seen, config);
        if !of_one_kind || self.excludes(seen, config) {
            return None;
        }
        let points = &config.points;
        let given = |holds: bool, worth: f32| if holds { worth } else { 0.0 };
        let near = self.last_sentence.abs_diff(seen.mention.sentence) <= points.near_sentences;
        let (same_count, other_count) = self.compare_counts(seen, config);
        Some(
            given(!self.named.is_disjoint(&seen.named), points.shared_party)
                + given(self.is_same_place(seen, config), points.same_place)
                + given(self.day.is_some() && self.day == seen.day, points.same_day)
                + given(same_count, points.same_count)
                + given(other_count, points.other_count)
                + given(near, points.near_sentence)
                + given(self.is_subject(), points.subject),
        )
    }

    /// Is the report about this event before all others of its kind?
    fn is_subject(&self) -> bool {
        self.is_first && self.prominence > Prominence::Body
    }

    /// Does something speak against `seen` being of this event?
    pub(crate) fn excludes(&self, seen: &Seen<'_>, config: &AccountConfig) -> bool {
        self.excludes_day(seen)
            || self.excludes_place(seen, config)
            || self.excludes_parties(seen)
            || self.is_besides(seen, config)
    }

    /// In the same sentence one of them does something further: "held talks with the president, then dined with the
    /// minister".
    fn goes_on(&self, seen: &Seen<'_>) -> bool {
        self.last_sentence == seen.mention.sentence && !self.named.is_disjoint(&seen.named)
    }

    /// Thanks, promises and demands between those who meet are part of the meeting; so is what one of
    /// them does in the same sentence.
    fn folds(&self, seen: &Seen<'_>, config: &AccountConfig) -> bool {
        let of_them = seen.named.len() > 1 && seen.named.is_subset(&self.named);
        self.family == EventType::Consult
            && config.is_folded(seen.mention.event_type)
            && (of_them || self.goes_on(seen))
    }

    fn excludes_day(&self, seen: &Seen<'_>) -> bool {
        matches!((self.day, seen.when), (Some(own), Some(other)) if own.common(other).is_none())
    }

    /// "Twenty were also killed on Tuesday": with a day and figures of its own it is another raid.
    fn is_besides(&self, seen: &Seen<'_>, config: &AccountConfig) -> bool {
        seen.is_besides && seen.day.is_some() && self.compare_counts(seen, config) == (false, true)
    }

    fn excludes_place(&self, seen: &Seen<'_>, config: &AccountConfig) -> bool {
        let Some(spot) = &seen.place else { return false };
        let far = |own: &Spot| is_far(own, spot, config);
        !self.places.is_empty() && self.places.iter().all(far)
    }

    fn is_same_place(&self, seen: &Seen<'_>, config: &AccountConfig) -> bool {
        let Some(spot) = &seen.place else { return false };
        self.places.iter().any(|own| own.name == spot.name || is_near(own, spot, config))
    }

    /// Two who meet and two others who meet are two meetings; so are two arrests of different people. "The foreign
    /// ministers" in one sentence may be those whom the next one names.
    fn excludes_parties(&self, seen: &Seen<'_>) -> bool {
        if self.family == EventType::Assault || self.family == EventType::Consult && self.goes_on(seen) {
            return false;
        }
        let (own, other) = match (self.by_name.is_empty(), seen.by_name.is_empty()) {
            (true, false) | (false, true) => return false,
            _ => (&self.named, &seen.named),
        };
        let is_here = |name: &&&str| own.iter().any(|own| may_be_same_name(own, name));
        let shared = other.iter().filter(is_here).count();
        let least = own.len().min(other.len()).min(2);
        shared < least
    }

    fn compare_counts(&self, seen: &Seen<'_>, config: &AccountConfig) -> (bool, bool) {
        let counts = || seen.mention.counts.iter().map(numbers);
        let same = counts().any(|count| self.counts.iter().any(|own| is_same(*own, count, config)));
        let other = !same && counts().any(|count| self.counts.iter().any(|own| own.0 == count.0));
        (same, other)
    }
}

/// What is counted, and the number that is named.
fn numbers(count: &EventCount) -> (CountKind, Option<Number>) {
    (count.kind, Number::between(count.min, count.max, count.approximate))
}

/// "Four" and "at least four" name one number; "32" fills "more than 30".
fn is_same(
    (kind, a): (CountKind, Option<Number>),
    (other, b): (CountKind, Option<Number>),
    config: &AccountConfig,
) -> bool {
    let one = |a: Number, b: Number| a.named == b.named || a.fills(b, config) || b.fills(a, config);
    kind == other && a.zip(b).map_or(a.is_none() && b.is_none(), |(a, b)| one(a, b))
}

fn is_far(a: &Spot, b: &Spot, config: &AccountConfig) -> bool {
    matches!((a.at, b.at), (Some(a), Some(b)) if kilometres(a, b) > config.far_kilometres)
}

fn is_near(a: &Spot, b: &Spot, config: &AccountConfig) -> bool {
    matches!((a.at, b.at), (Some(a), Some(b)) if kilometres(a, b) <= config.far_kilometres)
}
