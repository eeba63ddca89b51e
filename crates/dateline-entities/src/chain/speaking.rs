//! Who says "I": the one whose words stand in quotation marks, or who answers in an interview.

use dateline_model::{EntityType, Number};

use crate::chain::group::{Group, Groups};
use crate::chain::membership::Membership;
use crate::chain::{Bearer, Verdict};
use crate::mention::{Mention, What};
use crate::rules::Known;
use crate::text::Text;

/// How many words around a quotation are looked through for who speaks.
const REACH: usize = 30;
/// What is known once all mentions are read.
pub(crate) struct Speaking<'r, 'a> {
    pub(crate) text: &'r Text<'a>,
    pub(crate) rules: &'r Known<'r>,
    pub(crate) bearers: &'r [Bearer],
    pub(crate) groups: &'r Groups,
    /// For each token who is meant by the mention that it heads.
    pub(crate) heads: &'r [Option<u32>],
}

/// A part of the text where one person says "I" and another may be called "you".
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) speaker: Option<usize>,
    /// Those for whom "we" is said, where they are known.
    pub(super) several: Option<usize>,
    pub(super) addressed: Option<usize>,
    pub(super) why: &'static str,
}

impl Speaking<'_, '_> {
    /// Gives "I", "we" and "you" to those who are meant.
    pub(crate) fn settle(&self, mentions: &[Mention], verdicts: &mut [Verdict]) {
        let quoted = self.quotations();
        let transcript =
            self.transcript(mentions, verdicts, |first| self.asked(mentions, verdicts, first, false));
        let turns = if transcript.is_empty() { self.turns(mentions, verdicts) } else { transcript };
        let bodies =
            Membership { text: self.text, rules: self.rules, bearers: self.bearers, heads: self.heads }
                .bodies(mentions, verdicts);
        for (mention, verdict) in mentions.iter().zip(verdicts) {
            let What::Pronoun(pronoun) = &mention.what else { continue };
            if !pronoun.speaker || verdict.0.is_some() {
                continue;
            }
            let at = mention.head;
            let Some(part) = holding(&quoted, at).or_else(|| holding(&turns, at)) else { continue };
            let word = self.text.word(at).map_or("", |w| &*w.lower);
            let (who, why) = match word.starts_with("you") {
                true => (part.addressed, "is asked in an interview"),
                false => (part.several.filter(|_| speaks_for_several(word)).or(part.speaker), part.why),
            };
            if let Some(id) = who.filter(|id| self.fits(*id, word)) {
                *verdict = (Some(id), why);
            } else if let Some(speaker) = who.filter(|_| speaks_for_several(word)) {
                let body = bodies.get(&speaker).map(|id| (Some(*id), "the body that the speaker is of"));
                let group = || Some((Some(self.with_others(speaker)?), "the speaker and those with him"));
                *verdict = body.or_else(group).unwrap_or(*verdict);
            }
        }
    }

    /// "Brenn and colleagues": the group that the speaker is named in.
    fn with_others(&self, speaker: usize) -> Option<usize> {
        let holds = |group: &Group| group.members.iter().any(|head| self.at(*head) == Some(speaker));
        self.groups.of_persons().find(|(_, group)| !group.all_named && holds(group)).map(|(id, _)| id)
    }

    /// "I" is a person, "we" a body; "you" is whoever is spoken to.
    fn fits(&self, id: usize, word: &str) -> bool {
        if Groups::is_group(id) {
            return !matches!(word.chars().next(), Some('i' | 'm'));
        }
        let Some(bearer) = self.bearers.get(id) else { return false };
        match word.chars().next() {
            Some('y') => true,
            Some('i' | 'm') => bearer.entity_type == EntityType::Person && bearer.number != Number::Plural,
            _ => bearer.entity_type == EntityType::Organisation || bearer.number == Number::Plural,
        }
    }

    pub(super) fn at(&self, head: usize) -> Option<usize> {
        self.heads.get(head).copied().flatten().map(|id| id as usize)
    }

    /// Stretches within quotation marks, each with who is said to say it.
    fn quotations(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let stretches = self.marked();
        let inside = |at: usize| {
            let next = stretches.partition_point(|(_, end)| *end <= at);
            stretches.get(next).is_some_and(|(first, _)| *first <= at)
        };
        for (number, (first, end)) in stretches.iter().copied().enumerate() {
            let until = stretches.get(number + 1).map_or(self.text.len(), |(next, _)| *next);
            let from = number.checked_sub(1).map_or(0, |last| stretches[last].1);
            let behind = self.says(end..until.min(end + REACH), &inside);
            let before = || self.says((from.max(first.saturating_sub(REACH))..first).rev(), &inside);
            let goes_on = || {
                let last = parts.last().filter(|last| self.one_paragraph(last.end, first))?;
                last.speaker
            };
            let speaker = behind.or_else(goes_on).or_else(before);
            parts.push(Part {
                first,
                end,
                speaker,
                several: None,
                addressed: None,
                why: "says it, in quotation marks",
            });
        }
        parts
    }

    /// The subject of a verb of saying among these words of one paragraph.
    fn says(&self, mut words: impl Iterator<Item = usize>, inside: &impl Fn(usize) -> bool) -> Option<usize> {
        words.find_map(|at| {
            let word = self.text.word(at).filter(|_| !inside(at))?;
            if word.text.contains('\n') {
                return Some(None);
            }
            let verb = self.text.word(word.token.head as usize)?;
            let says = word.dep() == "nsubj"
                && self.rules.nouns.saying.iter().any(|lemma| **lemma == *verb.token.lemma)
                && !inside(word.token.head as usize);
            says.then(|| self.at(at))
        })?
    }

    fn one_paragraph(&self, from: usize, to: usize) -> bool {
        self.text.words.get(from..to).unwrap_or_default().iter().all(|w| !w.text.contains('\n'))
    }

    /// Stretches of tokens between quotation marks; none goes beyond its paragraph.
    fn marked(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut open: Option<usize> = None;
        for (at, word) in self.text.words.iter().enumerate() {
            let opens = matches!(word.text, "“" | "«") || word.text == "\"" && open.is_none();
            let closes = matches!(word.text, "”" | "»") || word.text == "\"" && open.is_some();
            let ends = word.text.contains('\n');
            if let Some(first) = open.filter(|_| closes || ends) {
                found.push((first, at + 1));
                open = None;
            } else if opens {
                open = Some(at);
            }
        }
        found.extend(open.map(|first| (first, self.text.len())));
        found
    }
}

/// We, us, our.
fn speaks_for_several(word: &str) -> bool {
    matches!(word.chars().next(), Some('w' | 'u' | 'o'))
}

/// The part that holds a token; parts stand in the text's order, apart from each other.
fn holding(parts: &[Part], at: usize) -> Option<&Part> {
    parts.get(parts.partition_point(|part| part.end <= at)).filter(|part| part.first <= at)
}
