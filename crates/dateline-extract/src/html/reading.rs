//! All that is known of a page's blocks before they are labelled, written as features.
//!
//! There are two readings. The first knows each block's form, signs and surroundings. Its answer
//! shows where the page's body lies, and the second reading knows that too.

use std::collections::BTreeMap;

use dateline_model::Span;

use crate::chain::{Chain, Items};
use crate::flat::cue::{Cues, Lexicon, Place, REASONS};
use crate::flat::fold::Folded;

use super::block::{Block, blocks};
use super::document::{Document, NodeId};
use super::feature::{Features, Group, SHAPES, TAGS};
use super::form::{Begins, Ends, Form};
use super::hint::Hints;
use super::layout::{Layout, Mass};
use super::sign::{SignTable, Signs};
use super::tag::Tag;

/// The label of the article's own blocks; every other label is clutter.
pub const BODY: usize = 0;
/// The labels of blocks.
pub const LABELS: &[&str] = &["body", "other"];

/// A page cut and measured.
#[derive(Clone, Debug)]
pub struct Reading<'p, 'a> {
    page: &'p Document<'a>,
    blocks: Vec<Block>,
    forms: Vec<Form>,
    hints: Hints,
    layout: Layout,
    words: Mass,
    /// Words of blocks that read like prose.
    prose: Mass,
    /// Blocks that read like prose, counted.
    prose_count: Mass,
    /// By block, how its element is called and classed: blocks of one kind of text share it.
    kinds: Vec<u64>,
    repeated: Vec<bool>,
    title: Option<usize>,
    cues: Vec<Cues>,
    /// By block, the reason (by its place in [`REASONS`]) of the cue that heads it.
    under: Vec<Option<usize>>,
}

/// How many blocks before and behind count as a block's surroundings.
const WINDOW: usize = 3;

impl<'p, 'a> Reading<'p, 'a> {
    /// Cuts and measures `page`.
    #[must_use]
    pub fn new(page: &'p Document<'a>, signs: &SignTable) -> Self {
        let blocks = blocks(page);
        let forms: Vec<Form> = blocks.iter().map(|b| Form::of(b.text.as_str())).collect();
        let hints = Hints::read(page);
        let words = Mass::new(&blocks, |n| u64::from(forms[n].words));
        let prose_words =
            |n: usize| if is_prose(&blocks[n], &forms[n]) { u64::from(forms[n].words) } else { 0 };
        let prose = Mass::new(&blocks, prose_words);
        let prose_count = Mass::new(&blocks, |n| u64::from(prose_words(n) > 0));
        let layout = Layout::new(page, signs, &words);
        let kinds = blocks.iter().map(|b| kind(page, b)).collect();
        let repeated = repeated(&forms);
        let title = title(page, &blocks, &forms, &hints);
        let cues = Lexicon::built_in().cues(&Folded::of(blocks.iter().map(|b| b.text.as_str())));
        let under = under(page, &blocks, &cues);
        Self {
            cues,
            under,
            page,
            blocks,
            forms,
            hints,
            layout,
            words,
            prose,
            prose_count,
            kinds,
            repeated,
            title,
        }
    }

    /// The blocks.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The blocks, given up.
    #[must_use]
    pub fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    /// The tree.
    pub(super) fn page(&self) -> &'p Document<'a> {
        self.page
    }

    /// Counts of a block's words and marks.
    pub(super) fn form(&self, n: usize) -> &Form {
        &self.forms[n]
    }

    /// Where the longest body in the structured data stands.
    pub(super) fn structured_body(&self) -> Option<Span> {
        self.hints.body()
    }

    /// Does the block print the page's title?
    pub(super) fn is_title(&self, n: usize) -> bool {
        self.title == Some(n) || (self.forms[n].words > 1 && self.hints.is_title(self.forms[n].key))
    }

    /// Does the block stand below the title?
    pub(super) fn is_below_title(&self, n: usize) -> bool {
        self.title.is_some_and(|title| n > title)
    }

