//! Runs one alternative: backtracking in Python's order, each state at each place visited once.

use super::compile::Direction;
use super::parse::Wanted;
use crate::unicode::CharSet;

/// States times places that one run may remember; beyond it a chunk counts as not matching.
///
/// Only the pattern for addresses comes near, on a single word of half a million characters.
const MOST_STATES: usize = 1 << 28;

/// One step of a program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    Char(char),
    Set(usize),
    /// Try the first way, then the second.
    Split(usize, usize),
    Jump(usize),
    Start,
    End,
    Look(usize, Wanted),
    Match,
}

/// An alternative, ready to run.
#[derive(Debug)]
pub(super) struct Program {
    ops: Vec<Op>,
    sets: Vec<CharSet>,
    looks: Vec<Program>,
    direction: Direction,
    /// Can the same state come up twice at one place?
    loops: bool,
}

/// What a run is after.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// The match that comes first in Python's order.
    First,
    /// The match that reaches farthest.
    Farthest,
}

impl Program {
    pub(super) fn new(
        ops: Vec<Op>,
        sets: Vec<CharSet>,
        looks: Vec<Program>,
        direction: Direction,
        loops: bool,
    ) -> Self {
        Self { ops, sets, looks, direction, loops }
    }

    /// Where the match that begins at `at` ends; backwards, where the one that ends at `at` begins.
    pub(super) fn run(&self, text: &str, at: usize) -> Option<usize> {
        self.explore(text, at, Goal::First)
    }

    /// The same, of all matches the one that reaches farthest.
    pub(super) fn run_longest(&self, text: &str, at: usize) -> Option<usize> {
        self.explore(text, at, Goal::Farthest)
    }

    fn explore(&self, text: &str, at: usize, goal: Goal) -> Option<usize> {
        let mut visited = Visited::new(self, text, at)?;
        let mut best = None;
        let mut ways = vec![(0, at)];
        while let Some((op, place)) = ways.pop() {
            if let Some(end) = self.follow(text, op, place, &mut ways, &mut visited) {
                if goal == Goal::First {
                    return Some(end);
                }
                best =
                    Some(best.map_or(
                        end,
                        |other: usize| if end.abs_diff(at) > other.abs_diff(at) { end } else { other },
                    ));
            }
        }
        best
    }

    /// Follows one way until it fails or matches; other ways that open up are put on the stack.
    fn follow(
        &self,
        text: &str,
        mut op: usize,
        mut place: usize,
        ways: &mut Vec<(usize, usize)>,
        visited: &mut Visited,
    ) -> Option<usize> {
        loop {
            if !visited.enter(op, place) {
                return None;
            }
            let step = self.ops.get(op)?;
            op += 1;
            match *step {
                Op::Match => return Some(place),
                Op::Jump(to) => op = to,
                Op::Split(first, second) => {
                    ways.push((second, place));
                    op = first;
                }
                Op::Start if place == 0 => {}
                Op::End if is_end(text, place) => {}
                Op::Start | Op::End => return None,
                Op::Look(number, wanted) => {
                    let found = self.looks.get(number)?.run(text, place).is_some();
                    if found != (wanted == Wanted::There) {
                        return None;
                    }
                }
                Op::Char(wanted) => place = self.step(text, place, |c| c == wanted)?,
                Op::Set(number) => {
                    let set = self.sets.get(number)?;
                    place = self.step(text, place, |c| set.contains(c))?;
                }
            }
        }
    }

    #[inline]
    fn step(&self, text: &str, place: usize, fits: impl Fn(char) -> bool) -> Option<usize> {
        match self.direction {
            Direction::Forward => {
                text.get(place..)?.chars().next().filter(|&c| fits(c)).map(|c| place + c.len_utf8())
            }
            Direction::Backward => {
                text.get(..place)?.chars().next_back().filter(|&c| fits(c)).map(|c| place - c.len_utf8())
            }
        }
    }
}

/// Python's `$` also matches before a line feed that ends the text.
fn is_end(text: &str, place: usize) -> bool {
    place == text.len() || text.get(place..) == Some("\n")
}

/// The states that were entered, so that none is entered twice; nothing for programs that cannot repeat.
struct Visited {
    states: usize,
    start: usize,
    bits: Vec<u64>,
    needed: bool,
}

impl Visited {
    fn new(program: &Program, text: &str, start: usize) -> Option<Self> {
        let states = program.ops.len();
        if program.loops && states.saturating_mul(text.len() + 1) > MOST_STATES {
            return None;
        }
        Some(Self { states, start, bits: Vec::new(), needed: program.loops })
    }

    /// Notes the state; was it new?
    #[inline]
    fn enter(&mut self, op: usize, place: usize) -> bool {
        if !self.needed {
            return true;
        }
        let bit = place.abs_diff(self.start) * self.states + op;
        let (word, bit) = (bit / 64, 1 << (bit % 64));
        if word >= self.bits.len() {
            self.bits.resize((word + 1).next_power_of_two(), 0);
        }
        self.bits.get_mut(word).is_some_and(|w| std::mem::replace(w, *w | bit) & bit == 0)
    }
}
