//! The turns of an interview: who is asked, and who answers.

use dateline_model::EntityType;

use crate::chain::Verdict;
use crate::chain::group::Groups;
use crate::chain::speaking::{Part, Speaking};
use crate::mention::{Mention, What};
use crate::noun::is_one_of;

/// How many words around a name are looked through for a verb of asking.
const REACH: usize = 30;
/// An interview has at least so many questions to somebody; fewer where it calls itself one.
const QUESTIONS: usize = 3;
const FEWEST: usize = 1;
/// A question that does not end its paragraph stands in one of so many words at most.
const QUESTION: usize = 80;
/// A statement to somebody that he answers to, in words at most.
const PROMPT: usize = 40;
/// How many paragraphs may come before an interview says that it is one.
const LEAD: usize = 4;
/// How many words stand between a verb of asking and those who are asked: "with the doctors".
const CLOSE: usize = 4;
/// Several answer where they say "we" so many times as often as "I", and so often at least.
const SEVERAL: usize = 4;
const OFTEN: usize = 3;

impl Speaking<'_, '_> {
    /// The paragraphs of an interview: questions, and the answers behind them. None where it is none.
    pub(super) fn turns(&self, mentions: &[Mention], verdicts: &[Verdict]) -> Vec<Part> {
        let paragraphs = self.paragraphs();
        let mut asks: Vec<bool> = paragraphs.iter().map(|(first, end)| self.asks(*first, *end)).collect();
        for (number, pair) in paragraphs.windows(2).enumerate() {
            asks[number] |=
                self.prompts(pair[0]) && self.speaks(pair[1]) && !asks.get(number + 1).is_some_and(|a| *a);
        }
        let to_you = |number: usize| {
            let (first, end) = paragraphs[number];
            asks[number]
                && self
                    .text
                    .words
                    .get(first..end)
                    .unwrap_or_default()
                    .iter()
                    .any(|w| w.lower.starts_with("you"))
        };
        let questions = (0..asks.len()).filter(|number| to_you(*number)).count();
        let Some(start) = (0..asks.len()).find(|number| to_you(*number)) else { return Vec::new() };
        let called = self.is_called_interview(&paragraphs, paragraphs[start].0);
        let dense = 6 * questions >= asks.len() - start;
        if questions < if called { FEWEST } else { QUESTIONS } || !(called || dense) {
            return Vec::new();
        }
        let start = self.begin(&paragraphs, &mut asks, start);
        let several = self.answer_as_several(&paragraphs[start..], &asks[start..]);
        let asked = self.asked(mentions, verdicts, paragraphs[start].0, several);
        let introduced = self.introductions(mentions, verdicts);
        let turn = |(number, (first, end)): (usize, &(usize, usize))| {
            let answers = !asks[number];
            let alone = asked.filter(|id| !Groups::is_group(*id));
            let one_of = || {
                let group = self.groups.get(asked.filter(|id| Groups::is_group(*id))?)?;
                self.one_of(&group.members, (*first, *end), mentions, verdicts)
            };
            let says_who = introduced.iter().rev().find(|(at, _)| (*first..*end).contains(at));
            Part {
                first: *first,
                end: *end,
                speaker: says_who.map(|(_, id)| *id).or_else(|| alone.or_else(one_of).filter(|_| answers)),
                several: asked.filter(|_| answers),
                addressed: asked.filter(|_| asks[number]),
                why: "answers in an interview",
            }
        };
        paragraphs.iter().enumerate().skip(start).map(turn).collect()
    }

    /// Where the interview begins: at the first of the paragraphs before its first question that ask
    /// something, or in which somebody speaks of himself.
    fn begin(&self, paragraphs: &[(usize, usize)], asks: &mut [bool], first: usize) -> usize {
        let mut begin = first;
        for number in (0..first).rev() {
            let own = self.speaks_unquoted(paragraphs[number]);
            let answered =
                number + 1 < asks.len() && !asks[number + 1] && self.speaks(paragraphs[number + 1]);
            asks[number] |= answered && self.addresses(paragraphs[number]);
            if own || asks[number] {
                begin = number;
            }
        }
        begin
    }

