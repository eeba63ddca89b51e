//! Of which country somebody is, as the words beside it tell: "Syrian", "of Syria", "Syria's".

use dateline_model::EntityType;

use crate::gazetteer::CountryForm;
use crate::noun::is_one_of;
use crate::rules::Known;
use crate::text::Text;

/// ISO 3166 code of the country that a stretch of tokens names or calls by its adjective.
pub(crate) fn country_in(text: &Text<'_>, rules: &Known<'_>, first: usize, end: usize) -> Option<String> {
    (first..end.min(text.len())).find_map(|i| {
        let word = text.word(i).filter(|w| w.has_capital())?;
        let pair = text.word(i + 1).filter(|w| i + 1 < end && w.has_capital());
        let two = pair.and_then(|_| rules.gazetteer.country(text.printed(i, i + 2)));
        let (country, _) = two.or_else(|| rules.gazetteer.country(word.text))?;
        Some(country.alpha3.clone())
    })
}

/// The people that a stretch of tokens tells by an adjective of its form, where no gazetteer knows it:
/// "the Karsavian leader". In small letters.
pub(crate) fn people_in(text: &Text<'_>, rules: &Known<'_>, first: usize, end: usize) -> Option<String> {
    (first..end.min(text.len())).find_map(|i| {
        let word = text.word(i).filter(|w| w.has_capital())?;
        let formed = rules.nouns.people_ends.iter().any(|ending| word.lower.ends_with(ending.as_str()));
        (formed && rules.gazetteer.country(word.text).is_none()).then(|| word.lower.to_string())
    })
}

/// The country after "of" or "for": "the president of Syria", "a spokesman for the Syrian army".
pub(crate) fn country_after(text: &Text<'_>, rules: &Known<'_>, end: usize) -> Option<String> {
    text.word(end).filter(|w| is_one_of(&rules.nouns.of_country, w))?;
    country_in(text, rules, end + 1, end + 4)
}

/// What the gazetteer knows of a place: its country's code and Wikidata id, where it is a country.
pub(crate) fn of_name(
    rules: &Known<'_>,
    printed: &str,
    entity_type: EntityType,
) -> Option<(String, Option<String>, String)> {
    let place = matches!(
        entity_type,
        EntityType::Polity | EntityType::Location | EntityType::Norp | EntityType::Organisation
    );
    let (country, form) = rules.gazetteer.country(printed).filter(|_| place)?;
    let link = country.wikidata.clone().filter(|_| form == CountryForm::Name);
    Some((country.alpha3.clone(), link, country.name.clone()))
}
