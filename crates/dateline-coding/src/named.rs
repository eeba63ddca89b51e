//! What kind of name each word of a sentence belongs to, as far as patterns ask for it.

use dateline_model::{AnnotatedText, Entity, EntityType};

use crate::tree::Tree;

/// Whom or what a word names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Named {
    /// It is part of no name of somebody or some place.
    #[default]
    Nobody,
    /// A person.
    Person,
    /// A person who acts for a government.
    Official,
    /// A place or a country.
    Place,
    /// A body, a people, anything else that can act.
    Other,
}

/// A kind of name that a pattern asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Any person: `#person`.
    Person,
    /// One who acts for a government: `#official`.
    Official,
    /// A place: `#place`.
    Place,
}

impl Asked {
    /// By the name that patterns use.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "person" => Self::Person,
            "official" => Self::Official,
            "place" => Self::Place,
            _ => return None,
        })
    }

    /// Is a word of this kind?
    pub(crate) fn is(self, named: Named) -> bool {
        match self {
            Self::Person => matches!(named, Named::Person | Named::Official),
            Self::Official => named == Named::Official,
            Self::Place => named == Named::Place,
        }
    }
}

impl Named {
    /// The kind of a mention that can act; its entity tells more of it where it is known.
    pub(crate) fn of(entity_type: EntityType, entity: Option<&Entity>) -> Self {
        match entity_type {
            EntityType::Person if entity.is_some_and(is_official) => Self::Official,
            EntityType::Person => Self::Person,
            EntityType::Polity | EntityType::Location | EntityType::Facility => Self::Place,
            _ => Self::Other,
        }
    }

    /// What the language model alone takes for names.
    pub(crate) fn by_model(tree: &Tree<'_>, annotated: &AnnotatedText) -> Vec<Self> {
        let mut found = vec![Self::Nobody; tree.len()];
        let from = annotated.names.partition_point(|n| n.end <= tree.in_text(0));
        for name in annotated.names[from..].iter().take_while(|n| tree.within(n.first).is_some()) {
            let kind = match &*name.entity_type {
                "PERSON" => Self::Person,
                "GPE" | "LOC" | "FAC" => Self::Place,
                "NORP" | "ORG" => Self::Other,
                _ => continue,
            };
            (name.first..name.end).filter_map(|word| tree.within(word)).for_each(|at| found[at] = kind);
        }
        found
    }
}

/// Government, in CAMEO's and PLOVER's codes.
const GOVERNMENT: &[u8] = b"GOV";

fn is_official(entity: &Entity) -> bool {
    entity.code.as_ref().is_some_and(|code| code.as_str().as_bytes().chunks(3).any(|part| part == GOVERNMENT))
}
