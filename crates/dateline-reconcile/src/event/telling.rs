//! One report's account of the event, with the report.

use std::borrow::Cow;
use std::collections::BTreeMap;

use dateline_model::{Account, Dossier};

/// What one report tells of the event.
#[derive(Clone, Debug)]
pub struct Telling<'a> {
    /// The report.
    pub dossier: &'a Dossier,
    /// Its account; several of one report are laid together.
    pub account: Cow<'a, Account>,
}

impl<'a> Telling<'a> {
    /// What a report tells in those of its accounts that are of the event; none where there are none.
    #[must_use]
    pub fn of(dossier: &'a Dossier, accounts: &[usize]) -> Option<Self> {
        let mut accounts = accounts.iter().filter_map(|n| dossier.accounts.get(*n));
        let first = accounts.next()?;
        let account =
            accounts.fold(Cow::Borrowed(first), |all, more| Cow::Owned(together(all.into_owned(), more)));
        Some(Self { dossier, account })
    }

    /// The same with other keys for those whom `keys` names; none where it speaks of none of them.
    #[must_use]
    pub fn with_keys(&self, keys: &BTreeMap<String, String>) -> Option<Self> {
        let mut account = self.account.clone().into_owned();
        let parties = account.parties.iter_mut().map(|party| &mut party.key);
        let givers = account.counts.iter_mut().filter_map(|count| count.by.as_mut());
        let sources = account.sources.iter_mut().map(|source| &mut source.key);
        let mut renamed = false;
        for key in parties.chain(givers).chain(sources) {
            if let Some(other) = keys.get(key) {
                renamed |= key != other;
                key.clone_from(other);
            }
        }
        renamed.then_some(Self { dossier: self.dossier, account: Cow::Owned(account) })
    }
}

/// Two accounts of one report as one: the more prominent first.
fn together(first: Account, second: &Account) -> Account {
    let (mut all, more) =
        if second.prominence > first.prominence { (second.clone(), first) } else { (first, second.clone()) };
    let acts = all.acts.len() as u32;
    all.acts.extend(more.acts);
    all.times.extend(more.times);
    all.places.extend(more.places);
    all.parties.extend(more.parties.into_iter().map(|mut party| {
        party.act += acts;
        party
    }));
    all.counts.extend(more.counts);
    all.sources.extend(more.sources);
    all.telling.extend(more.telling);
    all.sort();
    all
}
