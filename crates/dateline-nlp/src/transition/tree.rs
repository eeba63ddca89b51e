//! The tree of a parsed text: heads and labels, the sentences they make, and arcs that cross put right.

use std::collections::VecDeque;

/// No head.
const NONE: u32 = u32::MAX;

/// As often the edges are worked out anew before a text is taken as it is.
const MOST_PASSES: usize = 12;

/// As many tokens are looked at to find the head of one crossing arc; a sentence has far fewer.
const WIDEST_SEARCH: usize = 1 << 16;

/// A token's head and the label of the arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) head: u32,
    pub(crate) label: u16,
}

impl Arc {
    pub(super) const NONE: Self = Self { head: NONE, label: 0 };
}

/// The dependencies of a text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Every token has a head; a root is its own.
    pub(crate) arcs: Vec<Arc>,
    /// Tokens that begin a sentence.
    pub(crate) begins_sentence: Vec<bool>,
    /// Tokens that had no head.
    roots: Vec<u32>,
    edges: Vec<(u32, u32)>,
}

/// Labels that are spelt `child||head`: the child's own label, and the label of the head to look for.
pub(crate) struct Crossing {
    pub(crate) child: u16,
    pub(crate) head: u16,
}

impl Tree {
    /// Tokens that have no head yet become roots.
    pub(super) fn new(mut arcs: Vec<Arc>) -> Self {
        let mut roots = Vec::new();
        for (token, arc) in (0..).zip(&mut arcs) {
            if arc.head == NONE {
                arc.head = token;
                roots.push(token);
            }
        }
        let mut tree = Self { begins_sentence: vec![false; arcs.len()], arcs, roots, edges: Vec::new() };
        tree.find_sentences();
        tree
    }

    /// Labels the roots.
    pub(crate) fn label_roots(&mut self, label: u16) {
        for &root in &self.roots {
            self.arcs[root as usize].label = label;
        }
    }

    /// Gives every arc with a crossing label the head that the label names, if there is one below its head.
    pub(crate) fn uncross(
        &mut self,
        crossing: impl Fn(u16) -> Option<Crossing>,
        is_space: impl Fn(usize) -> bool,
    ) {
        if !self.arcs.iter().any(|arc| crossing(arc.label).is_some()) {
            return;
        }
        let mut children = Children::new(&self.arcs);
        for token in 0..self.arcs.len() as u32 {
            let arc = self.arcs[token as usize];
            let Some(labels) = crossing(arc.label) else { continue };
            let head =
                self.descendant(arc.head, labels.head, token, &children, &is_space).unwrap_or(arc.head);
            children.shift(token, arc.head, head);
            self.arcs[token as usize] = Arc { head, label: labels.child };
        }
        self.find_sentences();
    }

    /// The first descendant with that label, level by level and from left to right; never `but` itself.
    fn descendant(
        &self,
        top: u32,
        label: u16,
        but: u32,
        children: &Children,
        is_space: &impl Fn(usize) -> bool,
    ) -> Option<u32> {
        let mut queue = VecDeque::from([top]);
        for _ in 0..WIDEST_SEARCH {
            let token = queue.pop_front()?;
            let (left, right) = self.edges[token as usize];
            for child in children.of(token).filter(|&child| left <= child && child <= right) {
                if is_space(child as usize) || child == but {
                    continue;
                }
                if self.arcs[child as usize].label == label {
                    return Some(child);
                }
                queue.push_back(child);
            }
        }
        None
    }

    /// Sentences begin at the left edge of each root's tokens.
    fn find_sentences(&mut self) {
        self.edges = (0..self.arcs.len() as u32).map(|token| (token, token)).collect();
        for _ in 0..MOST_PASSES {
            self.widen_edges();
            if self.heads_lie_within_sentences() {
                break;
            }
        }
        self.begins_sentence.fill(false);
        for (token, arc) in self.arcs.iter().enumerate() {
            if arc.head as usize == token {
                self.begins_sentence[self.edges[token].0 as usize] = true;
            }
        }
    }

