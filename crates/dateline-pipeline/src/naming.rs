//! What events are called and in which order they stand: what has to be known of all of them.

use dateline_model::EventRecord;
use dateline_reconcile::{EventName, tell_apart};
use jiff::civil::Date;

/// What puts an event among others.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    /// The name, not yet told from others.
    name: EventName,
    /// The first day that a report gives, whatever persons read in its fields: links hang on names.
    told_by_reports: Option<Date>,
    /// The first day that an account gives.
    pub(crate) first_told: Option<Date>,
}

impl Heading {
    /// That of an event as reports tell it.
    pub(crate) fn of(record: &EventRecord) -> Self {
        let first = first_told(record);
        Self { name: EventName::of(record), told_by_reports: first, first_told: first }
    }

    /// The name that others may bear too.
    pub(crate) fn name(&self) -> &str {
        &self.name.name
    }

    fn by_reports(&self) -> (bool, Option<Date>, &str) {
        (self.told_by_reports.is_none(), self.told_by_reports, &self.name.name)
    }

    fn by_time(&self) -> (bool, Option<Date>, &str) {
        (self.first_told.is_none(), self.first_told, &self.name.name)
    }
}

/// The first day that an account gives.
pub(crate) fn first_told(event: &EventRecord) -> Option<Date> {
    event.time.as_ref().and_then(|time| time.claims.iter().map(|claim| claim.value.first).min())
}

/// The names of events, and their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    /// The name of each; none where there is no event.
    pub(crate) names: Vec<Option<String>>,
    /// Which comes after which: by the first day that an account gives, undated ones last, then by name.
    pub(crate) order: Vec<usize>,
}

impl Named {
    /// Tells events apart. `is_taken` knows the names of others.
    pub(crate) fn of(mut headings: Vec<Option<Heading>>, is_taken: impl Fn(&str) -> bool) -> Self {
        let mut all: Vec<&mut Heading> = headings.iter_mut().flatten().collect();
        all.sort_by(|a, b| a.by_reports().cmp(&b.by_reports()));
        tell_apart(all.into_iter().map(|heading| &mut heading.name), is_taken);
        let mut order: Vec<(usize, &Heading)> =
            headings.iter().enumerate().filter_map(|(n, heading)| Some((n, heading.as_ref()?))).collect();
        order.sort_by(|(_, a), (_, b)| a.by_time().cmp(&b.by_time()));
        let order = order.into_iter().map(|(n, _)| n).collect();
        Self { order, names: headings.into_iter().map(|heading| Some(heading?.name.name)).collect() }
    }
}
