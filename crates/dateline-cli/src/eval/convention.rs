//! What a data set counts as an entity, and how far its spans go: ours turned into theirs.
//!
//! Our names are bare. UNER marks them so. GUM marks the whole noun phrase, with article, title,
//! modifiers and possessive; re3d the noun phrase too, but places without their article, and persons
//! and bodies also where a common noun or a pronoun stands for them.

use std::collections::BTreeMap;

use dateline_model::{Entities, EntityId, EntityMention, EntityType, MentionKind, Report, Token};

/// Whose marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Convention {
    Gum,
    Re3d,
    Uner,
}

/// A mark by a data set's rules: bytes of the text, and the data set's own type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: &'static str,
}

impl Convention {
    /// The convention that these type names belong to.
    pub(crate) fn of<'a>(mut kinds: impl Iterator<Item = &'a str>) -> Self {
        kinds
            .find_map(|kind| match kind {
                "person" | "organization" | "abstract" | "place" => Some(Self::Gum),
                "Organisation" | "Person" | "Location" => Some(Self::Re3d),
                _ => None,
            })
            .unwrap_or(Self::Uner)
    }

    /// The types that count.
    pub(crate) fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Gum => &["person", "organization", "place"],
            Self::Re3d => &["Person", "Organisation", "Location", "Nationality", "Temporal", "Money"],
            Self::Uner => &["PER", "ORG", "LOC"],
        }
    }

    /// Our mentions of the body as this data set would mark them.
    pub(crate) fn mark(self, report: &Report, found: &Entities) -> Vec<Marked> {
        let mut end = 0;
        let mut nested = |m: &EntityMention| {
            let within = m.kind == MentionKind::Name && m.end <= end;
            end = if m.kind == MentionKind::Name { end.max(m.end) } else { end };
            within && m.entity_type != EntityType::Norp
        };
        let names = found.mentions.iter().filter(|m| m.kind == MentionKind::Name);
        let named: BTreeMap<u32, Option<EntityId>> = names.map(|m| (m.first, m.entity)).collect();
        let titles =
            |m: &EntityMention| m.kind == MentionKind::Nominal && named.get(&m.end) == Some(&m.entity);
        // GUM alone marks the names within names, and titles beside them.
        let counts = |m: &&EntityMention| {
            let nested = nested(m);
            !report.is_in_headline(m.span) && (self == Self::Gum || !nested && !titles(m))
        };
        let mut marks: Vec<Marked> =
            found.mentions.iter().filter(counts).filter_map(|m| self.one(report, m)).collect();
        marks.sort_by_key(|m| (m.start, m.end));
        marks.dedup();
        marks
    }

    /// Is the mention one by this data set's rules? In GUM an adjective ("Syrian") mentions nobody, nor does a
    /// name within a word with a hyphen; numbers and times stand apart.
    pub(crate) fn counts(self, report: &Report, mention: &EntityMention) -> bool {
        let token = report.annotated.tokens.get(mention.head as usize);
        let modifies =
            token.is_some_and(|t| &*t.tag == "JJ" || matches!(&*t.dep, "amod" | "nmod" | "compound"));
        let adjective = modifies && mention.entity_type == EntityType::Norp;
        let measure = mention.entity.is_none() && mention.kind == MentionKind::Name;
        let left_out = self == Self::Gum && (adjective || measure || is_glued(report, mention));
        !report.is_in_headline(mention.span) && !left_out
    }

    /// The whole phrase around a mention, with article and title, in bytes of the text.
    pub(crate) fn phrase(report: &Report, mention: &EntityMention) -> (u32, u32) {
        phrase(report, mention, Edge::WithPossessive)
    }

    fn one(self, report: &Report, mention: &EntityMention) -> Option<Marked> {
        let kind = self.kind(report, mention)?;
        let (start, end) = match self {
            Self::Uner => (mention.span.start, mention.span.end),
            Self::Gum => phrase(report, mention, Edge::WithPossessive),
            Self::Re3d
                if kind == "Location" || kind == "Nationality" || mention.kind != MentionKind::Name =>
            {
                (mention.span.start, mention.span.end)
            }
            Self::Re3d => phrase(report, mention, Edge::WithoutPossessive),
        };
        Some(Marked { start, end, kind })
    }

    fn kind(self, report: &Report, mention: &EntityMention) -> Option<&'static str> {
        use EntityType as T;
        let name = mention.kind == MentionKind::Name;
        let place = matches!(mention.entity_type, T::Polity | T::Location | T::Facility);
        match (self, mention.entity_type) {
            (Self::Gum, T::Person) if name => Some("person"),
            (Self::Gum, T::Organisation) if name => Some("organization"),
            (Self::Gum, _) if name && place => Some("place"),
            (Self::Uner, T::Person) if name => Some("PER"),
            (Self::Uner, T::Organisation) if name => Some("ORG"),
            (Self::Uner, _) if name && place => Some("LOC"),
            (Self::Re3d, _) => re3d_kind(report, mention),
            _ => None,
        }
    }
}