    /// Do the answers say "we" all the time?
    fn answer_as_several(&self, paragraphs: &[(usize, usize)], asks: &[bool]) -> bool {
        let answers = paragraphs.iter().zip(asks).filter(|(_, asks)| !**asks);
        let words =
            answers.flat_map(|((first, end), _)| self.text.words.get(*first..*end).unwrap_or_default());
        let (mut one, mut many) = (0, 0);
        for word in words {
            one += usize::from(is_one_of(&self.rules.nouns.oneself, word));
            many += usize::from(is_one_of(&self.rules.nouns.ourselves, word));
        }
        many >= OFTEN && many >= SEVERAL * one
    }

    /// Who is asked: those named together in a sentence that tells of asking; else the person named most
    /// before the first question, headline included.
    pub(super) fn asked(
        &self,
        mentions: &[Mention],
        verdicts: &[Verdict],
        first: usize,
        several: bool,
    ) -> Option<usize> {
        let is_early =
            |head: usize| head < first || self.text.report.is_in_headline(self.text.span(head, head + 1));
        let mut pairs = self.groups.of_persons().filter(|(_, g)| g.all_named && is_early(g.head));
        if several {
            return pairs.next().map(|(id, _)| id);
        }
        let pair = pairs.find(|(_, group)| self.follows_asking(group.first));
        let early = |mention: &Mention| is_early(mention.head);
        let named = || self.named_most(mentions, verdicts, early);
        let told = || self.named_most(mentions, verdicts, |mention| self.is_said_to_say(mention.head));
        pair.map(|(id, _)| id).or_else(named).or_else(told)
    }

    /// "I'm Ada Brenn": where somebody says who he is, and who.
    fn introductions(&self, mentions: &[Mention], verdicts: &[Verdict]) -> Vec<(usize, usize)> {
        let says = |mention: &Mention| {
            let word = self.text.word(mention.head).filter(|w| w.dep() == "attr")?;
            let verb = word.token.head as usize;
            let being = self.text.word(verb)?;
            let is = self.rules.nouns.being.iter().any(|lemma| **lemma == *being.token.lemma);
            let before = self.text.words.get(verb.saturating_sub(2)..verb)?;
            let oneself =
                before.iter().any(|w| w.dep() == "nsubj" && is_one_of(&self.rules.nouns.oneself, w));
            let denied = self.text.words.get(verb..mention.head)?.iter().any(|w| w.dep() == "neg");
            (is && oneself && !denied).then_some(mention.head)
        };
        let named = mentions.iter().zip(verdicts).filter(|(m, _)| matches!(m.what, What::Name(_)));
        named.filter_map(|(mention, (who, _))| Some((says(mention)?, (*who)?))).collect()
    }

    /// Of two who answer, the one who names the other.
    fn one_of(
        &self,
        members: &[usize],
        (first, end): (usize, usize),
        mentions: &[Mention],
        verdicts: &[Verdict],
    ) -> Option<usize> {
        let [a, b] = members else { return None };
        let (a, b) = (self.at(*a)?, self.at(*b)?);
        let from = mentions.partition_point(|m| m.head < first);
        let here = mentions.iter().zip(verdicts).skip(from).take_while(|(m, _)| m.head < end);
        let named: Vec<usize> =
            here.filter(|(m, _)| matches!(m.what, What::Name(_))).filter_map(|(_, v)| v.0).collect();
        match (named.contains(&a), named.contains(&b)) {
            (true, false) => Some(b),
            (false, true) => Some(a),
            _ => None,
        }
    }

    /// "Brenn explained how": is this the subject of a verb of saying?
    fn is_said_to_say(&self, at: usize) -> bool {
        let subject = self.text.word(at).filter(|w| w.dep() == "nsubj");
        subject
            .and_then(|w| self.text.word(w.token.head as usize))
            .is_some_and(|verb| self.rules.nouns.saying.iter().any(|lemma| **lemma == *verb.token.lemma))
    }

    /// The person named most by the mentions that count, those in the headline more than others.
    fn named_most(
        &self,
        mentions: &[Mention],
        verdicts: &[Verdict],
        counting: impl Fn(&Mention) -> bool,
    ) -> Option<usize> {
        let mut counts = vec![0_usize; self.bearers.len()];
        for (mention, (who, _)) in mentions.iter().zip(verdicts) {
            let headline = self.text.report.is_in_headline(self.text.span(mention.first, mention.end));
            let person = |id: &usize| self.is_named_person(*id);
            if let Some(id) = who.filter(|_| counting(mention)).filter(person) {
                let asked = self.is_asked(mention.head);
                counts[id] += if headline || asked { 3 } else { 1 };
            }
        }
        let most = counts.iter().copied().max().filter(|most| *most > 0)?;
        counts.iter().position(|count| *count == most)
    }

