//! Who speaks where the parse lost it: the noun phrase that stands before the verb.

use crate::clause::Clause;
use crate::lexicon::{Class, Frame};
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// How many words a subject may have that the parse lost.
const SUBJECT: usize = 20;
/// How many words may follow a cue that ends its sentence.
const LATE: usize = 14;
/// What is said before it has at least so many words.
const LEAST: usize = 5;

/// "Maret, the envoy, said": the words of the line before the verb, if they are one noun phrase.
pub(crate) fn surface(reading: &Reading<'_>, clause: &Clause) -> Option<(usize, Words)> {
    let end = reading.company(clause, None).first;
    let behind_quote = || (end.saturating_sub(SUBJECT)..end).any(|at| reading.quote_of(at).is_some());
    let says = reading.verb(clause.verb).is_some_and(|v| v.takes(Frame::Quote) && v.is(Class::Say));
    let speaks = reading.media().passes_on(reading.lemma(clause.verb)) || says && behind_quote();
    if !matches!(reading.tag(clause.verb), "VBD" | "VBZ" | "VBP") || !speaks {
        return None;
    }
    let starts = |at: usize| {
        reading.breaks_before(at) || reading.quote_of(at - 1).is_some() || reading.text(at - 1) == "."
    };
    let first = (end.saturating_sub(SUBJECT)..end).rev().find(|at| starts(*at))?;
    let words = Words::new(first, end);
    let plain = (words.first..words.end).all(|at| !reading.is_verb(at) && reading.quote_of(at).is_none());
    let comma = (words.first..words.end).find(|at| reading.text(*at) == ",").unwrap_or(words.end);
    let head = comma.checked_sub(1).filter(|head| *head >= first && reading.is_noun(*head))?;
    let begins = reading.is_noun(first) || matches!(reading.tag(first), "DT" | "JJ" | "PRP$" | "CD");
    (plain && begins).then_some((head, words))
}

/// "The bridge is closed the harbour office said": a cue at its sentence's end that no comma parts from
/// what is said, so that the parse takes the speaker for a part of it.
pub(crate) fn run_on(reading: &Reading<'_>, clause: &Clause) -> Option<(usize, Words)> {
    let tree = &reading.tree;
    let at = clause.verb;
    let says = reading.verb(at).is_some_and(|v| v.takes(Frame::Quote) && v.is(Class::Say));
    if !says || !reading.media().passes_on(reading.lemma(at)) {
        return None;
    }
    // "Was quoted as saying": the speaker stands before the verb of quoting.
    let first = if is_finite(reading, at) { *clause } else { reading.clause(quoting(reading, at)?) };
    let end = reading.company(&first, None).first;
    let head = end.checked_sub(1).filter(|head| reading.is_noun(*head) && reading.on_one_line(*head, at))?;
    let behind = tree.child(at, &[Dep::ClauseComplement]).is_some_and(|c| c > at);
    let own = [first.chain, first.verb].iter().any(|verb| has_subject(reading, *verb));
    if own || behind || !is_late(reading, at) || reading.quote_of(head).is_some() {
        return None;
    }
    let (head, first) = whole_phrase(reading, head, tree.sentence(at).first);
    let words = Words::new(first, end);
    // "To reopen the bridge, the press service in Orsk said": the parse took the speaker for another name of the bridge.
    let named_again = tree.dep(head) == Dep::Apposition;
    let parted = words.first.checked_sub(1).is_some_and(|at| reading.is_mark(at) || reading.tag(at) == "CC");
    (is_told(reading, words) && (named_again || !parted)).then_some((head, words))
}

/// The head and the first word of the noun phrase that ends with `last`: "the press service in Orsk" is one.
fn whole_phrase(reading: &Reading<'_>, last: usize, least: usize) -> (usize, usize) {
    let tree = &reading.tree;
    let mut head = last;
    let mut first = first_of_phrase(reading, head, least);
    while first >= least + 2 {
        let (preposition, noun) = (first - 1, first - 2);
        let hangs = tree.head(head) == Some(preposition) && tree.head(preposition) == Some(noun);
        if !hangs || reading.tag(preposition) != "IN" || !reading.is_noun(noun) {
            break;
        }
        head = noun;
        first = first_of_phrase(reading, head, least);
    }
    (head, first)
}

