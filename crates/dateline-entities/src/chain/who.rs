//! Which entity bears a name: the same name again, its surname, its abbreviation.

use dateline_model::{EntityType, Gender, Number};

use crate::chain::country::{country_in, of_name, people_in};
use crate::chain::mind::Held;
use crate::chain::part::{head_of_name, parts_of_name};
use crate::chain::registry::Registry;
use crate::chain::role::title_before;
use crate::chain::{Bearer, Reader, Verdict};
use crate::mention::Mention;
use crate::name::Name;
use crate::noun::{Noun, Sort};
use crate::text::Word;
use crate::words::Kinds;

impl Reader<'_, '_> {
    /// The entity that bears `name`: one already met, or a new one.
    pub(crate) fn name(&mut self, mention: &Mention, name: &Name) -> Verdict {
        let printed = self.text.printed(name.first, name.end);
        let key = self.key(printed, name.entity_type);
        let adopted =
            || self.nameless_beside(mention, name).map(|id| (id, "named here, spoken of just before"));
        let office = || self.office_alone(name).map(|id| (id, "holds the office that stands for the name"));
        let known = || self.known(&key, name).or_else(adopted);
        let (id, why) = match office().or_else(|| self.in_brackets(name)).or_else(known) {
            Some(known) => known,
            None => (self.registry.add(self.bearer(name, printed)), "named here first"),
        };
        self.adopt(id, name, printed);
        self.latest = Some((name.end, id));
        self.remember(id, &key, name, printed);
        self.titled(id, mention);
        (Some(id), why)
    }

    /// The key of a name; of a country, its usual name.
    fn key(&self, printed: &str, entity_type: EntityType) -> String {
        let country = of_name(self.rules, printed, entity_type).filter(|known| known.1.is_some());
        country.map_or_else(
            || self.rules.spellings.key(printed, entity_type, self.rules.words),
            |known| known.2.to_lowercase(),
        )
    }

    /// One who is called so already.
    fn known(&self, key: &str, name: &Name) -> Option<(usize, &'static str)> {
        let registry = &self.registry;
        if let Some(id) = registry.whole.get(&typed(key, name.entity_type)) {
            let (met, here) = (registry.years.get(id), self.year_before(name));
            let another = met.zip(here).is_some_and(|(met, here)| met != here);
            return (!another).then_some((*id, "the same name"));
        }
        if name.entity_type == EntityType::Person {
            return self.person(key);
        }
        if let Some(id) = registry.initials.get(key).filter(|id| self.fits(**id, name)) {
            return Some((*id, "an abbreviation of the name"));
        }
        self.written_out(name).or_else(|| self.short(key, name)).or_else(|| self.in_part(key, name))
    }

    /// "2014" of "the 2014 Selva Cup": each year's is another.
    fn year_before(&self, name: &Name) -> Option<&str> {
        let year = |w: &&Word<'_>| w.tag() == "CD" && w.text.len() == 4;
        self.text.before(name.first).filter(year).map(|w| w.text)
    }

    /// "The State Department" after "the Selvan State Department", or before it; "the North".
    fn in_part(&self, key: &str, name: &Name) -> Option<(usize, &'static str)> {
        let registry = &self.registry;
        let fits = |id: &usize| self.fits(*id, name);
        if let Some(id) = registry.parts.get(&typed(key, name.entity_type)).copied().filter(fits) {
            return Some((id, "a part of the name that stands for it"));
        }
        let whole = |part: &String| registry.whole.get(&typed(part, name.entity_type)).copied();
        let parts = parts_of_name(self.rules, self.text.printed(name.first, name.end), key);
        if let Some(id) = parts.iter().find_map(whole).filter(fits) {
            return Some((id, "the whole of a name told in part"));
        }
        let side = matches!(name.entity_type, EntityType::Polity | EntityType::Location)
            && self.text.before(name.first).is_some_and(|w| &*w.lower == "the")
            && self.rules.nouns.sides.iter().any(|side| side == key);
        Some((registry.country_on_side(key).filter(|_| side)?, "a country by the side that its name tells"))
    }

