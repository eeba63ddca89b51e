//! Statements made by a verb: who says, thinks or wants, and the clause, phrase or quotation that
//! depends on it.

use crate::chain;
use crate::clause::{Clause, Doer};
use crate::draft::{Draft, Means};
use crate::lexicon::{Class, Frame, Verb};
use crate::nominal;
use crate::reading::Reading;
use crate::subject;
use crate::tree::Dep;
use crate::words::Words;

/// What depends on a verb as its content, and the cue's words that bind it.
struct Content {
    pieces: Vec<Words>,
    /// Words behind the verb that belong to the cue ("called for").
    cue_end: usize,
}

impl Content {
    fn of(piece: Words) -> Option<Self> {
        (!piece.is_empty()).then(|| Self { pieces: vec![piece], cue_end: 0 })
    }
}

/// The statement that the verb `at` makes, if it makes one.
pub(crate) fn statement(reading: &mut Reading<'_>, at: usize) -> Option<Draft> {
    let verb = reading.verb(at).filter(|_| !reading.names_somebody(at))?;
    let quoted = subject::quoted_as_saying(reading, at).filter(|_| reading.handed(at).is_none());
    if let Some((speaker, _)) = quoted {
        reading.hand(at, speaker);
    }
    let mut draft = made_by(reading, at, verb)?;
    if let Some((speaker, quoting)) = quoted.filter(|_| draft.content.is_empty()) {
        draft.source =
            draft.source.map(|source| Words::new(source.first.max(quoting.end + 1).min(speaker), source.end));
        let first = reading.tree.sentence(at).first.min(quoting.first);
        draft.add(reading.clipped(Words::new(first, quoting.first), quoting));
        draft.through.push(quoting.end - 1);
    }
    if draft.by == Means::Verb && verb.takes(Frame::Quote) {
        leave_to_the_next(reading, &mut draft);
    }
    if let Some((speaker, saying)) = quoted_as(reading, at) {
        reading.hand(saying, speaker);
    }
    if let (Some(citing), Some(subject)) = (chain::citing(reading, &draft), draft.source_head) {
        reading.hand(citing, subject);
    }
    Some(draft)
}

/// "He said it was late, adding that …", "… and promised to come": where the parse puts the second
/// verb into what the first one says, the second gets the first one's subject and begins anew.
fn leave_to_the_next(reading: &mut Reading<'_>, draft: &mut Draft) {
    let tree = &reading.tree;
    let Some(root) = tree.child(draft.cue_head, &[Dep::ClauseComplement]).filter(|c| *c > draft.cue_head)
    else {
        return;
    };
    let Some(subject) = draft.source_head else { return };
    let next = tree.children_of(root, &[Dep::AdverbClause, Dep::Conjunct]).find(|verb| {
        let extent = tree.extent(*verb);
        let anew = match tree.dep(*verb) {
            Dep::AdverbClause => {
                reading.tag(*verb) == "VBG"
                    && extent.first == *verb
                    && reading.text(verb.saturating_sub(1)) == ","
            }
            _ => reading.tag(*verb) == reading.tag(draft.cue_head) && reading.tag(root) != reading.tag(*verb),
        };
        let own = tree.child(*verb, &[Dep::Subject, Dep::PassiveSubject, Dep::Mark]).is_none();
        // "Had attacked the town and held it": nobody says a thing by a verb that takes none.
        let thing = tree.child(*verb, &[Dep::Object]).is_some()
            && tree.child(*verb, &[Dep::ClauseComplement, Dep::OpenComplement]).is_none();
        let takes = |v: &Verb| !thing || v.takes(Frame::Object) || v.takes(Frame::Addressed);
        let speaks = reading.verb(*verb).is_some_and(|v| v.is(Class::Say) && takes(v));
        *verb > root && anew && own && speaks && reading.quote_of(*verb).is_none()
    });
    let Some(next) = next else { return };
    let mut cut = reading.tree.extent(next).first;
    while cut > root
        && (reading.is_mark(cut - 1) && reading.quote_of(cut - 1).is_none() || reading.tag(cut - 1) == "CC")
    {
        cut -= 1;
    }
    draft.content = draft
        .content
        .iter()
        .map(|piece| if piece.holds(cut) { Words::new(piece.first, cut) } else { *piece })
        .filter(|piece| piece.first <= cut && !piece.is_empty())
        .collect();
    reading.hand(next, subject);
}

