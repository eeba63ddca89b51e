//! The candidates that a flattened page gives: its lines, and what each is to the report.

use dateline_model::{Basis, MappedText, SetAsideReason};

use super::calendar::Calendar;
use super::candidate::{Candidate, readings};
use super::clue::{Clue, Clues};
use super::label::{Said, opens_byline, said_before};
use super::order::{FigureOrder, order_of_language, settle};
use super::written::{Style, WrittenDate, written_dates_by};
use crate::flat::Page;
use crate::flat::role::Role;

/// A flattened page with what its candidates are told by.
pub(crate) struct LineReader<'p> {
    pub(crate) calendar: &'p Calendar,
    pub(crate) clues: &'p Clues,
    pub(crate) decoded: &'p MappedText,
    pub(crate) page: &'p Page,
    pub(crate) language: Option<&'p str>,
    pub(crate) address: Option<&'p str>,
}

/// The lines that the report lies between.
#[derive(Clone, Copy, Debug)]
struct Frame {
    headline: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
}

impl LineReader<'_> {
    /// All candidates: the page's address, if known, and the dates in its lines, those closest to the
    /// head of the report first.
    pub(crate) fn gather(&self) -> Vec<Candidate> {
        let days = (Clue::AddressDay, Clue::AddressMonth);
        let address = self.address.and_then(|a| Candidate::of_address(self.calendar, a, days, None));
        let mut found: Vec<(usize, Candidate)> = address.into_iter().map(|a| (0, a)).collect();
        let dates = written_dates_by(self.calendar, &self.page.survey.kinds, self.decoded.as_str());
        let order = self.order(&dates);
        let frame = self.frame();
        let mut previous = 0;
        for date in dates.iter().take(MOST_CANDIDATES) {
            if let Some(clue) = self.clue(date, previous, frame) {
                found.push((frame.distance(self.line_of(date)), self.candidate(date, clue)));
            }
            previous = date.span.end;
        }
        found.sort_by_key(|(distance, _)| *distance);
        let mut found: Vec<Candidate> = found.into_iter().map(|(_, candidate)| candidate).collect();
        settle(&mut found, order);
        found
    }

    /// The number of the line that prints the date.
    fn line_of(&self, date: &WrittenDate) -> usize {
        self.page.survey.lines.partition_point(|line| line.range.end <= date.span.start)
    }

    fn candidate(&self, date: &WrittenDate, clue: Clue) -> Candidate {
        let (moment, month_first) = readings(date);
        let quote = self.decoded.as_str()[date.span.clone()].to_owned();
        let bytes = self.decoded.bytes_of(date.span.clone());
        Candidate { moment, month_first, clue, basis: Basis::Printed, quote, bytes }
    }

    fn order(&self, dates: &[WrittenDate]) -> FigureOrder {
        let written = |style: Style| dates.iter().filter(|d| d.style == style).count();
        match written(Style::MonthFirst).cmp(&written(Style::DayFirst)) {
            std::cmp::Ordering::Less => FigureOrder::DayFirst,
            std::cmp::Ordering::Equal => order_of_language(self.language),
            std::cmp::Ordering::Greater => FigureOrder::MonthFirst,
        }
    }

    fn frame(&self) -> Frame {
        let body = |role: &Role| *role == Role::Body;
        Frame {
            headline: self.page.survey.titles.anchor(),
            first: self.page.roles.iter().position(body),
            last: self.page.roles.iter().rposition(body),
        }
    }

    /// The clue of the line that prints the date; none if the words before it say that it is another
    /// kind of date.
    fn clue(&self, date: &WrittenDate, previous: usize, frame: Frame) -> Option<Clue> {
        let lines = &self.page.survey.lines;
        let index = self.line_of(date);
        let line = lines.get(index)?.range.clone();
        let said = match self.said(index, line.start.max(previous)..date.span.start) {
            Said::Other => return None,
            _ if line.len() > date.span.len() + SENTENCE => Said::Nothing,
            said => said,
        };
        let near = frame.is_near(index);
        Some(match (self.page.roles.get(index)?, said) {
            (Role::Body, _) => self.in_body(index, date, line.start, frame),
            (Role::Aside(SetAsideReason::Comment), _) => Clue::InComment,
            (Role::Aside(SetAsideReason::Caption), _) => Clue::InCaption,
            (_, Said::Published) if near => Clue::LineAsPublished,
            (_, Said::Modified) if near => Clue::LineAsModifiedNearHeadline,
            (_, Said::Modified) => Clue::LineAsModified,
            _ if !frame.is_after(index) && self.is_byline(index) => Clue::LineOfByline,
            // A day among teasers or in the footer is that of another report, or of the site.
            (Role::Aside(SetAsideReason::Related | SetAsideReason::Footer), _) if !near => {
                Clue::LineElsewhere
            }
            _ => frame.place(index),
        })
    }

    /// Does the line, or the one above it, open like a byline?
    fn is_byline(&self, index: usize) -> bool {
        let lines = &self.page.survey.lines;
        let around = [Some(index), index.checked_sub(1)].into_iter().flatten();
        let mut around = around.filter_map(|i| lines.get(i)).map(|line| line.of(self.decoded.as_str()));
        around.any(|line| line.len() < SENTENCE && opens_byline(&self.clues.labels, line))
    }

    /// What is said on the line before the date or, where nothing is, by a short line above it.
    fn said(&self, index: usize, before: std::ops::Range<usize>) -> Said {
        let text = self.decoded.as_str();
        let said = said_before(&self.clues.labels, text, before.clone());
        let above = index.checked_sub(1).and_then(|above| self.page.survey.lines.get(above));
        match above {
            Some(above) if said == Said::Nothing && before.is_empty() && above.range.len() <= SHORT_LABEL => {
                said_before(&self.clues.labels, text, above.range.clone())
            }
            _ => said,
        }
    }

    /// "(Agency, 21 November 2017) ~ …" opens a report; any other date in it is part of its story.
    fn in_body(&self, index: usize, date: &WrittenDate, start: usize, frame: Frame) -> Clue {
        let opening = frame.first.is_some_and(|first| (first..first + 3).contains(&index))
            && date.span.start.checked_sub(start).is_some_and(|reach| reach <= DATELINE_REACH);
        // A date in what was taken out above the line begins before it.
        let head = self.decoded.as_str().get(start..date.span.start).unwrap_or_default().trim_end();
        let parted = head.is_empty() || head.ends_with(['(', ',', '/', '-', '–', '—', '|', ':']);
        if opening && parted { Clue::InDateline } else { Clue::InText }
    }
}