/// re3d counts people together and countries that act as organisations.
fn re3d_kind(report: &Report, mention: &EntityMention) -> Option<&'static str> {
    use EntityType as T;
    let name = mention.kind == MentionKind::Name;
    let words = report.words(mention.span).to_lowercase();
    let token = report.annotated.tokens.get(mention.head as usize)?;
    match mention.entity_type {
        T::Person
            if matches!(words.as_str(), "we" | "us" | "our" | "they" | "them" | "their" | "you" | "your") =>
        {
            Some("Organisation")
        }
        T::Person if !name && token.tag.ends_with('S') => Some("Organisation"),
        T::Person => Some("Person"),
        T::Organisation => Some("Organisation"),
        T::Polity if name && acts(report, token) => Some("Organisation"),
        T::Polity | T::Location | T::Facility => Some("Location"),
        T::Norp if &*token.tag == "NNPS" => Some("Organisation"),
        T::Norp => Some("Nationality"),
        T::Date | T::Time => Some("Temporal"),
        T::Money => Some("Money"),
        _ => None,
    }
}

/// Is a country the one that does something?
fn acts(report: &Report, token: &Token) -> bool {
    let verb = report.annotated.tokens.get(token.head as usize);
    &*token.dep == "nsubj" && verb.is_some_and(|v| &*v.pos == "VERB")
}

/// Is it a part of a word with a hyphen: "pro-Selvan", "Petrov-like"?
fn is_glued(report: &Report, mention: &EntityMention) -> bool {
    let range = mention.span.range();
    let before = report.text.get(..range.start).unwrap_or_default().strip_suffix('-');
    let after = report.text.get(range.end..).unwrap_or_default().strip_prefix('-');
    before.is_some_and(|text| text.ends_with(char::is_alphanumeric))
        || after.is_some_and(|text| text.starts_with(char::is_alphabetic))
}

/// Does the phrase hold the possessive that follows it?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    WithPossessive,
    WithoutPossessive,
}

/// The noun phrase around a bare name: all that depends on its head and stands before it, in one piece.
fn phrase(report: &Report, mention: &EntityMention, edge: Edge) -> (u32, u32) {
    let tokens = &report.annotated.tokens;
    let mut first = mention.first as usize;
    let depends = |i: usize| {
        let mut at = i;
        (0..8).any(|_| {
            let Some(token) = tokens.get(at) else { return false };
            at = token.head as usize;
            (mention.first as usize..mention.end as usize).contains(&at)
        })
    };
    while let Some(before) = first.checked_sub(1) {
        let Some(token) = tokens.get(before) else { break };
        let word = report.words(token.span);
        let mark = !word.chars().any(char::is_alphanumeric) && !matches!(&*token.tag, "POS" | "HYPH");
        if mark
            || word.contains('\n')
            || !depends(before)
            || matches!(&*token.dep, "cc" | "conj" | "prep" | "nsubj")
        {
            break;
        }
        first = before;
    }
    let start = tokens.get(first).map_or(mention.span.start, |t| t.span.start);
    let possessive =
        tokens.get(mention.end as usize).filter(|t| &*t.tag == "POS" && edge == Edge::WithPossessive);
    (start, possessive.map_or(mention.span.end, |t| t.span.end))
}