    /// The cues in a block's words.
    pub(super) fn cues(&self, n: usize) -> Cues {
        self.cues[n]
    }

    /// The signs of the elements around a block's first character, innermost first.
    pub(super) fn signs_outwards(&self, n: usize) -> impl Iterator<Item = Signs> {
        self.page.ancestors(self.blocks[n].first).map(|(id, _)| self.layout.own(id))
    }

    /// Features of the first reading.
    #[must_use]
    pub fn first_items(&self) -> Items {
        let kinds = self.shares_by_kind(&self.prose);
        let mut items = Items::default();
        let mut features = Features::new();
        for n in 0..self.blocks.len() {
            self.write_form(&mut features, n);
            self.write_signs(&mut features, n);
            self.write_hints(&mut features, n);
            self.write_surroundings(&mut features, n, &kinds);
            items.push(features.take());
        }
        items
    }

    /// Features of the second reading: those of the first, and what the first found (`margins`).
    #[must_use]
    pub fn second_items(&self, first: &Items, margins: &[f64]) -> Items {
        let findings = Findings::new(self, margins);
        let mut items = Items::default();
        let mut features = Features::new();
        for n in 0..self.blocks.len() {
            findings.write(&mut features, self, n);
            items.push(first.of(n).iter().copied().chain(features.take()));
        }
        items
    }

    fn write_form(&self, to: &mut Features, n: usize) {
        let (block, form) = (&self.blocks[n], &self.forms[n]);
        to.scale(Group::Words, form.words.into());
        to.scale(Group::Sentences, form.sentences.into());
        to.scale(Group::Commas, form.commas.into());
        to.scale(Group::Capitals, form.capital_share().into());
        to.scale(Group::Digits, u64::from(form.digits * 100 / (form.digits + form.letters).max(1)));
        to.scale(Group::Linked, share(block.linked, block.text.len()));
        to.scale(Group::Bold, share(block.bold, block.text.len()));
        to.scale(Group::Italic, share(block.italic, block.text.len()));
        to.scale(Group::Label, form.label_words.into());
        to.choice(Group::Begins, begins_name(form.begins));
        to.choice(Group::Ends, ends_name(form.ends));
        for (holds, mark) in [
            (form.letters > 3 && form.upper == form.letters, "all-capitals"),
            (form.bars > 0, "bar"),
            (form.quotes > 0, "quotes"),
            (block.text.as_str().contains('\n'), "line-break"),
            (form.handles > 0, "handle"),
            (form.money > 0, "money"),
            (form.rights > 0, "rights"),
            (block.ends_linked, "ends-linked"),
            (has_address(block.text.as_str()), "address"),
        ] {
            if holds {
                to.choice(Group::Mark, mark);
            }
        }
        let tag = self.page.tag(block.node).unwrap_or(Tag::Other);
        to.choice(Group::Tag, tag_name(tag));
        let parent = self.page.tag(self.page.node(block.node).parent).unwrap_or(Tag::Other);
        to.choice(Group::Parent, tag_name(parent));
        to.choice(Group::Shape, shape(tag, block, form));
    }

    fn write_signs(&self, to: &mut Features, n: usize) {
        let block = &self.blocks[n];
        to.signs(Group::Here, self.layout.here(self.page, block));
        to.signs(Group::Near, self.layout.near(self.page, block));
        let far = self.layout.far(self.page, block);
        to.signs(Group::Far, far);
        if self.is_prose(n) {
            to.signs(Group::FarProse, far);
        }
    }

