//! Where it was: the finest place that each account names.

use dateline_model::{Citations, Claim, Dispute, Field, PlaceName, Resolution, ToldPlace, kilometres};

use crate::agreement::Agreement;
use crate::event::{Origins, Telling};

/// Brings the accounts' places together.
pub(crate) fn reconcile(tellings: &[Telling<'_>], origins: &Origins) -> Option<Field<PlaceName>> {
    let claim = |(account, telling): (u32, &Telling<'_>)| {
        let place = supported(telling, tellings).or(telling.account.places.first())?;
        let citations = Citations::one(place.words.cite(&telling.dossier.id));
        Some(Claim { value: name(place), account, by: None, citations })
    };
    resolve((0..).zip(tellings).filter_map(claim).collect(), origins)
}

/// How the places stand to each other: a wide one disputes none.
pub(crate) fn resolve(claims: Vec<Claim<PlaceName>>, origins: &Origins) -> Option<Field<PlaceName>> {
    let narrow: Vec<&Claim<PlaceName>> = claims.iter().filter(|claim| !claim.value.is_wide).collect();
    let fine = if narrow.is_empty() { claims.iter().collect() } else { narrow };
    let first = fine.first()?;
    let agreed = fine.iter().all(|claim| fine.iter().all(|other| fits(&claim.value, &other.value)));
    let resolution = match (claims.len(), agreed) {
        (1, _) => Resolution::Single,
        (_, true) => Resolution::Agreed,
        (_, false) => Resolution::Disputed(Dispute::Incompatible),
    };
    let known = fine.iter().find(|claim| claim.value.geonames.is_some()).unwrap_or(first);
    let value = (!matches!(resolution, Resolution::Disputed(_))).then(|| known.value.clone());
    let independent_accounts = origins.behind(claims.iter().map(|claim| claim.account));
    Some(Field { value, resolution, claims, independent_accounts })
}

/// Of several places that a report names around the event, the one that most accounts name is the
/// event's; of equals the first.
fn supported<'a>(telling: &'a Telling<'_>, all: &[Telling<'_>]) -> Option<&'a ToldPlace> {
    let names_it = |other: &Telling<'_>, place: &ToldPlace| {
        other.account.places.iter().filter(|p| p.is_local()).any(|p| is_named_like(p, place))
    };
    let support = |place: &ToldPlace| all.iter().filter(|other| names_it(other, place)).count();
    let local = telling.account.places.iter().filter(|place| place.is_local());
    local.rev().max_by_key(|place| support(place))
}

fn name(place: &ToldPlace) -> PlaceName {
    PlaceName {
        name: place.words.quote.clone(),
        geonames: place.geonames,
        at: place.at,
        country: place.country.clone(),
        is_wide: !place.is_local(),
    }
}

fn is_named_like(a: &ToldPlace, b: &ToldPlace) -> bool {
    a.words.quote.eq_ignore_ascii_case(&b.words.quote) || a.geonames.is_some() && a.geonames == b.geonames
}

fn is_same(a: &PlaceName, b: &PlaceName) -> bool {
    a.name.eq_ignore_ascii_case(&b.name) || a.geonames.is_some() && a.geonames == b.geonames
}

/// Can both be meant of one place? A name that is on no map disputes nothing.
fn fits(a: &PlaceName, b: &PlaceName) -> bool {
    match (a.at, b.at) {
        _ if is_same(a, b) => true,
        (Some(a), Some(b)) => kilometres(a, b) <= Agreement::built_in().near_kilometres,
        _ => true,
    }
}
