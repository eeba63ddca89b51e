//! When figures of dead, hurt or arrested agree: "at least 20" and 23 do, 12 and 17 do not.
//!
//! Figures agree when one number fits all of them and they lie within a fifth of each other.

use dateline_model::{Claim, Dispute, Field, Figure, Resolution};

use crate::agreement::Agreement;

/// Words without a number ("dozens") compare with nothing.
fn is_vague(figure: &Figure) -> bool {
    figure.min.is_none() && figure.max.is_none()
}

/// The numbers that fit a figure. "About 40" is taken for 36 to 44.
fn range(figure: &Figure) -> (u32, u32) {
    let about = Agreement::built_in().about.max(1);
    let slack = |n: u32| if figure.approximate { n / about } else { 0 };
    let least = figure.min.map_or(0, |min| min - slack(min));
    let most = figure.max.map_or(u32::MAX, |max| max.saturating_add(slack(max)));
    (least, most)
}

/// The less open a figure is, the higher.
fn exactness(figure: &Figure) -> (bool, bool, u32) {
    let exact = figure.min.is_some() && figure.min == figure.max;
    (exact && !figure.approximate, exact, figure.named().unwrap_or(0))
}

/// Brings the claims of an event's accounts on one kind of figure together. `published` orders the
/// accounts by time, `outlet` names each account's publisher: a figure that grew with time in the
/// reports of one source or outlet is an update. None where nothing is claimed.
#[must_use]
pub fn reconcile_counts(
    claims: Vec<Claim<Figure>>,
    accounts: &[Teller],
    independent_accounts: u32,
) -> Option<Field<Figure>> {
    let first_of_each = first_of_each_account(&claims);
    let resolution = resolve(&first_of_each, accounts)?;
    let value = match resolution {
        Resolution::Disputed(_) => None,
        _ => first_of_each.iter().map(|c| &c.value).max_by_key(|figure| exactness(figure)).cloned(),
    };
    Some(Field { value, resolution, claims, independent_accounts })
}

/// Who tells, and when: what an update is told from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teller {
    /// Its publisher.
    pub outlet: Option<String>,
    /// Its place in the order of publication; none where its day is not known.
    pub order: Option<u32>,
}

/// The figure that each report puts first stands for it.
fn first_of_each_account(claims: &[Claim<Figure>]) -> Vec<&Claim<Figure>> {
    let mut first: Vec<&Claim<Figure>> = Vec::new();
    for claim in claims {
        if first.iter().all(|kept| kept.account != claim.account) {
            first.push(claim);
        }
    }
    first
}

fn resolve(claims: &[&Claim<Figure>], accounts: &[Teller]) -> Option<Resolution> {
    let stated: Vec<&Claim<Figure>> = claims.iter().copied().filter(|c| !is_vague(&c.value)).collect();
    match (claims.len(), stated.len()) {
        (0, _) => None,
        (1, _) => Some(Resolution::Single),
        (_, 0 | 1) => Some(Resolution::Agreed),
        _ => Some(compare(&stated, accounts)),
    }
}

fn compare(claims: &[&Claim<Figure>], accounts: &[Teller]) -> Resolution {
    let fits_all = one_number_fits(claims);
    if fits_all && are_near(claims) {
        return Resolution::Agreed;
    }
    Resolution::Disputed(if is_update(claims, accounts) {
        Dispute::Update
    } else if has_scopes(claims) {
        Dispute::Scope
    } else if fits_all {
        Dispute::Far
    } else {
        Dispute::Incompatible
    })
}

fn one_number_fits(claims: &[&Claim<Figure>]) -> bool {
    let ranges = claims.iter().map(|claim| range(&claim.value));
    let (least, most) = ranges.fold((0, u32::MAX), |(a, b), (c, d)| (a.max(c), b.min(d)));
    least <= most
}

fn are_near(claims: &[&Claim<Figure>]) -> bool {
    let named = || claims.iter().filter_map(|claim| claim.value.named());
    let (Some(least), Some(most)) = (named().min(), named().max()) else { return true };
    most - least <= most / Agreement::built_in().within.max(1)
}

fn has_scopes(claims: &[&Claim<Figure>]) -> bool {
    claims.iter().any(|claim| claim.value.counted != claims[0].value.counted)
}

