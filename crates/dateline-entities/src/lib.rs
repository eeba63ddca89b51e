//! Who and where: which persons, bodies and places does a report speak of, and which words stand for
//! whom?
//!
//! A [`Report`](dateline_model::Report) comes in, with what the language model read in it.
//! [`find_entities`] gives its [`Entities`](dateline_model::Entities): names of one convention (bare,
//! without article and title), and the noun phrases and pronouns that stand for the same persons,
//! bodies and places. [`find_places`] tells which place on the map each place name means, and
//! [`code_entities`] who each actor is in CAMEO's and PLOVER's code.
//!
//! What is known before any report is read is the [`Gazetteer`]: countries, places, persons with their
//! offices, bodies, and the common nouns for those who act. It is made ready once.
//!
//! ```
//! use dateline_entities::{CountryForm, Gazetteer, actor_code};
//!
//! let gazetteer = Gazetteer::english();
//! let (country, form) = gazetteer.country("Syrian").ok_or("unknown")?;
//! assert_eq!((country.alpha3.as_str(), form), ("SYR", CountryForm::Adjective));
//! let code = actor_code("the Syrian army", None, &gazetteer).ok_or("no code")?;
//! assert_eq!(code.as_str(), "SYRMIL");
//! # Ok::<(), &str>(())
//! ```

mod chain;
mod code;
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

pub use code::{actor_code, code_entities};
pub use find::find_entities;
pub use gazetteer::{
    Actor, ActorKind, Agent, Country, CountryForm, Dictionary, DictionaryActor, DictionaryAgent, Gazetteer,
    Mistake, PlaceCandidate, PlaceKind, Term, fold, is_acronym, spelling_key,
};
pub use place::{PlaceWords, find_places};
pub use rules::EntityRules;
