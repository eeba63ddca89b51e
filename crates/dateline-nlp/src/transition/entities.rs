//! The entity recogniser: for each token, does a name begin, go on, end, stand alone, or is there none?

use std::ops::Range;

use super::hidden::VectorSource;
use super::scorer::{Scorer, ScorerMemory};
use crate::package::{Moves, PackageError};

/// A name: its tokens and its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EntitySpan {
    pub(crate) start: u32,
    /// One past the last token.
    pub(crate) end: u32,
    /// The type, in the list of labels.
    pub(crate) label: u16,
}

/// The numbers of the actions in a package.
const BEGIN: u8 = 1;
const INSIDE: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUTSIDE: u8 = 5;

/// The recogniser's actions.
#[derive(Debug)]
pub(crate) struct Entities {
    scorer: Scorer,
    begin: Range<usize>,
    unit: Range<usize>,
    outside: Range<usize>,
    /// By type: its classes for going on and for ending.
    going_on: Vec<(u16, Option<usize>, Option<usize>)>,
    /// The type of each class.
    labels: Vec<u16>,
}

/// What the recogniser must know of a token beside its vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TokenFacts {
    pub(crate) space: bool,
    pub(crate) begins_sentence: bool,
}

impl Entities {
    /// `label` gives the number of a type.
    pub(crate) fn new(
        scorer: Scorer,
        moves: &Moves,
        mut label: impl FnMut(&str) -> u16,
    ) -> Result<Self, PackageError> {
        if let Some((action, _)) = moves.iter().find(|(action, _)| !(BEGIN..=OUTSIDE).contains(action)) {
            return Err(PackageError::unsupported("ner", format!("its action {action} is not known")));
        }
        // A unit without type is for tokens that are blocked beforehand, which is not done here.
        let range = |wanted: u8| {
            let mut classes = moves
                .iter()
                .enumerate()
                .filter(|(_, (action, name))| *action == wanted && (wanted == OUTSIDE || !name.is_empty()));
            let first = classes.next().map_or(0..0, |(class, _)| class..class + 1);
            classes.fold(first, |range, (class, _)| range.start..class + 1)
        };
        let (begin, unit, outside) = (range(BEGIN), range(UNIT), range(OUTSIDE));
        let labels: Vec<u16> = moves.iter().map(|(_, name)| label(name)).collect();
        let class_of = |wanted: u8, label: u16| {
            moves.iter().zip(&labels).position(|((action, _), l)| *action == wanted && *l == label)
        };
        let types = labels.get(begin.clone()).unwrap_or_default().iter();
        let going_on = types.map(|&label| (label, class_of(INSIDE, label), class_of(LAST, label))).collect();
        Ok(Self { scorer, begin, unit, outside, going_on, labels })
    }

    /// Finds the names among the `count` tokens of a text.
    pub(crate) fn find(
        &self,
        count: usize,
        facts: impl Fn(usize) -> TokenFacts,
        source: &mut impl VectorSource,
        memory: &mut ScorerMemory,
    ) -> Vec<EntitySpan> {
        self.scorer.begin(memory);
        let mut spans = Vec::new();
        let mut open: Option<(u32, u16)> = None;
        for token in 0..count {
            let may_last = token + 1 < count && !facts(token + 1).begins_sentence;
            let at = token as u32;
            match open {
                Some((start, label)) => {
                    let shown = [Some(at), Some(start), at.checked_sub(1)];
                    let scores = self.scorer.scores(&shown, source, memory);
                    if !self.goes_on(label, may_last, scores) {
                        spans.push(EntitySpan { start, end: at + 1, label });
                        open = None;
                    }
                }
                None => {
                    let scores = self.scorer.scores_alone(at, source, memory);
                    let Some(class) = self.new_class(facts(token).space, may_last, scores) else { continue };
                    let label = self.labels.get(class).copied().unwrap_or(0);
                    if self.begin.contains(&class) {
                        open = Some((at, label));
                    } else if self.unit.contains(&class) {
                        spans.push(EntitySpan { start: at, end: at + 1, label });
                    }
                }
            }
        }
        spans
    }

    /// Does the open name go on beyond this token? It may not at the end of a sentence.
    fn goes_on(&self, label: u16, may_last: bool, scores: &[f32]) -> bool {
        let classes = self.going_on.iter().find(|(known, ..)| *known == label);
        let score = |class: Option<usize>| class.and_then(|class| scores.get(class)).copied();
        match classes {
            Some(&(_, inside, last)) => may_last && score(inside) >= score(last),
            None => false,
        }
    }

    /// The best class while no name is open.
    fn new_class(&self, space: bool, may_last: bool, scores: &[f32]) -> Option<usize> {
        let begin = if space || !may_last { 0..0 } else { self.begin.clone() };
        let unit = if space { 0..0 } else { self.unit.clone() };
        self.scorer.best(scores, [begin, unit, self.outside.clone()])
    }
}
