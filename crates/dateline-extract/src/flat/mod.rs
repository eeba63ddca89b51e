//! Flattened pages: the article out of a text dump that keeps menus, captions and comments as lines.

pub mod cue;
pub mod feature;
pub mod fold;
pub mod line;
pub mod run;
pub mod title;
pub mod vocabulary;
