//! Of which body somebody is, as the words for him tell: "the ministry's spokesman", "founder of Selvapedia".

use std::collections::BTreeMap;

use dateline_model::{EntityType, MentionKind};

use crate::chain::role::title_before;
use crate::chain::{Bearer, Verdict};
use crate::mention::Mention;
use crate::noun::is_one_of;
use crate::rules::Known;
use crate::text::Text;

/// How many words behind a noun may tell the body.
const BEHIND: usize = 8;

/// What is known once all mentions are read.
pub(super) struct Membership<'r, 'a> {
    pub(super) text: &'r Text<'a>,
    pub(super) rules: &'r Known<'r>,
    pub(super) bearers: &'r [Bearer],
    /// For each token who is meant by the mention that it heads.
    pub(super) heads: &'r [Option<u32>],
}

impl Membership<'_, '_> {
    /// For each person the body that the first words about him tell.
    pub(super) fn bodies(&self, mentions: &[Mention], verdicts: &[Verdict]) -> BTreeMap<usize, usize> {
        let mut bodies = BTreeMap::new();
        for (mention, (who, _)) in mentions.iter().zip(verdicts) {
            let person =
                |id: &usize| self.bearers.get(*id).is_some_and(|b| b.entity_type == EntityType::Person);
            let Some(id) = who.filter(person) else { continue };
            if let Some(body) = self.told(mention) {
                bodies.entry(id).or_insert(body);
            }
        }
        bodies
    }

    fn told(&self, mention: &Mention) -> Option<usize> {
        match mention.kind() {
            MentionKind::Name => {
                let title = title_before(self.text, mention.first)?;
                self.body(title.first..title.end)
            }
            MentionKind::Nominal => self.body(mention.first..mention.head).or_else(|| {
                self.text.word(mention.end).filter(|w| is_one_of(&self.rules.nouns.of_body, w))?;
                self.body(mention.end + 1..mention.end + 1 + BEHIND)
            }),
            MentionKind::Pronoun => None,
        }
    }

    /// The first body that these words name, before a mark.
    fn body(&self, words: std::ops::Range<usize>) -> Option<usize> {
        let goes_on = |i: &usize| {
            self.text.word(*i).is_some_and(|w| w.has_letter() || w.tag() == "POS" || w.text == "-")
        };
        words.take_while(goes_on).find_map(|i| {
            let id = self.heads.get(i).copied().flatten()? as usize;
            self.bearers.get(id).filter(|b| b.named && may_have_members(b.entity_type)).map(|_| id)
        })
    }
}

/// Bodies; what is only known by its trade name may be one.
fn may_have_members(entity_type: EntityType) -> bool {
    matches!(entity_type, EntityType::Organisation | EntityType::Misc | EntityType::Product)
}
