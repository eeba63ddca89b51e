//! The names of all that may hold of a block, and the numbers under which the chain knows them.
//!
//! Features come in groups. A scale says into which step a quantity falls (`words-from-12`), a choice
//! names one of a few cases (`ends-sentence`), signs and cues name those of the lexicons (`far-comment`).

use std::sync::LazyLock;

use crate::flat::cue::{Cues, Place, REASONS};

use super::sign::{SignTable, Signs};

/// A group of features; [`GROUPS`] has what each is made of, in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Group {
    Words,
    Sentences,
    Commas,
    Capitals,
    Digits,
    Linked,
    Bold,
    Italic,
    Label,
    Begins,
    Ends,
    Mark,
    Tag,
    Parent,
    Shape,
    Here,
    Near,
    Far,
    FarProse,
    Title,
    AfterTitle,
    Place,
    ParentProse,
    GrandparentProse,
    FormProse,
    ParentCount,
    Window,
    JsonBody,
    Repeated,
    Cue,
    CueWithin,
    Under,
    FirstReading,
    Before,
    After,
    BeforeThat,
    AfterThat,
    Container,
    Below,
    BelowProse,
    ParentBody,
    GrandparentBody,
    FormBody,
    BodyGap,
    BodyRun,
    RunHead,
    RunTail,
}

enum Kind {
    /// A quantity; a step holds from its number up to the next step's.
    Scale(&'static [u64]),
    Choice(&'static [&'static str]),
    Signs,
    /// The reasons of the cues of clutter.
    Reasons,
}
use Kind::{Choice, Scale};

const CHANCE: Kind = Scale(&[0, 3, 12, 30, 50, 70, 88, 97]);
const SHARE: Kind = Scale(&[0, 1, 5, 15, 35, 60, 80, 95]);

const GROUPS: &[(Group, &str, Kind)] = &[
    (Group::Words, "words", Scale(&[0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 100])),
    (Group::Sentences, "sentences", Scale(&[0, 1, 2, 3, 5])),
    (Group::Commas, "commas", Scale(&[0, 1, 2, 4])),
    (Group::Capitals, "capitals", Scale(&[0, 15, 30, 50, 70, 90])),
    (Group::Digits, "digits", Scale(&[0, 1, 10, 30, 60])),
    (Group::Linked, "linked", Scale(&[0, 1, 10, 30, 60, 90, 100])),
    (Group::Bold, "bold", Scale(&[0, 1, 50, 95])),
    (Group::Italic, "italic", Scale(&[0, 1, 50, 95])),
    (Group::Label, "label-words", Scale(&[0, 1, 2, 3])),
    (Group::Begins, "begins", Choice(&["otherwise", "lower-case", "digit", "quote", "mark"])),
    (Group::Ends, "ends", Choice(&["otherwise", "sentence", "question", "colon", "ellipsis", "comma"])),
    (
        Group::Mark,
        "mark",
        Choice(&[
            "all-capitals",
            "bar",
            "quotes",
            "line-break",
            "handle",
            "money",
            "rights",
            "ends-linked",
            "address",
        ]),
    ),
    (Group::Tag, "tag", Choice(TAGS)),
    (Group::Parent, "parent", Choice(TAGS)),
    (Group::Shape, "shape", Choice(SHAPES)),
    (Group::Here, "here", Kind::Signs),
    (Group::Near, "near", Kind::Signs),
    (Group::Far, "far", Kind::Signs),
    (Group::FarProse, "prose-far", Kind::Signs),
    (
        Group::Title,
        "title",
        Choice(&["is-title", "is-description", "before-title", "after-title", "no-title"]),
    ),
    (Group::AfterTitle, "blocks-after-title", Scale(&[1, 2, 3, 5, 9, 16])),
    (Group::Place, "place", Scale(&[0, 3, 8, 15, 30, 50, 70, 85, 95])),
    (Group::ParentProse, "parent-prose", SHARE),
    (Group::GrandparentProse, "grandparent-prose", SHARE),
    (Group::FormProse, "form-prose", SHARE),
    (Group::ParentCount, "parent-count", Scale(&[0, 1, 2, 3, 5, 9, 16])),
    (Group::Window, "window", Scale(&[0, 10, 30, 60, 120, 240])),
    (Group::JsonBody, "json-body", Scale(&[0, 10, 50, 90])),
    (Group::Repeated, "repeated", Choice(&["once", "again"])),
    (Group::Cue, "cue", Kind::Reasons),
    (Group::CueWithin, "cue-within", Kind::Reasons),
    (Group::Under, "under", Kind::Reasons),
    (Group::FirstReading, "first-reading", CHANCE),
    (Group::Before, "before", CHANCE),
    (Group::After, "after", CHANCE),
    (Group::BeforeThat, "before-that", CHANCE),
    (Group::AfterThat, "after-that", CHANCE),
    (Group::Container, "container", Choice(&["inside", "before", "after"])),
    (Group::Below, "below", Kind::Signs),
    (Group::BelowProse, "prose-below", Kind::Signs),
    (Group::ParentBody, "parent-body", SHARE),
    (Group::GrandparentBody, "grandparent-body", SHARE),
    (Group::FormBody, "form-body", SHARE),
    (Group::BodyGap, "body-gap", Scale(&[0, 1, 2, 3, 5, 9, 20])),
    (Group::BodyRun, "body-run", Choice(&["before", "within", "after", "none"])),
    (Group::RunHead, "body-before", SHARE),
    (Group::RunTail, "body-behind", SHARE),
];

