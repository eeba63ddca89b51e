//! One who bears names in the report, as far as it has been read.

use dateline_model::{Entity, EntityId, EntityType, Gender, Number};

use crate::rules::Known;

/// A person, body or place of the report.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    /// The fullest name as printed; for one without a name, the noun phrase.
    pub(crate) name: String,
    pub(crate) entity_type: EntityType,
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    /// Titles and offices, each in small letters by its head: "president", "minister".
    pub(crate) titles: Vec<String>,
    /// The first title as printed.
    pub(crate) role: Option<String>,
    /// ISO 3166 code of its country.
    pub(crate) country: Option<String>,
    /// Of what people, in a word that no gazetteer knows, in small letters: "karsavian".
    pub(crate) people: Option<String>,
    pub(crate) link: Option<String>,
    /// Does it have a name of its own?
    pub(crate) named: bool,
    /// Is it a country?
    pub(crate) is_country: bool,
    /// The key, where a gazetteer or the report tells more than the name.
    pub(crate) key: Option<String>,
    /// Of several together: who they are.
    pub(crate) members: Vec<EntityId>,
}

impl Bearer {
    /// One of whom nothing is known but these words.
    pub(crate) fn new(name: String, entity_type: EntityType) -> Self {
        Self {
            name,
            entity_type,
            gender: Gender::Unknown,
            number: Number::Unknown,
            titles: Vec::new(),
            role: None,
            country: None,
            people: None,
            link: None,
            named: false,
            is_country: false,
            key: None,
            members: Vec::new(),
        }
    }

    pub(crate) fn entity(&self, rules: &Known<'_>) -> Entity {
        let made = || rules.spellings.key(&self.name, self.entity_type, rules.words);
        Entity {
            key: self.key.clone().unwrap_or_else(made),
            name: self.name.clone(),
            entity_type: self.entity_type,
            link: self.link.clone(),
            country: self.country.clone(),
            code: None,
            gender: self.gender,
            number: self.number,
            role: self.role.clone(),
            members: self.members.clone(),
        }
    }

    /// Can a pronoun or noun of this gender and number stand for it?
    pub(crate) fn agrees(&self, gender: Gender, number: Number) -> bool {
        let person = self.entity_type == EntityType::Person;
        let gender_fits = match gender {
            Gender::Male | Gender::Female => {
                person && (self.gender == gender || self.gender == Gender::Unknown)
            }
            Gender::Neuter => !person && self.entity_type != EntityType::Norp,
            Gender::Unknown => true,
        };
        let number_fits = match number {
            Number::Singular => self.number != Number::Plural,
            Number::Plural => self.number != Number::Singular || self.entity_type == EntityType::Organisation,
            Number::Unknown => true,
        };
        gender_fits && number_fits
    }
}
