//! Which pages are in the files that the user named?
//!
//! Files, folders and streams come in: saved pages, JSON Lines, web archives, feeds, each packed or
//! not. [`Capture`](dateline_model::Capture)s go out one by one, each with its bytes, their digest and
//! charset, its address, and the place that it came from. What gives no page is set aside with file,
//! place and reason, and the rest goes on: reading never fails, and holds one page at a time.
//!
//! ```
//! use dateline_ingest::{Config, Form, Ingested, read};
//!
//! let lines = r#"{"id": "a1", "text": "Talks ended on Friday."}
//! {"id": "a2"}"#;
//! let mut pages = read(lines.as_bytes(), "pile.jsonl", Form::JsonLines, &Config::default());
//!
//! let Some(Ingested::Capture(capture)) = pages.next() else { panic!("the first line is a page") };
//! assert_eq!((capture.id.as_str(), capture.bytes.len()), ("a1", 22));
//!
//! let Some(Ingested::SetAside(aside)) = pages.next() else { panic!("the second line is none") };
//! assert_eq!(aside.to_string(), "pile.jsonl, line 2: has neither `text` nor `html`");
//! ```

mod annotated;
mod block;
mod charset;
mod config;
mod counted;
mod damage;
mod day;
mod feed;
mod flood;
mod form;
mod handed;
mod header;
mod http;
mod ingest;
mod ingested;
mod jsonl;
mod lines;
mod meta;
mod page;
mod pieces;
mod records;
mod saved;
mod source;
mod tally;
mod title;
mod unpack;
mod walk;
mod warc;

pub use annotated::{AnnotatedLine, annotated_lines};
pub use charset::{CharsetClues, detect_charset};
pub use config::{BytesRead, Config, Reach, Treatment};
pub use form::Form;
pub use handed::{HandedPage, handed};
pub use ingest::{Ingest, Pages, bytes_of, ingest, read};
pub use ingested::{Ingested, SetAsideInput};
