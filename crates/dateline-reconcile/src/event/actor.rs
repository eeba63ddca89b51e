//! Who is said to have done it, and who began a talk.

use dateline_model::{Citations, Claim, Dispute, EventType, Field, Named, Resolution, Role, ToldParty};

use crate::agreement::Agreement;
use crate::event::participants::{actors, named};
use crate::event::{Origins, Telling};

/// Is somebody answerable for events of this type?
pub(crate) fn is_answered_for(event_type: EventType) -> bool {
    Agreement::built_in().answered_for.contains(&event_type)
}

/// The field of who did it: every account's actors, its first act's first.
pub(crate) fn actor(tellings: &[Telling<'_>], origins: &Origins) -> Option<Field<Named>> {
    let told = (0..).zip(tellings).flat_map(|(account, telling)| {
        let coded = actors(telling).filter(|party| party.code.is_some());
        coded.map(move |party| (account, party, telling))
    });
    field(told, origins)
}

/// The field of who began it, where one side acts on the other.
pub(crate) fn initiator(tellings: &[Telling<'_>], origins: &Origins) -> Option<Field<Named>> {
    let told = (0..).zip(tellings).flat_map(|(account, telling)| {
        let directed = |party: &&ToldParty| is_directed(telling, party.act);
        actors(telling).filter(directed).take(1).map(move |party| (account, party, telling))
    });
    field(told, origins)
}

/// Does one side act and the other receive?
fn is_directed(telling: &Telling<'_>, act: u32) -> bool {
    let has_mode = telling.account.acts.get(act as usize).is_some_and(|act| act.mode.is_some());
    let of_act =
        |role| telling.account.parties.iter().filter(|p| p.act == act && p.role == role && p.named).count();
    has_mode && of_act(Role::Actor) == 1 && of_act(Role::Recipient) > 0
}

fn field<'a>(
    told: impl Iterator<Item = (u32, &'a ToldParty, &'a Telling<'a>)>,
    origins: &Origins,
) -> Option<Field<Named>> {
    let mut claims: Vec<Claim<Named>> = Vec::new();
    for (account, party, telling) in told {
        let citations = Citations::one(party.words.cite(&telling.dossier.id));
        match claims.iter_mut().find(|c| c.account == account && c.value.key == party.key) {
            Some(claim) => claim.citations = claim.citations.clone().and(citations),
            None => claims.push(Claim { value: named(party), account, by: None, citations }),
        }
    }
    resolved(claims, origins)
}

/// Agreed where somebody is named in every account; what else they say stays visible. Where they
/// differ, what each puts first stands against the others.
pub(crate) fn resolved(claims: Vec<Claim<Named>>, origins: &Origins) -> Option<Field<Named>> {
    let mut accounts: Vec<u32> = claims.iter().map(|claim| claim.account).collect();
    accounts.dedup();
    let named_by = |account: u32, who: &Named| {
        claims.iter().any(|claim| claim.account == account && same_side(&claim.value, who))
    };
    let by_all = |claim: &&Claim<Named>| accounts.iter().all(|account| named_by(*account, &claim.value));
    let common = claims.iter().filter(by_all).rev().max_by_key(|claim| exactness(&claim.value));
    let resolution = match (accounts.len(), common) {
        (0, _) => return None,
        (1, _) => Resolution::Single,
        (_, Some(_)) => Resolution::Agreed,
        (_, None) => Resolution::Disputed(Dispute::Incompatible),
    };
    let first = claims.first().filter(|_| resolution == Resolution::Single);
    let value = first.or(common).map(|claim| claim.value.clone());
    let independent_accounts = origins.behind(accounts.into_iter());
    Some(Field { value, resolution, claims, independent_accounts })
}

fn exactness(who: &Named) -> usize {
    who.code.as_ref().map_or(0, String::len)
}

/// Can both be meant of one side? A code that says less fits one that says more, and armed groups of which
/// no more is said fit any armed group.
fn same_side(a: &Named, b: &Named) -> bool {
    let (Some(x), Some(y)) = (&a.code, &b.code) else { return a.key == b.key };
    let agreement = Agreement::built_in();
    let groups = |code: &str| {
        code.as_bytes().chunks(3).any(|part| agreement.armed_groups.iter().any(|g| g.as_bytes() == part))
    };
    let (of_x, of_y) = (groups(x), groups(y));
    let vague = *x == agreement.unidentified && of_y || *y == agreement.unidentified && of_x;
    let one_says_less = x.starts_with(y.as_str()) || y.starts_with(x.as_str());
    a.key == b.key || vague || one_says_less || (!of_x && !of_y && x.get(..3) == y.get(..3))
}
