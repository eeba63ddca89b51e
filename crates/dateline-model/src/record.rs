//! The result: one event with every field, what each report claims of it, and how many are
//! independent.
//!
//! No field can be built without a citation: a [`Field`] has claims, and a claim has [`Citations`].

use crate::account::{Days, Role};
use crate::claim::{Citation, Citations, Field};
use crate::event::{CountKind, EventType};
use crate::figure::Figure;
use crate::standing::CorrectionNote;

/// One happening, as all its accounts tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRecord {
    /// A name that stays the same in later builds: what its first report tells of it.
    pub name: String,
    /// PLOVER's type.
    pub event_type: Field<EventType>,
    /// PLOVER's mode within the type.
    pub mode: Option<Field<String>>,
    /// CAMEO's code.
    pub cameo: Field<String>,
    /// When.
    pub time: Option<Field<Days>>,
    /// Whether a report settles the day by itself; none where the day is not known.
    pub time_status: Option<TimeStatus>,
    /// Where.
    pub place: Option<Field<PlaceName>>,
    /// Who takes part, in what role.
    pub participants: Vec<Participant>,
    /// How many were killed, hurt, arrested and so on.
    pub counts: Vec<(CountKind, Field<Figure>)>,
    /// Who began it, of those who take part on equal terms.
    pub initiator: Option<Field<Named>>,
    /// Who is said to have done it.
    pub actor: Option<Field<Named>>,
    /// The reports that tell of it, by id.
    pub accounts: Vec<AccountOfEvent>,
    /// How many origins stand behind them.
    pub independent_accounts: u32,
    /// Why so many, in a sentence for a reader.
    pub independence: String,
    /// How the accounts name the same participant, act and place.
    pub wording: Vec<Wording>,
    /// The corrections that made it what it is, in the order of the log.
    pub corrections: Vec<CorrectionNote>,
}

impl Field<EventType> {
    /// What most accounts are coded as; of equals the first in PLOVER's order. It is shown where one type
    /// must be, also where the accounts differ.
    #[must_use]
    pub fn most_common(&self) -> EventType {
        let of = |event_type: EventType| self.claims.iter().filter(|claim| claim.value == event_type).count();
        let most = EventType::ALL.into_iter().rev().max_by_key(|event_type| of(*event_type));
        most.unwrap_or(EventType::Consult)
    }
}

/// Does a report settle the day of an event by itself?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeStatus {
    /// Yes: by a date, or by a weekday and a known day of publication.
    Stated,
    /// No: another report is needed.
    Inferred,
}

impl TimeStatus {
    /// As it is printed: `stated`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
        }
    }
}

/// A place by its name, and on the map where it is known there.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub struct PlaceName {
    /// The name as a report prints it.
    pub name: String,
    /// Number in GeoNames.
    pub geonames: Option<u32>,
    /// Degrees north and degrees east.
    pub at: Option<(f32, f32)>,
    /// ISO 3166 code of the country, three letters.
    pub country: Option<String>,
    /// A region or country: it says less than a place within it, and disputes none.
    pub is_wide: bool,
}

/// Someone by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The same for all spellings in all reports.
    pub key: String,
    /// The fullest name that a report prints.
    pub name: String,
    /// Wikidata's id.
    pub link: Option<String>,
    /// CAMEO's and PLOVER's code.
    pub code: Option<String>,
}

/// Someone who takes part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// In what role.
    pub role: Role,
    /// Who.
    pub who: Field<Named>,
}

/// One report among those that tell of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountOfEvent {
    /// The article's id.
    pub article: String,
    /// The outlet, if known.
    pub publisher: Option<String>,
    /// Day or moment of publication in ISO 8601, if known.
    pub published: Option<String>,
    /// Which origin it goes back to, counted from 0 within the event.
    pub origin: u32,
    /// What it says of the time; none where it says nothing.
    pub time: Option<AccountTime>,
    /// The words that tell of the event.
    pub quotes: Citations,
    /// The words of its acts, in the order in which they are told: what a correction holds it by. None for
    /// an account that a person added.
    pub acts: Vec<Citation>,
}

/// What one report says of an event's time.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountTime {
    /// The words.
    pub as_written: String,
    /// The days that they mean, with the help of other reports where that is needed; none where
    /// nothing tells.
    pub days: Option<Days>,
    /// Whether its own words and day are enough; none where the day is not known.
    pub status: Option<TimeStatus>,
    /// The proof, with the passage of another report where that is needed.
    pub citations: Citations,
}

/// How the accounts of an event name one and the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    /// What is named.
    pub of: WordingOf,
    /// Whom it names, by key; none for acts and places.
    pub entity: Option<String>,
    /// Each report's words for it.
    pub terms: Vec<Term>,
}

/// What a wording names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordingOf {
    /// Someone who takes part.
    Participant,
    /// What is done.
    Act,
    /// Where.
    Place,
}

impl WordingOf {
    /// As it is printed: `participant`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Act => "act",
            Self::Place => "place",
        }
    }
}

/// One report's word for a thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The article's id.
    pub article: String,
    /// The words, in lower case.
    pub text: String,
    /// Where they stand.
    pub citations: Citations,
}
