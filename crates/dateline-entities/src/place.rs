//! Which place on the map does a place name mean in this report?
//!
//! The names come from the entities, and from words after "in" or "near" that the gazetteer knows.
//! For each name all places that bear it are weighed by what the report itself tells: the countries
//! that it names, what follows the name ("Aleppo, Syria"), the words beside it ("province", "the town
//! of"), the other places that are settled, and how many people live there. Where nothing tells
//! enough, or two places are as likely, the name stays unresolved, and the reason says so.

mod context;
mod find;
mod toponym;
mod weigh;
mod words;

pub use find::find_places;
pub use words::PlaceWords;
