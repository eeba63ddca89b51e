//! From one report's event mentions to its accounts: which mentions tell of one happening?
//!
//! The body's mentions come in their order, then those of the headline, which shortens names and times.
//! Each joins the account that it has most in common with. A mention that fits none founds an account
//! of its own if the report makes enough of it; otherwise it is background.

mod attendance;
pub(crate) mod config;
mod draft;
mod in_report;
mod mention;
mod told;
mod toll;

use dateline_model::{Account, EventType, Prominence, Readings, Report};

pub use config::AccountConfig;

use draft::Draft;
use in_report::InReport;
use mention::Seen;

/// The accounts of one report, in the order of their first words.
#[must_use]
pub fn accounts(report: &Report, readings: &Readings, config: &AccountConfig) -> Vec<Account> {
    let within = InReport::new(report, readings, config);
    let seen = readings.events.iter().map(|mention| Seen::new(mention, &within));
    let (headline, body): (Vec<Seen<'_>>, Vec<Seen<'_>>) =
        seen.filter(Seen::is_told_as_fact).partition(|seen| seen.prominence == Prominence::Headline);
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for seen in body.into_iter().chain(headline) {
        if seen.mention.is_running && drafts.iter().any(|draft| draft.family == seen.family) {
            continue;
        }
        match best(&drafts, &seen, config) {
            Some(n) => drafts[n].push(seen),
            None if founds(&seen, &drafts, config) => {
                let is_first = drafts.iter().all(|draft| draft.family != seen.family);
                drafts.push(Draft::of(seen, is_first));
            }
            None => {}
        }
    }
    let mut accounts: Vec<Account> = drafts.iter().map(|draft| told::account(draft, &within)).collect();
    accounts.sort_by(|a, b| a.acts[0].words.of.cmp(&b.acts[0].words.of));
    accounts
}

/// The account that a mention has most in common with; of equals the first.
fn best(drafts: &[Draft<'_>], seen: &Seen<'_>, config: &AccountConfig) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (n, draft) in drafts.iter().enumerate() {
        let Some(points) = draft.points(seen, config) else { continue };
        if points >= config.points.join && best.is_none_or(|(_, most)| points > most) {
            best = Some((n, points));
        }
    }
    best.map(|(n, _)| n)
}

/// Is a mention worth an account of its own?
fn founds(seen: &Seen<'_>, drafts: &[Draft<'_>], config: &AccountConfig) -> bool {
    if seen.quoted {
        return false;
    }
    let opens = seen.prominence > Prominence::Body;
    let mut alike = drafts.iter().filter(|draft| draft.family == seen.family).peekable();
    match alike.peek() {
        None => opens && is_subject_matter(seen, config),
        // What might be of the report's subject is background to it; another day or place is news.
        Some(_) => alike.all(|draft| draft.excludes(seen, config)) && is_news(seen, config),
    }
}

/// Enough for the first event of its kind, in a report that opens with it.
fn is_subject_matter(seen: &Seen<'_>, config: &AccountConfig) -> bool {
    match seen.family {
        EventType::Assault => true,
        // "The minister paid a visit to Belgorin": the place receives.
        EventType::Consult if seen.mention.mode.is_some() => !seen.named.is_empty(),
        EventType::Consult | EventType::Agree => seen.named.len() > 1 || is_told_alone(seen, config),
        // "Calm returned after Friday's march": known by its day.
        EventType::Protest if seen.day.is_some() => true,
        family if config.is_verbal(family) => seen.named.len() > 1,
        _ => !seen.named.is_empty() || !seen.mention.counts.is_empty(),
    }
}

/// "The two ministers signed a treaty on Monday": an act of a kind that is told by its day and those who act.
fn is_told_alone(seen: &Seen<'_>, config: &AccountConfig) -> bool {
    let is_formal = config.told_alone.iter().any(|code| **code == *seen.mention.cameo);
    is_formal && seen.day.is_some() && !seen.mention.actor.is_empty()
}

/// Enough for another event of the same kind: told with day and place, or with day and figures.
fn is_news(seen: &Seen<'_>, config: &AccountConfig) -> bool {
    let is_told = match seen.family {
        EventType::Assault => !seen.mention.counts.is_empty(),
        _ => seen.named.len() > 1,
    };
    !config.is_verbal(seen.family) && is_told && seen.day.is_some()
}
