//! Whole events from accounts made by hand: what is agreed, disputed, inferred, independent.

use std::collections::BTreeMap;

use dateline_model::{
    Citations, CountKind, Dispute, EventField, EventRecord, EventType, Field, Resolution, Role, Setting,
    TimeStatus,
};
use dateline_reconcile::{Telling, Texts, UnsetError, reconcile_event, set_field, unset_field};

mod sample;

use sample::Sample;

/// The event that these reports tell of; those of these indexes are copies of one text.
fn event(samples: &[Sample], copies: &[usize]) -> EventRecord {
    let number = |n: usize| if copies.contains(&n) { 0 } else { n as u32 };
    let texts: BTreeMap<String, u32> =
        samples.iter().enumerate().map(|(n, sample)| (sample.dossier.id.clone(), number(n))).collect();
    let texts = Texts::from(texts);
    let tellings: Vec<Telling<'_>> =
        samples.iter().filter_map(|sample| Telling::of(&sample.dossier, &[0])).collect();
    reconcile_event(&tellings, &texts).expect("a report with an account makes an event")
}

const SHELLED: (EventType, &str) = (EventType::Assault, "shelled");
const CALLED: (EventType, &str) = (EventType::Consult, "telephoned");

fn shelling() -> Vec<Sample> {
    vec![
        Sample::new("a", "Orsk was shelled on 3 May 2021; the ministry counted 12 dead.", SHELLED)
            .printed("Karna", "2021-05-03")
            .on("3 May 2021", "2021-05-03")
            .killed("12 dead", 12, "ministry"),
        Sample::new("b", "The ministry said guns had shelled Orsk and 12 dead were counted.", SHELLED)
            .printed("Observer", "2021-05-04")
            .killed("12 dead", 12, "ministry"),
        Sample::new("c", "Orsk was shelled. Nurses spoke of 17 dead.", SHELLED)
            .printed("Herald", "2021-05-04")
            .killed("17 dead", 17, "nurses"),
    ]
}

#[test]
fn figures_of_two_bodies_are_disputed_and_each_keeps_its_body() {
    let event = event(&shelling(), &[]);
    let (kind, killed) = &event.counts[0];
    assert_eq!(*kind, CountKind::Killed);
    assert_eq!(killed.resolution, Resolution::Disputed(Dispute::Incompatible));
    assert_eq!(killed.value, None);
    let by: Vec<_> = killed.claims.iter().map(|claim| claim.by.as_deref()).collect();
    assert_eq!(by, [Some("ministry"), Some("ministry"), Some("nurses")]);
    assert_eq!(event.independent_accounts, 2, "{}", event.independence);
}

#[test]
fn a_copy_is_no_witness_and_one_source_by_two_names_is_one() {
    assert_eq!(event(&shelling()[..2], &[0, 1]).independent_accounts, 1);
    let samples = [
        Sample::new("a", "Orsk was shelled, a monitor said.", SHELLED).from("a monitor", "monitor"),
        Sample::new("b", "Guns shelled Orsk, the observatory said.", SHELLED)
            .from("the observatory", "observatory"),
    ];
    let event = event(&samples, &[]);
    assert_eq!(event.independent_accounts, 1, "{}", event.independence);
}

#[test]
fn a_weekday_is_settled_by_another_report_and_says_so() {
    let samples = [
        Sample::new("a", "Veresh telephoned Maret on Monday.", CALLED).on("Monday", "XXXX-WXX-1"),
        Sample::new("b", "Veresh telephoned Maret on Monday, 4 March 2019.", CALLED)
            .printed("Karna", "2019-03-04")
            .on("Monday, 4 March 2019", "2019-03-04"),
    ];
    let event = event(&samples, &[]);
    let time = event.accounts[0].time.as_ref().unwrap();
    assert_eq!(time.status, Some(TimeStatus::Inferred));
    assert_eq!(time.days.map(|days| days.to_string()).as_deref(), Some("2019-03-04"));
    let cited: Vec<&str> = time.citations.as_slice().iter().map(|c| c.article.as_str()).collect();
    assert_eq!(cited, ["a", "b"], "the passage of the other report is part of the proof");
    assert_eq!(event.time_status, Some(TimeStatus::Stated));
}

