//! Whom a noun phrase stands for: "the Russian leader", "the ministry", "the two presidents".

use dateline_model::{EntityType, Gender, Number};

use crate::chain::country::{country_after, country_in, people_in};
use crate::chain::predicate::go_together;
use crate::chain::registry::Registry;
use crate::chain::{Bearer, Reader, Verdict, entity_id};
use crate::mention::Mention;
use crate::noun::{Noun, Sort, is_one_of};

/// A noun phrase, read as far as it tells who is meant.
struct Phrase<'p> {
    noun: Noun,
    number: Number,
    /// The dictionary form of its head.
    head: &'p str,
    country: Option<String>,
    /// Of a people that no gazetteer knows.
    people: Option<String>,
    /// "the", "this", "his": somebody known is spoken of.
    definite: bool,
}

impl Phrase<'_> {
    /// Is `bearer` known to be of another people than the phrase tells?
    fn is_of_other_people(&self, bearer: &Bearer) -> bool {
        self.people.as_ref().zip(bearer.people.as_ref()).is_some_and(|(told, own)| told != own)
    }
}

impl Reader<'_, '_> {
    pub(crate) fn nominal(&mut self, mention: &Mention, noun: Noun, number: Number) -> Verdict {
        let text = self.text;
        let Some(head) = text.word(mention.head) else { return (None, "no words") };
        let one = |id: &usize| {
            self.registry.bearers.get(*id).is_some_and(|b| {
                let alone = number == Number::Plural && b.named && b.number == Number::Singular;
                go_together(b.entity_type, mention.entity_type()) && !alone
            })
        };
        if let Some(id) = self.beside(mention).filter(one) {
            self.call(id, &head.token.lemma.to_lowercase(), noun, mention);
            return (Some(id), "says who one named beside it is");
        }
        let inside = country_in(text, self.rules, mention.first, mention.head);
        let country = inside.or_else(|| country_after(text, self.rules, mention.end));
        let people = people_in(text, self.rules, mention.first, mention.head);
        let definite = self.is_definite(mention);
        let lemma = head.token.lemma.to_lowercase();
        let phrase = Phrase { noun, number, head: &lemma, country, people, definite };
        if let Some(id) = self.own_country(mention, &phrase) {
            return (Some(id), "the country of the one whose it is");
        }
        if let Some(found) = self.meant_or_again(mention, &phrase) {
            return found;
        }
        if let Some(id) = self.pair(mention, &phrase) {
            return (Some(id), "the two who are most in mind");
        }
        let id = self.nameless(mention, &phrase);
        (Some(id), "spoken of without a name")
    }

    /// "His country": the one of him who is meant.
    fn own_country(&self, mention: &Mention, phrase: &Phrase<'_>) -> Option<usize> {
        let owner =
            self.text.word(mention.first).filter(|w| w.tag() == "PRP$" && phrase.noun.sort == Sort::Country);
        let country =
            owner.and_then(|_| self.registry.bearers.get(self.at(mention.first)?)?.country.clone())?;
        self.registry.country(&country)
    }

