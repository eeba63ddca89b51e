//! What is not as it was in an event, field by field, in a reader's words.

use std::collections::BTreeMap;

use crate::event_view::{EventView, FieldView};

/// A field that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field: `killed`, `place`, `actor Ada Brenn`, `reports`.
    pub field: String,
    /// Its value before, with how far the accounts agree.
    pub before: String,
    /// Its value after.
    pub after: String,
}

/// The fields of an event that differ, each as it was and as it is.
#[must_use]
pub fn differences(before: &EventView, after: &EventView) -> Vec<Difference> {
    let (before, after) = (told(before), told(after));
    let mut fields: Vec<_> = before.keys().chain(after.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.retain(|field| before.get(*field) != after.get(*field));
    let value = |side: &BTreeMap<String, String>, field: &String| {
        side.get(field).map_or("not said", |v| v).to_owned()
    };
    let differ = |field: &String| Difference {
        field: field.clone(),
        before: value(&before, field),
        after: value(&after, field),
    };
    fields.into_iter().map(differ).collect()
}

/// Every field of an event as a reader would compare it.
fn told(event: &EventView) -> BTreeMap<String, String> {
    let mut told = BTreeMap::new();
    let mut tell = |name: &str, field: &FieldView| {
        let agreement = field.agreement.as_deref().unwrap_or("not compared");
        let set = if field.set_by.is_empty() { "" } else { ", set by a person" };
        told.insert(name.to_owned(), format!("{} ({agreement}{set})", field.shown()));
    };
    for (name, field) in [("time", &event.time), ("place", &event.place)] {
        if let Some(field) = field {
            tell(name, field);
        }
    }
    for participant in &event.participants {
        let role = participant.role.as_deref().unwrap_or("participant");
        tell(&format!("{role} {}", participant.shown()), participant);
    }
    for (name, field) in event.other_fields() {
        tell(name, &field);
    }
    let reports: Vec<_> = event.accounts.iter().map(|account| account.id.as_str()).collect();
    told.insert("reports".to_owned(), reports.join(", "));
    told.insert("independent accounts".to_owned(), event.independent_accounts.to_string());
    told
}
