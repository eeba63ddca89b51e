//! Which times does a text speak of, and which days are they?
//!
//! A [`Report`](dateline_model::Report) comes in, with what the language model read in it if it did,
//! and the time of the report if it is known. [`TimeExpression`](dateline_model::TimeExpression)s go out, in the text's order: TIMEX3
//! type and value, the days that the value covers, and what it was counted from. Today's date is
//! never used.
//!
//! What is read is written as rules under `data/time/`: classes of words, fragments made of them, and
//! rules with examples that are their tests. [`TimeGrammar::english`] makes them ready once.
//!
//! ```
//! use dateline_model::{AnnotatedText, DocumentTime, Moment, Report};
//! use dateline_time::{TimeGrammar, find_times};
//!
//! let grammar = TimeGrammar::english();
//! let printed: Moment = "2016-10-20".parse()?; // a Thursday
//! let text = "They met on Wednesday and talked for three hours.";
//! let report = Report {
//!     document_time: DocumentTime(Some(printed)),
//!     ..Report::of_text(text, AnnotatedText::default())
//! };
//! let times = find_times(&report, &grammar);
//!
//! let told: Vec<_> = times.iter().map(|t| (&text[t.span.range()], t.value.as_str())).collect();
//! assert_eq!(told, [("Wednesday", "2016-10-19"), ("three hours", "PT3H")]);
//! # Ok::<(), dateline_model::MomentError>(())
//! ```

mod calendar;
mod find;
mod foreign;
mod governor;
mod grammar;
mod head;
mod lexicon;
mod pattern;
mod program;
mod resolve;
mod scan;
mod shift;
mod slot;
mod tense;
mod value;

pub use find::find_times;
pub use grammar::TimeGrammar;
pub use head::{after_head, printed_day};
