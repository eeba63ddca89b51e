//! One report with what its accounts ask of it again and again, looked up once.

use std::collections::BTreeMap;

use dateline_model::{
    Entity, EntityId, EntityType, MentionKind, Party, Readings, Report, Sentence, Span, Token,
};

use crate::account::attendance::{lists, onlookers};
use crate::account::config::AccountConfig;

/// So few words are no sentence: "Published July 2 2016".
const SHORT: usize = 4;

/// So many words of a page's head may stand before the headline that a body repeats.
const WORDS_BEFORE: usize = 12;
/// Two or three words may stand anywhere.
const WORDS_OF_A_HEADLINE: usize = 4;

/// A report, its readings, and the figures by which they are taken.
pub(crate) struct InReport<'a> {
    pub(crate) report: &'a Report,
    pub(crate) readings: &'a Readings,
    pub(crate) config: &'a AccountConfig,
    /// Where the report lists those who were present.
    pub(crate) attendance: Vec<Span>,
    /// In which sentences somebody looks on, and where those words name him.
    pub(crate) onlookers: Vec<(u32, Span)>,
    /// For each entity: does the body mention it?
    in_body: Vec<bool>,
    /// For each entity: does the report give its name?
    by_name: Vec<bool>,
    /// Where the body begins with the headline once more.
    headline_again: Option<Span>,
    /// Index of the first sentence that is told after the report has said what it is about.
    pub(crate) lead_end: u32,
    /// Those who are two: "the two presidents".
    pairs: BTreeMap<EntityId, [EntityId; 2]>,
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
        let (attendance, onlookers) = (lists(report, config), onlookers(report, config));
        let pairs = pairs(&readings.entities.entities);
        let lead_end = lead_end(report, config.lead_sentences);
        let headline_again = headline_again(report);
        Self {
            report,
            readings,
            config,
            attendance,
            onlookers,
            in_body,
            by_name,
            headline_again,
            lead_end,
            pairs,
        }
    }

    /// Who is meant by a party: nobody that is known, one, or two.
    pub(crate) fn meant(&self, party: &Party) -> impl Iterator<Item = EntityId> + use<> {
        let pair = party.entity.and_then(|id| self.pairs.get(&id)).copied();
        let one = party.entity.filter(|_| pair.is_none());
        pair.into_iter().flatten().chain(one)
    }

    /// Names in a headline are misread easily ("Putin Calls"); they count if the body names them too.
    pub(crate) fn is_known(&self, party: &Party) -> bool {
        !self.report.is_in_headline(party.span) || party.entity.is_some_and(|id| holds(&self.in_body, id))
    }

    /// Is it the headline that says so, in its own place or where the body repeats it?
    pub(crate) fn is_headlines(&self, span: Span) -> bool {
        let again = self.headline_again.is_some_and(|own| own.start <= span.start && span.end <= own.end);
        again || self.report.is_in_headline(span)
    }

    /// Does the report give the name, and not only say "the fighters"?
    pub(crate) fn is_named(&self, id: EntityId) -> bool {
        holds(&self.by_name, id)
    }
}

/// Texts taken from pages often repeat the headline before the first sentence, run together with it.
fn headline_again(report: &Report) -> Option<Span> {
    let start = report.headline?.start;
    let words = || report.annotated.tokens.iter().filter(|token| is_word(report, token));
    let headline: Vec<String> =
        words().skip_while(|t| t.span.start < start).map(|t| lower(report, t)).collect();
    let opening: Vec<&Token> =
        words().take_while(|t| t.span.start < start).take(headline.len() + WORDS_BEFORE).collect();
    if headline.len() < WORDS_OF_A_HEADLINE {
        return None;
    }
    let is_it = |found: &&[&Token]| found.iter().zip(&headline).all(|(t, word)| lower(report, t) == *word);
    let found = opening.windows(headline.len()).find(is_it)?;
    Some(Span::new(found.first()?.span.start, found.last()?.span.end))
}

fn is_word(report: &Report, token: &Token) -> bool {
    report.words(token.span).contains(char::is_alphanumeric)
}

fn lower(report: &Report, token: &Token) -> String {
    report.words(token.span).to_lowercase()
}

/// The first `most` sentences say what a report is about. What has no verb is none: "Published July 2 2016", "(AFP
/// Photo)".
fn lead_end(report: &Report, most: u32) -> u32 {
    let tokens = &report.annotated.tokens;
    let tells = |sentence: &Sentence| {
        let words = tokens.get(sentence.first as usize..sentence.end as usize).unwrap_or_default();
        words.iter().any(|token| matches!(&*token.pos, "VERB" | "AUX")) && words.len() > SHORT
    };
    let telling = (0..).zip(&report.annotated.sentences).filter(|(_, sentence)| tells(sentence));
    telling.take(most as usize).last().map_or(most, |(n, _): (u32, _)| n + 1)
}

/// An entity that is two others is named after both, one after the other.
fn pairs(entities: &[Entity]) -> BTreeMap<EntityId, [EntityId; 2]> {
    let is_pair = |entity: &Entity| entity.entity_type == EntityType::Person && entity.key.contains(" and ");
    if !entities.iter().any(is_pair) {
        return BTreeMap::new();
    }
    let numbered = || (0..).map(EntityId).zip(entities);
    let by_key: BTreeMap<&str, EntityId> = numbered().map(|(id, entity)| (entity.key.as_str(), id)).collect();
    let both = |entity: &Entity| {
        let (a, b) = entity.key.split_once(" and ")?;
        Some([*by_key.get(a)?, *by_key.get(b)?])
    };
    let paired = numbered().filter(|(_, entity)| is_pair(entity));
    paired.filter_map(|(id, entity)| Some((id, both(entity)?))).collect()
}

fn holds(marks: &[bool], id: EntityId) -> bool {
    marks.get(id.0 as usize).copied().unwrap_or_default()
}