impl Frame {
    /// Does the line stand about the head of the report?
    fn is_near(self, index: usize) -> bool {
        let top = self.headline.or(self.first).unwrap_or(0);
        let bottom = self.first.or(self.headline).unwrap_or(0);
        let (top, bottom) = (top.min(bottom), top.max(bottom));
        index + BEFORE >= top && index <= bottom + AFTER
    }

    /// Does it stand after the text?
    fn is_after(self, index: usize) -> bool {
        self.last.is_some_and(|last| index > last)
    }

    /// How many lines away from the head of the report it stands.
    fn distance(self, index: usize) -> usize {
        index.abs_diff(self.headline.or(self.first).unwrap_or(0))
    }

    fn place(self, index: usize) -> Clue {
        let top = self.headline.or(self.first).unwrap_or(0);
        match () {
            () if self.is_after(index) => Clue::LineAfterText,
            () if index >= top && self.is_near(index) => Clue::LineNearHeadline,
            () if self.is_near(index) => Clue::LineBeforeHeadline,
            () if index < top => Clue::InMasthead,
            () => Clue::LineElsewhere,
        }
    }
}

/// How many lines before the headline and after the first line of text still belong to its head.
const BEFORE: usize = 5;
const AFTER: usize = 3;
/// A dateline's day stands this close to the beginning of the text.
const DATELINE_REACH: usize = 60;
/// A label alone on its line is no longer.
const SHORT_LABEL: usize = 30;
/// A line with more than this beside its date is a sentence.
const SENTENCE: usize = 120;
/// No more candidates than this are gathered.
const MOST_CANDIDATES: usize = 2_000;
