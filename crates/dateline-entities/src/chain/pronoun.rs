//! Whom a pronoun stands for: of those in mind, the one that agrees with it and weighs most.

use dateline_model::{EntityType, Gender, Number};

use crate::chain::group::Groups;
use crate::chain::mind::{Held, THING, THINGS};
use crate::chain::{Reader, Verdict};
use crate::mention::Mention;
use crate::noun::Pronoun;

/// How many words behind a pronoun's verb are looked at for names.
const BELOW: usize = 10;
/// The least weight that one must have to be meant.
const ENOUGH: f32 = 0.12;

impl Reader<'_, '_> {
    pub(crate) fn pronoun(&mut self, mention: &Mention, pronoun: Pronoun) -> Verdict {
        if pronoun.speaker {
            return (None, "whoever speaks or is spoken to");
        }
        if pronoun.gender == Gender::Neuter && self.means_nothing(mention) {
            return (None, "stands for nothing: it opens a clause");
        }
        let candidates = self.mind.held().filter(|held| self.may_stand_for(held, mention, pronoun));
        let best = candidates.map(|held| (self.weight(held, pronoun), held)).fold(
            None::<(f32, &Held)>,
            |best, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            },
        );
        match best {
            Some((_, held)) if matches!(held.id, THING | THINGS) => {
                (None, "stands for a thing without a name")
            }
            Some((weight, held)) if weight >= ENOUGH => {
                let id = held.id;
                self.learn_gender(id, pronoun);
                (Some(id), "agrees with it and is most in mind")
            }
            _ => (None, "nobody in mind agrees with it"),
        }
    }

    fn may_stand_for(&self, held: &Held, mention: &Mention, pronoun: Pronoun) -> bool {
        match held.id {
            THING => return pronoun.gender == Gender::Neuter,
            THINGS => return pronoun.number == Number::Plural,
            _ => {}
        }
        if Groups::is_group(held.id) {
            return pronoun.number == Number::Plural && !self.forbidden(held, mention, pronoun);
        }
        let Some(bearer) = self.registry.bearers.get(held.id) else { return false };
        bearer.agrees(pronoun.gender, pronoun.number)
            && !self.forbidden(held, mention, pronoun)
            && !self.is_named_below(&bearer.name, mention)
    }

    /// "He praised Petrov": not Petrov himself, whom the same clause names.
    fn is_named_below(&self, name: &str, mention: &Mention) -> bool {
        let Some(word) = self.text.word(mention.head).filter(|w| w.dep().starts_with("nsubj")) else {
            return false;
        };
        let verb = word.token.head as usize;
        let Some(last) = name.rsplit(' ').next() else { return false };
        let below =
            self.text.words.get(verb + 1..(verb + 1 + BELOW).min(self.text.len())).unwrap_or_default();
        below.iter().any(|w| {
            let object =
                matches!(w.dep(), "dobj" | "dative" | "pobj" | "nsubj") && w.token.head as usize >= verb;
            object && w.text.eq_ignore_ascii_case(last)
        })
    }

    /// An object is not its own verb's subject unless it is reflexive.
    fn forbidden(&self, held: &Held, mention: &Mention, pronoun: Pronoun) -> bool {
        if pronoun.reflexive || pronoun.possessive {
            return false;
        }
        let Some(theirs) = self.text.word(held.head) else { return false };
        let verbs = self.verbs_above(mention.head);
        let own = verbs.first().is_some_and(|verb| *verb == theirs.token.head) && held.head != mention.head;
        let subject = theirs.dep().starts_with("nsubj") && verbs.contains(&theirs.token.head);
        own || subject
    }

    /// The verb that the word depends on, and those above it whose subject is also its own: "Petrov
    /// called Sobol to thank him".
    fn verbs_above(&self, head: usize) -> Vec<u32> {
        let mut verbs = Vec::new();
        let mut at = head;
        while let Some(word) = self.text.word(at).filter(|_| verbs.len() < 4) {
            let to = word.token.head;
            let shares = at == head || matches!(word.dep(), "xcomp" | "advcl" | "conj" | "pcomp");
            if !shares || to as usize == at || (at != head && self.has_subject(at)) {
                break;
            }
            verbs.push(to);
            at = to as usize;
        }
        verbs
    }

    fn has_subject(&self, verb: usize) -> bool {
        self.text
            .words
            .get(verb.saturating_sub(8)..verb)
            .unwrap_or_default()
            .iter()
            .any(|w| w.dep().starts_with("nsubj") && w.token.head as usize == verb)
    }

    fn weight(&self, held: &Held, pronoun: Pronoun) -> f32 {
        let Some(bearer) = self.registry.bearers.get(held.id) else { return held.weight };
        let known =
            matches!(pronoun.gender, Gender::Male | Gender::Female) && bearer.gender == pronoun.gender;
        let plural = pronoun.number == Number::Plural && bearer.number != Number::Plural;
        let place = matches!(bearer.entity_type, EntityType::Location | EntityType::Facility);
        held.weight
            * if known { 1.3 } else { 1.0 }
            * if plural { 0.5 } else { 1.0 }
            * if place { 0.5 } else { 1.0 }
    }

    /// Who is called "he" once is a man from there on.
    fn learn_gender(&mut self, id: usize, pronoun: Pronoun) {
        if let Some(bearer) = self.registry.bearers.get_mut(id)
            && bearer.gender == Gender::Unknown
        {
            bearer.gender = pronoun.gender;
        }
    }

    /// "It is said that", "it rains": a subject for grammar's sake.
    fn means_nothing(&self, mention: &Mention) -> bool {
        let Some(word) = self.text.word(mention.head) else { return true };
        let verb = self.text.word(word.token.head as usize);
        let weather = verb.is_some_and(|v| self.rules.nouns.weather.iter().any(|w| **w == *v.token.lemma));
        word.dep() == "expl" || (word.dep().starts_with("nsubj") && weather)
    }
}
