//! Whom a noun of no list stands for: where it says who one beside it is, or takes up the noun of a name.

use dateline_model::{EntityType, Number};

use crate::chain::{Bearer, Reader, Verdict};
use crate::mention::Mention;
use crate::noun::is_one_of;

/// How many words behind a verb may tell that it is denied.
const NEGATION: usize = 3;
/// How far before the phrase stands what it is said of: "Brenn, 45, a farmer".
const CLOSE: usize = 5;
/// How many words before a verb its subject is looked for.
const SUBJECT: usize = 12;

/// So many words after a phrase its verb may stand.
const RUN: usize = 6;

impl Reader<'_, '_> {
    /// "Petrov is a legend", "the festival" after "Selva Film Festival"; none for a mere thing.
    pub(crate) fn common(&mut self, mention: &Mention, number: Number) -> Option<Verdict> {
        let fits = |b: &Bearer| b.named && (number != Number::Plural || b.number != Number::Singular);
        let word = self.text.word(mention.head)?;
        let said = self.beside(mention).filter(|_| word.dep() == "attr" || self.is_set_off(mention));
        if let Some(id) = said.filter(|id| self.registry.bearers.get(*id).is_some_and(fits)) {
            self.registry.title(id, &word.token.lemma.to_lowercase());
            return Some((Some(id), "says who one named beside it is"));
        }
        let singular = number != Number::Plural;
        if let Some(id) = self.registry.headed(&word.lower).filter(|_| singular && self.is_definite(mention))
        {
            return Some((Some(id), "the noun of a name told before"));
        }
        let thing = |b: &Bearer| b.entity_type != EntityType::Person;
        if let Some(id) =
            self.registry.called(&word.lower, thing).filter(|_| singular && self.is_definite(mention))
        {
            return Some((Some(id), "was called so before"));
        }
        if matches!(word.dep(), "nsubj" | "nsubjpass" | "dobj" | "pobj" | "attr") {
            self.mind.note_thing(self.text, mention, number);
        }
        None
    }

    /// "Boris Petrov, a senior official", "Petrov is the president": the one whom it is said of.
    pub(crate) fn beside(&self, mention: &Mention) -> Option<usize> {
        let word = self.text.word(mention.head)?;
        let to = word.token.head as usize;
        match word.dep() {
            "appos" if self.is_next_subject(mention) => None,
            "appos" => self.at(to),
            "attr" => self.at(self.subject_of_being(to)?),
            _ => None,
        }
    }

    /// "To reopen the bridge, the press service in Orsk said": after a comma, and a verb follows where another would
    /// close the phrase. Its subject is no other name for the bridge.
    fn is_next_subject(&self, mention: &Mention) -> bool {
        let is_comma = |i: usize| self.text.word(i).is_some_and(|w| w.text == ",");
        let opens = mention.first.checked_sub(1).is_some_and(is_comma);
        let after = (mention.end..mention.end + RUN).map_while(|i| self.text.word(i));
        let next = after.into_iter().find(|w| {
            !w.text.contains(char::is_alphanumeric) || matches!(w.tag(), "VBD" | "VBZ" | "VBP" | "MD")
        });
        opens && next.is_some_and(|w| w.text.contains(char::is_alphanumeric))
    }

    /// Does a comma or a dash stand before the phrase, and close before it what it is said of?
    fn is_set_off(&self, mention: &Mention) -> bool {
        let close = self.text.word(mention.head).is_some_and(|w| {
            let to = w.token.head as usize;
            to < mention.first && mention.first - to <= CLOSE
        });
        close
            && self.text.before(mention.first).is_some_and(|w| matches!(w.text, "," | "–" | "—" | "-" | "--"))
    }

    /// The subject of "is", "became", "remains"; none where the sentence denies it.
    fn subject_of_being(&self, verb: usize) -> Option<usize> {
        let being = &self.rules.nouns.being;
        self.text.word(verb).filter(|v| being.iter().any(|lemma| **lemma == *v.token.lemma))?;
        // "Is not", "might be": nothing is said to be so.
        let denies = |i: usize| {
            self.text
                .word(i)
                .is_some_and(|w| (w.dep() == "neg" || w.tag() == "MD") && w.token.head as usize == verb)
        };
        let is_subject = |i: &usize| {
            self.text.word(*i).is_some_and(|w| {
                w.dep() == "nsubj"
                    && w.token.head as usize == verb
                    && !is_one_of(&self.rules.nouns.impersonal, w)
            })
        };
        let denied = (verb.saturating_sub(NEGATION)..=verb + NEGATION).any(denies);
        (verb.saturating_sub(SUBJECT)..verb).rev().find(is_subject).filter(|_| !denied)
    }
}

/// Can words of one type be said of one of the other: persons of persons, all else of all else?
pub(crate) fn go_together(a: EntityType, b: EntityType) -> bool {
    let person = |t: EntityType| matches!(t, EntityType::Person | EntityType::Norp);
    person(a) == person(b)
}
