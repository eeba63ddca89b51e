//! Which accounts of different reports are of one event, on dossiers made by hand.

#![expect(clippy::unwrap_used, reason = "a test says loudly what is missing")]

use dateline_cluster::{EventCluster, EventRules, StoryConfig, event_clusters};
use dateline_model::{
    Account, Act, CitedText, Days, Dossier, EventType, Nearness, Prominence, Role, Span, TimePrecision,
    ToldParty, ToldTime, Words,
};
use dateline_pile::{DossierPile, DossierSpool, Rows, Scratch};

/// A report of a contact between two people, told in `text`, on a day or on an open weekday.
fn contact(id: &str, text: &str, mode: &str, time: &str, people: [&str; 2]) -> Dossier {
    let of = CitedText::Body(Span::new(0, text.len() as u32));
    let words = Words { of, quote: text.to_owned() };
    let party = |key: &str| ToldParty {
        key: key.to_owned(),
        name: key.to_owned(),
        named: true,
        link: None,
        code: None,
        role: Role::Actor,
        act: 0,
        words: words.clone(),
    };
    let told = ToldTime {
        value: time.to_owned(),
        days: time.parse().ok().map(Days::one),
        precision: if time.starts_with('X') { TimePrecision::Weekday } else { TimePrecision::Day },
        nearness: Nearness::Clause,
        words: words.clone(),
    };
    let account = Account {
        acts: vec![Act {
            event_type: EventType::Consult,
            mode: Some(mode.to_owned()),
            cameo: "041".to_owned(),
            words: words.clone(),
        }],
        times: vec![told],
        places: Vec::new(),
        parties: people.map(party).to_vec(),
        counts: Vec::new(),
        sources: Vec::new(),
        prominence: Prominence::Lead,
        telling: vec![words.clone()],
    };
    Dossier { id: id.to_owned(), text: text.to_owned(), accounts: vec![account], ..Dossier::default() }
}

fn clusters(dossiers: &[Dossier], rules: &EventRules) -> Vec<EventCluster> {
    let pile = DossierPile::of(dossiers.to_vec());
    event_clusters(&pile, &Rows::Held(Vec::new()), rules, &Scratch::unneeded()).unwrap()
}

fn events(dossiers: &[Dossier]) -> usize {
    clusters(dossiers, &EventRules::english()).len()
}

const PAIR: [&str; 2] = ["anton veresh", "ilona maret"];
const OTHERS: [&str; 2] = ["anton veresh", "idris hamoudi"];

fn monday() -> Dossier {
    let text = "Veresh telephoned Maret about the Saren Bridge on Monday.";
    contact("a", text, "phone", "2019-03-04", PAIR)
}

#[test]
fn two_reports_of_one_call_are_one_event() {
    let text = "Veresh and Maret spoke by telephone about the Saren Bridge.";
    assert_eq!(events(&[monday(), contact("b", text, "phone", "2019-03-04", PAIR)]), 1);
}

#[test]
fn another_day_other_people_or_a_visit_is_another_event() {
    for (name, text, mode, time, people) in [
        ("another day", "Veresh telephoned Maret about the Saren Bridge.", "phone", "2019-03-07", PAIR),
        ("other people", "Veresh telephoned Hamoudi about the Saren Bridge.", "phone", "2019-03-04", OTHERS),
        ("a visit", "Veresh visited Maret about the Saren Bridge.", "visit", "2019-03-08", PAIR),
    ] {
        assert_eq!(events(&[monday(), contact("b", text, mode, time, people)]), 2, "{name}");
    }
}

#[test]
fn an_undated_call_joins_by_its_weekday_and_not_with_another() {
    for (time, expected) in [("XXXX-WXX-1", 1), ("XXXX-WXX-5", 2)] {
        let text = "Veresh telephoned Maret about the Saren Bridge on that day.";
        assert_eq!(events(&[monday(), contact("b", text, "phone", time, PAIR)]), expected, "{time}");
    }
}

/// Calls of one month, two reports of each: one named from the front of the alphabet, one from its end.
fn month() -> Vec<Dossier> {
    let call = |day: usize, id: String, text: String| {
        contact(
            &id,
            &text,
            "phone",
            &format!("2019-03-{day:02}"),
            [&format!("caller{day} veresh"), "ilona maret"],
        )
    };
    let one = |day| {
        call(day, format!("a{day:02}"), format!("Caller{day} telephoned about bridge{day} of Orsk{day}."))
    };
    let other = |day| {
        call(day, format!("z{day:02}"), format!("About bridge{day} of Orsk{day} caller{day} telephoned."))
    };
    (1..=28).map(one).chain((1..=28).map(other)).collect()
}

#[test]
fn events_are_found_by_day_however_far_apart_their_reports_stand_by_name() {
    let figures =
        include_str!("../../../data/cluster/stories.toml").replace("horizon = 30000", "horizon = 6");
    let words: StoryConfig = toml::from_str(&figures).unwrap();
    let rules = EventRules { words, ..EventRules::english() };
    let found = clusters(&month(), &rules);
    assert_eq!(found, (0..28).map(|day| vec![(day, 0), (day + 28, 0)]).collect::<Vec<_>>());
}

#[test]
fn what_reports_are_called_makes_no_event() {
    let named = |names: &dyn Fn(usize) -> String| {
        let mut pile = month();
        pile.iter_mut().enumerate().for_each(|(n, dossier)| dossier.id = names(n));
        pile.sort_by(|a, b| a.id.cmp(&b.id));
        let texts = |cluster: &Vec<(usize, usize)>| {
            let mut texts: Vec<String> = cluster.iter().map(|(d, _)| pile[*d].text.clone()).collect();
            texts.sort_unstable();
            texts
        };
        let mut found: Vec<_> = clusters(&pile, &EventRules::english()).iter().map(texts).collect();
        found.sort_unstable();
        found
    };
    let found = named(&|n| format!("{n:03}"));
    assert_eq!(found.len(), 28);
    assert_eq!(named(&|n| format!("{:03}", 999 - n)), found);
    assert_eq!(named(&|n| format!("{:03}-{n}", n * 37 % 101)), found);
}

#[test]
fn what_waits_in_files_is_clustered_as_well() {
    let day = |n: usize| format!("2024-03-{:02}", 1 + n % 3);
    let people = |n: usize| [["Anna Berg", "Carl Dorn"], ["Eva Falk", "Gero Hain"]][n % 2];
    let report = |n: usize| {
        let [first, second] = people(n);
        let text = format!("{first} called {second} about the ferry to Orsk, the office said.");
        contact(&format!("r{n:02}"), &text, "phone", &day(n), people(n))
    };
    let dossiers: Vec<Dossier> = (0..24).map(report).collect();
    let rules = EventRules::english();
    let held = clusters(&dossiers, &rules);
    assert!(held.iter().any(|cluster| cluster.len() > 1) && held.len() > 1, "{held:?}");
    // Eight pairs are held at most.
    let scratch = Scratch { memory: 100, ..Scratch::unneeded() };
    let mut spool = DossierSpool::new(&scratch);
    dossiers.into_iter().for_each(|dossier| spool.push(dossier).unwrap());
    let pile = spool.finish();
    assert_eq!(event_clusters(&pile, &Rows::Held(Vec::new()), &rules, &scratch).unwrap(), held);
}
