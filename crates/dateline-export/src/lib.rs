//! How do others read what Dateline knows?
//!
//! Nouns of [`dateline_model`] come in, lines of JSON go out, in the shape that scripts and scorers
//! rely on. Offsets are turned here, once, from bytes of the text into Unicode code points.
//!
//! ```
//! use dateline_export::code_point_map;
//! use dateline_model::MappedText;
//!
//! let mut text = MappedText::new();
//! text.push_same("né", 10);
//! text.push_separator(" ");
//! text.push_same("à Paris", 14);
//! let map: Vec<_> = code_point_map(&text).into_iter().map(|s| (s.0, s.1, s.2, s.3)).collect();
//! assert_eq!(map, [(0, 2, 10, 13), (3, 10, 14, 22)]);
//! ```

mod account_fields;
mod annotation_line;
mod annotation_view;
mod article_line;
mod correction_sentence;
mod csv;
mod delimited;
mod differences;
mod entity_fields;
mod event_fields;
mod event_view;
mod eventreport;
mod evidence_tables;
mod fields;
mod ftm;
mod gdelt;
mod html;
mod input_line;
mod jsonld;
mod offsets;
mod one_line;
mod pair_code_line;
mod plover;
mod record_anchor;
mod record_line;
mod report_view;
mod reuse_line;
mod statement_fields;
mod story_line;
mod time_fields;
mod title;
mod web_annotation;

pub use annotation_line::{CaptureField, Findings, Tokens, annotation_line};
pub use annotation_view::{AnnotationView, StatementView, ViewError};
pub use article_line::{ByteMap, MapEntry, article_line, code_point_map};
pub use correction_sentence::{change_sentence, correction_sentence};
pub use csv::{accounts_table, csv, events_table, statements_table};
pub use differences::{Difference, differences};
pub use event_view::{
    AccountTimeView, AccountView, CitationView, ClaimView, CorrectionView, EventView, FieldView, TermView,
    WordingView, shown,
};
pub use eventreport::eventreport_csv;
pub use evidence_tables::{citations_table, claims_table, reports_table};
pub use ftm::ftm_lines;
pub use gdelt::gdelt_rows;
pub use html::html_page;
pub use input_line::{BuildSummary, SummaryLine, build_summary_line, summary_line};
pub use jsonld::json_ld;
pub use pair_code_line::{PairQuestion, pair_code_line};
pub use plover::plover_rows;
pub use record_anchor::record_anchor;
pub use record_line::{record_line, with_name};
pub use reuse_line::{TextOffsets, cluster_line, pair_line, passage_lines};
pub use story_line::story_line;
pub use title::event_title;
pub use web_annotation::web_annotations;
