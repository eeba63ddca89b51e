//! What a person reads in a report where the program read something else, or nothing.
//!
//! A value that a person sets is a claim of the reports whose words carry it, and stands to the other
//! reports' claims as any claim does. Beyond that it settles the field: it is the value that is shown, also
//! where reports differ. Two persons who read differently settle nothing.

use std::fmt;

use dateline_model::{
    Citation, Citations, Claim, CountKind, Dispute, EventField, EventRecord, EventType, Field, FieldValue,
    Figure, Named, Participant, PlaceName, Resolution, Role, Setting, TimeStatus,
};

use crate::count::reconcile_counts;
use crate::event::{Origins, actor, category, place, tellers};
use crate::time::reconcile_times;

/// Puts `settings`, each of another person, into `field`. They are all of one field; of participants, all
/// of one name.
pub fn set_field(event: &mut EventRecord, field: EventField, settings: &[Setting]) {
    let origins = Origins::of(event);
    match field {
        EventField::Type => {
            let own = values(settings, |value| match value {
                FieldValue::Type(event_type) => Some(*event_type),
                _ => None,
            });
            let claims = placed(event.event_type.claims.clone(), &own, event, Besides::Replaced);
            if let Some(field) = category::resolve_type(claims, &origins) {
                event.event_type = settled(field, &own);
            }
        }
        EventField::Mode => {
            let own = values(settings, words);
            let claims = placed(claims_of(event.mode.as_ref()), &own, event, Besides::Replaced);
            event.mode = category::resolve_mode(claims, &origins).map(|field| settled(field, &own));
        }
        EventField::Cameo => {
            let own = values(settings, words);
            let claims = placed(event.cameo.claims.clone(), &own, event, Besides::Replaced);
            if let Some(field) = category::resolve_cameo(claims, &origins) {
                event.cameo = settled(field, &own);
            }
        }
        EventField::Time => set_time(event, settings, &origins),
        EventField::Place => {
            let own = values(settings, |value| words(value).map(|name| place_named(event, &name)));
            let claims = placed(claims_of(event.place.as_ref()), &own, event, Besides::Replaced);
            event.place = place::resolve(claims, &origins).map(|field| settled(field, &own));
        }
        EventField::Initiator => {
            let own = people(event, settings);
            let claims = placed(claims_of(event.initiator.as_ref()), &own, event, Besides::Replaced);
            event.initiator = actor::resolved(claims, &origins).map(|field| settled(field, &own));
        }
        EventField::Actor => {
            let own = people(event, settings);
            let claims = placed(claims_of(event.actor.as_ref()), &own, event, Besides::Kept);
            event.actor = actor::resolved(claims, &origins).map(|field| settled(field, &own));
        }
        EventField::Count(kind) => set_count(event, kind, settings, &origins),
        EventField::Participant(role) => set_participant(event, role, settings, &origins),
    }
}

fn set_time(event: &mut EventRecord, settings: &[Setting], origins: &Origins) {
    let own = values(settings, |value| match value {
        FieldValue::Time(days) => Some(*days),
        _ => None,
    });
    let claims = placed(claims_of(event.time.as_ref()), &own, event, Besides::Replaced);
    let independent = origins.behind(claims.iter().map(|claim| claim.account));
    event.time = reconcile_times(claims, independent).map(|field| settled(field, &own));
    event.time_status = event.time.as_ref().map(|_| TimeStatus::Stated);
    for (days, citations) in &own {
        for citation in citations.as_slice() {
            let told = event.accounts.iter_mut().filter(|account| account.article == citation.article);
            told.for_each(|account| {
                account.time = Some(dateline_model::AccountTime {
                    as_written: citation.quote.clone(),
                    days: Some(*days),
                    status: Some(TimeStatus::Stated),
                    citations: Citations::one(citation.clone()),
                });
            });
        }
    }
}

fn set_count(event: &mut EventRecord, kind: CountKind, settings: &[Setting], origins: &Origins) {
    let own = values(settings, |value| match value {
        FieldValue::Figure(figure) => Some(figure.clone()),
        _ => None,
    });
    let known = event.counts.iter().find(|(known, _)| *known == kind).map(|(_, field)| field);
    let claims = placed(claims_of(known), &own, event, Besides::Kept);
    put_count(event, kind, count_field(event, claims, origins).map(|field| settled(field, &own)));
}

fn count_field(event: &EventRecord, claims: Vec<Claim<Figure>>, origins: &Origins) -> Option<Field<Figure>> {
    let printed = event.accounts.iter().map(|a| (a.publisher.as_deref(), a.published.as_deref()));
    let independent = origins.behind(claims.iter().map(|claim| claim.account));
    reconcile_counts(claims, &tellers(printed), independent)
}

