//! Logs held against small piles: what each kind of correction does, what is set aside, and that the order of
//! independent ones makes no difference.

#![expect(clippy::unwrap_used, reason = "a field that is misspelled should say so loudly")]

use std::collections::BTreeMap;

use dateline_correct::{Corrected, FieldChange, correct};
use dateline_model::{
    Account, AccountAnchor, Act, Change, CitedText, Correction, CorrectionLog, Dossier, EventAnchor,
    EventField, EventType, Prominence, QuotedIn, QuotedWords, Role, Selection, Span, Standing, ToldParty,
    Words,
};
use dateline_pile::DossierPile;
use proptest::prelude::*;

/// Reports a, b, c …, each with one account, told by the word "met"; in "é met Koldan." it stands at 2.
fn pile(reports: usize) -> Vec<Dossier> {
    (0..reports).map(|n| report(&id(n), "é met Koldan. Veresh came, and 12 died.")).collect()
}

fn id(n: usize) -> String {
    char::from(b'a' + n as u8).to_string()
}

fn report(id: &str, text: &str) -> Dossier {
    let words = |quote: &str| {
        let start = text.find(quote).expect("the quote stands in the text") as u32;
        let of = CitedText::Body(Span::new(start, start + quote.len() as u32));
        Words { of, quote: quote.to_owned() }
    };
    let party = |key: &str, quote: &str| ToldParty {
        key: key.to_owned(),
        name: quote.to_owned(),
        named: true,
        link: None,
        code: None,
        role: Role::Actor,
        act: 0,
        words: words(quote),
    };
    let act =
        Act { event_type: EventType::Consult, mode: None, cameo: "040".to_owned(), words: words("met") };
    let account = Account {
        telling: vec![act.words.clone()],
        acts: vec![act],
        times: Vec::new(),
        places: Vec::new(),
        parties: vec![party("koldan", "Koldan"), party("mira koldan", "Koldan"), party("veresh", "Veresh")],
        counts: Vec::new(),
        sources: Vec::new(),
        prominence: Prominence::Lead,
    };
    Dossier { id: id.to_owned(), text: text.to_owned(), accounts: vec![account], ..Dossier::default() }
}

/// Events of these reports: `["ab", "c"]` is two, the first told by a and b.
fn clusters(events: &[&str]) -> Vec<Vec<(usize, usize)>> {
    events.iter().map(|event| event.bytes().map(|b| (usize::from(b - b'a'), 0)).collect()).collect()
}

fn told(events: &Corrected) -> Vec<String> {
    let letters = |cluster: &Vec<(usize, usize)>| {
        let mut letters: Vec<char> = cluster.iter().map(|(n, _)| char::from(b'a' + *n as u8)).collect();
        letters.dedup();
        letters.into_iter().collect::<String>()
    };
    events.clusters.iter().map(letters).collect()
}

fn words(start: u32, quote: &str) -> QuotedWords {
    let end = start + quote.chars().count() as u32;
    QuotedWords { of: QuotedIn::Text, start, end, quote: quote.to_owned() }
}

fn account(report: char) -> AccountAnchor {
    AccountAnchor { report: report.to_string(), acts: vec![words(2, "met")] }
}

fn event(reports: &str) -> EventAnchor {
    EventAnchor { name: format!("event-{reports}"), accounts: reports.chars().map(account).collect() }
}

fn merge(events: &[&str]) -> Change {
    Change::Merge { events: events.iter().map(|reports| event(reports)).collect() }
}

fn split(of: &str, off: &str) -> Change {
    Change::Split { event: event(of), accounts: off.chars().map(account).collect() }
}

fn reject(of: &str, report: char) -> Change {
    Change::Reject { event: event(of), account: account(report) }
}

fn set(of: &str, field: &str, value: &str, report: char, quoted: QuotedWords) -> Change {
    let evidence = vec![Selection { report: report.to_string(), words: quoted }];
    Change::Set { event: event(of), field: field.parse().unwrap(), value: value.to_owned(), evidence }
}

fn killed(of: &str, value: &str, report: char) -> Change {
    set(of, "killed", value, report, words(31, "12 died"))
}

fn same(keys: &[&str]) -> Change {
    let entities = keys.iter().map(|key| (*key).to_owned()).collect();
    Change::SameEntity { entities, evidence: Vec::new() }
}

fn dependent(reports: &str) -> Change {
    Change::Dependent { reports: reports.chars().map(String::from).collect(), evidence: Vec::new() }
}

fn entry(id: &str, who: &str, change: Change) -> Correction {
    let (id, who, when) = (id.to_owned(), who.to_owned(), "2020-01-01".to_owned());
    Correction { id, who, when, why: "a reason".to_owned(), change }
}