    pub(super) fn is_named_person(&self, id: usize) -> bool {
        self.bearers.get(id).is_some_and(|b| b.named && b.entity_type == EntityType::Person)
    }

    /// "Wikinews spoke with Ada Brenn": is this the sentence that tells who was asked?
    fn is_asked(&self, at: usize) -> bool {
        let Some(sentence) = self.text.sentence(at) else { return false };
        let first = (sentence.first as usize).max(at.saturating_sub(REACH));
        let end = (sentence.end as usize).min(at + REACH);
        let words = self.text.words.get(first..end).unwrap_or_default();
        words.iter().any(|w| self.rules.nouns.asking.iter().any(|lemma| **lemma == *w.token.lemma))
    }

    /// "Wikinews spoke with Ada Brenn and Ivo Maret": does the name stand right behind a verb of asking?
    fn follows_asking(&self, first: usize) -> bool {
        let before = self.text.words.get(first.saturating_sub(CLOSE)..first).unwrap_or_default();
        before.iter().any(|w| self.rules.nouns.asking.iter().any(|lemma| **lemma == *w.token.lemma))
    }

    pub(super) fn paragraphs(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut first = 0;
        let body = self.text.report.body_end();
        for (at, word) in self.text.words.iter().enumerate() {
            if word.token.span.start >= body || word.text.contains('\n') {
                if first < at {
                    found.push((first, at));
                }
                first = at + 1;
            }
            if word.token.span.start >= body {
                return found;
            }
        }
        if first < self.text.len() {
            found.push((first, self.text.len()));
        }
        found
    }

    /// Does the headline or the lead call the report an interview, or say before the first question that
    /// somebody discusses something?
    fn is_called_interview(&self, paragraphs: &[(usize, usize)], question: usize) -> bool {
        let begin = |token: usize| self.text.word(token).map_or(u32::MAX, |word| word.token.span.start);
        let lead = paragraphs.get(LEAD).map_or(u32::MAX, |(first, _)| begin(*first));
        let question = begin(question);
        let calls = &self.rules.nouns.calls_interview;
        let says = |word: &crate::text::Word<'_>| {
            let early = word.token.span.start < lead || self.text.report.is_in_headline(word.token.span);
            let called = calls.iter().any(|lemma| **lemma == *word.token.lemma);
            early && word.lower.starts_with("interview") || called && word.token.span.start < question
        };
        self.text.words.iter().any(says)
    }

    /// Does one speak of himself here?
    fn speaks(&self, (first, end): (usize, usize)) -> bool {
        let words = self.text.words.get(first..end).unwrap_or_default();
        words.iter().any(|w| is_one_of(&self.rules.nouns.oneself, w))
    }

    /// The same, outside of quotation marks: an answer, not a report that quotes one.
    fn speaks_unquoted(&self, (first, end): (usize, usize)) -> bool {
        let words = self.text.words.get(first..end).unwrap_or_default();
        let quotes = words.iter().any(|w| matches!(w.text, "\"" | "“" | "”" | "«" | "»"));
        !quotes && self.speaks((first, end))
    }

    /// A short paragraph that says "you".
    fn addresses(&self, (first, end): (usize, usize)) -> bool {
        let words = self.text.words.get(first..end).unwrap_or_default();
        words.len() <= PROMPT && words.iter().any(|w| is_one_of(&self.rules.nouns.addressed, w))
    }

    /// A short paragraph that speaks to somebody, and of nobody else.
    fn prompts(&self, (first, end): (usize, usize)) -> bool {
        self.addresses((first, end)) && !self.speaks((first, end))
    }

    /// Does the paragraph end with a question, or is it a short one with a question to somebody?
    fn asks(&self, first: usize, end: usize) -> bool {
        let words = self.text.words.get(first..end).unwrap_or_default();
        if words.len() > QUESTION && self.speaks((first, end)) {
            return false;
        }
        let mut last = words.iter().rev().filter(|w| w.has_letter() || w.text.ends_with('?'));
        let short = words.len() <= QUESTION && words.iter().any(|w| w.text == "?");
        last.next().is_some_and(|w| w.text.ends_with('?'))
            || short && words.iter().any(|w| w.lower.starts_with("you"))
    }
}