/// "Quoted an official as saying": who is quoted, and the verb of saying.
pub(crate) fn quoted_as(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    if !reading.media().quotes(reading.lemma(at)) {
        return None;
    }
    let object = reading.tree.child(at, &[Dep::Object]).filter(|o| *o > at)?;
    let on_verb = reading.tree.children_of(at, &[Dep::Preposition]);
    let on_noun = reading.tree.children_of(object, &[Dep::Preposition]);
    let mut sayings = on_verb.chain(on_noun).filter(|p| reading.is_word(*p, "as"));
    let saying = sayings.find_map(|p| reading.tree.child(p, &[Dep::PrepositionComplement]))?;
    reading.verb(saying).is_some_and(|v| v.is(Class::Say)).then_some((object, saying))
}

fn made_by(reading: &Reading<'_>, at: usize, verb: &Verb) -> Option<Draft> {
    let clause = reading.clause(at);
    match clause.doer {
        _ if verb.is(Class::Seem) && verb.takes(Frame::Raised) => seeming(reading, &clause),
        Doer::Sufferer(subject) => passive(reading, &clause, verb, subject),
        Doer::Nobody if reading.is_passive(at) || is_participle(reading, at) => None,
        Doer::Of(subject) if reading.on_one_line(subject, at) => {
            active(reading, &clause, verb, Some(subject))
        }
        _ => active(reading, &clause, verb, None),
    }
}

fn is_participle(reading: &Reading<'_>, at: usize) -> bool {
    reading.tag(at) == "VBN" && reading.tree.child(at, &[Dep::Auxiliary]).is_none()
}

fn active(reading: &Reading<'_>, clause: &Clause, verb: &Verb, subject: Option<usize>) -> Option<Draft> {
    let expletive = subject.is_some_and(|s| reading.tree.dep(s) == Dep::Expletive);
    let source = subject.filter(|_| !expletive).map(|head| reading.source(head, clause.verb));
    let lost = match subject {
        None => subject::surface(reading, clause).or_else(|| subject::run_on(reading, clause)),
        Some(_) => subject::run_on(reading, clause),
    };
    let (subject, source) = lost.map_or((subject, source), |(head, words)| (Some(head), Some(words)));
    let cue = reading.company(clause, source);
    let content = depending(reading, clause.verb, verb, source)
        .or_else(|| related(reading, clause.verb, verb))
        .or_else(|| beside(reading, clause, verb));
    let content = content.unwrap_or(Content { pieces: Vec::new(), cue_end: 0 });
    let cue = Words::new(cue.first, cue.end.max(content.cue_end));
    let cue = Words::new(cue.first, cue.end + usize::from(reading.text(cue.end) == ":"));
    let mut draft = Draft {
        source,
        source_head: subject.filter(|_| source.is_some()),
        cue,
        cue_head: clause.verb,
        content: Vec::new(),
        by: Means::Verb,
        through: Vec::new(),
        holds_others: false,
    };
    add_apart(reading, &mut draft, &content.pieces);
    Some(draft)
}

/// Adds pieces without the words of source and cue, marks trimmed.
fn add_apart(reading: &Reading<'_>, draft: &mut Draft, pieces: &[Words]) {
    let frame = draft.frame();
    for piece in pieces {
        for part in piece.without(frame) {
            draft.add(reading.clipped(part, frame));
        }
    }
}

