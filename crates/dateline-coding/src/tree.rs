//! One sentence as a tree of words that can be walked both ways, with the lexicon's numbers for them.

use dateline_model::{Sentence, Token};

use crate::lexicon::{CodingLexicon, WordId};

/// A sentence's words and what hangs on what. Words are counted from the sentence's first.
pub(crate) struct Tree<'a> {
    /// The words, with heads that count in the whole text.
    pub(crate) tokens: &'a [Token],
    /// Index of the first word in the whole text.
    first: u32,
    deps: Vec<Dep>,
    heads: Vec<u32>,
    starts: Vec<u32>,
    children: Vec<u32>,
    lemmas: Vec<WordId>,
    words: Vec<WordId>,
}

/// Words of one head that are looked at. A real sentence has far fewer; text that is none must not cost
/// the square of its length.
const CHILDREN: usize = 96;

/// The dependencies that coding looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dep {
    Root,
    Subject,
    PassiveSubject,
    Object,
    Dative,
    Preposition,
    Agent,
    PrepositionObject,
    PrepositionClause,
    OpenClause,
    Clause,
    ClauseSubject,
    AdverbialClause,
    NounClause,
    RelativeClause,
    Conjunct,
    Conjunction,
    Compound,
    Adjective,
    Possessor,
    Apposition,
    Attribute,
    AdjectiveComplement,
    ObjectPredicate,
    Particle,
    Adverb,
    Auxiliary,
    PassiveAuxiliary,
    Negation,
    Determiner,
    Number,
    Mark,
    Other,
}

const DEPS: [(&str, Dep); 33] = [
    ("ROOT", Dep::Root),
    ("nsubj", Dep::Subject),
    ("nsubjpass", Dep::PassiveSubject),
    ("dobj", Dep::Object),
    ("dative", Dep::Dative),
    ("prep", Dep::Preposition),
    ("agent", Dep::Agent),
    ("pobj", Dep::PrepositionObject),
    ("pcomp", Dep::PrepositionClause),
    ("xcomp", Dep::OpenClause),
    ("ccomp", Dep::Clause),
    ("csubj", Dep::ClauseSubject),
    ("advcl", Dep::AdverbialClause),
    ("acl", Dep::NounClause),
    ("relcl", Dep::RelativeClause),
    ("conj", Dep::Conjunct),
    ("cc", Dep::Conjunction),
    ("compound", Dep::Compound),
    ("amod", Dep::Adjective),
    ("nmod", Dep::Compound),
    ("poss", Dep::Possessor),
    ("appos", Dep::Apposition),
    ("attr", Dep::Attribute),
    ("acomp", Dep::AdjectiveComplement),
    ("oprd", Dep::ObjectPredicate),
    ("prt", Dep::Particle),
    ("advmod", Dep::Adverb),
    ("aux", Dep::Auxiliary),
    ("auxpass", Dep::PassiveAuxiliary),
    ("neg", Dep::Negation),
    ("det", Dep::Determiner),
    ("nummod", Dep::Number),
    ("mark", Dep::Mark),
];

/// What a word can be the centre of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
    Other,
}

impl<'a> Tree<'a> {
    /// The tree of one sentence.
    pub(crate) fn new(
        text: &str,
        tokens: &'a [Token],
        sentence: &Sentence,
        lexicon: &CodingLexicon,
    ) -> Tree<'a> {
        let tokens = tokens.get(sentence.first as usize..sentence.end as usize).unwrap_or_default();
        let last = tokens.len().saturating_sub(1) as u32;
        let heads: Vec<u32> =
            tokens.iter().map(|t| t.head.saturating_sub(sentence.first).min(last)).collect();
        let deps = tokens.iter().map(|t| dep(&t.dep)).collect();
        let (starts, children) = children(&heads);
        let mut folded = String::new();
        let mut id = |word: &str| {
            folded.clear();
            folded.push_str(word);
            match word.is_ascii() {
                true => folded.make_ascii_lowercase(),
                false => folded = word.chars().flat_map(char::to_lowercase).collect(),
            }
            lexicon.word(&folded)
        };
        let words: Vec<_> = tokens.iter().map(|t| id(text.get(t.span.range()).unwrap_or_default())).collect();
        // A plural that the model takes for a name ("Rebels") keeps its ending as lemma.
        let lemmas = tokens.iter().zip(&words).map(|(t, &word)| {
            // Most words are their own lemmas.
            let is_own = text.get(t.span.range()).is_some_and(|own| own == &*t.lemma);
            match (if is_own { word } else { id(&t.lemma) }, &*t.tag) {
                (WordId::UNKNOWN, "NNPS") => t.lemma.strip_suffix('s').map_or(WordId::UNKNOWN, &mut id),
                (lemma, _) => lemma,
            }
        });
        let lemmas = lemmas.collect();
        Tree { tokens, first: sentence.first, deps, heads, starts, children, lemmas, words }
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The word that `at` depends on; its own for the root.
    pub(crate) fn head(&self, at: usize) -> usize {
        self.heads[at] as usize
    }

