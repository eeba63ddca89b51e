//! From one report's event mentions to its accounts: which mentions tell of one happening?
//!
//! The headline's mentions come first, since they say what the report is about; then those of the
//! body in their order. Each joins the account that it has most in common with. A mention that fits
//! none founds an account of its own if the report makes enough of it; otherwise it is background.

pub(crate) mod config;
mod draft;
mod mention;
mod told;

use dateline_model::{Account, EventType, Prominence, Readings, Report};

pub use config::AccountConfig;
pub(crate) use mention::kilometres;

use draft::Draft;
use mention::Seen;

/// The accounts of one report, in the order of their first words.
#[must_use]
pub fn accounts(report: &Report, readings: &Readings, config: &AccountConfig) -> Vec<Account> {
    let seen = readings.events.iter().map(|mention| Seen::new(mention, report, readings, config));
    let (headline, body): (Vec<Seen<'_>>, Vec<Seen<'_>>) =
        seen.filter(Seen::is_told_as_fact).partition(|seen| seen.prominence == Prominence::Headline);
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for seen in headline.into_iter().chain(body) {
        match best(&drafts, &seen, config) {
            Some(n) => drafts[n].push(seen),
            None if founds(&seen, config) => drafts.push(Draft::of(seen)),
            None => {}
        }
    }
    let mut accounts: Vec<Account> =
        drafts.iter().map(|draft| told::account(draft, report, readings, config)).collect();
    accounts.sort_by(|a, b| a.acts[0].words.of.cmp(&b.acts[0].words.of));
    accounts
}

/// The account that a mention has most in common with; of equals the first.
fn best(drafts: &[Draft<'_>], seen: &Seen<'_>, config: &AccountConfig) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (n, draft) in drafts.iter().enumerate() {
        let Some(points) = draft.points(seen, is_subject(drafts, n), config) else { continue };
        if points >= config.points.join && best.is_none_or(|(_, most)| points > most) {
            best = Some((n, points));
        }
    }
    best.map(|(n, _)| n)
}

/// Is this the first account of its kind, in a report that opens with it?
fn is_subject(drafts: &[Draft<'_>], n: usize) -> bool {
    let draft = &drafts[n];
    draft.prominence > Prominence::Body && drafts[..n].iter().all(|other| other.family != draft.family)
}

/// Is a mention worth an account of its own?
fn founds(seen: &Seen<'_>, config: &AccountConfig) -> bool {
    let opens = seen.prominence > Prominence::Body;
    if seen.quoted {
        return false;
    }
    if config.is_verbal(seen.family) {
        return opens && seen.named.len() > 1;
    }
    let is_known = !seen.named.is_empty() || !seen.mention.counts.is_empty();
    let is_enough = match seen.family {
        EventType::Consult | EventType::Agree => seen.named.len() > 1,
        _ => is_known,
    };
    (opens && (is_enough || seen.family == EventType::Assault)) || (seen.day.is_some() && is_enough)
}
