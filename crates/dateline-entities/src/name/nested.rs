//! Names inside names: the nationality of a body, the country of a government.

use crate::name::Name;
use crate::rules::EntityRules;
use crate::text::Text;

/// Adds the nationalities that stand inside longer names.
pub(crate) fn add_nested(_text: &Text<'_>, _rules: &EntityRules, _names: &mut Vec<Name>) {}
