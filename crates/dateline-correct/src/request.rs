//! What a person asks for, by names and words, and the correction that it makes.

use dateline_model::{
    AccountAnchor, Change, Correction, CorrectionLog, EventAnchor, EventField, Moment, QuotedIn, QuotedWords,
    Selection,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};

use crate::near::near_names;
use crate::refusal::{Place, Refusal};

/// A correction as a person asks for it. As JSON: `{"does": "set", "event": "…", "field": "killed", …}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "does", rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Request {
    /// These events are one.
    Merge {
        /// Their names, or the beginnings of them: two or more.
        events: Vec<String>,
    },
    /// What these reports tell is another event.
    Split {
        /// The event.
        event: String,
        /// Ids of the reports.
        reports: Vec<String>,
    },
    /// The report tells of no such event.
    Reject {
        /// The event.
        event: String,
        /// Id of the report.
        report: String,
    },
    /// A field has this value.
    Set {
        /// The event.
        event: String,
        /// Name of the field: `type`, `mode`, `cameo`, `time`, `place`, `participant/actor`, `killed` …
        field: String,
        /// The value, as `dateline correct` takes it.
        value: String,
        /// The words that carry it: one or more quotes.
        evidence: Vec<Quoted>,
    },
    /// No report says this.
    Unset {
        /// The event.
        event: String,
        /// Name of the field.
        field: String,
        /// The value; every value where there is none.
        #[serde(default)]
        value: Option<String>,
    },
    /// These keys stand for one person or body.
    SameEntity {
        /// The keys: two or more.
        entities: Vec<String>,
        /// Words that say so.
        #[serde(default)]
        evidence: Vec<Quoted>,
    },
    /// These reports go back to one origin.
    Dependent {
        /// Their ids: two or more.
        reports: Vec<String>,
        /// Words that say so.
        #[serde(default)]
        evidence: Vec<Quoted>,
    },
    /// A correction no longer holds.
    Undo {
        /// Its id, or the beginning of it.
        correction: String,
    },
}

/// Words as a person selects them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Quoted {
    /// Id of the report.
    pub report: String,
    /// The words, exactly as they stand there.
    pub quote: String,
    /// Their first code point; needed where they stand in several places.
    #[serde(default, deserialize_with = "whole")]
    pub at: Option<u32>,
    /// In the text, or in the headline.
    #[serde(default)]
    pub of: QuotedIn,
}

/// A whole number, also one that is written `12.0`: to JSON the two are one.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let number: Option<f64> = Option::deserialize(deserializer)?;
    let whole = |number: f64| {
        let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
        is_whole
            .then_some(number as u32)
            .ok_or_else(|| Error::custom("a code point is told by a whole number"))
    };
    number.map(whole).transpose()
}

/// Who corrects, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Signature {
    /// Who.
    pub who: String,
    /// Day or moment in ISO 8601.
    #[cfg_attr(feature = "schema", schema(example = "2019-03-18T09:30Z"))]
    pub when: String,
    /// Why.
    pub why: String,
}

/// An event as a record knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEvent {
    /// Its name and accounts, the one that gave it its name first; without those that persons added.
    pub anchor: EventAnchor,
    /// Ids of all reports that tell of it.
    pub reports: Vec<String>,
}

/// A report as a record knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownReport {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its headline, empty where there is none.
    pub headline: String,
}

/// What a request is held against: a record.
pub trait Known {
    /// Why it cannot be read, or why a request is refused.
    type Error: From<Refusal>;

    /// The event of that name, or that had it before.
    ///
    /// # Errors
    /// When it cannot be read.
    fn event(&self, name: &str) -> Result<Option<KnownEvent>, Self::Error>;

    /// Names of all events.
    ///
    /// # Errors
    /// When they cannot be read.
    fn event_names(&self) -> Result<Vec<String>, Self::Error>;

    /// The report of that id.
    ///
    /// # Errors
    /// When it cannot be read.
    fn report(&self, id: &str) -> Result<Option<KnownReport>, Self::Error>;

    /// Ids of all reports.
    ///
    /// # Errors
    /// When they cannot be read.
    fn report_ids(&self) -> Result<Vec<String>, Self::Error>;

    /// Keys of all who are spoken of.
    ///
    /// # Errors
    /// When they cannot be read.
    fn entity_keys(&self) -> Result<Vec<String>, Self::Error>;

    /// The corrections made so far.
    ///
    /// # Errors
    /// When they cannot be read.
    fn log(&self) -> Result<CorrectionLog, Self::Error>;
}

impl Request {
    /// The correction that it makes in `record`.
    ///
    /// # Errors
    /// When what it names is not there or not clear, with what there is.
    pub fn resolve<K: Known>(&self, by: &Signature, record: &K) -> Result<Correction, K::Error> {
        let change = Resolver { record }.change(self)?;
        let correction = signed(change, by)?;
        if record.log()?.entry(&correction.id).is_some() {
            return Err(Refusal::MadeAlready(correction.id).into());
        }
        Ok(correction)
    }
}

