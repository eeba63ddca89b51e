//! Statements made by a noun or an adjective: "his claim that", "expressed concern about", "is
//! confident that".

use crate::clause::Doer;
use crate::draft::{Draft, Means};
use crate::lexicon::Frame;
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// The statement of a noun.
pub(crate) fn noun_statement(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let tree = &reading.tree;
    let (content, cue_end) = complement(reading, at)?;
    let content = reading.clipped(content, Words::new(at, cue_end));
    let Some((source_head, cue)) = owner(reading, at, cue_end) else {
        return unowned(reading, at, cue_end, content);
    };
    let source = reading.source(source_head, cue.first);
    let source = if tree.dep(source_head) == Dep::Possessive { tree.extent(source_head) } else { source };
    let mut draft = Draft {
        source: Some(source),
        source_head: Some(source_head),
        cue,
        cue_head: at,
        content: Vec::new(),
        by: Means::Noun,
        through: Vec::new(),
        holds_others: false,
    };
    draft.add(content);
    (!draft.content.is_empty() && !content.meets(cue) && !content.meets(source)).then_some(draft)
}

/// "An assertion that": nobody is named.
fn unowned(reading: &Reading<'_>, at: usize, cue_end: usize, content: Words) -> Option<Draft> {
    let first = reading.tree.extent(at).first;
    let claims =
        opens(reading, content.first) && cue_end - first <= 4 && !content.meets(Words::new(first, cue_end));
    claims.then(|| Draft {
        source: None,
        source_head: None,
        cue: Words::new(first, cue_end),
        cue_head: at,
        content: vec![content],
        by: Means::Noun,
        through: Vec::new(),
        holds_others: false,
    })
}

fn opens(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_word(at, "that")
}

/// Is the noun one whose own complement is what is said?
pub(crate) fn is_carried(reading: &Reading<'_>, at: usize) -> bool {
    complement(reading, at).is_some() && reading.tree.child(at, &[Dep::Possessive]).is_none()
}

/// What depends on a noun as its content, and where the cue ends.
fn complement(reading: &Reading<'_>, at: usize) -> Option<(Words, usize)> {
    let entry = if reading.is_noun(at) { reading.lexicon.noun(reading.lemma(at))? } else { return None };
    let tree = &reading.tree;
    let complement =
        tree.children_of(at, &[Dep::NounClause, Dep::ClauseComplement, Dep::RelativeClause]).find(|c| {
            *c > at
                && (entry.clause && opens_with(reading, *c, "that")
                    || entry.infinitive && is_infinitive(reading, *c))
        });
    let copular = copular(reading, at).filter(|_| entry.clause || entry.infinitive);
    let preposition =
        tree.children_of(at, &[Dep::Preposition]).find(|p| *p == at + 1 && entry.binds(reading.text(*p)));
    match (complement.or(copular), preposition) {
        (Some(clause), _) => Some((tree.extent(clause), at + 1)),
        (None, Some(preposition)) => {
            Some((Words::new(preposition + 1, tree.extent(preposition).end), preposition + 1))
        }
        (None, None) => None,
    }
}

fn opens_with(reading: &Reading<'_>, clause: usize, word: &str) -> bool {
    reading.is_word(reading.tree.extent(clause).first, word)
}

fn is_infinitive(reading: &Reading<'_>, clause: usize) -> bool {
    reading.tag(clause) == "VB" && opens_with(reading, clause, "to")
}

/// "His advice was to wait": the clause behind the verb to be.
fn copular(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let verb = reading
        .tree
        .head(at)
        .filter(|v| reading.lemma(*v) == "be" && reading.tree.dep(at) == Dep::Subject)?;
    reading.tree.child(verb, &[Dep::ClauseComplement, Dep::OpenComplement]).filter(|c| *c > verb)
}

