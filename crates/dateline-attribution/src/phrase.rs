//! Statements made by a phrase: "according to", "in her view", "reportedly".

use crate::draft::{Draft, Means};
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// How many heads are climbed to the clause that a phrase belongs to.
const CLIMB: usize = 12;

/// The statement of a phrase that begins with token `at`.
pub(crate) fn statement(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let word = reading.lower(at);
    if reading.lexicon.is_hearsay(&word) && reading.tag(at) == "RB" {
        return hearsay(reading, at);
    }
    let phrase = reading.lexicon.before_source().iter().find(|phrase| begins(reading, at, phrase));
    match phrase {
        Some(phrase) => named(reading, Words::new(at, at + phrase.len())),
        None if word == "in" => possessed(reading, at).or_else(|| survey(reading, at)),
        None => None,
    }
}

fn begins(reading: &Reading<'_>, at: usize, phrase: &[String]) -> bool {
    phrase.iter().zip(at..).all(|(word, at)| reading.is_word(at, word))
}

/// "According to the ministry".
fn named(reading: &Reading<'_>, cue: Words) -> Option<Draft> {
    let tree = &reading.tree;
    let last = cue.end - 1;
    let source_head = tree
        .child(last, &[Dep::PrepositionObject, Dep::Object, Dep::PrepositionComplement])
        .or_else(|| tree.child(last, &[Dep::ClauseComplement]))?;
    let source = reading.source(source_head, cue.first);
    let phrase = cue.join(source);
    around(
        reading,
        cue.first,
        phrase,
        Draft {
            source: Some(source),
            source_head: Some(source_head),
            cue,
            cue_head: cue.first,
            content: Vec::new(),
            by: Means::Phrase,
            through: Vec::new(),
            holds_others: false,
        },
    )
}

/// "In her view": the possessor is the source.
fn possessed(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let noun = reading.tree.child(at, &[Dep::PrepositionObject])?;
    let owner = reading.tree.child(noun, &[Dep::Possessive])?;
    if !reading.lexicon.is_possessed(&reading.lower(noun)) {
        return None;
    }
    let source = reading.tree.extent(owner);
    let phrase = reading.tree.extent(at);
    around(
        reading,
        at,
        phrase,
        Draft {
            source: Some(source),
            source_head: Some(owner),
            cue: Words::one(noun),
            cue_head: noun,
            content: Vec::new(),
            by: Means::Phrase,
            through: Vec::new(),
            holds_others: false,
        },
    )
}

/// "In a new poll, …": the document tells it.
fn survey(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let noun = reading.tree.child(at, &[Dep::PrepositionObject])?;
    let phrase = reading.tree.extent(at);
    let opens = at == reading.tree.sentence(at).first && reading.text(phrase.end) == ",";
    if !opens
        || !matches!(reading.lemma(noun), "poll" | "survey")
        || !reading.lexicon.is_survey(reading.lemma(noun))
    {
        return None;
    }
    around(
        reading,
        at,
        phrase,
        Draft {
            source: Some(Words::new(at + 1, phrase.end)),
            source_head: Some(noun),
            cue: Words::one(at),
            cue_head: at,
            content: Vec::new(),
            by: Means::Phrase,
            through: Vec::new(),
            holds_others: false,
        },
    )
}

/// "Has reportedly agreed": the clause without the adverb.
fn hearsay(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let draft = Draft {
        source: None,
        source_head: None,
        cue: Words::one(at),
        cue_head: at,
        content: Vec::new(),
        by: Means::Hearsay,
        through: Vec::new(),
        holds_others: false,
    };
    around(reading, at, Words::one(at), draft)
}

/// The clause around a phrase is what is said.
fn around(reading: &Reading<'_>, at: usize, phrase: Words, mut draft: Draft) -> Option<Draft> {
    let host = host(reading, at)?;
    let whole = reading.tree.extent(host);
    for part in whole.without(phrase) {
        draft.add(reading.clipped(part, phrase));
    }
    draft.content.retain(|piece| !piece.is_empty());
    (!draft.content.is_empty()).then_some(draft)
}

/// The verb of the clause that a phrase belongs to.
fn host(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let mut host = reading.tree.head(at)?;
    for _ in 0..CLIMB {
        let clausal = matches!(
            reading.tree.dep(host),
            Dep::Root
                | Dep::Conjunct
                | Dep::ClauseComplement
                | Dep::AdverbClause
                | Dep::Parataxis
                | Dep::RelativeClause
        );
        if clausal && reading.is_verb(host) {
            return Some(host);
        }
        match reading.tree.head(host) {
            Some(head) => host = head,
            None => break,
        }
    }
    Some(host)
}