/// Block elements that are told apart.
pub(super) const TAGS: &[&str] = &[
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "blockquote",
    "figcaption",
    "dt",
    "dd",
    "pre",
    "section",
    "article",
    "main",
    "ul",
    "ol",
    "aside",
    "header",
    "footer",
    "button",
    "form",
    "figure",
    "body",
    "a",
    "span",
    "other",
];

/// Element and form together.
pub(super) const SHAPES: &[&str] = &[
    "p-prose",
    "p-short",
    "p-linked",
    "box-prose",
    "box-short",
    "box-linked",
    "item-prose",
    "item-short",
    "item-linked",
    "heading-prose",
    "heading-short",
    "heading-linked",
    "other-prose",
    "other-short",
    "other-linked",
];

/// All names and where each group begins.
struct Names {
    names: Vec<String>,
    bases: Vec<u16>,
}

static ALL: LazyLock<Names> = LazyLock::new(|| {
    let signs = SignTable::built_in();
    let mut all = Names { names: Vec::new(), bases: Vec::new() };
    for (_, group, kind) in GROUPS {
        all.bases.push(u16::try_from(all.names.len()).unwrap_or(u16::MAX));
        let values: Vec<String> = match kind {
            Scale(steps) => steps.iter().map(|s| format!("from-{s}")).collect(),
            Choice(names) => names.iter().map(ToString::to_string).collect(),
            Kind::Signs => signs.names().to_vec(),
            Kind::Reasons => REASONS.iter().map(|r| r.0.to_owned()).collect(),
        };
        all.names.extend(values.iter().map(|v| format!("{group}-{v}")));
    }
    all
});

static BORROWED: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| ALL.names.iter().map(String::as_str).collect());

/// The names of all features, by number.
#[must_use]
pub fn feature_names() -> &'static [&'static str] {
    &BORROWED
}

/// Gathers the features of one block.
pub(super) struct Features {
    numbers: Vec<u16>,
}

impl Features {
    pub(super) fn new() -> Self {
        Self { numbers: Vec::with_capacity(48) }
    }

    fn put(&mut self, group: Group, value: usize) {
        self.numbers.push(ALL.bases[group as usize] + u16::try_from(value).unwrap_or(0));
    }

    /// The step into which `quantity` falls; nothing below the first.
    pub(super) fn scale(&mut self, group: Group, quantity: u64) {
        if let Scale(steps) = &GROUPS[group as usize].2
            && let Some(step) = steps.partition_point(|s| *s <= quantity).checked_sub(1)
        {
            self.put(group, step);
        }
    }

    /// The case called `name`.
    pub(super) fn choice(&mut self, group: Group, name: &str) {
        if let Choice(names) = &GROUPS[group as usize].2
            && let Some(at) = names.iter().position(|n| *n == name)
        {
            self.put(group, at);
        }
    }

    /// Each of the signs.
    pub(super) fn signs(&mut self, group: Group, signs: Signs) {
        for sign in signs.numbers() {
            self.put(group, sign);
        }
    }

    /// Each of the reasons that `cues` speak for: as the whole or the beginning of the text, or within it.
    pub(super) fn cues(&mut self, cues: Cues) {
        for reason in 0..REASONS.len() {
            if [Place::Whole, Place::Head, Place::Start].iter().any(|p| cues.has(reason, *p)) {
                self.put(Group::Cue, reason);
            }
            if cues.has(reason, Place::Within) {
                self.put(Group::CueWithin, reason);
            }
        }
    }

    /// The reason of the heading above.
    pub(super) fn under(&mut self, reason: usize) {
        self.put(Group::Under, reason);
    }

    /// The numbers gathered; the next block's begin.
    pub(super) fn take(&mut self) -> impl Iterator<Item = u16> + '_ {
        self.numbers.drain(..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_in_their_order() {
        for (n, (group, ..)) in GROUPS.iter().enumerate() {
            assert_eq!(*group as usize, n);
        }
        let mut names = feature_names().to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), feature_names().len(), "every name is its own");
    }

    #[test]
    fn a_quantity_falls_into_a_step() {
        let mut features = Features::new();
        features.scale(Group::Words, 13);
        features.choice(Group::Ends, "colon");
        features.scale(Group::AfterTitle, 0);
        let names: Vec<_> = features.take().map(|n| feature_names()[usize::from(n)]).collect();
        assert_eq!(names, ["words-from-12", "ends-colon"]);
    }
}
