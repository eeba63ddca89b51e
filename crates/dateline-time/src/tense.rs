//! Do the words around an expression speak of what was, or of what will be?

use dateline_model::{AnnotatedText, Span};
use serde::Deserialize;

use crate::governor::{Governor, GovernorWords};
use crate::lexicon::{Lexicon, WordId};
use crate::scan::{Gap, Shape, Token};

/// The time of the verb that an expression belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    /// "The talks open on Friday": of a day with a name, the coming one.
    Present,
    /// No verb in sight, or one that does not tell.
    Open,
}

/// The small list of verb forms that tell tense. Read from `data/time/tense.toml`.
#[derive(Debug)]
pub(crate) struct TenseWords {
    past: Vec<WordId>,
    future: Vec<WordId>,
    present: Vec<WordId>,
    to: WordId,
    stops: Vec<WordId>,
    ahead: Vec<WordId>,
    possessive: WordId,
    reach: usize,
    governor: GovernorWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    past: Vec<String>,
    future: Vec<String>,
    present: Vec<String>,
    stops: Vec<String>,
    ahead: Vec<String>,
    reach: usize,
    governor: GovernorWords,
}

impl TenseWords {
    pub(crate) fn read(source: &str, lexicon: &mut Lexicon) -> Result<Self, String> {
        let file: File = toml::from_str(source).map_err(|e| e.to_string())?;
        let mut words = |list: Vec<String>| {
            let mut ids: Vec<_> = list.iter().map(|word| lexicon.intern(word)).collect();
            ids.sort_unstable();
            ids
        };
        let (past, future) = (words(file.past), words(file.future));
        let (present, stops) = (words(file.present), words(file.stops));
        let ahead = words(file.ahead);
        let (to, possessive) = (lexicon.intern("to"), lexicon.intern("'"));
        Ok(Self {
            past,
            future,
            present,
            to,
            stops,
            ahead,
            possessive,
            reach: file.reach,
            governor: file.governor,
        })
    }

    /// The tense around tokens `from..to`: of the governing verb where the text is parsed, else of
    /// the nearest verb form in the sentence.
    pub(crate) fn around(&self, place: &Place<'_>) -> Tense {
        let neighbour = |at: Option<usize>| at.and_then(|at| place.tokens.get(at));
        let governor = Governor::new(place.annotated, &self.governor);
        if neighbour(Some(place.to)).is_some_and(|t| t.word == self.possessive && t.gap == Gap::None) {
            // "Wednesday's ruling" has been made, unless what is told of it lies ahead.
            return if governor.lies_ahead(place.span) { Tense::Future } else { Tense::Past };
        }
        if neighbour(place.from.checked_sub(1)).is_some_and(|t| self.ahead.binary_search(&t.word).is_ok()) {
            return if governor.is_past_perfect(place.span) { Tense::Past } else { Tense::Future };
        }
        governor.tense(place.span).unwrap_or_else(|| self.scanned_tense(place))
    }

    fn scanned_tense(&self, place: &Place<'_>) -> Tense {
        let before = place.tokens[..place.from].iter().enumerate().rev().take(self.reach);
        let mut left = None;
        for (at, token) in before {
            let next = place.tokens.get(at + 1);
            if self.stops.binary_search(&token.word).is_ok() && next.is_none_or(|n| n.gap != Gap::None) {
                break;
            }
            if let Some(tense) = self.tense_of(place, at) {
                left = Some((place.from - at, tense));
                break;
            }
            if token.gap == Gap::Break {
                break;
            }
        }
        let mut right = None;
        for at in place.to..place.tokens.len().min(place.to + self.reach) {
            let token = &place.tokens[at];
            if token.gap == Gap::Break || self.stops.binary_search(&token.word).is_ok() {
                break;
            }
            if let Some(tense) = self.tense_of(place, at) {
                right = Some((at - place.to + 1, tense));
                break;
            }
        }
        // English puts the time behind the verb: the verb before the expression weighs double.
        match (left, right) {
            (Some((near, tense)), Some((far, _))) if near <= 2 * far => tense,
            (_, Some((_, tense))) | (Some((_, tense)), None) => tense,
            (None, None) => Tense::Open,
        }
    }

    fn tense_of(&self, place: &Place<'_>, at: usize) -> Option<Tense> {
        let token = place.tokens.get(at)?;
        let listed = |list: &[WordId]| list.binary_search(&token.word).is_ok();
        if listed(&self.future) {
            return Some(Tense::Future);
        }
        let past = listed(&self.past) || is_regular_past(place.text, token);
        if past && self.is_to_come(place.tokens, at) {
            return Some(Tense::Future);
        }
        match (past, listed(&self.present)) {
            (true, _) => Some(Tense::Past),
            (false, true) => Some(Tense::Open),
            (false, false) => None,
        }
    }

    /// "Will be held", "to be published": a participle of what is to come.
    fn is_to_come(&self, tokens: &[Token], at: usize) -> bool {
        let before = &tokens[at.saturating_sub(3)..at];
        let coming = before.iter().any(|t| self.future.binary_search(&t.word).is_ok());
        coming || at.checked_sub(2).and_then(|a| tokens.get(a)).is_some_and(|t| t.word == self.to)
    }
}

fn is_regular_past(text: &str, token: &Token) -> bool {
    let word = text.get(token.start as usize..token.end as usize).unwrap_or_default();
    token.shape == Shape::Lower && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")
}

/// Where an expression stands, in both views of the text.
pub(crate) struct Place<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    /// Its own tokens, the end not included.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) annotated: &'a AnnotatedText,
    pub(crate) span: Span,
}
