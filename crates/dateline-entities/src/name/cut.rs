//! Cuts a stretch of tokens to bare names: no article, title, mark or possessive, one name each.

use dateline_model::EntityType;

use crate::name::candidate::Candidate;
use crate::text::{Text, Word};
use crate::words::Kinds;

/// How many words on either side are looked through for a name.
const NEARBY: usize = 300;

/// Adds the bare names in `whole` to `found`.
pub(crate) fn cut(text: &Text<'_>, whole: Candidate, found: &mut Vec<Candidate>) {
    let mut first = whole.first;
    for i in whole.first..=whole.end {
        if first < i && lost_its_apostrophe(text, i, whole.end) {
            found.extend(trimmed(text, Candidate { first, end: i, ..whole }));
            first = i;
        }
        let parts = i == whole.end || text.word(i).is_some_and(|w| parts(text, whole, i, w));
        if parts {
            found.extend(trimmed(text, Candidate { first, end: i, ..whole }));
            first = i + 1;
        }
    }
}

/// "Selvas Ada Brenn" for "Selva's Ada Brenn": does a person's name begin at `i`, behind a name that stands
/// nearby without this "s"?
fn lost_its_apostrophe(text: &Text<'_>, i: usize, end: usize) -> bool {
    let given = text.word(i).is_some_and(|w| w.is(Kinds::GIVEN));
    let owner = text.before(i).and_then(|w| w.text.strip_suffix('s')).filter(|_| given && i + 1 < end);
    let Some(owner) = owner.filter(|owner| owner.starts_with(char::is_uppercase)) else { return false };
    let nearby = text.words.get(i.saturating_sub(NEARBY)..text.len().min(i + NEARBY)).unwrap_or_default();
    nearby.iter().any(|w| w.text == owner)
}

/// Does this token stand between two names?
fn parts(text: &Text<'_>, whole: Candidate, i: usize, word: &Word<'_>) -> bool {
    let inside = i > whole.first && i + 1 < whole.end;
    if word.tag() == "_SP" || word.text.contains('\n') || word.is_address() {
        return true;
    }
    match word.text {
        "(" | ")" | "[" | "]" | "<" | ">" | ";" | ":" | "|" | "–" | "—" | "•" | "\"" | "“" | "”" => {
            true
        }
        // A mark between words parts; one inside a word ("Al-Assad", "CJTF-OIR") joins.
        "-" | "/" => inside && is_spaced(text, i),
        "," => inside && !is_list_in_name(whole.model),
        "of" => inside && is_person_of(text, whole, i),
        "and" | "&" => inside && word.text == "and" && is_several(text, whole, i),
        _ => false,
    }
}

/// "Ada Brenn of Selva Motors": a person, and what she is of.
fn is_person_of(text: &Text<'_>, whole: Candidate, of: usize) -> bool {
    let name = text.words.get(whole.first..of).unwrap_or_default();
    let capitals = name.iter().all(Word::has_capital);
    let given = name.first().is_some_and(|w| w.is(Kinds::GIVEN));
    (2..=3).contains(&name.len())
        && given
        && capitals
        && !name.iter().any(|w| w.is(Kinds::HEAD | Kinds::TITLE))
}

fn is_spaced(text: &Text<'_>, i: usize) -> bool {
    let gap = |a: Option<&Word<'_>>, b: Option<&Word<'_>>| {
        a.zip(b).is_none_or(|(a, b)| a.token.span.end < b.token.span.start)
    };
    gap(text.before(i), text.word(i)) && gap(text.word(i), text.word(i + 1))
}

/// "Department of Justice, Office of Legal Policy" is one body; "Rome, Paris" are two places.
fn is_list_in_name(model: Option<EntityType>) -> bool {
    use EntityType as T;
    matches!(model, Some(T::WorkOfArt | T::Law | T::Event | T::Product))
}

/// Does "and" part two names rather than stand inside one ("Housing and Urban Development")?
fn is_several(text: &Text<'_>, whole: Candidate, and: usize) -> bool {
    use EntityType as T;
    match whole.model {
        Some(T::Person | T::Polity | T::Norp | T::Location) => true,
        Some(T::Organisation | T::Facility) => {
            let left = text.words.get(whole.first..and).unwrap_or_default();
            let right = text.words.get(and + 1..whole.end).unwrap_or_default();
            let inner = left.iter().any(|w| w.is(Kinds::INNER));
            let (l, r) = (ends_in_head(left), ends_in_head(right));
            let abbreviations = left.iter().chain(right).any(Word::is_all_capitals);
            !inner && ((l && r) || abbreviations)
        }
        _ => false,
    }
}

fn ends_in_head(words: &[Word<'_>]) -> bool {
    words.last().is_some_and(|w| w.is(Kinds::HEAD))
}

/// The stretch without what is no part of the name on either side; none if nothing is left.
pub(crate) fn trimmed(text: &Text<'_>, whole: Candidate) -> Option<Candidate> {
    let Candidate { mut first, mut end, model } = whole;
    while first < end && text.word(first).is_some_and(|w| is_no_begin(text, w, first + 1 < end)) {
        first += 1;
    }
    while first < end && text.word(end - 1).is_some_and(is_no_end) {
        end -= 1;
    }
    if model.is_none_or(|t| t == EntityType::Person) {
        first = after_title(text, first, end);
    }
    let words = text.words.get(first..end)?;
    let good = words.iter().any(Word::has_letter) && !words.iter().any(Word::is_address);
    good.then_some(Candidate { first, end, model })
}

/// Words that open no name: articles, prepositions, pronouns, verbs, marks.
fn is_no_begin(text: &Text<'_>, word: &Word<'_>, more: bool) -> bool {
    let tag = word.tag();
    let small = !word.has_capital();
    let closed = matches!(
        tag,
        "IN" | "DT"
            | "PRP"
            | "PRP$"
            | "CC"
            | "UH"
            | "WRB"
            | "WP"
            | "WP$"
            | "WDT"
            | "MD"
            | "RB"
            | "POS"
            | "TO"
            | "CD"
            | "LS"
            | "EX"
            | "PDT"
    );
    let verb = tag.starts_with("VB") && text.opens_sentence(word_index(text, word));
    word.is(Kinds::DEFINITE | Kinds::INDEFINITE)
        || !word.has_letter() && tag != "CD"
        || (closed && (small || more))
        || (more && (verb || (small && !word.is(Kinds::PARTICLE))))
}

fn word_index(text: &Text<'_>, word: &Word<'_>) -> usize {
    text.words.partition_point(|w| w.token.span.start < word.token.span.start)
}

/// Words that close no name: marks, possessives, prepositions, conjunctions, verbs.
fn is_no_end(word: &Word<'_>) -> bool {
    let tag = word.tag();
    let closed = matches!(
        tag,
        "IN" | "DT" | "CC" | "POS" | "TO" | "WDT" | "WP" | "MD" | "PRP" | "PRP$" | "WRB" | "UH" | "_SP"
    );
    !word.text.chars().any(char::is_alphanumeric)
        || (closed && !word.has_capital())
        || tag == "POS"
        || (!word.has_capital() && (tag.starts_with("VB") || tag == "RB"))
}

/// Where the name begins after titles: "President Obama", "Special Envoy Brett McGurk".
fn after_title(text: &Text<'_>, first: usize, end: usize) -> usize {
    let is_title = |i: &usize| text.word(*i).is_some_and(|w| w.is(Kinds::TITLE));
    let last = (first..end.saturating_sub(1)).rev().find(is_title);
    last.map_or(first, |i| i + 1)
}
