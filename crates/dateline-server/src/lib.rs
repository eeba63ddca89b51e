//! What does a reader see of a record, and where do the words stand that carry it?
//!
//! [`serve`] opens a record and answers over HTTP: one page, built from `web/` and carried
//! in the program, and the data of each of its views as JSON below `/api/`. The address of a view and
//! that of its data differ by that beginning alone: `/events/NAME` shows what `/api/events/NAME` says.
//! `/openapi.json` describes all of it. Nothing is written but the corrections that readers make, and
//! nothing is fetched from elsewhere.
//!
//! ```no_run
//! use dateline_server::{Settings, serve};
//!
//! let settings = Settings::local("pile.dateline".into(), 8310);
//! serve(&settings, |address| println!("reading at {address}"))?;
//! # Ok::<(), dateline_server::ServeError>(())
//! ```

mod access;
mod asked;
mod assets;
mod choice;
mod corrector;
mod failure;
mod headers;
mod kept;
mod memory;
mod pages;
mod posted;
mod readers;
mod routes;
mod serve;
mod settings;
mod shapes;
mod snippet;

pub use routes::{openapi, router};
pub use serve::{ServeError, serve};
pub use settings::{Corrections, Settings};
