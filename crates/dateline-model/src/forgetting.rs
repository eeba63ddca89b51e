//! What is left of a correction when a report that it rested on is taken out: nothing of the report's words.

use crate::correction::{AccountAnchor, Change, Correction, EventAnchor, QuotedWords, Selection};

/// Tells what is gone of the pile.
pub trait Gone {
    /// Is the report gone, or the text in which these words stood?
    fn is_gone(&self, report: &str, words: Option<&QuotedWords>) -> bool;

    /// Does any report that is left say this?
    fn is_said(&self, words: &str) -> bool;
}

impl Correction {
    /// The correction without all that reports that are gone carried; none where it does not speak of them.
    /// Of one that rested on them alone, only its id, its kind and its maker are left.
    #[must_use]
    pub fn without(&self, gone: &impl Gone) -> Option<Self> {
        let change = self.change.without(gone)?;
        let change = change.unwrap_or_else(|| Change::Forgotten { was: self.change.name().to_owned() });
        // The reason may quote what is gone.
        Some(Self { why: String::new(), change, ..self.clone() })
    }
}

impl Change {
    /// None where nothing of it is gone; `Some(None)` where nothing is left.
    #[expect(clippy::option_option, reason = "unchanged, changed, and nothing left")]
    fn without(&self, gone: &impl Gone) -> Option<Option<Self>> {
        match self {
            Self::Merge { events } => touched(events.iter().map(|event| event.speaks_of(gone)))
                .then(|| merge(events.iter().filter_map(|event| event.without(gone)).collect())),
            Self::Split { event, accounts } => event.speaks_of(gone).then(|| {
                let accounts: Vec<_> = accounts.iter().filter(|a| !a.is_gone(gone)).cloned().collect();
                let event = event.without(gone)?;
                let both = !accounts.is_empty() && event.accounts.len() > accounts.len();
                both.then_some(Self::Split { event, accounts })
            }),
            Self::Reject { event, account } => event.speaks_of(gone).then(|| {
                let event = event.without(gone)?;
                (!account.is_gone(gone)).then(|| Self::Reject { event, account: account.clone() })
            }),
            Self::Set { event, field, value, evidence } => {
                (event.speaks_of(gone) || evidence_touched(evidence, gone)).then(|| {
                    let (event, evidence) = (event.without(gone)?, left(evidence, gone));
                    let (field, value) = (*field, value.clone());
                    (!evidence.is_empty()).then_some(Self::Set { event, field, value, evidence })
                })
            }
            Self::Unset { event, field, value } => event.speaks_of(gone).then(|| {
                let event = event.without(gone)?;
                let is_said = value.as_ref().is_none_or(|value| gone.is_said(value));
                is_said.then(|| Self::Unset { event, field: *field, value: value.clone() })
            }),
            Self::SameEntity { entities, evidence } => {
                let unsaid = entities.iter().any(|key| !gone.is_said(key));
                (unsaid || evidence_touched(evidence, gone)).then(|| {
                    let (entities, evidence) = (entities.clone(), left(evidence, gone));
                    (!unsaid).then_some(Self::SameEntity { entities, evidence })
                })
            }
            Self::Dependent { reports, evidence } => {
                let is_gone = |report: &String| gone.is_gone(report, None);
                (reports.iter().any(is_gone) || evidence_touched(evidence, gone)).then(|| {
                    let reports: Vec<_> = reports.iter().filter(|report| !is_gone(report)).cloned().collect();
                    let evidence = left(evidence, gone);
                    (reports.len() > 1).then_some(Self::Dependent { reports, evidence })
                })
            }
            Self::Undo { .. } | Self::Forgotten { .. } => None,
        }
    }
}

fn touched(mut parts: impl Iterator<Item = bool>) -> bool {
    parts.any(|part| part)
}

fn merge(events: Vec<EventAnchor>) -> Option<Change> {
    (events.len() > 1).then_some(Change::Merge { events })
}

fn evidence_touched(evidence: &[Selection], gone: &impl Gone) -> bool {
    evidence.iter().any(|selection| gone.is_gone(&selection.report, Some(&selection.words)))
}

fn left(evidence: &[Selection], gone: &impl Gone) -> Vec<Selection> {
    let is_left = |selection: &&Selection| !gone.is_gone(&selection.report, Some(&selection.words));
    evidence.iter().filter(is_left).cloned().collect()
}

impl AccountAnchor {
    fn is_gone(&self, gone: &impl Gone) -> bool {
        self.acts.iter().any(|words| gone.is_gone(&self.report, Some(words)))
    }
}

impl EventAnchor {
    fn speaks_of(&self, gone: &impl Gone) -> bool {
        self.accounts.iter().any(|account| account.is_gone(gone))
    }

    /// The name goes with the accounts: it is made of what a report tells.
    fn without(&self, gone: &impl Gone) -> Option<Self> {
        if !self.speaks_of(gone) {
            return Some(self.clone());
        }
        let accounts: Vec<_> =
            self.accounts.iter().filter(|account| !account.is_gone(gone)).cloned().collect();
        (!accounts.is_empty()).then_some(Self { name: "an event".to_owned(), accounts })
    }
}