    /// Carries every token's edges to its head, once from the left and once from the right.
    fn widen_edges(&mut self) {
        let count = self.arcs.len();
        for token in (0..count).chain((0..count).rev()) {
            let (left, right) = self.edges[token];
            let head = &mut self.edges[self.arcs[token].head as usize];
            *head = (head.0.min(left), head.1.max(right));
        }
    }

    /// Sentences are taken to reach up to the first token of the next one, as spaCy takes them here.
    fn heads_lie_within_sentences(&self) -> bool {
        let count = self.arcs.len();
        let mut begins = vec![false; count];
        for (token, arc) in self.arcs.iter().enumerate() {
            if arc.head as usize == token {
                begins[self.edges[token].0 as usize] = true;
            }
        }
        let mut start = 0;
        for (token, &begins) in begins.iter().enumerate() {
            if (token > 0 && begins) || token + 1 == count {
                let sentence = start as u32..=token as u32;
                if !self.arcs[start..token].iter().all(|arc| sentence.contains(&arc.head)) {
                    return false;
                }
                start = token;
            }
        }
        true
    }
}

/// The children of every token, from left to right, in linked lists.
struct Children {
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Children {
    fn new(arcs: &[Arc]) -> Self {
        let mut children = Self { first: vec![NONE; arcs.len()], next: vec![NONE; arcs.len()] };
        for (token, arc) in arcs.iter().enumerate().rev() {
            if arc.head as usize != token {
                let first = &mut children.first[arc.head as usize];
                children.next[token] = std::mem::replace(first, token as u32);
            }
        }
        children
    }

    fn of(&self, head: u32) -> impl Iterator<Item = u32> {
        let after = |at: u32| Some(at).filter(|&at| at != NONE);
        std::iter::successors(after(self.first[head as usize]), move |&at| after(self.next[at as usize]))
    }

    /// Moves a child from one head to another.
    fn shift(&mut self, child: u32, from: u32, to: u32) {
        if from == to {
            return;
        }
        let after = self.next[child as usize];
        *self.link(from, |at| at == child) = after;
        let link = self.link(to, |at| at > child);
        let after = std::mem::replace(link, child);
        self.next[child as usize] = after;
    }

    /// The first link of a head's list that leads to such a child, or to the end.
    fn link(&mut self, head: u32, wanted: impl Fn(u32) -> bool) -> &mut u32 {
        let mut before = None;
        let mut at = self.first[head as usize];
        while at != NONE && !wanted(at) {
            before = Some(at);
            at = self.next[at as usize];
        }
        match before {
            None => &mut self.first[head as usize],
            Some(before) => &mut self.next[before as usize],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree from heads and labels; -1 is no head.
    fn tree(arcs: &[(i32, u16)]) -> Tree {
        let arc = |&(head, label): &(i32, u16)| Arc { head: u32::try_from(head).unwrap_or(NONE), label };
        Tree::new(arcs.iter().map(arc).collect())
    }

    #[test]
    fn every_root_makes_a_sentence() {
        let tree = tree(&[(1, 0), (-1, 0), (1, 0), (-1, 0), (3, 0)]);
        assert_eq!(tree.begins_sentence, [true, false, false, true, false]);
        assert_eq!(tree.arcs[1].head, 1);
    }

    #[test]
    fn a_crossing_label_names_the_head() {
        // Token 3 has the label 9, which stands for "1||5"; below its head 0 only token 2 has the label 5.
        let mut tree = tree(&[(-1, 0), (0, 4), (1, 5), (0, 9)]);
        tree.uncross(|label| (label == 9).then_some(Crossing { child: 1, head: 5 }), |_| false);
        assert_eq!(tree.arcs[3], Arc { head: 2, label: 1 });
    }

    #[test]
    fn a_crossing_label_without_such_a_head_leaves_the_arc() {
        let mut tree = tree(&[(-1, 0), (0, 5), (0, 9)]);
        tree.uncross(|label| (label == 9).then_some(Crossing { child: 1, head: 5 }), |token| token == 1);
        assert_eq!(tree.arcs[2], Arc { head: 0, label: 1 });
    }

    #[test]
    fn an_empty_text_has_an_empty_tree() {
        assert!(tree(&[]).begins_sentence.is_empty());
    }
}
