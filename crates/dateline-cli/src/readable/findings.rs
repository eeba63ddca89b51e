//! What was read in an article, as a person reads it in a terminal: who, who said what, who did what.

use std::collections::BTreeMap;

use dateline_model::{
    Article, Attribution, EntityId, EntityMention, EventCount, EventMention, MentionKind, Modality, Party,
    Readings, Report, Span,
};
use dateline_pipeline::Annotation;

use super::{head, line};
use crate::plain::plain;

/// Characters of a statement or a trigger that are shown.
const WORDS: usize = 160;

/// The article's findings in a few lines, with a blank line at the end.
pub(crate) fn readable_findings(article: &Article, read: &Annotation) -> String {
    let mut out = head(article);
    if let Some(readings) = &read.readings {
        Findings { report: &read.report, readings }.write(&mut out);
    }
    for diagnostic in article.diagnostics.iter().chain(&read.diagnostics) {
        line(&mut out, "remark", &diagnostic.message);
    }
    out.push('\n');
    plain(&out).into_owned()
}

struct Findings<'a> {
    report: &'a Report,
    readings: &'a Readings,
}

impl Findings<'_> {
    fn write(&self, out: &mut String) {
        list(out, "who", self.who());
        list(out, "said", self.readings.attributions.iter().map(|a| self.statement(a)));
        list(out, "done", self.readings.events.iter().map(|e| self.event(e)));
    }

    /// Those named, by how often they are spoken of, with all names they go by.
    fn who(&self) -> Vec<String> {
        let mut mentions: BTreeMap<EntityId, Vec<&EntityMention>> = BTreeMap::new();
        for mention in &self.readings.entities.mentions {
            if let Some(id) = mention.entity {
                mentions.entry(id).or_default().push(mention);
            }
        }
        let mut named: Vec<(EntityId, Vec<&EntityMention>)> = mentions.into_iter().collect();
        named.retain(|(_, all)| all.len() > 1 && all.iter().any(|m| m.kind == MentionKind::Name));
        named.sort_by_key(|(id, all)| (std::cmp::Reverse(all.len()), *id));
        named.iter().filter_map(|(id, all)| self.entity(*id, all)).collect()
    }

    fn entity(&self, id: EntityId, mentions: &[&EntityMention]) -> Option<String> {
        let entity = self.readings.entities.entity(id)?;
        let mut names: Vec<&str> = mentions.iter().map(|m| self.report.words(m.span)).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| *name != entity.name);
        let code = entity.code.as_ref().map_or(String::new(), |code| format!(" {code}"));
        let also = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
        Some(format!("{}{code}, {} times{also}", entity.name, mentions.len()))
    }

    fn statement(&self, statement: &Attribution) -> String {
        let speaker = statement.speaker.as_ref().map_or("somebody", |party| &party.name);
        let through: String = statement.reported_by.iter().map(|p| format!(" ← {}", p.name)).collect();
        format!("{speaker}{through}: {}", self.words(&statement.content))
    }

    fn event(&self, event: &EventMention) -> String {
        let mut told = event.event_type.name().to_owned();
        told.extend(event.mode.iter().map(|mode| format!(" {mode}")));
        told += &format!(" {}: {}", event.cameo, self.parties(&event.actor));
        if !event.recipient.is_empty() {
            told += &format!(" → {}", self.parties(&event.recipient));
        }
        if let Some(time) = event.time.and_then(|found| self.readings.times.get(found.index as usize)) {
            told += &format!(", {}", time.value);
        }
        if let Some(place) = event.place.and_then(|found| self.readings.places.get(found.index as usize)) {
            told += &format!(", {}", self.report.words(place.span));
        }
        told += &format!("  “{}”", self.words(&event.trigger));
        told.extend(event.counts.iter().map(|count| format!(", {}", self.count(count))));
        told + held(event)
    }

    fn parties(&self, parties: &[Party]) -> String {
        match parties {
            [] => "somebody".to_owned(),
            _ => parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(" and "),
        }
    }

    fn count(&self, count: &EventCount) -> String {
        let by = count.by.as_ref().map_or(String::new(), |by| format!(" (by {})", by.name));
        format!("“{}”{by}", self.report.words(count.span))
    }

    /// The words of several stretches, shortened.
    fn words(&self, spans: &[Span]) -> String {
        let all = spans.iter().map(|span| self.report.words(*span)).collect::<Vec<_>>().join(" … ");
        let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
        match all.char_indices().nth(WORDS) {
            Some((end, _)) => format!("{}…", &all[..end]),
            None => all,
        }
    }
}

/// How the report holds an event, where it does not simply tell it.
fn held(event: &EventMention) -> &'static str {
    match (event.negated, event.modality) {
        (true, _) => " (it says that this was not)",
        (_, Modality::Asserted) => "",
        (_, Modality::Planned) => " (planned)",
        (_, Modality::Denied) => " (denied)",
        (_, Modality::Hypothetical) => " (not said to have happened)",
    }
}

/// The first line with its name, the others under it.
fn list(out: &mut String, name: &str, values: impl IntoIterator<Item = String>) {
    for (n, value) in values.into_iter().enumerate() {
        line(out, if n == 0 { name } else { "" }, &value);
    }
}
