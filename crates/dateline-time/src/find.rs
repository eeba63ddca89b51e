//! The way through a text: tokens, the longest rule at each place, a value for each expression.

use dateline_model::{Report, Span, TimeExpression};

use crate::grammar::{Kind, TimeGrammar};
use crate::head::is_day_of_report;
use crate::program::{Found, Match};
use crate::resolve::Resolver;
use crate::scan::{Gap, Shape, Token};
use crate::slot::{Reading, Slot};
use crate::tense::{Place, Tense};

/// All times that `report` speaks of, in its order.
///
/// It need not be parsed: tense is then told from verb forms nearby. Without a document time, what
/// depends on it stays underspecified: `XXXX-WXX-3` for a bare Wednesday. The headline is read for
/// itself: "the next day" in it never counts from the last day of the body.
#[must_use]
pub fn find_times(report: &Report, grammar: &TimeGrammar) -> Vec<TimeExpression> {
    let tokens = grammar.scan(&report.text);
    let mut finder = Finder {
        report,
        tokens: &tokens,
        grammar,
        resolver: Resolver::new(report.document_time, &grammar.holidays),
        in_headline: false,
        times: Vec::new(),
        todo: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at = finder.step(at);
    }
    finder.times
}

struct Finder<'a> {
    report: &'a Report,
    tokens: &'a [Token],
    grammar: &'a TimeGrammar,
    resolver: Resolver<'a>,
    in_headline: bool,
    times: Vec<TimeExpression>,
    /// Room for the rules to work in.
    todo: Vec<(usize, usize)>,
}

/// The fields that tell a day.
const DAY: [Slot; 8] = [
    Slot::Year,
    Slot::ShortYear,
    Slot::Month,
    Slot::Day,
    Slot::Weekday,
    Slot::Days,
    Slot::Rel,
    Slot::Holiday,
];

impl Finder<'_> {
    /// Reads at token `at`; the token to go on with.
    fn step(&mut self, at: usize) -> usize {
        let Some((rule, found)) = self.grammar.longest(self.tokens, at, &mut self.todo) else {
            return at + 1;
        };
        if self.cuts_a_number(at, found.end) {
            return at + 1;
        }
        let Match { end, mut found } = found;
        for at in 1..found.len() {
            let (before, rest) = found.split_at_mut(at);
            if let ([first, ..], [next, ..]) = (before, rest) {
                share(first, next);
            }
        }
        // "The 3rd, 4th or 5th of May": what the last one told, the others have from the first.
        if let [first, others @ .., _] = found.as_mut_slice() {
            others.iter_mut().for_each(|other| lend(&mut other.reading, &first.reading));
        }
        if let [first, second] = found.as_slice() {
            self.resolver.towards = month_of_end(&first.reading, &second.reading);
        }
        for expression in &found {
            self.push(rule.kind, expression);
            self.resolver.towards = None;
            self.resolver.after = self.resolver.last_day();
        }
        self.resolver.after = None;
        end
    }

    /// Would the expression begin or end within a number with a decimal point, or a sum of money?
    fn cuts_a_number(&self, from: usize, to: usize) -> bool {
        let token = |at: usize| self.tokens.get(at);
        let digits = |t: &Token| matches!(t.shape, Shape::Digits { .. });
        let mark = |t: &Token, marks: &str| {
            t.shape == Shape::Mark
                && self.report.text.get(t.start as usize..t.end as usize).is_some_and(|m| marks.contains(m))
        };
        let glued = |t: &Token| t.gap == Gap::None;
        let begins = token(from).is_some_and(|t| digits(t) && glued(t))
            && from.checked_sub(1).and_then(token).is_some_and(|t| mark(t, "$€£¥#.,-"));
        // "$ 12 December": a sum with a space behind its sign.
        let sum = token(from).is_some_and(digits)
            && from.checked_sub(1).and_then(token).is_some_and(|t| mark(t, "$€£¥"));
        let ends = to.checked_sub(1).and_then(token).is_some_and(digits)
            && token(to).is_some_and(|t| glued(t) && mark(t, ".,%-"))
            && (token(to).is_some_and(|t| mark(t, "%"))
                || token(to + 1).is_some_and(|t| glued(t) && digits(t)));
        begins || sum || ends
    }

    fn push(&mut self, kind: Kind, found: &Found) {
        let (from, to) = found.tokens;
        let (Some(first), Some(last)) =
            (self.tokens.get(from), to.checked_sub(1).and_then(|l| self.tokens.get(l)))
        else {
            return;
        };
        let span = Span { start: first.start, end: last.end };
        self.enter_headline(span);
        let tense = self.tense(kind, from, to, span);
        if let Some(resolved) = self.resolver.resolve(kind, &found.reading, tense) {
            let is_of_report = is_day_of_report(self.report, span, &resolved);
            self.times.push(TimeExpression {
                span,
                time_type: resolved.time_type,
                value: resolved.value,
                modifier: resolved.modifier,
                interval: resolved.interval,
                anchor: resolved.anchor,
                is_of_report,
            });
        }
    }

    fn tense(&self, kind: Kind, from: usize, to: usize, span: Span) -> Tense {
        if !matches!(kind, Kind::Point | Kind::Ahead) {
            return Tense::Open;
        }
        let Report { text, annotated, .. } = self.report;
        let place = Place { text, tokens: self.tokens, from, to, annotated, span };
        match self.grammar.tense.around(&place) {
            // Headlines tell what was in the present.
            Tense::Present if self.in_headline => Tense::Open,
            tense => tense,
        }
    }

    /// Nothing that the body named last is meant by the headline behind it.
    fn enter_headline(&mut self, span: Span) {
        if !self.in_headline && self.report.is_in_headline(span) {
            self.in_headline = true;
            self.resolver = Resolver::new(self.report.document_time, &self.grammar.holidays);
        }
    }
}

