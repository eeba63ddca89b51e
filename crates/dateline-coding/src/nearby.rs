//! When and where: the time and the place that stand nearest to an act, and how near.

use dateline_model::{Found, Moment, Nearness, Place, PlaceScale, Report, Span, TimeExpression, TimeType};

use crate::code::Known;
use crate::lexicon::SmallWords;
use crate::tree::{Class, Dep, Tree};

/// Sentences before an event in which its time or place is looked for.
const SENTENCES_BACK: u32 = 3;
/// Sentences behind an event in which somebody may tell of it.
const SENTENCES_AHEAD: u32 = 1;
/// Words between "said" and the day on which it was said: "said on", "said late on".
const WORDS_BETWEEN: usize = 2;
/// Words upwards from a time or place to the act it belongs to.
const STEPS: usize = 5;

/// Times and places of a report by the sentence and word that they stand at.
pub(crate) struct Nearby<'a> {
    /// By sentence, each with the index of its last word and of itself.
    times: Vec<Standing>,
    places: Vec<Standing>,
    /// By index of the place: is it a whole country?
    countries: Vec<bool>,
    /// By index of the time: does it lie after the report's day?
    to_come: Vec<bool>,
    /// By index of the time: the statement that was made then, where the words say so.
    said_then: Vec<Option<u32>>,
    /// By index of the time: is it the report's day?
    of_the_day: Vec<bool>,
    small: &'a SmallWords,
    report: &'a Report,
}

/// Does a time or place belong to the act's own words, or to those for who takes part?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standpoint {
    OfTheAct,
    OfAParty,
}

struct Standing {
    sentence: u32,
    word: u32,
    index: u32,
}

impl<'a> Nearby<'a> {
    /// Sorts what is known by where it stands.
    pub(crate) fn new(report: &'a Report, known: Known<'a>, small: &'a SmallWords) -> Self {
        let dated = |index: &usize| {
            let time = &known.times[*index];
            // "Now" and "recently" (PRESENT_REF, PAST_REF) tell no day; the report's own is none of the event's.
            let told = !time.value.ends_with("_REF") && !time.is_of_report;
            told && matches!(time.time_type, TimeType::Date | TimeType::Time)
        };
        let times = (0..known.times.len()).filter(dated).map(|i| (known.times[i].span, i));
        let places = known.places.iter().enumerate().map(|(i, p)| (p.span, i));
        let is_country =
            |p: &Place| p.location.as_ref().is_some_and(|location| location.scale == PlaceScale::Country);
        let countries = known.places.iter().map(is_country).collect();
        let printed = report.document_time.0.map(Moment::day);
        // First and last day of each time, beside the report's own day.
        let days = |time: &TimeExpression| {
            let told = time.interval.map(|told| (told.first.day(), told.last.day()));
            told.zip(printed)
        };
        let days: Vec<_> = known.times.iter().map(days).collect();
        let to_come = days.iter().map(|days| days.is_some_and(|((first, _), own)| first > own)).collect();
        let of_the_day = days.iter().map(|days| days.is_some_and(|(told, own)| told == (own, own))).collect();
        let said_then = said_then(report, known);
        let (times, places) = (standing(report, times), standing(report, places));
        Self { times, places, countries, to_come, said_then, of_the_day, small, report }
    }

    /// The time of the act at `at`, which the statement of that index asserts; the day on which somebody says so is
    /// not the day of the act.
    pub(crate) fn time(
        &self,
        tree: &Tree<'_>,
        sentence: u32,
        at: usize,
        asserted_by: Option<u32>,
    ) -> Option<Found> {
        let then = |index: u32| asserted_by.is_some() && self.said_then[index as usize] == asserted_by;
        let standing = |index, word| {
            (!then(index) && !self.is_of_saying(tree, word, at)).then_some(Standpoint::OfTheAct)
        };
        // "By Easter" in one sentence does not date what the next tells as done.
        let has_come = |index: u32| !self.to_come[index as usize];
        let own = self.find(&self.times, tree, sentence, at, standing, has_come);
        own.or_else(|| self.when_told(sentence).filter(|_| self.is_just_done(tree, at)))
    }

    /// "Has telephoned": news of the day.
    fn is_just_done(&self, tree: &Tree<'_>, at: usize) -> bool {
        let mut helpers = tree.children_by(at, Dep::Auxiliary);
        helpers.any(|a| tree.lemma(a) == self.small.have && matches!(tree.tag(a), "VBZ" | "VBP"))
    }

    /// The report's own day where somebody is said to have spoken then, in this sentence or the next.
    fn when_told(&self, sentence: u32) -> Option<Found> {
        let from = self.times.partition_point(|s| s.sentence < sentence);
        let mut near = self.times[from..].iter().take_while(|s| s.sentence <= sentence + SENTENCES_AHEAD);
        let told =
            near.find(|s| self.said_then[s.index as usize].is_some() && self.of_the_day[s.index as usize])?;
        Some(Found { index: told.index, nearness: Nearness::Context })
    }

    /// Does the time of that index lie after the report's day?
    pub(crate) fn is_to_come(&self, index: u32) -> bool {
        self.to_come.get(index as usize).copied().unwrap_or_default()
    }

