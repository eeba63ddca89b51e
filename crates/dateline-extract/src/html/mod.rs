//! Pages of HTML: the tree with every place, and the article in it.
//!
//! [`Tokenizer`] cuts the page into tags and text, [`Document`] is the tree with its look-ups. Both
//! keep, for every name, value and character, where it stands in the decoded text.

mod document;
mod inline;
mod reference;
mod tag;
mod tokenizer;
mod tree;

pub use document::{Attribute, Document, Element, Node, NodeId, NodeKind};
pub use reference::{Reference, ReferencePlace, ReferenceText, reference};
pub use tag::Tag;
pub use tokenizer::{AttributeSpan, StartTag, TextCoding, TextToken, Token, Tokenizer};