    fn write_hints(&self, to: &mut Features, n: usize) {
        let form = &self.forms[n];
        if form.words >= 2 && self.hints.is_title(form.key) {
            to.choice(Group::Title, "is-title");
        }
        if form.words >= 4 && self.hints.is_description(form.key) {
            to.choice(Group::Title, "is-description");
        }
        match self.title {
            Some(title) if n < title => to.choice(Group::Title, "before-title"),
            Some(title) => {
                to.choice(Group::Title, "after-title");
                to.scale(Group::AfterTitle, (n - title) as u64);
            }
            None => to.choice(Group::Title, "no-title"),
        }
        if self.hints.has_body()
            && let Some(share) = self.hints.share_in_body(self.blocks[n].text.as_str())
        {
            to.scale(Group::JsonBody, share as u64);
        }
        to.cues(self.cues[n]);
        if let Some(reason) = self.under[n] {
            to.under(reason);
        }
        to.choice(Group::Repeated, if self.repeated[n] { "again" } else { "once" });
    }

    fn write_surroundings(&self, to: &mut Features, n: usize, by_kind: &BTreeMap<u64, u64>) {
        let (parent, grandparent) = self.parents(n);
        to.scale(Group::Place, self.words.share(self.words.before(n)));
        to.scale(Group::ParentProse, self.prose.share(self.prose.of(self.page, parent)));
        to.scale(Group::GrandparentProse, self.prose.share(self.prose.of(self.page, grandparent)));
        to.scale(Group::FormProse, self.prose.share(by_kind.get(&self.kinds[n]).copied().unwrap_or(0)));
        to.scale(Group::ParentCount, self.prose_count.of(self.page, parent));
        let (from, end) = (n.saturating_sub(WINDOW), (n + WINDOW + 1).min(self.blocks.len()));
        to.scale(Group::Window, self.prose.before(end) - self.prose.before(from));
    }

    /// The element around a block's element, and the one around that.
    fn parents(&self, n: usize) -> (NodeId, NodeId) {
        let parent = self.page.node(self.blocks[n].node).parent;
        (parent, self.page.node(parent).parent)
    }

    fn is_prose(&self, n: usize) -> bool {
        is_prose(&self.blocks[n], &self.forms[n])
    }

    fn shares_by_kind(&self, mass: &Mass) -> BTreeMap<u64, u64> {
        let mut by_kind = BTreeMap::new();
        for (n, kind) in self.kinds.iter().enumerate() {
            *by_kind.entry(*kind).or_insert(0) += mass.before(n + 1) - mass.before(n);
        }
        by_kind
    }
}

/// By item, how much more speaks for body than against it.
#[must_use]
pub fn margins(chain: &Chain, items: &Items) -> Vec<f64> {
    chain.scores(items).chunks_exact(LABELS.len()).map(|of| of[BODY] - of[1 - BODY]).collect()
}

/// What the first reading found: where the body lies.
struct Findings {
    /// By block, how likely it is body, in hundredths.
    chances: Vec<u64>,
    /// Words times chances.
    body: Mass,
    by_kind: BTreeMap<u64, u64>,
    words_by_kind: BTreeMap<u64, u64>,
    container: NodeId,
    below: Vec<Signs>,
    /// Blocks to the nearest body block.
    gaps: Vec<usize>,
    first: Option<usize>,
    last: usize,
}

impl Findings {
    fn new(reading: &Reading<'_, '_>, margins: &[f64]) -> Self {
        let chances: Vec<u64> = margins.iter().map(|m| (100.0 / (1.0 + (-m).exp())) as u64).collect();
        let is_body = |n: &usize| chances[*n] >= 50;
        let body = Mass::new(&reading.blocks, |n| u64::from(reading.forms[n].words) * chances[n]);
        let container = container(reading.page, &body, &reading.words);
        Self {
            by_kind: reading.shares_by_kind(&body),
            words_by_kind: reading.shares_by_kind(&reading.words),
            container,
            below: reading.layout.below(reading.page, container),
            gaps: gaps(&chances),
            first: (0..chances.len()).find(is_body),
            last: (0..chances.len()).rfind(is_body).unwrap_or(0),
            body,
            chances,
        }
    }

