//! Where in the page a printed date stands, and what that says of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::html::{Document, NodeId, Tag};

use super::clue::{Clue, Clues};
use super::label::{Said, said_before};
use super::terms::Terms;
use super::visible::VisibleText;

/// The parts of a page that the place of a date is told by.
#[derive(Debug)]
pub(crate) struct Surroundings<'p, 'd> {
    clues: &'p Clues,
    page: &'p Document<'d>,
    visible: &'p VisibleText,
    headline: Option<NodeId>,
    /// The headline's stretch of the visible text.
    head: Option<Range<usize>>,
    known: RefCell<BTreeMap<NodeId, Traits>>,
}

/// What an element's class names say.
#[derive(Clone, Copy, Debug)]
struct Traits {
    comment: bool,
    related: bool,
    foot: bool,
    said: Said,
}

/// Which part of the page an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The report, as far as one can tell.
    Report,
    /// Readers' comments.
    Comments,
    /// The foot of the page or of some article.
    Foot,
    /// Other reports, side bars, menus.
    Others,
}

impl<'p, 'd> Surroundings<'p, 'd> {
    pub(crate) fn new(
        clues: &'p Clues,
        page: &'p Document<'d>,
        visible: &'p VisibleText,
        headline: Option<NodeId>,
    ) -> Self {
        let head = headline.map(|h| visible.offset_of(h)..visible.offset_of(page.node(h).end));
        Self { clues, page, visible, headline, head, known: RefCell::default() }
    }

    /// The clue that the place of a printed date gives; none if the words before it say that it is
    /// another kind of date. `previous` is where the date before it ends.
    pub(crate) fn printed(&self, span: &Range<usize>, previous: usize) -> Option<Clue> {
        let node = self.visible.node_at(span.start);
        let line = self.visible.line_around(span.start);
        let said = match self.said_before_date(line.start.max(previous)..span.start) {
            Said::Other => return None,
            // In a sentence such words tell of something else.
            _ if line.len() > span.len() + SENTENCE => Said::Nothing,
            said => said,
        };
        let part = self.part(node);
        let clue = match (part, said, self.said_by_element(node), self.near_headline(span)) {
            (Part::Comments, ..) => Clue::InComment,
            (Part::Others | Part::Foot, ..) => Clue::InRelated,
            (_, Said::Published, ..) => Clue::PrintedAsPublished,
            (_, Said::Modified, ..) | (_, _, Said::Modified, _) => Clue::PrintedAsModified,
            (_, _, Said::Published, true) => Clue::MarkedNearHeadline,
            (_, _, Said::Published, false) => Clue::MarkedElsewhere,
            _ if self.page.ancestors(node).any(|(_, e)| e.tag == Tag::A) => Clue::InLink,
            (.., true) => Clue::NearHeadline,
            _ if line.len() <= span.len() + SMALL_TALK => Clue::AloneOnLine,
            _ => Clue::InText,
        };
        Some(clue)
    }

    /// The clue that a `<time>` element gives.
    pub(crate) fn time(&self, node: NodeId) -> Clue {
        let at = self.visible.offset_of(node).min(self.visible.as_str().len());
        let line = self.visible.line_around(at);
        let said = self.said_before_date(line.start.max(at.saturating_sub(LABEL_REACH)).min(at)..at);
        let inner = self.said_by(node);
        let own = if inner == Said::Nothing { self.said_by_element(node) } else { inner };
        match (self.part(node), said, own) {
            (Part::Comments, ..) => Clue::InComment,
            (Part::Others | Part::Foot, ..) => Clue::InRelated,
            (_, Said::Modified, _) => Clue::PrintedAsModified,
            (_, _, Said::Modified) => Clue::ItemModified,
            _ if self.page.attribute(node, "pubdate").is_some() => Clue::TimePublished,
            (_, Said::Published, _) => Clue::TimePublished,
            _ if self.near_headline(&(at..at)) => Clue::TimeNearHeadline,
            _ => Clue::TimeElsewhere,
        }
    }