    pub(crate) fn is_definite(&self, mention: &Mention) -> bool {
        let opens = |w: &crate::text::Word<'_>| {
            self.rules.nouns.definite.iter().any(|d| **d == *w.lower) || matches!(w.tag(), "PRP$" | "POS")
        };
        self.text.words.get(mention.first..mention.head).unwrap_or_default().iter().any(opens)
    }

    /// One named before whom the phrase can mean, or the same nameless ones again. "A senior official" and then "the
    /// official" are one, though a minister who was named is an official, too.
    fn meant_or_again(&self, mention: &Mention, phrase: &Phrase<'_>) -> Option<Verdict> {
        let meant = self.meant(phrase);
        let is_called_so = |id: usize| {
            self.registry.bearers.get(id).is_some_and(|b| b.titles.iter().any(|title| title == phrase.head))
        };
        let is_loose = matches!(meant, Some((Some(id), _)) if !is_called_so(id));
        let again = || self.again(mention, phrase);
        let said_before = is_loose.then(again).flatten().filter(|_| phrase.noun.sort == Sort::Office);
        said_before.or(meant).or_else(again)
    }

    /// One named before whom the phrase can mean.
    fn meant(&self, phrase: &Phrase<'_>) -> Option<Verdict> {
        if phrase.number == Number::Plural || !(phrase.definite || phrase.country.is_some()) {
            return None;
        }
        match phrase.noun.sort {
            Sort::Office | Sort::Person => self.officer(phrase),
            Sort::Body => self.body(phrase),
            Sort::Country => self.place(|b| b.is_country),
            Sort::Settlement => self.place(|b| !b.is_country),
            _ => None,
        }
        .or_else(|| self.headed(phrase))
        .or_else(|| self.called_before(phrase))
    }

    /// "The site" after "Selvapedia is a wiki site".
    fn called_before(&self, phrase: &Phrase<'_>) -> Option<Verdict> {
        let alike = |b: &Bearer| go_together(b.entity_type, phrase.noun.sort.entity_type());
        let person = phrase.noun.sort.entity_type() == EntityType::Person;
        let id = self.registry.called(phrase.head, alike).filter(|_| phrase.definite && !person)?;
        Some((Some(id), "was called so before"))
    }

    /// "The ministry" after "Ministry of Defence", however long ago.
    fn headed(&self, phrase: &Phrase<'_>) -> Option<Verdict> {
        let home = |id: &usize| {
            self.registry.bearers.get(*id).is_some_and(|b| {
                let home = phrase.country.is_none() || b.country.is_none() || b.country == phrase.country;
                home && go_together(b.entity_type, phrase.noun.sort.entity_type())
            })
        };
        let id = self.registry.headed(phrase.head).filter(|_| phrase.definite).filter(home)?;
        Some((Some(id), "the noun of a name told before"))
    }

    /// Who holds the office; where the phrase names a country, the one of that country.
    fn officer(&self, phrase: &Phrase<'_>) -> Option<Verdict> {
        let fits = |id: &&usize| {
            self.registry.bearers.get(**id).is_some_and(|b| {
                let counterpart = phrase.head == "counterpart" && phrase.country.is_some();
                let titled =
                    counterpart || b.titles.iter().any(|t| self.rules.nouns.may_call(phrase.head, t));
                let home = phrase.country.is_none() || b.country == phrase.country;
                titled && home && b.named && !phrase.is_of_other_people(b)
            })
        };
        let id = self.registry.titled.iter().rev().find(fits)?;
        Some((Some(*id), "holds the office that the phrase names"))
    }

    /// "The ministry" after "Ministry of Defence"; "the company" after a company's name, "the newspaper" after a
    /// newspaper's.
    fn body(&self, phrase: &Phrase<'_>) -> Option<Verdict> {
        if !phrase.definite {
            return None;
        }
        let held = self.mind.held().find(|held| {
            self.registry.bearers.get(held.id).is_some_and(|b| {
                let same = b.name.to_lowercase().split(' ').any(|w| w == phrase.head);
                let home = phrase.country.is_none() || b.country == phrase.country;
                let called = |nouns: &[String]| nouns.iter().any(|noun| noun == phrase.head);
                let any = b.named && called(&self.rules.nouns.any_body);
                let press =
                    b.named && called(&self.rules.nouns.outlet_nouns) && self.rules.nouns.is_outlet(&b.name);
                b.entity_type == EntityType::Organisation && home && (same || any || press)
            })
        })?;
        Some((Some(held.id), "a body named before, and the noun fits"))
    }

    fn place(&self, fits: impl Fn(&Bearer) -> bool) -> Option<Verdict> {
        let polity = |b: &Bearer| b.named && b.entity_type == EntityType::Polity && fits(b);
        let held = self.mind.held().find(|held| self.registry.bearers.get(held.id).is_some_and(polity))?;
        Some((Some(held.id), "a place named before, and the noun fits"))
    }

    /// The same nameless ones again: "militants", then "the militants".
    fn again(&self, mention: &Mention, phrase: &Phrase<'_>) -> Option<Verdict> {
        let name = self.phrase_name(mention);
        let fits = |b: &Bearer| {
            !b.named
                && (b.name.eq_ignore_ascii_case(&name)
                    || (phrase.definite && b.titles.iter().any(|t| t == phrase.head)))
                && b.number == phrase.number
                && (phrase.country.is_none() || b.country == phrase.country)
        };
        let held = self.mind.held().find(|held| self.registry.bearers.get(held.id).is_some_and(fits));
        let id = held.map(|held| held.id).or_else(|| self.only_ones(phrase))?;
        Some((Some(id), "the same noun as before"))
    }

    /// "The rebels", long after "Selvan rebels", where the report speaks of no others.
    fn only_ones(&self, phrase: &Phrase<'_>) -> Option<usize> {
        let several = matches!(phrase.noun.sort, Sort::People | Sort::Body) && phrase.definite;
        let alone = self.registry.nameless.get(phrase.head).filter(|ids| several && ids.len() == 1)?;
        let id = *alone.first()?;
        let fits = |b: &Bearer| !b.named && b.number == phrase.number && phrase.country.is_none();
        self.registry.bearers.get(id).filter(|b| fits(b)).map(|_| id)
    }

    /// "The two leaders": an entity of its own, named after both.
    fn pair(&mut self, mention: &Mention, phrase: &Phrase<'_>) -> Option<usize> {
        let two = |w: &crate::text::Word<'_>| is_one_of(&self.rules.nouns.two, w);
        let said = self.text.words.get(mention.first..mention.head)?.iter().any(two);
        if !said || phrase.noun.sort.entity_type() != EntityType::Person {
            return None;
        }
        let person = |id: &usize| {
            self.registry.bearers.get(*id).is_some_and(|b| b.named && b.entity_type == EntityType::Person)
        };
        let ids: Vec<usize> = self.mind.held().map(|held| held.id).filter(person).take(2).collect();
        let mut keys: Vec<String> = ids
            .iter()
            .filter_map(|id| Some(self.registry.bearers.get(*id)?.entity(self.rules).key))
            .collect();
        keys.sort();
        let [a, b] = keys.as_slice() else { return None };
        let (key, id) = (format!("{a} and {b}"), self.nameless(mention, phrase));
        let pair = self.registry.bearers.get_mut(id)?;
        pair.key = Some(key);
        pair.members = ids.into_iter().filter_map(entity_id).collect();
        Some(id)
    }

    fn phrase_name(&self, mention: &Mention) -> String {
        let opens = self.text.word(mention.first).is_some_and(|w| w.tag() == "DT" || w.tag() == "PRP$");
        let first = if opens { mention.first + 1 } else { mention.first };
        self.text.printed(first.min(mention.head), mention.end).to_owned()
    }

    fn nameless(&mut self, mention: &Mention, phrase: &Phrase<'_>) -> usize {
        let entity_type = phrase.noun.sort.entity_type();
        let gender = if entity_type == EntityType::Person { phrase.noun.gender } else { Gender::Neuter };
        let bearer = Bearer {
            gender,
            number: phrase.number,
            titles: vec![phrase.head.to_owned()],
            country: phrase.country.clone(),
            people: phrase.people.clone(),
            ..Bearer::new(self.phrase_name(mention), entity_type)
        };
        let id = self.registry.add(bearer);
        Registry::learn(&mut self.registry.nameless, phrase.head, id);
        id
    }

    /// From now on `id` can be called so.
    fn call(&mut self, id: usize, lemma: &str, noun: Noun, mention: &Mention) {
        let country = country_in(self.text, self.rules, mention.first, mention.head)
            .or_else(|| country_after(self.text, self.rules, mention.end));
        let people = people_in(self.text, self.rules, mention.first, mention.head);
        let role = self.phrase_name(mention);
        let Some(bearer) = self.registry.bearers.get_mut(id) else { return };
        bearer.country = bearer.country.take().or(country);
        bearer.people = bearer.people.take().or(people);
        if noun.sort == Sort::Office {
            bearer.role = bearer.role.take().or(Some(role));
        }
        if bearer.gender == Gender::Unknown {
            bearer.gender = noun.gender;
        }
        self.registry.title(id, lemma);
    }
}