#[test]
fn nobody_settles_a_weekday_of_no_known_week() {
    let samples = [Sample::new("a", "Veresh telephoned Maret on Monday.", CALLED).on("Monday", "XXXX-WXX-1")];
    let event = event(&samples, &[]);
    assert_eq!((event.time, event.time_status), (None, None));
    assert_eq!(event.accounts[0].time.as_ref().map(|time| time.as_written.as_str()), Some("Monday"));
}

#[test]
fn the_order_of_accounts_changes_nothing_that_is_said() {
    let said = |samples: &[Sample]| {
        let event = event(samples, &[]);
        let counts: Vec<_> = event.counts.iter().map(|(kind, field)| (*kind, field.resolution)).collect();
        (event.name, event.independent_accounts, counts, event.time.map(|time| time.value))
    };
    let (forward, mut backward) = (shelling(), shelling());
    backward.reverse();
    assert_eq!(said(&forward), said(&backward));
}

#[test]
fn a_duplicate_account_adds_no_independent_one() {
    let mut samples = shelling();
    let before = event(&samples, &[]).independent_accounts;
    let mut copy = shelling().remove(0);
    copy.dossier.id = "z".to_owned();
    samples.push(copy);
    assert_eq!(event(&samples, &[0, 3]).independent_accounts, before);
}

#[test]
fn a_name_stays_when_a_later_account_joins() {
    let first = || {
        Sample::new("b", "Anton Veresh telephoned Ilona Maret on 4 March 2019.", CALLED)
            .printed("Karna", "2019-03-04")
            .on("4 March 2019", "2019-03-04")
            .with("Anton Veresh", "anton veresh", Role::Actor)
            .with("Ilona Maret", "ilona maret", Role::Recipient)
    };
    let alone = event(&[first()], &[]).name;
    assert_eq!(alone, "2019-03-04-consult-anton-veresh-ilona-maret");
    let later = Sample::new("a", "Veresh telephoned Maret, the Post writes.", CALLED)
        .printed("Post", "2019-03-06")
        .with("Veresh", "veresh", Role::Actor);
    assert_eq!(event(&[later, first()], &[]).name, alone);
}

/// A value that a person reads in the words of a report.
fn reads(sample: &Sample, field: EventField, value: &str, quote: &str) -> Setting {
    let citations = Citations::one(sample.words(quote).cite(&sample.dossier.id));
    Setting { value: field.read(value).expect("a value of the field"), citations }
}

#[test]
fn what_a_person_reads_settles_a_dispute_and_leaves_it_visible() {
    let samples = shelling();
    let mut event = event(&samples, &[]);
    let killed = EventField::Count(CountKind::Killed);
    set_field(&mut event, killed, &[reads(&samples[2], killed, "15 civilians", "17 dead")]);
    let field = event.counts[0].1.clone();
    assert_eq!(field.value.map(|figure| figure.to_string()).as_deref(), Some("15 civilians"));
    assert_eq!(field.resolution, Resolution::Disputed(Dispute::Scope));
    let values: Vec<String> = field.claims.iter().map(|claim| claim.value.to_string()).collect();
    assert_eq!(values, ["12", "12", "15 civilians", "17"], "the report's other figure stays behind it");
    // Two persons who read differently settle nothing; two who read alike do.
    for (other, expected) in [("14", None), ("15", Some("15"))] {
        let both =
            [reads(&samples[2], killed, "15", "17 dead"), reads(&samples[0], killed, other, "12 dead")];
        set_field(&mut event, killed, &both);
        let value = event.counts[0].1.value.as_ref().map(ToString::to_string);
        assert_eq!(value.as_deref(), expected);
    }
    assert_eq!(unset_field(&mut event, killed, None), Ok(()));
    assert!(event.counts.is_empty());
    assert_eq!(unset_field(&mut event, killed, None), Err(UnsetError::NotSaid));
}