/// Does nothing but a few words without a verb follow to the sentence's end?
pub(crate) fn is_late(reading: &Reading<'_>, verb: usize) -> bool {
    let end = reading.tree.sentence(verb).end;
    end.saturating_sub(verb) <= LATE && !(verb + 1..end).any(|at| is_finite(reading, at))
}

/// Does a whole clause stand in the sentence before the words?
pub(crate) fn is_told(reading: &Reading<'_>, words: Words) -> bool {
    let said = Words::new(reading.tree.sentence(words.first).first, words.first);
    said.len() >= LEAST && (said.first..said.end).any(|at| is_finite(reading, at))
}

/// Has the verb a subject of its own that is a noun, not a whole clause?
fn has_subject(reading: &Reading<'_>, verb: usize) -> bool {
    let kinds = [Dep::Subject, Dep::PassiveSubject, Dep::Expletive];
    reading.tree.children_of(verb, &kinds).any(|subject| !reading.is_verb(subject))
}

/// The verb in the passive voice that quotes somebody "as saying".
fn quoting(reading: &Reading<'_>, saying: usize) -> Option<usize> {
    let link = reading.tree.head(saying).filter(|link| reading.is_word(*link, "as"))?;
    reading
        .tree
        .head(link)
        .filter(|verb| reading.media().quotes(reading.lemma(*verb)) && reading.is_passive(*verb))
}

/// "The Herald quoted spokeswoman Ana Brandt as saying", read off the words: who is quoted, and the
/// phrase of who quotes; for a parse that took the verb of quoting for part of a name.
pub(crate) fn quoted_as_saying(reading: &Reading<'_>, saying: usize) -> Option<(usize, Words)> {
    let link =
        saying.checked_sub(1).filter(|at| reading.is_word(*at, "as") && reading.tag(saying) == "VBG")?;
    let from = link.saturating_sub(SUBJECT).max(reading.tree.sentence(saying).first);
    let quoting = (from..link).rev().find(|at| reading.media().quotes(reading.lemma(*at)))?;
    let speaker = phrase(reading, link).filter(|words| words.first == quoting + 1)?;
    let by = phrase(reading, quoting).filter(|words| words.first >= from)?;
    Some((speaker.end - 1, by))
}

/// The plain noun phrase that ends before `end`.
pub(crate) fn phrase(reading: &Reading<'_>, end: usize) -> Option<Words> {
    let head = end.checked_sub(1).filter(|head| reading.is_noun(*head))?;
    Some(Words::new(first_of_phrase(reading, head, reading.tree.sentence(head).first), end))
}

fn is_finite(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.tag(at), "VBD" | "VBZ" | "VBP" | "MD")
}

/// The first word of the plain noun phrase that ends with `head`: back to an article, or to where a
/// name begins behind a noun in the plural ("four children Radio Orsk"), or a hyphened word behind a noun.
fn first_of_phrase(reading: &Reading<'_>, head: usize, least: usize) -> usize {
    let mut first = head;
    while first > least.max(head.saturating_sub(SUBJECT)) {
        let before = first - 1;
        let begins_name = reading.is_named(first) && !reading.is_named(before);
        let article = matches!(reading.tag(before), "DT" | "PRP$");
        let within = reading.is_named(before) && reading.is_named(first);
        let carries = matches!(reading.tag(before), "JJ" | "POS" | "HYPH") || reading.is_noun(before);
        let hyphened = reading.tag(first) == "HYPH"
            || reading.tag(before) == "VBN" && reading.tag(before.saturating_sub(1)) == "HYPH";
        let parts_hyphened = reading.tag(first + 1) == "HYPH" && reading.is_noun(before);
        if parts_hyphened
            || begins_name && reading.tag(before) == "NNS"
            || !(article || within || carries || hyphened)
        {
            break;
        }
        first = before;
        if article {
            break;
        }
    }
    first
}
