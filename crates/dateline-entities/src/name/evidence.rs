//! What speaks for each type of one candidate: its words, its neighbours, the model's opinion.

use dateline_model::EntityType;

use crate::gazetteer::{CountryForm, PlaceKind};
use crate::name::candidate::Candidate;
use crate::rules::Known;
use crate::text::{Text, Word};
use crate::words::Kinds;

/// How much speaks for each type; what speaks for no name at all stands under [`Scores::NOTHING`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scores {
    weights: [f32; 8],
    /// The strongest single piece of evidence, and what it is.
    best: (f32, &'static str),
}

/// The types that evidence tells apart, in the order of [`Scores`].
pub(crate) const TYPES: [EntityType; 7] = [
    EntityType::Person,
    EntityType::Organisation,
    EntityType::Polity,
    EntityType::Location,
    EntityType::Facility,
    EntityType::Norp,
    // Stands for events, works, laws, products: the model's own word tells which.
    EntityType::Misc,
];

impl Scores {
    /// Index of the evidence that it is no name.
    pub(crate) const NOTHING: usize = 7;

    pub(crate) fn add(&mut self, entity_type: EntityType, weight: f32, why: &'static str) {
        let index = TYPES.iter().position(|t| *t == entity_type).unwrap_or(6);
        self.weights[index] += weight;
        if weight > self.best.0 {
            self.best = (weight, why);
        }
    }

    pub(crate) fn against(&mut self, weight: f32) {
        self.weights[Self::NOTHING] += weight;
    }

    /// Adds a part of what others say of the same words.
    pub(crate) fn add_scores(&mut self, other: &Self, share: f32) {
        for (own, others) in self.weights.iter_mut().zip(other.weights) {
            *own += share * others;
        }
    }

    /// The winner with its weight, and the weight of what speaks against any name.
    pub(crate) fn best(&self) -> (usize, f32, f32) {
        let types = self.weights.iter().take(7).copied().enumerate();
        let (index, weight) = types.fold((0, f32::MIN), |a, b| if b.1 > a.1 { b } else { a });
        (index, weight, self.weights[Self::NOTHING])
    }

    pub(crate) fn why(&self) -> &'static str {
        if self.best.1.is_empty() { "a capitalised name" } else { self.best.1 }
    }
}

/// Weighs one candidate by itself.
pub(crate) fn weigh(text: &Text<'_>, rules: &Known<'_>, c: Candidate) -> Scores {
    let mut scores = Scores::default();
    let words = text.words.get(c.first..c.end).unwrap_or_default();
    models_word(c, &mut scores);
    own_words(text, rules, c, words, &mut scores);
    gazetteer(text, rules, c, words, &mut scores);
    neighbours(text, rules, c, words, &mut scores);
    form(text, c, words, &mut scores);
    scores
}

fn models_word(c: Candidate, scores: &mut Scores) {
    if let Some(model) = c.model {
        scores.add(model, 1.0, "the language model's own name");
    }
}

/// Listed bodies, head words, given names.
fn own_words(text: &Text<'_>, rules: &Known<'_>, c: Candidate, words: &[Word<'_>], scores: &mut Scores) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    if rules.words.is_body(&text.lower(c.first, c.end)) {
        scores.add(EntityType::Organisation, 3.0, "a known body");
    }
    let head = match words.iter().any(|w| w.is(Kinds::OF)) {
        true => head_before_of(words),
        false => Some(if first.is(Kinds::FIRST_HEAD) && !last.is(Kinds::HEAD) { first } else { last }),
    };
    if let Some(head) = head.filter(|h| h.has_capital() && words.len() > 1) {
        let heading = [
            (Kinds::ORGANISATION, EntityType::Organisation),
            (Kinds::PLACE, EntityType::Location),
            (Kinds::POLITY, EntityType::Polity),
            (Kinds::FACILITY, EntityType::Facility),
            (Kinds::EVENT | Kinds::OTHER, EntityType::Misc),
        ];
        for (kinds, entity_type) in heading {
            if head.is(kinds) {
                scores.add(entity_type, 2.0, "its head word tells the type");
            }
        }
    }
    if first.is(Kinds::GIVEN) && (2..=4).contains(&words.len()) && !last.is(Kinds::HEAD) {
        scores.add(EntityType::Person, 1.2, "begins with a given name");
    } else if first.is(Kinds::GIVEN) && words.len() == 1 {
        scores.add(EntityType::Person, 0.6, "a given name");
    }
    if words.len() > 1
        && words.iter().take(words.len() - 1).any(|w| w.is(Kinds::PARTICLE) && !w.is(Kinds::JOIN))
    {
        scores.add(EntityType::Person, 0.4, "built as a person's name");
    }
    if last.is(Kinds::SUFFIX) && words.len() > 1 {
        scores.add(EntityType::Person, 1.0, "built as a person's name");
    }
}

