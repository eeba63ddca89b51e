//! Who and where: which persons, bodies and places does a report speak of, in which words?
//!
//! A [`Report`](dateline_model::Report) comes in, with what the language model read in it.
//! [`find_entities`] gives its [`Entities`](dateline_model::Entities): names of one convention (bare,
//! without article and title), and the noun phrases and pronouns that stand for the same persons,
//! bodies and places. [`find_places`] tells which place on the map each place name means.
//!
//! What is known before any report is read is the [`Gazetteer`]: countries with their codes and the
//! words for their people, persons with their offices, organisations, and the common nouns for those
//! who act. It and the [`EntityRules`] are made ready once and shared by all threads.
//!
//! ```
//! use dateline_entities::{CountryForm, Gazetteer};
//!
//! let gazetteer = Gazetteer::english();
//! let (country, form) = gazetteer.country("Syrian").ok_or("unknown")?;
//! assert_eq!((country.alpha3.as_str(), form), ("SYR", CountryForm::Adjective));
//! # Ok::<(), &str>(())
//! ```

mod chain;
mod find;
mod gazetteer;
mod key;
mod mention;
mod name;
mod noun;
mod place;
mod rules;
mod text;
mod words;

pub use find::find_entities;
pub use gazetteer::{
    Actor, ActorKind, Agent, Country, CountryForm, Dictionary, DictionaryActor, DictionaryAgent, Gazetteer,
    Mistake, PlaceCandidate, PlaceKind, Term, fold, is_acronym,
};
pub use place::{PlaceWords, find_places};
pub use rules::EntityRules;