fn put_count(event: &mut EventRecord, kind: CountKind, field: Option<Field<Figure>>) {
    event.counts.retain(|(known, _)| *known != kind);
    event.counts.extend(field.map(|field| (kind, field)));
    event.counts.sort_by_key(|(kind, _)| *kind);
}

/// Somebody takes part in one role only: whoever stood in another changes it.
fn set_participant(event: &mut EventRecord, role: Role, settings: &[Setting], origins: &Origins) {
    let own = people(event, settings);
    let Some((named, _)) = own.first() else { return };
    let known = event.participants.iter().position(|p| is_named(p, &named.key));
    let claims = known.map(|n| event.participants.remove(n).who.claims).unwrap_or_default();
    let claims = placed(claims, &own, event, Besides::Kept);
    let place = known.unwrap_or(event.participants.len());
    let who = participant_field(named.clone(), claims, origins);
    event.participants.insert(place, Participant { role, who });
    event.participants.sort_by_key(|p| (std::cmp::Reverse(p.who.claims.len()), p.role));
}

fn participant_field(named: Named, claims: Vec<Claim<Named>>, origins: &Origins) -> Field<Named> {
    let mut accounts: Vec<u32> = claims.iter().map(|claim| claim.account).collect();
    accounts.dedup();
    let resolution = if accounts.len() == 1 { Resolution::Single } else { Resolution::Agreed };
    let independent_accounts = origins.behind(accounts.into_iter());
    Field { value: Some(named), resolution, claims, independent_accounts }
}

fn is_named(participant: &Participant, key: &str) -> bool {
    participant.who.value.as_ref().is_some_and(|who| who.key == key)
}

/// The settings' values of one kind.
fn values<V>(settings: &[Setting], read: impl Fn(&FieldValue) -> Option<V>) -> Vec<(V, Citations)> {
    settings.iter().filter_map(|s| Some((read(&s.value)?, s.citations.clone()))).collect()
}

fn words(value: &FieldValue) -> Option<String> {
    match value {
        FieldValue::Words(words) => Some(words.clone()),
        _ => None,
    }
}

fn people(event: &EventRecord, settings: &[Setting]) -> Vec<(Named, Citations)> {
    values(settings, |value| words(value).map(|name| named(event, &name)))
}

/// Somebody of the event, by name or key; or else somebody of whom no more is known.
fn named(event: &EventRecord, name: &str) -> Named {
    let key = name.to_lowercase();
    let claimed = [&event.initiator, &event.actor].into_iter().flatten().flat_map(|field| &field.claims);
    let known = event.participants.iter().filter_map(|p| p.who.value.as_ref());
    let mut known = known.chain(claimed.map(|claim| &claim.value));
    let found = known.find(|who| who.key == key || who.name.to_lowercase() == key).cloned();
    found.unwrap_or_else(|| Named { key, name: name.to_owned(), link: None, code: None })
}

/// A place of the event by its name; or else a name that is on no map.
fn place_named(event: &EventRecord, name: &str) -> PlaceName {
    let known = event.place.iter().flat_map(|field| &field.claims).map(|claim| &claim.value);
    let found = known.into_iter().find(|place| place.name.eq_ignore_ascii_case(name)).cloned();
    let name = name.to_owned();
    found.unwrap_or(PlaceName { name, geonames: None, at: None, country: None, is_wide: false })
}

fn claims_of<V: Clone>(field: Option<&Field<V>>) -> Vec<Claim<V>> {
    field.map(|field| field.claims.clone()).unwrap_or_default()
}

/// What becomes of that which the program read in the same report.
#[derive(Clone, Copy)]
enum Besides {
    /// A report gives one value: the person's.
    Replaced,
    /// A report may give several; the person's comes first.
    Kept,
}

/// The claims with the persons' among them, by account.
fn placed<V: Clone + PartialEq>(
    mut claims: Vec<Claim<V>>,
    own: &[(V, Citations)],
    event: &EventRecord,
    besides: Besides,
) -> Vec<Claim<V>> {
    let account = |citation: &Citation| {
        let place = event.accounts.iter().position(|account| account.article == citation.article)?;
        Some((place as u32, citation.clone()))
    };
    let mut set: Vec<Claim<V>> = Vec::new();
    for (value, citations) in own {
        for (account, citation) in citations.as_slice().iter().filter_map(account) {
            let citations = Citations::one(citation);
            match set.iter_mut().find(|claim| claim.account == account && claim.value == *value) {
                Some(claim) => claim.citations = claim.citations.clone().and(citations),
                None => set.push(Claim { value: value.clone(), account, by: None, citations }),
            }
        }
    }
    let same = |a: &Claim<V>, b: &Claim<V>| a.account == b.account && a.value == b.value;
    // What the program read in the same way stays, with the words that a person adds.
    for claim in &mut set {
        if let Some(read) = claims.iter().find(|read| same(read, claim)) {
            claim.by.clone_from(&read.by);
            claim.citations = claim.citations.clone().and(read.citations.clone());
        }
    }
    claims.retain(|read| match besides {
        Besides::Replaced => set.iter().all(|claim| claim.account != read.account),
        Besides::Kept => set.iter().all(|claim| !same(claim, read)),
    });
    set.extend(claims);
    set.sort_by_key(|claim| claim.account);
    set
}

