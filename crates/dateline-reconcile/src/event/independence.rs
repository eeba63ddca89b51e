//! On whom each account rests, and why so many are independent.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{CitedText, CountKind, ToldCount, ToldSource};

use crate::event::source::{Bodies, Kind, Sources, mentioned};
use crate::event::{Telling, Texts};
use crate::independence::Provenance;

/// Where each account comes from. A report whose toll rests on bodies that it names rests on these;
/// failing that, on those that it gives its account to, or that the page names as its origin; failing that, on
/// its own outlet, so that two reports of one paper are one witness, and so is a monitor with who quotes it.
pub(crate) fn provenances(tellings: &[Telling<'_>], texts: &Texts) -> Vec<Provenance> {
    let unknown = texts.unused();
    let numbers: Vec<u32> =
        (0..).zip(tellings).map(|(n, t)| texts.of(&t.dossier.id).unwrap_or(unknown + n)).collect();
    let outlets: Vec<Option<String>> =
        tellings.iter().map(|t| t.dossier.publisher.as_deref().map(str::to_lowercase)).collect();
    let mut bodies = Bodies::default();
    for ((telling, outlet), text) in tellings.iter().zip(&outlets).zip(&numbers) {
        names(telling).into_iter().flatten().for_each(|name| bodies.add(name, telling, *text));
        outlet.iter().for_each(|outlet| bodies.add(outlet, telling, *text));
    }
    let sources = bodies.sources();
    let mut found: Vec<BTreeSet<String>> = tellings.iter().map(|t| rests_on(t, &sources)).collect();
    // Only of reports that name nobody is it asked whom they mention: that takes their whole text.
    let silent = |n: &usize| found[*n].is_empty();
    let mentioned: Vec<(usize, String)> =
        (0..tellings.len()).filter(silent).filter_map(|n| Some((n, mentioned(&tellings[n])?))).collect();
    mentioned.iter().for_each(|(n, name)| bodies.add(name, &tellings[*n], numbers[*n]));
    let sources = bodies.sources();
    for (n, name) in &mentioned {
        found[*n].extend(sources.canonical(name).map(|(name, _)| name.clone()));
    }
    lean_on_outlets(&mut found, &outlets, &sources);
    let provenance = |(text, sources)| Provenance { text, sources };
    numbers.into_iter().zip(found).map(provenance).collect()
}

/// A report that names nobody rests on whom its outlet names in another report of the event; failing that, on the
/// outlet itself.
fn lean_on_outlets(found: &mut [BTreeSet<String>], outlets: &[Option<String>], sources: &Sources) {
    let mut behind: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (outlet, found) in outlets.iter().zip(found.iter()) {
        let Some(outlet) = outlet else { continue };
        behind.entry(outlet).or_default().extend(found.iter().cloned());
    }
    for (found, outlet) in found.iter_mut().zip(outlets).filter(|(found, _)| found.is_empty()) {
        let Some(outlet) = outlet else { continue };
        let itself = || sources.canonical(outlet).map(|(name, _)| name.clone());
        match behind.get(outlet.as_str()).filter(|behind| !behind.is_empty()) {
            Some(behind) => found.extend(behind.iter().cloned()),
            None => found.extend(itself()),
        }
    }
}

/// The number of dead that an account puts first.
fn toll(telling: &Telling<'_>) -> Option<u32> {
    telling
        .account
        .counts
        .iter()
        .find(|count| count.kind == CountKind::Killed)
        .and_then(|count| count.figure.named())
}

fn keys(sources: &[ToldSource]) -> Vec<&str> {
    sources.iter().map(|source| source.key.as_str()).collect()
}

/// Names of bodies: behind its toll, behind the account, of the page's origin.
fn names<'a>(telling: &'a Telling<'_>) -> [Vec<&'a str>; 3] {
    let first = toll(telling);
    let is_toll = |count: &&ToldCount| count.kind == CountKind::Killed && count.figure.named() == first;
    let given = telling.account.counts.iter().filter(is_toll).filter(|count| count.by.is_some());
    // A headline says "monitors" for the body that the text names.
    let (headline, body): (Vec<&ToldCount>, Vec<&ToldCount>) =
        given.partition(|count| matches!(count.words.of, CitedText::Headline(_)));
    let by = if body.is_empty() { headline } else { body };
    [
        by.into_iter().filter_map(|count| count.by.as_deref()).collect(),
        keys(&telling.account.sources),
        telling.dossier.credits.iter().map(String::as_str).collect(),
    ]
}

/// Where bodies that report are among those named, the others are taken for people who speak to it.
fn rests_on(telling: &Telling<'_>, sources: &Sources) -> BTreeSet<String> {
    let own = telling.dossier.publisher.as_deref().map(str::to_lowercase);
    let of = |names: Vec<&str>| -> BTreeSet<String> {
        let others = names.into_iter().filter(|name| Some(name.to_lowercase()) != own);
        let found: Vec<&(String, Kind)> = others.filter_map(|name| sources.canonical(name)).collect();
        let reports = found.iter().any(|(_, kind)| *kind == Kind::Reports);
        let kept = found.into_iter().filter(|(_, kind)| !reports || *kind == Kind::Reports);
        kept.map(|(name, _)| name.clone()).collect()
    };
    names(telling).into_iter().map(of).find(|found| !found.is_empty()).unwrap_or_default()
}

/// A sentence for a reader: who goes back to one text, who leans on which source.
pub(crate) fn reason(
    tellings: &[Telling<'_>],
    provenances: &[Provenance],
    origins: &[u32],
    texts: &Texts,
) -> String {
    let mut by_origin: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, origin) in origins.iter().enumerate() {
        by_origin.entry(*origin).or_default().push(n);
    }
    let parts: Vec<String> =
        by_origin.values().map(|members| why(members, tellings, provenances, texts)).collect();
    parts.join("; ")
}

fn why(members: &[usize], tellings: &[Telling<'_>], provenances: &[Provenance], texts: &Texts) -> String {
    let ids: Vec<&str> = members.iter().map(|n| tellings[*n].dossier.id.as_str()).collect();
    let same_text = members.windows(2).all(|pair| provenances[pair[0]].text == provenances[pair[1]].text);
    let shared = members.iter().map(|n| provenances[*n].sources.clone()).reduce(|a, b| &a & &b);
    let shared: Vec<String> = shared.unwrap_or_default().into_iter().collect();
    let (listed, shared) = (ids.join(", "), shared.join(", "));
    let names_nobody = members.iter().all(|n| names(&tellings[*n]).iter().all(Vec::is_empty));
    match (members.len(), same_text, shared.is_empty() || names_nobody) {
        (_, false, true) if names_nobody && !shared.is_empty() => {
            format!("{listed} are of one outlet and name no source")
        }
        (1, _, true) => format!("{listed} names no source"),
        (1, _, false) => format!("{listed} rests on {shared}"),
        (_, true, _) if texts.is_by_hand(provenances[members[0]].text) => {
            format!("{listed} are taken for one, as a person found")
        }
        (_, true, _) => format!("{listed} go back to one text"),
        (_, false, false) => format!("{listed} rest on {shared}"),
        (_, false, true) => format!("{listed} share texts or sources with one another"),
    }
}