/// Whose claim it is: a possessor, or the subject of the verb that carries the noun.
fn owner(reading: &Reading<'_>, at: usize, cue_end: usize) -> Option<(usize, Words)> {
    if let Some(owner) = reading.tree.child(at, &[Dep::Possessive]) {
        let first = reading.tree.extent(owner).end.min(at);
        return Some((owner, Words::new(first, cue_end)));
    }
    let head = reading.tree.head(at)?;
    let carries = reading.lexicon.carries(reading.lemma(head))
        || reading.verb(head).is_some_and(|v| v.takes(Frame::Object));
    let carried = reading.tree.dep(at) == Dep::Object && carries && head < at;
    if !carried {
        return None;
    }
    let clause = reading.clause(head);
    let Doer::Of(subject) = clause.doer else { return None };
    let source = reading.source(subject, head);
    let company = reading.company(&clause, Some(source));
    Some((subject, Words::new(company.first, cue_end)))
}

/// The statement of an adjective behind a verb to be.
pub(crate) fn adjective_statement(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let tag = reading.tag(at);
    if !tag.starts_with("JJ") && tag != "VBN" {
        return None;
    }
    let entry = reading.lexicon.adjective(&reading.lower(at))?;
    let tree = &reading.tree;
    if let Some(draft) = made_clear(reading, at) {
        return Some(draft);
    }
    let verb = if tag == "VBN" && tree.child(at, &[Dep::PassiveAuxiliary]).is_some() {
        at
    } else {
        tree.head(at).filter(|v| {
            tree.dep(at) == Dep::AdjectiveComplement
                && matches!(reading.lemma(*v), "be" | "feel" | "remain" | "seem" | "become")
        })?
    };
    let clause = tree.child(at, &[Dep::ClauseComplement]).filter(|c| *c > at && entry.clause);
    let infinitive = tree.child(at, &[Dep::OpenComplement]).filter(|c| *c > at && entry.infinitive);
    let preposition = tree
        .children_of(at, &[Dep::Preposition])
        .find(|p| *p == at + 1 && entry.prepositional && reading.lexicon.adjective_binds(&reading.lower(*p)));
    let (content, cue_end) = match (clause.or(infinitive), preposition) {
        (Some(clause), _) => {
            (Words::new(tree.extent(clause).first.max(at + 1), tree.extent(clause).end), at + 1)
        }
        (None, Some(preposition)) => {
            (Words::new(preposition + 1, tree.extent(preposition).end), preposition + 1)
        }
        (None, None) => return None,
    };
    let frame = reading.clause(verb);
    let subject = tree
        .child(verb, &[Dep::Subject, Dep::PassiveSubject])
        .or(match frame.doer {
            Doer::Of(subject) | Doer::Sufferer(subject) => Some(subject),
            Doer::Nobody => None,
        })
        .filter(|s| !reading.is_word(*s, "it") && !reading.is_word(*s, "there"))?;
    let source = reading.source(subject, verb);
    let company = reading.company(&frame, Some(source));
    let mut draft = Draft {
        source: Some(source),
        source_head: Some(subject),
        cue: Words::new(company.first, cue_end),
        cue_head: at,
        content: Vec::new(),
        by: Means::Adjective,
        through: Vec::new(),
        holds_others: false,
    };
    draft.add(reading.clipped(content, draft.cue));
    (!draft.content.is_empty()).then_some(draft)
}

/// "Made clear that", "made it plain that".
fn made_clear(reading: &Reading<'_>, at: usize) -> Option<Draft> {
    let tree = &reading.tree;
    let make = tree.head(at).filter(|make| *make < at && reading.lemma(*make) == "make")?;
    let below = |head: usize| tree.children_of(head, &[Dep::ClauseComplement]).find(|c| *c > at);
    let clause = below(at).or_else(|| below(make))?;
    let frame = reading.clause(make);
    let Doer::Of(subject) = frame.doer else { return None };
    let source = reading.source(subject, make);
    let company = reading.company(&frame, Some(source));
    let cue = Words::new(company.first, at + 1);
    let content = tree.extent(clause);
    let content = reading.clipped(Words::new(content.first.max(at + 1), content.end), cue);
    (!content.is_empty()).then(|| Draft {
        source: Some(source),
        source_head: Some(subject),
        cue,
        cue_head: make,
        content: vec![content],
        by: Means::Adjective,
        through: Vec::new(),
        holds_others: false,
    })
}