/// The field with the persons' value; where they differ, with none.
fn settled<V: Clone + PartialEq>(mut field: Field<V>, own: &[(V, Citations)]) -> Field<V> {
    let Some((first, _)) = own.first() else { return field };
    if own.iter().all(|(value, _)| value == first) {
        field.value = Some(first.clone());
    } else {
        field.value = None;
        field.resolution = Resolution::Disputed(Dispute::Incompatible);
    }
    field
}

/// Why a value was not taken out of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsetError {
    /// No report says it.
    NotSaid,
    /// Every event has a value in this field.
    Required,
}

impl fmt::Display for UnsetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSaid => "no report says it by now",
            Self::Required => "every event has a value in this field; set another one",
        })
    }
}

impl std::error::Error for UnsetError {}

/// Takes `value` out of a field, or all of the field where there is none: no report says it.
///
/// # Errors
/// When it is not there, or the field cannot be without a value.
pub fn unset_field(
    event: &mut EventRecord,
    field: EventField,
    value: Option<&FieldValue>,
) -> Result<(), UnsetError> {
    let origins = Origins::of(event);
    let name = value.and_then(words).map(|name| name.to_lowercase());
    let is_word = |word: &String| name.as_ref().is_none_or(|name| *name == word.to_lowercase());
    let is_person = |who: &Named| is_word(&who.key) || is_word(&who.name);
    match field {
        EventField::Type => {
            let is_type = |own: &EventType| value.is_none_or(|value| *value == FieldValue::Type(*own));
            let claims = without(Some(&event.event_type), is_type)?;
            event.event_type = category::resolve_type(claims, &origins).ok_or(UnsetError::Required)?;
        }
        EventField::Cameo => {
            let claims = without(Some(&event.cameo), is_word)?;
            event.cameo = category::resolve_cameo(claims, &origins).ok_or(UnsetError::Required)?;
        }
        EventField::Mode => {
            event.mode = category::resolve_mode(without(event.mode.as_ref(), is_word)?, &origins);
        }
        EventField::Time => unset_time(event, value, &origins)?,
        EventField::Place => {
            let claims = without(event.place.as_ref(), |place: &PlaceName| is_word(&place.name))?;
            event.place = place::resolve(claims, &origins);
        }
        EventField::Initiator => {
            event.initiator = actor::resolved(without(event.initiator.as_ref(), is_person)?, &origins);
        }
        EventField::Actor => {
            event.actor = actor::resolved(without(event.actor.as_ref(), is_person)?, &origins);
        }
        EventField::Count(kind) => {
            let known = event.counts.iter().find(|(known, _)| *known == kind).map(|(_, field)| field);
            let is_figure =
                |own: &Figure| value.is_none_or(|value| *value == FieldValue::Figure(own.clone()));
            let claims = without(known, is_figure)?;
            let field = count_field(event, claims, &origins);
            put_count(event, kind, field);
        }
        EventField::Participant(role) => {
            let before = event.participants.len();
            let is_meant = |p: &Participant| p.role == role && p.who.value.as_ref().is_none_or(&is_person);
            event.participants.retain(|participant| !is_meant(participant));
            (event.participants.len() < before).then_some(()).ok_or(UnsetError::NotSaid)?;
        }
    }
    Ok(())
}

fn unset_time(
    event: &mut EventRecord,
    value: Option<&FieldValue>,
    origins: &Origins,
) -> Result<(), UnsetError> {
    let is_meant = |days: &dateline_model::Days| value.is_none_or(|value| *value == FieldValue::Time(*days));
    let claims = without(event.time.as_ref(), is_meant)?;
    for time in event.accounts.iter_mut().filter_map(|account| account.time.as_mut()) {
        if time.days.as_ref().is_some_and(is_meant) {
            (time.days, time.status) = (None, None);
        }
    }
    let independent = origins.behind(claims.iter().map(|claim| claim.account));
    event.time = reconcile_times(claims, independent);
    event.time_status = event.time_status.filter(|_| event.time.is_some());
    Ok(())
}

/// The claims but those of the value.
fn without<V: Clone>(
    field: Option<&Field<V>>,
    is_meant: impl Fn(&V) -> bool,
) -> Result<Vec<Claim<V>>, UnsetError> {
    let claims = claims_of(field);
    let left: Vec<Claim<V>> = claims.iter().filter(|claim| !is_meant(&claim.value)).cloned().collect();
    if left.len() == claims.len() { Err(UnsetError::NotSaid) } else { Ok(left) }
}
