//! Where it was: the finest place that each account names.

use dateline_model::{Citations, Claim, Dispute, Field, PlaceName, Resolution, ToldPlace};

use crate::event::{Origins, Telling};

/// Places so near to each other, in degrees, are one.
const NEAR_DEGREES: f32 = 0.4;

/// Brings the accounts' places together.
pub(crate) fn reconcile(tellings: &[Telling<'_>], origins: &Origins) -> Option<Field<PlaceName>> {
    let claim = |(account, telling): (u32, &Telling<'_>)| {
        let place =
            telling.account.places.iter().find(|p| p.is_local()).or(telling.account.places.first())?;
        let citations = Citations::one(place.words.cite(&telling.dossier.id));
        Some((Claim { value: name(place), account, by: None, citations }, !place.is_local()))
    };
    let told: Vec<(Claim<PlaceName>, bool)> = (0..).zip(tellings).filter_map(claim).collect();
    let fine: Vec<&Claim<PlaceName>> = match told.iter().any(|(_, is_country)| !is_country) {
        true => told.iter().filter(|(_, is_country)| !is_country).map(|(claim, _)| claim).collect(),
        false => told.iter().map(|(claim, _)| claim).collect(),
    };
    let first = fine.first()?;
    let agreed = fine.iter().all(|claim| fine.iter().all(|other| fits(&claim.value, &other.value)));
    let resolution = match (told.len(), agreed) {
        (1, _) => Resolution::Single,
        (_, true) => Resolution::Agreed,
        (_, false) => Resolution::Disputed(Dispute::Incompatible),
    };
    let known = fine.iter().find(|claim| claim.value.geonames.is_some()).unwrap_or(first);
    let value = (!matches!(resolution, Resolution::Disputed(_))).then(|| known.value.clone());
    let independent_accounts = origins.behind(told.iter().map(|(claim, _)| claim.account));
    let claims = told.into_iter().map(|(claim, _)| claim).collect();
    Some(Field { value, resolution, claims, independent_accounts })
}

fn name(place: &ToldPlace) -> PlaceName {
    PlaceName {
        name: place.words.quote.clone(),
        geonames: place.geonames,
        at: place.at,
        country: place.country.clone(),
    }
}

/// Can both be meant of one place? A name that is on no map disputes nothing.
fn fits(a: &PlaceName, b: &PlaceName) -> bool {
    let same = a.name.eq_ignore_ascii_case(&b.name) || a.geonames.is_some() && a.geonames == b.geonames;
    match (a.at, b.at) {
        _ if same => true,
        (Some(a), Some(b)) => (a.0 - b.0).abs() < NEAR_DEGREES && (a.1 - b.1).abs() < NEAR_DEGREES,
        _ => true,
    }
}
