//! What does the page say of itself in its structured data?

pub(crate) mod json;
