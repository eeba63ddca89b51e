//! From the accounts of one happening to its record: field by field, every claim with its proof.

mod actor;
mod category;
mod days;
mod figures;
mod independence;
mod name;
mod participants;
mod place;
mod setting;
mod source;
mod telling;
mod texts;
mod wording;

use dateline_model::{
    AccountOfEvent, Citation, Citations, CitedText, CountKind, Dossier, EventRecord, EventType,
};

pub use name::{EventName, bases, tell_apart};
pub use setting::{UnsetError, set_field, unset_field};
pub use telling::Telling;
pub use texts::Texts;

use crate::count::Teller;
use crate::independence::origins;

/// The record of one happening. `tellings` are its accounts, one for each report, by the reports'
/// ids; none where there are none.
#[must_use]
pub fn reconcile_event(tellings: &[Telling<'_>], texts: &Texts) -> Option<EventRecord> {
    let provenances = independence::provenances(tellings, texts);
    let (independent_accounts, numbers) = origins(&provenances);
    let origins = Origins { numbers };
    let event_type = category::event_type(tellings, &origins)?;
    let main_type = event_type.most_common();
    let times = days::reconcile(tellings, &origins);
    let printed = tellings.iter().map(|t| (t.dossier.publisher.as_deref(), t.dossier.published.as_deref()));
    let tellers = tellers(printed);
    let count = |kind| Some((kind, figures::reconcile(kind, tellings, &tellers, &origins)?));
    let accounts = tellings.iter().zip(&origins.numbers).zip(times.accounts);
    let mut record = EventRecord {
        name: String::new(),
        mode: category::mode(tellings, main_type, &origins),
        cameo: category::cameo(tellings, main_type, &origins)?,
        event_type,
        time: times.field,
        time_status: times.status,
        place: place::reconcile(tellings, &origins),
        participants: participants::reconcile(tellings, &origins),
        counts: CountKind::ALL.into_iter().filter_map(count).collect(),
        initiator: (main_type == EventType::Consult).then(|| actor::initiator(tellings, &origins)).flatten(),
        actor: actor::is_answered_for(main_type).then(|| actor::actor(tellings, &origins)).flatten(),
        accounts: accounts
            .filter_map(|((telling, origin), time)| account_of_event(telling, *origin, time))
            .collect(),
        independent_accounts,
        independence: independence::reason(tellings, &provenances, &origins.numbers, texts),
        wording: wording::wording(tellings),
        corrections: Vec::new(),
    };
    record.name = name::name(&record, main_type);
    Some(record)
}

fn account_of_event(
    telling: &Telling<'_>,
    origin: u32,
    time: Option<dateline_model::AccountTime>,
) -> Option<AccountOfEvent> {
    let dossier = telling.dossier;
    let acts: Vec<Citation> = telling.account.acts.iter().map(|act| act.words.cite(&dossier.id)).collect();
    let sentences = telling.account.telling.iter().map(|words| words.cite(&dossier.id));
    Some(AccountOfEvent {
        article: dossier.id.clone(),
        publisher: dossier.publisher.clone(),
        published: dossier.published.clone(),
        origin,
        time,
        quotes: Citations::of(sentences.collect()).or_else(|| Citations::of(acts.clone()))?,
        acts,
    })
}

/// To which origin each account belongs.
pub(crate) struct Origins {
    numbers: Vec<u32>,
}

impl Origins {
    /// Those of an event that is reconciled already.
    pub(crate) fn of(event: &EventRecord) -> Self {
        Self { numbers: event.accounts.iter().map(|account| account.origin).collect() }
    }

    /// How many origins stand behind these accounts.
    pub(crate) fn behind(&self, accounts: impl Iterator<Item = u32>) -> u32 {
        let mut origins: Vec<u32> = accounts.filter_map(|n| self.numbers.get(n as usize).copied()).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len() as u32
    }
}

/// The accounts by outlet, and in the order of publication.
fn tellers<'a>(printed: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)> + Clone) -> Vec<Teller> {
    let mut days: Vec<&str> = printed.clone().filter_map(|(_, day)| day).collect();
    days.sort_unstable();
    days.dedup();
    let order = |day: &str| days.binary_search(&day).ok().map(|place| place as u32);
    let teller = |(outlet, day): (Option<&str>, Option<&str>)| Teller {
        outlet: outlet.map(str::to_owned),
        order: day.and_then(order),
    };
    printed.map(teller).collect()
}

/// The words that print a report's day, as a proof.
pub(crate) fn published(dossier: &Dossier) -> Option<Citation> {
    let quote = dossier.published_quote.clone();
    let citation = || Citation { article: dossier.id.clone(), of: CitedText::Published, quote };
    (!dossier.published_quote.is_empty()).then(citation)
}
