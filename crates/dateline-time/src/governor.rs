//! The verb that an expression hangs on in the parse, and whether it speaks of what was or will be.

use dateline_model::{AnnotatedText, Span, Token};
use serde::Deserialize;

use crate::tense::Tense;

/// Verbs, by dictionary form, that bend the time of what hangs on them. Read from `data/time/tense.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GovernorWords {
    /// Their complements lie ahead, whatever their own tense: "planned a rally on Saturday".
    planning: Vec<String>,
    /// Participles that open a stretch to come: "a truce starting Monday".
    opening: Vec<String>,
    /// In the past, their infinitives were done or tried: "began to leave on Friday".
    doing: Vec<String>,
    /// Told in the present of what was said: "the ministry says on Friday".
    saying: Vec<String>,
    /// Between a noun and its weekday they tell that it comes: "ahead of Friday's vote".
    facing: Vec<String>,
}

/// What is known of the governing verb.
pub(crate) struct Governor<'a> {
    tokens: &'a [Token],
    words: &'a GovernorWords,
}

/// No tree is higher than its sentence; a broken one must not hold us.
const CLIMB: usize = 48;
/// Helpers stand this near to their verb.
const HELPERS: usize = 8;

impl<'a> Governor<'a> {
    pub(crate) fn new(annotated: &'a AnnotatedText, words: &'a GovernorWords) -> Self {
        Self { tokens: &annotated.tokens, words }
    }

    /// The tense of the verb above `span`; none where the text is not parsed or no verb tells.
    pub(crate) fn tense(&self, span: Span) -> Option<Tense> {
        self.told(span).map(|(tense, _)| tense)
    }

    /// Does a verb say so of what is named after the day, "Friday's vote will decide"? Mere purpose,
    /// "to undo Friday's ruling", does not.
    pub(crate) fn lies_ahead(&self, span: Span) -> bool {
        let infinitive = |at: usize| self.helpers(at).any(|h| &*h.tag == "TO");
        self.told(span).is_some_and(|(tense, at)| tense == Tense::Future && !infinitive(at))
    }

    /// The tense, and the word that tells it.
    fn told(&self, span: Span) -> Option<(Tense, usize)> {
        let mut at = self.top(span)?;
        for _ in 0..CLIMB {
            let token = self.tokens.get(at)?;
            if matches!(&*token.pos, "VERB" | "AUX")
                && let Some(tense) = self.of_verb(at)
            {
                return Some((tense, at));
            }
            if has(&self.words.facing, &token.lemma) {
                return Some((Tense::Future, at));
            }
            at = self.above(at)?;
        }
        None
    }

    /// Was the governing verb over before another past moment: "had filed by Wednesday"?
    pub(crate) fn is_past_perfect(&self, span: Span) -> bool {
        let mut at = self.top(span);
        for _ in 0..CLIMB {
            let Some(here) = at else { return false };
            if self.tokens.get(here).is_some_and(|t| &*t.pos == "VERB") {
                let mut helpers = self.helpers(here);
                return helpers.any(|h| &*h.tag == "VBD" && &*h.lemma == "have");
            }
            at = self.above(here);
        }
        false
    }

    /// The expression's own highest word.
    fn top(&self, span: Span) -> Option<usize> {
        let first = self.tokens.partition_point(|t| t.span.end <= span.start);
        let inside = self.tokens.get(first..)?.iter().take_while(|t| t.span.start < span.end).count();
        let own = first..first + inside.max(1);
        own.clone().find(|at| self.above(*at).is_none_or(|head| !own.contains(&head)))
    }

    fn above(&self, at: usize) -> Option<usize> {
        let head = usize::try_from(self.tokens.get(at)?.head).ok()?;
        (head != at).then_some(head)
    }

    fn helpers(&self, verb: usize) -> impl Iterator<Item = &'a Token> {
        let tokens = self.tokens;
        let near = verb.saturating_sub(HELPERS)..verb.min(tokens.len());
        tokens[near].iter().filter(move |t| {
            usize::try_from(t.head) == Ok(verb) && matches!(&*t.dep, "aux" | "auxpass" | "neg")
        })
    }

    /// The tense of the verb at `verb`, of its own or, where it has none, not told here.
    fn of_verb(&self, verb: usize) -> Option<Tense> {
        let token = self.tokens.get(verb)?;
        let mut chain = Chain::default();
        self.helpers(verb).for_each(|helper| chain.add(helper));
        let planned = has(&self.words.planning, &token.lemma);
        match &*token.tag {
            _ if chain.modal && chain.have && !chain.will => Some(Tense::Past),
            // "Could not be reached on Friday".
            _ if chain.could && chain.not => Some(Tense::Past),
            _ if chain.modal => Some(Tense::Future),
            "VBN" | "VBD" | "VBG" if planned => Some(Tense::Future),
            _ if chain.past || chain.have => Some(Tense::Past),
            _ if chain.to => Some(self.of_infinitive(verb)),
            "VBG" if chain.present => Some(Tense::Present),
            "VBG" if has(&self.words.opening, &token.lemma) => Some(Tense::Future),
            // "Will be seized and sold": the helper stands with the first of the two.
            "VBN" if &*token.dep == "conj" && !chain.present => None,
            "VBD" | "VBN" => Some(Tense::Past),
            "VBP" | "VBZ" if has(&self.words.saying, &token.lemma) => Some(Tense::Open),
            "VBP" | "VBZ" => Some(if planned { Tense::Future } else { Tense::Present }),
            // Bare forms take the time of the verb above.
            _ => None,
        }
    }

    /// "To meet on Friday" lies ahead, unless the verb above says that it was done.
    fn of_infinitive(&self, verb: usize) -> Tense {
        let above = self.above(verb).and_then(|at| Some((at, self.tokens.get(at)?)));
        match above {
            Some((at, head)) if has(&self.words.doing, &head.lemma) => {
                self.of_verb(at).unwrap_or(Tense::Future)
            }
            _ => Tense::Future,
        }
    }
}

/// What the helpers of a verb tell together.
#[derive(Default)]
struct Chain {
    modal: bool,
    will: bool,
    could: bool,
    not: bool,
    have: bool,
    past: bool,
    present: bool,
    to: bool,
}

impl Chain {
    fn add(&mut self, helper: &Token) {
        let has = &*helper.lemma == "have";
        self.not |= &*helper.dep == "neg";
        match &*helper.tag {
            "MD" => {
                self.modal = true;
                self.could |= &*helper.lemma == "could";
                self.will |= matches!(&*helper.lemma, "will" | "shall" | "'ll" | "wo");
            }
            "TO" => self.to = true,
            "VBD" => self.past = true,
            "VB" | "VBP" | "VBZ" if has => self.have = true,
            "VBP" | "VBZ" => self.present = true,
            _ => {}
        }
    }
}

fn has(list: &[String], lemma: &str) -> bool {
    list.iter().any(|word| word == lemma)
}
