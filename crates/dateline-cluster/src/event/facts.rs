//! What an account says of its event, ready to be compared with another's.

use std::collections::BTreeSet;

use dateline_model::{
    Account, CitedText, CountKind, Days, Dossier, EventType, Figure, Span, ToldPlace, ToldTime,
    may_be_same_name,
};
use jiff::civil::{Date, Weekday};

/// One account's facts.
pub(crate) struct Facts<'a> {
    pub(crate) family: EventType,
    pub(crate) mode: Option<&'a str>,
    /// The day or few days that it gives.
    pub(crate) day: Option<Days>,
    /// The weekday that it names, where its day is not known.
    pub(crate) weekday: Option<Weekday>,
    /// The report's day.
    pub(crate) published: Option<Date>,
    pub(crate) place: Option<&'a ToldPlace>,
    /// The first figure of the dead and of the hurt.
    pub(crate) figures: [Option<&'a Figure>; 2],
    /// Keys of those who take part by name.
    pub(crate) named: BTreeSet<&'a str>,
    /// Where in the body it is told.
    pub(crate) told_at: Vec<Span>,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(account: &'a Account, dossier: &'a Dossier, family: EventType) -> Self {
        let figure = |kind| account.counts.iter().find(|count| count.kind == kind).map(|count| &count.figure);
        Self {
            family,
            mode: account.acts.first().and_then(|act| act.mode.as_deref()),
            day: account.times.iter().find_map(ToldTime::exact_days),
            weekday: account.times.iter().find_map(ToldTime::weekday),
            published: dossier.read_against.as_deref().and_then(|day| day.parse().ok()),
            place: account.places.iter().find(|place| place.is_local()),
            figures: [figure(CountKind::Killed), figure(CountKind::Wounded)],
            named: account.parties.iter().filter(|p| p.named).map(|p| p.key.as_str()).collect(),
            told_at: account.telling.iter().filter_map(|words| body_span(words.of)).collect(),
        }
    }

    /// The day of which it tells, as far as that is known: its own, or else that of its report.
    pub(crate) fn told_on(&self) -> Option<Date> {
        self.day.map(|days| days.first).or(self.published)
    }

    /// Those of this account's names that the other has too, in full or short.
    pub(crate) fn names_shared_with(&self, other: &Self) -> impl Iterator<Item = &&'a str> {
        self.named.iter().filter(|name| other.named.iter().any(|known| may_be_same_name(name, known)))
    }
}

fn body_span(of: CitedText) -> Option<Span> {
    match of {
        CitedText::Body(span) => Some(span),
        CitedText::Headline(_) | CitedText::Published => None,
    }
}
