//! All events at once and lightly: what a timeline needs of each, without its claims and quotes.

use rusqlite::Row;

use crate::error::StoreError;
use crate::store::Store;

/// An event as a timeline shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRow {
    /// Its number in the file: numbers have the order of time.
    pub number: i64,
    /// Its name.
    pub event: String,
    /// Who did what to whom.
    pub title: String,
    /// PLOVER's type.
    pub event_type: Option<String>,
    /// PLOVER's mode.
    pub mode: Option<String>,
    /// CAMEO's code.
    pub cameo: Option<String>,
    /// Day, moment, month, year, or a stretch.
    pub time: Option<String>,
    /// First day that it may be.
    pub first: Option<String>,
    /// Last day that it may be.
    pub last: Option<String>,
    /// Stated or inferred.
    pub time_status: Option<String>,
    /// Agreed, disputed or single.
    pub time_agreement: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// How many reports tell it.
    pub accounts: u32,
    /// How many of them do not go back to another.
    pub independent_accounts: u32,
    /// The fields on which accounts differ, parted by a comma.
    pub disputed: String,
}

/// A report, and no more of it than its outlet and day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportKey {
    /// Its number in the file.
    pub number: i64,
    /// The outlet.
    pub publisher: Option<String>,
    /// Day or moment of publication.
    pub published: Option<String>,
}

/// Someone takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participation {
    /// The event.
    pub event: String,
    /// Key of who it is.
    pub entity: String,
    /// The name there.
    pub name: String,
    /// Actor, recipient or attendee.
    pub role: Option<String>,
}

const EVENTS: &str = "SELECT number, event, title, type, mode, cameo, time, time_first, time_last, time_status, \
                      time_agreement, place, accounts, independent_accounts, disputed FROM events ORDER BY number";

impl Store {
    /// A number that is another one whenever somebody else has changed the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn state(&self) -> Result<i64, StoreError> {
        Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// With which version of Dateline the events were made; `stale` while they are not those of the reports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn made_with(&self) -> Result<Option<String>, StoreError> {
        self.made_by()
    }

    /// All events, by time, those without one last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn timeline(&self) -> Result<Vec<EventRow>, StoreError> {
        let mut query = self.db.prepare(EVENTS)?;
        let events = query.query_map([], event)?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// Who takes part in which event, as often as it is claimed; those of one event follow each other.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn participations(&self) -> Result<Vec<Participation>, StoreError> {
        let sql = "SELECT event, entity, shown, role FROM claims \
                   WHERE field = 'participant' AND entity IS NOT NULL ORDER BY claim";
        let mut query = self.db.prepare(sql)?;
        let participations = query.query_map([], |row| {
            Ok(Participation {
                event: row.get(0)?,
                entity: row.get(1)?,
                name: row.get(2)?,
                role: row.get(3)?,
            })
        })?;
        Ok(participations.collect::<Result<_, _>>()?)
    }

    /// The outlets that tell of each event: event and publisher, for each account, by event.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets_of_events(&self) -> Result<Vec<(String, String)>, StoreError> {
        let sql =
            "SELECT event, publisher FROM accounts WHERE publisher IS NOT NULL ORDER BY event, publisher";
        let mut query = self.db.prepare(sql)?;
        let outlets = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(outlets.collect::<Result<_, _>>()?)
    }

    /// All reports, in no order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn report_keys(&self) -> Result<Vec<ReportKey>, StoreError> {
        // The index holds all three: the texts are not touched.
        let sql = "SELECT article, publisher, published FROM articles INDEXED BY articles_by_publisher";
        let mut query = self.db.prepare(sql)?;
        let reports = query.query_map([], |row| {
            Ok(ReportKey { number: row.get(0)?, publisher: row.get(1)?, published: row.get(2)? })
        })?;
        Ok(reports.collect::<Result<_, _>>()?)
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        number: row.get(0)?,
        event: row.get(1)?,
        title: row.get(2)?,
        event_type: row.get(3)?,
        mode: row.get(4)?,
        cameo: row.get(5)?,
        time: row.get(6)?,
        first: row.get(7)?,
        last: row.get(8)?,
        time_status: row.get(9)?,
        time_agreement: row.get(10)?,
        place: row.get(11)?,
        accounts: row.get(12)?,
        independent_accounts: row.get(13)?,
        disputed: row.get(14)?,
    })
}
