//! How many were killed, hurt, arrested or driven out, and who they are.

use std::collections::BTreeMap;

use dateline_model::CountKind;
use serde::Deserialize;

use crate::lexicon::WordId;
use crate::quantity::{Quantity, quantities};
use crate::tree::{Class, Dep, Tree};

/// A quantity of people, with what became of them and the word that says so.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) quantity: Quantity,
    pub(crate) kind: CountKind,
    /// The word that tells what became of them.
    pub(crate) told_by: usize,
    /// Who is counted, in plain words.
    pub(crate) who: String,
}

/// Words of counting: `data/coding/counts.toml`.
pub(crate) struct CountWords {
    figures: BTreeMap<WordId, u32>,
    multipliers: BTreeMap<WordId, u32>,
    people: BTreeMap<WordId, String>,
    fates: BTreeMap<WordId, Vec<(Form, CountKind)>>,
    tolls: Vec<WordId>,
    amounts: Vec<WordId>,
    including: Vec<WordId>,
    leaving: Vec<WordId>,
    lives: Vec<WordId>,
    claiming: Vec<WordId>,
    others: Vec<WordId>,
    violent: Vec<WordId>,
    pub(crate) article: Vec<WordId>,
    pub(crate) vague: Vec<WordId>,
    pub(crate) than: Vec<WordId>,
    pub(crate) more: Vec<WordId>,
    pub(crate) fewer: Vec<WordId>,
    pub(crate) least: Vec<WordId>,
    pub(crate) over: Vec<WordId>,
    pub(crate) up: Vec<WordId>,
    pub(crate) to: Vec<WordId>,
    pub(crate) as_many: Vec<WordId>,
    pub(crate) many: Vec<WordId>,
    pub(crate) about: Vec<WordId>,
    pub(crate) or: Vec<WordId>,
    pub(crate) or_more: Vec<WordId>,
    pub(crate) of: Vec<WordId>,
    pub(crate) between: Vec<WordId>,
    pub(crate) range: Vec<WordId>,
    pub(crate) and: Vec<WordId>,
}

