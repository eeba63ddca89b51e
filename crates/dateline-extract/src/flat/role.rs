//! What each line is to the report: headline, body, or set aside for a reason.

use dateline_model::SetAsideReason;
use dateline_model::SetAsideReason::Comment;

use super::cue::{Place, REASONS};
use super::feature::{Survey, items};
use super::line::{ends_a_sentence, is_blank};
use super::makers::names_its_makers;
use super::shape::Shape;
use crate::chain::Chain;

/// What a line is to the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The line that gives the headline.
    Headline,
    /// Part of the report's text.
    Body,
    /// No part of the report.
    Aside(SetAsideReason),
}

/// Gives every line its role.
#[must_use]
pub fn roles(text: &str, page: &Survey, chain: &Chain) -> Vec<Role> {
    let items = items(text, page);
    let mut scores = chain.scores(&items);
    for (line, pages) in page.recurring.iter().enumerate() {
        // Two reports may share a sentence; a label or caption that both carry is the site's.
        if *pages > 1 && !page.is_prose(line) {
            scores[line * chain.width()] -= IN_TWO_PAGES;
        }
    }
    let labels = chain.label_scores(&scores);
    let mut heading: Option<(usize, SetAsideReason)> = None;
    let mut roles = Vec::with_capacity(labels.len());
    for (index, label) in labels.into_iter().enumerate() {
        heading = heading_at(page, index).or(heading.filter(|h| index - h.0 <= HEADING_REACH));
        let role = if page.titles.headline == Some(index) {
            Role::Headline
        } else if (label == 0 || goes_on_with_a_list(text, page, &roles)) && may_be_text(text, page, index) {
            heading = None;
            Role::Body
        } else {
            Role::Aside(reason(text, page, index, heading.map(|h| h.1)))
        };
        roles.push(role);
    }
    keep_some_text(page, &mut roles);
    set_makers_aside(text, page, &mut roles);
    roles
}

/// Below the last sentence a report may name who made it.
fn set_makers_aside(text: &str, page: &Survey, roles: &mut [Role]) {
    if let Some(last) = roles.iter().rposition(|role| *role == Role::Body)
        && names_its_makers(page.lines[last].of(text))
    {
        roles[last] = Role::Aside(SetAsideReason::Byline);
    }
}

/// How much it speaks against a line's being text that another report of the site has it too. Set by
/// hand: surroundings that are plainly text overrule it.
const IN_TWO_PAGES: f64 = 2.0;

/// How many lines a heading of clutter speaks for.
const HEADING_REACH: usize = 40;

/// A heading of clutter; for comments, any short line that speaks of them.
fn heading_at(page: &Survey, index: usize) -> Option<(usize, SetAsideReason)> {
    let (cues, short) = (page.cues[index], page.shapes[index].words <= COMMENTS_WORDS);
    let heads = |r: &usize| {
        cues.has(*r, Place::Head)
            || REASONS[*r].1 == Comment && (cues.has(*r, Place::Whole) || short && cues.has(*r, Place::Start))
    };
    let comments_above = || comments_taken_out(page, index).then_some((index, Comment));
    let heading = if cues.is_empty() { None } else { (0..REASONS.len()).find(heads) };
    heading.map(|r| (index, REASONS[r].1)).or_else(comments_above)
}

/// Was the heading of the readers' comments taken out just above the line, as furniture?
fn comments_taken_out(page: &Survey, index: usize) -> bool {
    let above = index.checked_sub(1).map_or(0, |above| page.lines[above].range.end);
    let (furniture, here) = (&page.furniture, page.lines[index].range.start);
    let between = furniture.partition_point(|(line, _)| line.range.start < above)..;
    furniture[between].iter().take_while(|(line, _)| line.range.start < here).any(|(_, why)| *why == Comment)
}

/// A line that opens the readers' comments is no longer than this.
const COMMENTS_WORDS: usize = 4;

/// Text stands below the headline, does not repeat it, and holds a letter or digit.
fn may_be_text(text: &str, page: &Survey, index: usize) -> bool {
    let above = index < page.run.start && page.titles.anchor().is_some_and(|a| index < a);
    !above && !page.titles.is_title(index) && !is_residue(page.lines[index].of(text))
}

/// A line with a bullet belongs to the text when the text's last line is of the same list or opens it
/// with a colon.
fn goes_on_with_a_list(text: &str, page: &Survey, above: &[Role]) -> bool {
    let index = above.len();
    let bullet = |i: usize| page.lines[i].of(text).starts_with(BULLETS);
    if above.last() != Some(&Role::Body) || !bullet(index) {
        return false;
    }
    bullet(index - 1) || page.lines[index - 1].of(text).ends_with(':')
}

const BULLETS: [char; 7] = ['•', '-', '–', '*', '·', '▪', '►'];

fn is_residue(line: &str) -> bool {
    !line.chars().any(|c| c.is_alphanumeric() && !is_blank(c))
}

/// A page in which no line was taken for text keeps its main run: a doubtful text is worth more than none.
fn keep_some_text(page: &Survey, roles: &mut [Role]) {
    if roles.contains(&Role::Body) {
        return;
    }
    for index in page.run.clone() {
        let prose = page.is_prose(index);
        if prose && matches!(roles[index], Role::Aside(_)) && !page.titles.is_title(index) {
            roles[index] = Role::Body;
        }
    }
}

/// Why the line is set aside: what its own words say, then the heading above it, then place and form.
fn reason(text: &str, page: &Survey, index: usize, heading: Option<SetAsideReason>) -> SetAsideReason {
    let (line, shape, cues) = (page.lines[index].of(text), &page.shapes[index], page.cues[index]);
    if is_residue(line) {
        return SetAsideReason::Residue;
    }
    if page.titles.is_title(index) || index == 0 && page.titles.anchor().is_some() && shape.words > 3 {
        return SetAsideReason::Headline;
    }
    let strong = [Place::Head, Place::Whole, Place::Start].iter().any(|&p| cues.any(p));
    if strong || shape.words > 3 && !cues.is_empty() {
        return cues.reason().unwrap_or(SetAsideReason::Clutter);
    }
    if is_date(line, shape) {
        return SetAsideReason::Date;
    }
    heading.unwrap_or_else(|| by_place(line, shape, index, page))
}

/// A short line that is mostly a day or an hour.
fn is_date(line: &str, shape: &Shape) -> bool {
    let digits = (3..=14).contains(&shape.digits);
    let dense = shape.digits * 5 >= shape.chars || line.contains(':');
    digits && dense && shape.words <= 9 && shape.function <= 2
}

fn by_place(line: &str, shape: &Shape, index: usize, page: &Survey) -> SetAsideReason {
    let sentence = ends_a_sentence(line) && shape.words >= 8;
    let above = page.titles.anchor().map_or(index < page.run.start, |a| index < a);
    let below = index >= page.run.end;
    match shape.words {
        _ if sentence => SetAsideReason::Clutter,
        ..=4 if above || below => SetAsideReason::Navigation,
        5.. if above || below => SetAsideReason::Related,
        _ => SetAsideReason::Clutter,
    }
}
