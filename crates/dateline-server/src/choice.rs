//! Which events of a timeline are asked for.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::failure::Failure;
use crate::memory::{Memory, Told};

/// A choice of events; what is not given does not narrow it.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
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
    #[param(pattern = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
    pub(crate) from: Option<String>,
    /// Not after this day, month or year.
    #[param(pattern = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
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
            from: self.from.as_deref().map(|day| edge(day, "-01-01")).transpose()?,
            to: self.to.as_deref().map(|day| edge(day, "-12-31")).transpose()?,
        })
    }
}

/// A day of a month or year that begins or ends a stretch.
fn edge(day: &str, rest: &str) -> Result<String, Failure> {
    let parts: Vec<_> = day.split('-').collect();
    let digits = |part: &&str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let lengths = [4, 2, 2];
    if parts.len() > lengths.len() || !parts.iter().zip(lengths).all(|(part, n)| digits(part, n)) {
        return Err(Failure::Wrong(format!(
            "{day:?} is no day, month or year: write 2016, 2016-10 or 2016-10-19"
        )));
    }
    Ok(format!("{day}{}", rest.get(3 * (parts.len() - 1)..).unwrap_or_default()))
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
        for (day, rest, expected) in [
            ("2016", "-01-01", Some("2016-01-01")),
            ("2016-10", "-12-31", Some("2016-10-31")),
            ("2016-10-19", "-12-31", Some("2016-10-19")),
            ("16-10", "-01-01", None),
            ("2016-10-19-1", "-01-01", None),
            ("soon", "-01-01", None),
        ] {
            assert_eq!(edge(day, rest).ok().as_deref(), expected, "{day}");
        }
    }
}
