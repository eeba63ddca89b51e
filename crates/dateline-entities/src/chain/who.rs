//! Which entity bears a name: the same name again, its surname, its abbreviation.

use std::collections::BTreeMap;

use dateline_model::{EntityType, Gender, Number};

use crate::chain::role::title_before;
use crate::chain::{Bearer, Reader, Verdict};
use crate::mention::Mention;
use crate::name::Name;
use crate::words::Kinds;

/// How many entities one word may lead to; a report with more namesakes is no report.
const MOST: usize = 16;

/// The entities of a report, and the words that lead to them.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub(crate) bearers: Vec<Bearer>,
    /// By key: the whole name.
    whole: BTreeMap<String, usize>,
    /// Persons by the last and by the first word of their names, the latest last.
    last: BTreeMap<String, Vec<usize>>,
    first: BTreeMap<String, Vec<usize>>,
    /// Bodies by their initials.
    initials: BTreeMap<String, usize>,
}

impl Registry {
    pub(crate) fn add(&mut self, bearer: Bearer) -> usize {
        self.bearers.push(bearer);
        self.bearers.len() - 1
    }

    fn learn(map: &mut BTreeMap<String, Vec<usize>>, word: &str, id: usize) {
        let list = map.entry(word.to_owned()).or_default();
        list.retain(|known| *known != id);
        list.push(id);
        if list.len() > MOST {
            list.remove(0);
        }
    }
}

impl Reader<'_, '_> {
    /// The entity that bears `name`: one already met, or a new one.
    pub(crate) fn name(&mut self, mention: &Mention, name: &Name) -> Verdict {
        let printed = self.text.printed(name.first, name.end);
        let key = self.rules.spellings.key(printed, name.entity_type, &self.rules.words);
        let (id, why) = match self.known(&key, name) {
            Some(known) => known,
            None => (self.registry.add(self.bearer(name, printed)), "named here first"),
        };
        self.remember(id, &key, name, printed);
        self.titled(id, mention);
        (Some(id), why)
    }

    /// One who is called so already.
    fn known(&self, key: &str, name: &Name) -> Option<(usize, &'static str)> {
        let registry = &self.registry;
        if let Some(id) = registry.whole.get(&typed(key, name.entity_type)) {
            return Some((*id, "the same name"));
        }
        if name.entity_type == EntityType::Person {
            return self.person(key);
        }
        let id = registry.initials.get(key).filter(|id| self.fits(**id, name))?;
        Some((*id, "an abbreviation of the name"))
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
                .map(|b| self.rules.spellings.key(&b.name, b.entity_type, &self.rules.words));
            met.is_some_and(|met| {
                let met: Vec<&str> = met.split(' ').collect();
                met.len() == 1 || met.first().is_some_and(|m| may_be_same(m, first))
            })
        };
        by_last.iter().rev().find(same).map(|id| (*id, "another form of the name"))
    }

    fn bearer(&self, name: &Name, printed: &str) -> Bearer {
        let person = name.entity_type == EntityType::Person;
        Bearer {
            name: printed.to_owned(),
            entity_type: name.entity_type,
            gender: if person { self.gender_of(name) } else { Gender::Neuter },
            number: number_of(name.entity_type),
            titles: Vec::new(),
            role: None,
            country: None,
            link: None,
            named: true,
            key: None,
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
        let registry = &mut self.registry;
        registry.whole.insert(typed(key, name.entity_type), id);
        let words: Vec<&str> = key.split(' ').collect();
        if name.entity_type == EntityType::Person {
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                Registry::learn(&mut registry.last, bare(last), id);
                if words.len() > 1 {
                    Registry::learn(&mut registry.first, first, id);
                }
            }
        } else if words.len() > 1 {
            registry.initials.insert(initials(printed), id);
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
        let Some(title) = title_before(self.text, mention.first) else { return };
        let gender = self.gender_of_title(title.first, title.end);
        let printed = self.text.printed(title.first, title.end);
        let Some(bearer) = self.registry.bearers.get_mut(id) else { return };
        if bearer.entity_type != EntityType::Person {
            return;
        }
        if gender != Gender::Unknown {
            bearer.gender = gender;
        }
        if !bearer.titles.contains(&title.head) && bearer.titles.len() < MOST {
            bearer.titles.push(title.head);
        }
        if bearer.role.is_none() && title.is_office {
            bearer.role = Some(printed.to_owned());
        }
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

/// "United Nations" is "un".
fn initials(printed: &str) -> String {
    let words = printed.split([' ', '-']).filter(|w| w.chars().next().is_some_and(char::is_uppercase));
    words.filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect()
}
