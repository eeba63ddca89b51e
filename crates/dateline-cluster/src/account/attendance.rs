//! Who was there besides: "the meeting was attended by …", and a list after it; "… looked on", and who did before.

use std::collections::BTreeMap;

use dateline_model::{EntityId, EntityType, MentionKind, Report, Span};

use crate::account::config::AccountConfig;
use crate::account::draft::Draft;
use crate::account::in_report::InReport;
use crate::account::mention::parties;

/// Persons that the report names as present, each by its first mention there, without those who meet.
pub(crate) fn attendees<'a>(
    draft: &Draft<'_>,
    within: &InReport<'a>,
) -> impl Iterator<Item = (EntityId, Span)> + use<'a> {
    let parties = || draft.seen.iter().flat_map(|seen| parties(seen.mention));
    let meets = |id: EntityId| parties().any(|party| party.entity == Some(id));
    let tells = |sentence: u32| draft.seen.iter().any(|seen| seen.mention.sentence == sentence);
    let onlookers = within.onlookers.iter().filter(|(sentence, _)| tells(*sentence)).map(|(_, span)| *span);
    let stretches: Vec<Span> = within.attendance.iter().copied().chain(onlookers).collect();
    let listed = |span: Span| stretches.iter().any(|l| l.start <= span.start && span.end <= l.end);
    let mut found = BTreeMap::new();
    for mention in within.readings.entities.mentions.iter().filter(|mention| listed(mention.span)) {
        let is_person = mention.kind == MentionKind::Name && mention.entity_type == EntityType::Person;
        if let Some(id) = mention.entity.filter(|id| is_person && !meets(*id)) {
            found.entry(id).or_insert(mention.span);
        }
    }
    found.into_iter()
}

/// From the words that open a list of those present to the end of their sentence; after a colon also
/// the items that follow.
pub(crate) fn lists(report: &Report, config: &AccountConfig) -> Vec<Span> {
    let body = report.text.get(..report.body_end() as usize).unwrap_or_default();
    let sentences = &report.annotated.sentences;
    let mut lists = Vec::new();
    for opening in &config.attended {
        for (at, words) in body.match_indices(opening.as_str()) {
            let start = (at + words.len()) as u32;
            let own = sentences.partition_point(|sentence| sentence.span.end <= start);
            let mut end = sentences.get(own).map_or(start, |sentence| sentence.span.end);
            if opens_list(body, start, end) {
                let items = sentences[(own + 1).min(sentences.len())..].iter();
                let items =
                    items.take_while(|s| s.span.end as usize <= body.len() && is_item(report.words(s.span)));
                end = items.last().map_or(end, |item| item.span.end);
            }
            lists.push(Span { start, end });
        }
    }
    lists
}

/// In which sentences somebody looks on, and the words before that, back to those that open the clause.
pub(crate) fn onlookers(report: &Report, config: &AccountConfig) -> Vec<(u32, Span)> {
    let sentences = (0..).zip(&report.annotated.sentences);
    let body = sentences.filter(|(_, sentence)| !report.is_in_headline(sentence.span));
    let onlooker = |(number, sentence): (u32, &dateline_model::Sentence)| {
        let words = report.words(sentence.span);
        let end = config.onlooking.iter().filter_map(|looks| words.find(looks.as_str())).min()?;
        let opening = |opens: &String| Some(words.get(..end)?.rfind(opens.as_str())? + opens.len());
        let start = config.onlooking_from.iter().filter_map(opening).max().unwrap_or(0);
        let at = |within: usize| sentence.span.start + within as u32;
        Some((number, Span { start: at(start), end: at(end) }))
    };
    body.filter_map(onlooker).collect()
}

/// Is the first thing after the words a colon, with nobody named before the sentence ends?
fn opens_list(body: &str, start: u32, end: u32) -> bool {
    let rest = body.get(start as usize..end as usize).unwrap_or_default();
    rest.trim_start().starts_with(':')
}

/// An item of a list begins with a bullet, a dash or a capital, and ends in a comma, "and" or a stop.
fn is_item(sentence: &str) -> bool {
    let bare = sentence.trim();
    bare.starts_with(['•', '-', '–', '—', '*', '·']) || bare.len() < 200 && bare.contains(',')
}