    fn write(&self, to: &mut Features, reading: &Reading<'_, '_>, n: usize) {
        let block = &reading.blocks[n];
        to.scale(Group::FirstReading, self.chances[n]);
        let near = |at: Option<usize>| at.and_then(|at| self.chances.get(at)).copied();
        to.scale(Group::Before, near(n.checked_sub(1)).unwrap_or(0));
        to.scale(Group::After, near(n.checked_add(1)).unwrap_or(0));
        to.scale(Group::BeforeThat, near(n.checked_sub(2)).unwrap_or(0));
        to.scale(Group::AfterThat, near(n.checked_add(2)).unwrap_or(0));
        to.choice(Group::Container, self.place(reading.page, block));
        let below = self.below[block.node.index()];
        to.signs(Group::Below, below);
        if reading.is_prose(n) {
            to.signs(Group::BelowProse, below);
        }
        let (parent, grandparent) = reading.parents(n);
        to.scale(Group::ParentBody, self.share_in(reading, parent));
        to.scale(Group::GrandparentBody, self.share_in(reading, grandparent));
        let kind = reading.kinds[n];
        let (body, words) = (self.by_kind.get(&kind), self.words_by_kind.get(&kind));
        to.scale(Group::FormBody, body.unwrap_or(&0) / words.unwrap_or(&1).max(&1));
        to.scale(Group::BodyGap, self.gaps[n] as u64);
        to.choice(
            Group::BodyRun,
            match self.first {
                None => "none",
                Some(first) if n < first => "before",
                Some(_) if n > self.last => "after",
                Some(_) => "within",
            },
        );
        let before = self.body.before(n);
        let behind = self.body.total() - self.body.before(n + 1);
        to.scale(Group::RunHead, self.body.share(before));
        to.scale(Group::RunTail, self.body.share(behind));
    }

