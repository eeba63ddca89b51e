//! What became of those whom a number counts, by the words above, below and beside it.

use dateline_model::CountKind;

use crate::counting::{CountWords, Form, NO_PEOPLE, quantity_is_other};
use crate::lexicon::WordId;
use crate::quantity::Quantity;
use crate::tree::{Class, Dep, Tree};

/// Reads the fates that one sentence tells.
pub(crate) struct Reader<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) words: &'a CountWords,
    /// The sentence's numbers.
    pub(crate) numbers: &'a [Quantity],
}

/// Words after "leaving 23 civilians" in which it is looked for as what.
const WORDS_ON: usize = 12;

/// What became of them, and the word that tells it.
pub(crate) type Fate = (CountKind, usize);

const DEAD: [Form; 2] = [Form::Noun, Form::Transitive];
const DIED: [Form; 2] = [Form::Intransitive, Form::Noun];

impl Reader<'_> {
    /// What became of them: nothing that is told, one thing, or two at once ("killed and wounded 12").
    pub(crate) fn fates(&self, quantity: &Quantity) -> Vec<Fate> {
        if let Some(case) = self.case(quantity) {
            return vec![case];
        }
        if !self.can_be_people(quantity) {
            return Vec::new();
        }
        let first = self
            .right_after(quantity)
            .or_else(|| self.own(quantity))
            .or_else(|| self.right_before(quantity))
            .or_else(|| self.by_head(quantity.counted, 4))
            .or_else(|| self.left_dead(quantity))
            .or_else(|| self.beside(quantity));
        let second = first.as_ref().and_then(|fate| self.coordinated(fate));
        first.into_iter().chain(second).collect()
    }

    /// Does a number's phrase begin at this word? Numbers stand in the sentence's order.
    fn opens_number(&self, at: usize) -> bool {
        self.numbers.binary_search_by_key(&at, |number| number.first).is_ok()
    }

    /// Is this word the last of a number?
    fn ends_number(&self, at: usize) -> bool {
        self.numbers.binary_search_by_key(&at, |number| number.number).is_ok()
    }

    /// "More than 30 wounded": the word right after a bare number, whatever the tree makes of it.
    fn right_after(&self, quantity: &Quantity) -> Option<Fate> {
        let (tree, at) = (self.tree, quantity.number + 1);
        let is_bare = at < tree.len() && (quantity.counted <= quantity.number || quantity.counted > at);
        let kind = self.words.fate(tree.word(at.min(tree.len() - 1)), &[Form::Noun]).filter(|_| is_bare)?;
        let counts_others = self.opens_number(at + 1);
        (!counts_others && !quantity.article).then_some((kind, at))
    }

    /// "Wounding over 140", "killed at least 10 civilians": the verb right before a number.
    fn right_before(&self, quantity: &Quantity) -> Option<Fate> {
        let (tree, at) = (self.tree, quantity.first.checked_sub(1)?);
        // "Blasts kill 5 injure 50": in headlines the verb may be taken for a noun.
        let is_verb =
            tree.tag(at).starts_with("VB") || at.checked_sub(1).is_some_and(|n| self.ends_number(n));
        let is_active = is_verb && !tree.has(at, Dep::PassiveAuxiliary);
        let kind = self.words.fate(tree.lemma(at), &[Form::Transitive])?;
        (is_active && !quantity.article).then_some((kind, at))
    }

    /// "Leaving 23 civilians - nine of them children - dead": what they were left as stands some words on.
    fn left_dead(&self, quantity: &Quantity) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        let before = quantity.first.checked_sub(1)?;
        if !words.leaving.iter().any(|w| tree.is(before, *w)) {
            return None;
        }
        let after = quantity.number + 1..tree.len().min(quantity.number + 1 + WORDS_ON);
        let is_clause = |at: &usize| matches!(tree.tag(*at), "VBD" | "VBP" | "VBZ" | "MD");
        let mut until = after.take_while(|at| !is_clause(at));
        until.find_map(|at| Some((words.fate(tree.word(at), &[Form::Noun])?, at)))
    }

    /// "Over 30 cases of suffocation": hurt people, though cases are counted.
    fn case(&self, quantity: &Quantity) -> Option<Fate> {
        let (tree, words, at) = (self.tree, self.words, quantity.counted);
        if !words.cases.iter().any(|w| tree.is(at, *w)) {
            return None;
        }
        let of = tree.children_by(at, Dep::Preposition).filter(|p| words.of.iter().any(|w| tree.is(*p, *w)));
        let mut objects = of.flat_map(|p| tree.children_by(p, Dep::PrepositionObject));
        objects.find(|o| self.is_ailment(*o)).map(|_| (CountKind::Wounded, at))
    }

    /// "Suffocation", "breathing difficulties".
    fn is_ailment(&self, at: usize) -> bool {
        let tells = |word: usize| self.words.ailments.iter().any(|w| self.tree.is(word, *w));
        tells(at) || self.tree.children(at).any(tells)
    }

    /// Years, hours and houses are not counted; bare numbers are where their verb says enough.
    fn can_be_people(&self, quantity: &Quantity) -> bool {
        !quantity_is_other(self.tree, self.words, quantity.counted)
    }

    /// "12 deaths", "30 wounded", "12 dead": the word counted tells it, or the participle after it.
    fn own(&self, quantity: &Quantity) -> Option<Fate> {
        let (tree, at) = (self.tree, quantity.counted);
        let is_verb =
            self.words.fate(tree.lemma(at), &[Form::Transitive]).is_some() && self.opens_number(at + 1);
        if is_verb {
            return None;
        }
        let fate =
            self.words.fate(tree.word(at), &DEAD).or_else(|| self.words.fate(tree.lemma(at), &[Form::Noun]));
        if let Some(kind) = fate.filter(|_| at != quantity.number) {
            return Some((kind, at));
        }
        let after = |c: &usize| {
            *c > at && matches!(tree.dep(*c), Dep::NounClause | Dep::Adjective | Dep::RelativeClause)
        };
        // "13 soldiers and 30 wounded": the participle is the nearer number's.
        let is_others = |p: usize| p > at + 1 && self.ends_number(p - 1);
        let mut participles = tree.children(at).filter(|c| after(c) && !is_others(*c));
        participles.find_map(|p| {
            let forms: &[Form] = match (tree.dep(p), tree.tag(p)) {
                // "56 civilians dying"; but "gunmen killing" others are not killed.
                (Dep::RelativeClause, _) | (_, "VBG") => &[Form::Intransitive],
                _ => &DEAD,
            };
            Some((self.words.fate(tree.lemma(p), forms).or_else(|| self.words.fate(tree.word(p), forms))?, p))
        })
    }

    /// What the word that the counted ones hang on says of them.
    fn by_head(&self, at: usize, steps: usize) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        let head = tree.head(at);
        if head == at || steps == 0 {
            return None;
        }
        let verb = tree.class(head) == Class::Verb;
        let fate = |forms: &[Form]| {
            words
                .fate(tree.lemma(head), forms)
                .or_else(|| words.fate(tree.word(head), forms))
                .map(|k| (k, head))
        };
        match tree.dep(at) {
            Dep::Object if verb => fate(&[Form::Transitive]).or_else(|| self.left(head)),
            Dep::PassiveSubject => {
                fate(&[Form::Transitive]).or_else(|| self.found_dead(head)).or_else(|| self.gassed(head))
            }
            Dep::Subject => self.subject_of(at, head),
            Dep::Conjunct | Dep::Apposition => self.by_head(head, steps - 1).or_else(|| self.own_of(head)),
            Dep::PrepositionObject | Dep::PrepositionClause => self.after_preposition(head, steps),
            _ => None,
        }
    }

    fn own_of(&self, at: usize) -> Option<Fate> {
        let tree = self.tree;
        let mut participles = tree.children(at).filter(|c| *c > at && tree.dep(*c) == Dep::NounClause);
        participles.find_map(|p| Some((self.words.fate(tree.lemma(p), &[Form::Transitive])?, p)))
    }

    /// "12 died", "12 were among the dead", "12 killed": a headline leaves out "were".
    fn subject_of(&self, at: usize, verb: usize) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        if let Some(kind) =
            words.fate(tree.lemma(verb), &DIED).or_else(|| words.fate(tree.word(verb), &[Form::Noun]))
        {
            return Some((kind, verb));
        }
        if let Some(fate) = self.suffered(verb) {
            return Some(fate);
        }
        let bare = tree.tag(verb) == "VBN" || (tree.tag(verb) == "VBD" && !tree.has(verb, Dep::Object));
        if let Some(kind) = words.fate(tree.lemma(verb), &[Form::Transitive]).filter(|_| bare && verb > at) {
            return Some((kind, verb));
        }
        let below = tree.children(verb).filter(|c| *c > verb);
        let mut told = below.filter(|c| {
            matches!(
                tree.dep(*c),
                Dep::AdjectiveComplement
                    | Dep::Attribute
                    | Dep::Preposition
                    | Dep::Clause
                    | Dep::OpenClause
                    | Dep::ObjectPredicate
            )
        });
        told.find_map(|c| self.told_below(c))
    }

    /// "Lost their lives", "suffered burns".
    fn suffered(&self, verb: usize) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        let is = |at: usize, list: &[WordId]| list.iter().any(|w| tree.is(at, *w));
        let object = tree.children_by(verb, Dep::Object).next()?;
        if is(verb, &words.losing) && is(object, &words.lives) {
            return Some((CountKind::Killed, verb));
        }
        let hurt = is(verb, &words.suffering) && (self.is_ailment(object) || self.is_hurt(object));
        hurt.then_some((CountKind::Wounded, verb))
    }

    /// "Burns", "injuries".
    fn is_hurt(&self, at: usize) -> bool {
        self.words.fate(self.tree.lemma(at), &[Form::Noun]) == Some(CountKind::Wounded)
    }

    /// "33 people were affected by the gas".
    fn gassed(&self, verb: usize) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        let by =
            tree.children_by(verb, Dep::Agent).flat_map(|by| tree.children_by(by, Dep::PrepositionObject));
        let is_gas = |at: usize| words.gases.iter().any(|w| tree.is(at, *w));
        let affected = words.affecting.iter().any(|w| tree.is(verb, *w)) && { by }.any(is_gas);
        affected.then_some((CountKind::Wounded, verb))
    }

    fn told_below(&self, at: usize) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        if tree.dep(at) == Dep::Preposition {
            let object = tree.children(at).find(|c| tree.dep(*c) == Dep::PrepositionObject)?;
            let in_it = |o: usize| words.fate(tree.word(o), &DEAD).map(|k| (k, o));
            let participle = tree.children(object).filter(|c| *c > object).find_map(in_it);
            return in_it(object).or(participle).filter(|_| words.including.iter().any(|i| tree.is(at, *i)));
        }
        Some((words.fate(tree.word(at), &DEAD)?, at))
    }

    /// "Confirmed dead", "left wounded".
    fn found_dead(&self, verb: usize) -> Option<Fate> {
        let tree = self.tree;
        let mut below = tree.children(verb).filter(|c| {
            matches!(
                tree.dep(*c),
                Dep::ObjectPredicate | Dep::AdjectiveComplement | Dep::Clause | Dep::OpenClause
            )
        });
        below.find_map(|c| Some((self.words.fate(tree.word(c), &DEAD)?, c)))
    }

    /// "Left 12 dead", "claimed 12 lives".
    fn left(&self, verb: usize) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        let leaves = words.leaving.iter().any(|w| tree.is(verb, *w));
        let lives = words.claiming.iter().any(|w| tree.is(verb, *w))
            && tree.children_by(verb, Dep::Object).any(|o| words.lives.iter().any(|w| tree.is(o, *w)));
        if lives {
            return Some((CountKind::Killed, verb));
        }
        leaves.then(|| self.found_dead(verb)).flatten()
    }

    /// "The deaths of 12", "the toll rose to 32", "15 people, including 3 children".
    fn after_preposition(&self, preposition: usize, steps: usize) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        let above = tree.head(preposition);
        if words.including.iter().any(|w| tree.is(preposition, *w)) {
            return self
                .by_head(above, steps - 1)
                .or_else(|| self.own_of(above))
                .or_else(|| self.fate_at(above));
        }
        if words.of.iter().any(|w| tree.is(preposition, *w)) {
            if words.tolls.iter().any(|w| tree.is(above, *w)) {
                return Some((CountKind::Killed, above));
            }
            if words.lives.iter().any(|w| tree.is(above, *w)) {
                let verb = tree.head(above);
                return words.claiming.iter().any(|w| tree.is(verb, *w)).then_some((CountKind::Killed, verb));
            }
            if words.totals.iter().any(|w| tree.is(above, *w)) {
                return self.by_head(above, steps - 1);
            }
            let forms = [Form::Noun];
            let kind =
                words.fate(tree.lemma(above), &forms).or_else(|| words.fate(tree.word(above), &forms))?;
            return Some((kind, above));
        }
        let rises = words.amounts.iter().any(|w| tree.is(preposition, *w));
        let subject =
            tree.children_by(above, Dep::Subject).chain(tree.children_by(above, Dep::PassiveSubject)).next();
        let toll = |s: usize| words.tolls.iter().any(|w| tree.is(s, *w));
        let of_toll = tree.dep(above) == Dep::NounClause && toll(tree.head(above));
        (rises && (subject.is_some_and(toll) || toll(above) || of_toll)).then_some((CountKind::Killed, above))
    }

    fn fate_at(&self, at: usize) -> Option<Fate> {
        let kind = self.words.fate(self.tree.word(at), &DEAD)?;
        Some((kind, at))
    }

    /// What stands next to the number in flattened text, where the tree is no help: "12 killed".
    fn beside(&self, quantity: &Quantity) -> Option<Fate> {
        let (tree, words) = (self.tree, self.words);
        let last = quantity.number.max(quantity.counted.min(quantity.number + 4));
        let people = quantity.counted == quantity.number
            || self.words.person(tree.lemma(quantity.counted))
            || self.words.others.iter().any(|w| tree.is(quantity.counted, *w));
        let mut at = last + 1;
        while people && at < tree.len() && at <= last + 4 {
            if let Some(kind) = words.fate(tree.word(at), &[Form::Noun, Form::Intransitive]).or_else(|| {
                (tree.tag(at) == "VBN" || tree.tag(at) == "VBD")
                    .then(|| words.fate(tree.lemma(at), &[Form::Transitive]))
                    .flatten()
            }) {
                return Some((kind, at));
            }
            if !words.others.iter().any(|w| tree.is(at, *w)) && tree.class(at) == Class::Noun {
                return None;
            }
            if !matches!(tree.dep(at), Dep::Auxiliary | Dep::PassiveAuxiliary | Dep::Adverb)
                && !words.others.iter().any(|w| tree.is(at, *w))
            {
                return None;
            }
            at += 1;
        }
        None
    }

    /// "Killed and wounded 12", "12 dead and wounded": both at once.
    fn coordinated(&self, fate: &Fate) -> Option<Fate> {
        let tree = self.tree;
        let mut others = tree.children_by(fate.1, Dep::Conjunct).filter(|c| {
            !tree.has(*c, Dep::Object)
                && !tree.has(*c, Dep::Subject)
                && !tree.has(*c, Dep::PassiveSubject)
                && !tree.has(*c, Dep::Number)
                && !self.opens_number(*c + 1)
                && !self.counts_others(*c)
        });
        others.find_map(|c| {
            let kind =
                self.words.fate(tree.lemma(c), &DEAD).or_else(|| self.words.fate(tree.word(c), &DEAD))?;
            (kind != fate.0).then_some((kind, c))
        })
    }

    /// "Seven were killed and many more wounded": the word right before it says of how many others.
    fn counts_others(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.tree.word(before));
        before.is_some_and(|word| self.words.others.contains(&word) || self.words.vague.contains(&word))
    }

    /// Who is counted, in plain words.
    pub(crate) fn who(&self, quantity: &Quantity) -> String {
        let at = quantity.counted;
        let all = || "all".to_owned();
        if at == quantity.number {
            return all();
        }
        let mut words = std::iter::once(at).chain(self.tree.children(at).filter(|c| *c < at));
        let told = words.find_map(|w| self.words.people.get(&self.tree.lemma(w)).cloned());
        told.filter(|who| who != NO_PEOPLE).unwrap_or_else(all)
    }
}
