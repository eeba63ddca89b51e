//! What kind of event it is: type, mode and code, as each account's acts are coded.
//!
//! A code that says less ("190", an attack of whatever kind) does not dispute one that says more.

use dateline_model::{Act, Citations, Claim, Dispute, EventType, Field, Resolution};

use crate::event::{Origins, Telling};

/// The field of the event's type: that of each account's first act. What is done besides, thanks and
/// demands within a meeting, has types of its own.
pub(crate) fn event_type(tellings: &[Telling<'_>], origins: &Origins) -> Option<Field<EventType>> {
    let claims = claims(tellings, |act, first| (act.event_type == first).then_some(first));
    resolve_type(claims, origins)
}

/// How types stand to each other.
pub(crate) fn resolve_type(claims: Vec<Claim<EventType>>, origins: &Origins) -> Option<Field<EventType>> {
    field(claims, origins, |_| true)
}

/// The field of the mode, among acts of the event's type.
pub(crate) fn mode(tellings: &[Telling<'_>], of: EventType, origins: &Origins) -> Option<Field<String>> {
    let claims = claims(tellings, |act, _| act.mode.clone().filter(|_| act.event_type == of));
    resolve_mode(claims, origins)
}

/// How modes stand to each other.
pub(crate) fn resolve_mode(claims: Vec<Claim<String>>, origins: &Origins) -> Option<Field<String>> {
    field(claims, origins, |_| true)
}

/// The field of the code, among acts of the event's type.
pub(crate) fn cameo(tellings: &[Telling<'_>], of: EventType, origins: &Origins) -> Option<Field<String>> {
    let claims = claims(tellings, |act, _| (act.event_type == of).then(|| act.cameo.clone()));
    resolve_cameo(claims, origins)
}

/// How codes stand to each other.
pub(crate) fn resolve_cameo(claims: Vec<Claim<String>>, origins: &Origins) -> Option<Field<String>> {
    field(claims, origins, |code| !code.ends_with('0'))
}

/// Every account's values, the first act's first, each value once.
fn claims<V: PartialEq>(
    tellings: &[Telling<'_>],
    value: impl Fn(&Act, EventType) -> Option<V>,
) -> Vec<Claim<V>> {
    let mut claims: Vec<Claim<V>> = Vec::new();
    for (account, telling) in (0..).zip(tellings) {
        let Some(first) = telling.account.acts.first() else { continue };
        for act in &telling.account.acts {
            let Some(value) = value(act, first.event_type) else { continue };
            let citations = Citations::one(act.words.cite(&telling.dossier.id));
            match claims.iter_mut().find(|claim| claim.account == account && claim.value == value) {
                Some(claim) => claim.citations = claim.citations.clone().and(citations),
                None => claims.push(Claim { value, account, by: None, citations }),
            }
        }
    }
    claims
}

/// Agreed where one value stands in every account that says anything exact.
fn field<V: Clone + Ord>(
    claims: Vec<Claim<V>>,
    origins: &Origins,
    is_exact: impl Fn(&V) -> bool,
) -> Option<Field<V>> {
    let accounts = accounts_of(&claims);
    let exact: Vec<&Claim<V>> = claims.iter().filter(|claim| is_exact(&claim.value)).collect();
    let telling = if exact.is_empty() { claims.iter().collect() } else { exact };
    let speaking = {
        let mut speaking: Vec<u32> = telling.iter().map(|claim| claim.account).collect();
        speaking.dedup();
        speaking.len()
    };
    let held_by = |value: &V| telling.iter().filter(|claim| claim.value == *value).count();
    let value = telling.iter().map(|claim| &claim.value).find(|value| held_by(value) == speaking).cloned();
    let resolution = match (accounts.len(), &value) {
        (0, _) => return None,
        (1, _) => Resolution::Single,
        (_, Some(_)) => Resolution::Agreed,
        (_, None) => Resolution::Disputed(Dispute::Incompatible),
    };
    let independent_accounts = origins.behind(accounts.into_iter());
    Some(Field { value, resolution, claims, independent_accounts })
}

fn accounts_of<V>(claims: &[Claim<V>]) -> Vec<u32> {
    let mut accounts: Vec<u32> = claims.iter().map(|claim| claim.account).collect();
    accounts.dedup();
    accounts
}
