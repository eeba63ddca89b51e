//! The words for those who have a part in an event, and who is meant by them.

use dateline_model::{Entities, EntityMention, EntityType, MentionKind, Party, Report, Span};

use crate::lexicon::WordId;
use crate::named::Named;
use crate::tree::{Class, Dep, Tree};

/// Words of one phrase that are looked at; text that is none must not cost more.
const WORDS_OF_A_PHRASE: usize = 32;

/// Which mention each word of a report belongs to, the longest where several hold it.
pub(crate) struct Mentions<'a> {
    entities: &'a Entities,
    /// By word of the text: index of the mention; none where there is none.
    by_word: Vec<Option<u32>>,
}

impl<'a> Mentions<'a> {
    /// Reads the mentions of a report of `n` words.
    pub(crate) fn new(entities: &'a Entities, n: usize) -> Self {
        let mut by_word: Vec<Option<u32>> = vec![None; n];
        let mut order: Vec<usize> = (0..entities.mentions.len()).collect();
        order.sort_by_key(|m| std::cmp::Reverse(entities.mentions[*m].end - entities.mentions[*m].first));
        for index in order {
            let mention = &entities.mentions[index];
            // Marked from long to short, but only free words: a longer mention keeps its own.
            for word in mention.first..mention.end.min(n as u32) {
                by_word[word as usize].get_or_insert(index as u32);
            }
        }
        for (index, mention) in entities.mentions.iter().enumerate() {
            // A mention's own centre is its own, also within a longer one.
            if let Some(slot) = by_word.get_mut(mention.head as usize) {
                let held = slot.and_then(|i| entities.mentions.get(i as usize));
                if held.is_none_or(|h| h.head != mention.head) {
                    *slot = Some(index as u32);
                }
            }
        }
        Self { entities, by_word }
    }

    /// The mention that a word of the text belongs to.
    pub(crate) fn at(&self, word: u32) -> Option<&'a EntityMention> {
        let index = self.by_word.get(word as usize).copied().flatten()?;
        self.entities.mentions.get(index as usize)
    }

    /// For each word of a sentence: whose name or other mention is it part of?
    pub(crate) fn named(&self, tree: &Tree<'_>) -> Vec<Named> {
        let kind = |at: usize| {
            let mention = self.at(tree.in_text(at)).filter(|m| can_act(m.entity_type));
            let known = mention.and_then(|m| self.entities.entity(m.entity?));
            mention.map_or(Named::Nobody, |m| Named::of(m.entity_type, known))
        };
        (0..tree.len()).map(kind).collect()
    }

    /// The party whose words have their centre at `at`.
    pub(crate) fn party(&self, report: &Report, tree: &Tree<'_>, at: usize) -> Party {
        let named = |at: usize| self.at(tree.in_text(at)).filter(|m| can_act(m.entity_type));
        let is_name = |m: &&EntityMention| m.kind == MentionKind::Name && m.entity.is_some();
        // "His counterpart, Ana Korvin": the name beside the words tells who is meant.
        let beside = || tree.children_by(at, Dep::Apposition).find_map(|a| named(a).filter(is_name));
        let own = named(at);
        let mention = own.filter(is_name).or_else(beside).or(own);
        let entity = mention.and_then(|m| m.entity);
        let known = entity.and_then(|id| self.entities.entity(id));
        let span = mention.map_or_else(|| phrase(tree, at), |m| m.span);
        Party {
            span,
            entity,
            name: known.map_or_else(|| plain(report.words(span)), |e| e.key.clone()),
            code: known.and_then(|e| e.code.clone()),
        }
    }
}

/// Words of a party's phrase that say whose it is: "France" in "the ministers of France and Spain", "Polish" in
/// "Polish diplomats".
pub(crate) fn whose(tree: &Tree<'_>, at: usize, of: WordId) -> Vec<usize> {
    let says_whose = |c: &usize| match tree.dep(*c) {
        Dep::Compound | Dep::Adjective | Dep::Possessor | Dep::Conjunct | Dep::PrepositionObject => {
            tree.class(*c) != Class::Verb
        }
        Dep::Preposition => tree.is(*c, of),
        _ => false,
    };
    let own = |c: &usize| says_whose(c) && tree.dep(*c) != Dep::Conjunct;
    let mut words: Vec<usize> = tree.children(at).filter(own).collect();
    let mut done = 0;
    while done < words.len() && words.len() < WORDS_OF_A_PHRASE {
        words.extend(tree.children(words[done]).filter(says_whose));
        done += 1;
    }
    words
}

/// Can something of this type do things, or have them done to it?
pub(crate) fn can_act(entity_type: EntityType) -> bool {
    matches!(
        entity_type,
        EntityType::Person
            | EntityType::Norp
            | EntityType::Organisation
            | EntityType::Polity
            | EntityType::Location
            | EntityType::Facility
            | EntityType::Misc
    )
}

/// A noun with the words before it, without relative clauses and all else that follows.
fn phrase(tree: &Tree<'_>, at: usize) -> Span {
    let before = |c: &usize| {
        *c < at
            && matches!(
                tree.dep(*c),
                Dep::Compound | Dep::Adjective | Dep::Determiner | Dep::Number | Dep::Possessor
            )
    };
    let mut first = at;
    if tree.class(at) == Class::Noun {
        let near = tree.children(at).find(before);
        first = near.map_or(at, |c| leftmost(tree, c));
    }
    Span::new(tree.tokens[first].span.start, tree.tokens[at].span.end)
}

fn leftmost(tree: &Tree<'_>, at: usize) -> usize {
    let mut first = at;
    for _ in 0..4 {
        match tree.children(first).next() {
            Some(child) if child < first => first = child,
            _ => break,
        }
    }
    first
}

/// Words in lower case, without their article.
fn plain(words: &str) -> String {
    let lower = words.to_lowercase();
    let bare = ["the ", "a ", "an "].iter().find_map(|article| lower.strip_prefix(article));
    bare.unwrap_or(&lower).to_owned()
}
