//! A place name in its sentence: its words, and what stands beside it.

use std::collections::BTreeSet;

use dateline_model::{Entities, EntityType, MentionKind, Report, Span};

use super::words::{PlaceWords, Wanted};
use crate::gazetteer::{CountryForm, Gazetteer, fold};

/// A place name in the text.
#[derive(Clone, Debug)]
pub(super) struct Toponym {
    pub(super) span: Span,
    /// The words without "the", direction and kind: "Aleppo" of "northern Aleppo province".
    pub(super) name: String,
    /// What the words beside it say that it is.
    pub(super) wanted: Option<Wanted>,
    /// Index of the toponym that follows after a comma or "in": "Aleppo, Syria".
    pub(super) within: Option<usize>,
    pub(super) found: Found,
}

/// Who says that it is a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The names of the report.
    Named,
    /// A word such as "in" before it, and the gazetteer.
    AfterLocative,
}

/// A stretch of tokens that is to be a place name.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    first: usize,
    end: usize,
    found: Found,
}

/// All place names of the report, in the text's order.
pub(super) fn toponyms(
    report: &Report,
    entities: &Entities,
    gazetteer: &Gazetteer,
    words: &PlaceWords,
) -> Vec<Toponym> {
    let text = Text { report, words, gazetteer };
    let mut stretches = text.named(entities);
    stretches.extend(text.after_locatives(entities, &stretches));
    stretches.sort_by_key(|stretch| (stretch.first, stretch.end));
    let mut toponyms: Vec<_> = stretches.iter().map(|stretch| text.toponym(*stretch)).collect();
    for index in 0..stretches.len().saturating_sub(1) {
        if text.is_within(stretches[index].end, stretches[index + 1].first) {
            toponyms[index].within = Some(index + 1);
        }
    }
    toponyms
}

struct Text<'a> {
    report: &'a Report,
    words: &'a PlaceWords,
    gazetteer: &'a Gazetteer,
}