/// Clause, infinitive, phrase or object below the verb.
fn depending(reading: &Reading<'_>, at: usize, verb: &Verb, source: Option<Words>) -> Option<Content> {
    let tree = &reading.tree;
    let own = |child: usize| source.is_none_or(|source| !source.holds(child));
    let behind =
        |kinds: &[Dep]| tree.children(at).iter().copied().find(|c| kinds.contains(&tree.dep(*c)) && own(*c));
    let object = behind(&[Dep::Object]).filter(|o| *o > at || is_relative(reading, *o));
    let mut clauses = tree.children_of(at, &[Dep::ClauseComplement]).filter(|c| own(*c));
    let clause = clauses.find(|c| reading.on_one_line(*c, at) || reading.quote_of(*c).is_some());
    let infinitive = behind(&[Dep::OpenComplement]);
    if let Some(clause) = clause.filter(|_| verb.takes(Frame::Clause) || verb.takes(Frame::Quote)) {
        return Content::of(with_participle(reading, at, tree.extent(clause)));
    }
    let governs = verb.takes(Frame::Small) || verb.takes(Frame::Infinitive) || verb.takes(Frame::Object);
    if let Some(clause) = clause.filter(|c| *c > at && governs) {
        return Content::of(tree.extent(clause));
    }
    if let Some(infinitive) =
        infinitive.filter(|_| verb.takes(Frame::Infinitive) || verb.takes(Frame::Addressed))
    {
        let extent = tree.extent(infinitive);
        let whole = Words::new(extent.first.max(at + 1), extent.end);
        if let Some(bound) = bound(reading, at, verb).filter(|b| b.pieces[0].end <= extent.end) {
            return Some(Content { pieces: vec![bound.pieces[0].join(whole)], ..bound });
        }
        let wanted = object.filter(|o| *o < whole.first && !verb.takes(Frame::Addressed));
        return Content::of(wanted.map_or(whole, |o| whole.join(tree.extent(o))));
    }
    if let Some(clause) = lost_clause(reading, at, verb, object) {
        return Content::of(tree.extent(clause));
    }
    let predicate = behind(&[Dep::ObjectPredicate]).filter(|p| *p > at);
    if let (Some(predicate), true) = (predicate, verb.takes(Frame::Small)) {
        let whole = object.map_or(tree.extent(predicate), |o| tree.extent(o).join(tree.extent(predicate)));
        return Content::of(whole);
    }
    bound(reading, at, verb)
        .or_else(|| figure(reading, at, verb, object?))
        .or_else(|| objects(reading, at, verb, object?))
}

/// "Put the toll at six": a figure, and what it is put at.
fn figure(reading: &Reading<'_>, at: usize, verb: &Verb, object: usize) -> Option<Content> {
    if !verb.takes(Frame::Figure) || !reading.lexicon.is_figure(reading.lemma(object)) {
        return None;
    }
    let on = [at, object];
    let mut phrases = on.iter().flat_map(|head| reading.tree.children_of(*head, &[Dep::Preposition]));
    let phrase = phrases.find(|p| *p > object && reading.is_word(*p, "at"))?;
    Content::of(reading.tree.extent(object).join(reading.tree.extent(phrase)))
}

/// "… that the army had won, showing its strength": a participle behind what is said goes on with it,
/// unless it begins a statement of its own.
fn with_participle(reading: &Reading<'_>, at: usize, content: Words) -> Words {
    let next = reading.tree.children_of(at, &[Dep::AdverbClause]).find(|clause| {
        reading.tree.extent(*clause).first == content.end + 1
            && reading.text(content.end) == ","
            && reading.tag(*clause) == "VBG"
            && content.first > at
            && reading.verb(*clause).is_none_or(|v| !v.is(Class::Say))
    });
    next.map_or(content, |clause| content.join(reading.tree.extent(clause)))
}

/// "Said in a statement that …", "told the envoy that …": a clause that the parse gives to the noun
/// before it.
fn lost_clause(reading: &Reading<'_>, at: usize, verb: &Verb, object: Option<usize>) -> Option<usize> {
    let tree = &reading.tree;
    let told = object.filter(|o| verb.takes(Frame::Addressed) && *o > at);
    let mut means =
        tree.children_of(at, &[Dep::Preposition]).filter(|p| *p > at && verb.takes(Frame::Clause));
    let noun = told.or_else(|| {
        let noun = means.find_map(|p| tree.child(p, &[Dep::PrepositionObject]))?;
        reading.media().of_noun(&reading.lower(noun)).map(|_| noun)
    })?;
    tree.children_of(noun, &[Dep::RelativeClause, Dep::NounClause]).find(|clause| {
        let first = tree.extent(*clause).first;
        let subject = tree.child(*clause, &[Dep::Subject, Dep::PassiveSubject]);
        let bare = told.is_some() && subject.is_some_and(|s| !is_relative(reading, s));
        bare || reading.is_word(first, "that") && subject != Some(first)
    })
}

fn is_relative(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.tag(at), "WDT" | "WP")
}

