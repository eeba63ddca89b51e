//! By what means, on what occasion and to whom a statement was made.

use dateline_model::Medium;

use crate::draft::Draft;
use crate::lexicon::Frame;
use crate::reading::Reading;
use crate::tree::Dep;
use crate::words::Words;

/// Means and occasion.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occasion {
    pub(crate) medium: Option<Medium>,
    pub(crate) words: Vec<Words>,
    /// The noun that tells the means.
    pub(crate) noun: Option<usize>,
}

/// The phrases beside the cue that tell means and occasion: "in a phone call with Maret".
pub(crate) fn occasion(reading: &Reading<'_>, draft: &Draft) -> Occasion {
    let mut found = Occasion::default();
    for preposition in reading.tree.children_of(draft.cue_head, &[Dep::Preposition]) {
        let Some((medium, noun)) = means(reading, preposition) else { continue };
        let words = reading.trimmed(outside(reading.tree.extent(preposition), draft));
        if found.medium.is_none() && words.holds(preposition) {
            found = Occasion { medium: Some(medium), words: vec![words], noun: Some(noun) };
        }
    }
    if found.medium.is_none() {
        let source = draft.source_head.and_then(|head| reading.media().of_noun(&reading.lower(head)));
        let carried = reading.tree.child(draft.cue_head, &[Dep::Object]);
        let object =
            carried.filter(|o| draft.cue.holds(*o)).and_then(|o| reading.media().of_noun(reading.lemma(o)));
        found.medium = reading.media().of_verb(reading.lemma(draft.cue_head)).or(source).or(object);
        found.noun = draft.source_head.filter(|_| source.is_some());
    }
    found
}

/// The means that a phrase tells, and its noun.
fn means(reading: &Reading<'_>, preposition: usize) -> Option<(Medium, usize)> {
    if !reading.media().leads(&reading.lower(preposition)) {
        return None;
    }
    let noun = reading.tree.child(preposition, &[Dep::PrepositionObject])?;
    let word = reading.lower(noun);
    let medium = reading.media().of_noun(&word).or_else(|| reading.media().of_noun(reading.lemma(noun)));
    let by_part = || {
        reading
            .tree
            .children_of(noun, &[Dep::Compound])
            .find_map(|c| reading.media().of_noun(&reading.lower(c)))
    };
    medium.or_else(by_part).map(|medium| (medium, noun))
}

/// The phrase up to the content that follows it or stands in it.
fn outside(words: Words, draft: &Draft) -> Words {
    let next = draft.content.iter().map(|piece| piece.first).find(|first| words.holds(*first));
    Words::new(words.first, next.unwrap_or(words.end))
}

/// To whom it was said: the object of "told", the phrase of "said to reporters".
pub(crate) fn addressee(reading: &Reading<'_>, draft: &Draft) -> Option<(usize, Words)> {
    let tree = &reading.tree;
    let at = draft.cue_head;
    let verb = reading.verb(at).filter(|verb| verb.takes(Frame::Quote) || verb.takes(Frame::Addressed))?;
    let object =
        tree.children_of(at, &[Dep::Dative, Dep::Object]).find(|o| verb.takes(Frame::Addressed) && *o > at);
    let to =
        tree.children_of(at, &[Dep::Preposition, Dep::Dative]).find(|p| reading.is_word(*p, "to") && *p > at);
    let head = object
        .filter(|o| !reading.is_word(*o, "to"))
        .or_else(|| tree.child(to?, &[Dep::PrepositionObject]))?;
    let name = named_behind(reading, at, head);
    let whole = name.map_or_else(|| tree.extent(head), |name| tree.extent(head).join(tree.extent(name)));
    let head = name.unwrap_or(head);
    let words = reading.trimmed(outside(whole, draft));
    let said = draft.content.iter().any(|piece| piece.holds(head));
    (!said && words.holds(head)).then_some((head, words))
}

/// "Told the news agency Interlink": a parse makes the name an object of its own where it stands in apposition.
fn named_behind(reading: &Reading<'_>, verb: usize, noun: usize) -> Option<usize> {
    let end = reading.tree.extent(noun).end;
    let mut objects = reading.tree.children_of(verb, &[Dep::Object, Dep::Dative]);
    let is_name = |at: &usize| reading.is_named(*at) && reading.tree.extent(*at).first == end;
    objects.find(is_name).filter(|_| reading.is_noun(noun) && !reading.is_named(noun))
}
