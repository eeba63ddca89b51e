//! What may be mentioned, in the text's order: names, noun phrases, pronouns.

use dateline_model::{EntityType, Gender, MentionKind, Number};

use crate::name::Name;
use crate::noun::{Noun, Pronoun, Sort};
use crate::rules::Known;
use crate::text::Text;

/// One mention before it is known who is meant.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) head: usize,
    pub(crate) what: What,
}

/// By what kind of words.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Name(Name),
    Nominal(Noun, Number),
    Pronoun(Pronoun),
    /// A thing, which no entity is made of: it only takes the "it" that is meant for it.
    Thing,
}

impl Mention {
    pub(crate) fn kind(&self) -> MentionKind {
        match self.what {
            What::Name(_) => MentionKind::Name,
            What::Nominal(..) | What::Thing => MentionKind::Nominal,
            What::Pronoun(_) => MentionKind::Pronoun,
        }
    }

    pub(crate) fn entity_type(&self) -> EntityType {
        match &self.what {
            What::Name(name) => name.entity_type,
            What::Nominal(noun, _) => noun.sort.entity_type(),
            What::Pronoun(p) if matches!(p.gender, Gender::Neuter) => EntityType::Organisation,
            What::Pronoun(_) => EntityType::Person,
            What::Thing => EntityType::Misc,
        }
    }
}

/// All mentions, by their head's place in the text.
pub(crate) fn mentions(text: &Text<'_>, rules: &Known<'_>, names: &[Name]) -> Vec<Mention> {
    let mut inside = vec![false; text.len()];
    for name in names {
        inside.get_mut(name.first..name.end).unwrap_or_default().fill(true);
    }
    let mut found: Vec<Mention> = names.iter().map(|name| named(text, name)).collect();
    for i in 0..text.len() {
        if inside.get(i).is_some_and(|i| !i) {
            let other = || nominal(text, rules, i, &inside).or_else(|| thing(text, i));
            found.extend(pronoun(text, rules, i).or_else(other));
        }
    }
    found.sort_by_key(|m| (m.head, m.first));
    found
}

fn named(text: &Text<'_>, name: &Name) -> Mention {
    let head = text.head(name.first, name.end);
    Mention { first: name.first, end: name.end, head, what: What::Name(name.clone()) }
}

fn pronoun(text: &Text<'_>, rules: &Known<'_>, i: usize) -> Option<Mention> {
    let word = text.word(i)?;
    let pronoun = rules.nouns.pronoun(&word.lower)?;
    // "US" in capitals is a country; the tag of a pronoun tells them apart.
    let tagged = word.tag().starts_with("PRP")
        && !(word.is_all_capitals() && word.text.len() > 1 && &*word.lower == "us");
    tagged.then_some(Mention { first: i, end: i + 1, head: i, what: What::Pronoun(pronoun) })
}

/// A noun phrase whose head is a listed noun: its words up to the head.
fn nominal(text: &Text<'_>, rules: &Known<'_>, i: usize, inside: &[bool]) -> Option<Mention> {
    let word = text.word(i)?;
    if !matches!(word.tag(), "NN" | "NNS" | "NNP" | "NNPS")
        || matches!(word.dep(), "compound" | "nmod" | "amod")
    {
        return None;
    }
    let noun = rules.nouns.noun(&word.lower, &word.token.lemma.to_lowercase())?;
    let collective = matches!(noun.sort, Sort::People) && !word.tag().ends_with('S');
    let plural = word.tag().ends_with('S') && &*word.lower != "forces" || collective;
    let number = if plural { Number::Plural } else { Number::Singular };
    let first = phrase_begin(text, i, inside);
    let titled = text.word(i + 1).is_some_and(|_| inside.get(i + 1).copied().unwrap_or(false))
        && noun.sort == Sort::Office
        && !plural;
    (!titled).then_some(Mention { first, end: i + 1, head: i, what: What::Nominal(noun, number) })
}

/// A common noun that takes part in what the sentence says, and stands for nobody.
fn thing(text: &Text<'_>, i: usize) -> Option<Mention> {
    let word = text.word(i)?;
    let part = matches!(word.dep(), "nsubj" | "nsubjpass" | "dobj");
    (word.tag() == "NN" && part).then_some(Mention { first: i, end: i + 1, head: i, what: What::Thing })
}

/// Longest noun phrase before its head, in tokens.
const LONGEST: usize = 8;

/// Where the phrase that ends in `head` begins: its article, adjectives, names that modify it.
fn phrase_begin(text: &Text<'_>, head: usize, _inside: &[bool]) -> usize {
    let mut first = head;
    let sentence = text.sentence(head).map_or(0, |s| s.first as usize);
    while first > sentence && head - first < LONGEST {
        let Some(word) = text.word(first - 1) else { break };
        let to = word.token.head as usize;
        let part = matches!(
            word.dep(),
            "det"
                | "amod"
                | "compound"
                | "nmod"
                | "poss"
                | "nummod"
                | "case"
                | "punct"
                | "quantmod"
                | "advmod"
                | "predet"
        ) && to >= first - 1
            && to <= head;
        if !part || matches!(word.text, "," | ";" | ":" | "\"" | "“" | "”" | "(" | ")") {
            break;
        }
        first -= 1;
        if matches!(word.dep(), "det") && to == head {
            break;
        }
    }
    while first < head
        && text.word(first).is_some_and(|w| !w.has_letter() && w.tag() != "CD" && w.tag() != "$")
    {
        first += 1;
    }
    first
}