    /// How `at` depends on its head.
    pub(crate) fn dep(&self, at: usize) -> Dep {
        self.deps[at]
    }

    /// The words that depend on `at`, in the text's order; the first of them where there are very many.
    pub(crate) fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let (start, end) = (self.starts[at] as usize, self.starts[at + 1] as usize);
        self.slice(start..end.min(start + CHILDREN))
    }

    fn slice(&self, range: std::ops::Range<usize>) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[range].iter().map(|c| *c as usize)
    }

    /// The words that depend on `at` in one way.
    pub(crate) fn children_by(&self, at: usize, dep: Dep) -> impl Iterator<Item = usize> + '_ {
        self.children(at).filter(move |c| self.deps[*c] == dep)
    }

    /// Does a word depend on `at` in this way?
    pub(crate) fn has(&self, at: usize, dep: Dep) -> bool {
        self.children_by(at, dep).next().is_some()
    }

    /// The lexicon's number of its dictionary form.
    pub(crate) fn lemma(&self, at: usize) -> WordId {
        self.lemmas[at]
    }

    /// The lexicon's number of the word as it stands, in lower case.
    pub(crate) fn word(&self, at: usize) -> WordId {
        self.words[at]
    }

    /// Is the word, or its dictionary form, this one?
    pub(crate) fn is(&self, at: usize, word: WordId) -> bool {
        word != WordId::UNKNOWN && (self.lemmas[at] == word || self.words[at] == word)
    }

    /// Its fine tag.
    pub(crate) fn tag(&self, at: usize) -> &str {
        &self.tokens[at].tag
    }

    /// What it can be the centre of.
    pub(crate) fn class(&self, at: usize) -> Class {
        match &*self.tokens[at].pos {
            "VERB" | "AUX" => Class::Verb,
            "NOUN" | "PROPN" => Class::Noun,
            "ADJ" | "ADV" => Class::Adjective,
            _ => Class::Other,
        }
    }

    /// Index in the whole text.
    pub(crate) fn in_text(&self, at: usize) -> u32 {
        self.first + at as u32
    }

    /// Index in the sentence of a word of the whole text, if it is one of this sentence.
    pub(crate) fn within(&self, in_text: u32) -> Option<usize> {
        let at = in_text.checked_sub(self.first)? as usize;
        (at < self.len()).then_some(at)
    }

    /// All words, those that depend on a word before it.
    pub(crate) fn leaves_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.len()).filter(|at| self.head(*at) == *at).collect();
        let mut done = 0;
        while done < order.len() {
            let at = order[done];
            order.extend(self.slice(self.starts[at] as usize..self.starts[at + 1] as usize));
            done += 1;
        }
        order.reverse();
        order
    }

    /// `at` and the words coordinated with it.
    pub(crate) fn coordinated(&self, at: usize) -> Vec<usize> {
        let mut all = vec![at];
        let mut done = 0;
        while done < all.len() && all.len() < 32 {
            all.extend(self.children_by(all[done], Dep::Conjunct).filter(|c| self.class(*c) != Class::Verb));
            done += 1;
        }
        all
    }

    /// Does `above` stand on the way from `at` to the root, within `steps`?
    pub(crate) fn is_under(&self, at: usize, above: usize, steps: usize) -> bool {
        self.way_up(at).take(steps + 1).any(|a| a == above)
    }

    /// `at`, its head, the head of that, up to the root.
    pub(crate) fn way_up(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |a| (self.head(*a) != *a).then(|| self.head(*a)))
    }
}

fn dep(name: &str) -> Dep {
    // Asked of every word, so that the first letters are looked at before the names are compared.
    let opening = name.as_bytes().first_chunk::<2>();
    let alike = |n: &str| n.len() == name.len() && n.as_bytes().first_chunk() == opening;
    DEPS.iter().find(|(n, _)| alike(n) && *n == name).map_or(Dep::Other, |(_, dep)| *dep)
}

/// For each word, where the list of its children starts; and the lists, one after another.
fn children(heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; heads.len() + 1];
    let others = || heads.iter().enumerate().filter(|(at, head)| *at != **head as usize);
    for (_, head) in others() {
        starts[*head as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut children = vec![0; starts.last().map_or(0, |n| *n as usize)];
    for (at, head) in others() {
        children[next[*head as usize] as usize] = at as u32;
        next[*head as usize] += 1;
    }
    (starts, children)
}