/// The change with who, when and why, and the id made of all of it.
fn signed(change: Change, by: &Signature) -> Result<Correction, Refusal> {
    let (who, why) = (by.who.trim().to_owned(), by.why.trim().to_owned());
    let missing = [(who.is_empty(), "the name of who makes it"), (why.is_empty(), "a reason")];
    if let Some((_, what)) = missing.into_iter().find(|(missing, _)| *missing) {
        return Err(Refusal::Unsigned(what));
    }
    let when = by.when.trim().parse::<Moment>().map_err(|error| Refusal::When(error.0))?.to_string();
    let mut correction = Correction { id: String::new(), who, when, why, change };
    let told = serde_json::to_vec(&correction).unwrap_or_default();
    correction.id = Sha256::digest(&told).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Ok(correction)
}

/// So many near names are told.
const NEAR: usize = 4;

struct Resolver<'a, K> {
    record: &'a K,
}

impl<K: Known> Resolver<'_, K> {
    fn change(&self, request: &Request) -> Result<Change, K::Error> {
        Ok(match request {
            Request::Merge { events } => Change::Merge { events: self.events(events)? },
            Request::Split { event, reports } => self.split(event, reports)?,
            Request::Reject { event, report } => {
                let event = self.event(event)?;
                Change::Reject { account: account(&event, report)?, event: event.anchor }
            }
            Request::Set { event, field, value, evidence } => {
                let field: EventField = field.parse().map_err(Refusal::from)?;
                field.read(value).map_err(Refusal::from)?;
                let evidence = self.selections(evidence)?;
                if evidence.is_empty() {
                    return Err(Refusal::NoEvidence.into());
                }
                let value = value.trim().to_owned();
                Change::Set { event: self.event(event)?.anchor, field, value, evidence }
            }
            Request::Unset { event, field, value } => {
                let field: EventField = field.parse().map_err(Refusal::from)?;
                let read = value.as_deref().map(|value| field.read(value)).transpose();
                read.map_err(Refusal::from)?;
                let value = value.as_deref().map(|value| value.trim().to_owned());
                Change::Unset { event: self.event(event)?.anchor, field, value }
            }
            Request::SameEntity { entities, evidence } => {
                let evidence = self.selections(evidence)?;
                Change::SameEntity { entities: self.entities(entities)?, evidence }
            }
            Request::Dependent { reports, evidence } => {
                let evidence = self.selections(evidence)?;
                Change::Dependent { reports: self.reports(reports)?, evidence }
            }
            Request::Undo { correction } => Change::Undo { correction: self.correction(correction)? },
        })
    }

    fn events(&self, names: &[String]) -> Result<Vec<EventAnchor>, K::Error> {
        let mut events = Vec::new();
        for name in names {
            let anchor = self.event(name)?.anchor;
            if !events.contains(&anchor) {
                events.push(anchor);
            }
        }
        if events.len() < 2 { Err(Refusal::TooFew("events").into()) } else { Ok(events) }
    }

    /// By its name, a former name, or the beginning of one name only.
    fn event(&self, name: &str) -> Result<KnownEvent, K::Error> {
        if let Some(event) = self.record.event(name)? {
            return Ok(event);
        }
        let all = self.record.event_names()?;
        let begin: Vec<String> = all.iter().filter(|own| own.starts_with(name)).cloned().collect();
        let name = name.to_owned();
        match begin.as_slice() {
            [only] => match self.record.event(only)? {
                Some(event) => Ok(event),
                None => Err(Refusal::NoSuchEvent { name, near: Vec::new() }.into()),
            },
            [] => {
                let near = near_names(&name, all.iter().map(String::as_str), NEAR);
                Err(Refusal::NoSuchEvent { name, near }.into())
            }
            _ => Err(Refusal::ManyEvents { name, names: begin }.into()),
        }
    }

    fn split(&self, event: &str, reports: &[String]) -> Result<Change, K::Error> {
        let event = self.event(event)?;
        let mut accounts = Vec::new();
        for report in reports {
            accounts.push(account(&event, report)?);
        }
        accounts.sort_unstable();
        accounts.dedup();
        match accounts.len() {
            0 => Err(Refusal::TooFew("reports of the event").into()),
            n if n == event.anchor.accounts.len() => {
                Err(Refusal::NothingLeft { event: event.anchor.name }.into())
            }
            _ => Ok(Change::Split { event: event.anchor, accounts }),
        }
    }

    fn report(&self, id: &str) -> Result<KnownReport, K::Error> {
        if let Some(report) = self.record.report(id)? {
            return Ok(report);
        }
        let near = near_names(id, self.record.report_ids()?.iter().map(String::as_str), NEAR);
        Err(Refusal::NoSuchReport { id: id.to_owned(), near }.into())
    }

    fn reports(&self, ids: &[String]) -> Result<Vec<String>, K::Error> {
        let reports: Vec<KnownReport> = ids.iter().map(|id| self.report(id)).collect::<Result<_, _>>()?;
        let mut ids: Vec<String> = reports.into_iter().map(|report| report.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() < 2 { Err(Refusal::TooFew("reports").into()) } else { Ok(ids) }
    }

    fn entities(&self, keys: &[String]) -> Result<Vec<String>, K::Error> {
        let known = self.record.entity_keys()?;
        let mut keys: Vec<String> = keys.iter().map(|key| key.trim().to_lowercase()).collect();
        keys.sort_unstable();
        keys.dedup();
        if let Some(key) = keys.iter().find(|key| known.binary_search(key).is_err()) {
            let near = near_names(key, known.iter().map(String::as_str), NEAR);
            return Err(Refusal::NobodyKnown { key: key.clone(), near }.into());
        }
        if keys.len() < 2 { Err(Refusal::TooFew("names of persons or bodies").into()) } else { Ok(keys) }
    }

    fn selections(&self, evidence: &[Quoted]) -> Result<Vec<Selection>, K::Error> {
        let mut selections = Vec::new();
        for quoted in evidence {
            let report = self.report(&quoted.report)?;
            let words = select(&report, quoted)?;
            selections.push(Selection { report: report.id, words });
        }
        selections.sort_unstable();
        selections.dedup();
        Ok(selections)
    }

    fn correction(&self, id: &str) -> Result<String, K::Error> {
        let log = self.record.log()?;
        let ids = log.entries().iter().map(|entry| &entry.id);
        let begin: Vec<String> = ids.filter(|own| !id.is_empty() && own.starts_with(id)).cloned().collect();
        match begin.as_slice() {
            [only] if log.undone().contains_key(only.as_str()) => {
                Err(Refusal::UndoneAlready(only.clone()).into())
            }
            [only] => Ok(only.clone()),
            [] => Err(Refusal::NoSuchCorrection(id.to_owned()).into()),
            _ => Err(Refusal::ManyCorrections { beginning: id.to_owned(), ids: begin }.into()),
        }
    }
}

