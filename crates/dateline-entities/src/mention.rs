//! What may be mentioned, in the text's order: names, noun phrases, pronouns.

use dateline_model::{EntityType, Gender, MentionKind, Number};

use crate::name::Name;
use crate::noun::{Noun, Pronoun, Sort};
use crate::rules::Known;
use crate::text::{Text, Word};

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
    /// "The match referee" before his name: he whom the name names.
    Title,
    /// Several named together.
    Group,
    /// Any other common noun. It stands for somebody only where it says who one beside it is ("Petrov
    /// is a legend"), or where it takes up the noun of a name ("the festival"); else it is a thing.
    Common(Number),
}

impl Mention {
    pub(crate) fn kind(&self) -> MentionKind {
        match self.what {
            What::Name(_) => MentionKind::Name,
            What::Nominal(..) | What::Title | What::Group | What::Common(_) => MentionKind::Nominal,
            What::Pronoun(_) => MentionKind::Pronoun,
        }
    }

    pub(crate) fn entity_type(&self) -> EntityType {
        match &self.what {
            What::Name(name) => name.entity_type,
            What::Nominal(noun, _) => noun.sort.entity_type(),
            What::Pronoun(p) if matches!(p.gender, Gender::Neuter) => EntityType::Organisation,
            What::Pronoun(_) | What::Title | What::Group => EntityType::Person,
            What::Common(_) => EntityType::Misc,
        }
    }
}

/// All mentions, by their head's place in the text.
pub(crate) fn mentions(text: &Text<'_>, rules: &Known<'_>, names: &[Name]) -> Vec<Mention> {
    let mut inside = vec![false; text.len()];
    // Where a person's name begins: where it ends.
    let mut persons = vec![None; text.len()];
    for name in names {
        inside.get_mut(name.first..name.end).unwrap_or_default().fill(true);
        if let Some(slot) = persons.get_mut(name.first).filter(|_| name.entity_type == EntityType::Person) {
            *slot = Some(name.end);
        }
    }
    let mut found: Vec<Mention> = names.iter().map(|name| named(text, name)).collect();
    for i in 0..text.len() {
        if inside.get(i).is_some_and(|i| !i) {
            let name = persons.get(i + 1).copied().flatten();
            let title = || name.filter(|end| is_title_of(text, i, *end)).and_then(|_| title(text, i));
            let other = || nominal(text, rules, i, name.is_some()).or_else(|| common(text, i));
            found.extend(pronoun(text, rules, i).or_else(title).or_else(other));
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

/// A noun phrase whose head is a listed noun: its words up to the head. `titled`: a person's name follows.
fn nominal(text: &Text<'_>, rules: &Known<'_>, i: usize, titled: bool) -> Option<Mention> {
    let word = text.word(i)?;
    if !matches!(word.tag(), "NN" | "NNS" | "NNP" | "NNPS") || is_modifier(text, i) {
        return None;
    }
    let noun = rules.nouns.noun(&word.lower, &word.token.lemma.to_lowercase())?;
    let collective = matches!(noun.sort, Sort::People) && !word.tag().ends_with('S');
    let plural = word.tag().ends_with('S') && &*word.lower != "forces" || collective;
    let number = if plural { Number::Plural } else { Number::Singular };
    let titled = titled && noun.sort == Sort::Office && !plural;
    let first = phrase_begin(text, i);
    (!titled).then_some(Mention { first, end: i + 1, head: i, what: What::Nominal(noun, number) })
}

fn is_modifier(text: &Text<'_>, i: usize) -> bool {
    text.word(i).is_none_or(|w| matches!(w.dep(), "compound" | "nmod" | "amod"))
}

/// Any other common noun, with its phrase.
fn common(text: &Text<'_>, i: usize) -> Option<Mention> {
    let word = text.word(i).filter(|w| matches!(w.tag(), "NN" | "NNS") && !is_modifier(text, i))?;
    let number = if word.tag() == "NN" { Number::Singular } else { Number::Plural };
    Some(Mention { first: phrase_begin(text, i), end: i + 1, head: i, what: What::Common(number) })
}

/// Does the word belong to the name that follows it and ends at `end`, and not to a verb behind it?
fn is_title_of(text: &Text<'_>, i: usize, end: usize) -> bool {
    let head = text.head(i + 1, end);
    let depends = text.word(i).is_some_and(|w| (i + 1..end).contains(&(w.token.head as usize)));
    let beside = |w: &Word<'_>| w.dep() == "appos" && w.token.head as usize == i;
    depends || text.word(head).is_some_and(beside)
}

/// A title with an article or an owner, before a person's name: "the match referee", "Tunisia's coach".
fn title(text: &Text<'_>, i: usize) -> Option<Mention> {
    text.word(i).filter(|w| w.tag() == "NN" && w.has_letter())?;
    let sentence = text.sentence(i).map_or(0, |s| s.first as usize);
    let mut owned = false;
    for first in (sentence.max(i.saturating_sub(LONGEST))..i).rev() {
        let word = text.word(first)?;
        match word.tag() {
            "PRP$" => return Some(Mention { first, end: i + 1, head: i, what: What::Title }),
            "DT" if &*word.lower == "the" => {
                return Some(Mention { first, end: i + 1, head: i, what: What::Title });
            }
            "POS" if !owned => owned = true,
            "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "HYPH" | "CD" => {
                let begins = text.before(first).is_none_or(|w| !w.tag().starts_with("NN") && w.tag() != "DT");
                if owned && begins {
                    return Some(Mention { first, end: i + 1, head: i, what: What::Title });
                }
            }
            _ => return None,
        }
    }
    None
}

/// Longest noun phrase before its head, in tokens.
const LONGEST: usize = 8;

/// Where the phrase that ends in `head` begins: its article, adjectives, names that modify it.
fn phrase_begin(text: &Text<'_>, head: usize) -> usize {
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
