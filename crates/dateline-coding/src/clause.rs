//! Who stands where around a verb or a noun of action: subjects, objects, what follows prepositions.

use crate::lexicon::{CodingLexicon, Terms, WordId};
use crate::named::Named;
use crate::tree::{Class, Dep, Tree};

/// How far a subject is looked for upwards: "agreed to try to begin to …".
const STEPS: usize = 8;
/// So many persons at most hang on one country.
const PERSONS: usize = 4;

/// A sentence's tree, read with the lexicon's small words.
#[derive(Clone, Copy)]
pub(crate) struct Clauses<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) lexicon: &'a CodingLexicon,
    /// For each word: whose name or other mention does it belong to?
    pub(crate) named: &'a [Named],
    /// For each word: does it tell a time? Times take no part in what happens.
    pub(crate) timed: &'a [bool],
}

impl Clauses<'_> {
    /// `at` and what is coordinated with it. "Ana Kern of Orsk and Tom Hale of Velin": the second person is with
    /// the first, though the tree hangs him on the first's country.
    fn coordinated(&self, at: usize) -> Vec<usize> {
        let tree = self.tree;
        let is_person = |word: usize| matches!(self.named[word], Named::Person | Named::Official);
        let mut all = tree.coordinated(at);
        if is_person(at) {
            let of = tree
                .children_by(at, Dep::Preposition)
                .flat_map(|p| tree.children_by(p, Dep::PrepositionObject));
            let beside = of.filter(|of| !is_person(*of)).flat_map(|of| tree.children_by(of, Dep::Conjunct));
            all.extend(beside.filter(|word| is_person(*word)).take(PERSONS));
        }
        all
    }

    /// Those who do what the verb says, coordinated ones one by one; the agent of a passive.
    pub(crate) fn subjects(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut at = verb;
        for _ in 0..STEPS {
            if self.is_passive(at) {
                return self.agents(at);
            }
            if let Some(subject) = tree.children(at).find(|c| tree.dep(*c) == Dep::Subject) {
                return self.antecedents(subject, at);
            }
            let head = tree.head(at);
            match tree.dep(at) {
                Dep::OpenClause => {
                    if let Some(object) = self.controller(head) {
                        return self.coordinated(object);
                    }
                    if self.is_passive(head) {
                        return self.objects(head);
                    }
                    at = head;
                }
                Dep::PrepositionClause => at = tree.head(head),
                Dep::NounClause if tree.tag(at) == "VBG" => return self.coordinated(head),
                Dep::NounClause => return self.owners(head),
                Dep::RelativeClause => return self.coordinated(head),
                Dep::Conjunct
                | Dep::AdverbialClause
                | Dep::AdjectiveComplement
                | Dep::Clause
                | Dep::Attribute
                | Dep::ObjectPredicate => {
                    at = head;
                }
                Dep::Object | Dep::PrepositionObject if tree.class(at) == Class::Noun => {
                    return self.owners(at);
                }
                _ => return Vec::new(),
            }
            if tree.class(at) == Class::Noun {
                return self.owners(at);
            }
        }
        Vec::new()
    }

    /// The object that is to do what the open clause says: "urged Velin to stop".
    fn controller(&self, head: usize) -> Option<usize> {
        (self.tree.class(head) == Class::Verb)
            .then(|| self.tree.children_by(head, Dep::Object).next())
            .flatten()
    }

    /// Those to whom it is done: objects, or the subjects of a passive.
    pub(crate) fn objects(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        if self.is_passive(verb) {
            return self.passive_subjects(verb);
        }
        if let Some(object) = tree.children_by(verb, Dep::Object).next() {
            return self.antecedents(object, verb);
        }
        let gap = tree.dep(verb) == Dep::RelativeClause
            && tree.children(verb).any(|c| tree.dep(c) == Dep::Subject && !self.is_relative(c));
        if gap { self.coordinated(tree.head(verb)) } else { Vec::new() }
    }

    fn passive_subjects(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut at = verb;
        for _ in 0..STEPS {
            if let Some(subject) =
                tree.children(at).find(|c| matches!(tree.dep(*c), Dep::PassiveSubject | Dep::Subject))
            {
                return self.antecedents(subject, at);
            }
            let head = tree.head(at);
            match tree.dep(at) {
                Dep::NounClause | Dep::RelativeClause | Dep::Adjective => return self.coordinated(head),
                Dep::OpenClause => match self.controller(head) {
                    Some(object) => return self.coordinated(object),
                    None => at = head,
                },
                Dep::Conjunct | Dep::AdverbialClause => at = head,
                _ => return Vec::new(),
            }
        }
        Vec::new()
    }

    /// Is the verb a passive, or a participle after its noun?
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        let tree = self.tree;
        if tree.tag(verb) != "VBN" && tree.tag(verb) != "VBD" {
            return false;
        }
        let own =
            tree.children(verb).any(|c| matches!(tree.dep(c), Dep::PassiveAuxiliary | Dep::PassiveSubject));
        if own {
            return true;
        }
        let has_subject = tree.has(verb, Dep::Subject);
        // "Twenty wounded in a blast": a headline, or a second clause, leaves out "were".
        let bare = tree.tag(verb) == "VBN" && has_subject;
        if bare && !tree.has(verb, Dep::Auxiliary) && !tree.has(verb, Dep::Object) {
            return true;
        }
        let head = tree.head(verb);
        match tree.dep(verb) {
            Dep::NounClause | Dep::Adjective => tree.tag(verb) == "VBN",
            Dep::Conjunct => {
                tree.tag(verb) == "VBN"
                    && !has_subject
                    && !tree.has(verb, Dep::Auxiliary)
                    && head < verb
                    && tree.children(head).any(|c| tree.dep(c) == Dep::PassiveAuxiliary)
            }
            _ => !has_subject && tree.has(verb, Dep::Agent),
        }
    }

    fn agents(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        let by =
            tree.children(verb).filter(|c| tree.dep(*c) == Dep::Agent || tree.is(*c, self.lexicon.small.by));
        by.flat_map(|by| tree.children_by(by, Dep::PrepositionObject))
            .flat_map(|o| self.coordinated(o))
            .collect()
    }

    /// Those who do what a noun says: "Velin's attack", "the Velin attack", "an attack by Velin".
    pub(crate) fn owners(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        let by = self.after(noun, &[self.lexicon.small.by, self.lexicon.small.from]);
        if !by.is_empty() {
            return by;
        }
        let before = tree.children(noun).filter(|c| match tree.dep(*c) {
            Dep::Possessor => true,
            Dep::Compound | Dep::Adjective => self.named[*c] != Named::Nobody || self.is_agent(*c),
            _ => false,
        });
        let before: Vec<usize> = before.collect();
        if !before.is_empty() {
            return before.into_iter().flat_map(|o| self.coordinated(o)).collect();
        }
        // What a verb's subject decides, plans or threatens is its own: "made a promise to go".
        let verb = tree.head(noun);
        let governed = matches!(tree.dep(noun), Dep::Object) && tree.class(verb) == Class::Verb;
        if governed { self.subjects_of_finite(verb) } else { Vec::new() }
    }

    fn subjects_of_finite(&self, verb: usize) -> Vec<usize> {
        match self.tree.children_by(verb, Dep::Subject).next() {
            Some(subject) => self.antecedents(subject, verb),
            None => Vec::new(),
        }
    }

    /// What follows one of these prepositions that hang on `at`.
    pub(crate) fn after(&self, at: usize, prepositions: &[WordId]) -> Vec<usize> {
        let tree = self.tree;
        let fits = |c: &usize| {
            matches!(tree.dep(*c), Dep::Preposition | Dep::Agent | Dep::Dative)
                && prepositions.iter().any(|p| tree.is(*c, *p))
        };
        let objects = tree.children(at).filter(fits).flat_map(|p| self.governed(p));
        let objects = objects.filter(|o| !self.timed[*o]);
        objects.flat_map(|o| self.coordinated(o)).collect()
    }

    /// What a preposition governs, also through a second one: "out of", "in front of".
    fn governed(&self, preposition: usize) -> Vec<usize> {
        let tree = self.tree;
        let object = |c: &usize| matches!(tree.dep(*c), Dep::PrepositionObject | Dep::PrepositionClause);
        let own: Vec<usize> = tree.children(preposition).filter(object).collect();
        let second = tree.children_by(preposition, Dep::Preposition);
        if own.is_empty() { second.flat_map(|p| tree.children(p).filter(object)).collect() } else { own }
    }

    /// The receiver of giving: "gave Velin aid", "gave aid to Velin".
    pub(crate) fn datives(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut found = Vec::new();
        for dative in tree.children_by(verb, Dep::Dative) {
            match tree.class(dative) {
                Class::Noun => found.extend(self.coordinated(dative)),
                _ => found.extend(self.governed(dative).into_iter().flat_map(|o| self.coordinated(o))),
            }
        }
        found
    }

    /// Whom the words stand for: a relative pronoun for the noun before it.
    fn antecedents(&self, word: usize, verb: usize) -> Vec<usize> {
        let mut clause = verb;
        while self.tree.dep(clause) == Dep::Conjunct && self.tree.head(clause) != clause {
            clause = self.tree.head(clause);
        }
        if self.is_relative(word) && self.tree.dep(clause) == Dep::RelativeClause {
            return self.coordinated(self.tree.head(clause));
        }
        self.coordinated(word)
    }

    fn is_relative(&self, word: usize) -> bool {
        self.lexicon.small.pronouns.iter().any(|p| self.tree.is(word, *p))
    }

    fn is_agent(&self, word: usize) -> bool {
        self.lexicon.is_in(self.tree.lemma(word), self.lexicon.agents)
    }

    /// Does the phrase around a noun satisfy the condition, also through "of": "a shipment of arms"?
    pub(crate) fn phrase_accepts(&self, terms: &Terms, noun: usize) -> bool {
        let tree = self.tree;
        let mut todo = vec![noun];
        for _ in 0..4 {
            let before = |at: usize| {
                tree.children(at)
                    .filter(|c| matches!(tree.dep(*c), Dep::Compound | Dep::Adjective | Dep::Possessor))
                    .any(|c| self.lexicon.accepts(terms, tree, c))
            };
            let is_asked = |at: usize| terms.asked.iter().any(|asked| asked.is(self.named[at]));
            if todo.iter().any(|at| self.lexicon.accepts(terms, tree, *at) || is_asked(*at) || before(*at)) {
                return true;
            }
            todo = todo.iter().flat_map(|at| self.after(*at, &[self.lexicon.small.of])).take(16).collect();
        }
        false
    }

    /// Who says what stands at `at`: the subject of the verb whose clause it is in.
    pub(crate) fn speakers(&self, at: usize) -> Vec<usize> {
        let tree = self.tree;
        let clause = tree.way_up(at).take(STEPS).find(|a| tree.dep(*a) == Dep::Clause);
        clause.map_or_else(Vec::new, |clause| self.subjects(tree.head(clause)))
    }
}