/// Do the figures grow with the reports' time, and do all go back to one source or one outlet?
fn is_update(claims: &[&Claim<Figure>], accounts: &[Teller]) -> bool {
    let teller = |claim: &Claim<Figure>| accounts.get(claim.account as usize);
    let source = |claim: &Claim<Figure>| claim.by.clone().or_else(|| teller(claim)?.outlet.clone());
    let Some(first) = claims.first().and_then(|claim| source(claim)) else { return false };
    if claims.iter().any(|claim| source(claim).as_ref() != Some(&first)) {
        return false;
    }
    let in_time = |claim: &&Claim<Figure>| Some((teller(claim)?.order?, claim.value.named()?));
    let Some(mut series) = claims.iter().map(in_time).collect::<Option<Vec<_>>>() else { return false };
    series.sort_unstable();
    series.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Citation, Citations, CitedText};

    fn figure(min: impl Into<Option<u32>>, max: impl Into<Option<u32>>) -> Figure {
        Figure {
            min: min.into(),
            max: max.into(),
            approximate: false,
            vague: None,
            counted: "all".to_owned(),
        }
    }

    fn claim(account: u32, value: Figure, by: Option<&str>) -> Claim<Figure> {
        let citation = Citation {
            article: format!("report {account}"),
            of: CitedText::Published,
            quote: "some words".to_owned(),
        };
        Claim { value, account, by: by.map(str::to_owned), citations: Citations::one(citation) }
    }

    fn tellers(outlets: &[&str]) -> Vec<Teller> {
        let teller = |(n, outlet): (usize, &&str)| Teller {
            outlet: Some((*outlet).to_owned()),
            order: Some(n as u32),
        };
        outlets.iter().enumerate().map(teller).collect()
    }

    #[test]
    fn figures_agree_where_one_number_fits_and_they_are_near() {
        use Resolution::{Agreed, Disputed, Single};
        for (name, figures, expected, value) in [
            ("one report", vec![figure(12, 12)], Single, Some(figure(12, 12))),
            ("the same", vec![figure(12, 12), figure(12, 12)], Agreed, Some(figure(12, 12))),
            ("at least", vec![figure(20, None), figure(23, 23)], Agreed, Some(figure(23, 23))),
            ("far", vec![figure(20, None), figure(60, 60)], Disputed(Dispute::Far), None),
            ("not both", vec![figure(12, 12), figure(17, 17)], Disputed(Dispute::Incompatible), None),
            ("dozens", vec![figure(None, None), figure(40, 40)], Agreed, Some(figure(40, 40))),
            ("words alone", vec![figure(None, None), figure(None, None)], Agreed, Some(figure(None, None))),
        ] {
            let outlets: Vec<&str> = ["A", "B", "C"][..figures.len()].to_vec();
            let claims = figures.into_iter().enumerate().map(|(n, f)| claim(n as u32, f, None)).collect();
            let field = reconcile_counts(claims, &tellers(&outlets), 1);
            let found = field.as_ref().map(|f| (f.resolution, f.value.clone()));
            assert_eq!(found, Some((expected, value)), "{name}");
        }
        assert_eq!(reconcile_counts(Vec::new(), &[], 0), None);
    }

    #[test]
    fn about_forty_agrees_with_forty_three() {
        let about = Figure { approximate: true, ..figure(40, 40) };
        let field = reconcile_counts(
            vec![claim(0, about, None), claim(1, figure(43, 43), None)],
            &tellers(&["A", "B"]),
            2,
        );
        assert_eq!(field.map(|f| (f.resolution, f.value)), Some((Resolution::Agreed, Some(figure(43, 43)))));
    }

    #[test]
    fn a_toll_that_grows_in_one_source_is_an_update() {
        let grown = |by: Option<&str>, outlets: &[&str]| {
            let claims = vec![claim(0, figure(12, 12), by), claim(1, figure(17, 17), by)];
            reconcile_counts(claims, &tellers(outlets), 1).map(|field| field.resolution)
        };
        let update = Some(Resolution::Disputed(Dispute::Update));
        assert_eq!(grown(None, &["A", "A"]), update);
        assert_eq!(grown(Some("the ministry"), &["A", "B"]), update);
        assert_eq!(grown(None, &["A", "B"]), Some(Resolution::Disputed(Dispute::Incompatible)));
    }

    #[test]
    fn the_order_of_accounts_makes_no_difference() {
        let claims = [figure(20, None), figure(23, 23), figure(21, 21)];
        let resolve = |order: [usize; 3]| {
            let claims = order.iter().map(|&n| claim(n as u32, claims[n].clone(), None)).collect();
            reconcile_counts(claims, &tellers(&["A", "B", "C"]), 3).map(|f| (f.resolution, f.value))
        };
        assert_eq!(resolve([0, 1, 2]), resolve([2, 1, 0]));
        assert_eq!(resolve([0, 1, 2]), resolve([1, 2, 0]));
    }
}
