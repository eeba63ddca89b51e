//! Whom a noun phrase stands for: "the Russian leader", "the ministry", "the two presidents".

use dateline_model::{EntityType, Gender, Number};

use crate::chain::{Bearer, Reader, Verdict};
use crate::mention::Mention;
use crate::noun::{Noun, Sort};

impl Reader<'_, '_> {
    pub(crate) fn nominal(&mut self, mention: &Mention, noun: Noun, number: Number) -> Verdict {
        if number == Number::Singular
            && self.is_definite(mention)
            && let Some(found) = self.meant(mention, noun)
        {
            return found;
        }
        let id = self.registry.add(self.nameless(mention, noun, number));
        (Some(id), "spoken of without a name")
    }

    fn is_definite(&self, mention: &Mention) -> bool {
        self.text
            .word(mention.first)
            .is_some_and(|w| self.rules.nouns.definite.iter().any(|d| **d == *w.lower))
    }

    /// One in mind whom the phrase can mean.
    fn meant(&self, mention: &Mention, noun: Noun) -> Option<Verdict> {
        let word = self.text.word(mention.head)?;
        let title = &word.token.lemma;
        let fits = |bearer: &Bearer| match noun.sort {
            Sort::Office => bearer.titles.iter().any(|t| self.rules.nouns.may_call(title, t)),
            Sort::Body => {
                bearer.entity_type == EntityType::Organisation
                    && bearer.name.to_lowercase().contains(&**title)
            }
            Sort::Settlement | Sort::Country => bearer.named && bearer.entity_type == EntityType::Polity,
            _ => false,
        };
        let held = self.mind.held().find(|held| self.registry.bearers.get(held.id).is_some_and(fits))?;
        Some((Some(held.id), "named before, and the noun fits"))
    }

    fn nameless(&self, mention: &Mention, noun: Noun, number: Number) -> Bearer {
        let entity_type = noun.sort.entity_type();
        let gender = if entity_type == EntityType::Person { noun.gender } else { Gender::Neuter };
        let first = if self.is_definite(mention) { mention.first + 1 } else { mention.first };
        let name = self.text.printed(first.min(mention.head), mention.end).to_owned();
        Bearer {
            name,
            entity_type,
            gender,
            number,
            titles: Vec::new(),
            role: None,
            country: None,
            link: None,
            named: false,
            key: None,
        }
    }
}
