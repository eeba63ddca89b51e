//! One report with what its accounts ask of it again and again, looked up once.

use dateline_model::{EntityId, MentionKind, Party, Readings, Report, Sentence, Span, Token};

use crate::account::attendance::{lists, onlookers};
use crate::account::config::AccountConfig;

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
        let (lead_end, headline_again) = (lead_end(report, config), headline_again(report, config));
        Self { report, readings, config, attendance, onlookers, in_body, by_name, headline_again, lead_end }
    }

    /// Who is meant by a party: nobody that is known, one, or all of those who are spoken of together.
    pub(crate) fn meant(&self, party: &Party) -> impl Iterator<Item = EntityId> + use<'a> {
        let members = party.entity.and_then(|id| Some(self.readings.entities.entity(id)?.members.as_slice()));
        let members = members.unwrap_or_default();
        let one = party.entity.filter(|_| members.is_empty());
        members.iter().copied().chain(one)
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
fn headline_again(report: &Report, config: &AccountConfig) -> Option<Span> {
    let start = report.headline?.start;
    let words = || report.annotated.tokens.iter().filter(|token| is_word(report, token));
    let headline: Vec<String> =
        words().skip_while(|t| t.span.start < start).map(|t| lower(report, t)).collect();
    let opening: Vec<&Token> = words()
        .take_while(|t| t.span.start < start)
        .take(headline.len() + config.words_before_headline)
        .collect();
    if headline.len() < config.headline_words {
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

/// The first sentences say what a report is about. What has no verb is none: "Published July 2 2016", "(AFP
/// Photo)".
fn lead_end(report: &Report, config: &AccountConfig) -> u32 {
    let most = config.lead_sentences;
    let tokens = &report.annotated.tokens;
    let tells = |sentence: &Sentence| {
        let words = tokens.get(sentence.first as usize..sentence.end as usize).unwrap_or_default();
        words.iter().any(|token| matches!(&*token.pos, "VERB" | "AUX")) && words.len() > config.short_sentence
    };
    let telling = (0..).zip(&report.annotated.sentences).filter(|(_, sentence)| tells(sentence));
    telling.take(most as usize).last().map_or(most, |(n, _): (u32, _)| n + 1)
}

fn holds(marks: &[bool], id: EntityId) -> bool {
    marks.get(id.0 as usize).copied().unwrap_or_default()
}