    /// The place of the act at `at`. Words `whose` say who acts, as "Poland" in "the Polish minister" and "the
    /// minister of Poland": a country there is not where, a town there is where no other place is told.
    pub(crate) fn place(&self, tree: &Tree<'_>, sentence: u32, at: usize, whose: &[usize]) -> Option<Found> {
        let standing = |index: u32, word: usize| match (whose.contains(&word), self.countries[index as usize])
        {
            (true, true) => None,
            (true, false) => Some(Standpoint::OfAParty),
            (false, _) => Some(Standpoint::OfTheAct),
        };
        self.find(&self.places, tree, sentence, at, standing, |_| true)
    }

    fn find(
        &self,
        list: &[Standing],
        tree: &Tree<'_>,
        sentence: u32,
        at: usize,
        standpoint: impl Fn(u32, usize) -> Option<Standpoint>,
        is_context: impl Fn(u32) -> bool,
    ) -> Option<Found> {
        let from = list.partition_point(|s| s.sentence < sentence);
        let same = list[from..].iter().take_while(|s| s.sentence == sentence);
        let within = same.filter_map(|s| Some((tree.within(s.word)?, s.index)));
        let ranked = within.filter_map(|(word, index)| {
            let (outside, apart) = rank(tree, word, at);
            Some((outside, standpoint(index, word)?, apart, index))
        });
        if let Some((outside, .., index)) = ranked.min() {
            let nearness = if outside == 0 { Nearness::Clause } else { Nearness::Sentence };
            return Some(Found { index, nearness });
        }
        if self.is_headline(sentence) {
            return None;
        }
        let near =
            list[..from].iter().rev().take_while(|before| before.sentence + SENTENCES_BACK >= sentence);
        let before = { near }.find(|before| is_context(before.index))?;
        Some(Found { index: before.index, nearness: Nearness::Context })
    }

    /// "On Sunday a monitor said that 82 were killed": does the word hang on the verb whose content the act is? It
    /// opens the sentence or stands right after that verb; in between, the tree is often wrong. So does it not date the bombing when somebody claims it.
    fn is_of_saying(&self, tree: &Tree<'_>, word: usize, at: usize) -> bool {
        let verb = tree.way_up(word).skip(1).take(STEPS).find(|a| tree.class(*a) == Class::Verb);
        let reacts = |a: &usize| *a != at && self.small.reacting.contains(&tree.lemma(*a));
        if verb.is_some_and(|verb| reacts(&verb) && tree.is_under(at, verb, STEPS + 2)) {
            return true;
        }
        let saying = tree.way_up(at).take(STEPS).find(|a| tree.dep(*a) == Dep::Clause).map(|a| tree.head(a));
        let Some(verb) = verb.filter(|verb| Some(*verb) == saying && *verb != at) else { return false };
        (word < verb && verb < at) || (word > verb && word <= verb + 2)
    }

    fn is_headline(&self, sentence: u32) -> bool {
        let sentence = self.report.annotated.sentences.get(sentence as usize);
        sentence.is_some_and(|s| self.report.is_in_headline(s.span))
    }
}

/// "The raids killed twelve, a monitor said on Friday": the time right after the words that make it a statement is that
/// of the statement, whatever the tree makes of a long sentence. So is one in the words for its occasion: "said in
/// a statement on Friday".
fn said_then(report: &Report, known: Known<'_>) -> Vec<Option<u32>> {
    let mut said = vec![None; known.times.len()];
    let cues =
        (0..).zip(known.attributions).filter_map(|(n, statement)| Some((n, statement.cue.last()?.end)));
    for (statement, end) in cues {
        let next = known.times.partition_point(|time| time.span.start < end);
        let Some(time) = known.times.get(next) else { continue };
        let gap = report.text.get(end as usize..time.span.start as usize).unwrap_or(".");
        let is_right_after = gap.chars().all(|c| c.is_alphabetic() || c == ' ');
        if is_right_after && gap.split_whitespace().count() <= WORDS_BETWEEN {
            said[next] = Some(statement);
        }
    }
    for (statement, occasion) in
        (0..).zip(known.attributions).flat_map(|(n, s)| s.occasion.iter().map(move |o| (n, o)))
    {
        let from = known.times.partition_point(|time| time.span.start < occasion.start);
        let within = known.times[from..].iter().take_while(|time| time.span.end <= occasion.end).count();
        said[from..from + within].fill(Some(statement));
    }
    said
}

/// Own clause before others; then the nearer.
fn rank(tree: &Tree<'_>, word: usize, at: usize) -> (u8, usize) {
    let verb =
        tree.way_up(word).take(STEPS + 1).find(|a| *a == at || (tree.class(*a) == Class::Verb && *a != word));
    let outside = u8::from(verb != Some(at));
    (outside, word.abs_diff(at))
}

fn standing(report: &Report, spans: impl Iterator<Item = (Span, usize)>) -> Vec<Standing> {
    let annotated = &report.annotated;
    let mut all: Vec<Standing> = Vec::new();
    for (span, index) in spans {
        let word = annotated.tokens.partition_point(|t| t.span.start < span.end).saturating_sub(1);
        let sentence = annotated.sentences.partition_point(|s| s.end as usize <= word);
        if sentence < annotated.sentences.len() {
            all.push(Standing { sentence: sentence as u32, word: word as u32, index: index as u32 });
        }
    }
    all.sort_by_key(|s| (s.sentence, s.word, s.index));
    all
}