/// The month of a range's end, and its day if one is told, where both ends leave the year open.
fn month_of_end(first: &Reading, second: &Reading) -> Option<(i8, Option<i8>)> {
    let open = |reading: &Reading| {
        !reading.has(Slot::Year) && !reading.has(Slot::ShortYear) && reading.rel().is_none()
    };
    let month =
        second.small(Slot::Month).filter(|_| first.has(Slot::Month) && open(first) && open(second))?;
    Some((month, second.small(Slot::Day)))
}

/// Each end of a range takes from the other what it lacks.
fn share(first: &mut Found, second: &mut Found) {
    let (before, after) = (first.reading.clone(), second.reading.clone());
    lend(&mut first.reading, &after);
    lend(&mut second.reading, &before);
    // "From November to March 2016" begins in the year before.
    if let (false, Some(year), true) = (
        before.has(Slot::Year),
        after.of(Slot::Year),
        after.has(Slot::Month) && before.of(Slot::Month) > after.of(Slot::Month),
    ) {
        first.reading.take(Slot::Year, year - 1);
    }
    // "From 3 to 5 p.m.", but "from 11 to 3 p.m.": the half of the day is shared where the hours rise.
    let hour = |reading: &Reading| {
        reading.of(Slot::Hour).map(|hour| (hour % 12, reading.of(Slot::Minute).unwrap_or(0)))
    };
    if hour(&before) < hour(&after) {
        for (to, from) in [(&mut first.reading, &after), (&mut second.reading, &before)] {
            let half = to.has(Slot::Meridiem) || to.has(Slot::Part);
            to.inherit(from, if half { &[] } else { &[Slot::Meridiem, Slot::Part] });
        }
    } else {
        part_halves(&mut first.reading, &mut second.reading);
    }
}

/// Where the hours fall, the ends lie in different halves of the day: "10 to 4", "11 to 3 a.m.".
fn part_halves(first: &mut Reading, second: &mut Reading) {
    let bare = |reading: &Reading| {
        reading.of(Slot::Hour).is_some_and(|hour| hour < 12)
            && !reading.has(Slot::Meridiem)
            && !reading.has(Slot::Part)
    };
    match second.of(Slot::Meridiem) {
        Some(0) if bare(first) => first.take(Slot::Meridiem, 1),
        None if bare(first) && bare(second) => second.take(Slot::Meridiem, 1),
        _ => {}
    }
}

/// What one end of a range takes over: coarser fields, and of hours the day.
fn lend(to: &mut Reading, from: &Reading) {
    let has_day = [Slot::Weekday, Slot::Day, Slot::Month, Slot::Days].into_iter().any(|slot| to.has(slot));
    if to.has(Slot::Hour) && !has_day {
        to.inherit(from, &DAY);
        to.inherit_amounts(from);
    } else if to.has(Slot::Rel) && !has_day && to.amounts().is_empty() {
        // "This week or next".
        to.inherit_amounts(from);
    } else if (to.has(Slot::Weekday) && !from.amounts().is_empty())
        || (to.has(Slot::Day) && !to.has(Slot::Month) && from.has(Slot::Rel))
    {
        to.inherit(from, &[Slot::Rel]);
        to.inherit_amounts(from);
    } else if to.has(Slot::Day) || to.has(Slot::Month) {
        let month: &[Slot] = if to.has(Slot::Month) { &[] } else { &[Slot::Month] };
        let has_year = to.has(Slot::Year) || to.has(Slot::ShortYear);
        to.inherit(from, month);
        to.inherit(from, if has_year { &[] } else { &[Slot::Year, Slot::ShortYear] });
    }
}
