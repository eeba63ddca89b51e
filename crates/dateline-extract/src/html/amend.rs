//! What the form of a whole page says of single blocks, over what the chain made of each.
//!
//! The chain weighs a block with its neighbours. A few things are plain only from the page as a whole:
//! that a page laid out in tables keeps its report in one cell, that nothing stands between headline
//! and first sentence but names and days, that a page of one paragraph is a report all the same.

use dateline_model::SetAsideReason;

use crate::flat::makers::names_its_makers;

use super::document::NodeId;
use super::reading::Reading;
use super::role::{Role, stated_reason};
use super::tag::Tag;

/// A cell that holds so much of the text's sentences, in hundredths, holds the report.
const REPORT_CELL: u32 = 80;
/// A line of names or days is no longer than this, in words.
const HEAD_WORDS: u32 = 25;
/// A line that is a day is no longer than this, in words, and has at least so many figures.
const DAY: (u32, usize) = (8, 4);

/// Fewest and most words of a headline.
const HEADLINE_WORDS: std::ops::RangeInclusive<u32> = 3..=25;
/// A headline without a heading's element stands no more blocks above the first sentence.
const ABOVE_TEXT: usize = 3;

/// Puts right what the chain could not see. Gives the block that is the headline of a page without headings.
pub(super) fn amend(reading: &Reading<'_, '_>, roles: &mut [Role]) -> Option<usize> {
    set_script_substitutes_aside(reading, roles);
    keep_some_text(reading, roles);
    set_titles_aside(reading, roles);
    keep_to_one_cell(reading, roles);
    set_head_matter_aside(reading, roles);
    set_makers_aside(reading, roles);
    let headline = bold_headline(reading, roles)?;
    roles[headline] = Role::Aside(SetAsideReason::Headline);
    Some(headline)
}

/// What a page says to readers without scripts is not the report.
fn set_script_substitutes_aside(reading: &Reading<'_, '_>, roles: &mut [Role]) {
    let page = reading.page();
    for (n, role) in roles.iter_mut().enumerate().filter(|(_, role)| **role == Role::Body) {
        let mut around = page.ancestors(reading.blocks()[n].first);
        if around.any(|(id, _)| page.tag(id) == Some(Tag::Noscript)) {
            *role = Role::Aside(SetAsideReason::Residue);
        }
    }
}

/// A page in which no block was taken for text keeps its sentences: a doubtful text is worth more than none.
fn keep_some_text(reading: &Reading<'_, '_>, roles: &mut [Role]) {
    if roles.contains(&Role::Body) || reading.structured_body().is_some() {
        return;
    }
    for (n, role) in roles.iter_mut().enumerate() {
        let block = &reading.blocks()[n];
        let plain = block.linked * 2 < block.text.len() && stated_reason(reading, n).is_none();
        if plain && reading.form(n).is_sentence_like() {
            *role = Role::Body;
        }
    }
}

/// The headline is a field of its own.
fn set_titles_aside(reading: &Reading<'_, '_>, roles: &mut [Role]) {
    for (n, role) in roles.iter_mut().enumerate() {
        if *role == Role::Body && reading.is_title(n) && !reading.form(n).is_sentence_like() {
            *role = Role::Aside(SetAsideReason::Headline);
        }
    }
}

/// Pages laid out in tables: where one cell holds the report, the others hold none of it.
fn keep_to_one_cell(reading: &Reading<'_, '_>, roles: &mut [Role]) {
    let cells: Vec<Option<NodeId>> = (0..roles.len()).map(|n| cell(reading, n)).collect();
    let mut words: Vec<(NodeId, u32)> = Vec::new();
    let mut all = 0;
    for n in (0..roles.len()).filter(|&n| roles[n] == Role::Body && reading.form(n).is_sentence_like()) {
        let of_block = reading.form(n).words;
        all += of_block;
        let Some(cell) = cells[n] else { continue };
        match words.binary_search_by_key(&cell, |w| w.0) {
            Ok(at) => words[at].1 += of_block,
            Err(at) => words.insert(at, (cell, of_block)),
        }
    }
    let Some(&(report, most)) = words.iter().max_by_key(|w| w.1) else { return };
    if most * 100 < all * REPORT_CELL {
        return;
    }
    for (n, role) in roles.iter_mut().enumerate() {
        let inside = cells[n].is_some_and(|own| own == report || reading.page().contains(report, own));
        if *role == Role::Body && !inside && !reading.form(n).is_sentence_like() {
            *role = Role::Aside(stated_reason(reading, n).unwrap_or(SetAsideReason::Navigation));
        }
    }
}

fn cell(reading: &Reading<'_, '_>, n: usize) -> Option<NodeId> {
    let page = reading.page();
    let first = reading.blocks()[n].first;
    page.ancestors(first).find(|(id, _)| matches!(page.tag(*id), Some(Tag::Td | Tag::Th))).map(|(id, _)| id)
}

/// Before the first sentence stand names and days, which are fields of their own.
fn set_head_matter_aside(reading: &Reading<'_, '_>, roles: &mut [Role]) {
    let text = (0..roles.len()).filter(|&n| roles[n] == Role::Body);
    let head = text.take_while(|&n| !reading.form(n).is_sentence_like()).collect::<Vec<_>>();
    for n in head {
        if let Some(why) = head_matter(reading, n) {
            roles[n] = Role::Aside(why);
        }
    }
}

/// Below the last sentence a report may name who made it.
fn set_makers_aside(reading: &Reading<'_, '_>, roles: &mut [Role]) {
    if let Some(last) = roles.iter().rposition(|role| *role == Role::Body)
        && names_its_makers(reading.blocks()[last].text.as_str())
    {
        roles[last] = Role::Aside(SetAsideReason::Byline);
    }
}

/// Pages older than headings, or made as if they were, print the headline in bold above the first sentence.
fn bold_headline(reading: &Reading<'_, '_>, roles: &[Role]) -> Option<usize> {
    let is_first = |n: &usize| roles[*n] == Role::Body && reading.form(*n).is_sentence_like();
    let first = (0..roles.len()).find(is_first)?;
    let is_headline = |n: &usize| {
        let (block, form) = (&reading.blocks()[*n], reading.form(*n));
        block.bold == block.text.len()
            && block.linked == 0
            && HEADLINE_WORDS.contains(&form.words)
            && !form.is_sentence_like()
    };
    let headline = (first.saturating_sub(ABOVE_TEXT)..first).rev().find(is_headline)?;
    let page = reading.page();
    let has_headings =
        page.nodes().any(|(id, _)| page.tag(id).is_some_and(|tag| tag.heading_level().is_some()));
    (!has_headings).then_some(headline)
}

fn head_matter(reading: &Reading<'_, '_>, n: usize) -> Option<SetAsideReason> {
    let words = reading.form(n).words;
    let figures = reading.blocks()[n].text.as_str().chars().filter(|c| c.is_numeric()).count();
    match stated_reason(reading, n) {
        Some(why @ (SetAsideReason::Byline | SetAsideReason::Date)) if words <= HEAD_WORDS => Some(why),
        _ if words <= DAY.0 && figures >= DAY.1 => Some(SetAsideReason::Date),
        _ => None,
    }
}