impl Text<'_> {
    fn word(&self, token: usize) -> &str {
        self.report.annotated.tokens.get(token).map_or("", |token| self.report.words(token.span))
    }

    fn small(&self, token: usize) -> String {
        self.word(token).to_lowercase()
    }

    /// The names that are places, by the entities.
    fn named(&self, entities: &Entities) -> Vec<Stretch> {
        let is_place =
            |kind| matches!(kind, EntityType::Polity | EntityType::Location | EntityType::Facility);
        // A name within a longer one is no place of the report: the Orsk Tribune is not in Orsk.
        let names = entities.mentions.iter().filter(|m| m.kind == MentionKind::Name);
        let mut end = 0;
        let stretch = |m: &dateline_model::EntityMention| {
            let (first, last) = (m.first as usize, m.end as usize);
            let apart = first >= end && last > first;
            end = end.max(last);
            (apart && is_place(m.entity_type)).then_some(Stretch { first, end: last, found: Found::Named })
        };
        names.filter_map(stretch).filter(|stretch| self.has_capital(stretch)).collect()
    }

    fn has_capital(&self, stretch: &Stretch) -> bool {
        (stretch.first..stretch.end).any(|token| self.word(token).starts_with(char::is_uppercase))
    }

    /// Proper nouns after "in", "near" and the like that no name has, or a name of a doubtful type.
    fn after_locatives(&self, entities: &Entities, named: &[Stretch]) -> Vec<Stretch> {
        let mut taken: BTreeSet<usize> = named.iter().flat_map(|s| s.first..s.end).collect();
        let sure = |kind| {
            matches!(kind, EntityType::Date | EntityType::Time | EntityType::Norp | EntityType::Language)
        };
        let others = entities.mentions.iter().filter(|m| m.kind == MentionKind::Name && sure(m.entity_type));
        taken.extend(others.flat_map(|m| m.first as usize..m.end as usize));
        let mut found = Vec::new();
        let mut token = 1;
        while token < self.report.annotated.tokens.len() {
            let end = self.end_of_proper_nouns(token, &taken);
            let opens = end > token && self.words.locatives.contains(self.small(token - 1).as_str());
            if opens && self.is_known_place(token, end) {
                found.push(Stretch { first: token, end, found: Found::AfterLocative });
            }
            token = end.max(token + 1);
        }
        found
    }

    /// One past the proper nouns that open at `first`; `first` where there are none, or more than four.
    fn end_of_proper_nouns(&self, first: usize, taken: &BTreeSet<usize>) -> usize {
        let is_proper = |token: usize| {
            let tag = self.report.annotated.tokens.get(token).map(|token| &*token.tag);
            let in_name =
                matches!(tag, Some("NNP" | "NNPS")) || (token > first && matches!(self.word(token), "-"));
            in_name && !taken.contains(&token)
        };
        (first..).take_while(|&token| is_proper(token)).last().map_or(first, |last| last + 1)
    }

    fn is_known_place(&self, first: usize, end: usize) -> bool {
        let name = self.text(first, end);
        end - first <= 5
            && self.gazetteer.country(&name).is_none_or(|(_, form)| form == CountryForm::Name)
            && !self.gazetteer.places(&name).is_empty()
    }

    fn text(&self, first: usize, end: usize) -> String {
        let tokens = &self.report.annotated.tokens;
        let (Some(a), Some(b)) = (tokens.get(first), tokens.get(end.wrapping_sub(1))) else {
            return String::new();
        };
        self.report.words(Span::new(a.span.start, b.span.end.max(a.span.start))).to_owned()
    }

    fn toponym(&self, stretch: Stretch) -> Toponym {
        let beside = self.kind_before(stretch.first).or_else(|| self.words.wanted(&self.small(stretch.end)));
        let whole = self.text(stretch.first, stretch.end);
        // "South Korea" and "Mexico City" are names as they stand.
        let (name, inside) = match self.gazetteer.places(&whole).is_empty() {
            true => self.bare(stretch),
            false => (whole, None),
        };
        Toponym {
            span: self.span(stretch),
            name,
            wanted: inside.or(beside),
            within: None,
            found: stretch.found,
        }
    }

    /// A name without article, direction and kind: "Aleppo" of "northern Aleppo province", "Daraa" of
    /// "the city of Daraa"; and what kind of place it says to be.
    fn bare(&self, stretch: Stretch) -> (String, Option<Wanted>) {
        let (mut first, mut end) = (stretch.first, stretch.end);
        let opens =
            |token| self.small(token) == "the" || self.words.directions.contains(self.small(token).as_str());
        while end - first > 1 && opens(first) {
            first += 1;
        }
        while end - first > 1 && matches!(self.word(end - 1), "'s" | "’s") {
            end -= 1;
        }
        let mut wanted = self.words.wanted(&self.small(end - 1)).filter(|_| end - first > 1);
        if wanted.is_some() {
            end -= 1;
        }
        let before = self.words.wanted(&self.small(first));
        if before.is_some() && end - first > 2 && self.small(first + 1) == "of" {
            wanted = before;
            first += 2;
        }
        (self.text(first, end), wanted)
    }

    fn span(&self, stretch: Stretch) -> Span {
        let tokens = &self.report.annotated.tokens;
        let start = tokens.get(stretch.first).map_or(0, |token| token.span.start);
        Span::new(start, tokens.get(stretch.end - 1).map_or(start, |token| token.span.end.max(start)))
    }

    /// "the town of", "the province of" before a name.
    fn kind_before(&self, first: usize) -> Option<Wanted> {
        let of = first.checked_sub(1).filter(|&token| self.small(token) == "of")?;
        self.words.wanted(&self.small(of.checked_sub(1)?))
    }

    /// Does only a comma, "in", or a kind with "in" stand between two names?
    fn is_within(&self, end: usize, next: usize) -> bool {
        let between: Vec<_> = (end..next.min(end + 5)).map(|token| self.small(token)).collect();
        let between: Vec<_> = between
            .iter()
            .map(String::as_str)
            .filter(|word| self.words.wanted(word).is_none() && !self.words.directions.contains(*word))
            .collect();
        next - end.min(next) <= 4
            && matches!(between.as_slice(), ["," | "in"] | ["," | "in", "the"] | ["'s" | "’s"])
    }
}

/// The form under which two mentions of a place are one name.
pub(super) fn key(name: &str) -> String {
    fold(name)
}
