//! The names of a report: where each stands, and what kind of thing it names.
//!
//! The language model proposes; every proposal is cut to the bare name, names that it missed are
//! added, and then all evidence of the report is weighed to say of what type each one is.

mod candidate;
mod cut;
mod evidence;
mod grow;
mod nested;
mod recur;
mod verdict;

use std::sync::Arc;

use dateline_model::EntityType;

pub(crate) use candidate::is_measure_type as is_measure;

use crate::rules::Known;
use crate::text::Text;

/// A name: a stretch of tokens, its type, and why it is taken for one.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) entity_type: EntityType,
    pub(crate) reason: Arc<str>,
}

/// All names of the report, in the text's order.
pub(crate) fn find_names(text: &Text<'_>, rules: &Known<'_>) -> Vec<Name> {
    let mut candidates = candidate::candidates(text, rules);
    grow::join_and_extend(text, rules, &mut candidates);
    let mut names = verdict::decide(text, rules, &candidates);
    recur::add_recurring(text, rules, &mut names);
    nested::add_nested(text, rules, &mut names);
    names.sort_by(|a, b| a.first.cmp(&b.first).then(b.end.cmp(&a.end)));
    names
}