    /// "UNS … the University of North Selva": an abbreviation was there before the name.
    fn written_out(&self, name: &Name) -> Option<(usize, &'static str)> {
        let short = initials(self.text.printed(name.first, name.end));
        let fits = |id: &&usize| {
            self.fits(**id, name)
                && self.registry.bearers.get(**id).is_some_and(|b| b.name.chars().all(char::is_uppercase))
        };
        let long = name.end - name.first > 2 && short.chars().count() > 2;
        let id = self.registry.whole.get(&typed(&short, name.entity_type)).filter(|_| long).filter(fits)?;
        Some((*id, "the name that an abbreviation stands for"))
    }

    /// "The Court" after "the Supreme Court": a common noun with a capital, as part of a body's name.
    fn short(&self, key: &str, name: &Name) -> Option<(usize, &'static str)> {
        let body = |noun: Noun| noun.sort == Sort::Body;
        let common = name.end - name.first == 1 && self.rules.nouns.noun(key, key).is_some_and(body);
        let holds = |held: &&Held| {
            self.registry.bearers.get(held.id).is_some_and(|b| {
                let words = || b.name.split(' ').skip_while(|word| !word.eq_ignore_ascii_case(key));
                b.named && b.entity_type == EntityType::Organisation && words().next().is_some()
            })
        };
        let held = self.mind.held().filter(|_| common).find(holds).map(|held| held.id);
        let the = self.text.before(name.first).is_some_and(|w| w.is(Kinds::DEFINITE));
        let before = || self.registry.headed(key).filter(|id| common && self.fits(*id, name));
        let taken_up = || self.registry.headed(key).filter(|_| the && name.end - name.first == 1);
        Some((held.or_else(before).or_else(taken_up)?, "the noun of a name told before"))
    }

    /// "The Prime Minister" taken for a name: who is called so.
    fn office_alone(&self, name: &Name) -> Option<usize> {
        let words = self.text.words.get(name.first..name.end)?;
        let titles = name.entity_type == EntityType::Person && words.iter().all(|w| w.is(Kinds::TITLE));
        let title = &*words.last().filter(|_| titles)?.lower;
        let named = |id: &&usize| {
            self.registry.bearers.get(**id).is_some_and(|b| b.named && b.titles.iter().any(|t| t == title))
        };
        self.registry.titled.iter().rev().find(named).copied()
    }

    /// "The Union of Free Pilots (UFP)", "UFP (Union of Free Pilots)": one body by two names.
    fn in_brackets(&self, name: &Name) -> Option<(usize, &'static str)> {
        let opened = self.text.before(name.first).is_some_and(|w| matches!(w.text, "(" | "["));
        let closed = self.text.word(name.end).is_some_and(|w| matches!(w.text, ")" | "]"));
        let (end, id) = self.latest.filter(|_| opened && closed)?;
        let bearer = self.registry.bearers.get(id).filter(|b| end + 1 == name.first && b.named)?;
        let printed = self.text.printed(name.first, name.end);
        let (a, b) = (capitals(printed), capitals(&bearer.name));
        let short = |one: &str, other: &str| {
            one.len() > 1 && !one.contains(' ') && one.chars().all(char::is_uppercase) && !other.is_empty()
        };
        let abbreviates = short(printed, &b) && starts_alike(printed, &b)
            || short(&bearer.name, &a) && starts_alike(&bearer.name, &a);
        (abbreviates && bearer.entity_type != EntityType::Person)
            .then_some((id, "the abbreviation beside the name"))
    }

    fn fits(&self, id: usize, name: &Name) -> bool {
        self.registry.bearers.get(id).is_some_and(|b| family(b.entity_type) == family(name.entity_type))
    }

    /// A surname, a given name, a fuller form of a name that stood alone.
    fn person(&self, key: &str) -> Option<(usize, &'static str)> {
        let words: Vec<&str> = key.split(' ').collect();
        let (first, last) = (words.first()?, words.last()?);
        let by_last = self.registry.last.get(bare(last)).map_or(&[][..], Vec::as_slice);
        if words.len() == 1 {
            let surname = by_last.last().map(|id| (*id, "the surname of one named before"));
            let given = || {
                self.registry.first.get(*last)?.last().map(|id| (*id, "the given name of one named before"))
            };
            return surname.or_else(given);
        }
        let same = |id: &&usize| {
            let met = self
                .registry
                .bearers
                .get(**id)
                .map(|b| self.rules.spellings.key(&b.name, b.entity_type, self.rules.words));
            met.is_some_and(|met| {
                let met: Vec<&str> = met.split(' ').collect();
                met.len() == 1 || met.first().is_some_and(|m| may_be_same(m, first))
            })
        };
        by_last.iter().rev().find(same).map(|id| (*id, "another form of the name"))
    }

