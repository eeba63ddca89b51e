//! One report with what its accounts ask of it again and again, looked up once.

use dateline_model::{EntityId, MentionKind, Party, Readings, Report, Span};

use crate::account::attendance::lists;
use crate::account::config::AccountConfig;

/// A report, its readings, and the figures by which they are taken.
pub(crate) struct InReport<'a> {
    pub(crate) report: &'a Report,
    pub(crate) readings: &'a Readings,
    pub(crate) config: &'a AccountConfig,
    /// Where the report lists those who were present.
    pub(crate) attendance: Vec<Span>,
    /// For each entity: does the body mention it?
    in_body: Vec<bool>,
    /// For each entity: does the report give its name?
    by_name: Vec<bool>,
}

impl<'a> InReport<'a> {
    pub(crate) fn new(report: &'a Report, readings: &'a Readings, config: &'a AccountConfig) -> Self {
        let entities = readings.entities.entities.len();
        let (mut in_body, mut by_name) = (vec![false; entities], vec![false; entities]);
        for mention in &readings.entities.mentions {
            let Some(id) = mention.entity.map(|id| id.0 as usize).filter(|id| *id < entities) else {
                continue;
            };
            in_body[id] |= !report.is_in_headline(mention.span);
            by_name[id] |= mention.kind == MentionKind::Name;
        }
        Self { report, readings, config, attendance: lists(report, config), in_body, by_name }
    }

    /// Names in a headline are misread easily ("Putin Calls"); they count if the body names them too.
    pub(crate) fn is_known(&self, party: &Party) -> bool {
        !self.report.is_in_headline(party.span) || party.entity.is_some_and(|id| holds(&self.in_body, id))
    }

    /// Does the report give the name, and not only say "the fighters"?
    pub(crate) fn is_named(&self, id: EntityId) -> bool {
        holds(&self.by_name, id)
    }
}

fn holds(marks: &[bool], id: EntityId) -> bool {
    marks.get(id.0 as usize).copied().unwrap_or_default()
}
