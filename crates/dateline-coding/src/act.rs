//! What each word of a sentence tells of: an act of its own, or a change of the act that it governs.

use crate::clause::Clauses;
use crate::lexicon::{Opening, WordId};
use crate::pattern::{Becomes, Change, Coded, Held, Outcome, Pattern, Side};
use crate::tree::{Class, Dep};

/// An act that a word of the sentence tells of. Words are numbers in the sentence.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) coded: Coded,
    /// Index of the pattern.
    pub(crate) pattern: u32,
    /// The word at its centre.
    pub(crate) anchor: usize,
    /// All words that tell of it.
    pub(crate) trigger: Vec<usize>,
    pub(crate) actors: Vec<usize>,
    pub(crate) recipients: Vec<usize>,
    /// Others that stand around it, less surely concerned.
    pub(crate) around: Vec<usize>,
    /// Both sides act alike.
    pub(crate) mutual: bool,
    pub(crate) held: Held,
    pub(crate) negated: bool,
    /// How much of the sentence the pattern asked for.
    pub(crate) strength: u32,
    /// The word whose act this one changes or takes for its own.
    pub(crate) inner: Option<usize>,
    /// Worth telling without anybody named.
    pub(crate) alone: bool,
}

impl Act {
    /// Is the act at `word` a part of this one: changed by it, or among its own words?
    pub(crate) fn takes_up(&self, word: usize) -> bool {
        word != self.anchor && (self.inner == Some(word) || self.trigger.contains(&word))
    }
}

const BARE: u32 = 20;
const CONDITION: u32 = 15;
const FURTHER_WORD: u32 = 7;
const GOVERNS: u32 = 32;
const GOVERNS_NOTHING: u32 = 12;
/// Parties of one act; more are not read.
const PARTIES: usize = 24;

/// What each word tells of, for all words.
pub(crate) fn acts(clauses: Clauses<'_>) -> Vec<Option<Act>> {
    let mut acts: Vec<Option<Act>> = vec![None; clauses.tree.len()];
    for at in clauses.tree.leaves_first() {
        acts[at] = Reader { clauses, acts: &acts }.read(at);
    }
    acts
}

struct Reader<'a> {
    clauses: Clauses<'a>,
    acts: &'a [Option<Act>],
}

