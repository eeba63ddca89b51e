//! What an event is called in a list: who does what to whom, made from its codes and never from one
//! outlet's headline.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::event_view::{EventView, FieldView};

/// How an act is told.
#[derive(Debug, Deserialize)]
struct Act {
    to: (String, String),
    alone: (String, String),
    noun: String,
}

static ACTS: LazyLock<BTreeMap<String, Act>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/export/acts.toml"))
        .expect("data/export/acts.toml is well formed")
});

/// By which words several are told from one, and how many are named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleWords {
    endings: Vec<String>,
    words: Vec<String>,
    openings: Vec<String>,
    named: usize,
}

static WORDS: LazyLock<TitleWords> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/export/title-words.toml"))
        .expect("data/export/title-words.toml is well formed")
});

/// The title of an event: "Ada Brenn phones Karl Ost".
#[must_use]
pub fn event_title(event: &EventView) -> String {
    let actors = telling(&event.in_role("actor").collect::<Vec<_>>());
    let recipients: Vec<_> = event.in_role("recipient").collect();
    let attendees: Vec<_> = event.in_role("attendee").collect();
    let others = telling(if recipients.is_empty() { &attendees } else { &recipients });
    let Some(act) = act(event) else { return names(&[actors, others].concat()) };
    let one = |forms: &(String, String)| {
        let single = matches!(actors.as_slice(), [only] if !is_plural(only));
        if single { forms.0.clone() } else { forms.1.clone() }
    };
    match (actors.is_empty(), others.is_empty()) {
        (false, false) => format!("{} {} {}", capital(&names(&actors)), one(&act.to), names(&others)),
        (false, true) => format!("{} {}", capital(&names(&actors)), one(&act.alone)),
        (true, false) => format!("{}: {}", capital(&act.noun), names(&others)),
        (true, true) => capital(&act.noun),
    }
}

/// Those who are known by name; where nobody is, the first.
fn telling(participants: &[&FieldView]) -> Vec<String> {
    let mut names: Vec<String> = participants.iter().map(|who| who.shown()).collect();
    names.dedup();
    let named: Vec<String> = names.iter().filter(|name| is_name(name)).cloned().collect();
    names.truncate(1);
    if named.is_empty() { names.iter().map(|name| inside(name)).collect() } else { named }
}

/// "At least 17 people", not at the beginning of a sentence.
fn inside(words: &str) -> String {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    if !WORDS.openings.contains(&first) {
        return words.to_owned();
    }
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |letter| letter.to_lowercase().chain(letters).collect())
}

/// A name has a capital letter in its last word, as "Karim al-Hadi" has and "At least 17 people" has not.
fn is_name(words: &str) -> bool {
    words.split_whitespace().next_back().is_some_and(|word| word.chars().any(char::is_uppercase))
}

/// "Fighters", "15,000 people", "Demonstrators": several, by the last word.
fn is_plural(words: &str) -> bool {
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let common = !is_name(words) && last.ends_with('s') && !last.ends_with("ss");
    // A word that opens a sentence has a capital too; these endings are rare among names.
    let of_people = WORDS.endings.iter().any(|ending| last.ends_with(ending.as_str()));
    common || of_people || WORDS.words.contains(&last.to_lowercase())
}

/// By type and CAMEO's code, else by type and mode, else by type.
fn act(event: &EventView) -> Option<&'static Act> {
    let event_type = event.event_type.as_deref()?;
    let exact = |detail: Option<&str>| ACTS.get(&format!("{event_type} {}", detail?));
    exact(event.cameo.as_deref()).or_else(|| exact(event.mode.as_deref())).or_else(|| ACTS.get(event_type))
}

fn names(participants: &[String]) -> String {
    let mut names = participants.to_vec();
    let more = names.len().saturating_sub(WORDS.named);
    if more > 0 {
        names.truncate(WORDS.named);
        names.push(format!("{more} more"));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(event_type: &str, mode: Option<&str>, who: &[(&str, &str)], expected: &str) {
        let who: Vec<_> = who.iter().map(|(name, role)| json!({"value": name, "role": role})).collect();
        let line = json!({"event": "e", "type": event_type, "mode": mode, "cameo": null, "time": null,
            "place": null, "participants": who, "independent_accounts": 1});
        assert_eq!(event_title(&EventView::of_line(&line.to_string()).unwrap()), expected);
    }

    #[test]
    fn a_title_says_who_does_what_to_whom() {
        let (a, b) = (("Brenn", "actor"), ("Ost", "recipient"));
        check("CONSULT", Some("phone"), &[a, b], "Brenn phones Ost");
        check("CONSULT", Some("phone"), &[a, ("Ost", "actor")], "Brenn and Ost speak by phone");
        check("ASSAULT", Some("explosives"), &[b], "Bombing: Ost");
        check(
            "ASSAULT",
            None,
            &[("fighters", "actor"), b, ("26 people", "recipient")],
            "Fighters attack Ost",
        );
        check(
            "PROTEST",
            Some("demo"),
            &[("More than 90 people", "actor")],
            "More than 90 people demonstrate",
        );
        check(
            "CONSULT",
            Some("visit"),
            &[("Karim al-Hadi", "actor"), b, ("C", "attendee")],
            "Karim al-Hadi visits Ost",
        );
        check("ASSAULT", None, &[a, ("At least 17 people", "recipient")], "Brenn attacks at least 17 people");
        check("ASSAULT", Some("no-such-mode"), &[], "Attack");
        check(
            "CONSULT",
            None,
            &[a, b, ("C", "recipient"), ("D", "recipient"), ("E", "recipient")],
            "Brenn meets Ost, C, D and 1 more",
        );
    }

    #[test]
    fn every_type_can_be_told() {
        for event_type in dateline_model::EventType::ALL {
            assert!(ACTS.contains_key(event_type.name()), "{}", event_type.name());
        }
    }
}
