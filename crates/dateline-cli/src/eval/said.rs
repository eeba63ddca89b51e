//! Our mentions and their chains as GUM would mark them.
//!
//! GUM marks times too, among them "Friday" and "July 21, 2017" of one day as two mentions; ours stand under
//! `times`, and those of one value are one. A name within a word with a hyphen ("pro-Selvan") is none to GUM,
//! nor is an adjective.

use std::collections::BTreeMap;

use dateline_model::{
    CodePoints, EntityMention, EntityType, MentionKind, Report, Span, TimeExpression, TimeType,
};
use dateline_pipeline::Annotation;

use crate::eval::chains::Chain;
use crate::eval::convention::Convention;
use crate::eval::gold::Mark;

/// One mention of ours; offsets in code points.
pub(crate) struct Said {
    /// Its bare words, and the whole phrase around them.
    bare: (u32, u32),
    whole: (u32, u32),
    who: Option<Who>,
    /// The kind of what it names, where it is a name.
    names: Option<&'static str>,
}

/// Who or which time is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Entity(u32),
    Time(String),
}

impl Said {
    /// All mentions of a report's body.
    pub(crate) fn all(annotation: &Annotation) -> Vec<Self> {
        let report = &annotation.report;
        let Some(readings) = &annotation.readings else { return Vec::new() };
        let index = CodePoints::new(&report.text);
        let pair = |(from, to): (u32, u32)| (index.of(from as usize), index.of(to as usize));
        let mention = |m: &EntityMention| Self {
            bare: pair((m.span.start, m.span.end)),
            whole: pair(Convention::phrase(report, m)),
            who: m.entity.map(|id| Who::Entity(id.0)),
            names: is_headed_by_name(report, m).then(|| kind(m.entity_type)),
        };
        let time = |(span, t): (Span, &TimeExpression)| Self {
            bare: pair((span.start, span.end)),
            whole: pair((span.start, span.end)),
            who: Some(Who::Time(t.value.clone())),
            names: holds_name(report, span).then_some("time"),
        };
        let marked = readings.entities.mentions.iter().filter(|m| Convention::Gum.counts(report, m));
        let dated = readings.times.iter().filter(|t| is_of_calendar(t) && !report.is_in_headline(t.span));
        let dated = dated.flat_map(|t| parts(report, t).into_iter().map(move |span| (span, t)));
        marked.map(mention).chain(dated.map(time)).collect()
    }
}

/// The data's chains and ours that hold a name of the kinds that count, with the same number for the same
/// mention.
pub(crate) fn chains(
    gold: &[Mark],
    ours: &[Said],
    counts: impl Fn(&str) -> bool,
) -> (Vec<Chain>, Vec<Chain>) {
    let mut key: BTreeMap<&str, (Chain, bool)> = BTreeMap::new();
    for (number, mark) in (0..).zip(gold) {
        if let Some(chain) = &mark.chain {
            let entry = key.entry(chain).or_default();
            entry.0.push(number);
            entry.1 |= mark.named && counts(&mark.kind);
        }
    }
    let mut said: BTreeMap<&Who, (Chain, bool)> = BTreeMap::new();
    for (mention, number) in ours.iter().zip(same_mentions(gold, ours)) {
        if let Some(who) = &mention.who {
            let entry = said.entry(who).or_default();
            entry.0.push(number);
            entry.1 |= mention.names.is_some_and(&counts);
        }
    }
    (with_names(key.into_values()), with_names(said.into_values()))
}

/// Chains of two mentions or more that hold a name.
fn with_names(chains: impl Iterator<Item = (Chain, bool)>) -> Vec<Chain> {
    chains.filter(|(chain, named)| *named && chain.len() > 1).map(|(chain, _)| chain).collect()
}

/// For each of our mentions the number of the same one in the data, else a number of its own. The bare
/// words are compared first; where the data's head is a title ("captain Sobol"), the whole phrase.
fn same_mentions(gold: &[Mark], ours: &[Said]) -> Vec<u32> {
    let mut taken = vec![false; gold.len()];
    let mut by_length: Vec<usize> = (0..gold.len()).collect();
    by_length.sort_by_key(|i| gold[*i].end - gold[*i].start);
    let none = u32::try_from(gold.len()).unwrap_or(u32::MAX);
    let mut numbers: Vec<u32> = (none..).take(ours.len()).collect();
    let mut left = vec![true; numbers.len()];
    for whole in [false, true] {
        for (number, mention) in ours.iter().enumerate() {
            if !left[number] {
                continue;
            }
            let (start, end) = if whole { mention.whole } else { mention.bare };
            let fits = |i: &&usize| {
                let mark = &gold[**i];
                let (from, to) = mark.head.unwrap_or((mark.start, mark.end));
                !taken[**i] && mark.start <= start && end <= mark.end && start <= from && to <= end
            };
            if let Some(at) = by_length.iter().find(fits).copied() {
                (taken[at], left[number]) = (true, false);
                numbers[number] = u32::try_from(at).unwrap_or(u32::MAX);
            }
        }
    }
    numbers
}

/// Is it a name, or a phrase with a name at its head ("Brenn and colleagues")? GUM calls both named.
fn is_headed_by_name(report: &Report, mention: &EntityMention) -> bool {
    let proper =
        || report.annotated.tokens.get(mention.head as usize).is_some_and(|t| t.tag.starts_with("NNP"));
    match mention.kind {
        MentionKind::Name => true,
        MentionKind::Nominal => proper(),
        MentionKind::Pronoun => false,
    }
}

/// GUM's name of a type.
fn kind(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person | EntityType::Norp => "person",
        EntityType::Organisation => "organization",
        EntityType::Polity | EntityType::Location | EntityType::Facility => "place",
        _ => "abstract",
    }
}

/// A day, month, year or time of day that lies at one place of the calendar.
fn is_of_calendar(time: &TimeExpression) -> bool {
    matches!(time.time_type, TimeType::Date | TimeType::Time) && time.interval.is_some()
}

/// "Friday, July 21, 2017" is two mentions to GUM, the second in apposition.
fn parts(report: &Report, time: &TimeExpression) -> Vec<Span> {
    let words = report.words(time.span);
    let Some((weekday, rest)) = words.split_once(", ").filter(|(first, _)| first.ends_with("day")) else {
        return vec![time.span];
    };
    let at = |length: usize| time.span.start + u32::try_from(length).unwrap_or(0);
    vec![
        Span::new(time.span.start, at(weekday.len())),
        Span::new(at(words.len() - rest.len()), time.span.end),
    ]
}

/// Does a stretch hold a word that is written as a name: a weekday, a month?
fn holds_name(report: &Report, span: Span) -> bool {
    let tokens = &report.annotated.tokens;
    let from = tokens.partition_point(|t| t.span.start < span.start);
    let inside = tokens.iter().skip(from).take_while(|t| t.span.end <= span.end);
    inside.into_iter().any(|t| t.tag.starts_with("NNP"))
}
