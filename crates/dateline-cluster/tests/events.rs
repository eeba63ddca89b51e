//! Which accounts of different reports are of one event, on dossiers made by hand.

use dateline_cluster::{EventRules, event_clusters};
use dateline_model::{
    Account, Act, CitedText, Days, Dossier, EventType, Nearness, Prominence, Role, Span, TimePrecision,
    ToldParty, ToldTime, Words,
};

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

fn events(dossiers: &[Dossier]) -> usize {
    event_clusters(dossiers, &[], &EventRules::english()).len()
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
