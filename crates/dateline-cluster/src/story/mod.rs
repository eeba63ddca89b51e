//! Stories: from telling words to likeness, from likeness to groups.

pub(crate) mod alike;
pub(crate) mod ambience;
pub(crate) mod digest;
pub(crate) mod filter;
pub(crate) mod index;
pub(crate) mod likeness;
pub(crate) mod linkage;
pub(crate) mod pile;
pub(crate) mod probe;
pub(crate) mod stream;
pub(crate) mod tally;
pub(crate) mod term;
pub(crate) mod timing;
