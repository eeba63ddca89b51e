//! Who an actor is in CAMEO's and PLOVER's code: country, then sectors.
//!
//! A name is looked up ("Bashar al-Assad" on the day of the report, "NATO"); where it is not known,
//! the words around it are read: "the Russian foreign minister" is RUSGOV, "Syrian rebels" are SYRREB,
//! "protesters in Cairo" EGYOPP, "the former British prime minister" GBRELI.

mod entities;
mod phrase;

pub use entities::code_entities;
pub use phrase::actor_code;
