//! When was the page first published? All candidates with the words that carry them, and one choice.

mod address;
mod calendar;
mod candidate;
mod choose;
mod clock;
mod clue;
mod glyph;
mod label;
mod lines;
mod order;
mod page;
mod place;
mod script;
mod terms;
mod visible;
mod written;
mod zone;

use dateline_model::{DateCandidate, MappedText, Moment, Published};

use crate::flat::Page;
use crate::html::{Document, NodeId};
use crate::structured::declared::Declared;
use calendar::Calendar;
use choose::{Bounds, choose};
use clue::Clues;
use lines::LineReader;
use page::Gatherer;

/// Reads days of publication; holds the words and weights it reads by.
#[derive(Debug)]
pub struct DateReader {
    calendar: Calendar,
    clues: Clues,
}

/// A page's day of publication and all candidates for it.
#[derive(Clone, Debug, Default)]
pub struct Dated {
    /// The day or moment, if any is told well enough.
    pub published: Option<Published>,
    /// All candidates.
    pub candidates: Vec<DateCandidate>,
}

/// What is known of a page besides its tree.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PageContext<'p> {
    /// Where it stood.
    pub(crate) address: Option<&'p str>,
    /// When it was fetched.
    pub(crate) retrieved: Option<Moment>,
    /// Its headline's element.
    pub(crate) headline: Option<NodeId>,
}

impl Default for DateReader {
    fn default() -> Self {
        Self::new()
    }
}

impl DateReader {
    /// Reads the data files that are compiled in.
    #[must_use]
    pub fn new() -> Self {
        Self { calendar: Calendar::new(), clues: Clues::new() }
    }

    /// The day of publication of a page of HTML.
    pub(crate) fn of_page(
        &self,
        page: &Document<'_>,
        declared: &Declared<'_>,
        context: PageContext<'_>,
    ) -> Dated {
        let gatherer = Gatherer {
            calendar: &self.calendar,
            clues: &self.clues,
            page,
            declared,
            headline: context.headline,
            address: context.address,
            order: order::FigureOrder::DayFirst,
            found: Vec::new(),
        };
        let found = gatherer.gather();
        let bounds = Bounds { retrieved: context.retrieved.map(Moment::day), least: self.clues.least };
        let (published, candidates) = choose(&self.clues, &found, bounds);
        Dated { published, candidates }
    }

    /// The day of publication of a flattened page.
    #[must_use]
    pub fn of_lines(&self, decoded: &MappedText, page: &Page, context: LinesContext<'_>) -> Dated {
        let reader = LineReader {
            calendar: &self.calendar,
            clues: &self.clues,
            decoded,
            page,
            language: context.language,
            address: context.address,
        };
        let bounds =
            Bounds { retrieved: context.retrieved.map(Moment::day), least: self.clues.least_of_lines };
        let (published, mut candidates) = choose(&self.clues, &reader.gather(), bounds);
        candidates.sort_by_key(|c| c.bytes);
        Dated { published, candidates }
    }
}

/// What is known of a flattened page besides its lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinesContext<'p> {
    /// Where it stood.
    pub address: Option<&'p str>,
    /// When it was fetched.
    pub retrieved: Option<Moment>,
    /// The code of its language.
    pub language: Option<&'p str>,
}
