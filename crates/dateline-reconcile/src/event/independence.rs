//! On whom each account rests, and why so many are independent.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{CountKind, ToldCount};

use crate::event::source::{Sources, is_telling_toll, mentioned};
use crate::event::{Telling, Texts};
use crate::independence::Provenance;

/// Where each account comes from. A report whose toll rests on bodies that it names rests on these;
/// failing that, on those that it gives its account to, or that the page names as its origin.
pub(crate) fn provenances(tellings: &[Telling<'_>], texts: &Texts) -> Vec<Provenance> {
    let unknown = texts.len() as u32;
    let mentioned: Vec<Option<String>> = tellings.iter().map(mentioned).collect();
    let named = tellings.iter().flat_map(|t| names(t).into_iter().flatten().map(move |name| (name, t)));
    let besides = tellings.iter().zip(&mentioned).filter_map(|(t, name)| Some((name.as_deref()?, t)));
    let sources = Sources::of(named.chain(besides));
    let mut found: Vec<BTreeSet<String>> =
        tellings.iter().zip(&mentioned).map(|(t, name)| rests_on(t, name.as_deref(), &sources)).collect();
    for n in 0..tellings.len() {
        if found[n].is_empty() {
            found[n] = behind_same_toll(&tellings[n], tellings, &found);
        }
    }
    let provenance = |((n, telling), sources): ((u32, &Telling<'_>), BTreeSet<String>)| Provenance {
        text: texts.get(&telling.dossier.id).copied().unwrap_or(unknown + n),
        sources,
    };
    (0..).zip(tellings).zip(found).map(provenance).collect()
}

/// A toll that a report gives to nobody, and another report gives to a body, rests on that body.
fn behind_same_toll(
    telling: &Telling<'_>,
    tellings: &[Telling<'_>],
    found: &[BTreeSet<String>],
) -> BTreeSet<String> {
    let Some(number) = toll(telling).filter(|toll| is_telling_toll(*toll)) else { return BTreeSet::new() };
    let mut others = tellings.iter().zip(found);
    let same = others.find(|(other, sources)| !sources.is_empty() && toll(other) == Some(number));
    same.map(|(_, sources)| sources.clone()).unwrap_or_default()
}

/// The number of dead that an account puts first.
fn toll(telling: &Telling<'_>) -> Option<u32> {
    telling.account.counts.iter().find(|count| count.kind == CountKind::Killed).and_then(number)
}

fn number(count: &ToldCount) -> Option<u32> {
    count.figure.min.or(count.figure.max)
}

/// Names of bodies: behind its toll, behind the account, of the page's origin.
fn names<'a>(telling: &'a Telling<'_>) -> [Vec<&'a str>; 3] {
    let first = toll(telling);
    let tolls = telling.account.counts.iter().filter(|count| count.kind == CountKind::Killed);
    [
        tolls.filter(|count| number(count) == first).filter_map(|count| count.by.as_deref()).collect(),
        telling.account.sources.iter().map(|source| source.key.as_str()).collect(),
        telling.dossier.credits.iter().map(String::as_str).collect(),
    ]
}

fn rests_on(telling: &Telling<'_>, mentioned: Option<&str>, sources: &Sources) -> BTreeSet<String> {
    let own = telling.dossier.publisher.as_deref().map(str::to_lowercase);
    let of = |names: Vec<&str>| -> BTreeSet<String> {
        let others = names.into_iter().filter(|name| Some(name.to_lowercase()) != own);
        others.filter_map(|name| sources.canonical(name)).collect()
    };
    let told = names(telling).into_iter().chain([mentioned.into_iter().collect()]);
    told.map(of).find(|found| !found.is_empty()).unwrap_or_default()
}

/// A sentence for a reader: who goes back to one text, who leans on one source.
pub(crate) fn reason(tellings: &[Telling<'_>], provenances: &[Provenance], origins: &[u32]) -> String {
    let mut by_origin: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, origin) in origins.iter().enumerate() {
        by_origin.entry(*origin).or_default().push(n);
    }
    let several = by_origin.values().filter(|members| members.len() > 1);
    let parts: Vec<String> = several.map(|members| why_one(members, tellings, provenances)).collect();
    match parts.is_empty() {
        true if tellings.len() > 1 => "no two share a text or rest on one source alone".to_owned(),
        true => "one report".to_owned(),
        false => parts.join("; "),
    }
}

fn why_one(members: &[usize], tellings: &[Telling<'_>], provenances: &[Provenance]) -> String {
    let ids: Vec<&str> = members.iter().map(|n| tellings[*n].dossier.id.as_str()).collect();
    let same_text = members.windows(2).all(|pair| provenances[pair[0]].text == provenances[pair[1]].text);
    let shared =
        members.iter().map(|n| provenances[*n].sources.clone()).reduce(|a, b| &a & &b).unwrap_or_default();
    let listed = ids.join(", ");
    match (same_text, shared.into_iter().next()) {
        (true, _) => format!("{listed} go back to one text"),
        (false, Some(source)) => format!("{listed} rest on {source}"),
        (false, None) => format!("{listed} share texts or sources with one another"),
    }
}
