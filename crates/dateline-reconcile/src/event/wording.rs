//! How each account names the same participant, act and place.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Citation, Citations, Term, ToldParty, Wording, WordingOf, Words, may_be_same_name};

use crate::agreement::Agreement;
use crate::event::Telling;

/// What at least two reports name in different words.
pub(crate) fn wording(tellings: &[Telling<'_>]) -> Vec<Wording> {
    let mut found = participants(tellings);
    found.extend(one(WordingOf::Act, tellings, |telling| {
        telling.account.acts.first().map(|act| &act.words).into_iter().collect()
    }));
    found.extend(one(WordingOf::Place, tellings, |telling| {
        telling.account.places.first().map(|place| &place.words).into_iter().collect()
    }));
    found
}

fn participants(tellings: &[Telling<'_>]) -> Vec<Wording> {
    let keys: BTreeSet<&str> =
        tellings.iter().flat_map(|t| t.account.parties.iter()).map(|p| p.key.as_str()).collect();
    // One name in several spellings stands under the first of them.
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for key in keys {
        match groups.iter_mut().find(|(first, _)| may_be_same_name(first, key)) {
            Some((_, same)) => same.push(key),
            None => groups.push((key, vec![key])),
        }
    }
    let of = |(key, same): (&str, Vec<&str>)| {
        let words = |telling: &Telling<'_>| {
            let is_meant = |party: &&ToldParty| same.contains(&party.key.as_str());
            let told = telling.account.parties.iter().filter(is_meant);
            told.map(|party| party.words.clone()).collect::<Vec<Words>>()
        };
        build(WordingOf::Participant, Some(key), tellings, words)
    };
    groups.into_iter().filter_map(of).collect()
}

fn one(
    of: WordingOf,
    tellings: &[Telling<'_>],
    words: impl for<'t> Fn(&'t Telling<'_>) -> Vec<&'t Words>,
) -> Option<Wording> {
    build(of, None, tellings, |telling| words(telling).into_iter().cloned().collect())
}

/// None unless two reports speak of it, and not all in the same words.
fn build(
    of: WordingOf,
    entity: Option<&str>,
    tellings: &[Telling<'_>],
    words: impl Fn(&Telling<'_>) -> Vec<Words>,
) -> Option<Wording> {
    let mut terms = Vec::new();
    for telling in tellings {
        let mut by_text: BTreeMap<String, Vec<Citation>> = BTreeMap::new();
        for words in words(telling) {
            let text = plain(&words.quote);
            if !Agreement::built_in().pronouns.contains(&text) {
                by_text.entry(text).or_default().push(words.cite(&telling.dossier.id));
            }
        }
        let article = &telling.dossier.id;
        terms.extend(by_text.into_iter().filter_map(|(text, citations)| {
            Some(Term { article: article.clone(), text, citations: Citations::of(citations)? })
        }));
    }
    let reports: BTreeSet<&str> = terms.iter().map(|term| term.article.as_str()).collect();
    let texts: BTreeSet<&str> = terms.iter().map(|term| term.text.as_str()).collect();
    let tells = reports.len() > 1 && texts.len() > 1;
    tells.then(|| Wording { of, entity: entity.map(str::to_owned), terms })
}

fn plain(quote: &str) -> String {
    let lower = quote.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}
