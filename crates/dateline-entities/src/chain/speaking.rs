//! Who says "I": the one whose words stand in quotation marks, or who answers in an interview.

use dateline_model::{EntityType, Number};

use crate::chain::membership::Membership;
use crate::chain::{Bearer, Verdict};
use crate::mention::{Mention, What};
use crate::noun::is_one_of;
use crate::rules::Known;
use crate::text::Text;

/// How many words around a quotation are looked through for who speaks.
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

/// What is known once all mentions are read.
pub(crate) struct Speaking<'r, 'a> {
    pub(crate) text: &'r Text<'a>,
    pub(crate) rules: &'r Known<'r>,
    pub(crate) bearers: &'r [Bearer],
    /// For each token who is meant by the mention that it heads.
    pub(crate) heads: &'r [Option<u32>],
}

/// A part of the text where one person says "I" and another may be called "you".
#[derive(Clone, Copy, Debug)]
struct Part {
    first: usize,
    end: usize,
    speaker: Option<usize>,
    addressed: Option<usize>,
    why: &'static str,
}

impl Speaking<'_, '_> {
    /// Gives "I", "we" and "you" to those who are meant.
    pub(crate) fn settle(&self, mentions: &[Mention], verdicts: &mut [Verdict]) {
        let quoted = self.quotations();
        let turns = self.turns(mentions, verdicts);
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
                false => (part.speaker, part.why),
            };
            if let Some(id) = who.filter(|id| self.fits(*id, word)) {
                *verdict = (Some(id), why);
            } else if let Some(id) =
                who.filter(|_| speaks_for_several(word)).and_then(|id| bodies.get(&id).copied())
            {
                *verdict = (Some(id), "the body that the speaker is of");
            }
        }
    }

    /// "I" is a person, "we" a body; "you" is whoever is spoken to.
    fn fits(&self, id: usize, word: &str) -> bool {
        let Some(bearer) = self.bearers.get(id) else { return false };
        match word.chars().next() {
            Some('y') => true,
            Some('i' | 'm') => bearer.entity_type == EntityType::Person && bearer.number != Number::Plural,
            _ => bearer.entity_type == EntityType::Organisation || bearer.number == Number::Plural,
        }
    }

    fn at(&self, head: usize) -> Option<usize> {
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
            parts.push(Part { first, end, speaker, addressed: None, why: "says it, in quotation marks" });
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

    /// The paragraphs of an interview: questions, and the answers behind them. None where it is none.
    fn turns(&self, mentions: &[Mention], verdicts: &[Verdict]) -> Vec<Part> {
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
        let asked = self.asked(mentions, verdicts, paragraphs[start].0);
        let turn = |(number, (first, end)): (usize, &(usize, usize))| Part {
            first: *first,
            end: *end,
            speaker: asked.filter(|_| number > start && !asks[number]),
            addressed: asked.filter(|_| asks[number]),
            why: "answers in an interview",
        };
        paragraphs.iter().enumerate().skip(start).map(turn).collect()
    }

    /// Who is asked: the person named most before the first question, headline included.
    fn asked(&self, mentions: &[Mention], verdicts: &[Verdict], first: usize) -> Option<usize> {
        let early = |mention: &Mention| {
            mention.head < first
                || self.text.report.is_in_headline(self.text.span(mention.first, mention.end))
        };
        let named = self.named_most(mentions, verdicts, early);
        named.or_else(|| self.named_most(mentions, verdicts, |mention| self.is_said_to_say(mention.head)))
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
            let person = |id: &usize| {
                self.bearers.get(*id).is_some_and(|b| b.named && b.entity_type == EntityType::Person)
            };
            if let Some(id) = who.filter(|_| counting(mention)).filter(person) {
                let asked = self.is_asked(mention.head);
                counts[id] += if headline || asked { 3 } else { 1 };
            }
        }
        let most = counts.iter().copied().max().filter(|most| *most > 0)?;
        counts.iter().position(|count| *count == most)
    }

    /// "Wikinews spoke with Ada Brenn": is this the sentence that tells who was asked?
    fn is_asked(&self, at: usize) -> bool {
        let Some(sentence) = self.text.sentence(at) else { return false };
        let first = (sentence.first as usize).max(at.saturating_sub(REACH));
        let end = (sentence.end as usize).min(at + REACH);
        let words = self.text.words.get(first..end).unwrap_or_default();
        words.iter().any(|w| self.rules.nouns.asking.iter().any(|lemma| **lemma == *w.token.lemma))
    }

    fn paragraphs(&self) -> Vec<(usize, usize)> {
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

    /// A short paragraph that speaks to somebody, and of nobody else.
    fn prompts(&self, (first, end): (usize, usize)) -> bool {
        let words = self.text.words.get(first..end).unwrap_or_default();
        let to_you = words.iter().any(|w| is_one_of(&self.rules.nouns.addressed, w));
        words.len() <= PROMPT && to_you && !self.speaks((first, end))
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

/// We, us, our.
fn speaks_for_several(word: &str) -> bool {
    matches!(word.chars().next(), Some('w' | 'u' | 'o'))
}

/// The part that holds a token; parts stand in the text's order, apart from each other.
fn holding(parts: &[Part], at: usize) -> Option<&Part> {
    parts.get(parts.partition_point(|part| part.end <= at)).filter(|part| part.first <= at)
}
