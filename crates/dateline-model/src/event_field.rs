//! The fields of an event that a person can set, and how their values are written.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::account::{Days, Role};
use crate::claim::Citations;
use crate::event::{CountKind, EventType};
use crate::figure::Figure;

/// A field of an event by its name in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum EventField {
    /// PLOVER's type.
    Type,
    /// PLOVER's mode.
    Mode,
    /// CAMEO's code.
    Cameo,
    /// When.
    Time,
    /// Where.
    Place,
    /// Who began it.
    Initiator,
    /// Who is said to have done it.
    Actor,
    /// How many.
    Count(CountKind),
    /// Who takes part, in a role.
    Participant(Role),
}

impl EventField {
    /// All of them, in the order in which a record is read.
    pub const ALL: [Self; 15] = [
        Self::Type,
        Self::Mode,
        Self::Cameo,
        Self::Time,
        Self::Place,
        Self::Participant(Role::Actor),
        Self::Participant(Role::Recipient),
        Self::Participant(Role::Attendee),
        Self::Initiator,
        Self::Actor,
        Self::Count(CountKind::Killed),
        Self::Count(CountKind::Wounded),
        Self::Count(CountKind::Arrested),
        Self::Count(CountKind::Displaced),
        Self::Count(CountKind::Participants),
    ];

    /// As it is printed: `killed`, `participant/recipient`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Mode => "mode",
            Self::Cameo => "cameo",
            Self::Time => "time",
            Self::Place => "place",
            Self::Initiator => "initiator",
            Self::Actor => "actor",
            Self::Count(kind) => kind.name(),
            Self::Participant(Role::Actor) => "participant/actor",
            Self::Participant(Role::Recipient) => "participant/recipient",
            Self::Participant(Role::Attendee) => "participant/attendee",
        }
    }

    /// The value that `written` means in this field.
    ///
    /// # Errors
    /// When it means none: the message says how values of the field are written.
    pub fn read(self, written: &str) -> Result<FieldValue, ValueError> {
        let written = written.trim();
        let error = || ValueError { field: self, written: written.to_owned() };
        let value = match self {
            Self::Type => EventType::named(&written.to_uppercase()).map(FieldValue::Type),
            Self::Mode => is_mode(written).then(|| FieldValue::Words(written.to_owned())),
            Self::Cameo => is_cameo(written).then(|| FieldValue::Words(written.to_owned())),
            Self::Time => written.parse::<Days>().ok().map(FieldValue::Time),
            Self::Place | Self::Initiator | Self::Actor | Self::Participant(_) => {
                (!written.is_empty()).then(|| FieldValue::Words(written.to_owned()))
            }
            Self::Count(_) => written.parse::<Figure>().ok().map(FieldValue::Figure),
        };
        value.ok_or_else(error)
    }

    /// How values of the field are written.
    fn form(self) -> &'static str {
        match self {
            Self::Type => "one of PLOVER's sixteen types, such as CONSULT or ASSAULT",
            Self::Mode => "a mode of PLOVER in small letters, such as phone or explosives",
            Self::Cameo => "a CAMEO code of two to four digits, such as 041",
            Self::Time => "a day, month or year (2016-10-19, 2016-10, 2016) or a stretch A/B of them",
            Self::Place => "the name of a place",
            Self::Initiator | Self::Actor | Self::Participant(_) => "a name",
            Self::Count(_) => {
                "a figure, such as 12, \"12 or more\", \"up to 80\", \"40 to 50\", \"about 40\", and whom it \
                 counts: \"12 civilians\""
            }
        }
    }
}

fn is_mode(written: &str) -> bool {
    !written.is_empty() && written.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == ' ')
}

fn is_cameo(written: &str) -> bool {
    (2..=4).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_digit())
}

/// A value of a field, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A type.
    Type(EventType),
    /// Days.
    Time(Days),
    /// A number of people.
    Figure(Figure),
    /// A mode, a code, a place's or somebody's name.
    Words(String),
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(event_type) => f.write_str(event_type.name()),
            Self::Time(days) => days.fmt(f),
            Self::Figure(figure) => figure.fmt(f),
            Self::Words(words) => f.write_str(words),
        }
    }
}

/// A value that a person gives to a field, with the words that carry it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The value.
    pub value: FieldValue,
    /// The words; of reports that tell of the event.
    pub citations: Citations,
}

/// What was written is no value of the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    field: EventField,
    written: String,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no value of {}: give {}", self.written, self.field.name(), self.field.form())
    }
}

impl std::error::Error for ValueError {}

/// There is no field of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError(pub String);

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = EventField::ALL.into_iter().map(EventField::name).collect();
        write!(f, "no field is named {:?}; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for FieldError {}

impl FromStr for EventField {
    type Err = FieldError;

    fn from_str(name: &str) -> Result<Self, FieldError> {
        let field = Self::ALL.into_iter().find(|field| field.name() == name);
        field.ok_or_else(|| FieldError(name.to_owned()))
    }
}

impl TryFrom<String> for EventField {
    type Error = FieldError;

    fn try_from(name: String) -> Result<Self, FieldError> {
        name.parse()
    }
}

impl From<EventField> for String {
    fn from(field: EventField) -> Self {
        field.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_write_them() {
        for (field, written, expected) in [
            ("type", "consult", Some("CONSULT")),
            ("type", "talk", None),
            ("time", "2016-10-19", Some("2016-10-19")),
            ("time", "Wednesday", None),
            ("cameo", "041", Some("041")),
            ("cameo", "41a", None),
            ("mode", "phone", Some("phone")),
            ("mode", "Phone!", None),
            ("killed", "at least 12 civilians", Some("12 or more civilians")),
            ("killed", "many", None),
            ("place", " Sochi ", Some("Sochi")),
            ("place", "", None),
            ("participant/recipient", "Ada Brenn", Some("Ada Brenn")),
        ] {
            let field: EventField = field.parse().unwrap();
            let read = field.read(written).ok().map(|value| value.to_string());
            assert_eq!(read.as_deref(), expected, "{} {written}", field.name());
        }
    }

    #[test]
    fn a_wrong_name_is_told_the_names_that_there_are() {
        let told = "victims".parse::<EventField>().unwrap_err().to_string();
        assert!(told.contains("killed, wounded"), "{told}");
    }
}
