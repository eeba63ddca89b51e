//! What an account says of its event, ready to be compared with another's.

use dateline_model::{
    Account, CitedText, CountKind, Days, Dossier, EventType, Span, ToldPlace, ToldTime, may_be_same_name,
};
use jiff::civil::{Date, Weekday};

use crate::event::names::{NameId, Names};

/// One account's facts, in little room: a large pile has millions.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) family: EventType,
    pub(crate) mode: Option<NameId>,
    /// The day or few days that it gives.
    pub(crate) day: Option<Days>,
    /// The weekday that it names, where its day is not known.
    pub(crate) weekday: Option<Weekday>,
    /// The report's day.
    pub(crate) published: Option<Date>,
    pub(crate) place: Option<Place>,
    /// The first figure of the dead and of the hurt, where it names a number.
    pub(crate) figures: [Option<u32>; 2],
    /// Keys of those who take part by name, each once, in their order.
    pub(crate) named: Box<[NameId]>,
    /// Where in the body it is told.
    pub(crate) told_at: Box<[Span]>,
}

/// Where it happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// As it is written, without case.
    pub(crate) name: NameId,
    /// Degrees north and east.
    pub(crate) at: Option<(f32, f32)>,
}

impl Facts {
    pub(crate) fn of(account: &Account, dossier: &Dossier, family: EventType, names: &mut Names) -> Self {
        let figure = |kind| account.counts.iter().find(|count| count.kind == kind)?.figure.named();
        let place = account.places.iter().find(|place| place.is_local());
        Self {
            family,
            mode: account.acts.first().and_then(|act| act.mode.as_deref()).map(|mode| names.id(mode)),
            day: account.times.iter().find_map(ToldTime::exact_days),
            weekday: account.times.iter().find_map(ToldTime::weekday),
            published: dossier.read_against.as_deref().and_then(|day| day.parse().ok()),
            place: place.map(|place| Place::of(place, names)),
            figures: [figure(CountKind::Killed), figure(CountKind::Wounded)],
            named: named(account).into_iter().map(|key| names.id(key)).collect(),
            told_at: account.telling.iter().filter_map(|words| body_span(words.of)).collect(),
        }
    }

    /// The day of which it tells, as far as that is known: its own, or else that of its report.
    pub(crate) fn told_on(&self) -> Option<Date> {
        self.day.map(|days| days.first).or(self.published)
    }

    /// Those of this account's names that the other has too, in full or short.
    pub(crate) fn names_shared_with(&self, other: &Self, names: &Names) -> impl Iterator<Item = NameId> {
        let is_one = |a: NameId, b: NameId| a == b || may_be_same_name(names.as_str(a), names.as_str(b));
        self.named.iter().copied().filter(move |name| other.named.iter().any(|known| is_one(*name, *known)))
    }
}

impl Place {
    fn of(place: &ToldPlace, names: &mut Names) -> Self {
        Self { name: names.id(&place.words.quote.to_ascii_lowercase()), at: place.at }
    }
}

/// Keys of those who take part by name, sorted, each once.
fn named(account: &Account) -> Vec<&str> {
    let mut keys: Vec<&str> =
        account.parties.iter().filter(|party| party.named).map(|party| party.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn body_span(of: CitedText) -> Option<Span> {
    match of {
        CitedText::Body(span) => Some(span),
        CitedText::Headline(_) | CitedText::Published => None,
    }
}
