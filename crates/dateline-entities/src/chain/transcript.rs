//! The turns of a transcript, whose paragraphs begin with the speaker: "Brenn: We left.", "Q: Why?".

use std::collections::BTreeMap;

use crate::chain::Verdict;
use crate::chain::speaking::{Part, Speaking};
use crate::mention::{Mention, What};

/// The longest label, in tokens with its colon.
const LABEL: usize = 5;
/// How often each of two labels stands at least.
const TURNS: usize = 2;

/// The words that a paragraph begins with before a colon, in small letters.
type Label = String;

impl Speaking<'_, '_> {
    /// Who speaks in each paragraph; none where fewer than two take turns.
    pub(super) fn transcript(
        &self,
        mentions: &[Mention],
        verdicts: &[Verdict],
        asked: impl FnOnce(usize) -> Option<usize>,
    ) -> Vec<Part> {
        let paragraphs = self.paragraphs();
        let labels: Vec<Option<(Label, usize)>> =
            paragraphs.iter().map(|(first, end)| self.label(*first, *end)).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        labels.iter().flatten().for_each(|(label, _)| *counts.entry(label).or_default() += 1);
        counts.retain(|_, count| *count >= TURNS);
        let is_turn = |label: &Option<(Label, usize)>| {
            label.as_ref().is_some_and(|(label, _)| counts.contains_key(label.as_str()))
        };
        let Some(begin) = labels.iter().position(is_turn).filter(|_| counts.len() > 1) else {
            return Vec::new();
        };
        let asked = asked(paragraphs[begin].0);
        let mut who: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for ((first, _), label) in paragraphs.iter().zip(&labels) {
            if let Some((label, colon)) = label {
                let found = self.who(label, *first, *colon, mentions, verdicts, asked);
                let known = who.entry(label.as_str()).or_default();
                *known = known.or(found);
            }
        }
        let (mut speaker, mut addressed): (Option<&str>, Option<&str>) = (None, None);
        let mut parts = Vec::new();
        for ((first, end), label) in paragraphs.iter().zip(&labels).skip(begin) {
            let new = label.as_ref().map(|(label, _)| label.as_str()).filter(|l| counts.contains_key(l));
            if let Some(new) = new.filter(|new| Some(*new) != speaker) {
                addressed = speaker.or_else(|| counts.keys().copied().find(|other| *other != new));
                speaker = Some(new);
            }
            let of = |label: Option<&str>| label.and_then(|label| who.get(label).copied().flatten());
            parts.push(Part {
                first: *first,
                end: *end,
                speaker: of(speaker),
                several: None,
                addressed: of(addressed),
                why: "speaks, as the transcript tells",
            });
        }
        parts
    }

    /// The label of a paragraph, and where its colon stands.
    fn label(&self, first: usize, end: usize) -> Option<(Label, usize)> {
        let words = self.text.words.get(first..end.min(first + LABEL))?;
        let colon = words.iter().position(|w| w.text == ":").filter(|at| *at > 0)?;
        let name = words.get(..colon)?;
        let written = name.iter().all(|w| w.has_capital() || !w.has_letter());
        written.then(|| (self.text.lower(first, first + colon), first + colon))
    }

    /// Whom a label names: by a name in it, by the initials of one, by "A" for who answers.
    fn who(
        &self,
        label: &str,
        first: usize,
        colon: usize,
        mentions: &[Mention],
        verdicts: &[Verdict],
        asked: Option<usize>,
    ) -> Option<usize> {
        if self.rules.nouns.answer_label.iter().any(|known| known == label) {
            return asked;
        }
        let from = mentions.partition_point(|m| m.head < first);
        let mut here = mentions.iter().zip(verdicts).skip(from).take_while(|(m, _)| m.head < colon);
        let named = here.find(|(m, _)| matches!(m.what, What::Name(_))).and_then(|(_, (who, _))| *who);
        let person = |id: &usize| self.is_named_person(*id);
        let by_initials = || (0..self.bearers.len()).find(|id| person(id) && self.has_initials(*id, label));
        named.filter(person).or_else(by_initials)
    }

    fn has_initials(&self, id: usize, label: &str) -> bool {
        self.bearers.get(id).is_some_and(|b| {
            let letters = b.name.split([' ', '-']).filter_map(|word| word.chars().next());
            label.chars().count() > 1 && letters.flat_map(char::to_lowercase).eq(label.chars())
        })
    }
}
