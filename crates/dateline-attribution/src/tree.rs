//! The dependencies of a text, read downwards: children, and the run of tokens below each token.

use dateline_model::AnnotatedText;

use crate::words::Words;

/// Kinds of dependency that tell parts of a statement; English labels of spaCy's models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dep {
    Subject,
    PassiveSubject,
    ClauseSubject,
    Expletive,
    Object,
    Dative,
    Attribute,
    ObjectPredicate,
    AdjectiveComplement,
    ClauseComplement,
    OpenComplement,
    Agent,
    Preposition,
    PrepositionObject,
    PrepositionComplement,
    Auxiliary,
    PassiveAuxiliary,
    Negation,
    Adverb,
    NounAdverb,
    Particle,
    Mark,
    Conjunct,
    Coordinator,
    RelativeClause,
    NounClause,
    AdverbClause,
    Parataxis,
    Apposition,
    Possessive,
    Compound,
    AdjectiveModifier,
    Determiner,
    Punctuation,
    Root,
    Other,
}

impl Dep {
    fn named(name: &str) -> Self {
        match name {
            "nsubj" => Self::Subject,
            "nsubjpass" => Self::PassiveSubject,
            "csubj" | "csubjpass" => Self::ClauseSubject,
            "expl" => Self::Expletive,
            "dobj" => Self::Object,
            "dative" => Self::Dative,
            "attr" => Self::Attribute,
            "oprd" => Self::ObjectPredicate,
            "acomp" => Self::AdjectiveComplement,
            "ccomp" => Self::ClauseComplement,
            "xcomp" => Self::OpenComplement,
            "agent" => Self::Agent,
            "prep" => Self::Preposition,
            "pobj" => Self::PrepositionObject,
            "pcomp" => Self::PrepositionComplement,
            "aux" => Self::Auxiliary,
            "auxpass" => Self::PassiveAuxiliary,
            "neg" => Self::Negation,
            "advmod" => Self::Adverb,
            "npadvmod" => Self::NounAdverb,
            "prt" => Self::Particle,
            "mark" => Self::Mark,
            "conj" => Self::Conjunct,
            "cc" | "preconj" => Self::Coordinator,
            "relcl" => Self::RelativeClause,
            "acl" => Self::NounClause,
            "advcl" => Self::AdverbClause,
            "parataxis" => Self::Parataxis,
            "appos" => Self::Apposition,
            "poss" => Self::Possessive,
            "compound" => Self::Compound,
            "amod" => Self::AdjectiveModifier,
            "det" | "predet" => Self::Determiner,
            "punct" => Self::Punctuation,
            "ROOT" => Self::Root,
            _ => Self::Other,
        }
    }
}

/// How many children of a head are looked at.
const CHILDREN: usize = 200;

/// Children and extents of all tokens of a text.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Where each token's children begin in `children`; one more at the end.
    begins: Vec<usize>,
    children: Vec<usize>,
    extents: Vec<Words>,
    heads: Vec<usize>,
    deps: Vec<Dep>,
    sentences: Vec<Words>,
    sentence_of: Vec<usize>,
}

impl Tree {
    /// Reads the dependencies once. Linear, and safe against heads that form a ring.
    pub(crate) fn new(annotated: &AnnotatedText) -> Self {
        let size = annotated.tokens.len();
        let heads: Vec<usize> = annotated
            .tokens
            .iter()
            .enumerate()
            .map(|(at, token)| if (token.head as usize) < size { token.head as usize } else { at })
            .collect();
        let (begins, children) = children(&heads);
        let extents = extents(&heads, &begins);
        let deps = annotated.tokens.iter().map(|token| Dep::named(&token.dep)).collect();
        let sentences: Vec<Words> = annotated
            .sentences
            .iter()
            .map(|s| Words::new(s.first as usize, (s.end as usize).min(size)))
            .collect();
        let mut sentence_of = vec![0; size];
        for (number, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.first.min(size)..sentence.end].fill(number);
        }
        Self { begins, children, extents, heads, deps, sentences, sentence_of }
    }

    pub(crate) fn len(&self) -> usize {
        self.heads.len()
    }

    /// The token that `at` depends on; none for a root.
    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.heads.get(at).copied().filter(|head| *head != at)
    }

    pub(crate) fn dep(&self, at: usize) -> Dep {
        self.deps.get(at).copied().unwrap_or(Dep::Other)
    }

    /// The tokens that depend on `at`, in the text's order; of a head with more than any sentence has,
    /// the first ones, so that looking at one head's children from each of them stays cheap.
    pub(crate) fn children(&self, at: usize) -> &[usize] {
        let range = self.begins.get(at).zip(self.begins.get(at + 1));
        let all = range.and_then(|(from, to)| self.children.get(*from..*to)).unwrap_or_default();
        &all[..all.len().min(CHILDREN)]
    }

    /// The first child of one of the kinds.
    pub(crate) fn child(&self, at: usize, kinds: &[Dep]) -> Option<usize> {
        self.children(at).iter().copied().find(|child| kinds.contains(&self.dep(*child)))
    }

    /// All children of one of the kinds.
    pub(crate) fn children_of<'a>(&'a self, at: usize, kinds: &'a [Dep]) -> impl Iterator<Item = usize> + 'a {
        self.children(at).iter().copied().filter(|child| kinds.contains(&self.dep(*child)))
    }

    /// The least run of tokens that holds `at` and all below it.
    pub(crate) fn extent(&self, at: usize) -> Words {
        self.extents.get(at).copied().unwrap_or(Words::new(at, at))
    }

    /// The sentence that a token stands in.
    pub(crate) fn sentence(&self, at: usize) -> Words {
        let number = self.sentence_of.get(at).copied().unwrap_or_default();
        self.sentences.get(number).copied().unwrap_or(Words::new(at, at))
    }
}

/// All tokens' children, one list after the other.
fn children(heads: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut begins = vec![0; heads.len() + 1];
    let below = || heads.iter().copied().enumerate().filter(|(at, head)| at != head);
    below().for_each(|(_, head)| begins[head + 1] += 1);
    for at in 0..heads.len() {
        begins[at + 1] += begins[at];
    }
    let mut next = begins.clone();
    let mut children = vec![0; begins.last().copied().unwrap_or_default()];
    for (at, head) in below() {
        children[next[head]] = at;
        next[head] += 1;
    }
    (begins, children)
}

/// Extents from the leaves upwards: a token is done once all below it are.
fn extents(heads: &[usize], begins: &[usize]) -> Vec<Words> {
    let mut extents: Vec<Words> = (0..heads.len()).map(Words::one).collect();
    let mut waiting: Vec<usize> = begins.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut ready: Vec<usize> = (0..heads.len()).filter(|at| waiting[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        let head = heads[at];
        if head == at {
            continue;
        }
        extents[head] = extents[head].join(extents[at]);
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    extents
}
