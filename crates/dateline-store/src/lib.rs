//! Where does the record stand, and how is something found in it?
//!
//! Reports come in as [`PackedReport`]s, batch by batch: what is committed stays, also when a build is
//! killed. What is known across reports, stories, shared text and events, comes in as one [`Corpus`]
//! that replaces the last one, piece by piece as a [`Replacement`], or as [`Growth`] beside it. What persons put right is a log of its own, which only
//! grows. All of it goes into one SQLite file of plain tables, which `sqlite3`, Datasette and DuckDB open; its form
//! stands in `schema.sql` and the files beside it. Only this crate knows the file.
//!
//! ```no_run
//! use std::path::Path;
//! use dateline_store::{Query, Store};
//!
//! let record = Store::open(Path::new("pile.dateline"))?;
//! let hits = record.search(&Query::parse("ceasefire speaker:putin date:2016-10..2017")?, 10)?;
//! for hit in &hits.statements.hits {
//!     println!("{}: {}", hit.id, hit.snippet);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod adding;
mod blob;
mod checking;
mod comparison;
mod corrections;
mod distrust;
mod elsewhere;
mod error;
mod event_rows;
mod former_names;
mod growth;
mod key;
mod lock;
mod names;
mod nearby;
mod outlets;
mod packed;
mod pairs;
mod place_in_time;
mod printed;
mod query;
mod question;
mod reading;
mod record;
mod removing;
mod replacing;
mod report_parts;
mod schema;
mod search;
mod set_aside;
mod sharing;
mod statement;
mod statement_list;
mod store;
mod stored;
mod tally;
mod timeline;
mod vocabulary;

pub use checking::Checked;
pub use comparison::ToldRow;
pub use elsewhere::{ReadElsewhere, StatementParts};
pub use error::StoreError;
pub use growth::Growth;
pub use key::capture_key;
pub use nearby::ToldAccount;
pub use outlets::OutletRow;
pub use packed::{Found, KeepBytes, PackedReport};
pub use pairs::{PairEntry, PassageEntry};
pub use printed::Printed;
pub use query::{Query, QueryError};
pub use record::{BuildRow, Corpus, EventEntry, Events};
pub use replacing::Replacement;
pub use report_parts::{CaptureBytes, CaptureFacts, CitedWords, ReportHead, ReportParts};
pub use search::{FOUND, Hit, HitList, Hits, Sought};
pub use set_aside::SetAsideRow;
pub use sharing::{ClusterRow, FlowRow, PairRow, PassageRow, WitnessRow};
pub use statement_list::{COUNTED, StatementChoice, StatementRow};
pub use store::{Store, StoreWriter};
pub use tally::Tally;
pub use timeline::{EventRow, Participation, ReportKey};
pub use vocabulary::Vocabulary;
