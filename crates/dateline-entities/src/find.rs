//! Reads a whole report: its names, then who each of them is.

use dateline_model::{Entities, Report, TimeExpression};

use crate::chain;
use crate::name;
use crate::rules::EntityRules;
use crate::text::Text;

/// The persons, bodies and places of a report, and all words that stand for them.
#[must_use]
pub fn find_entities(report: &Report, times: &[TimeExpression], rules: &EntityRules) -> Entities {
    let text = Text::new(report, &rules.words);
    let names = name::find_names(&text, rules);
    chain::chain(&text, times, rules, &names)
}
