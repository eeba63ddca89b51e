//! What a block is to the report: part of its text, or set aside, and why.

use dateline_model::SetAsideReason;

use crate::flat::cue::{Place, REASONS};

use super::reading::Reading;
use super::sign::SignTable;

/// What a block is to the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Part of the article's text.
    Body,
    /// Not part of it.
    Aside(SetAsideReason),
}

/// The role of each block; `margins` tells how much speaks for its being body.
pub(super) fn roles(reading: &Reading<'_, '_>, signs: &SignTable, margins: &[f64]) -> Vec<Role> {
    let role = |(n, margin): (usize, &f64)| {
        if *margin > 0.0 { Role::Body } else { Role::Aside(reason(reading, signs, n)) }
    };
    margins.iter().enumerate().map(role).collect()
}

/// Why a block is set aside. Its own words tell best, then the elements around it from the innermost on.
fn reason(reading: &Reading<'_, '_>, signs: &SignTable, n: usize) -> SetAsideReason {
    let block = &reading.blocks()[n];
    if !block.text.as_str().chars().any(char::is_alphanumeric) {
        return SetAsideReason::Residue;
    }
    if reading.is_title(n) {
        return SetAsideReason::Headline;
    }
    stated_reason(reading, n)
        .or_else(|| reading.signs_outwards(n).find_map(|s| signs.reason(s)))
        .or_else(|| by_cue(reading, n, &[Place::Within]))
        .unwrap_or_else(|| {
            if block.linked * 2 > block.text.len() { by_links(reading, n) } else { SetAsideReason::Clutter }
        })
}

/// The reason that the block's own words state.
pub(super) fn stated_reason(reading: &Reading<'_, '_>, n: usize) -> Option<SetAsideReason> {
    by_cue(reading, n, &[Place::Whole, Place::Head, Place::Start])
}

fn by_cue(reading: &Reading<'_, '_>, n: usize, places: &[Place]) -> Option<SetAsideReason> {
    let cues = reading.cues(n);
    REASONS.iter().enumerate().find(|(r, _)| places.iter().any(|p| cues.has(*r, *p))).map(|(_, r)| r.1)
}

/// Links above the headline lead through the site, those below it to other reports.
fn by_links(reading: &Reading<'_, '_>, n: usize) -> SetAsideReason {
    if reading.is_below_title(n) { SetAsideReason::Related } else { SetAsideReason::Navigation }
}
