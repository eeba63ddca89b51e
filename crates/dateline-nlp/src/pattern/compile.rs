//! From a part of a pattern to a program that runs forwards, or backwards from the end.

use std::rc::Rc;

use super::parse::{Node, Order};
use super::program::{Op, Program};
use crate::unicode::CharSet;

/// The way in which a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Forward,
    Backward,
}

/// The program that reads forwards from where a match begins.
pub(super) fn forward(node: &Node) -> Program {
    compile(node, Direction::Forward)
}

/// The program that reads backwards from where a match ends.
pub(super) fn backward(node: &Node) -> Program {
    compile(node, Direction::Backward)
}

fn compile(node: &Node, direction: Direction) -> Program {
    let mut compiler =
        Compiler { ops: Vec::new(), sets: Vec::new(), looks: Vec::new(), direction, loops: false };
    compiler.emit(node);
    compiler.ops.push(Op::Match);
    let Compiler { ops, sets, looks, loops, .. } = compiler;
    Program::new(ops, sets.iter().map(|set| (**set).clone()).collect(), looks, direction, loops)
}

struct Compiler {
    ops: Vec<Op>,
    sets: Vec<Rc<CharSet>>,
    looks: Vec<Program>,
    direction: Direction,
    loops: bool,
}

impl Compiler {
    fn emit(&mut self, node: &Node) {
        match node {
            Node::Set(set) => self.emit_set(set),
            Node::Start => self.ops.push(Op::Start),
            Node::End => self.ops.push(Op::End),
            Node::Sequence(nodes) if self.direction == Direction::Forward => {
                nodes.iter().for_each(|n| self.emit(n));
            }
            Node::Sequence(nodes) => nodes.iter().rev().for_each(|n| self.emit(n)),
            Node::Either(nodes) => self.emit_either(nodes),
            Node::Repeat { node, least, most, order } => self.emit_repeat(node, *least, *most, *order),
            Node::Look { node, direction, wanted } => {
                self.looks.push(compile(node, *direction));
                self.ops.push(Op::Look(self.looks.len() - 1, *wanted));
            }
        }
    }

    fn emit_set(&mut self, set: &Rc<CharSet>) {
        if let &[(first, last)] = set.ranges()
            && first == last
            && let Some(c) = char::from_u32(first)
        {
            self.ops.push(Op::Char(c));
            return;
        }
        // A counted repetition repeats its set: one copy is enough.
        let known = self.sets.iter().position(|other| Rc::ptr_eq(other, set));
        let number = known.unwrap_or_else(|| {
            self.sets.push(Rc::clone(set));
            self.sets.len() - 1
        });
        self.ops.push(Op::Set(number));
    }

    fn emit_either(&mut self, nodes: &[Node]) {
        let mut jumps = Vec::new();
        for (n, node) in nodes.iter().enumerate() {
            if n + 1 == nodes.len() {
                self.emit(node);
                break;
            }
            let split = self.hole();
            self.emit(node);
            jumps.push(self.hole());
            self.fill(split, Op::Split(split + 1, self.ops.len()));
        }
        for jump in jumps {
            self.fill(jump, Op::Jump(self.ops.len()));
        }
    }

    fn emit_repeat(&mut self, node: &Node, least: u32, most: Option<u32>, order: Order) {
        for _ in 0..least {
            self.emit(node);
        }
        let Some(most) = most else {
            self.loops = true;
            let split = self.hole();
            self.emit(node);
            self.ops.push(Op::Jump(split));
            return self.fill(split, choice(order, split + 1, self.ops.len()));
        };
        let splits: Vec<_> = (least..most)
            .map(|_| {
                let split = self.hole();
                self.emit(node);
                split
            })
            .collect();
        // Counted repetitions of counted repetitions multiply, like loops.
        self.loops |= splits.len() > 8;
        for split in splits {
            self.fill(split, choice(order, split + 1, self.ops.len()));
        }
    }

    fn hole(&mut self) -> usize {
        self.ops.push(Op::Match);
        self.ops.len() - 1
    }

    fn fill(&mut self, hole: usize, op: Op) {
        if let Some(place) = self.ops.get_mut(hole) {
            *place = op;
        }
    }
}

fn choice(order: Order, inside: usize, after: usize) -> Op {
    match order {
        Order::Greedy => Op::Split(inside, after),
        Order::Lazy => Op::Split(after, inside),
    }
}
