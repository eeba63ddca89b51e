//! What may be a name: the model's own names, cut to size, and runs of proper nouns beside them.

use dateline_model::EntityType;

use crate::gazetteer::CountryForm;
use crate::name::cut;
use crate::rules::Known;
use crate::text::Text;

/// A stretch of tokens that may be a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The model's type for it; none where the model saw no name.
    pub(crate) model: Option<EntityType>,
}

impl Candidate {
    pub(crate) fn len(&self) -> usize {
        self.end - self.first
    }
}

/// All candidates, in the text's order, none overlapping.
pub(crate) fn candidates(text: &Text<'_>, rules: &Known<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for name in &text.report.annotated.names {
        let whole = Candidate {
            first: name.first as usize,
            end: (name.end as usize).min(text.len()),
            model: Some(EntityType::named(&name.entity_type)),
        };
        if whole.first >= whole.end {
            continue;
        }
        if is_measure(whole.model) {
            found.push(one_line(text, whole));
        } else {
            cut::cut(text, whole, &mut found);
        }
    }
    add_runs(text, &mut found);
    add_countries(text, rules, &mut found);
    found.sort_by_key(|c| c.first);
    found
}

/// Numbers, times and amounts of money are no names; the model's word on them stands.
pub(crate) fn is_measure(entity_type: Option<EntityType>) -> bool {
    use EntityType as T;
    let measures = [T::Date, T::Time, T::Percent, T::Money, T::Quantity, T::Ordinal, T::Cardinal];
    entity_type.is_some_and(|t| measures.contains(&t))
}

/// A time or a number goes no further than its line: what follows is another sentence's.
fn one_line(text: &Text<'_>, whole: Candidate) -> Candidate {
    let ends = |i: &usize| text.word(*i).is_some_and(|w| w.text.contains('\n'));
    let end = (whole.first + 1..whole.end).find(ends).unwrap_or(whole.end);
    Candidate { end, ..whole }
}

/// Adds the runs of capitalised proper nouns that no candidate holds.
fn add_runs(text: &Text<'_>, found: &mut Vec<Candidate>) {
    let taken = taken(text.len(), found);
    let open = |i: usize| {
        !taken.get(i).copied().unwrap_or(true)
            && text.word(i).is_some_and(|w| {
                w.has_letter() && (w.is_proper() && w.has_capital() || w.has_inner_capital())
            })
    };
    let mut i = 0;
    while i < text.len() {
        let first = i;
        while open(i) {
            i += 1;
        }
        if i > first {
            cut::cut(text, Candidate { first, end: i, model: None }, found);
        }
        i += 1;
    }
}

/// Adds the words for a country or its people that no candidate holds: "Syrian", "Iraqis".
fn add_countries(text: &Text<'_>, rules: &Known<'_>, found: &mut Vec<Candidate>) {
    let taken = taken(text.len(), found);
    for (i, word) in text.words.iter().enumerate() {
        let free = taken.get(i).is_some_and(|t| !t) && word.has_capital() && word.has_letter();
        if free && rules.gazetteer.country(word.text).is_some_and(|(_, form)| form != CountryForm::Person) {
            found.push(Candidate { first: i, end: i + 1, model: None });
        }
    }
}

/// For each token: does a candidate hold it?
pub(crate) fn taken(len: usize, found: &[Candidate]) -> Vec<bool> {
    let mut taken = vec![false; len];
    for candidate in found {
        taken.get_mut(candidate.first..candidate.end).unwrap_or_default().fill(true);
    }
    taken
}

/// The same of a type that is known.
pub(crate) fn is_measure_type(entity_type: EntityType) -> bool {
    is_measure(Some(entity_type))
}
