//! From mentions to who is meant: one entity for all that stand for one person, body or place.
//!
//! Mentions are taken in the text's order. A name goes to the entity that bears it already; a noun
//! phrase or a pronoun to the entity that agrees with it and is most in mind ([`mind`]).

mod bearer;
mod country;
mod group;
mod interview;
mod membership;
mod mind;
mod nominal;
mod part;
mod predicate;
mod pronoun;
mod registry;
mod role;
mod speaking;
mod transcript;
mod who;

use std::collections::BTreeMap;

use dateline_model::{Entities, EntityId, EntityMention, TimeExpression};

use crate::mention::{Mention, What, mentions};
use crate::name::Name;
use crate::name::is_measure;
use crate::rules::Known;
use crate::text::Text;

pub(crate) use bearer::Bearer;

use group::Groups;
use mind::Mind;
use registry::Registry;
use speaking::Speaking;

/// What is decided of one mention: who is meant, and why.
pub(crate) type Verdict = (Option<usize>, &'static str);

/// Entities of a report, with every mention.
pub(crate) fn chain(
    text: &Text<'_>,
    _times: &[TimeExpression],
    rules: &Known<'_>,
    names: &[Name],
) -> Entities {
    let mut all = mentions(text, rules, names);
    let mut reader = Reader {
        text,
        rules,
        registry: Registry::default(),
        mind: Mind::default(),
        groups: Groups::find(text, rules, &all),
        heads: vec![None; text.len()],
        latest: None,
    };
    let mut verdicts: Vec<Verdict> = all.iter().map(|mention| reader.read(mention)).collect();
    settle_titles(&all, &mut verdicts);
    let Reader { mut registry, groups, heads, .. } = reader;
    let speaking = Speaking { text, rules, bearers: &registry.bearers, groups: &groups, heads: &heads };
    speaking.settle(&all, &mut verdicts);
    groups.become_entities((text, rules), &heads, &mut registry, &mut all, &mut verdicts);
    assemble(text, rules, &registry.bearers, &all, &verdicts)
}

/// A reader half way through the report.
pub(crate) struct Reader<'r, 'a> {
    pub(crate) text: &'r Text<'a>,
    pub(crate) rules: &'r Known<'r>,
    pub(crate) registry: Registry,
    pub(crate) mind: Mind,
    pub(crate) groups: Groups,
    /// For each token who is meant by the mention that it heads.
    heads: Vec<Option<u32>>,
    /// Where the latest name ends, and whose it is.
    pub(crate) latest: Option<(usize, usize)>,
}

impl Reader<'_, '_> {
    fn read(&mut self, mention: &Mention) -> Verdict {
        self.mind.reach(self.text.sentence_of(mention.head));
        let verdict = match &mention.what {
            What::Name(name) if is_measure(name.entity_type) => return (None, "a number or a time"),
            What::Name(name) => self.name(mention, name),
            What::Nominal(noun, number) => self.nominal(mention, *noun, *number),
            What::Pronoun(pronoun) => self.pronoun(mention, *pronoun),
            What::Title | What::Group => return (None, "the name that follows tells who is meant"),
            What::Common(number) => match self.common(mention, *number) {
                Some(verdict) => verdict,
                None => return (None, "a thing"),
            },
        };
        if let Some(id) = verdict.0 {
            self.mind.note(self.text, id, mention);
            if let Some(slot) = self.heads.get_mut(mention.head) {
                *slot = u32::try_from(id).ok();
            }
        }
        if let Some((id, group)) = self.groups.complete(mention.head) {
            self.mind.note_at(self.text, id, group.head);
        }
        verdict
    }

    /// Who is meant by the mention whose head is this token.
    fn at(&self, head: usize) -> Option<usize> {
        self.heads.get(head).copied().flatten().map(|id| id as usize)
    }
}

/// "The match referee Ivo Maret" is he whom the name names.
fn settle_titles(all: &[Mention], verdicts: &mut [Verdict]) {
    let mut named: BTreeMap<usize, usize> = BTreeMap::new();
    for (mention, (who, _)) in all.iter().zip(verdicts.iter()) {
        if let (What::Name(_), Some(id)) = (&mention.what, who) {
            named.insert(mention.first, *id);
        }
    }
    for (mention, verdict) in all.iter().zip(verdicts) {
        if let (What::Title, Some(id)) = (&mention.what, named.get(&mention.end)) {
            *verdict = (Some(*id), "the title of the one named behind it");
        }
    }
}

/// What was decided, in the model's nouns; entities that nothing mentions do not arise.
fn assemble(
    text: &Text<'_>,
    rules: &Known<'_>,
    bearers: &[Bearer],
    all: &[Mention],
    verdicts: &[Verdict],
) -> Entities {
    let entities = bearers.iter().map(|bearer| bearer.entity(rules)).collect();
    let index = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    let mention = |(m, (who, why)): (&Mention, &Verdict)| EntityMention {
        span: text.span(m.first, m.end),
        first: index(m.first),
        end: index(m.end),
        head: index(m.head),
        kind: m.kind(),
        entity_type: who
            .and_then(|w| bearers.get(w))
            .filter(|_| !matches!(m.what, What::Name(_)))
            .map_or(m.entity_type(), |b| b.entity_type),
        entity: who.and_then(entity_id),
        reason: reason(m, why),
    };
    let is_told = |(m, (who, _)): &(&Mention, &Verdict)| !matches!(m.what, What::Common(_)) || who.is_some();
    let told = all.iter().zip(verdicts).filter(is_told);
    let mut mentions: Vec<EntityMention> = told.map(mention).collect();
    mentions.sort_by(|a, b| a.span.start.cmp(&b.span.start).then(b.span.end.cmp(&a.span.end)));
    Entities { entities, mentions }
}

/// Entities are numbered as their bearers are.
pub(crate) fn entity_id(bearer: usize) -> Option<EntityId> {
    u32::try_from(bearer).ok().map(EntityId)
}

/// Why these words are a name of their type, and why of this entity.
fn reason(mention: &Mention, why: &str) -> std::sync::Arc<str> {
    match &mention.what {
        What::Name(name) => format!("{}; {why}", name.reason).into(),
        _ => why.into(),
    }
}
