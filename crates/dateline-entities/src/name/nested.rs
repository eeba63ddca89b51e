//! Names inside names: the nationality of a body, the country of a government.

use dateline_model::EntityType;

use crate::gazetteer::CountryForm;
use crate::name::Name;
use crate::rules::Known;
use crate::text::Text;

/// Adds the nationalities that stand inside longer names.
pub(crate) fn add_nested(text: &Text<'_>, rules: &Known<'_>, names: &mut Vec<Name>) {
    let long = names.iter().filter(|n| n.end - n.first > 1 && may_hold(n.entity_type));
    let inside: Vec<Name> =
        long.flat_map(|n| (n.first..n.end).filter_map(|i| people(text, rules, i))).collect();
    names.extend(inside);
}

fn may_hold(entity_type: EntityType) -> bool {
    matches!(
        entity_type,
        EntityType::Organisation | EntityType::Facility | EntityType::Event | EntityType::Misc
    )
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