#[test]
fn a_person_sets_any_field_and_unsets_what_can_be_without() {
    let samples = shelling();
    for (name, value) in [
        ("type", "PROTEST"),
        ("mode", "firearms"),
        ("cameo", "145"),
        ("time", "2021-05-02"),
        ("place", "Orsk"),
        ("initiator", "Ada Brenn"),
        ("actor", "Karna Front"),
        ("wounded", "3 or more"),
        ("participant/actor", "Karna Front"),
        ("participant/recipient", "Karna Front"),
    ] {
        let field: EventField = name.parse().expect("a field");
        let mut event = event(&samples, &[]);
        let (name_before, quote) = (event.name.clone(), "Orsk");
        set_field(&mut event, field, &[reads(&samples[0], field, value, quote)]);
        let (shown, claims) = shown(&event, field);
        assert_eq!(shown.as_deref(), Some(value), "{name}");
        assert!(claims.contains(&quote.to_owned()), "{name} is cited: {claims:?}");
        assert_eq!(event.name, name_before, "links hang on the name");
        let unset = unset_field(&mut event, field, Some(&field.read(value).expect("a value")));
        assert_eq!(unset, Ok(()), "{name}");
        if matches!(field, EventField::Type | EventField::Cameo) {
            assert_eq!(unset_field(&mut event, field, None), Err(UnsetError::Required), "{name}");
        }
    }
}

/// The field's value, and the words of its claims.
fn shown(event: &EventRecord, field: EventField) -> (Option<String>, Vec<String>) {
    fn of<V>(field: Option<&Field<V>>, show: impl Fn(&V) -> String) -> (Option<String>, Vec<String>) {
        let claims = field.iter().flat_map(|field| &field.claims);
        let quotes = claims.flat_map(|claim| claim.citations.as_slice()).map(|c| c.quote.clone());
        (field.and_then(|field| field.value.as_ref().map(show)), quotes.collect())
    }
    match field {
        EventField::Type => of(Some(&event.event_type), |value| value.name().to_owned()),
        EventField::Mode => of(event.mode.as_ref(), Clone::clone),
        EventField::Cameo => of(Some(&event.cameo), Clone::clone),
        EventField::Time => of(event.time.as_ref(), ToString::to_string),
        EventField::Place => of(event.place.as_ref(), |place| place.name.clone()),
        EventField::Initiator => of(event.initiator.as_ref(), |who| who.name.clone()),
        EventField::Actor => of(event.actor.as_ref(), |who| who.name.clone()),
        EventField::Count(kind) => {
            let count = event.counts.iter().find(|(own, _)| *own == kind);
            of(count.map(|(_, field)| field), ToString::to_string)
        }
        EventField::Participant(role) => {
            let known = event.participants.iter().find(|participant| participant.role == role);
            of(known.map(|participant| &participant.who), |who| who.name.clone())
        }
    }
}

#[test]
fn reports_that_a_person_takes_for_one_are_one_witness() {
    let samples = shelling();
    let tellings: Vec<Telling<'_>> =
        samples.iter().filter_map(|sample| Telling::of(&sample.dossier, &[0])).collect();
    let numbers = (0..).zip(&samples).map(|(n, sample)| (sample.dossier.id.clone(), n));
    let mut texts = Texts::from(numbers.collect::<BTreeMap<String, u32>>());
    texts.join(&["a".to_owned(), "c".to_owned()]);
    let event = reconcile_event(&tellings, &texts).expect("three reports make an event");
    assert!(
        event.independence.contains("a, c are taken for one, as a person found"),
        "{}",
        event.independence
    );
}
