//! One pattern: which words tell of an act, what must stand around them, and what it is then.

use std::collections::BTreeMap;
use std::sync::Arc;

use dateline_model::EventType;
use serde::Deserialize;

use crate::lexicon::{Terms, WordId};

/// A pattern, ready to be matched.
pub(crate) struct Pattern {
    /// What a coded event names.
    pub(crate) name: Arc<str>,
    /// What the act is.
    pub(crate) outcome: Outcome,
    /// What its object must be.
    pub(crate) object: Option<Terms>,
    /// What its object must not be.
    pub(crate) except: Option<Terms>,
    /// What its subject must be.
    pub(crate) subject: Option<Terms>,
    /// What must follow which prepositions.
    pub(crate) prepositions: Vec<(Vec<WordId>, Terms)>,
    /// What must stand before the noun, as adjective or compound.
    pub(crate) modifier: Option<Terms>,
    /// It must have no object.
    pub(crate) intransitive: bool,
    /// It must govern an infinitive, or must govern none.
    pub(crate) clause: Option<bool>,
    /// What the object must be is a thing given or taken, not the recipient.
    pub(crate) thing: bool,
    /// Its object is what is spoken of, not to whom.
    pub(crate) topic: bool,
    /// Where the actor stands.
    pub(crate) actor: Side,
    /// Prepositions before the recipient that come before the usual ones.
    pub(crate) recipient: Vec<WordId>,
    /// Both sides act alike: "met", "talks".
    pub(crate) mutual: bool,
    /// Worth telling even where nobody is named who does it or has it done to him.
    pub(crate) alone: bool,
    /// Sentences that show it.
    pub(crate) examples: Vec<String>,
}

/// What the words of a pattern come to.
pub(crate) enum Outcome {
    /// An act of their own.
    Act(Coded),
    /// They change the act that they govern: "refused to send", "a halt to the shelling".
    Change(Change),
}

/// An act's type, mode and code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Coded {
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<Arc<str>>,
    pub(crate) cameo: Arc<str>,
}

/// What becomes of the act that is governed, by its type.
#[derive(Default)]
pub(crate) struct Change {
    by_type: BTreeMap<EventType, Becomes>,
    /// Where no act is governed.
    pub(crate) alone: Option<Coded>,
    /// The act is turned round: "received a visit".
    pub(crate) reversed: bool,
    /// How the report then holds it.
    pub(crate) held: Held,
}

/// What an act becomes under the words that govern it.
#[derive(Clone)]
pub(crate) enum Becomes {
    /// It stays what it is.
    Same,
    /// It is nothing that is coded.
    Nothing,
    /// It is this.
    Other(Coded),
}

/// How a change leaves an act standing in the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Held {
    /// As it was.
    #[default]
    Same,
    /// It is to happen.
    Planned,
    /// It might happen.
    Hypothetical,
    /// It is denied.
    Denied,
}

/// On which side of the act the actor stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    /// The subject acts.
    #[default]
    Subject,
    /// The subject has it done to it: "suffered", "received".
    Reversed,
}

/// A pattern as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    name: String,
    /// Type and CAMEO code, mode after them: "CONSULT 041 phone".
    code: Option<String>,
    /// By type, quad word or "other": what the governed act becomes.
    changes: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub(crate) verbs: String,
    #[serde(default)]
    pub(crate) nouns: String,
    #[serde(default)]
    pub(crate) adjectives: String,
    #[serde(default)]
    pub(crate) auxiliaries: String,
    object: Option<String>,
    except: Option<String>,
    subject: Option<String>,
    modifier: Option<String>,
    #[serde(default)]
    prepositions: BTreeMap<String, String>,
    #[serde(default)]
    intransitive: bool,
    clause: Option<bool>,
    #[serde(default)]
    topic: bool,
    /// The object that the condition names is itself the recipient.
    #[serde(default)]
    onto_object: bool,
    #[serde(default)]
    actor: Side,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    held: Held,
    examples: Vec<String>,
}

