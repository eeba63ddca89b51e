//! Where an HTML page's report comes from: its dateline, and the agencies and outlets it credits.
//!
//! The words are read as in flattened text; only the places differ, blocks instead of lines.

use std::ops::Range;

use dateline_model::{Basis, Dateline, Evidence, MappedText, SetAside, SetAsideReason};

use crate::flat::agency::Agencies;
use crate::flat::credit::{closing, in_brackets_at_end, of_aside};
use crate::flat::dateline::{dateline, prefix};
use crate::flat::fold::fold;
use crate::flat::publisher::imprint;

use super::page::Page;
use super::role::Role;

/// How many blocks around the text may name its origin.
const NEAR: usize = 12;

/// The text without its dateline, and what the dateline and the credits say.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The article's text: its blocks, parted by blank lines.
    pub text: MappedText,
    /// Place and day before the first sentence.
    pub dateline: Option<Dateline>,
    /// Agencies and outlets named as the origin, in the order of the page.
    pub credits: Vec<Evidence>,
    /// The dateline's words, which are not part of the text.
    pub cut: Option<SetAside>,
}

impl Origin {
    /// Reads the blocks of `page`.
    #[must_use]
    pub fn of(page: &Page<'_>, agencies: &Agencies) -> Self {
        let whole = page.text();
        let first = whole.as_str().find("\n\n").unwrap_or(whole.len());
        let found = prefix(whole.as_str(), 0..first, agencies);
        let start = found.as_ref().map_or(0, |p| p.whole.end);
        let agency = found.as_ref().and_then(|p| p.agency.clone()).map(|range| printed(&whole, range));
        Self {
            text: whole.part(start..whole.len()),
            dateline: found.as_ref().and_then(|p| dateline(p, |range| printed(&whole, range))),
            credits: unique(agency.into_iter().chain(credits(page, agencies))),
            cut: found.map(|p| cut(&whole, p.whole)),
        }
    }
}

fn credits(page: &Page<'_>, agencies: &Agencies) -> Vec<Evidence> {
    let is_body = |role: &Role| *role == Role::Body;
    let Some(first) = page.roles.iter().position(is_body) else { return Vec::new() };
    let last = page.roles.iter().rposition(is_body).unwrap_or(first);
    let near = first.saturating_sub(NEAR)..(last + NEAR + 1).min(page.blocks.len());
    let of_block = |index: usize| {
        let text = &page.blocks[index].text;
        let words = text.as_str();
        let named = if is_body(&page.roles[index]) {
            let ending = in_brackets_at_end(words, 0..words.len(), agencies).filter(|_| index == last);
            closing(words, 0..words.len(), agencies).into_iter().chain(ending).collect()
        } else {
            of_aside(words, 0..words.len(), &fold(words), agencies)
        };
        named.into_iter().map(move |range: Range<usize>| printed(text, range))
    };
    near.flat_map(of_block).collect()
}

/// The site's name in a block that claims the rights to the page, for want of a better one.
#[must_use]
pub fn publisher_of_imprint(page: &Page<'_>) -> Option<Evidence> {
    let aside = page.blocks.iter().zip(&page.roles).rev().filter(|(_, role)| **role != Role::Body);
    aside
        .filter(|(block, _)| block.text.len() <= IMPRINT)
        .find_map(|(block, _)| Some(printed(&block.text, imprint(block.text.as_str())?)))
}

/// An imprint is no longer than this, in bytes.
const IMPRINT: usize = 400;

fn unique(credits: impl Iterator<Item = Evidence>) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = Vec::new();
    for credit in credits {
        if !all.iter().any(|c| c.value == credit.value) {
            all.push(credit);
        }
    }
    all
}

fn cut(text: &MappedText, range: Range<usize>) -> SetAside {
    let quote = text.as_str()[range.clone()].trim().to_owned();
    SetAside { quote, why: SetAsideReason::EditorialNote, bytes: text.bytes_of(range) }
}

fn printed(text: &MappedText, range: Range<usize>) -> Evidence {
    let words = text.as_str()[range.clone()].to_owned();
    Evidence { value: words.clone(), quote: words, basis: Basis::Printed, bytes: text.bytes_of(range) }
}
