//! Reads a whole report: its names, then who each of them is.

use dateline_model::{Entities, Report, TimeExpression};

use crate::chain;
use crate::gazetteer::Gazetteer;
use crate::name;
use crate::rules::{EntityRules, Known};
use crate::text::Text;

/// The persons, bodies and places of a report, and all words that stand for them.
#[must_use]
pub fn find_entities(
    report: &Report,
    times: &[TimeExpression],
    rules: &EntityRules,
    gazetteer: &Gazetteer,
) -> Entities {
    let known = Known::new(rules, gazetteer);
    let text = Text::new(report, known.words);
    let names = name::find_names(&text, &known);
    chain::chain(&text, times, &known, &names)
}
