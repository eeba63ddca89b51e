//! Where a block stands: the signs of the elements around it, and how much text they hold.

use super::block::Block;
use super::document::{Document, NodeId};
use super::sign::{SignReader, SignTable, Signs};

/// The signs of every element, by itself and with those around it.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    own: Vec<Signs>,
    around: Vec<Signs>,
}

/// An element that holds this share of the page's words in a hundred is a wrapper of the page; its signs tell nothing of a part.
const WRAPPER: u64 = 85;

impl Layout {
    pub(super) fn new(page: &Document<'_>, table: &SignTable, words: &Mass) -> Self {
        let mut reader = SignReader::new(table);
        let mut own = vec![Signs::default(); page.len()];
        let mut around = own.clone();
        for (id, node) in page.nodes() {
            let above = around[node.parent.index()];
            let signs = reader.of(page, id);
            let wraps = signs != Signs::default() && words.of(page, id) * 100 > words.total() * WRAPPER;
            own[id.index()] = if wraps { Signs::default() } else { signs };
            around[id.index()] = above.and(own[id.index()]);
        }
        Self { own, around }
    }

    /// The signs of one element by itself.
    pub(super) fn own(&self, id: NodeId) -> Signs {
        self.own[id.index()]
    }

    /// The signs of the innermost elements of a block: from its first character up to its block element.
    pub(super) fn here(&self, page: &Document<'_>, block: &Block) -> Signs {
        let inner = page.ancestors(block.first).take_while(|(id, _)| *id > block.node).take(4);
        inner.fold(self.own[block.node.index()], |signs, (id, _)| signs.and(self.own[id.index()]))
    }

    /// The signs of the three elements next around a block's element.
    pub(super) fn near(&self, page: &Document<'_>, block: &Block) -> Signs {
        page.ancestors(block.node).take(3).fold(Signs::default(), |s, (id, _)| s.and(self.own[id.index()]))
    }

    /// The signs of all elements around a block's element.
    pub(super) fn far(&self, page: &Document<'_>, block: &Block) -> Signs {
        self.around[page.node(block.node).parent.index()]
    }

    /// By node, the signs of the elements inside `container` around it, itself included.
    pub(super) fn below(&self, page: &Document<'_>, container: NodeId) -> Vec<Signs> {
        let mut below = vec![Signs::default(); self.own.len()];
        for (id, node) in page.nodes() {
            if id != container && !page.contains(id, container) {
                below[id.index()] = below[node.parent.index()].and(self.own[id.index()]);
            }
        }
        below
    }
}

/// Some quantity of the blocks (words, sentences), summed for any element.
#[derive(Clone, Debug)]
pub(super) struct Mass {
    firsts: Vec<NodeId>,
    /// Sum of all blocks before each.
    before: Vec<u64>,
}

impl Mass {
    pub(super) fn new(blocks: &[Block], quantity: impl Fn(usize) -> u64) -> Self {
        let mut before = Vec::with_capacity(blocks.len() + 1);
        let mut sum = 0;
        before.push(0);
        for n in 0..blocks.len() {
            sum += quantity(n);
            before.push(sum);
        }
        Self { firsts: blocks.iter().map(|b| b.first).collect(), before }
    }

    /// The sum over the blocks that begin inside `id`.
    pub(super) fn of(&self, page: &Document<'_>, id: NodeId) -> u64 {
        let end = page.node(id).end;
        let first = self.firsts.partition_point(|f| *f <= id);
        let last = first + self.firsts[first..].partition_point(|f| *f < end);
        self.before[last] - self.before[first]
    }

    /// The sum over the whole page.
    pub(super) fn total(&self) -> u64 {
        self.before.last().copied().unwrap_or(0)
    }

    /// The sum over the blocks before the `n`th.
    pub(super) fn before(&self, n: usize) -> u64 {
        self.before[n]
    }

    /// The share of `part` in the whole, in hundredths.
    pub(super) fn share(&self, part: u64) -> u64 {
        part * 100 / self.total().max(1)
    }
}
