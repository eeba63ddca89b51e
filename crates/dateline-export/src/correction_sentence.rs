//! A correction as a sentence, for the list of a log.

use dateline_model::{Change, Correction, EventAnchor, Selection};

/// An entry as a sentence with its reason: "set place of … to Sochi, because “…” in … — as the palace says".
#[must_use]
pub fn correction_sentence(entry: &Correction) -> String {
    let told = change_sentence(&entry.change);
    if entry.why.is_empty() { told } else { format!("{told} — {}", entry.why) }
}

/// What a correction does, as a sentence.
#[must_use]
pub fn change_sentence(change: &Change) -> String {
    match change {
        Change::Merge { events } => {
            format!("merge {}", events.iter().map(name).collect::<Vec<_>>().join(" and "))
        }
        Change::Split { event, accounts } => {
            let off: Vec<&str> = accounts.iter().map(|account| account.report.as_str()).collect();
            format!("split {} off {}", off.join(", "), event.name)
        }
        Change::Reject { event, account } => format!("reject {} in {}", account.report, event.name),
        Change::Set { event, field, value, evidence } => {
            format!("set {} of {} to {value}{}", field.name(), event.name, because(evidence))
        }
        Change::Unset { event, field, value } => match value {
            Some(value) => format!("no report says that {} of {} is {value}", field.name(), event.name),
            None => format!("no report says {} of {}", field.name(), event.name),
        },
        Change::SameEntity { entities, evidence } => {
            format!("{} are one{}", entities.join(" and "), because(evidence))
        }
        Change::Dependent { reports, evidence } => {
            format!("{} go back to one origin{}", reports.join(" and "), because(evidence))
        }
        Change::Undo { correction } => format!("undo {correction}"),
        Change::Forgotten { was } => format!("{was}, forgotten with a report that it rested on"),
    }
}

fn name(event: &EventAnchor) -> &str {
    &event.name
}

fn because(evidence: &[Selection]) -> String {
    let quotes: Vec<String> =
        evidence.iter().map(|words| format!("“{}” in {}", words.words.quote, words.report)).collect();
    if quotes.is_empty() { String::new() } else { format!(", because {}", quotes.join(" and ")) }
}
