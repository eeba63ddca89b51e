//! "More than 300 people have been killed since March": is what a clause tells one happening, or what has run up over
//! a longer stretch of a conflict?

use dateline_model::{Report, TimeExpression, TimeType};

use crate::lexicon::CodingLexicon;
use crate::tree::{Class, Dep, Tree};

/// Words from a word up to the verb of its clause.
const STEPS: usize = 5;
/// Times of a sentence that are looked at; text that is none must not cost the square of its length.
const TIMES: usize = 32;

/// What running totals are told from: a sentence, and the times of its report.
#[derive(Clone, Copy)]
pub(crate) struct Totals<'a> {
    pub(crate) report: &'a Report,
    pub(crate) times: &'a [TimeExpression],
    pub(crate) lexicon: &'a CodingLexicon,
}

impl Totals<'_> {
    /// Does the clause of the word `at` sum up more than one happening?
    pub(crate) fn is_running(&self, tree: &Tree<'_>, at: usize) -> bool {
        let verb = tree.way_up(at).take(STEPS).find(|a| tree.class(*a) == Class::Verb).unwrap_or(at);
        self.is_since(tree, verb) || self.is_past_stretch(tree, verb) || self.is_of_a_war(tree, verb)
    }

    /// "Since March", "since the war began".
    fn is_since(&self, tree: &Tree<'_>, verb: usize) -> bool {
        let is = |at: usize| self.lexicon.small.since.iter().any(|w| tree.is(at, *w));
        tree.children(verb).any(|c| match tree.dep(c) {
            Dep::Preposition | Dep::Mark => is(c),
            Dep::AdverbialClause => tree.children_by(c, Dep::Mark).any(is),
            _ => false,
        })
    }

    /// "In the past five years".
    fn is_past_stretch(&self, tree: &Tree<'_>, verb: usize) -> bool {
        let Some((first, last)) = tree.tokens.first().zip(tree.tokens.last()) else { return false };
        let from = self.times.partition_point(|time| time.span.end <= first.span.start);
        let here = self.times[from..].iter().take_while(|time| time.span.start < last.span.end).take(TIMES);
        let mut long = here.filter(|time| self.is_long_past(time));
        long.any(|time| {
            let at = tree.tokens.partition_point(|token| token.span.end < time.span.end);
            at < tree.len() && tree.is_under(at, verb, STEPS)
        })
    }

    /// Days, weeks, years up to now; a night or a day and a night are no stretch.
    fn is_long_past(&self, time: &TimeExpression) -> bool {
        let is_long = time.time_type == TimeType::Duration
            && time.value.starts_with('P')
            && !time.value.starts_with("PT")
            && !self.lexicon.short.contains(&time.value);
        let is_past = |word: &str| self.lexicon.past.iter().any(|past| past.eq_ignore_ascii_case(word));
        is_long && self.report.words(time.span).split_whitespace().any(is_past)
    }

    /// "The war has killed 100,000 people".
    fn is_of_a_war(&self, tree: &Tree<'_>, verb: usize) -> bool {
        let subjects = tree.children_by(verb, Dep::Subject);
        let agents = tree.children_by(verb, Dep::Agent).chain(tree.children_by(verb, Dep::Preposition));
        let objects = agents.flat_map(|by| tree.children_by(by, Dep::PrepositionObject));
        let is_war = |at: usize| self.lexicon.small.wars.iter().any(|w| tree.is(at, *w));
        subjects.chain(objects).any(is_war)
    }
}
