//! The dependency parser: arc-eager, greedy, over a whole text at once, finding the sentences on its way.

use std::ops::Range;

use super::hidden::VectorSource;
use super::scorer::{Scorer, ScorerMemory};
use super::tree::{Arc, Tree};
use crate::package::{Moves, PackageError};

/// Nothing: no head, no child.
const NONE: u32 = u32::MAX;

/// A text of n tokens takes about 2·n actions; after this many times n, the parser gives up.
const MOST_ACTIONS: usize = 16;

/// What the parser can do, in the order of the classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// Push the next token.
    Shift,
    /// Pop the top, or put it back if it has no head yet.
    Reduce,
    /// The next token is the top's head; pop.
    Left,
    /// The top is the next token's head; push.
    Right,
    /// A sentence begins after the next token.
    Break,
}

const ACTIONS: [Action; 5] = [Action::Shift, Action::Reduce, Action::Left, Action::Right, Action::Break];

/// The parser's actions, and how their labels come out.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: Scorer,
    classes: [Range<usize>; 5],
    /// The label of each class, in the parser's list of labels.
    labels: Vec<u16>,
}

impl Parser {
    /// `label` gives the number of a label.
    pub(crate) fn new(
        scorer: Scorer,
        moves: &Moves,
        mut label: impl FnMut(&str) -> u16,
    ) -> Result<Self, PackageError> {
        let mut classes = [const { 0..0 }; 5];
        for (class, (action, _)) in moves.iter().enumerate() {
            let range = classes.get_mut(usize::from(*action));
            let range = range.ok_or_else(|| {
                PackageError::unsupported("parser", format!("its action {action} is not known"))
            })?;
            *range = if range.end == 0 { class } else { range.start }..class + 1;
        }
        let labels = moves.iter().map(|(_, name)| label(name)).collect();
        Ok(Self { scorer, classes, labels })
    }

    /// Parses the `count` tokens of a text.
    pub(crate) fn parse(
        &self,
        count: usize,
        source: &mut impl VectorSource,
        memory: &mut ScorerMemory,
    ) -> Tree {
        self.scorer.begin(memory);
        let mut state = State::new(count);
        let mut left = MOST_ACTIONS * count + 64;
        while !state.is_final() && left > 0 {
            left -= 1;
            let scores = self.scorer.scores(&state.shown(), source, memory);
            let valid = ACTIONS.iter().zip(&self.classes).filter(|(action, _)| state.allows(**action));
            let best = self.scorer.best(scores, valid.map(|(_, range)| range.clone()));
            let action = best.and_then(|class| Some((self.action(class)?, *self.labels.get(class)?)));
            let Some((action, label)) = action else { break };
            state.apply(action, label);
        }
        state.into_tree()
    }

    fn action(&self, class: usize) -> Option<Action> {
        let index = self.classes.iter().position(|range| range.contains(&class))?;
        ACTIONS.get(index).copied()
    }
}

/// How far the parser has come.
struct State {
    count: u32,
    /// The next token that was never taken.
    next: u32,
    /// Tokens put back, the last on top.
    put_back: Vec<u32>,
    stack: Vec<u32>,
    arcs: Vec<Arc>,
    /// By head: the child that was added last, on the left and on the right.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    /// By child: the one that was added before it, on its side of their head.
    added_before: Vec<u32>,
    /// Tokens that may not be put back again.
    was_put_back: Vec<bool>,
    begins_sentence: Vec<bool>,
}