    /// "His Syrian counterpart, Petrov": the nameless one that the name stands beside.
    fn nameless_beside(&self, mention: &Mention, name: &Name) -> Option<usize> {
        let word = self.text.word(mention.head)?;
        let beside = if word.dep() == "appos" { Some(word.token.head as usize) } else { None };
        let id = self.at(beside.or_else(|| self.is_called(mention))?)?;
        let bearer = self.registry.bearers.get(id)?;
        (!bearer.named && bearer.number == Number::Singular && bearer.entity_type == name.entity_type)
            .then_some(id)
    }

    /// "A team known as the Selva Gulls", "a dog called Rex": the noun whose name this is.
    fn is_called(&self, mention: &Mention) -> Option<usize> {
        let word = self.text.word(mention.head)?;
        let above = self.text.word(word.token.head as usize)?;
        let verb = if word.dep() == "pobj" && &*above.lower == "as" {
            self.text.word(above.token.head as usize)?
        } else if matches!(word.dep(), "oprd" | "dobj" | "attr") {
            above
        } else {
            return None;
        };
        let calls = self.rules.nouns.calling.iter().any(|lemma| **lemma == *verb.token.lemma);
        (calls && verb.dep() == "acl" && verb.tag() == "VBN").then_some(verb.token.head as usize)
    }

    /// One spoken of without a name has one from here on.
    fn adopt(&mut self, id: usize, name: &Name, printed: &str) {
        let gender = self.gender_of(name);
        let Some(bearer) = self.registry.bearers.get_mut(id).filter(|b| !b.named) else { return };
        bearer.role = Some(std::mem::replace(&mut bearer.name, printed.to_owned()));
        bearer.named = true;
        if bearer.gender == Gender::Unknown {
            bearer.gender = gender;
        }
        self.registry.titled.push(id);
    }

    fn bearer(&self, name: &Name, printed: &str) -> Bearer {
        let person = name.entity_type == EntityType::Person;
        let known = of_name(self.rules, printed, name.entity_type);
        let is_country = known.as_ref().is_some_and(|k| k.1.is_some());
        let (country, link, usual) = known.map_or((None, None, None), |(c, l, n)| (Some(c), l, Some(n)));
        Bearer {
            gender: if person { self.gender_of(name) } else { Gender::Neuter },
            number: number_of(name.entity_type),
            country,
            link,
            named: true,
            is_country,
            key: usual.filter(|_| is_country).map(|n| n.to_lowercase()),
            ..Bearer::new(printed.to_owned(), name.entity_type)
        }
    }

