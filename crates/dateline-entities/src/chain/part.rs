//! Parts of a body's or a place's name that stand for the whole: "State Department", "Freedom".

use dateline_model::EntityType;

use crate::gazetteer::CountryForm;
use crate::rules::Known;
use crate::words::Kinds;

/// The parts of a name, given as printed and by its key, that a report may use for it.
pub(super) fn parts_of_name(rules: &Known<'_>, printed: &str, key: &str) -> Vec<String> {
    let words: Vec<&str> = key.split(' ').collect();
    let mut parts = Vec::new();
    if words.len() < 2 {
        return parts;
    }
    let rest = &words[country_words(rules, printed).min(words.len())..];
    if rest.len() > 1 && rest.len() < words.len() {
        parts.push(rest.join(" "));
    }
    let storm = rules.words.kinds(words[0]);
    if storm.any(Kinds::FIRST_HEAD) && storm.any(Kinds::EVENT) {
        parts.push(words[1..].join(" "));
    }
    let join = words.iter().position(|w| rules.words.kinds(w).any(Kinds::JOIN));
    if let Some(before) = join.and_then(|at| words.get(..at)).filter(|before| before.len() > 1) {
        parts.push(before.join(" "));
    }
    if let Some((last, before)) = words.split_last()
        && rules.nouns.left_out.iter().any(|w| w == last)
        && rules.gazetteer.country(printed.rsplit_once(' ').map_or("", |(before, _)| before)).is_none()
    {
        parts.push(before.join(" "));
    }
    parts
}

/// How many words a name's country or nationality takes at its begin: "US", "United Kingdom", "Italian".
fn country_words(rules: &Known<'_>, printed: &str) -> usize {
    let ends = printed.match_indices(' ').map(|(at, _)| at).take(3);
    let stretches: Vec<(usize, &str)> = (1..).zip(ends.filter_map(|at| printed.get(..at))).collect();
    let is_country = |(_, words): &&(usize, &str)| {
        rules.gazetteer.country(words).is_some_and(|(_, form)| form != CountryForm::Person)
    };
    stretches.iter().rev().find(is_country).map_or(0, |(count, _)| *count)
}

/// The noun that heads a name of these printed words, in small letters, where a common noun can take it up:
/// "festival", "museum", "committee".
pub(super) fn head_of_name(rules: &Known<'_>, printed: &str, entity_type: EntityType) -> Option<String> {
    use EntityType as T;
    let headed = matches!(
        entity_type,
        T::Organisation | T::Polity | T::Location | T::Facility | T::Event | T::Misc | T::Product | T::Law
    );
    let words: Vec<&str> = printed.split(' ').collect();
    let join = words.iter().position(|w| rules.nouns.behind_head.iter().any(|known| known == w));
    let first = words.first()?.to_lowercase();
    let before = words.get(..join.unwrap_or(words.len()))?;
    let leads = before.len() > 1 && rules.words.kinds(&first).any(Kinds::FIRST_HEAD);
    let head = if leads { first } else { before.last()?.to_lowercase() };
    (headed && words.len() > 1 && head.chars().all(char::is_alphabetic) && head.chars().count() > 2)
        .then_some(head)
}