impl Reader<'_> {
    fn read(&self, at: usize) -> Option<Act> {
        let class = self.clauses.tree.class(at);
        if class == Class::Other {
            return None;
        }
        let mut best = self.best(at, class);
        if best.is_none() && class == Class::Noun {
            best = self.carried(at);
        }
        let mut act = best?;
        if class == Class::Verb {
            act = self.with_auxiliaries(at, act)?;
        }
        if self.is_conditional(at) && act.held == Held::Same {
            act.held = Held::Hypothetical;
        }
        Some(act)
    }

    fn best(&self, at: usize, class: Class) -> Option<Act> {
        let tree = self.clauses.tree;
        let (lemma, word) = (tree.lemma(at), tree.word(at));
        let own = self.clauses.lexicon.openings(lemma);
        let other = if word == lemma { &[] } else { self.clauses.lexicon.openings(word) };
        let mut best: Option<Act> = None;
        for opening in own.iter().chain(other).filter(|o| o.class == class || participle(class, o, self, at))
        {
            let Some(act) = self.matched(at, opening) else { continue };
            if best.as_ref().is_none_or(|b| act.strength > b.strength) {
                best = Some(act);
            }
        }
        best
    }

    /// "A series of attacks" tells of the attacks.
    fn carried(&self, at: usize) -> Option<Act> {
        let lexicon = self.clauses.lexicon;
        if !lexicon.is_in(self.clauses.tree.lemma(at), lexicon.carriers) {
            return None;
        }
        let inner =
            self.clauses.after(at, &[lexicon.small.of]).into_iter().find(|c| self.acts[*c].is_some())?;
        let mut act = self.acts[inner].clone()?;
        if act.actors.is_empty() {
            act.actors = self.clauses.owners(at);
        }
        act.inner = Some(inner);
        act.anchor = at;
        self.add(&mut act.around, self.towards(at));
        Some(act)
    }

    fn matched(&self, at: usize, opening: &Opening) -> Option<Act> {
        let pattern = self.clauses.lexicon.pattern(opening.pattern);
        let further = self.further(at, &opening.with)?;
        let conditions = self.conditions(at, opening.class, pattern)?;
        let extra = CONDITION * conditions + FURTHER_WORD * further.len() as u32;
        let mut act = match &pattern.outcome {
            Outcome::Act(coded) => {
                let act = self.plain(at, opening, coded.clone(), &further);
                Act { strength: BARE + extra, ..act }
            }
            Outcome::Change(change) => self.changed(at, opening, change, (&further, extra))?,
        };
        act.trigger.extend(further);
        act.trigger.sort_unstable();
        act.trigger.dedup();
        act.negated ^= self.is_negated(at);
        Some(act)
    }

    /// The further words of a pattern: each hangs on `at`, on a further word before it, or, where it is
    /// more than a preposition, on any word that hangs on `at`.
    fn further(&self, at: usize, with: &[WordId]) -> Option<Vec<usize>> {
        let tree = self.clauses.tree;
        // What stands before a verb is its subject, unless the verb is a passive: "talks were held".
        let anywhere = with.is_empty() || tree.class(at) != Class::Verb || self.clauses.is_passive(at);
        let fits = |c: &usize, word: WordId| (anywhere || *c > at) && tree.is(*c, word);
        let loose = |c: &usize| !matches!(tree.dep(*c), Dep::Preposition | Dep::Particle | Dep::Mark);
        let mut found: Vec<usize> = Vec::new();
        for word in with {
            let own = tree.children(at).find(|c| fits(c, *word));
            let chained = || found.iter().flat_map(|f| tree.children(*f)).find(|c| fits(c, *word));
            let below =
                || tree.children(at).flat_map(|c| tree.children(c)).find(|c| fits(c, *word) && loose(c));
            let next = own.or_else(chained).or_else(below)?;
            found.push(next);
        }
        Some(found)
    }

    /// How many conditions the pattern makes; none where one of them does not hold.
    fn conditions(&self, at: usize, class: Class, pattern: &Pattern) -> Option<u32> {
        let clauses = self.clauses;
        let mut n = 0;
        if pattern.clause.is_some_and(|clause| clause != self.has_infinitive(at)) {
            return None;
        }
        let mut hold = |holds: bool| {
            n += 1;
            holds.then_some(())
        };
        if let Some(terms) = &pattern.object {
            let objects = self.objects(at, class);
            hold(objects.iter().any(|o| clauses.phrase_accepts(terms, *o)))?;
        }
        if let Some(terms) = &pattern.except
            && self.objects(at, class).iter().any(|o| clauses.phrase_accepts(terms, *o))
        {
            return None;
        }
        if let Some(terms) = &pattern.subject {
            let subjects = self.subjects(at, class);
            hold(subjects.iter().any(|s| clauses.phrase_accepts(terms, *s)))?;
        }
        if let Some(terms) = &pattern.modifier {
            let before = |c: &usize| matches!(clauses.tree.dep(*c), Dep::Compound | Dep::Adjective);
            let mut before = clauses.tree.children(at).filter(before);
            hold(before.any(|c| clauses.lexicon.accepts(terms, clauses.tree, c)))?;
        }
        for (prepositions, terms) in &pattern.prepositions {
            let mut after = clauses.after(at, prepositions);
            for object in self.objects(at, class).into_iter().take(2) {
                after.extend(clauses.after(object, prepositions));
            }
            hold(after.iter().any(|o| clauses.phrase_accepts(terms, *o)))?;
        }
        if pattern.intransitive && !self.objects(at, class).is_empty() {
            return None;
        }
        Some(n)
    }

    /// Does it govern what somebody is to do: "told them to leave"?
    fn has_infinitive(&self, at: usize) -> bool {
        let tree = self.clauses.tree;
        let clauses = tree.children(at).filter(|c| matches!(tree.dep(*c), Dep::OpenClause | Dep::Clause));
        let mut clauses = clauses.flat_map(|c| tree.children_by(c, Dep::Auxiliary));
        clauses.any(|auxiliary| tree.tag(auxiliary) == "TO")
    }

    fn objects(&self, at: usize, class: Class) -> Vec<usize> {
        let tree = self.clauses.tree;
        match class {
            Class::Noun => {
                let small = &self.clauses.lexicon.small;
                let mut objects = self.clauses.after(at, &[small.of]);
                objects.extend(tree.children_by(at, Dep::Compound));
                objects
            }
            Class::Adjective => Vec::new(),
            _ => self.clauses.objects(at),
        }
    }

    fn subjects(&self, at: usize, class: Class) -> Vec<usize> {
        match class {
            Class::Noun => self.clauses.owners(at),
            _ => self.clauses.subjects(at),
        }
    }

    /// An act that the word tells by itself.
    fn plain(&self, at: usize, opening: &Opening, coded: Coded, further: &[usize]) -> Act {
        let pattern = self.clauses.lexicon.pattern(opening.pattern);
        let mut actors = self.subjects(at, opening.class);
        let (mut recipients, mut around) = self.recipients(at, opening.class, pattern, further);
        if pattern.actor == Side::Reversed {
            let small = &self.clauses.lexicon.small;
            around.extend(recipients);
            recipients = actors;
            actors = self.clauses.after(at, &[small.from, small.by]);
        }
        recipients.retain(|r| !actors.contains(r));
        around.retain(|r| !actors.contains(r) && !recipients.contains(r));
        actors.truncate(PARTIES);
        recipients.truncate(PARTIES);
        around.truncate(PARTIES);
        Act {
            coded,
            pattern: opening.pattern,
            anchor: at,
            trigger: vec![at],
            actors,
            recipients,
            around,
            mutual: pattern.mutual,
            held: Held::Same,
            negated: false,
            strength: 0,
            inner: self.thing_told(at, opening.class, pattern),
            alone: pattern.alone,
        }
    }

    /// "Signed a truce", "reached a ceasefire": the noun that the pattern asks for is part of this act, and no act
    /// of its own beside it.
    fn thing_told(&self, at: usize, class: Class, pattern: &Pattern) -> Option<usize> {
        let terms = pattern.object.as_ref().filter(|_| pattern.thing && class == Class::Verb)?;
        let is_thing = |o: &usize| self.acts[*o].is_some() && self.clauses.phrase_accepts(terms, *o);
        self.clauses.objects(at).into_iter().find(is_thing)
    }

    /// Those who have it done to them, by the likeliest words; and others who stand around.
    fn recipients(
        &self,
        at: usize,
        class: Class,
        pattern: &Pattern,
        further: &[usize],
    ) -> (Vec<usize>, Vec<usize>) {
        let clauses = self.clauses;
        let objects = match class {
            Class::Noun => clauses.after(at, &[clauses.lexicon.small.of]),
            _ => self.objects(at, class),
        };
        // What is part of the wording ("opened fire on") is nobody to whom it is done.
        let objects: Vec<usize> = objects.into_iter().filter(|o| !further.contains(o)).collect();
        let mut groups = vec![clauses.after(at, &pattern.recipient), clauses.datives(at)];
        if class == Class::Verb && !pattern.topic && (pattern.object.is_none() || !pattern.thing) {
            groups.insert(0, objects.clone());
        }
        match &pattern.object {
            // What the object must be is the thing given or taken; its owner or receiver is meant.
            Some(terms) if pattern.thing => {
                let things = objects.iter().filter(|o| clauses.phrase_accepts(terms, **o));
                let things: Vec<usize> = things.copied().take(3).collect();
                for thing in &things {
                    groups.push(clauses.after(*thing, &pattern.recipient));
                }
                groups.push(self.towards(at));
                for thing in things {
                    groups.push(self.towards(thing));
                    groups.push(clauses.tree.children_by(thing, Dep::Possessor).collect());
                }
                groups.push(objects);
            }
            _ if pattern.mutual => {
                let around = self.towards(at);
                let with = if pattern.topic { Vec::new() } else { objects };
                groups.push(with);
                groups.retain(|g| !g.is_empty());
                let recipients = if groups.is_empty() { Vec::new() } else { groups.swap_remove(0) };
                return (recipients, around);
            }
            _ if pattern.topic => groups.push(self.towards(at)),
            _ => {
                groups.push(objects);
                groups.push(self.towards(at));
            }
        }
        let first = groups.iter().position(|g| !g.is_empty()).unwrap_or(0);
        let recipients = groups.swap_remove(first);
        let mut around = Vec::new();
        for group in groups {
            self.add(&mut around, group);
        }
        (recipients, around)
    }

    /// What follows the prepositions before a recipient.
    fn towards(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for preposition in &self.clauses.lexicon.small.towards {
            self.add(&mut found, self.clauses.after(at, &[*preposition]));
        }
        found.retain(|at| self.clauses.tree.class(*at) != Class::Verb);
        found
    }

    fn add(&self, to: &mut Vec<usize>, more: Vec<usize>) {
        for one in more {
            if to.len() < PARTIES && !to.contains(&one) {
                to.push(one);
            }
        }
    }

    /// The act that the word governs, changed; or what the word alone tells.
    fn changed(
        &self,
        at: usize,
        opening: &Opening,
        change: &Change,
        (further, extra): (&[usize], u32),
    ) -> Option<Act> {
        let governed = self.governed(at, opening.class);
        for inner in governed {
            let Some(act) = &self.acts[inner] else { continue };
            let becomes = change.of(act.coded.event_type);
            if !matches!(becomes, Becomes::Nothing) {
                return Some(self.joined(at, opening, change, (inner, act), becomes, extra));
            }
        }
        let coded = change.alone.clone()?;
        Some(Act {
            strength: GOVERNS_NOTHING + extra,
            held: change.held,
            ..self.plain(at, opening, coded, further)
        })
    }

    fn joined(
        &self,
        at: usize,
        opening: &Opening,
        change: &Change,
        (from, inner): (usize, &Act),
        becomes: Becomes,
        extra: u32,
    ) -> Act {
        let pattern = self.clauses.lexicon.pattern(opening.pattern);
        let inner = inner.clone();
        let (coded, keeps) = match becomes {
            Becomes::Other(coded) => (coded, false),
            _ => (inner.coded, true),
        };
        let own = self.plain(at, opening, coded.clone(), &[]);
        let mut recipients: Vec<usize> = Vec::new();
        let mut around = own.around;
        if change.reversed {
            recipients = own.recipients;
        } else {
            if !keeps && inner.actors != own.actors {
                self.add(&mut recipients, inner.actors.clone());
            }
            self.add(&mut around, own.recipients.clone());
            if recipients.is_empty() && !keeps {
                recipients.extend(own.recipients.iter().copied().filter(|r| *r != from));
            }
            if recipients.is_empty() {
                self.add(&mut recipients, inner.recipients.clone());
            }
            if recipients.is_empty() {
                recipients.extend(own.recipients.into_iter().filter(|r| *r != from));
            }
        }
        self.add(&mut around, inner.recipients);
        self.add(&mut around, inner.around);
        let actors = if own.actors.is_empty() { inner.actors } else { own.actors };
        recipients.retain(|r| !actors.contains(r) && *r != from);
        around.retain(|r| !actors.contains(r) && !recipients.contains(r) && *r != from);
        Act {
            coded,
            pattern: if keeps { inner.pattern } else { opening.pattern },
            anchor: at,
            trigger: inner.trigger.iter().copied().chain([at]).collect(),
            actors,
            recipients,
            around,
            mutual: inner.mutual && keeps,
            held: if change.held == Held::Same { inner.held } else { change.held },
            negated: inner.negated,
            strength: GOVERNS + extra,
            inner: Some(from),
            alone: inner.alone || pattern.alone,
        }
    }

    /// The words that a word governs, the closer first.
    fn governed(&self, at: usize, class: Class) -> Vec<usize> {
        let tree = self.clauses.tree;
        let mut found: Vec<usize> = tree.children_by(at, Dep::OpenClause).collect();
        if class == Class::Noun {
            found.extend(tree.children_by(at, Dep::NounClause));
        }
        if class == Class::Verb {
            found.extend(self.clauses.objects(at));
        }
        found.extend(
            tree.children(at)
                .filter(|c| matches!(tree.dep(*c), Dep::Clause | Dep::ObjectPredicate | Dep::Attribute)),
        );
        for preposition in
            tree.children(at).filter(|c| matches!(tree.dep(*c), Dep::Preposition | Dep::Dative))
        {
            found.extend(
                tree.children(preposition)
                    .filter(|c| matches!(tree.dep(*c), Dep::PrepositionObject | Dep::PrepositionClause)),
            );
        }
        if class == Class::Noun {
            found.extend(tree.children_by(at, Dep::Compound));
        }
        found.truncate(PARTIES);
        let conjuncts: Vec<usize> =
            found.iter().flat_map(|f| tree.children_by(*f, Dep::Conjunct)).take(PARTIES).collect();
        found.extend(conjuncts);
        found
    }

    /// "Will send", "should stop": what the auxiliary makes of the act.
    fn with_auxiliaries(&self, at: usize, mut act: Act) -> Option<Act> {
        let (tree, lexicon) = (self.clauses.tree, self.clauses.lexicon);
        for auxiliary in tree.children_by(at, Dep::Auxiliary) {
            if lexicon.small.perhaps.iter().any(|p| tree.is(auxiliary, *p)) {
                act.held = Held::Hypothetical;
            }
            let Some(pattern) = lexicon.auxiliaries.get(&tree.lemma(auxiliary)) else { continue };
            let Outcome::Change(change) = &lexicon.pattern(*pattern).outcome else { continue };
            if change.reversed {
                act = self.demanded(at, act, change, *pattern);
            } else {
                let (change, pattern) = self.refused(&act).unwrap_or((change, *pattern));
                act = becoming(act, change, pattern)?;
            }
        }
        Some(act)
    }

    /// "Will not" is a refusal.
    fn refused(&self, act: &Act) -> Option<(&Change, u32)> {
        let pattern = self.clauses.lexicon.refusal;
        match &self.clauses.lexicon.pattern(pattern).outcome {
            Outcome::Change(change) if act.negated => Some((change, pattern)),
            _ => None,
        }
    }

    /// What somebody says must be done is demanded of those who are to do it.
    fn demanded(&self, at: usize, act: Act, change: &Change, pattern: u32) -> Act {
        let speakers = self.clauses.speakers(at);
        let Becomes::Other(coded) = change.of(act.coded.event_type) else { return act };
        if speakers.is_empty() || act.negated {
            return Act { held: Held::Hypothetical, ..act };
        }
        let mut recipients = act.actors.clone();
        recipients.retain(|r| !speakers.contains(r));
        let mut around = act.recipients.clone();
        self.add(&mut around, act.around.clone());
        Act { coded, pattern, actors: speakers, recipients, around, mutual: false, ..act }
    }

    fn is_negated(&self, at: usize) -> bool {
        let tree = self.clauses.tree;
        tree.children(at).any(|c| {
            tree.dep(c) == Dep::Negation
                || (tree.dep(c) == Dep::Determiner && tree.is(c, self.clauses.lexicon.small.no))
        })
    }

    /// Does it stand in a clause with "if", "unless", "whether"?
    fn is_conditional(&self, at: usize) -> bool {
        let (tree, lexicon) = (self.clauses.tree, self.clauses.lexicon);
        let marked = |a: usize| {
            tree.children_by(a, Dep::Mark).any(|m| lexicon.small.conditions.iter().any(|c| tree.is(m, *c)))
        };
        tree.way_up(at).take(4).any(marked)
    }
}

/// A participle that the model calls an adjective still opens a verb's patterns, and the reverse.
fn participle(class: Class, opening: &Opening, reader: &Reader<'_>, at: usize) -> bool {
    let tree = reader.clauses.tree;
    class == Class::Verb
        && opening.class == Class::Adjective
        && matches!(tree.tag(at), "VBN" | "VBG" | "VBD" | "JJ")
}

fn becoming(act: Act, change: &Change, pattern: u32) -> Option<Act> {
    let held = if change.held == Held::Same { act.held } else { change.held };
    Some(match change.of(act.coded.event_type) {
        Becomes::Same => Act { held, ..act },
        Becomes::Nothing => Act { held: Held::Hypothetical, ..act },
        Becomes::Other(coded) => Act { coded, pattern, held, negated: false, mutual: false, ..act },
    })
}
