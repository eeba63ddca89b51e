//! Who acts, where the words name a weapon, an attack or those who fight for somebody.

use dateline_model::{EntityMention, EntityType, EventType, MentionKind, PlaceScale};

use crate::code::Coder;
use crate::party::can_act;
use crate::tree::{Dep, Tree};

impl Coder<'_> {
    /// Those behind the words for who acts. Who tells of attacks makes none.
    pub(crate) fn doers(&self, tree: &Tree<'_>, event_type: EventType, actors: &[usize]) -> Vec<usize> {
        let is_witness =
            |at: &&usize| event_type == EventType::Assault && self.is_of(tree, **at, self.lexicon.witnesses);
        let acting = actors.iter().filter(|at| !is_witness(at));
        let mut doers: Vec<usize> = acting.filter_map(|at| self.doer(tree, *at)).collect();
        doers.dedup();
        doers
    }

    /// "Syrian warplanes", "the army's raids", "strikes by the coalition": those behind attacks and weapons; nobody
    /// where none is named. Everybody else acts for himself.
    fn doer(&self, tree: &Tree<'_>, at: usize) -> Option<usize> {
        if !self.is_of(tree, at, self.lexicon.instruments) {
            return Some(at);
        }
        let before = tree
            .children(at)
            .filter(|c| *c < at && matches!(tree.dep(*c), Dep::Adjective | Dep::Compound | Dep::Possessor));
        let by = tree.children_by(at, Dep::Preposition).filter(|p| tree.is(*p, self.lexicon.small.by));
        let after = by.flat_map(|p| tree.children_by(p, Dep::PrepositionObject));
        let can_act = |word: &usize| {
            self.mentions.at(tree.in_text(*word)).is_some_and(|m| can_act(m.entity_type))
                && self.scale(tree, *word).is_none_or(|scale| scale >= PlaceScale::Region)
        };
        before.filter(can_act).chain(after).next()
    }

    /// "Fighters of the Front": the Front.
    pub(crate) fn body_behind(&self, tree: &Tree<'_>, at: usize) -> Option<usize> {
        let small = &self.lexicon.small;
        if !small.ranks.contains(&tree.lemma(at)) {
            return None;
        }
        let of = tree.children_by(at, Dep::Preposition).filter(|p| tree.is(*p, small.of));
        let mut behind = of.flat_map(|p| tree.children_by(p, Dep::PrepositionObject));
        behind.find(|b| self.mentions.at(tree.in_text(*b)).is_some_and(is_body))
    }
}

fn is_body(mention: &EntityMention) -> bool {
    mention.kind == MentionKind::Name && mention.entity_type == EntityType::Organisation
}
