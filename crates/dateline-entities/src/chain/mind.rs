//! Who is in the reader's mind: those mentioned lately, subjects before others.

use std::collections::VecDeque;

use dateline_model::Number;

use crate::mention::Mention;
use crate::text::Text;

/// Sentences after which one who is not mentioned again is out of mind.
const SENTENCES: usize = 4;
/// How many can be kept in mind; a sentence that names more is a list.
const MOST: usize = 40;
/// What is left of a weight when a new sentence begins.
const FADING: f32 = 0.55;

/// Stands for any thing that no entity is made of, and for several of them.
pub(crate) const THING: usize = usize::MAX;
pub(crate) const THINGS: usize = usize::MAX - 1;

/// Those mentioned lately, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Mind {
    sentence: usize,
    held: VecDeque<Held>,
}

/// One in mind.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Who; [`THING`] or [`THINGS`] for what no entity is made of.
    pub(crate) id: usize,
    pub(crate) weight: f32,
    /// Where its last mention's head stands.
    pub(crate) head: usize,
    pub(crate) sentence: usize,
}

impl Mind {
    /// The reading comes to a sentence: what was said before fades.
    pub(crate) fn reach(&mut self, sentence: usize) {
        let passed = sentence.saturating_sub(self.sentence).min(SENTENCES + 1);
        if passed == 0 {
            return;
        }
        self.sentence = sentence;
        for held in &mut self.held {
            held.weight *= FADING.powi(i32::try_from(passed).unwrap_or(i32::MAX));
        }
        self.held.retain(|held| sentence.saturating_sub(held.sentence) <= SENTENCES);
    }

    /// `id` is mentioned.
    pub(crate) fn note(&mut self, text: &Text<'_>, id: usize, mention: &Mention) {
        self.note_at(text, id, mention.head);
    }

    /// `id` is mentioned by words with this head.
    pub(crate) fn note_at(&mut self, text: &Text<'_>, id: usize, head: usize) {
        let weight = weight(text, head);
        let before = self.held.iter().position(|h| h.id == id).and_then(|at| self.held.remove(at));
        let weight = weight + before.map_or(0.0, |h| h.weight.min(1.5));
        self.held.push_back(Held { id, weight, head, sentence: self.sentence });
        if self.held.len() > MOST {
            self.held.pop_front();
        }
    }

    /// A thing is mentioned: "it" may mean it; or several, for "they".
    pub(crate) fn note_thing(&mut self, text: &Text<'_>, mention: &Mention, number: Number) {
        let weight = weight(text, mention.head) * if number == Number::Plural { 0.5 } else { 0.8 };
        let id = if number == Number::Plural { THINGS } else { THING };
        self.held.push_back(Held { id, weight, head: mention.head, sentence: self.sentence });
        if self.held.len() > MOST {
            self.held.pop_front();
        }
    }

    /// Those in mind, the latest first.
    pub(crate) fn held(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().rev()
    }
}

/// How much a mention brings one to mind: as a subject most.
fn weight(text: &Text<'_>, head: usize) -> f32 {
    let Some(word) = text.word(head) else { return 0.0 };
    match word.dep() {
        "nsubj" | "nsubjpass" | "ROOT" => 1.0,
        "dobj" | "dative" | "agent" => 0.6,
        "poss" | "conj" | "appos" => 0.5,
        "compound" | "amod" | "nmod" => 0.25,
        _ => 0.4,
    }
}