/// How a word tells what became of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// "Killed 12", "12 were killed".
    Transitive,
    /// "12 died".
    Intransitive,
    /// "12 dead", "12 deaths", "the death of 12".
    Noun,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountFile {
    figures: BTreeMap<String, u32>,
    multipliers: BTreeMap<String, u32>,
    people: BTreeMap<String, String>,
    fates: BTreeMap<String, Fates>,
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fates {
    transitive: String,
    intransitive: String,
    nouns: String,
}

impl CountWords {
    /// Reads the file; `word` numbers a word.
    pub(crate) fn read(text: &str, word: &mut impl FnMut(&str) -> WordId) -> Result<Self, String> {
        let file: CountFile = toml::from_str(text).map_err(|e| format!("counts: {e}"))?;
        let mut fates: BTreeMap<WordId, Vec<(Form, CountKind)>> = BTreeMap::new();
        for (kind, lists) in &file.fates {
            let kind = kind_named(kind).ok_or_else(|| format!("counts: no kind {kind:?}"))?;
            for (form, list) in [
                (Form::Transitive, &lists.transitive),
                (Form::Intransitive, &lists.intransitive),
                (Form::Noun, &lists.nouns),
            ] {
                for entry in list.split_whitespace() {
                    fates.entry(word(entry)).or_default().push((form, kind));
                }
            }
        }
        let mut people = BTreeMap::new();
        for (who, list) in &file.people {
            people.extend(list.split_whitespace().map(|w| (word(w), who.clone())));
        }
        let figures = file.figures.iter().map(|(w, n)| (word(w), *n)).collect();
        let multipliers = file.multipliers.iter().map(|(w, n)| (word(w), *n)).collect();
        let mut list = |name: &str| -> Result<Vec<WordId>, String> {
            let words = file.words.get(name).ok_or(format!("counts: no words {name:?}"))?;
            Ok(words.split_whitespace().map(&mut *word).collect())
        };
        Ok(Self {
            figures,
            multipliers,
            people,
            fates,
            tolls: list("tolls")?,
            amounts: list("amounts")?,
            including: list("including")?,
            leaving: list("leaving")?,
            lives: list("lives")?,
            claiming: list("claiming")?,
            others: list("others")?,
            violent: list("violent")?,
            article: list("article")?,
            vague: list("vague")?,
            than: list("than")?,
            more: list("more")?,
            fewer: list("fewer")?,
            least: list("least")?,
            over: list("over")?,
            up: list("up")?,
            to: list("to")?,
            as_many: list("as-many")?,
            many: list("many")?,
            about: list("about")?,
            or: list("or")?,
            or_more: list("or-more")?,
            of: list("of")?,
            between: list("between")?,
            range: list("range")?,
            and: list("and")?,
        })
    }

    /// A word's value: "twelve".
    pub(crate) fn figure(&self, word: WordId) -> Option<u32> {
        self.figures.get(&word).copied()
    }

    /// What a word multiplies by: "dozen", "thousand".
    pub(crate) fn multiplier(&self, word: WordId) -> Option<u32> {
        self.multipliers.get(&word).copied()
    }

    /// Does the word mean a person?
    pub(crate) fn person(&self, word: WordId) -> bool {
        self.people.get(&word).is_some_and(|who| who != "-")
    }

    fn fate(&self, word: WordId, forms: &[Form]) -> Option<CountKind> {
        self.fates.get(&word)?.iter().find(|(form, _)| forms.contains(form)).map(|(_, kind)| *kind)
    }
}

fn kind_named(name: &str) -> Option<CountKind> {
    Some(match name {
        "killed" => CountKind::Killed,
        "wounded" => CountKind::Wounded,
        "arrested" => CountKind::Arrested,
        "displaced" => CountKind::Displaced,
        "participants" => CountKind::Participants,
        _ => return None,
    })
}

/// All counts of people in a sentence.
pub(crate) fn counts(text: &str, tree: &Tree<'_>, words: &CountWords) -> Vec<Counted> {
    let all = quantities(text, tree, words);
    let mut found: Vec<Counted> = Vec::new();
    for quantity in all {
        let reader = Reader { tree, words };
        for (kind, told_by) in reader.fates(&quantity) {
            let who = reader.who(&quantity);
            let repeated = found.iter().any(|f| f.kind == kind && f.quantity.counted == quantity.counted);
            if !repeated {
                found.push(Counted { quantity: quantity.clone(), kind, told_by, who });
            }
        }
    }
    found
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    words: &'a CountWords,
}

type Fate = (CountKind, usize);

const DEAD: [Form; 2] = [Form::Noun, Form::Transitive];
const DIED: [Form; 2] = [Form::Intransitive, Form::Noun];

impl Reader<'_> {
    fn fates(&self, quantity: &Quantity) -> Vec<Fate> {
        if !self.can_be_people(quantity) {
            return Vec::new();
        }
        let mut found = self.own(quantity).map_or_else(Vec::new, |f| vec![f]);
        if found.is_empty() {
            found.extend(self.by_head(quantity.counted, 4));
        }
        if found.is_empty() {
            found.extend(self.beside(quantity));
        }
        if let Some(second) = found.first().and_then(|f| self.coordinated(f)) {
            found.push(second);
        }
        found
    }

    /// Years, hours and houses are not counted; bare numbers are where their verb says enough.
    fn can_be_people(&self, quantity: &Quantity) -> bool {
        !quantity_is_other(self.tree, self.words, quantity.counted)
    }

    /// "12 deaths", "30 wounded", "12 dead": the word counted tells it, or the participle after it.
    fn own(&self, quantity: &Quantity) -> Option<Fate> {
        let (tree, at) = (self.tree, quantity.counted);
        let fate =
            self.words.fate(tree.word(at), &DEAD).or_else(|| self.words.fate(tree.lemma(at), &[Form::Noun]));
        if let Some(kind) = fate.filter(|_| at != quantity.number) {
            return Some((kind, at));
        }
        let after = |c: &usize| {
            *c > at && matches!(tree.dep(*c), Dep::NounClause | Dep::Adjective | Dep::RelativeClause)
        };
        let mut participles = tree.children(at).filter(after);
        participles.find_map(|p| {
            let forms: &[Form] = match tree.dep(p) {
                Dep::RelativeClause => &[Form::Intransitive],
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
            Dep::PassiveSubject => fate(&[Form::Transitive]).or_else(|| self.found_dead(head)),
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
            let forms = [Form::Noun];
            let kind =
                words.fate(tree.lemma(above), &forms).or_else(|| words.fate(tree.word(above), &forms))?;
            return Some((kind, above));
        }
        let rises = words.amounts.iter().any(|w| tree.is(preposition, *w));
        let subject =
            tree.children_by(above, Dep::Subject).chain(tree.children_by(above, Dep::PassiveSubject)).next();
        let toll = |s: usize| words.tolls.iter().any(|w| tree.is(s, *w));
        (rises && (subject.is_some_and(toll) || toll(above))).then_some((CountKind::Killed, above))
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
        });
        others.find_map(|c| {
            let kind =
                self.words.fate(tree.lemma(c), &DEAD).or_else(|| self.words.fate(tree.word(c), &DEAD))?;
            (kind != fate.0).then_some((kind, c))
        })
    }

    fn who(&self, quantity: &Quantity) -> String {
        let at = quantity.counted;
        let all = || "all".to_owned();
        if at == quantity.number {
            return all();
        }
        let mut words = std::iter::once(at).chain(self.tree.children(at).filter(|c| *c < at));
        words.find_map(|w| self.words.people.get(&self.tree.lemma(w)).cloned()).unwrap_or_else(all)
    }
}

/// Is it a number of something that is not people: hours, houses, percent?
fn quantity_is_other(tree: &Tree<'_>, words: &CountWords, counted: usize) -> bool {
    words.things(tree.lemma(counted)) || words.things(tree.word(counted))
}

impl CountWords {
    /// Is it a word for what only people do to people?
    pub(crate) fn is_violent(&self, word: WordId) -> bool {
        self.violent.contains(&word)
    }

    fn things(&self, word: WordId) -> bool {
        self.people.get(&word).is_some_and(|who| who == "-")
    }
}
