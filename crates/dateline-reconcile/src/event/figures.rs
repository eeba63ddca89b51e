//! How many: every account's figures of one kind, the one that it puts first before the others.

use dateline_model::{Citations, Claim, CountKind, Field, Figure, ToldCount};

use crate::count::{Teller, reconcile_counts};
use crate::event::{Origins, Telling};

/// Brings the figures of one kind together.
pub(crate) fn reconcile(
    kind: CountKind,
    tellings: &[Telling<'_>],
    tellers: &[Teller],
    origins: &Origins,
) -> Option<Field<Figure>> {
    let mut claims = Vec::new();
    for (account, telling) in (0..).zip(tellings) {
        let told = telling.account.counts.iter().filter(|count| count.kind == kind);
        for count in told {
            push(&mut claims, account, count, &telling.dossier.id);
        }
    }
    let independent = origins.behind(claims.iter().map(|claim: &Claim<Figure>| claim.account));
    reconcile_counts(claims, tellers, independent)
}

/// A figure told twice is one claim with two proofs.
fn push(claims: &mut Vec<Claim<Figure>>, account: u32, count: &ToldCount, article: &str) {
    let citations = Citations::one(count.words.cite(article));
    let same = |claim: &&mut Claim<Figure>| {
        claim.account == account && claim.value == count.figure && claim.by == count.by
    };
    match claims.iter_mut().find(same) {
        Some(claim) => claim.citations = claim.citations.clone().and(citations),
        None => claims.push(Claim { value: count.figure.clone(), account, by: count.by.clone(), citations }),
    }
}
