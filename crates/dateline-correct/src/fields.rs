//! What persons read in the fields of events: whose reading counts, and with which words.

use std::collections::BTreeMap;

use dateline_model::{
    Change, Citation, Citations, Correction, EventAnchor, EventField, FieldValue, Selection, Setting,
    Standing, Words,
};

use crate::correct::Fate;
use crate::pile::Pile;

/// A change to one field of one event.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldChange {
    /// No report says this value, or any where there is none.
    Unset {
        /// The field.
        field: EventField,
        /// The value.
        value: Option<FieldValue>,
        /// Index of the correction in the log.
        correction: usize,
    },
    /// Persons read these values; of participants they are all of one name.
    Set {
        /// The field.
        field: EventField,
        /// Each person's, in the order of the log.
        settings: Vec<Setting>,
        /// Indexes of the corrections in the log.
        corrections: Vec<usize>,
    },
}

/// A field of an event; of participants, one of them by name.
type Spot = (usize, SpotOf);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SpotOf {
    Field(EventField),
    Participant(String),
}

impl SpotOf {
    fn of(field: EventField, value: Option<&FieldValue>) -> Self {
        match (field, value) {
            (EventField::Participant(_), Some(value)) => Self::Participant(value.to_string().to_lowercase()),
            _ => Self::Field(field),
        }
    }
}

/// What a person has a last word on: a spot, or one value there. Who says that nobody died has replaced what
/// he read before; who says that no report tells of 9 has not taken back his 12.
type Topic = (Spot, Option<String>);

/// A person reads a value.
struct Read {
    entry: usize,
    spot: Spot,
    field: EventField,
    setting: Setting,
    /// Words of reports that had no account of the event.
    besides: Vec<(usize, Words)>,
}

/// A person reads none.
struct Unread {
    entry: usize,
    spot: Spot,
    field: EventField,
    value: Option<FieldValue>,
}

/// What persons read, so far.
#[derive(Default)]
pub(crate) struct Fields {
    reads: Vec<Read>,
    unreads: Vec<Unread>,
}

/// Changes by the label of their event.
pub(crate) type Changes = Vec<(usize, FieldChange)>;

impl Fields {
    /// Takes an entry of the log; none where it is of another kind.
    pub(crate) fn take(&mut self, pile: &Pile<'_>, n: usize, entry: &Correction) -> Option<Fate> {
        let taken = match &entry.change {
            Change::Set { event, field, value, evidence } => read(pile, n, (event, *field, value), evidence)
                .map(|read| {
                    let label = read.spot.0;
                    self.reads.push(read);
                    label
                }),
            Change::Unset { event, field, value } => {
                unread(pile, n, (event, *field, value.as_deref())).map(|unread| {
                    let label = unread.spot.0;
                    self.unreads.push(unread);
                    label
                })
            }
            _ => return None,
        };
        Some(taken.map_or_else(|reason| Fate::of(Standing::SetAside, reason), |label| Fate::holds([label])))
    }

    /// The changes, unset before set, and the entries that a later one of the same person replaces, with
    /// the index of that one. Reports that are cited from outside an event become accounts of it.
    pub(crate) fn finish(
        self,
        pile: &mut Pile<'_>,
        entries: &[Correction],
    ) -> (Changes, Vec<(usize, usize)>) {
        let newest = self.newest(entries);
        let replaced_by = |read: &Read| {
            let who = entries[read.entry].who.as_str();
            let whole = (read.spot.0, SpotOf::Field(read.field));
            let value = Some(read.setting.value.to_string());
            let topics = [(read.spot.clone(), None), (whole, None), (read.spot.clone(), value)];
            let last = topics.into_iter().filter_map(|topic| newest.get(&(topic, who))).max().copied();
            last.filter(|last| *last > read.entry)
        };
        let replaced = self.reads.iter().filter_map(|read| Some((read.entry, replaced_by(read)?))).collect();
        let mut by_spot: BTreeMap<Spot, Vec<Read>> = BTreeMap::new();
        let standing: Vec<bool> = self.reads.iter().map(|read| replaced_by(read).is_none()).collect();
        drop(newest);
        let mut changes: Changes = self.unreads.into_iter().map(Unread::change).collect();
        for (read, _) in self.reads.into_iter().zip(standing).filter(|(_, stands)| *stands) {
            for (report, words) in &read.besides {
                pile.add(*report, read.spot.0, words.clone());
            }
            by_spot.entry(read.spot.clone()).or_default().push(read);
        }
        changes.extend(by_spot.into_values().filter_map(set));
        (changes, replaced)
    }

    /// The last that each person says of each topic.
    fn newest<'e>(&self, entries: &'e [Correction]) -> BTreeMap<(Topic, &'e str), usize> {
        let reads = self.reads.iter().map(|read| ((read.spot.clone(), None), read.entry));
        let unreads = self.unreads.iter().map(|unread| (unread.topic(), unread.entry));
        let mut newest = BTreeMap::new();
        for (topic, entry) in reads.chain(unreads) {
            let last = newest.entry((topic, entries[entry].who.as_str())).or_insert(entry);
            *last = entry.max(*last);
        }
        newest
    }
}

impl Unread {
    fn topic(&self) -> Topic {
        (self.spot.clone(), self.value.as_ref().map(ToString::to_string))
    }

    fn change(self) -> (usize, FieldChange) {
        let Self { entry, spot, field, value } = self;
        (spot.0, FieldChange::Unset { field, value, correction: entry })
    }
}

fn set(reads: Vec<Read>) -> Option<(usize, FieldChange)> {
    let last = reads.last()?;
    let (label, field) = (last.spot.0, last.field);
    let corrections = reads.iter().map(|read| read.entry).collect();
    let settings = reads.into_iter().map(|read| read.setting).collect();
    Some((label, FieldChange::Set { field, settings, corrections }))
}

fn read(
    pile: &Pile<'_>,
    entry: usize,
    (event, field, written): (&EventAnchor, EventField, &str),
    evidence: &[Selection],
) -> Result<Read, String> {
    let label = pile.event(event)?;
    let value = field.read(written).map_err(|error| error.to_string())?;
    let proof: Vec<(usize, Citation)> =
        evidence.iter().map(|selection| pile.selected(selection)).collect::<Result<_, _>>()?;
    let knew = |report: &str| event.accounts.iter().any(|account| account.report == report);
    let mut besides = Vec::new();
    for ((report, citation), selection) in proof.iter().zip(evidence) {
        if pile.tells(*report, label) {
            continue;
        }
        // It told of the event when it was cited, and does no longer: that is no proof any more.
        if knew(&selection.report) {
            return Err(format!("{} no longer tells of the event", citation.article));
        }
        besides.push((*report, Words { of: citation.of, quote: citation.quote.clone() }));
    }
    let citations = Citations::of(proof.into_iter().map(|(_, citation)| citation).collect());
    let citations = citations.ok_or("no words carry it")?;
    let spot = (label, SpotOf::of(field, Some(&value)));
    Ok(Read { entry, spot, field, setting: Setting { value, citations }, besides })
}

fn unread(
    pile: &Pile<'_>,
    entry: usize,
    (event, field, written): (&EventAnchor, EventField, Option<&str>),
) -> Result<Unread, String> {
    let label = pile.event(event)?;
    let value = written.map(|written| field.read(written)).transpose();
    let value = value.map_err(|error| error.to_string())?;
    Ok(Unread { entry, spot: (label, SpotOf::of(field, value.as_ref())), field, value })
}