impl State {
    fn new(count: usize) -> Self {
        let none = || vec![NONE; count];
        Self {
            count: count as u32,
            next: 0,
            put_back: Vec::new(),
            stack: Vec::new(),
            arcs: vec![Arc::NONE; count],
            last_left: none(),
            last_right: none(),
            added_before: none(),
            was_put_back: vec![false; count],
            begins_sentence: vec![false; count],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.waiting() == 0
    }

    /// Tokens that wait to be read.
    fn waiting(&self) -> usize {
        (self.count - self.next) as usize + self.put_back.len()
    }

    /// The waiting token with this number.
    fn waiting_token(&self, number: usize) -> Option<u32> {
        match self.put_back.len().checked_sub(number + 1) {
            Some(index) => self.put_back.get(index).copied(),
            None => {
                Some(self.next + (number - self.put_back.len()) as u32).filter(|&token| token < self.count)
            }
        }
    }

    fn stacked(&self, depth: usize) -> Option<u32> {
        self.stack.len().checked_sub(depth + 1).and_then(|index| self.stack.get(index).copied())
    }

    /// The tokens that the network sees.
    fn shown(&self) -> [Option<u32>; 8] {
        let (first, second) = (self.waiting_token(0), self.waiting_token(1));
        let child = |list: &[u32], of: Option<u32>| {
            of.and_then(|head| list.get(head as usize).copied()).filter(|&child| child != NONE)
        };
        let top = self.stacked(0);
        let children =
            [child(&self.last_left, first), child(&self.last_left, top), child(&self.last_right, top)];
        [first, second, top, self.stacked(1), self.stacked(2), children[0], children[1], children[2]]
    }

    fn allows(&self, action: Action) -> bool {
        let first = self.waiting_token(0);
        let begins = first.is_some_and(|token| self.begins_sentence[token as usize]);
        match action {
            Action::Shift if self.stack.is_empty() => true,
            Action::Shift => {
                let put_back = first.is_some_and(|token| self.was_put_back[token as usize]);
                self.waiting() >= 2 && !begins && !put_back
            }
            Action::Reduce => !self.stack.is_empty(),
            Action::Left | Action::Right => !self.stack.is_empty() && first.is_some() && !begins,
            Action::Break => match (first, self.waiting_token(1)) {
                (Some(first), Some(second)) => second == first + 1 && !self.begins_sentence[second as usize],
                _ => false,
            },
        }
    }

    fn apply(&mut self, action: Action, label: u16) {
        let (first, top) = (self.waiting_token(0), self.stacked(0));
        match (action, first, top) {
            (Action::Shift, ..) => self.push(),
            (Action::Reduce, _, Some(top)) => self.reduce(top),
            (Action::Left, Some(first), Some(top)) => {
                self.attach(top, first, label);
                self.was_put_back[first as usize] = false;
                self.stack.pop();
            }
            (Action::Right, Some(first), Some(top)) => {
                self.attach(first, top, label);
                self.push();
            }
            (Action::Break, Some(first), _) => {
                if let Some(begins) = self.begins_sentence.get_mut(first as usize + 1) {
                    *begins = true;
                }
            }
            _ => {}
        }
    }

    fn push(&mut self) {
        let token = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn reduce(&mut self, top: u32) {
        self.stack.pop();
        if self.arcs[top as usize].head == NONE && !self.stack.is_empty() {
            self.was_put_back[top as usize] = true;
            self.put_back.push(top);
        }
    }

    fn attach(&mut self, child: u32, head: u32, label: u16) {
        self.detach(child);
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.added_before[child as usize] = std::mem::replace(&mut last[head as usize], child);
        self.arcs[child as usize] = Arc { head, label };
    }

    /// Takes a child from its head.
    fn detach(&mut self, child: u32) {
        let head = self.arcs[child as usize].head;
        if head == NONE {
            return;
        }
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        let before = self.added_before[child as usize];
        if last[head as usize] == child {
            last[head as usize] = before;
            return;
        }
        let mut at = last[head as usize];
        while at != NONE {
            let link = &mut self.added_before[at as usize];
            if *link == child {
                *link = before;
                return;
            }
            at = *link;
        }
    }

    fn into_tree(self) -> Tree {
        Tree::new(self.arcs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_without_head_is_put_back_once() {
        let mut state = State::new(3);
        state.apply(Action::Shift, 0);
        state.apply(Action::Shift, 0);
        state.apply(Action::Reduce, 0);
        assert_eq!((state.stack.clone(), state.put_back.clone()), (vec![0], vec![1]));
        assert!(!state.allows(Action::Shift), "it would go round for ever");
        assert!(state.allows(Action::Right));
        assert!(!state.allows(Action::Break) || state.waiting_token(1) == Some(2));
    }

    #[test]
    fn a_new_head_takes_the_child_from_the_old_one() {
        let mut state = State::new(4);
        state.attach(1, 0, 7);
        state.attach(1, 3, 8);
        assert_eq!((state.last_right[0], state.last_left[3]), (NONE, 1));
        assert_eq!(state.arcs[1], Arc { head: 3, label: 8 });
    }

    #[test]
    fn no_text_is_done_at_once() {
        assert!(State::new(0).is_final());
    }
}