/// Groups of types that a change may speak of together.
const GROUPS: [(&str, &[EventType]); 4] = [
    ("cooperation", &[EventType::Agree, EventType::Support, EventType::Cooperate, EventType::Aid]),
    ("talks", &[EventType::Consult]),
    ("concession", &[EventType::Concede, EventType::Retreat]),
    (
        "conflict",
        &[
            EventType::Request,
            EventType::Accuse,
            EventType::Reject,
            EventType::Threaten,
            EventType::Protest,
            EventType::Sanction,
            EventType::Mobilize,
            EventType::Coerce,
            EventType::Assault,
        ],
    ),
];

impl Written {
    /// Makes it ready; `terms` reads a list of words and classes, `word` numbers one word.
    pub(crate) fn ready(
        self,
        terms: &mut impl FnMut(&str) -> Result<Terms, String>,
        word: &mut impl FnMut(&str) -> WordId,
    ) -> Result<Pattern, String> {
        let name = self.name;
        let fault = |what: String| format!("{name}: {what}");
        let outcome = match (&self.code, &self.changes) {
            (Some(code), None) => Outcome::Act(coded(code).map_err(fault)?),
            (code, Some(changes)) => {
                let mut change = change(changes).map_err(fault)?;
                change.alone = code.as_deref().map(coded).transpose().map_err(fault)?;
                change.reversed = self.actor == Side::Reversed;
                change.held = self.held;
                Outcome::Change(change)
            }
            (None, None) => return Err(fault("has neither code nor changes".into())),
        };
        let mut optional = |list: Option<String>| list.map(|l| terms(&l)).transpose();
        let (object, except) = (optional(self.object)?, optional(self.except)?);
        let (subject, modifier) = (optional(self.subject)?, optional(self.modifier)?);
        let mut prepositions = Vec::new();
        for (before, after) in self.prepositions {
            prepositions.push((before.split_whitespace().map(&mut *word).collect(), terms(&after)?));
        }
        Ok(Pattern {
            outcome,
            object,
            except,
            subject,
            modifier,
            prepositions,
            intransitive: self.intransitive,
            clause: self.clause,
            thing: !self.onto_object,
            topic: self.topic,
            actor: self.actor,
            recipient: self.recipient.split_whitespace().map(word).collect(),
            mutual: self.mutual,
            alone: self.alone,
            examples: self.examples,
            name: name.into(),
        })
    }
}

impl Change {
    /// What an act of `event_type` becomes.
    pub(crate) fn of(&self, event_type: EventType) -> Becomes {
        self.by_type.get(&event_type).cloned().unwrap_or(Becomes::Nothing)
    }
}

fn change(written: &BTreeMap<String, String>) -> Result<Change, String> {
    let mut change = Change::default();
    let mut set = |types: &[EventType], becomes: &str, over: bool| -> Result<(), String> {
        for event_type in types {
            if over || !change.by_type.contains_key(event_type) {
                change.by_type.insert(*event_type, becomes_of(becomes)?);
            }
        }
        Ok(())
    };
    // Single types are set first, then groups, then all others: the narrower word wins.
    for (key, becomes) in written {
        if let Some(event_type) = EventType::named(key) {
            set(&[event_type], becomes, true)?;
        }
    }
    for (key, becomes) in written {
        match GROUPS.iter().find(|(name, _)| name == key) {
            Some((_, types)) => set(types, becomes, false)?,
            None if key == "all" || EventType::named(key).is_some() => {}
            None => return Err(format!("{key:?} is no type and no group of types")),
        }
    }
    if let Some(becomes) = written.get("all") {
        set(&EventType::ALL, becomes, false)?;
    }
    Ok(change)
}

fn becomes_of(written: &str) -> Result<Becomes, String> {
    match written {
        "same" => Ok(Becomes::Same),
        "nothing" => Ok(Becomes::Nothing),
        code => coded(code).map(Becomes::Other),
    }
}

pub(crate) fn coded(written: &str) -> Result<Coded, String> {
    let mut words = written.split_whitespace();
    let event_type = words.next().and_then(EventType::named);
    match (event_type, words.next()) {
        (Some(event_type), Some(cameo)) => {
            Ok(Coded { event_type, cameo: cameo.into(), mode: words.next().map(Into::into) })
        }
        _ => Err(format!("{written:?} is not a type and a code")),
    }
}