    fn said_before_date(&self, range: Range<usize>) -> Said {
        said_before(&self.clues.labels, self.visible.as_str(), range)
    }

    /// The clue of an element that is marked as a date, unless it stands among other reports.
    pub(crate) fn marked(&self, node: NodeId, clue: Clue) -> Clue {
        match self.part(node) {
            Part::Report => clue,
            Part::Comments => Clue::InComment,
            Part::Others | Part::Foot => Clue::InRelated,
        }
    }

    fn near_headline(&self, span: &Range<usize>) -> bool {
        self.head.as_ref().is_some_and(|head| {
            let after = span.start >= head.end && span.start - head.end <= AFTER_HEADLINE;
            let before = span.end <= head.start && head.start - span.end <= BEFORE_HEADLINE;
            after || before || head.contains(&span.start)
        })
    }

    /// Elements that hold the headline too say nothing: they hold the report.
    fn part(&self, node: NodeId) -> Part {
        let holds_headline = |id: NodeId| self.headline.is_some_and(|h| h == id || self.page.contains(id, h));
        let mut around = self.page.ancestors(node).take(DEEPEST);
        let mut part = Part::Report;
        for (id, element) in around.by_ref() {
            if matches!(element.tag, Tag::Body | Tag::Html) || holds_headline(id) {
                // The foot of an article, as against that of the site, belongs to the report.
                let own_foot = part == Part::Foot && element.tag == Tag::Article;
                return if own_foot { Part::Report } else { part };
            }
            let traits = self.traits(id);
            match () {
                () if traits.comment => return Part::Comments,
                () if traits.related || matches!(element.tag, Tag::Nav | Tag::Aside) => part = Part::Others,
                () if part == Part::Report && (traits.foot || element.tag == Tag::Footer) => {
                    part = Part::Foot;
                }
                () => {}
            }
        }
        part
    }

    /// What the class of the element or of the two around it says.
    fn said_by_element(&self, node: NodeId) -> Said {
        let mut around = self.page.ancestors(node).take(3).map(|(id, _)| self.said_by(id));
        around.find(|said| *said != Said::Nothing).unwrap_or(Said::Nothing)
    }

    fn said_by(&self, node: NodeId) -> Said {
        self.traits(node).said
    }

    /// What an element's names say, read once for each element.
    fn traits(&self, node: NodeId) -> Traits {
        *self.known.borrow_mut().entry(node).or_insert_with(|| self.read_traits(node))
    }

    fn read_traits(&self, node: NodeId) -> Traits {
        let marks = &self.clues.marks;
        let names = self.names(node);
        let any = |marks: &Terms| marks.within(&names);
        // Themes write class="published updated" on the one date they print.
        let said = match (any(&marks.published), any(&marks.modified)) {
            (_, true) if !names.contains("publish") => Said::Modified,
            (true, _) | (_, true) => Said::Published,
            _ => Said::Nothing,
        };
        Traits { comment: any(&marks.comment), related: any(&marks.related), foot: any(&marks.foot), said }
    }

    /// Class, id and itemprop in one line of lower case, harmless names left out.
    fn names(&self, node: NodeId) -> String {
        let mut names = String::new();
        for attribute in self.page.attributes(node) {
            if ["class", "id", "itemprop"].iter().any(|n| attribute.name().eq_ignore_ascii_case(n)) {
                for name in attribute.raw().split_ascii_whitespace().map(str::to_lowercase) {
                    if !self.clues.marks.harmless.within(&name) {
                        names.push(' ');
                        names.push_str(&name);
                    }
                }
            }
        }
        names
    }
}

/// How far from the headline a date may stand, in bytes of visible text.
const AFTER_HEADLINE: usize = 500;
const BEFORE_HEADLINE: usize = 250;
/// How far before a `<time>` its label may stand.
const LABEL_REACH: usize = 40;
/// A line with no more than this beside its date has nothing else to tell.
const SMALL_TALK: usize = 40;
/// A line with more than this beside its date is a sentence.
const SENTENCE: usize = 120;
/// Boxes of other reports nest no deeper than this.
const DEEPEST: usize = 24;
