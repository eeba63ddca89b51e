//! When was the page first published? All candidates with the words that carry them, and one choice.

mod address;
mod calendar;
mod candidate;
mod choose;
mod clock;
mod clue;
mod glyph;
mod order;
mod page;
mod place;
mod script;
mod visible;
mod written;
mod zone;

use dateline_model::{DateCandidate, Moment, Published};

use crate::html::{Document, NodeId};
use crate::structured::declared::Declared;
use calendar::Calendar;
use choose::{Bounds, choose};
use clue::Clues;
use page::Gatherer;

/// Reads days of publication; holds the words and weights it reads by.
#[derive(Debug)]
pub(crate) struct DateReader {
    calendar: Calendar,
    clues: Clues,
}

/// A page's day of publication and all candidates for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dated {
    /// The day or moment, if any is told well enough.
    pub(crate) published: Option<Published>,
    /// All candidates.
    pub(crate) candidates: Vec<DateCandidate>,
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

impl DateReader {
    /// Reads the data files that are compiled in.
    pub(crate) fn new() -> Self {
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
        let bounds = Bounds { retrieved: context.retrieved.map(Moment::day) };
        let (published, candidates) = choose(&self.clues, &found, bounds);
        Dated { published, candidates }
    }
}
