//! What holds of any event: the order of its accounts is irrelevant, and a copy of an account is no witness.

use std::collections::BTreeMap;

use dateline_model::{EventRecord, EventType, Field, Participant, Role};
use dateline_reconcile::{Telling, Texts, reconcile_event};
use proptest::prelude::*;
use proptest::sample::{Index, select};

mod sample;

use sample::Sample;

const SHELLED: (EventType, &str) = (EventType::Assault, "shelled");

/// What a report says.
#[derive(Clone, Debug)]
struct Said {
    killed: Option<(u32, &'static str)>,
    day: Option<&'static str>,
    shooters: Option<&'static str>,
    source: Option<&'static str>,
    published: Option<(&'static str, &'static str)>,
    /// Reports of the same number go back to one text.
    text: u32,
}

fn said() -> impl Strategy<Value = Said> {
    (
        prop::option::of((8_u32..14, select(vec!["ministry", "nurses"]))),
        prop::option::of(select(vec!["2021-05-02", "2021-05-03", "XXXX-WXX-1"])),
        prop::option::of(select(vec!["rebels", "army"])),
        prop::option::of(select(vec!["monitor", "police"])),
        prop::option::of((select(vec!["Karna", "Herald"]), select(vec!["2021-05-03", "2021-05-05"]))),
        0_u32..5,
    )
        .prop_map(|(killed, day, shooters, source, published, text)| Said {
            killed,
            day,
            shooters,
            source,
            published,
            text,
        })
}

impl Said {
    fn report(&self, id: &str) -> Sample {
        let words = |word: Option<&'static str>| word.unwrap_or("nobody");
        let (dead, by) = self.killed.unwrap_or((0, "nobody"));
        let (shooters, source) = (words(self.shooters), words(self.source));
        let text = format!(
            "The {shooters} shelled Orsk on day {}, the {source} said; by {by} {dead} dead.",
            words(self.day)
        );
        let mut sample = Sample::new(id, &text, SHELLED);
        if let Some((number, by)) = self.killed {
            sample = sample.killed(&format!("{number} dead"), number, by);
        }
        if let Some(day) = self.day {
            sample = sample.on(day, day);
        }
        if let Some(shooters) = self.shooters {
            sample = sample.with(shooters, shooters, Role::Actor);
        }
        if let Some(source) = self.source {
            sample = sample.from(source, source);
        }
        match self.published {
            Some((outlet, day)) => sample.printed(outlet, day),
            None => sample,
        }
    }
}

/// The reports, each with its id and the number of its text, as one event.
fn event(reports: &[(String, Said)]) -> EventRecord {
    let samples: Vec<Sample> = reports.iter().map(|(id, said)| said.report(id)).collect();
    let texts: BTreeMap<String, u32> = reports.iter().map(|(id, said)| (id.clone(), said.text)).collect();
    let tellings: Vec<Telling<'_>> =
        samples.iter().filter_map(|sample| Telling::of(&sample.dossier, &[0])).collect();
    reconcile_event(&tellings, &Texts::from(texts)).expect("a report with an account makes an event")
}

fn named(reports: Vec<Said>) -> Vec<(String, Said)> {
    reports.into_iter().enumerate().map(|(n, said)| (format!("r{n}"), said)).collect()
}

/// How many origins stand behind the event, and behind each of its fields.
fn independent(event: &EventRecord) -> BTreeMap<String, u32> {
    fn of<V>(field: Option<&Field<V>>) -> u32 {
        field.map_or(0, |field| field.independent_accounts)
    }
    let own = [
        ("event".to_owned(), event.independent_accounts),
        ("type".to_owned(), of(Some(&event.event_type))),
        ("time".to_owned(), of(event.time.as_ref())),
    ];
    let counts = event.counts.iter().map(|(kind, field)| (format!("{kind:?}"), of(Some(field))));
    let participants = event.participants.iter().map(|one| (shown(one), of(Some(&one.who))));
    own.into_iter().chain(counts).chain(participants).collect()
}

fn shown(participant: &Participant) -> String {
    format!("{:?} {:?}", participant.role, participant.who.value.as_ref().map(|who| &who.key))
}

/// All that is said of an event but its name, which of equally early reports the first by id gives, and which account
/// has which number.
fn facts(event: &EventRecord) -> String {
    let time = event.time.as_ref().map(|time| (time.value, time.resolution));
    let counts: Vec<_> =
        event.counts.iter().map(|(kind, field)| (kind, &field.value, field.resolution)).collect();
    format!("{time:?} {:?} {counts:?} {:?}", event.time_status, independent(event))
}

proptest! {
    #[test]
    fn the_order_of_accounts_is_irrelevant(
        (reports, shuffled) in prop::collection::vec(said(), 1..8).prop_flat_map(|reports| {
            let reports = named(reports);
            (Just(reports.clone()), Just(reports).prop_shuffle())
        })
    ) {
        prop_assert_eq!(facts(&event(&shuffled)), facts(&event(&reports)));
    }

    #[test]
    fn a_duplicate_account_changes_no_independent_count(
        reports in prop::collection::vec(said(), 1..8),
        copied in any::<Index>(),
    ) {
        let mut reports = named(reports);
        let before = event(&reports);
        let (_, said) = reports[copied.index(reports.len())].clone();
        reports.push(("z".to_owned(), said));
        prop_assert_eq!(independent(&event(&reports)), independent(&before));
    }
}
