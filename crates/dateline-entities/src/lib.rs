//! Who and where: which persons, bodies and places does a report speak of?
//!
//! What is known before any report is read is the [`Gazetteer`]: countries with their codes and the
//! words for their people, persons with their offices, organisations, and the common nouns for those
//! who act. It is made ready once and shared by all threads. [`find_places`] tells which place on
//! the map each place name of a report means.
//!
//! ```
//! use dateline_entities::{CountryForm, Gazetteer};
//!
//! let gazetteer = Gazetteer::english();
//! let (country, form) = gazetteer.country("Syrian").ok_or("unknown")?;
//! assert_eq!((country.alpha3.as_str(), form), ("SYR", CountryForm::Adjective));
//! # Ok::<(), &str>(())
//! ```

mod code;
mod gazetteer;
mod place;

pub use code::{actor_code, code_entities};
pub use gazetteer::{
    Actor, ActorKind, Agent, Country, CountryForm, Dictionary, DictionaryActor, DictionaryAgent, Gazetteer,
    Mistake, PlaceCandidate, PlaceKind, Term, fold, is_acronym, spelling_key,
};
pub use place::{PlaceWords, find_places};