/// The event's account by that report.
fn account(event: &KnownEvent, report: &str) -> Result<AccountAnchor, Refusal> {
    let found = event.anchor.accounts.iter().find(|account| account.report == report).cloned();
    found.ok_or_else(|| {
        let (report, event_name) = (report.to_owned(), event.anchor.name.clone());
        match event.reports.contains(&report) {
            true => Refusal::OnlyByCorrection { report, event: event_name },
            false => Refusal::NotOfEvent { report, event: event_name, reports: event.reports.clone() },
        }
    })
}

/// The place of the words: the one asked for, or the only one.
fn select(report: &KnownReport, quoted: &Quoted) -> Result<QuotedWords, Refusal> {
    let text = match quoted.of {
        QuotedIn::Text => &report.text,
        QuotedIn::Headline => &report.headline,
    };
    let quote = quoted.quote.as_str();
    let length = quote.chars().count() as u32;
    let words = |start: u32| QuotedWords {
        of: quoted.of,
        start,
        end: start.saturating_add(length),
        quote: quote.to_owned(),
    };
    let not_there =
        || Refusal::NotThere { report: report.id.clone(), quote: quote.to_owned(), at: quoted.at };
    if quote.trim().is_empty() {
        return Err(Refusal::NoEvidence);
    }
    if let Some(at) = quoted.at {
        return Some(words(at)).filter(|words| words.bytes_in(text).is_some()).ok_or_else(not_there);
    }
    let places: Vec<usize> = text.match_indices(quote).map(|(byte, _)| byte).collect();
    match places.as_slice() {
        [] => Err(not_there()),
        [only] => Ok(words(text[..*only].chars().count() as u32)),
        _ => {
            let places = places.iter().take(SHOWN).map(|byte| place(text, *byte, quote.len())).collect();
            Err(Refusal::Ambiguous { report: report.id.clone(), quote: quote.to_owned(), places })
        }
    }
}

/// So many places of ambiguous words are told, with so many characters around them.
const SHOWN: usize = 12;
const AROUND: usize = 30;

fn place(text: &str, byte: usize, length: usize) -> Place {
    let (before, after) = (&text[..byte], &text[byte + length..]);
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(from, _)| from);
    let to = after.char_indices().nth(AROUND).map_or(text.len(), |(to, _)| byte + length + to);
    let around = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    Place { at: before.chars().count() as u32, around }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_whole_number_however_it_is_written() {
        for (at, expected) in [
            ("12", Some(Some(12))),
            ("12.0", Some(Some(12))),
            ("null", Some(None)),
            ("1.5", None),
            ("-1", None),
        ] {
            let quoted = format!(r#"{{"report": "a", "quote": "sank", "at": {at}}}"#);
            let read = serde_json::from_str::<Quoted>(&quoted).ok().map(|quoted| quoted.at);
            assert_eq!(read, expected, "{at}");
        }
    }
}
