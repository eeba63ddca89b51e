//! When times agree: a month and a day within it do, two different days do not.
//!
//! A more exact value does not dispute a coarser one; the most exact is shown.

use dateline_model::{Claim, Days, Dispute, Field, Resolution};

/// Brings the claims of an event's accounts on its time together. None where nothing is claimed.
#[must_use]
pub fn reconcile_times(claims: Vec<Claim<Days>>, independent_accounts: u32) -> Option<Field<Days>> {
    let first = claims.first()?;
    let one_account = claims.iter().all(|claim| claim.account == first.account);
    let common = claims.iter().skip(1).try_fold(first.value, |days, claim| days.common(claim.value));
    let (resolution, value) = match (one_account, common) {
        (_, None) => (Resolution::Disputed(Dispute::Incompatible), None),
        (true, Some(_)) => (Resolution::Single, most_exact(&claims)),
        (false, Some(_)) => (Resolution::Agreed, most_exact(&claims)),
    };
    Some(Field { value, resolution, claims, independent_accounts })
}

/// The shortest stretch; of equals the earliest.
fn most_exact(claims: &[Claim<Days>]) -> Option<Days> {
    claims.iter().map(|claim| claim.value).min_by_key(|days| (days.count(), *days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Citation, Citations, CitedText};

    fn days(first: &str, last: &str) -> Days {
        Days { first: first.parse().unwrap(), last: last.parse().unwrap() }
    }

    fn claims(values: &[(u32, Days)]) -> Vec<Claim<Days>> {
        let claim = |&(account, value): &(u32, Days)| {
            let of = CitedText::Published;
            let citation = Citation { article: account.to_string(), of, quote: "Wednesday".to_owned() };
            Claim { value, account, by: None, citations: Citations::one(citation) }
        };
        values.iter().map(claim).collect()
    }

    #[test]
    fn a_day_within_a_month_does_not_dispute_it() {
        let (day, next) = (days("2016-10-19", "2016-10-19"), days("2016-10-20", "2016-10-20"));
        let month = days("2016-10-01", "2016-10-31");
        for (name, values, resolution, value) in [
            ("one report", vec![(0, day)], Resolution::Single, Some(day)),
            ("the same", vec![(0, day), (1, day)], Resolution::Agreed, Some(day)),
            ("coarser", vec![(0, month), (1, day)], Resolution::Agreed, Some(day)),
            ("two days", vec![(0, day), (1, next)], Resolution::Disputed(Dispute::Incompatible), None),
            (
                "two days of one month",
                vec![(0, day), (1, month), (2, next)],
                Resolution::Disputed(Dispute::Incompatible),
                None,
            ),
        ] {
            let field = reconcile_times(claims(&values), 1);
            assert_eq!(field.map(|f| (f.resolution, f.value)), Some((resolution, value)), "{name}");
        }
        assert_eq!(reconcile_times(Vec::new(), 0), None);
    }
}
