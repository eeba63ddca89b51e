//! Who is meant: the persons, bodies and places of one report, and all words that stand for them.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::span::Span;

/// All that one report speaks of by name, and where it does so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    /// Who is meant; an [`EntityId`] is an index here.
    pub entities: Vec<Entity>,
    /// The words that stand for them, by their start, longer ones first.
    pub mentions: Vec<EntityMention>,
}

impl Entities {
    /// The entity that a mention stands for.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }
}

/// Which entity of one report: an index into [`Entities::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// One person, body or place of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The same for all spellings in all reports, lower case: `bashar al-assad`.
    pub key: String,
    /// Its fullest name as the report prints it.
    pub name: String,
    /// What it is.
    pub entity_type: EntityType,
    /// Wikidata's id, where it is known: `Q44329`.
    pub link: Option<String>,
    /// ISO 3166 code of its country, three letters, where the report or the gazetteer tells.
    pub country: Option<String>,
    /// Who it is in CAMEO's and PLOVER's code, on the day of the report.
    pub code: Option<ActorCode>,
    /// He, she or it, where something tells.
    pub gender: Gender,
    /// One or several.
    pub number: Number,
    /// Its title or office as the report prints it: "Russian President".
    pub role: Option<String>,
    /// Who they are, of several that are spoken of together ("the two presidents") and known one by one.
    pub members: Vec<EntityId>,
}

/// Words that stand for an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityMention {
    /// Where they stand, in UTF-8 bytes of the text.
    pub span: Span,
    /// Index of the first token.
    pub first: u32,
    /// One past the index of the last token.
    pub end: u32,
    /// Index of the token that the others depend on.
    pub head: u32,
    /// Name, noun phrase or pronoun.
    pub kind: MentionKind,
    /// What it is here: "Moscow" may be the city or the government.
    pub entity_type: EntityType,
    /// Who is meant; none where nothing tells.
    pub entity: Option<EntityId>,
    /// Why this entity, or why none: a sentence's worth, for a reader.
    pub reason: Arc<str>,
}

/// By what kind of words an entity is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// "Bashar al-Assad", "the Kremlin".
    Name,
    /// "the Russian leader", "his Syrian counterpart".
    Nominal,
    /// "he", "their".
    Pronoun,
}

/// Types of OntoNotes, as English language models give them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityType {
    /// `PERSON`.
    Person,
    /// `NORP`: nationalities, religious and political groups.
    Norp,
    /// `FAC`: buildings, airports, bridges.
    Facility,
    /// `ORG`: companies, agencies, parties, armed groups.
    Organisation,
    /// `GPE`: countries, provinces, cities.
    Polity,
    /// `LOC`: mountains, seas, regions.
    Location,
    /// `PRODUCT`.
    Product,
    /// `EVENT`: named wars, storms, games.
    Event,
    /// `WORK_OF_ART`.
    WorkOfArt,
    /// `LAW`.
    Law,
    /// `LANGUAGE`.
    Language,
    /// `DATE`.
    Date,
    /// `TIME`.
    Time,
    /// `PERCENT`.
    Percent,
    /// `MONEY`.
    Money,
    /// `QUANTITY`.
    Quantity,
    /// `ORDINAL`.
    Ordinal,
    /// `CARDINAL`.
    Cardinal,
    /// `MISC`: a name of none of these types.
    Misc,
}

impl EntityType {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::Person,
        Self::Norp,
        Self::Facility,
        Self::Organisation,
        Self::Polity,
        Self::Location,
        Self::Product,
        Self::Event,
        Self::WorkOfArt,
        Self::Law,
        Self::Language,
        Self::Date,
        Self::Time,
        Self::Percent,
        Self::Money,
        Self::Quantity,
        Self::Ordinal,
        Self::Cardinal,
        Self::Misc,
    ];

    /// As OntoNotes writes it: `GPE`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Norp => "NORP",
            Self::Facility => "FAC",
            Self::Organisation => "ORG",
            Self::Polity => "GPE",
            Self::Location => "LOC",
            Self::Product => "PRODUCT",
            Self::Event => "EVENT",
            Self::WorkOfArt => "WORK_OF_ART",
            Self::Law => "LAW",
            Self::Language => "LANGUAGE",
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Percent => "PERCENT",
            Self::Money => "MONEY",
            Self::Quantity => "QUANTITY",
            Self::Ordinal => "ORDINAL",
            Self::Cardinal => "CARDINAL",
            Self::Misc => "MISC",
        }
    }

    /// The type that a model's name means; [`EntityType::Misc`] for a name that is none of these.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "PER" => Self::Person,
            _ => Self::ALL.into_iter().find(|t| t.name() == name).unwrap_or(Self::Misc),
        }
    }
}

/// He, she, it or they, as English pronouns tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// It.
    Neuter,
    /// Nothing tells.
    #[default]
    Unknown,
}

/// One or several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    /// One.
    Singular,
    /// Several.
    Plural,
    /// Nothing tells, or both ("the government said … they").
    #[default]
    Unknown,
}

/// A code for an actor as CAMEO and PLOVER write it: country, then sectors, as in `SYRGOV`, `REB`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ActorCode(String);

impl ActorCode {
    /// A code of capital letters in groups of three; none for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let good =
            !code.is_empty() && code.len().is_multiple_of(3) && code.bytes().all(|b| b.is_ascii_uppercase());
        good.then(|| Self(code.to_owned()))
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Someone who has a part in a statement or an event, by the words that name them there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The words.
    pub span: Span,
    /// Who is meant, where it is known.
    pub entity: Option<EntityId>,
    /// The entity's key; where no entity is known, the words themselves in lower case without their
    /// article.
    pub name: String,
    /// Who it is in CAMEO's and PLOVER's code, where something tells.
    pub code: Option<ActorCode>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_found_by_its_name() {
        for entity_type in EntityType::ALL {
            assert_eq!(EntityType::named(entity_type.name()), entity_type);
        }
        assert_eq!(EntityType::named("PER"), EntityType::Person);
        assert_eq!(EntityType::named("bird"), EntityType::Misc);
    }

    #[test]
    fn an_actor_code_has_groups_of_three_capitals() {
        for (code, good) in [("RUSGOV", true), ("REB", true), ("", false), ("RUSGO", false), ("rus", false)] {
            assert_eq!(ActorCode::new(code).is_some(), good, "{code:?}");
        }
    }
}