fn log(changes: Vec<Change>) -> CorrectionLog {
    let entries = changes.into_iter().enumerate();
    CorrectionLog::of(entries.map(|(n, change)| entry(&format!("c{n}"), "Ada", change)).collect())
}

/// The events that are left, and what became of each entry.
fn check(events: &[&str], changes: Vec<Change>, expected: &[&str], fates: &[Standing]) -> Corrected {
    let reports = events.iter().map(|event| event.len()).sum();
    let corrected = correct(&mut DossierPile::of(pile(reports)), &clusters(events), &log(changes));
    assert_eq!(told(&corrected), expected, "{:#?}", corrected.fates);
    let standing: Vec<Standing> = corrected.fates.iter().map(|fate| fate.standing).collect();
    assert_eq!(standing, fates, "{:#?}", corrected.fates);
    corrected
}

use Standing::{Holds, Idle, SetAside, Undone};

#[test]
fn accounts_go_where_they_belong() {
    check(&["ab", "c"], vec![merge(&["ab", "c"])], &["abc"], &[Holds]);
    check(&["abc"], vec![merge(&["ab", "c"])], &["abc"], &[Idle]);
    check(&["abc"], vec![split("abc", "b")], &["ac", "b"], &[Holds]);
    check(&["abc"], vec![split("abc", "bc")], &["a", "bc"], &[Holds]);
    check(&["ac", "b"], vec![split("abc", "b")], &["ac", "b"], &[Idle]);
    check(&["abc"], vec![reject("abc", 'b')], &["ac"], &[Holds]);
    check(&["a"], vec![reject("a", 'a')], &[], &[Holds]);
    let of_none = check(&["a", "b"], vec![reject("a", 'a'), merge(&["a", "b"])], &["b"], &[Holds, SetAside]);
    assert_eq!(of_none.fates[1].reason, "all that told of event-a is rejected");
    // The last word counts.
    check(&["ab", "c"], vec![merge(&["ab", "c"]), split("abc", "c")], &["ab", "c"], &[Holds, Holds]);
    check(&["abc"], vec![split("abc", "c"), merge(&["ab", "c"])], &["abc"], &[Holds, Holds]);
}

#[test]
fn an_event_is_where_the_account_is_that_named_it() {
    // The correction knew an event of a and b; by now b is of another one, and c has joined.
    check(&["ac", "b", "d"], vec![merge(&["ab", "d"])], &["acd", "b"], &[Holds]);
    // The report that named it is gone, and the other tells where it is.
    let mut dossiers = pile(3);
    dossiers.remove(0);
    let mut dossiers = DossierPile::of(dossiers);
    let log = log(vec![merge(&["ab", "c"]), merge(&["a", "c"]), split("abc", "a")]);
    let corrected = correct(&mut dossiers, &[vec![(0, 0)], vec![(1, 0)]], &log);
    assert_eq!(corrected.clusters, [vec![(0, 0), (1, 0)]]);
    let fates: Vec<_> = corrected.fates.iter().map(|fate| (fate.standing, fate.reason.as_str())).collect();
    assert_eq!(fates[0].0, Holds);
    assert_eq!(fates[1], (SetAside, "no report tells of event-a by now in the words that did"));
    assert_eq!(fates[2], (SetAside, "no report is named a"));
}

#[test]
fn what_no_longer_stands_is_set_aside_and_not_moved() {
    let moved = report("a", "Today é met Koldan. Veresh came, and 12 died.");
    let mut dossiers = DossierPile::of(vec![moved, pile(2).remove(1)]);
    let changes =
        vec![merge(&["a", "b"]), killed("b", "12", 'a'), killed("b", "twelve", 'b'), killed("b", "12", 'b')];
    let corrected = correct(&mut dossiers, &clusters(&["a", "b"]), &log(changes));
    assert_eq!(told(&corrected), ["a", "b"]);
    let reasons: Vec<&str> = corrected.fates.iter().map(|fate| fate.reason.as_str()).collect();
    assert_eq!(reasons[0], "no report tells of event-a by now in the words that did");
    assert_eq!(reasons[1], "“12 died” no longer stands at 31 of a, but at 37");
    assert!(reasons[2].starts_with("\"twelve\" is no value of killed"), "{}", reasons[2]);
    assert_eq!((corrected.fates[3].standing, reasons[3]), (Holds, ""));
}

#[test]
fn a_text_that_got_another_name_is_known_by_its_words() {
    let mut dossiers =
        vec![report("a#00000001", "Nothing, he met nobody: Koldan, Veresh."), pile(1).remove(0)];
    dossiers[1].id = "a#00000002".to_owned();
    let mut dossiers = DossierPile::of(dossiers);
    let corrected = correct(&mut dossiers, &[vec![(0, 0), (1, 0)]], &log(vec![reject("a", 'a')]));
    assert_eq!(corrected.clusters, [vec![(0, 0)]]);
}