/// Countries, peoples, places, bodies and persons that are known beforehand.
fn gazetteer(text: &Text<'_>, rules: &Known<'_>, c: Candidate, words: &[Word<'_>], scores: &mut Scores) {
    let printed = text.printed(c.first, c.end);
    if words.len() > 6 || !words.iter().any(Word::has_capital) {
        return;
    }
    if let Some((_, form)) = rules.gazetteer.country(printed) {
        match form {
            CountryForm::Name => scores.add(EntityType::Polity, 2.0, "a country"),
            _ => scores.add(EntityType::Norp, 2.5, "a people, or what is its own"),
        }
        return;
    }
    if rules.gazetteer.organisation(printed).is_some() {
        scores.add(EntityType::Organisation, 1.5, "a known body");
    }
    if words.len() > 1 && !rules.gazetteer.persons(printed, None).is_empty() {
        scores.add(EntityType::Person, 2.0, "a known person");
    }
    let places = rules.gazetteer.places(printed);
    let Some(largest) = places.iter().max_by_key(|p| p.population) else { return };
    let (entity_type, weight) = match largest.kind {
        PlaceKind::Region => (EntityType::Location, 1.0),
        PlaceKind::Province | PlaceKind::Capital => (EntityType::Polity, 1.0),
        _ if largest.is_further_name || largest.population < 50_000 => (EntityType::Polity, 0.4),
        _ => (EntityType::Polity, 0.8),
    };
    scores.add(entity_type, weight, "a known place");
}

/// "Ministry" of "Ministry of Defence".
fn head_before_of<'w, 'a>(words: &'w [Word<'a>]) -> Option<&'w Word<'a>> {
    let of = words.iter().position(|w| w.is(Kinds::OF))?;
    words.get(of.checked_sub(1)?)
}

/// Titles, prepositions and verbs around the candidate.
fn neighbours(text: &Text<'_>, rules: &Known<'_>, c: Candidate, words: &[Word<'_>], scores: &mut Scores) {
    let before = text.before(c.first);
    let after = text.word(c.end);
    let several = words.len() > 1;
    if let Some(w) = before {
        if w.is(Kinds::TITLE) && !ends_clause(w) {
            scores.add(EntityType::Person, 2.0, "follows a title");
        }
        if w.is(Kinds::PLACE_BEFORE) {
            scores.add(EntityType::Polity, 0.7, "follows a preposition of place");
            scores.add(EntityType::Location, 0.2, "follows a preposition of place");
        }
        if w.is(Kinds::DEFINITE) {
            scores.add(EntityType::Person, -1.2, "");
            scores.add(EntityType::Organisation, 0.4, "follows the article");
        }
        if w.is(Kinds::INDEFINITE) {
            scores.add(EntityType::Person, -0.5, "");
            scores.against(0.3);
        }
    }
    if let Some(w) = after {
        if w.is(Kinds::TITLE) && w.has_capital() && words.iter().all(|w| w.is(Kinds::CHARGE)) {
            scores.against(4.0);
        }
        if w.is(Kinds::BODY_NOUN) {
            scores.add(EntityType::Organisation, 0.5, "a body's people are spoken of");
            scores.add(EntityType::Person, -0.5, "");
        }
        if w.tag().starts_with("VB") && rules.words.kinds(&w.token.lemma).any(Kinds::SAYS) {
            scores.add(EntityType::Person, if several { 0.3 } else { 0.4 }, "speaks");
        }
        let asks = || rules.nouns.asking.iter().any(|lemma| **lemma == *w.token.lemma);
        if c.model.is_none() && w.tag().starts_with("VB") && asks() {
            scores.add(EntityType::Organisation, 1.2, "asks somebody");
        }
        if w.is(Kinds::PLACE_NOUN) && !w.has_capital() {
            scores.add(EntityType::Polity, 0.8, "a word for a place follows");
        }
    }
}

/// A full stop that is no part of an abbreviation.
fn ends_clause(word: &Word<'_>) -> bool {
    matches!(word.text, "." | "," | ":" | ";")
}

/// Case and tags: what looks like no name at all.
fn form(text: &Text<'_>, c: Candidate, words: &[Word<'_>], scores: &mut Scores) {
    if words.len() == 1 && words.iter().any(|w| w.is_all_capitals() && w.text.len() <= 6) {
        scores.add(EntityType::Organisation, 0.5, "an abbreviation in capitals");
        scores.add(EntityType::Person, -0.7, "");
    }
    if words.iter().all(Word::has_inner_capital) {
        scores.add(EntityType::Misc, 2.0, "written as trade names are");
    }
    if words.iter().all(|w| w.is(Kinds::NO_NAME) || !w.has_letter()) {
        scores.against(3.0);
    }
    if !words.iter().any(Word::has_capital) {
        scores.against(1.5);
    }
    if words.len() == 1 && !words.iter().any(|w| w.is_proper() || w.tag() == "JJ") {
        scores.against(if text.opens_sentence(c.first) { 1.0 } else { 0.5 });
    }
}
