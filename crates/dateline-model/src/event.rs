//! What one sentence tells of a happening: type, who, to whom, when, where, how many.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::entity::{EntityId, Party};
use crate::span::Span;

/// One mention of an event. Offsets are UTF-8 bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMention {
    /// PLOVER's type.
    pub event_type: EventType,
    /// PLOVER's mode within the type, as PLOVER writes it: `phone`, `visit`.
    pub mode: Option<Arc<str>>,
    /// PLOVER's contexts: `military`, `elections`.
    pub context: Vec<Arc<str>>,
    /// CAMEO's code: `041`.
    pub cameo: Arc<str>,
    /// Name of the pattern that found it.
    pub pattern: Arc<str>,
    /// The words that tell of the act.
    pub trigger: Vec<Span>,
    /// Who does it.
    pub actor: Vec<Party>,
    /// To whom it is done; empty where both sides act alike.
    pub recipient: Vec<Party>,
    /// Index, among the report's times, of the one that tells when; with where it was found.
    pub time: Option<Found>,
    /// Index, among the report's places, of the one that tells where; with where it was found.
    pub place: Option<Found>,
    /// "did not meet".
    pub negated: bool,
    /// How the report holds it.
    pub modality: Modality,
    /// It sums up a longer stretch ("since March", "in the past five years") and is no happening of its own.
    pub is_running: bool,
    /// How many were killed, hurt, arrested and so on.
    pub counts: Vec<EventCount>,
    /// Index, among the report's attributions, of the statement that asserts it.
    pub asserted_by: Option<u32>,
    /// Index of its sentence.
    pub sentence: u32,
}

/// What one party does to another in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairCode {
    /// PLOVER's type.
    pub event_type: EventType,
    /// PLOVER's mode within the type.
    pub mode: Option<Arc<str>>,
    /// CAMEO's code.
    pub cameo: Arc<str>,
    /// The words that tell it; none where nothing in the text does.
    pub trigger: Vec<Span>,
    /// How the text holds it.
    pub modality: Modality,
    /// Name of the pattern; none where nothing in the text tells what is done.
    pub pattern: Option<Arc<str>>,
}

/// A time or place of an event, by its index, and how near it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The index.
    pub index: u32,
    /// In the event's own words or around them.
    pub nearness: Nearness,
}

/// How near to an event its time or place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nearness {
    /// It belongs to the event's own words.
    Clause,
    /// It stands in the same sentence.
    Sentence,
    /// It stands in a sentence before, or at the report's opening.
    Context,
}

/// How a report holds an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It happened, the report or its source says.
    Asserted,
    /// It is to happen.
    Planned,
    /// Somebody denies it.
    Denied,
    /// It might happen, might have happened, is demanded or feared.
    Hypothetical,
}

/// How many, of whom, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventCount {
    /// What became of those counted.
    pub kind: CountKind,
    /// The words.
    pub span: Span,
    /// At least so many; none where the words give no number ("dozens" gives none: see `vague`).
    pub min: Option<u32>,
    /// At most so many; none where it is open.
    pub max: Option<u32>,
    /// "About", "some".
    pub approximate: bool,
    /// Words in place of a number: `dozens`, `several`.
    pub vague: Option<String>,
    /// Who is counted, in PLOVER-like plain words: `civilians`, `children`, `fighters`, `all`.
    pub counted: String,
    /// Who gives the figure, where the report names somebody.
    pub by: Option<Party>,
    /// Who is counted, where it is an entity.
    pub entity: Option<EntityId>,
}

/// What became of those counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountKind {
    /// Dead.
    Killed,
    /// Hurt.
    Wounded,
    /// Arrested or taken captive.
    Arrested,
    /// Driven from their homes.
    Displaced,
    /// Taking part.
    Participants,
}

impl CountKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Killed, Self::Wounded, Self::Arrested, Self::Displaced, Self::Participants];

    /// As it is printed: `killed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Wounded => "wounded",
            Self::Arrested => "arrested",
            Self::Displaced => "displaced",
            Self::Participants => "participants",
        }
    }
}

/// PLOVER's sixteen types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    /// Agree to, promise, plan together.
    Agree,
    /// Talk, meet, visit, mediate.
    Consult,
    /// Praise, endorse, back in words.
    Support,
    /// Yield, release, concede.
    Concede,
    /// Cooperate in deeds: exchange, sign, trade.
    Cooperate,
    /// Give aid.
    Aid,
    /// Withdraw, step down, retreat.
    Retreat,
    /// Request or demand.
    Request,
    /// Accuse, condemn, investigate.
    Accuse,
    /// Refuse, veto.
    Reject,
    /// Threaten.
    Threaten,
    /// Demonstrate, strike, riot.
    Protest,
    /// Break off relations, impose sanctions.
    Sanction,
    /// Put forces on alert, move troops.
    Mobilize,
    /// Arrest, seize, expel, censor.
    Coerce,
    /// Attack, kill, bomb.
    Assault,
}

impl EventType {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// As PLOVER writes it: `CONSULT`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// To which of the four quads it belongs.
    #[must_use]
    pub fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                Quad::MaterialConflict
            }
        }
    }
}

/// The four quads of event data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Quad {
    /// Words, friendly.
    #[serde(rename = "V-Coop")]
    VerbalCooperation,
    /// Deeds, friendly.
    #[serde(rename = "M-Coop")]
    MaterialCooperation,
    /// Words, hostile.
    #[serde(rename = "V-Conf")]
    VerbalConflict,
    /// Deeds, hostile.
    #[serde(rename = "M-Conf")]
    MaterialConflict,
}
