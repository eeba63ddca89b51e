//! Pages of HTML: the tree with every place, and the article in it.
//!
//! [`Tokenizer`] cuts the page into tags and text, [`Document`] is the tree with its look-ups. Both
//! keep, for every name, value and character, where it stands in the decoded text. [`blocks()`] cuts
//! the page into paragraphs, and a [`Reader`] says of each whether it is the article's or why not:
//!
//! ```
//! use dateline_extract::{decode, html::Reader};
//! let text = decode(b"<nav><a href=/>Home</a></nav><h1>Talks</h1><article><p>The two ministers met in Graz \
//!     on Monday, their offices said.<p>They agreed to meet again in a week, one of them told reporters.", "utf-8");
//! let page = Reader::new().read(&text);
//! assert!(page.text().as_str().starts_with("The two ministers met in Graz on Monday, their offices said.\n\nThey"));
//! assert_eq!(page.set_aside()[0].quote, "Home");
//! ```

mod amend;
mod block;
mod document;
mod feature;
mod form;
mod hint;
mod inline;
mod json_text;
mod layout;
mod origin;
mod page;
mod reading;
mod reference;
mod role;
mod script_body;
mod sign;
mod tag;
mod tokenizer;
mod tree;

pub use block::{Block, blocks};
pub use document::{Attribute, Document, Element, Node, NodeId, NodeKind};
pub use feature::feature_names;
pub use origin::{Origin, publisher_of_imprint};
pub use page::{Page, Reader};
pub use reading::{BODY, LABELS, Reading, margins};
pub use reference::{Reference, ReferencePlace, ReferenceText, reference};
pub use role::Role;
pub use sign::{SignTable, Signs};
pub use tag::Tag;
pub use tokenizer::{AttributeSpan, StartTag, TextCoding, TextToken, Token, Tokenizer};