/// "Called for a halt": the preposition is the cue's, its object is said.
fn bound(reading: &Reading<'_>, at: usize, verb: &Verb) -> Option<Content> {
    let mut prepositions = reading.tree.children_of(at, &[Dep::Preposition, Dep::Particle]);
    let preposition = prepositions.find(|p| {
        let object = reading.tree.child(*p, &[Dep::PrepositionObject]);
        let dated = object.is_some_and(|o| reading.is_dated(o));
        *p > at && *p <= at + 3 && !dated && verb.binds(reading.text(*p))
    })?;
    let extent = reading.tree.extent(preposition);
    let mut piece = Words::new(preposition + 1, extent.end);
    // "Referred to him as a friend".
    let further = reading
        .tree
        .children_of(at, &[Dep::Preposition])
        .find(|p| *p == extent.end && reading.is_word(*p, "as"));
    if let Some(further) = further {
        piece = piece.join(reading.tree.extent(further));
    }
    let piece = Content::of(piece)?;
    Some(Content { cue_end: if preposition == at + 1 { preposition + 1 } else { 0 }, ..piece })
}

/// A noun phrase that is said, with the phrase that goes on with it.
fn objects(reading: &Reading<'_>, at: usize, verb: &Verb, object: usize) -> Option<Content> {
    if !verb.takes(Frame::Object) && !verb.takes(Frame::Small) || nominal::is_carried(reading, object) {
        return None;
    }
    let mut whole = restrictive(reading, object);
    for preposition in reading.tree.children_of(at, &[Dep::Preposition]) {
        let extent = reading.tree.extent(preposition);
        let goes_on =
            extent.first == whole.end && whole.end == reading.tree.extent(object).end.max(whole.end);
        if goes_on
            && (verb.completes(reading.text(preposition))
                || reading.lexicon.goes_on(reading.text(preposition)))
        {
            whole = whole.join(extent);
        }
    }
    Content::of(whole)
}

/// A noun phrase without a relative clause behind a comma, which may be the reporter's own.
fn restrictive(reading: &Reading<'_>, noun: usize) -> Words {
    let whole = reading.tree.extent(noun);
    let firsts = reading.tree.children_of(noun, &[Dep::RelativeClause]).map(|c| reading.tree.extent(c).first);
    let aside = firsts.filter_map(|first| first.checked_sub(1)).find(|comma| reading.text(*comma) == ",");
    aside.map_or(whole, |from| Words::new(whole.first, from.max(whole.first)))
}

/// "Everything he said": what is said stands before, as the noun that the clause belongs to.
fn related(reading: &Reading<'_>, at: usize, verb: &Verb) -> Option<Content> {
    if reading.tree.dep(at) != Dep::RelativeClause || !(verb.takes(Frame::Quote) || verb.takes(Frame::Object))
    {
        return None;
    }
    let noun = reading.tree.head(at).filter(|noun| *noun < at)?;
    let clause = reading.tree.extent(at);
    let takes_none = reading.tree.child(at, &[Dep::Object, Dep::PassiveSubject]).is_none();
    let own = reading.tree.child(at, &[Dep::Subject])?;
    let words = Words::new(reading.tree.extent(noun).first, clause.first);
    // "They saw the lights the pilot said": what is said is no thing, so the clause is a lost sentence's cue.
    let run_on =
        !verb.takes(Frame::Object) && subject::is_late(reading, at) && subject::is_told(reading, words);
    (takes_none && !run_on && !is_relative(reading, own)).then(|| Content::of(words)).flatten()
}

/// "Victory, he said, is near": the clause around or before the verb's own.
fn beside(reading: &Reading<'_>, clause: &Clause, verb: &Verb) -> Option<Content> {
    if !verb.takes(Frame::Quote) {
        return None;
    }
    let top = clause.chain;
    let head = reading.tree.head(top)?;
    let as_clause = reading.tree.dep(top) == Dep::AdverbClause
        && reading.tree.child(top, &[Dep::Mark]).is_some_and(|m| reading.is_word(m, "as"));
    if reading.tree.dep(top) != Dep::Parataxis && !as_clause {
        return None;
    }
    let host = reading.tree.extent(head);
    let own = reading.tree.extent(top);
    Some(Content { pieces: host.without(own).to_vec(), cue_end: 0 })
}