    /// He or she, as the given name tells.
    fn gender_of(&self, name: &Name) -> Gender {
        let kinds = self.text.word(name.first).map(|w| w.kinds).unwrap_or_default();
        match (kinds.any(Kinds::GIVEN_MALE), kinds.any(Kinds::GIVEN_FEMALE)) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => Gender::Unknown,
        }
    }

    /// The words that lead to `id` from now on; the fullest name becomes its own.
    fn remember(&mut self, id: usize, key: &str, name: &Name, printed: &str) {
        let year = self.year_before(name).map(str::to_owned);
        let registry = &mut self.registry;
        registry.whole.insert(typed(key, name.entity_type), id);
        if let Some(year) = year {
            registry.years.entry(id).or_insert(year);
        }
        let words: Vec<&str> = key.split(' ').collect();
        if name.entity_type == EntityType::Person {
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                Registry::learn(&mut registry.last, bare(last), id);
                if words.len() > 1 {
                    Registry::learn(&mut registry.first, first, id);
                }
            }
        } else {
            if words.len() > 1 {
                registry.initials.insert(initials(printed), id);
            }
            for part in parts_of_name(self.rules, printed, key) {
                registry.parts.insert(typed(&part, name.entity_type), id);
            }
            if let Some(head) = head_of_name(self.rules, printed, name.entity_type) {
                registry.heads.insert(head, id);
            }
        }
        if let Some(bearer) = registry.bearers.get_mut(id) {
            let fuller = words.len() > bearer.name.split_whitespace().count() && words.len() <= 5;
            if fuller {
                printed.clone_into(&mut bearer.name);
            }
        }
    }

    /// What the words before the name say of its bearer.
    fn titled(&mut self, id: usize, mention: &Mention) {
        let Some(title) = title_before(self.text, mention.first) else {
            self.called(id, mention);
            return;
        };
        if self.registry.bearers.get(id).is_none_or(|b| b.entity_type != EntityType::Person) {
            return;
        }
        let gender = self.gender_of_title(title.first, title.end);
        let country = country_in(self.text, self.rules, title.first.saturating_sub(2), title.end);
        let people = people_in(self.text, self.rules, title.first.saturating_sub(2), title.end);
        let shared = if title.head == "counterpart" { self.office_in_mind(id) } else { None };
        if let Some(bearer) = self.registry.bearers.get_mut(id) {
            if gender != Gender::Unknown {
                bearer.gender = gender;
            }
            bearer.country = bearer.country.take().or(country);
            bearer.people = bearer.people.take().or(people);
            if bearer.role.is_none() && title.is_office {
                bearer.role = Some(self.text.printed(title.first, title.end).to_owned());
            }
        }
        self.registry.title(id, &title.head);
        if let Some(office) = shared {
            self.registry.title(id, &office);
        }
    }

    /// "Student Ada Brenn": she can be called the student.
    fn called(&mut self, id: usize, mention: &Mention) {
        let Some(word) = self.text.before(mention.first).filter(|w| matches!(w.tag(), "NN" | "NNP")) else {
            return;
        };
        let lemma = word.token.lemma.to_lowercase();
        let person = |noun: Noun| matches!(noun.sort, Sort::Person | Sort::Office);
        let part = word.dep() == "compound" || word.dep() == "nmod";
        let bearer = self.registry.bearers.get(id).is_some_and(|b| b.entity_type == EntityType::Person);
        if part && bearer && self.rules.nouns.noun(&word.lower, &lemma).is_some_and(person) {
            self.registry.title(id, &lemma);
        }
    }

    /// The office of the person most in mind: his counterpart holds the same.
    fn office_in_mind(&self, but: usize) -> Option<String> {
        let other = |held: &crate::chain::mind::Held| {
            let bearer = self.registry.bearers.get(held.id).filter(|_| held.id != but)?;
            bearer.titles.iter().find(|t| *t != "counterpart").cloned()
        };
        self.mind.held().find_map(other)
    }

    fn gender_of_title(&self, first: usize, end: usize) -> Gender {
        let any = |kinds| self.text.words.get(first..end).unwrap_or_default().iter().any(|w| w.is(kinds));
        match (any(Kinds::MALE), any(Kinds::FEMALE)) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => Gender::Unknown,
        }
    }
}

/// A place and a person of one name are two.
fn typed(key: &str, entity_type: EntityType) -> String {
    format!("{}\t{key}", family(entity_type))
}

/// Types that one entity may be seen as in one report.
fn family(entity_type: EntityType) -> u8 {
    match entity_type {
        EntityType::Person => 0,
        EntityType::Norp => 1,
        EntityType::Organisation | EntityType::Polity | EntityType::Location | EntityType::Facility => 2,
        _ => 3,
    }
}

fn number_of(entity_type: EntityType) -> Number {
    match entity_type {
        EntityType::Norp => Number::Plural,
        EntityType::Organisation => Number::Unknown,
        _ => Number::Singular,
    }
}

/// "al-assad" and "assad" are one surname.
fn bare(word: &str) -> &str {
    word.strip_prefix("al-").unwrap_or(word)
}

/// "j." and "john", "serge" and "sergei": one may stand for the other.
fn may_be_same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem = short.trim_end_matches('.');
    stem == long || (stem.chars().count() <= 1 || short.ends_with('.')) && long.starts_with(stem)
}

/// The first letters of the words that begin with a capital.
fn capitals(printed: &str) -> String {
    printed.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

fn starts_alike(short: &str, capitals: &str) -> bool {
    short.chars().next() == capitals.chars().next()
}

/// "United Nations" is "un".
fn initials(printed: &str) -> String {
    let words = printed.split([' ', '-']).filter(|w| w.chars().next().is_some_and(char::is_uppercase));
    words.filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect()
}
