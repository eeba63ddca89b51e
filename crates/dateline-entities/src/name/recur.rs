//! Finds again, where the model missed them, the names that the report has elsewhere.

use std::collections::BTreeMap;

use dateline_model::EntityType;

use crate::name::Name;
use crate::name::candidate::is_measure;
use crate::rules::Known;
use crate::text::Text;
use crate::words::Kinds;

/// How many names may begin with one word; a text with more is no report.
const MOST: usize = 12;

/// What a wording names: its words and its type.
type Wording = (Vec<String>, EntityType);

/// Adds the occurrences of known names that no name holds yet.
pub(crate) fn add_recurring(text: &Text<'_>, _rules: &Known<'_>, names: &mut Vec<Name>) {
    let known = wordings(text, names);
    let mut taken = vec![false; text.len()];
    for name in names.iter() {
        taken.get_mut(name.first..name.end).unwrap_or_default().fill(true);
    }
    let mut i = 0;
    while i < text.len() {
        let free = |k: usize| taken.get(k).is_some_and(|t| !t);
        let Some((len, entity_type)) = longest(text, &known, i, free) else {
            i += 1;
            continue;
        };
        let reason = "named elsewhere in the report".into();
        names.push(Name { first: i, end: i + len, entity_type, reason });
        i += len;
    }
}

/// Wordings by their first word, and surnames of persons.
fn wordings(text: &Text<'_>, names: &[Name]) -> BTreeMap<String, Vec<Wording>> {
    let mut known: BTreeMap<String, Vec<Wording>> = BTreeMap::new();
    for name in names.iter().filter(|n| !is_measure(Some(n.entity_type))) {
        let words: Vec<String> = (name.first..name.end).map(|i| text.lower(i, i + 1)).collect();
        if name.entity_type == EntityType::Person && words.len() > 1 {
            let last = words.last().cloned().unwrap_or_default();
            if text
                .word(name.end - 1)
                .is_some_and(|w| w.has_capital() && !w.is(Kinds::SUFFIX | Kinds::NO_NAME))
            {
                learn(&mut known, (vec![last], EntityType::Person));
            }
        }
        learn(&mut known, (words, name.entity_type));
    }
    known
}

fn learn(known: &mut BTreeMap<String, Vec<Wording>>, one: Wording) {
    let Some(first) = one.0.first() else { return };
    let list = known.entry(first.clone()).or_default();
    if list.len() < MOST && !list.contains(&one) {
        list.push(one);
    }
}

/// The longest known name that begins at `i`, written with capitals as names are.
fn longest(
    text: &Text<'_>,
    known: &BTreeMap<String, Vec<Wording>>,
    i: usize,
    free: impl Fn(usize) -> bool,
) -> Option<(usize, EntityType)> {
    let word = text.word(i).filter(|w| w.has_capital() && free(i))?;
    let fits = |(words, _): &&Wording| {
        words
            .iter()
            .enumerate()
            .all(|(k, known)| free(i + k) && text.word(i + k).is_some_and(|w| w.lower == *known))
    };
    let (words, entity_type) =
        known.get(&*word.lower)?.iter().filter(fits).max_by_key(|(words, _)| words.len())?;
    // A single word opens a sentence with a capital whatever it is; its tag then has to say more.
    let sure =
        words.len() > 1 || word.is_proper() || (*entity_type == EntityType::Norp) || !text.opens_sentence(i);
    sure.then_some((words.len(), *entity_type))
}
