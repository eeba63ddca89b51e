//! Which events of a timeline are asked for.

use dateline_model::Days;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::failure::Failure;
use crate::memory::{Memory, Told};

/// A choice of events; what is not given does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Choice {
    /// PLOVER's type, or a mode of it: `CONSULT`, `phone`.
    #[serde(rename = "type")]
    pub(crate) event_type: Option<String>,
    /// Key of somebody who takes part.
    pub(crate) actor: Option<String>,
    /// The place, as the event names it.
    pub(crate) place: Option<String>,
    /// An outlet that tells of it.
    pub(crate) publisher: Option<String>,
    /// Not before this day, month or year.
    #[param(pattern = r"^([1-9][0-9]{3}|0[1-9][0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    pub(crate) from: Option<String>,
    /// Not after this day, month or year.
    #[param(pattern = r"^([1-9][0-9]{3}|0[1-9][0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    pub(crate) to: Option<String>,
    /// Only events on which accounts differ.
    pub(crate) disputed: Option<bool>,
    /// Only events all of whose accounts go back to one origin.
    pub(crate) one_origin: Option<bool>,
    /// Only events of unknown time.
    pub(crate) undated: Option<bool>,
}

/// One condition of a choice; a facet counts what the others leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Type,
    Actor,
    Place,
    Publisher,
    Time,
    /// None of those with a facet.
    Other,
}

/// A choice made ready for one record.
pub(crate) struct Chosen<'a> {
    choice: &'a Choice,
    actor: Option<Option<usize>>,
    publisher: Option<Option<usize>>,
    from: Option<String>,
    to: Option<String>,
}

impl Choice {
    /// Makes it ready.
    pub(crate) fn ready(&self, memory: &Memory) -> Result<Chosen<'_>, Failure> {
        let publisher = |name: &String| memory.publishers.binary_search(name).ok();
        Ok(Chosen {
            choice: self,
            actor: self.actor.as_ref().map(|key| memory.actor(key)),
            publisher: self.publisher.as_ref().map(publisher),
            from: self.from.as_deref().map(days).transpose()?.map(|days| days.first.to_string()),
            to: self.to.as_deref().map(days).transpose()?.map(|days| days.last.to_string()),
        })
    }
}

/// The days that a day, month or year covers; the 31st of a shorter month is its last day. A stretch or a
/// week is none of them.
fn days(written: &str) -> Result<Days, Failure> {
    // A year has four digits, and the parts of a day are parted by hyphens.
    let is_plain = written.bytes().enumerate().all(|(n, b)| match n {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    let last = |day: &&str| {
        written
            .get(..8)
            .filter(|_| matches!(written.get(8..), Some("29" | "30" | "31")))
            .map(|month| format!("{month}{day}"))
    };
    let shorter = ["30", "29", "28"].iter().filter_map(last);
    let mut all = std::iter::once(written.to_owned()).chain(shorter);
    let days = all.find_map(|day| day.parse::<Days>().ok()).filter(|_| is_plain);
    days.ok_or_else(|| {
        let why = format!("{written:?} is no day, month or year: write 2016, 2016-10 or 2016-10-19");
        Failure::Wrong(why)
    })
}

impl Chosen<'_> {
    /// Does the event belong to the choice, all but one part of it?
    pub(crate) fn has_but(&self, told: &Told, but: Part) -> bool {
        self.is_asked(told)
            && (but == Part::Type || self.has_type(told))
            && (but == Part::Actor
                || self.actor.is_none_or(|a| told.actors.iter().any(|(b, _)| Some(*b) == a)))
            && (but == Part::Place
                || self.choice.place.as_ref().is_none_or(|p| told.row.place.as_ref() == Some(p)))
            && (but == Part::Publisher
                || self.publisher.is_none_or(|p| told.publishers.iter().any(|q| Some(*q) == p)))
            && (but == Part::Time || self.has_time(told))
    }

    /// Does the event belong to the choice?
    pub(crate) fn has(&self, told: &Told) -> bool {
        self.has_but(told, Part::Other)
    }

    fn is_asked(&self, told: &Told) -> bool {
        let Choice { disputed, one_origin, .. } = self.choice;
        (*disputed != Some(true) || told.is_disputed())
            && (*one_origin != Some(true) || told.is_of_one_origin())
    }

    fn has_type(&self, told: &Told) -> bool {
        let Some(asked) = &self.choice.event_type else { return true };
        [&told.row.event_type, &told.row.mode].into_iter().flatten().any(|own| own == asked)
    }

    fn has_time(&self, told: &Told) -> bool {
        let (first, last) = (told.row.first.as_ref(), told.row.last.as_ref());
        if self.choice.undated == Some(true) {
            return first.is_none();
        }
        self.from.as_ref().is_none_or(|from| last.is_some_and(|last| last >= from))
            && self.to.as_ref().is_none_or(|to| first.is_some_and(|first| first <= to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_year_have_edges() {
        for (written, expected) in [
            ("2016", Some("2016-01-01 2016-12-31")),
            ("2016-10", Some("2016-10-01 2016-10-31")),
            ("2016-10-19", Some("2016-10-19 2016-10-19")),
            ("2016-02-30", Some("2016-02-29 2016-02-29")),
            ("2016-02-32", None),
            ("16-10", None),
            ("2016-10-19-1", None),
            ("2016/2017", None),
            ("soon", None),
        ] {
            let found = days(written).ok().map(|days| format!("{} {}", days.first, days.last));
            assert_eq!(found.as_deref(), expected, "{written}");
        }
    }
}