/// "Is expected to rise": the subject and what is said of it.
fn passive(reading: &Reading<'_>, clause: &Clause, verb: &Verb, subject: usize) -> Option<Draft> {
    // "Was quoted as saying": the verb of saying makes the statement.
    let quoted = reading.media().quotes(reading.lemma(clause.verb))
        && reading.tree.children_of(clause.verb, &[Dep::Preposition]).any(|p| reading.is_word(p, "as"));
    if !verb.takes(Frame::Passive) || quoted {
        return None;
    }
    let tree = &reading.tree;
    let at = clause.verb;
    let agent = tree.child(at, &[Dep::Agent]);
    let source_head = agent.and_then(|by| tree.child(by, &[Dep::PrepositionObject]));
    let source = source_head.map(|head| reading.source(head, at));
    let reduced = tree.dep(at) == Dep::NounClause;
    let subject_words =
        if reduced { reading.source(subject, at) } else { reading.trimmed(tree.extent(subject)) };
    let subject_words =
        if tree.extent(subject).holds(at) { reading.source(subject, at) } else { subject_words };
    let empty = reading.is_word(subject, "it") && tree.child(at, &[Dep::ClauseComplement]).is_some();
    let cue = reading.company(clause, source.or(Some(subject_words)));
    let rest = [Dep::OpenComplement, Dep::ClauseComplement, Dep::ObjectPredicate, Dep::Object];
    let complement = tree.child(at, &rest).filter(|c| *c > at);
    let preposition = tree
        .children_of(at, &[Dep::Preposition])
        .find(|p| *p > at && (verb.completes(reading.text(*p)) || verb.binds(reading.text(*p))));
    let bound = preposition.filter(|p| *p == at + 1 && verb.binds(reading.text(*p)));
    let cue = Words::new(cue.first, bound.map_or(cue.end, |p| p + 1));
    let mut draft = Draft {
        source,
        source_head,
        cue,
        cue_head: at,
        content: Vec::new(),
        by: Means::Passive,
        through: Vec::new(),
        holds_others: false,
    };
    if reduced && complement.is_none() && source.is_none() && bound.is_none() {
        return None;
    }
    let addressed = verb.takes(Frame::Addressed) && complement.is_some();
    // "…, as reported by the agency": the clause that it hangs on is what is said.
    let hangs = tree.dep(at) == Dep::AdverbClause
        && tree.child(at, &[Dep::Mark]).is_some_and(|m| reading.is_word(m, "as"));
    if let (true, Some(host), Some(source)) = (hangs, tree.head(at), source) {
        // Behind another's statement it only relays: `chain` reads that.
        if reading.verb(host).is_some_and(|v| v.takes(Frame::Quote)) {
            return None;
        }
        let [before, _] = tree.extent(host).without(tree.extent(at));
        draft.add(reading.clipped(before, cue.join(source)));
        return (!draft.content.is_empty()).then_some(draft);
    }
    let pieces = [
        (!empty && !addressed).then_some(subject_words),
        complement.map(|c| tree.extent(c)),
        preposition.filter(|_| complement.is_none()).map(|p| tree.extent(p)),
    ];
    let pieces: Vec<Words> = pieces.into_iter().flatten().collect();
    for piece in pieces {
        let mut parts = piece.without(cue).to_vec();
        if let Some(source) = source {
            parts = parts.into_iter().flat_map(|part| part.without(source)).collect();
        }
        for part in parts {
            draft.add(reading.clipped(part, cue));
        }
    }
    (!draft.content.is_empty()).then_some(draft)
}

/// "The race seems to be over": hearsay or impression of nobody in particular.
fn seeming(reading: &Reading<'_>, clause: &Clause) -> Option<Draft> {
    let tree = &reading.tree;
    let at = clause.verb;
    let rest = [Dep::OpenComplement, Dep::ClauseComplement, Dep::ObjectPredicate, Dep::AdjectiveComplement];
    let complement = tree.child(at, &rest).filter(|c| *c > at)?;
    let subject = tree.child(at, &[Dep::Subject]).filter(|s| !reading.is_word(*s, "it"));
    let subject = subject.filter(|s| !reading.is_word(*s, "there"));
    let words = subject.map(|s| reading.trimmed(tree.extent(s)));
    let cue = reading.company(clause, words);
    let mut draft = Draft {
        source: None,
        source_head: None,
        cue,
        cue_head: at,
        content: Vec::new(),
        by: Means::Hearsay,
        through: Vec::new(),
        holds_others: false,
    };
    for piece in [words, Some(tree.extent(complement))].into_iter().flatten() {
        for part in piece.without(cue) {
            draft.add(reading.clipped(part, cue));
        }
    }
    Some(draft)
}
