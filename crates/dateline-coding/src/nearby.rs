//! When and where: the time and the place that stand nearest to an act, and how near.

use dateline_model::{Found, Nearness, Place, PlaceScale, Report, Span, TimeType};

use crate::code::Known;
use crate::tree::{Class, Tree};

/// Sentences before an event in which its time or place is looked for.
const SENTENCES_BACK: u32 = 3;
/// Words upwards from a time or place to the act it belongs to.
const STEPS: usize = 5;

/// Times and places of a report by the sentence and word that they stand at.
pub(crate) struct Nearby<'a> {
    /// By sentence, each with the index of its last word and of itself.
    times: Vec<Standing>,
    places: Vec<Standing>,
    /// By index of the place: is it a whole country?
    countries: Vec<bool>,
    report: &'a Report,
}

struct Standing {
    sentence: u32,
    word: u32,
    index: u32,
}

impl<'a> Nearby<'a> {
    /// Sorts what is known by where it stands.
    pub(crate) fn new(report: &'a Report, known: Known<'a>) -> Self {
        let dated = |index: &usize| {
            let time = &known.times[*index];
            // "Now" and "recently" (PRESENT_REF, PAST_REF) tell no day.
            let told = !time.value.ends_with("_REF");
            told && matches!(time.time_type, TimeType::Date | TimeType::Time)
        };
        let times = (0..known.times.len()).filter(dated).map(|i| (known.times[i].span, i));
        let places = known.places.iter().enumerate().map(|(i, p)| (p.span, i));
        let is_country =
            |p: &Place| p.location.as_ref().is_some_and(|location| location.scale == PlaceScale::Country);
        let countries = known.places.iter().map(is_country).collect();
        Self { times: standing(report, times), places: standing(report, places), countries, report }
    }

    /// The time of the act at `at`.
    pub(crate) fn time(&self, tree: &Tree<'_>, sentence: u32, at: usize) -> Option<Found> {
        self.find(&self.times, tree, sentence, at, |_, _| true)
    }

    /// The place of the act at `at`. A country that only says who acts is not where: words `whose` say so, as
    /// "Poland" in "the Polish minister" and "the minister of Poland".
    pub(crate) fn place(&self, tree: &Tree<'_>, sentence: u32, at: usize, whose: &[usize]) -> Option<Found> {
        let is_where = |index: u32, word: usize| !(self.countries[index as usize] && whose.contains(&word));
        self.find(&self.places, tree, sentence, at, is_where)
    }

    fn find(
        &self,
        list: &[Standing],
        tree: &Tree<'_>,
        sentence: u32,
        at: usize,
        is_meant: impl Fn(u32, usize) -> bool,
    ) -> Option<Found> {
        let from = list.partition_point(|s| s.sentence < sentence);
        let same = list[from..].iter().take_while(|s| s.sentence == sentence);
        let within = same.filter_map(|s| Some((tree.within(s.word)?, s.index)));
        let meant = within.filter(|(word, index)| is_meant(*index, *word));
        let best = meant.map(|(word, index)| (rank(tree, word, at), index)).min();
        if let Some(((outside, ..), index)) = best {
            let nearness = if outside == 0 { Nearness::Clause } else { Nearness::Sentence };
            return Some(Found { index, nearness });
        }
        let before = list[..from].last()?;
        let near = before.sentence + SENTENCES_BACK >= sentence && !self.is_headline(sentence);
        near.then_some(Found { index: before.index, nearness: Nearness::Context })
    }

    fn is_headline(&self, sentence: u32) -> bool {
        let sentence = self.report.annotated.sentences.get(sentence as usize);
        sentence.is_some_and(|s| self.report.is_in_headline(s.span))
    }
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