#[test]
fn a_value_is_the_last_of_each_person() {
    let changes = vec![
        killed("ab", "11", 'a'),
        killed("ab", "12", 'b'),
        set("ab", "place", "Orsk", 'a', words(31, "12")),
    ];
    let corrected = check(&["ab"], changes, &["ab"], &[Idle, Holds, Holds]);
    let mut values: Vec<(EventField, Vec<String>)> = Vec::new();
    for (n, change) in &corrected.fields {
        let FieldChange::Set { field, settings, .. } = change else { continue };
        assert_eq!(*n, 0);
        values.push((*field, settings.iter().map(|setting| setting.value.to_string()).collect()));
    }
    values.sort();
    let expected = [("place", "Orsk"), ("killed", "12")];
    assert_eq!(values, expected.map(|(field, value)| (field.parse().unwrap(), vec![value.to_owned()])));

    // Two persons stand side by side.
    let entries =
        vec![entry("x", "Ada", killed("ab", "11", 'a')), entry("y", "Ben", killed("ab", "12", 'b'))];
    let corrected = correct(&mut DossierPile::of(pile(2)), &clusters(&["ab"]), &CorrectionLog::of(entries));
    assert!(matches!(&corrected.fields[0].1, FieldChange::Set { settings, .. } if settings.len() == 2));
}

#[test]
fn taking_back_another_value_takes_nothing_back() {
    let not = |value: &str| Change::Unset {
        event: event("ab"),
        field: "killed".parse().unwrap(),
        value: (!value.is_empty()).then(|| value.to_owned()),
    };
    let read = || killed("ab", "12", 'a');
    for (changes, stands) in [
        (vec![read(), not("9")], true),
        (vec![not("9"), read()], true),
        (vec![read(), not("12")], false),
        (vec![not("12"), read()], true),
        (vec![read(), not("")], false),
        (vec![not(""), read()], true),
    ] {
        let log = log(changes);
        let corrected = correct(&mut DossierPile::of(pile(2)), &clusters(&["ab"]), &log);
        let set = corrected.fields.iter().any(|(_, change)| matches!(change, FieldChange::Set { .. }));
        assert_eq!(set, stands, "{log:#?}");
    }
}

#[test]
fn a_report_cited_from_outside_becomes_an_account() {
    let corrected = check(&["a", "b"], vec![killed("a", "12", 'b')], &["ab", "b"], &[Holds]);
    assert_eq!(corrected.clusters[0], [(0, 0), (1, 1)]);
    // One that told of it when it was cited, and no longer does, proves nothing.
    check(&["a", "b"], vec![killed("ab", "12", 'b')], &["a", "b"], &[SetAside]);
}

#[test]
fn names_and_reports_are_put_together() {
    let changes =
        vec![same(&["koldan", "veresh"]), same(&["koldan", "nobody"]), dependent("ab"), dependent("ac")];
    let corrected = check(&["ab", "c"], changes, &["ab", "c"], &[Holds, SetAside, Holds, Idle]);
    assert_eq!(
        corrected.keys,
        BTreeMap::from([("koldan".to_owned(), "veresh".to_owned())].map(|(a, b)| (a, b)))
    );
    assert_eq!(corrected.dependent, [["a", "b"], ["a", "c"]]);
}

#[test]
fn what_is_undone_is_told() {
    let undo = |id: &str| Change::Undo { correction: id.to_owned() };
    check(&["a", "b"], vec![merge(&["a", "b"]), undo("c0")], &["a", "b"], &[Undone, Holds]);
    check(&["a", "b"], vec![merge(&["a", "b"]), undo("c0"), undo("c1")], &["ab"], &[Holds, Undone, Holds]);
    check(&["a"], vec![undo("c9")], &["a"], &[SetAside]);
}

