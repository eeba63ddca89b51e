//! The parts of a clause that a statement is made of: who does it, the verb with its company, the
//! words that belong to neither.

use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// How many heads are climbed in search of a subject.
const CLIMB: usize = 6;
/// A source of more words is a broken parse: only its head's own words are taken.
const SOURCE: usize = 80;
/// How many words the company of a verb may have on one side.
const COMPANY: usize = 8;

/// Who does what a verb says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doer {
    /// This token's phrase.
    Of(usize),
    /// The subject suffers it: the token's phrase.
    Sufferer(usize),
    /// Nobody is named.
    Nobody,
}

/// The verb that a chain of verbs begins with ("refused" of "refused to say"), and who does it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    pub(crate) verb: usize,
    /// First verb of the chain; the verb itself where there is none.
    pub(crate) chain: usize,
    pub(crate) doer: Doer,
}

const SUBJECT: [Dep; 2] = [Dep::Subject, Dep::ClauseSubject];

impl Reading<'_> {
    /// Verb, chain and doer.
    pub(crate) fn clause(&self, verb: usize) -> Clause {
        let chain = self.chain(verb);
        Clause { verb, chain, doer: self.doer(verb, chain) }
    }

    /// Climbs from "say" to "refused" in "refused to say".
    fn chain(&self, verb: usize) -> usize {
        let mut at = verb;
        for _ in 0..CLIMB {
            let Some(head) = self.tree.head(at) else { break };
            let is_link = self.tree.dep(at) == Dep::OpenComplement && head < at;
            let quick = self.tag(head).starts_with("JJ") && self.tree.dep(head) == Dep::AdjectiveComplement;
            if is_link
                && quick
                && at.abs_diff(head) <= 3
                && self.lexicon.adjective(&self.lower(head)).is_none()
            {
                at = self.tree.head(head).filter(|be| *be < head && head.abs_diff(*be) <= 4).unwrap_or(at);
                continue;
            }
            let entry = self.verb(head);
            let is_light = entry.is_some_and(|v| v.is(crate::lexicon::Class::Light))
                || entry.is_none() && self.is_verb(head) && at.abs_diff(head) <= 2;
            let apart = at.abs_diff(head) > COMPANY || self.quote_of(head) != self.quote_of(at);
            if !is_link || !is_light || apart || self.own_subject(at).is_some() {
                break;
            }
            at = head;
        }
        at
    }

    fn own_subject(&self, verb: usize) -> Option<usize> {
        self.tree.child(verb, &SUBJECT).or_else(|| self.tree.child(verb, &[Dep::PassiveSubject]))
    }

    /// Is the verb in the passive voice?
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        self.tree.child(verb, &[Dep::PassiveAuxiliary, Dep::PassiveSubject, Dep::Agent]).is_some()
            || self.tag(verb) == "VBN"
                && self.tree.dep(verb) == Dep::AdverbClause
                && self.tree.child(verb, &[Dep::Auxiliary, Dep::Subject]).is_none()
    }

    /// The subject of a verb. A parse that is led astray gives a verb of saying a second one, out of
    /// the quotation that it introduces.
    fn subject(&self, verb: usize) -> Option<usize> {
        let quoted = |at: usize| self.quote_of(at).is_some() && self.quote_of(at) != self.quote_of(verb);
        let mut outside = self.tree.children_of(verb, &SUBJECT).filter(|subject| !quoted(*subject));
        // A title in quotation marks may do something: "“The Lantern” reported".
        outside.next().or_else(|| self.tree.child(verb, &SUBJECT).filter(|subject| *subject < verb))
    }

    fn doer(&self, verb: usize, chain: usize) -> Doer {
        let passive = self.is_passive(verb);
        if let Some(subject) = self.handed(verb) {
            return Doer::Of(subject);
        }
        let mut at = chain;
        for step in 0..CLIMB {
            if let Some(subject) = self.subject(at) {
                return if passive && step > 0 { Doer::Sufferer(subject) } else { Doer::Of(subject) };
            }
            if let Some(subject) = self.tree.child(at, &[Dep::PassiveSubject]) {
                let suffers = passive || step == 0 && at == verb;
                return if suffers { Doer::Sufferer(subject) } else { Doer::Of(subject) };
            }
            let Some(head) = self.tree.head(at) else { break };
            match self.tree.dep(at) {
                Dep::NounClause if self.is_noun_like(head) => {
                    let suffers = passive || self.tag(at) == "VBN" || self.tag(at) == "VBD";
                    return if suffers { Doer::Sufferer(head) } else { Doer::Of(head) };
                }
                Dep::Conjunct
                | Dep::AdverbClause
                | Dep::OpenComplement
                | Dep::PrepositionComplement
                | Dep::Preposition => at = head,
                Dep::ClauseComplement if self.tag(at) == "VBG" || self.tag(at) == "VB" => at = head,
                _ => break,
            }
        }
        Doer::Nobody
    }

    fn is_noun_like(&self, at: usize) -> bool {
        self.is_noun(at) || self.tag(at) == "PRP" || self.tag(at) == "DT" || self.tag(at) == "CD"
    }

    /// The words of a noun phrase wherever it stands.
    pub(crate) fn phrase(&self, head: usize) -> Words {
        self.source(head, usize::MAX)
    }

    /// The words of a source: the phrase of `head` with what tells who it is.
    pub(crate) fn source(&self, head: usize, verb: usize) -> Words {
        let whole = self.tree.extent(head);
        let mut words = if whole.holds(verb) { self.without_clause(head, verb) } else { whole };
        for clause in self.tree.children_of(head, &[Dep::RelativeClause, Dep::NounClause]) {
            // A clause that is itself a statement of the same source, or that holds this one.
            let extent = self.tree.extent(clause);
            let cites = self.tag(clause) == "VBG" && self.media().quotes(self.lemma(clause));
            if (cites || self.is_statement(clause)) && words.holds(extent.first) {
                words.end = extent.first.max(words.first + 1);
            }
        }
        if words.len() > SOURCE {
            words = Words::new(words.first.max(head.saturating_sub(COMPANY)), head + 1);
        }
        while words.first < head && (self.tag(words.first) == "WRB" || self.tag(words.first) == "CC") {
            words.first += 1;
        }
        // Closing marks of the quotation before do not belong to it.
        if let Some(quote) = self.quote_of(words.first).map(|q| self.quotes[q].words) {
            words.first = if quote.end <= head { quote.end } else { words.first };
        }
        let words = self.trimmed(words);
        self.with_parenthesis(words, head, verb)
    }

    fn is_statement(&self, clause: usize) -> bool {
        self.verb(clause).is_some_and(|v| v.takes(crate::lexicon::Frame::Quote))
            && self.tree.child(clause, &[Dep::ClauseComplement, Dep::OpenComplement]).is_some()
    }

    /// "A man saying that …": the noun's words before the clause.
    fn without_clause(&self, head: usize, verb: usize) -> Words {
        let whole = self.tree.extent(head);
        let clause = self.tree.children(head).iter().copied().find(|c| self.tree.extent(*c).holds(verb));
        let cut = clause.map_or(verb, |clause| self.tree.extent(clause).first.min(verb));
        if cut > head { Words::new(whole.first, cut) } else { Words::one(head) }
    }

    /// "Maret, the envoy," keeps its second comma where the verb follows.
    fn with_parenthesis(&self, words: Words, head: usize, verb: usize) -> Words {
        let closes = self.text(words.end) == "," && verb > words.end;
        let opened =
            (head..words.end).any(|at| self.text(at) == "," && self.tree.head(at).is_some_and(|h| h == head));
        if closes && opened { Words::new(words.first, words.end + 1) } else { words }
    }

    /// The verb with its auxiliaries, adverbs, negation and particles, as far as they touch it.
    pub(crate) fn company(&self, clause: &Clause, apart: Option<Words>) -> Words {
        let free = |at: usize| apart.is_none_or(|source| !source.holds(at));
        let belongs = |at: usize, verb: usize| {
            free(at)
                && self.tree.head(at) == Some(verb)
                && self.keeps_company(at)
                && self.quote_of(at).is_none()
        };
        let mut words = Words::new(clause.chain, clause.verb + 1);
        for _ in 0..COMPANY {
            match words.first.checked_sub(1) {
                Some(at) if belongs(at, clause.chain) => words.first = at,
                _ => break,
            }
        }
        for _ in 0..COMPANY {
            let at = words.end;
            if belongs(at, clause.verb) && self.follows_verb(at) {
                words.end = at + 1;
            } else {
                break;
            }
        }
        words
    }

    fn keeps_company(&self, at: usize) -> bool {
        match self.tree.dep(at) {
            Dep::Auxiliary | Dep::PassiveAuxiliary | Dep::Negation | Dep::Particle => true,
            Dep::Adverb => self.tree.extent(at).len() == 1 && self.tag(at).starts_with("RB"),
            _ => false,
        }
    }

    fn follows_verb(&self, at: usize) -> bool {
        match self.tree.dep(at) {
            Dep::Negation | Dep::Particle => true,
            Dep::Adverb => self.text(at).ends_with("ly"),
            _ => false,
        }
    }
}
