//! Names inside names: the nationality of a body, the country of a government, the person that a
//! foundation is named after.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::EntityType;

use crate::gazetteer::CountryForm;
use crate::name::Name;
use crate::rules::Known;
use crate::text::Text;

/// Longest name that is looked for within another, in tokens.
const LONGEST: usize = 4;

/// Names that stand for themselves in the report, by their words in small letters.
type Own = BTreeMap<String, EntityType>;

/// Adds the nationalities, the countries and the names known from elsewhere in the report that stand
/// inside longer names.
pub(crate) fn add_nested(text: &Text<'_>, rules: &Known<'_>, names: &mut Vec<Name>) {
    let own = own(text, names);
    let long: Vec<&Name> = names.iter().filter(|n| n.end - n.first > 1 && may_hold(n.entity_type)).collect();
    let inside: Vec<Name> = long.iter().flat_map(|name| within(text, rules, &own, name)).collect();
    let held: BTreeSet<(usize, usize)> = names.iter().map(|n| (n.first, n.end)).collect();
    names.extend(inside.into_iter().filter(|name| !held.contains(&(name.first, name.end))));
}

fn may_hold(entity_type: EntityType) -> bool {
    use EntityType as T;
    matches!(
        entity_type,
        T::Organisation | T::Facility | T::Location | T::Event | T::Misc | T::Product | T::WorkOfArt
    )
}

/// Names of persons, bodies and places that no longer name holds.
fn own(text: &Text<'_>, names: &[Name]) -> Own {
    use EntityType as T;
    let fits = |n: &&Name| {
        matches!(n.entity_type, T::Person | T::Organisation | T::Polity | T::Location)
            && n.end - n.first <= LONGEST
            && text.word(n.first).is_some_and(crate::text::Word::has_capital)
    };
    names.iter().filter(fits).map(|n| (text.lower(n.first, n.end), n.entity_type)).collect()
}

/// The names within one: each as long as can be, none with the head word of the whole.
fn within(text: &Text<'_>, rules: &Known<'_>, own: &Own, name: &Name) -> Vec<Name> {
    let head = text.head(name.first, name.end);
    let mut found = Vec::new();
    let mut first = name.first;
    while first < name.end {
        let ends = (first + 1..=name.end.min(first + LONGEST)).rev();
        let modifies = |end: usize| !(first..end).contains(&head);
        let known = ends.filter(|end| modifies(*end)).find_map(|end| named(text, rules, own, first, end));
        let next = known.or_else(|| people(text, rules, first));
        first = next.as_ref().map_or(first + 1, |name| name.end);
        found.extend(next);
    }
    found
}

/// A name that the report has elsewhere, or a country's.
fn named(text: &Text<'_>, rules: &Known<'_>, own: &Own, first: usize, end: usize) -> Option<Name> {
    let words = text.words.get(first..end)?;
    let proper = words.iter().all(|w| w.is_proper() || !w.has_letter())
        && words.iter().any(crate::text::Word::is_proper);
    if !proper {
        return None;
    }
    if let Some(entity_type) = own.get(&text.lower(first, end)) {
        let reason = "named elsewhere in the report, here in a longer name".into();
        return Some(Name { first, end, entity_type: *entity_type, reason });
    }
    let (_, form) = rules.gazetteer.country(text.printed(first, end))?;
    let reason = "the country in a longer name".into();
    (form == CountryForm::Name).then_some(Name { first, end, entity_type: EntityType::Polity, reason })
}

/// The word at `i`, where it is one for a country's people.
fn people(text: &Text<'_>, rules: &Known<'_>, i: usize) -> Option<Name> {
    let word = text.word(i).filter(|w| w.has_capital())?;
    let (_, form) = rules.gazetteer.country(word.text)?;
    let reason = "the nationality in a longer name".into();
    (form != CountryForm::Name).then_some(Name {
        first: i,
        end: i + 1,
        entity_type: EntityType::Norp,
        reason,
    })
}
