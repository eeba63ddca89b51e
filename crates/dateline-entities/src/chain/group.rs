//! Several named together, "Ada Brenn and Ivo Maret", "Brenn and colleagues": one entity where something
//! stands for them all, "they" or "we".

use std::collections::BTreeMap;

use dateline_model::{EntityId, EntityType, Number};

use crate::chain::registry::Registry;
use crate::chain::{Bearer, Verdict};
use crate::mention::{Mention, What};
use crate::name::is_measure;
use crate::noun::{Sort, is_one_of};
use crate::rules::Known;
use crate::text::Text;

/// How many may be named together; more are a list.
const MOST: usize = 6;

/// Ids from here on stand for groups, until it is known which of them become entities.
const FIRST: usize = usize::MAX / 2;

/// Some who are named together.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) first: usize,
    end: usize,
    pub(crate) head: usize,
    /// The heads of those in it.
    pub(crate) members: Vec<usize>,
    entity_type: EntityType,
    /// Are all of them named, and none a mere "colleagues"?
    pub(crate) all_named: bool,
}

/// The groups of a report, in the text's order.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    list: Vec<Group>,
    by_last: BTreeMap<usize, usize>,
}

impl Groups {
    pub(crate) fn find(text: &Text<'_>, rules: &Known<'_>, all: &[Mention]) -> Self {
        let joined = joined(text);
        let by_head: BTreeMap<usize, &Mention> =
            all.iter().filter(|m| may_belong(m)).map(|m| (m.head, m)).collect();
        let mut groups = Self::default();
        for mention in all.iter().filter(|m| is_named(m) && !is_conjunct(text, m.head)) {
            let Some(group) = group(text, rules, mention, &joined, &by_head) else { continue };
            groups.by_last.extend(group.members.last().map(|last| (*last, groups.list.len())));
            groups.list.push(group);
        }
        groups
    }

    /// The group whose last member stands here, by its id.
    pub(crate) fn complete(&self, head: usize) -> Option<(usize, &Group)> {
        let index = *self.by_last.get(&head)?;
        Some((FIRST + index, self.list.get(index)?))
    }

    pub(crate) fn is_group(id: usize) -> bool {
        (FIRST..FIRST + FIRST / 2).contains(&id)
    }

    pub(crate) fn get(&self, id: usize) -> Option<&Group> {
        self.list.get(id.checked_sub(FIRST)?)
    }

    /// All groups of persons with their ids.
    pub(crate) fn of_persons(&self) -> impl Iterator<Item = (usize, &Group)> {
        (FIRST..).zip(&self.list).filter(|(_, group)| group.entity_type == EntityType::Person)
    }

    /// Those groups that something stands for become entities, and their own words mentions.
    pub(crate) fn become_entities(
        &self,
        (text, rules): (&Text<'_>, &Known<'_>),
        heads: &[Option<u32>],
        registry: &mut Registry,
        all: &mut Vec<Mention>,
        verdicts: &mut Vec<Verdict>,
    ) {
        let mut made: BTreeMap<usize, usize> = BTreeMap::new();
        for verdict in verdicts.iter_mut() {
            let Some(id) = verdict.0.filter(|id| Self::is_group(*id)) else { continue };
            let Some(group) = self.get(id) else { continue };
            let entity = *made.entry(id).or_insert_with(|| registry.add(group.bearer(text, rules, heads)));
            verdict.0 = Some(entity);
        }
        for (id, entity) in made {
            let Some(group) = self.get(id) else { continue };
            all.push(Mention { first: group.first, end: group.end, head: group.head, what: What::Group });
            verdicts.push((Some(entity), "several who are named together"));
        }
    }
}

impl Group {
    fn bearer(&self, text: &Text<'_>, rules: &Known<'_>, heads: &[Option<u32>]) -> Bearer {
        let printed = text.printed(self.first, self.end);
        Bearer {
            number: Number::Plural,
            named: true,
            members: self
                .members
                .iter()
                .filter_map(|head| heads.get(*head).copied().flatten().map(EntityId))
                .collect(),
            key: Some(rules.spellings.key(printed, EntityType::Person, rules.words)),
            ..Bearer::new(printed.to_owned(), self.entity_type)
        }
    }
}

/// For each token the first one that is joined to it.
fn joined(text: &Text<'_>) -> BTreeMap<usize, usize> {
    let mut joined = BTreeMap::new();
    for (at, word) in text.words.iter().enumerate().filter(|(_, w)| w.dep() == "conj") {
        joined.entry(word.token.head as usize).or_insert(at);
    }
    joined
}

fn is_conjunct(text: &Text<'_>, head: usize) -> bool {
    text.word(head).is_some_and(|w| w.dep() == "conj")
}

fn is_named(mention: &Mention) -> bool {
    matches!(&mention.what, What::Name(name) if !is_measure(name.entity_type))
}

/// Names, and nouns for people together.
fn may_belong(mention: &Mention) -> bool {
    let people = |sort| matches!(sort, Sort::People | Sort::Body | Sort::Person);
    is_named(mention) || matches!(&mention.what, What::Nominal(noun, _) if people(noun.sort))
}

/// The group that begins with a name.
fn group(
    text: &Text<'_>,
    rules: &Known<'_>,
    begin: &Mention,
    joined: &BTreeMap<usize, usize>,
    by_head: &BTreeMap<usize, &Mention>,
) -> Option<Group> {
    let mut members = vec![begin.head];
    let (mut end, mut all_named) = (begin.end, true);
    while let Some(next) = joined.get(members.last()?).filter(|_| members.len() <= MOST) {
        let mention = by_head.get(next).filter(|m| alike(m, begin))?;
        all_named &= is_named(mention);
        end = end.max(mention.end);
        members.push(*next);
    }
    let between = text.words.get(begin.end..end)?;
    let together = between.iter().any(|w| is_one_of(&rules.nouns.together, w));
    let one_line = !between.iter().any(|w| w.text.contains('\n'));
    (together && one_line && (2..=MOST).contains(&members.len())).then(|| Group {
        first: begin.first,
        end,
        head: begin.head,
        members,
        entity_type: begin.entity_type(),
        all_named,
    })
}

/// Persons with persons and people, all else with its like.
fn alike(one: &Mention, other: &Mention) -> bool {
    let person = |m: &Mention| matches!(m.entity_type(), EntityType::Person | EntityType::Norp);
    let team = person(other) && matches!(one.what, What::Nominal(..));
    person(one) == person(other) || team
}
