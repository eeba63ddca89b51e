//! What a log judges, unit by unit, so that the judgements of several persons can be laid side by side.

use std::collections::BTreeMap;

use dateline_model::{AccountAnchor, Change, Correction, CorrectionLog, EventAnchor, EventField};

/// What is judged: a field of an event, whether two events are one, and so on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unit {
    /// The kind of question: `killed`, `events`. Agreement is measured for each by itself.
    pub(crate) variable: String,
    /// What it is asked of.
    pub(crate) of: Vec<Subject>,
}

/// What a question is asked of. Events and accounts are told by the words that tell them, whatever an event
/// is called in a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Account(AccountAnchor),
    Name(String),
}

/// An answer, and by which entry it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) value: String,
    pub(crate) correction: String,
    /// The unit, for a reader.
    pub(crate) shown: String,
}

/// All that a log judges; the last word on each unit counts.
pub(crate) fn judgements(log: &CorrectionLog) -> BTreeMap<Unit, Judgement> {
    let mut all: BTreeMap<Unit, Judgement> = BTreeMap::new();
    for entry in log.in_force() {
        for (unit, value, shown) in judged(entry) {
            if all.get(&unit).is_none_or(|before| !is_of_another_value(&entry.change, &before.value)) {
                all.insert(unit, Judgement { value, correction: entry.id.clone(), shown });
            }
        }
    }
    all
}

/// That one value is not said is no word on a field in which the same person reads another.
fn is_of_another_value(change: &Change, before: &str) -> bool {
    match change {
        Change::Unset { field, value: Some(written), .. } if !matches!(field, EventField::Participant(_)) => {
            compared(*field, written) != before
        }
        _ => false,
    }
}

type Judged = (Unit, String, String);

fn judged(entry: &Correction) -> Vec<Judged> {
    match &entry.change {
        Change::Merge { events } => pairs(events, |a, b| same_event(a, b, "one")),
        Change::Split { event, accounts } => split(event, accounts),
        Change::Reject { event, account } => {
            let unit = Unit { variable: "accounts".to_owned(), of: vec![Subject::Account(account.clone())] };
            vec![(unit, "rejected".to_owned(), format!("{} in {}", account.report, event.name))]
        }
        Change::Set { event, field, value, .. } => vec![field_of(event, *field, Some(value), Said::Yes)],
        Change::Unset { event, field, value } => vec![field_of(event, *field, value.as_ref(), Said::No)],
        Change::SameEntity { entities, .. } => pairs(entities, |a, b| named("entities", a, b, "one")),
        Change::Dependent { reports, .. } => pairs(reports, |a, b| named("origins", a, b, "one")),
        Change::Undo { .. } | Change::Forgotten { .. } => Vec::new(),
    }
}

fn pairs<T>(all: &[T], judge: impl Fn(&T, &T) -> Option<Judged>) -> Vec<Judged> {
    let second = |n: usize| all.iter().skip(n + 1);
    all.iter()
        .enumerate()
        .flat_map(|(n, a)| second(n).map(move |b| (a, b)))
        .filter_map(|(a, b)| judge(a, b))
        .collect()
}

/// Two events are told by the accounts that gave them their names.
fn same_event(a: &EventAnchor, b: &EventAnchor, value: &str) -> Option<Judged> {
    let shown = format!("{} and {}", a.name, b.name);
    Some(same_account(a.accounts.first()?, b.accounts.first()?, value, shown))
}

fn same_account(a: &AccountAnchor, b: &AccountAnchor, value: &str, shown: String) -> Judged {
    let mut of = vec![Subject::Account(a.clone()), Subject::Account(b.clone())];
    of.sort_unstable();
    (Unit { variable: "events".to_owned(), of }, value.to_owned(), shown)
}

fn split(event: &EventAnchor, off: &[AccountAnchor]) -> Vec<Judged> {
    let Some(rest) = event.accounts.iter().find(|account| !off.contains(account)) else { return Vec::new() };
    let judge = |account: &AccountAnchor| {
        let shown = format!("{} and the rest of {}", account.report, event.name);
        same_account(account, rest, "apart", shown)
    };
    off.iter().map(judge).collect()
}

fn named(variable: &str, a: &str, b: &str, value: &str) -> Option<Judged> {
    let mut of = vec![Subject::Name(a.to_owned()), Subject::Name(b.to_owned())];
    of.sort_unstable();
    (a != b).then(|| (Unit { variable: variable.to_owned(), of }, value.to_owned(), format!("{a} and {b}")))
}

/// A value as it is read, not as it is written; names in small letters.
fn compared(field: EventField, written: &str) -> String {
    let read = field.read(written).map_or_else(|_| written.trim().to_owned(), |value| value.to_string());
    match field {
        EventField::Place | EventField::Initiator | EventField::Actor => read.to_lowercase(),
        _ => read,
    }
}

/// Whether a person reads a value in the reports or finds it in none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
}

/// A field of an event; of participants, the role of one of them. Values are compared as they are read, not
/// as they are written.
fn field_of(event: &EventAnchor, field: EventField, written: Option<&String>, said: Said) -> Judged {
    let read = written.map(|written| compared(field, written));
    let mut of: Vec<Subject> = event.accounts.first().cloned().map(Subject::Account).into_iter().collect();
    if let EventField::Participant(role) = field {
        let who = read.unwrap_or_default();
        let shown = format!("{who} in {}", event.name);
        of.push(Subject::Name(who.to_lowercase()));
        let value = if said == Said::Yes { role.name() } else { "not said" };
        return (Unit { variable: "participant".to_owned(), of }, value.to_owned(), shown);
    }
    let value = match (said, read) {
        (Said::Yes, read) => read.unwrap_or_default(),
        (Said::No, Some(read)) => format!("not {read}"),
        (Said::No, None) => "not said".to_owned(),
    };
    let shown = format!("{} of {}", field.name(), event.name);
    (Unit { variable: field.name().to_owned(), of }, value, shown)
}