/// All that a reader sees of it, with ids in place of numbers in the log.
fn seen(corrected: &Corrected, log: &CorrectionLog) -> BTreeMap<String, String> {
    let id = |n: &usize| log.entries()[*n].id.as_str();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    seen.insert("events".to_owned(), format!("{:?}", corrected.clusters));
    seen.insert("keys".to_owned(), format!("{:?}", corrected.keys));
    let mut fields: Vec<String> = Vec::new();
    for (n, change) in &corrected.fields {
        fields.push(match change {
            FieldChange::Unset { field, value, correction } => {
                format!("{n} {field:?} {value:?} {}", id(correction))
            }
            FieldChange::Set { field, settings, corrections } => {
                let mut read: Vec<_> =
                    settings.iter().zip(corrections).map(|(s, c)| format!("{} {s:?}", id(c))).collect();
                read.sort();
                format!("{n} {field:?} {read:?}")
            }
        });
    }
    fields.sort();
    seen.insert("fields".to_owned(), format!("{fields:?}"));
    let mut groups = corrected.dependent.clone();
    groups.sort();
    seen.insert("dependent".to_owned(), format!("{groups:?}"));
    for (fate, entry) in corrected.fates.iter().zip(log.entries()) {
        if fate.standing != Undone && !matches!(entry.change, Change::Undo { .. }) {
            seen.insert(entry.id.clone(), format!("{fate:?}"));
        }
    }
    seen
}

const EVENTS: [&str; 5] = ["ab", "cd", "ef", "gh", "ijk"];

/// Corrections none of which says anything of what another one says.
fn independent() -> Vec<Correction> {
    let changes = vec![
        merge(&["ab", "cd"]),
        split("ef", "f"),
        reject("ijk", 'k'),
        reject("gh", 'h'),
        killed("ab", "11", 'a'),
        killed("cd", "13", 'd'),
        killed("gh", "12", 'a'),
        set("ij", "place", "Orsk", 'j', words(14, "Veresh")),
        Change::Unset { event: event("ef"), field: "time".parse().unwrap(), value: None },
        same(&["koldan", "mira koldan"]),
        same(&["koldan", "veresh"]),
        dependent("ac"),
        dependent("ci"),
    ];
    let who = ["Ada", "Ben", "Cleo"];
    let entries = changes.into_iter().enumerate();
    entries.map(|(n, change)| entry(&format!("c{n:02}"), who[n % 3], change)).collect()
}

/// Any correction, also such as contradict each other.
fn any_change() -> impl Strategy<Value = Change> {
    let event = prop::sample::select(vec!["ab", "cd", "ef", "gh", "ijk", "abcd", "fe", "x"]);
    let letter = prop::sample::select(vec!['a', 'b', 'c', 'f', 'i', 'x']);
    let number = prop::sample::select(vec!["11", "12", "many"]);
    prop_oneof![
        (event.clone(), event.clone()).prop_map(|(a, b)| merge(&[a, b])),
        (event.clone(), letter.clone()).prop_map(|(of, off)| split(of, &off.to_string())),
        (event.clone(), letter.clone()).prop_map(|(of, report)| reject(of, report)),
        (event.clone(), number, letter.clone()).prop_map(|(of, value, report)| killed(of, value, report)),
        event.prop_map(|of| Change::Unset {
            event: self::event(of),
            field: EventField::Count(dateline_model::CountKind::Killed),
            value: None
        }),
        Just(same(&["koldan", "veresh"])),
        (letter.clone(), letter).prop_map(|(a, b)| dependent(&format!("{a}{b}"))),
    ]
}

fn apply(log: &CorrectionLog) -> BTreeMap<String, String> {
    seen(&correct(&mut DossierPile::of(pile(11)), &clusters(&EVENTS), log), log)
}

proptest! {
    #[test]
    fn independent_corrections_commute(order in Just(independent()).prop_shuffle()) {
        let sorted = apply(&CorrectionLog::of(independent()));
        prop_assert_eq!(apply(&CorrectionLog::of(order)), sorted);
    }

    #[test]
    fn to_undo_is_never_to_have_made(changes in prop::collection::vec(any_change(), 1..12), n in 0usize..12) {
        let made = log(changes);
        let n = n % made.entries().len();
        let id = made.entries()[n].id.clone();
        let undone = made.clone().and(entry("undo", "Ada", Change::Undo { correction: id.clone() }));
        let never = made.entries().iter().filter(|entry| entry.id != id).cloned().collect();
        prop_assert_eq!(apply(&undone), apply(&CorrectionLog::of(never)));
        // And undoing that brings it back.
        let again = undone.and(entry("again", "Ada", Change::Undo { correction: "undo".to_owned() }));
        prop_assert_eq!(apply(&again), apply(&made));
    }

    #[test]
    fn every_account_is_of_one_event_or_none(changes in prop::collection::vec(any_change(), 0..16)) {
        let mut dossiers = DossierPile::of(pile(11));
        let corrected = correct(&mut dossiers, &clusters(&EVENTS), &log(changes));
        let mut places: Vec<_> = corrected.clusters.concat();
        let all = places.len();
        places.sort_unstable();
        places.dedup();
        prop_assert_eq!(places.len(), all);
        prop_assert!(places.iter().all(|(d, a)| *a < dossiers.dossier(*d).accounts.len()));
        prop_assert!(corrected.clusters.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
