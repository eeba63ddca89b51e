//! Who takes part, and in what role.

use std::collections::BTreeMap;

use dateline_model::{
    Citations, Claim, EventType, Field, Named, Participant, Resolution, Role, ToldParty, may_be_same_name,
};

use crate::event::actor::is_answered_for;
use crate::event::{Origins, Telling};

/// Everybody who takes part by name or by a code, those whom most accounts name first.
pub(crate) fn reconcile(tellings: &[Telling<'_>], origins: &Origins) -> Vec<Participant> {
    let keys = fullest_keys(tellings);
    let mut by_key: BTreeMap<&str, Vec<(u32, &ToldParty, &str)>> = BTreeMap::new();
    for (account, telling) in (0..).zip(tellings) {
        for party in told_parties(telling) {
            let key = keys.get(party.key.as_str()).copied().unwrap_or(&party.key);
            by_key.entry(key).or_default().push((account, party, &telling.dossier.id));
        }
    }
    let mut found: Vec<Participant> =
        by_key.iter().filter_map(|(key, told)| participant(key, told, origins)).collect();
    found.sort_by_key(|p| (std::cmp::Reverse(p.who.claims.len()), p.role));
    found
}

/// For each key the one that stands for it in this event: of the keys that may be of one name the most
/// frequent, then the longest.
fn fullest_keys<'a>(tellings: &'a [Telling<'_>]) -> BTreeMap<&'a str, &'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for party in tellings.iter().flat_map(|telling| told_parties(telling)) {
        *counts.entry(&party.key).or_default() += 1;
    }
    let fullest = |key: &'a str| {
        let alike = counts.iter().filter(|(other, _)| may_be_same_name(key, other));
        alike.max_by_key(|(other, count)| (**count, other.len(), **other)).map_or(key, |(other, _)| *other)
    };
    counts.keys().map(|key| (*key, fullest(key))).collect()
}

/// Those of acts that are of the event's own type; known by a name, or by what they are. Of what one side does to
/// another, only those whom the account puts first in each role: in its other sentences others act.
fn told_parties<'a>(telling: &'a Telling<'_>) -> impl Iterator<Item = &'a ToldParty> {
    let account = &telling.account;
    let of: Option<EventType> = account.acts.first().map(|act| act.event_type);
    let takes_part = move |party: &&'a ToldParty| {
        let act = account.acts.get(party.act as usize);
        takes_part(party) && act.map(|act| act.event_type) == of
    };
    let leading = move |role: Role| {
        let of_role = || account.parties.iter().filter(takes_part).filter(move |party| party.role == role);
        of_role().find(|party| party.code.is_some()).or_else(|| of_role().next()).map(|party| party.act)
    };
    let is_of_sides = of.is_some_and(is_answered_for);
    let leading = [leading(Role::Actor), leading(Role::Recipient)];
    let leads = move |party: &&ToldParty| match party.role {
        Role::Actor => leading[0] == Some(party.act),
        Role::Recipient => leading[1] == Some(party.act),
        Role::Attendee => true,
    };
    account.parties.iter().filter(takes_part).filter(move |party| !is_of_sides || leads(party))
}

/// Known by a name, or by what they are; "about 4,000 people" are a count.
fn takes_part(party: &ToldParty) -> bool {
    party.named || party.code.is_some() && !party.key.contains(|c: char| c.is_ascii_digit())
}

fn participant(key: &str, told: &[(u32, &ToldParty, &str)], origins: &Origins) -> Option<Participant> {
    let mut claims: Vec<Claim<Named>> = Vec::new();
    for (account, party, article) in told {
        let citations = Citations::one(party.words.cite(article));
        match claims.iter_mut().find(|claim| claim.account == *account) {
            Some(claim) => claim.citations = claim.citations.clone().and(citations),
            None => claims.push(Claim { value: named(party), account: *account, by: None, citations }),
        }
    }
    // The fullest name of those under the event's own key: "Karsavia's Anton Veresh" is fuller, and worse.
    let values = claims.iter().map(|claim| &claim.value);
    let fullest = values.max_by_key(|named| (named.key == key, named.name.len(), &named.name))?;
    let code = claims.iter().filter_map(|claim| claim.value.code.as_ref()).max_by_key(|code| code.len());
    let value = Named { code: code.cloned(), ..fullest.clone() };
    let resolution = if claims.len() == 1 { Resolution::Single } else { Resolution::Agreed };
    let independent_accounts = origins.behind(claims.iter().map(|claim| claim.account));
    let who = Field { value: Some(value), resolution, claims, independent_accounts };
    Some(Participant { role: told.first()?.1.role, who })
}

/// A party by name.
pub(crate) fn named(party: &ToldParty) -> Named {
    Named {
        key: party.key.clone(),
        name: party.name.clone(),
        link: party.link.clone(),
        code: party.code.clone(),
    }
}

/// The actors of an account, those of its first act first.
pub(crate) fn actors<'a>(telling: &'a Telling<'_>) -> impl Iterator<Item = &'a ToldParty> {
    let known = |party: &&ToldParty| party.role == Role::Actor && takes_part(party);
    telling.account.parties.iter().filter(known)
}