    fn place(&self, page: &Document<'_>, block: &Block) -> &'static str {
        if block.first < self.container {
            "before"
        } else if page.contains(self.container, block.first) {
            "inside"
        } else {
            "after"
        }
    }

    /// Of the words in an element, how many in a hundred are body.
    fn share_in(&self, reading: &Reading<'_, '_>, id: NodeId) -> u64 {
        self.body.of(reading.page, id) / reading.words.of(reading.page, id).max(1)
    }
}

/// The element with the greatest balance of body (words times hundredths) over other words; of equals, the innermost.
fn container(page: &Document<'_>, body: &Mass, words: &Mass) -> NodeId {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    // Body less the rest is twice the body less the whole.
    let balance = |id: NodeId| signed(2 * body.of(page, id)) - signed(100 * words.of(page, id));
    let elements = page.nodes().map(|(id, _)| id).filter(|id| page.element(*id).is_some());
    elements.max_by_key(|id| balance(*id)).unwrap_or(NodeId::ROOT)
}

/// By block, how many blocks away the nearest body block is; the number of blocks where there is none.
fn gaps(chances: &[u64]) -> Vec<usize> {
    let mut gaps = vec![chances.len(); chances.len()];
    let mut since = chances.len();
    for (gap, chance) in gaps.iter_mut().zip(chances) {
        since = if *chance >= 50 { 0 } else { since.saturating_add(1) };
        *gap = since;
    }
    since = chances.len();
    for (gap, chance) in gaps.iter_mut().zip(chances).rev() {
        since = if *chance >= 50 { 0 } else { since.saturating_add(1) };
        *gap = since.min(*gap);
    }
    gaps
}

/// A heading such as "Related stories" speaks for this many blocks, unless another heading comes.
const HEADED: usize = 12;

/// By block, the reason of the cue that heads it.
fn under(page: &Document<'_>, blocks: &[Block], cues: &[Cues]) -> Vec<Option<usize>> {
    let mut under = vec![None; blocks.len()];
    let mut head: Option<(usize, usize)> = None;
    for (n, block) in blocks.iter().enumerate() {
        under[n] = head.filter(|(at, _)| n - at <= HEADED).map(|(_, reason)| reason);
        let reason = (0..REASONS.len()).find(|r| cues[n].has(*r, Place::Head));
        if let Some(reason) = reason {
            head = Some((n, reason));
        } else if page.tag(block.node).and_then(Tag::heading_level).is_some() {
            head = None;
        }
    }
    under
}

/// Does a block read like a sentence of a report rather than a link or label?
fn is_prose(block: &Block, form: &Form) -> bool {
    form.is_sentence_like() && block.linked * 2 < block.text.len()
}

/// Bytes of a class that tell kinds apart.
const LONGEST_CLASS: usize = 256;

/// A number for the name and class of a block's element and of the one around it.
fn kind(page: &Document<'_>, block: &Block) -> u64 {
    let parent = page.node(block.node).parent;
    [block.node, parent].iter().fold(0, |kind, id| {
        let name = page.element(*id).map_or("", |e| page.name(e));
        let class = page.attribute(*id, "class").map_or("", |a| a.raw());
        let parts = name.bytes().chain([b' ']).chain(class.bytes().take(LONGEST_CLASS));
        parts.fold(kind, |k: u64, b| (k ^ u64::from(b)).wrapping_mul(0x100_0000_01B3)).rotate_left(7)
    })
}

/// By block, do its words stand in the page more than once?
fn repeated(forms: &[Form]) -> Vec<bool> {
    let mut keys: Vec<u64> = forms.iter().map(|f| f.key).collect();
    keys.sort_unstable();
    forms
        .iter()
        .map(|f| keys.partition_point(|k| *k <= f.key) - keys.partition_point(|k| *k < f.key) > 1)
        .collect()
}

/// The block that prints the page's title: an `<h1>` with its words, else such a heading, else an `<h1>`.
fn title(page: &Document<'_>, blocks: &[Block], forms: &[Form], hints: &Hints) -> Option<usize> {
    let heading = |n: usize| {
        let node = blocks[n].node;
        let around = page.ancestors(node).take(3).map(|(_, e)| e.tag);
        page.tag(node).into_iter().chain(around).find_map(Tag::heading_level)
    };
    let is_title = |n: &usize| forms[*n].words > 1 && hints.is_title(forms[*n].key);
    let all = || 0..blocks.len();
    all()
        .find(|n| heading(*n) == Some(1) && is_title(n))
        .or_else(|| all().find(|n| heading(*n).is_some() && is_title(n)))
        .or_else(|| all().find(|n| heading(*n) == Some(1) && forms[*n].words > 3))
}

fn shape(tag: Tag, block: &Block, form: &Form) -> &'static str {
    let row = match tag {
        Tag::P => 0,
        Tag::Div | Tag::Section | Tag::Article | Tag::Main => 1,
        Tag::Li | Tag::Td | Tag::Dd | Tag::Dt => 2,
        _ if tag.heading_level().is_some() => 3,
        _ => 4,
    };
    let column = match () {
        () if block.linked * 2 > block.text.len() => 2,
        () if form.is_sentence_like() => 0,
        () => 1,
    };
    SHAPES[row * 3 + column]
}

fn tag_name(tag: Tag) -> &'static str {
    TAGS.iter().find(|t| **t == tag.name()).unwrap_or(&"other")
}

fn begins_name(begins: Begins) -> &'static str {
    match begins {
        Begins::Otherwise => "otherwise",
        Begins::LowerCase => "lower-case",
        Begins::Digit => "digit",
        Begins::Quote => "quote",
        Begins::Mark => "mark",
    }
}

fn ends_name(ends: Ends) -> &'static str {
    match ends {
        Ends::Otherwise => "otherwise",
        Ends::Sentence => "sentence",
        Ends::Question => "question",
        Ends::Colon => "colon",
        Ends::Ellipsis => "ellipsis",
        Ends::Comma => "comma",
    }
}

/// Does a text hold an address of the web?
fn has_address(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"://").is_some()
        || memchr::memmem::find(text.as_bytes(), b"www.").is_some()
}

fn share(part: usize, whole: usize) -> u64 {
    (part * 100 / whole.max(1)) as u64
}
