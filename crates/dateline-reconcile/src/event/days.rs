//! When it was: what each account says, what its own words settle, and what another report must.

use dateline_model::{AccountTime, Citation, Citations, Claim, Days, Field, Nearness, TimeStatus, ToldTime};

use crate::event::{Origins, Telling, published};
use crate::time::reconcile_times;

/// The event's time, and each account's.
pub(crate) struct Times {
    pub(crate) field: Option<Field<Days>>,
    pub(crate) status: Option<TimeStatus>,
    pub(crate) accounts: Vec<Option<AccountTime>>,
}

/// Brings the accounts' times together.
pub(crate) fn reconcile(tellings: &[Telling<'_>], origins: &Origins) -> Times {
    let stated: Vec<Option<Stated>> = tellings.iter().map(|telling| stated(telling, tellings)).collect();
    let mut claims = claims_of(&stated);
    let settled = reconcile_times(claims.clone(), 0).and_then(|field| field.value);
    let proof = settled.and_then(|days| proof_of(days, &claims));
    let accounts: Vec<Option<AccountTime>> = tellings
        .iter()
        .zip(stated)
        .map(|(telling, stated)| match stated {
            Some(stated) => Some(stated.told),
            None => open(telling, settled.zip(proof.as_ref())),
        })
        .collect();
    claims.extend(inferred_claims(&accounts));
    claims.sort_by_key(|claim| claim.account);
    let independent = origins.behind(claims.iter().map(|claim| claim.account));
    let field = reconcile_times(claims, independent);
    let status = field.as_ref().map(|_| TimeStatus::Stated);
    Times { field, status, accounts }
}

/// A day that a report settles by itself.
struct Stated {
    days: Days,
    told: AccountTime,
}

/// Of several days that a report names around the event, the one that most accounts name is the event's;
/// of equals the first. A month or year is taken where there is none.
fn stated(telling: &Telling<'_>, all: &[Telling<'_>]) -> Option<Stated> {
    let support = |days: Days| {
        all.iter().filter(|other| exact_days(other).any(|(_, d)| d.common(days).is_some())).count()
    };
    let exact = exact_days(telling).rev().max_by_key(|(_, days)| support(*days)).map(|(time, _)| time);
    let time = exact.or_else(|| telling.account.times.iter().find(|time| is_about_it(time)))?;
    let days = time.days?;
    let told = AccountTime {
        as_written: time.words.quote.clone(),
        days: Some(days),
        status: Some(TimeStatus::Stated),
        citations: proof(telling, time),
    };
    Some(Stated { days, told })
}

/// The times that say which day.
fn exact_days<'a>(telling: &'a Telling<'_>) -> impl DoubleEndedIterator<Item = (&'a ToldTime, Days)> {
    let exact = |time: &'a ToldTime| Some((time, time.exact_days()?));
    telling.account.times.iter().filter_map(exact)
}

/// A month or year says when only where it stands in the event's own clause.
fn is_about_it(time: &ToldTime) -> bool {
    time.days.is_some() && time.nearness == Nearness::Clause
}

/// The words; and the report's own day, where they are read against it.
fn proof(telling: &Telling<'_>, time: &ToldTime) -> Citations {
    let words = Citations::one(time.words.cite(&telling.dossier.id));
    let names_year = time.words.quote.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    match published(telling.dossier).filter(|_| !names_year) {
        Some(day) => words.and(Citations::one(day)),
        None => words,
    }
}

fn claims_of(stated: &[Option<Stated>]) -> Vec<Claim<Days>> {
    let claim = |(account, stated): (u32, &Option<Stated>)| {
        let stated = stated.as_ref()?;
        let citations = stated.told.citations.clone();
        Some(Claim { value: stated.days, account, by: None, citations })
    };
    (0..).zip(stated).filter_map(claim).collect()
}

/// The passage of the report that settles the day.
fn proof_of(days: Days, claims: &[Claim<Days>]) -> Option<Citations> {
    claims.iter().find(|claim| claim.value == days).map(|claim| claim.citations.clone())
}

/// A weekday without a day: with another report's help, if the weekday is that day's.
fn open(telling: &Telling<'_>, settled: Option<(Days, &Citations)>) -> Option<AccountTime> {
    let time = telling.account.times.first()?;
    let own: Citation = time.words.cite(&telling.dossier.id);
    let agrees = |days: Days| days.count() == 1 && time.weekday() == Some(days.first.weekday());
    let inferred = settled.filter(|(days, _)| agrees(*days));
    let citations = Citations::one(own);
    Some(AccountTime {
        as_written: time.words.quote.clone(),
        days: inferred.map(|(days, _)| days),
        status: inferred.map(|_| TimeStatus::Inferred),
        citations: match inferred {
            Some((_, proof)) => citations.and(proof.clone()),
            None => citations,
        },
    })
}

fn inferred_claims(accounts: &[Option<AccountTime>]) -> Vec<Claim<Days>> {
    let claim = |(account, time): (u32, &Option<AccountTime>)| {
        let time = time.as_ref().filter(|time| time.status == Some(TimeStatus::Inferred))?;
        Some(Claim { value: time.days?, account, by: None, citations: time.citations.clone() })
    };
    (0..).zip(accounts).filter_map(claim).collect()
}
